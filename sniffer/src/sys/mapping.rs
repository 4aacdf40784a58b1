//! Mapped memory: unmapped on drop, owned by one value. Knows nothing of what is in it.

use std::io;
use std::ops::{Deref, DerefMut};
use std::os::fd::{AsRawFd, BorrowedFd};
use std::ptr::{self, NonNull};
use std::slice;

/// Bytes of a huge page on most machines; where they are larger, memory is not made of them.
const HUGE_PAGE_SIZE: usize = 2 << 20;

/// A mapping of memory, unmapped on drop.
#[derive(Debug)]
pub(crate) struct Mapping {
    start: NonNull<u8>,
    len: usize,
}

// SAFETY: the mapping is plain memory that belongs to this value alone on the user's side.
unsafe impl Send for Mapping {}

impl Mapping {
    /// Memory shared with the kernel through a descriptor. It must go before the descriptor does: closing a socket whose
    /// ring is mapped leaves the ring to the mapping.
    pub(super) fn shared(fd: BorrowedFd<'_>, len: usize) -> io::Result<Self> {
        Self::new(libc::MAP_SHARED, fd.as_raw_fd(), len)
    }

    fn new(flags: i32, fd: i32, len: usize) -> io::Result<Self> {
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: a fresh mapping at an address of the kernel's choice touches no memory of ours.
        let start = unsafe { libc::mmap(ptr::null_mut(), len, protection, flags, fd, 0) };
        if start == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let start = NonNull::new(start.cast()).ok_or(io::ErrorKind::InvalidData)?;
        Ok(Self { start, len })
    }

    /// Where it begins.
    pub(super) fn start(&self) -> NonNull<u8> {
        self.start
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: exactly what `new` mapped; every reference into it borrows from this value. It can only fail for
        // arguments that are not a mapping.
        unsafe { libc::munmap(self.start.as_ptr().cast(), self.len) };
    }
}

/// Zeroed memory of the process, aligned to a page. The kernel provides a page when it is first written.
#[derive(Debug)]
pub(crate) struct PageMemory(Mapping);

impl PageMemory {
    /// So many bytes, at least one. Of huge pages where that is possible: direct I/O takes each page by itself.
    pub(crate) fn new(len: usize) -> io::Result<Self> {
        let mapping = Mapping::new(libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, len)?;
        if len >= HUGE_PAGE_SIZE {
            // SAFETY: the whole of a mapping of our own, whose contents the advice does not change.
            unsafe { libc::madvise(mapping.start.as_ptr().cast(), len, libc::MADV_HUGEPAGE) };
        }
        Ok(Self(mapping))
    }
}

impl Deref for PageMemory {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: `len` mapped bytes, zero or written since, which nobody else has a way to.
        unsafe { slice::from_raw_parts(self.0.start.as_ptr(), self.0.len) }
    }
}

impl DerefMut for PageMemory {
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: as above, and this borrow of the one owner is exclusive.
        unsafe { slice::from_raw_parts_mut(self.0.start.as_ptr(), self.0.len) }
    }
}
