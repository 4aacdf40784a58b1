//! One bound packet socket with its ring: the block that is taken from it, the kernel's counts, and what became of the
//! interface. Waits for nothing.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use super::turn::Turn;
use super::walk::{Cursor, Shape, Walk};
use super::{Change, Error, Interface, SocketStatistics, Statistics};
use crate::sys::link;
use crate::sys::packet_socket;
use crate::sys::ring::Ring;

/// The kernel counts in 32 bits, but clears them when they are read: after so many blocks they are, lest they overflow.
const BLOCKS_BETWEEN_COUNTS: u32 = 1024;

/// A bound packet socket with its ring.
#[derive(Debug)]
pub(super) struct Tap {
    // Dropped in this order: the mapping goes before the descriptor that it is of.
    ring: Ring,
    fd: OwnedFd,
    interface: Interface,
    shape: Shape,
    role: Role,
    /// How far the block is walked that is taken from the ring.
    cursor: Option<Cursor>,
    turn: Turn,
    presence: Presence,
    statistics: Statistics,
    blocks_since_counts: u32,
}

/// What a tap is among those of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Role {
    /// Whether the interface is to be in promiscuous mode.
    pub(super) promiscuous: bool,
    /// The place in a group of sockets that share frames out, which cannot be bound anew.
    pub(super) member: Option<usize>,
}

/// Whether the interface is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    /// It is, and up.
    Up,
    /// It is down. Blocks that were filled before are still to come.
    Down,
    /// It was removed.
    Gone,
}

impl Tap {
    pub(super) fn new(ring: Ring, fd: OwnedFd, interface: Interface, shape: Shape, role: Role) -> Self {
        Self {
            ring,
            fd,
            interface,
            shape,
            role,
            cursor: None,
            turn: Turn::beside(0),
            presence: Presence::Up,
            statistics: Statistics::default(),
            blocks_since_counts: 0,
        }
    }

    pub(super) fn interface(&self) -> &Interface {
        &self.interface
    }

    pub(super) fn member(&self) -> Option<usize> {
        self.role.member
    }

    /// Whether the kernel has handed the next block over.
    pub(super) fn is_ready(&self) -> bool {
        self.ring.is_ready()
    }

    /// Takes the next block from the ring if none is taken already and the kernel has handed it over.
    pub(super) fn take_block(&mut self) {
        if self.cursor.is_none() {
            self.cursor = self.ring.block().map(|block| Cursor::new(block));
        }
    }

    /// Whether a block is taken, whose frames can be lent.
    pub(super) fn has_block(&self) -> bool {
        self.cursor.is_some()
    }

    /// Whether the ring holds no frame, handed over or not.
    pub(super) fn is_empty(&self) -> bool {
        self.ring.is_empty()
    }

