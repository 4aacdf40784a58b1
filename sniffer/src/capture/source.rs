//! A bound packet socket: waiting for blocks, lending them, emptying the ring at the end, and the kernel's counts.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use super::block::{Block, Shape};
use super::{Error, Interface, Waker};
use crate::packet::LinkType;
use crate::sys::packet_socket::{self, NO_PROTOCOLS};
use crate::sys::ring::Ring;
use crate::sys::wait::wait;

/// The kernel counts in 32 bits, but clears them when they are read: after so many blocks they are, lest they overflow.
const BLOCKS_BETWEEN_COUNTS: u32 = 1024;

/// How often an interface that went down is looked after: that it vanishes then is not reported to the socket.
const ABSENCE_CHECK: Duration = Duration::from_millis(50);

/// Frames as they come in, until the value is dropped.
#[derive(Debug)]
pub struct LiveSource {
    // Dropped in this order: the mapping goes before the descriptor that it is of.
    ring: Ring,
    fd: OwnedFd,
    waker: Waker,
    interface: Interface,
    shape: Shape,
    state: State,
    statistics: Statistics,
    blocks_since_counts: u32,
}

/// What a source waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Frames.
    Receiving,
    /// Frames, from an interface that went down at least once. Blocks do not end this state: those that were filled
    /// before are still to come, and must not hide that the interface is gone.
    InterfaceDown,
    /// Nothing: no frame enters the ring any more.
    Stopped,
}

/// What [`LiveSource::next_block`] came back for.
#[derive(Debug)]
pub enum Event<'r> {
    /// Frames have arrived.
    Block(Block<'r>),
    /// The time is over, or [`Waker::wake`] was called.
    Idle,
    /// The interface was taken down. The capture goes on when it comes up again.
    InterfaceDown,
}

/// What became of the frames that passed the socket's filter, since the source was bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// All of them, those lost included: `delivered + drops + malformed` once the ring was drained.
    pub packets: u64,
    /// Those lost because the ring was full (`tp_drops`).
    pub drops: u64,
    /// How often the ring became full.
    pub freezes: u64,
    /// Those that could not be read from the ring: none, unless the kernel has an error.
    pub malformed: u64,
}

impl LiveSource {
    pub(super) fn new(ring: Ring, fd: OwnedFd, interface: Interface, shape: Shape) -> Result<Self, Error> {
        Ok(Self {
            ring,
            fd,
            waker: Waker::new().map_err(Error::system("make an event descriptor"))?,
            interface,
            shape,
            state: State::Receiving,
            statistics: Statistics::default(),
            blocks_since_counts: 0,
        })
    }

    /// The link type of all frames.
    pub fn link_type(&self) -> LinkType {
        self.shape.link_type
    }

    /// The interface that the source was opened on.
    pub fn interface(&self) -> &Interface {
        &self.interface
    }

