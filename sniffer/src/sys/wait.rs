//! Waiting for descriptors: `ppoll(2)` and `eventfd(2)`.

use std::ffi::c_int;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::ptr;
use std::time::Duration;

/// What [`wait`] found out of a descriptor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Readiness {
    /// There is something to read.
    pub(crate) readable: bool,
    /// An error is pending.
    pub(crate) error: bool,
}

/// Waits until one of the descriptors is readable or has an error, a signal arrives, or the time is over. Without a
/// time it waits for ever.
pub(crate) fn wait(fds: &[BorrowedFd<'_>], timeout: Option<Duration>) -> io::Result<Vec<Readiness>> {
    let poll = |fd: &BorrowedFd<'_>| libc::pollfd { fd: fd.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    let mut polled: Vec<libc::pollfd> = fds.iter().map(poll).collect();
    let time = timeout.map(timespec);
    let time = time.as_ref().map_or(ptr::null(), |time| &raw const *time);
    // SAFETY: as many valid entries as are said, a time that outlives the call or none, and no signal mask.
    let count = unsafe { libc::ppoll(polled.as_mut_ptr(), polled.len() as libc::nfds_t, time, ptr::null()) };
    if count < 0 {
        let error = io::Error::last_os_error();
        // Nothing is ready when a signal ends the wait early.
        let interrupted = error.kind() == io::ErrorKind::Interrupted;
        return if interrupted { Ok(vec![Readiness::default(); fds.len()]) } else { Err(error) };
    }
    let readiness = |entry: &libc::pollfd| Readiness {
        readable: entry.revents & libc::POLLIN != 0,
        error: entry.revents & (libc::POLLERR | libc::POLLHUP | libc::POLLNVAL) != 0,
    };
    Ok(polled.iter().map(readiness).collect())
}

/// Whether a write to the descriptor would go ahead at once, if only with some of the bytes.
pub(crate) fn is_writable(fd: BorrowedFd<'_>) -> bool {
    poll_for_writing(fd, 0)
}

/// Waits until a write to the descriptor would go ahead, or until a signal arrives.
pub(crate) fn wait_to_write(fd: BorrowedFd<'_>) {
    poll_for_writing(fd, -1);
}

/// What the descriptor has instead of room, an error for one, a write is told at once as well.
fn poll_for_writing(fd: BorrowedFd<'_>, milliseconds: c_int) -> bool {
    let mut polled = libc::pollfd { fd: fd.as_raw_fd(), events: libc::POLLOUT, revents: 0 };
    // SAFETY: one valid entry.
    let count = unsafe { libc::poll(&raw mut polled, 1, milliseconds) };
    count != 0
}

/// A counter that a descriptor watches (`eventfd(2)`): set by one thread, awaited by another.
#[derive(Debug)]
pub(crate) struct EventFd(File);

impl EventFd {
    /// An event that has not happened.
    pub(crate) fn new() -> io::Result<Self> {
        // SAFETY: the call takes integers alone.
        let fd = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        if fd < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the kernel has just given this descriptor, and nobody else has it.
        Ok(Self(unsafe { OwnedFd::from_raw_fd(fd) }.into()))
    }

    /// Makes the descriptor readable until [`Self::clear`].
    pub(crate) fn set(&self) {
        // It fails only when the counter is at its end, and then the descriptor is readable already.
        let _ = (&self.0).write(&1_u64.to_ne_bytes());
    }

    /// Makes the descriptor unreadable until it is set again.
    pub(crate) fn clear(&self) {
        // It fails only when the event has not happened.
        let _ = (&self.0).read(&mut [0; 8]);
    }
}

impl AsFd for EventFd {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

fn timespec(time: Duration) -> libc::timespec {
    libc::timespec {
        tv_sec: time.as_secs().try_into().unwrap_or(libc::time_t::MAX),
        tv_nsec: time.subsec_nanos().into(),
    }
}
