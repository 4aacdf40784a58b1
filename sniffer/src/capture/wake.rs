//! Ending a wait for frames from another thread.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;

use crate::sys::wait::EventFd;

/// Ends the wait of the [`LiveSource`](super::LiveSource) that it was got from. Copies wake the same source.
#[derive(Clone, Debug)]
pub struct Waker(Arc<EventFd>);

impl Waker {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self(Arc::new(EventFd::new()?)))
    }

    /// Makes the source's present wait, or its next one, end at once. Say first what it is to find on waking.
    pub fn wake(&self) {
        self.0.set();
    }

    /// Forgets wakings that were noticed.
    pub(super) fn clear(&self) {
        self.0.clear();
    }
}

impl AsFd for Waker {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
