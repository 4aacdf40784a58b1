//! Live frames of one or more packet sockets, merged by time: waiting for blocks, lending them, emptying the rings at the
//! end.

use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

use super::block::Block;
use super::tap::Tap;
use super::{Error, Interface, SocketStatistics, Statistics, Waker};
use crate::sys::packet_socket::Barrier;
use crate::sys::wait::wait;

/// How often an interface that went down is looked after: that it came up or vanished then is not reported to the socket.
const ABSENCE_CHECK: Duration = Duration::from_millis(50);

/// Frames as they come in, until the value is dropped.
///
/// Those of several sockets are lent in the order of their time stamps, as far as the kernel stamped them in the order in
/// which it queued them. A frame waits for the others no longer than their blocks take to be handed over: nothing waits
/// for a socket whose ring is empty. Where their clocks differ, sockets take turns by blocks.
#[derive(Debug)]
pub struct LiveSource {
    taps: Vec<Tap>,
    waker: Waker,
    /// One is enough; those of further sockets are closed with them.
    barriers: Vec<Barrier>,
    is_stopped: bool,
}

/// What [`LiveSource::next_block`] came back for.
#[derive(Debug)]
pub enum Event<'r> {
    /// Frames have arrived.
    Block(Block<'r>),
    /// The time is over, or [`Waker::wake`] was called.
    Idle,
    /// Something happened to an interface. The capture goes on.
    Interface(&'r Interface, Change),
}

/// What happened to an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was taken down.
    Down,
    /// It is up again.
    Up,
    /// It was removed. It is waited for as long as there are others.
    Gone,
    /// It was removed while sockets shared its frames out, which cannot be bound anew. The capture goes on without it.
    Lost,
    /// There is one of its name again.
    Back,
}

impl LiveSource {
    /// Frames of sockets that are bound.
    pub(super) fn new(mut taps: Vec<Tap>, barriers: Vec<Barrier>) -> Result<Self, Error> {
        let blocks: u32 = taps.iter().map(Tap::block_count).sum();
        for tap in &mut taps {
            tap.set_beside(blocks - tap.block_count());
        }
        let waker = Waker::new().map_err(Error::system("make an event descriptor"))?;
        Ok(Self { taps, waker, barriers, is_stopped: false })
    }

