//! Many entries of an eBPF hash map by one system call: `BPF_MAP_LOOKUP_BATCH`, which kernels have since 5.6.

use std::io;
use std::os::fd::{AsRawFd as _, BorrowedFd};
use std::ptr;

/// `BPF_MAP_LOOKUP_BATCH` of `uapi/linux/bpf.h`.
const LOOKUP_BATCH: libc::c_long = 24;

/// The part of `union bpf_attr` that the commands on batches use.
#[repr(C)]
struct Attributes {
    in_batch: u64,
    out_batch: u64,
    keys: u64,
    values: u64,
    count: u32,
    map_fd: u32,
    elem_flags: u64,
    flags: u64,
}

/// Where the next batch begins; for hash maps the number of a bucket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position(u32);

/// A part of a map.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Batch {
    /// How many entries were read.
    pub(crate) count: usize,
    /// Where the rest begins; none at the end of the map.
    pub(crate) next: Option<Position>,
}

/// The sizes of an entry in words of eight bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntrySize {
    /// Of its key.
    pub(crate) key: usize,
    /// Of its value; where each processor has one, of all of them.
    pub(crate) value: usize,
}

/// Reads as many entries from there on as the slices have room for. `ENOSPC` when a single bucket of the map has more.
pub(crate) fn lookup(
    map: BorrowedFd<'_>,
    from: Option<Position>,
    size: EntrySize,
    keys: &mut [u64],
    values: &mut [u64],
) -> io::Result<Batch> {
    let mut next = Position(0);
    let room = (keys.len() / size.key).min(values.len() / size.value);
    let mut attributes = Attributes {
        in_batch: from.as_ref().map_or(0, |from| ptr::from_ref(&from.0) as u64),
        out_batch: ptr::from_mut(&mut next.0) as u64,
        keys: keys.as_mut_ptr() as u64,
        values: values.as_mut_ptr() as u64,
        count: u32::try_from(room).unwrap_or(u32::MAX),
        map_fd: map.as_raw_fd().cast_unsigned(),
        elem_flags: 0,
        flags: 0,
    };
    // SAFETY: the positions live in this function, and the slices are as long as that many entries of the map, whose sizes
    // the caller knows.
    let result =
        unsafe { libc::syscall(libc::SYS_bpf, LOOKUP_BATCH, &raw mut attributes, size_of::<Attributes>()) };
    let count = attributes.count as usize;
    if result == 0 {
        return Ok(Batch { count, next: Some(next) });
    }
    match io::Error::last_os_error() {
        error if error.raw_os_error() == Some(libc::ENOENT) => Ok(Batch { count, next: None }),
        error => Err(error),
    }
}
