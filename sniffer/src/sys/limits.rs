//! Resource limits of the process: `setrlimit(2)`.

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