    /// What ends a wait of [`Self::next_block`] from another thread.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Lends the next frames, waiting for them no longer than `timeout`, or for ever without one. While blocks come
    /// without a wait, neither a wake nor the state of the interfaces is looked at. After [`Self::drain_block`] nothing
    /// comes any more.
    ///
    /// # Errors
    /// [`Error::InterfaceVanished`] when the last interface is gone, after all frames that arrived before, or
    /// [`Error::System`].
    pub fn next_block(&mut self, timeout: Option<Duration>) -> Result<Event<'_>, Error> {
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            if self.take_blocks() {
                return self.lend().map(Event::Block);
            }
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            let wake = self.wait(left)?;
            if wake.block {
                continue;
            }
            if let Some((tap, change)) = self.change(&wake)? {
                return Ok(Event::Interface(self.taps[tap].interface(), change));
            }
            if wake.called {
                self.waker.clear();
                return Ok(Event::Idle);
            }
            if left.is_some_and(|left| left.is_zero()) {
                return Ok(Event::Idle);
            }
        }
    }

    /// Stops the capture and lends the frames that are left, those in blocks being filled included; waits for these to be
    /// handed over, which takes two block timeouts at most. `None` means for certain that every frame was lent which
    /// passed a socket's filter and is not counted as lost.
    ///
    /// Each socket gets a filter that rejects everything; then all processors are waited for. A frame that one of them was
    /// at went through the old filter and is counted and queued by then; a later one reaches neither the program nor its
    /// counters. Binding to a protocol that no frame has would do as well, but not for sockets that share frames out.
    ///
    /// # Errors
    /// [`Error::System`].
    pub fn drain_block(&mut self) -> Result<Option<Block<'_>>, Error> {
        self.stop()?;
        loop {
            if self.take_blocks() {
                return self.lend().map(Some);
            }
            if self.taps.iter().all(Tap::is_empty) {
                return Ok(None);
            }
            // What happens to an interface no longer matters, but unread it would end every wait.
            let wake = self.wait(None)?;
            self.failed(&wake).try_for_each(|tap| tap.take_error().map(drop))?;
        }
    }

    fn stop(&mut self) -> Result<(), Error> {
        if self.is_stopped {
            return Ok(());
        }
        self.taps.iter().try_for_each(Tap::close)?;
        if let Some(barrier) = self.barriers.pop() {
            barrier.wait();
        }
        self.is_stopped = true;
        Ok(())
    }

    /// What the kernel counted of all sockets, up to now.
    ///
    /// # Errors
    /// [`Error::System`].
    pub fn statistics(&mut self) -> Result<Statistics, Error> {
        self.taps.iter_mut().map(Tap::statistics).sum()
    }

    /// The same for each socket.
    ///
    /// # Errors
    /// [`Error::System`].
    pub fn statistics_by_socket(&mut self) -> Result<Vec<SocketStatistics>, Error> {
        self.taps.iter_mut().map(Tap::socket_statistics).collect()
    }

    /// Takes the blocks that the kernel has handed over. False when there is none, and when a frame older than theirs may be
    /// in one that was not handed over yet.
    fn take_blocks(&mut self) -> bool {
        self.taps.iter_mut().for_each(Tap::take_block);
        // Looked at behind the blocks: what comes into an empty ring from here on is stamped after all that is in them, and
        // is not lent with them, even if it were handed over at once.
        self.taps.iter().any(Tap::has_block) && self.taps.iter().all(|tap| tap.has_block() || tap.is_empty())
    }

    fn lend(&mut self) -> Result<Block<'_>, Error> {
        self.taps.iter_mut().filter(|tap| tap.has_block()).try_for_each(Tap::count_block)?;
        Ok(Block::new(&mut self.taps))
    }

    /// Waits until a tap without a block has one, something happens to an interface, the waker is called, or the time
    /// is over.
    fn wait(&self, timeout: Option<Duration>) -> Result<Wake, Error> {
        let is_absent = self.taps.iter().any(Tap::is_absent);
        let step = if is_absent {
            Some(timeout.map_or(ABSENCE_CHECK, |left| left.min(ABSENCE_CHECK)))
        } else {
            timeout
        };
        // The descriptor of one that has would be readable, and so no wait at all.
        let awaited: Vec<usize> = self
            .taps
            .iter()
            .enumerate()
            .filter(|(_, tap)| !tap.has_block())
            .map(|(place, _)| place)
            .collect();
        let fds: Vec<BorrowedFd<'_>> = [self.waker.as_fd()]
            .into_iter()
            .chain(awaited.iter().map(|&tap| self.taps[tap].as_fd()))
            .collect();
        let readiness = wait(&fds, step).map_err(Error::system("wait for frames"))?;
        let failed = awaited.iter().zip(&readiness[1..]).filter(|(_, readiness)| readiness.error);
        Ok(Wake {
            called: readiness[0].readable,
            block: awaited.iter().any(|&tap| self.taps[tap].is_ready()),
            failed: failed.map(|(&tap, _)| tap).collect(),
        })
    }

    /// The taps whose sockets have errors pending.
    fn failed(&mut self, wake: &Wake) -> impl Iterator<Item = &mut Tap> {
        let taps = self.taps.iter_mut().enumerate();
        taps.filter(|(place, _)| wake.failed.contains(place)).map(|(_, tap)| tap)
    }

    /// What happened to an interface since it was looked at last.
    fn change(&mut self, wake: &Wake) -> Result<Option<(usize, Change)>, Error> {
        let is_only = self.taps.windows(2).all(|pair| pair[0].interface().index == pair[1].interface().index);
        let mut found = None;
        for (place, tap) in self.taps.iter_mut().enumerate() {
            let change = if wake.failed.contains(&place) { tap.take_error()? } else { tap.look()? };
            if let Some(change) = change.filter(|change| tap.tells_of(*change, is_only)) {
                found = Some((place, change));
                break;
            }
        }
        match &self.taps[..] {
            [.., last] if self.taps.iter().all(Tap::is_gone) => {
                Err(Error::InterfaceVanished { name: last.interface().name.clone() })
            }
            _ => Ok(found),
        }
    }
}

/// What a wait ended for.
struct Wake {
    called: bool,
    block: bool,
    /// The taps whose sockets have errors pending.
    failed: Vec<usize>,
}