    /// What ends a wait of [`Self::next_block`] from another thread.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Lends the next block of frames, waiting for it no longer than `timeout`, or for ever without one. While blocks
    /// come without a wait, neither a wake nor the state of the interface is looked at. After [`Self::drain_block`]
    /// nothing comes any more.
    ///
    /// # Errors
    /// [`Error::InterfaceVanished`], after all frames that arrived before, or [`Error::System`].
    pub fn next_block(&mut self, timeout: Option<Duration>) -> Result<Event<'_>, Error> {
        if !self.ring.is_ready()
            && let Some(event) = self.wait_for_block(timeout)?
        {
            return Ok(event);
        }
        Ok(self.lend()?.map_or(Event::Idle, Event::Block))
    }

    /// Stops the capture and lends the blocks that are left, the one being filled included; waits for that to be handed
    /// over, which takes two block timeouts at most. `None` means for certain that every frame was lent which passed
    /// the socket's filter and is not counted as lost.
    ///
    /// The kernel is made to stop by binding the socket to a protocol that no frame has. Unlike a filter that rejects
    /// everything this is a barrier: the kernel waits until no processor is still busy with a frame for the old binding
    /// (`synchronize_net` in `packet_do_bind`), and a frame after it reaches neither the program nor its counters.
    ///
    /// # Errors
    /// [`Error::System`].
    pub fn drain_block(&mut self) -> Result<Option<Block<'_>>, Error> {
        self.stop()?;
        while !self.ring.is_ready() {
            if self.ring.is_empty() {
                return Ok(None);
            }
            let [socket] = wait([self.fd.as_fd()], None).map_err(Error::system("wait for frames"))?;
            if socket.error {
                // The interface went down or away: that no longer matters, but unread it would end every wait.
                self.pending_error()?;
            }
        }
        self.lend()
    }

    /// What the kernel counted, up to now.
    ///
    /// # Errors
    /// [`Error::System`].
    pub fn statistics(&mut self) -> Result<Statistics, Error> {
        let counts =
            packet_socket::take_counts(self.fd.as_fd()).map_err(Error::system("read the ring's counts"))?;
        self.statistics.packets += u64::from(counts.packets);
        self.statistics.drops += u64::from(counts.drops);
        self.statistics.freezes += u64::from(counts.freezes);
        self.blocks_since_counts = 0;
        Ok(self.statistics)
    }

    fn lend(&mut self) -> Result<Option<Block<'_>>, Error> {
        self.blocks_since_counts += 1;
        if self.blocks_since_counts >= BLOCKS_BETWEEN_COUNTS {
            self.statistics()?;
        }
        let (shape, malformed) = (self.shape, &mut self.statistics.malformed);
        Ok(self.ring.take().map(|bytes| Block::new(bytes, shape, malformed)))
    }

    /// Waits until a block is ready (`None`) or something else happens.
    fn wait_for_block(&mut self, timeout: Option<Duration>) -> Result<Option<Event<'static>>, Error> {
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            let step = match self.state {
                State::InterfaceDown => Some(left.unwrap_or(ABSENCE_CHECK).min(ABSENCE_CHECK)),
                State::Receiving | State::Stopped => left,
            };
            let [socket, waker] = wait([self.fd.as_fd(), self.waker.as_fd()], step)
                .map_err(Error::system("wait for frames"))?;
            if self.ring.is_ready() {
                return Ok(None);
            }
            if socket.error {
                return self.interface_event().map(Some);
            }
            if waker.readable {
                self.waker.clear();
                return Ok(Some(Event::Idle));
            }
            if self.state == State::InterfaceDown {
                self.check_interface()?;
            }
            if left.is_some_and(|left| left.is_zero()) {
                return Ok(Some(Event::Idle));
            }
        }
    }

    /// What the socket's pending error means.
    fn interface_event(&mut self) -> Result<Event<'static>, Error> {
        match self.pending_error()? {
            Some(error) if error.kind() == io::ErrorKind::NetworkDown => {
                self.check_interface()?;
                self.state = State::InterfaceDown;
                Ok(Event::InterfaceDown)
            }
            Some(source) => Err(Error::System { action: "receive frames", source }),
            None => Ok(Event::Idle),
        }
    }

    fn pending_error(&self) -> Result<Option<io::Error>, Error> {
        packet_socket::take_error(self.fd.as_fd()).map_err(Error::system("read the packet socket's state"))
    }

    /// Fails when the interface is gone and the ring holds nothing more of it.
    fn check_interface(&self) -> Result<(), Error> {
        if !self.ring.is_empty() {
            return Ok(());
        }
        let bound = packet_socket::bound_interface(self.fd.as_fd());
        match bound.map_err(Error::system("read the packet socket's address"))? {
            Some(_) => Ok(()),
            None => Err(Error::InterfaceVanished { name: self.interface.name.clone() }),
        }
    }

    fn stop(&mut self) -> Result<(), Error> {
        if self.state == State::Stopped {
            return Ok(());
        }
        // All interfaces, because the one captured on may have vanished. Twice, because the kernel waits only when it
        // takes a binding back that is in force, which that of an interface that is down is not.
        for protocol in NO_PROTOCOLS {
            packet_socket::bind(self.fd.as_fd(), 0, protocol)
                .map_err(Error::system("unbind the packet socket"))?;
        }
        self.state = State::Stopped;
        Ok(())
    }
}

impl AsFd for LiveSource {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}
