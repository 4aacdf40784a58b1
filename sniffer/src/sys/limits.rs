//! What process and host have: `setrlimit(2)` and `sysconf(3)`.

use std::io;

/// Lifts the limit on locked memory. Kernels before 5.11 charge eBPF maps and programs to it.
///
/// # Errors
/// Without `CAP_SYS_RESOURCE`.
pub(crate) fn raise_memlock() -> io::Result<()> {
    let unlimited = libc::rlimit { rlim_cur: libc::RLIM_INFINITY, rlim_max: libc::RLIM_INFINITY };
    // SAFETY: the structure outlives the call.
    let result = unsafe { libc::setrlimit(libc::RLIMIT_MEMLOCK, &raw const unlimited) };
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Whether a call failed because the process or the host has no more of something: descriptors or memory.
pub(crate) fn is_exhaustion(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EMFILE | libc::ENFILE | libc::ENOMEM))
}

/// The size of a memory page: what a block's size is a multiple of.
pub(crate) fn page_size() -> usize {
    // SAFETY: the call takes an integer alone.
    let size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    // POSIX has every system answer this one; the fallback is the largest page of the supported architectures.
    usize::try_from(size).unwrap_or(65_536)
}

/// Bytes of the host's memory.
pub(crate) fn memory_size() -> u64 {
    // SAFETY: the call takes an integer alone.
    let pages = unsafe { libc::sysconf(libc::_SC_PHYS_PAGES) };
    u64::try_from(pages).unwrap_or_default() * page_size() as u64
}