    /// The frames of the block that is taken.
    pub(super) fn walk(&mut self) -> Option<Walk<'_>> {
        let cursor = self.cursor.as_mut()?;
        let mut walk = Walk::new(self.ring.block()?, cursor, self.shape);
        if self.turn.is_overdue() {
            walk.set_overdue();
        }
        Some(walk)
    }

    /// Gives the block that is taken back to the kernel when nothing is left of it. Says whether it did.
    pub(super) fn give_back_finished(&mut self) -> bool {
        let Some(cursor) = self.cursor.take_if(|cursor| cursor.is_finished()) else { return false };
        if self.ring.is_ready() {
            cursor.add_to(&mut self.statistics);
            self.ring.give_back();
        }
        self.turn.end();
        true
    }

    /// Other taps have finished so many blocks: a block that is taken here has waited for them.
    pub(super) fn pass_over(&mut self, blocks: u32) {
        if self.has_block() {
            self.turn.wait(blocks);
        }
    }

    /// How many blocks the ring has.
    pub(super) fn block_count(&self) -> u32 {
        self.ring.block_count() as u32
    }

    /// Sets how many blocks the rings of the other taps have.
    pub(super) fn set_beside(&mut self, blocks: u32) {
        self.turn = Turn::beside(blocks);
    }

    /// Reads the kernel's counts before they can overflow.
    pub(super) fn count_block(&mut self) -> Result<(), Error> {
        self.blocks_since_counts += 1;
        if self.blocks_since_counts >= BLOCKS_BETWEEN_COUNTS {
            self.statistics()?;
        }
        Ok(())
    }

    /// What the kernel counted, up to now.
    pub(super) fn statistics(&mut self) -> Result<Statistics, Error> {
        let counts =
            packet_socket::take_counts(self.fd.as_fd()).map_err(Error::system("read the ring's counts"))?;
        self.statistics.packets += u64::from(counts.packets);
        self.statistics.drops += u64::from(counts.drops);
        self.statistics.freezes += u64::from(counts.freezes);
        self.blocks_since_counts = 0;
        Ok(self.statistics)
    }

    /// The same with the state of the ring.
    pub(super) fn socket_statistics(&mut self) -> Result<SocketStatistics, Error> {
        Ok(SocketStatistics {
            counts: self.statistics()?,
            interface: self.interface.name.clone(),
            member: self.member(),
            blocks: self.ring.block_count() as u64,
            filled_blocks: self.ring.filled_blocks() as u64,
        })
    }

    /// Lets no further frame in, but for those that a processor is at.
    pub(super) fn close(&self) -> Result<(), Error> {
        packet_socket::reject_all(self.fd.as_fd()).map_err(Error::system("close the packet socket's filter"))
    }

    /// Whether the interface must be looked after: nothing says that it came up or went away for good.
    pub(super) fn is_absent(&self) -> bool {
        match self.presence {
            Presence::Up => false,
            Presence::Down => true,
            Presence::Gone => !self.is_of_group(),
        }
    }

    /// Whether the interface was removed.
    pub(super) fn is_gone(&self) -> bool {
        self.presence == Presence::Gone
    }

    /// Whether this is the tap to tell of a change: one of a group does it for all. When the only interface is lost the capture
    /// is over, which says it all.
    pub(super) fn tells_of(&self, change: Change, is_only: bool) -> bool {
        self.role.member.is_none_or(|member| member == 0) && !(is_only && change == Change::Lost)
    }

    /// Whether it shares the frames of the interface with others.
    fn is_of_group(&self) -> bool {
        self.role.member.is_some()
    }

    /// Takes the socket's pending error, unread by which every wait would end, and says what it means.
    pub(super) fn take_error(&mut self) -> Result<Option<Change>, Error> {
        let error = packet_socket::take_error(self.fd.as_fd());
        match error.map_err(Error::system("read the packet socket's state"))? {
            Some(error) if error.kind() == io::ErrorKind::NetworkDown => {
                let was_up = self.presence == Presence::Up;
                self.presence = Presence::Down;
                // One that is up again already is told to have been down first; one that is gone is not.
                let change = self.look()?.filter(|change| *change != Change::Up);
                if change.is_none() {
                    self.presence = Presence::Down;
                }
                Ok(change.or(was_up.then_some(Change::Down)))
            }
            Some(source) => Err(Error::System { action: "receive frames", source }),
            None => Ok(None),
        }
    }

    /// Looks after an interface that went down or away.
    pub(super) fn look(&mut self) -> Result<Option<Change>, Error> {
        match self.presence {
            Presence::Up => Ok(None),
            Presence::Down => self.look_after_down(),
            Presence::Gone => self.look_after_gone(),
        }
    }

    fn look_after_down(&mut self) -> Result<Option<Change>, Error> {
        let bound = packet_socket::bound_interface(self.fd.as_fd())
            .map_err(Error::system("read the packet socket's address"))?;
        if bound.is_none() {
            // Its last frames come first.
            let change = if self.is_of_group() { Change::Lost } else { Change::Gone };
            return Ok(self.become_when(self.is_empty(), Presence::Gone, change));
        }
        // It may have got another name meanwhile.
        let name = link::name_of(self.fd.as_fd(), self.interface.index);
        let device = name.and_then(|name| link::device(self.fd.as_fd(), &name));
        let is_up = device.is_some_and(|device| device.up && device.index == self.interface.index);
        Ok(self.become_when(is_up, Presence::Up, Change::Up))
    }

    /// Binds to an interface of the same name and kind, where the socket is not of a group.
    fn look_after_gone(&mut self) -> Result<Option<Change>, Error> {
        if self.is_of_group() {
            return Ok(None);
        }
        let Some(device) = self.device().filter(|device| device.up) else { return Ok(None) };
        if !self.interface.is_of_hardware(device.hardware_type) {
            return Ok(None);
        }
        self.interface.index = device.index;
        match bind(self.fd.as_fd(), &self.interface, self.role.promiscuous) {
            Ok(()) => Ok(self.become_when(true, Presence::Up, Change::Back)),
            // It went again, or is not up yet.
            Err(Error::NoSuchDevice { .. } | Error::NotUp { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn become_when(&mut self, condition: bool, presence: Presence, change: Change) -> Option<Change> {
        condition.then(|| {
            self.presence = presence;
            change
        })
    }

    fn device(&self) -> Option<link::Device> {
        link::device(self.fd.as_fd(), &self.interface.name)
    }
}

impl AsFd for Tap {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// Begins to receive from an interface that is up.
pub(super) fn bind(fd: BorrowedFd<'_>, interface: &Interface, promiscuous: bool) -> Result<(), Error> {
    let error = |source| bind_error(interface, source);
    if promiscuous {
        packet_socket::join_promiscuous(fd, interface.index).map_err(error)?;
    }
    packet_socket::bind(fd, interface.index, packet_socket::EVERY_PROTOCOL).map_err(error)?;
    // The kernel binds to an interface that is down, and says so here.
    let pending = packet_socket::take_error(fd).map_err(Error::system("read the packet socket's state"))?;
    pending.map_or(Ok(()), |source| Err(error(source)))
}

fn bind_error(interface: &Interface, source: io::Error) -> Error {
    let name = interface.name.clone();
    match source.kind() {
        io::ErrorKind::NetworkDown => Error::NotUp { name },
        _ if packet_socket::is_no_device(&source) => Error::NoSuchDevice { name },
        _ => Error::System { action: "bind the packet socket to the interface", source },
    }
}
