//! Many entries of an eBPF hash map by one system call: `BPF_MAP_LOOKUP_BATCH`, which kernels have since 5.6.

use std::io;
use std::os::fd::{AsFd as _, AsRawFd as _, BorrowedFd};
use std::ptr;

use aya::maps::{MapData, MapType};
use aya::util::nr_cpus;

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

/// A hash map of the kernel, and what its entries measure in words of eight bytes, by the kernel's account.
pub(crate) struct Table {
    map: MapData,
    key: usize,
    /// Where each processor has a value, those of all of them.
    value: usize,
}

impl Table {
    /// # Errors
    /// When the kernel does not tell the sizes, or when they are not whole words.
    pub(crate) fn new(map: MapData) -> io::Result<Self> {
        let info = map.info().map_err(io::Error::other)?;
        let values = match info.map_type().map_err(io::Error::other)? {
            MapType::PerCpuHash | MapType::LruPerCpuHash => nr_cpus().map_err(|(_, error)| error)?,
            _ => 1,
        };
        let words = |bytes: u32| match bytes as usize {
            bytes if bytes > 0 && bytes.is_multiple_of(size_of::<u64>()) => Ok(bytes / size_of::<u64>()),
            _ => Err(io::Error::from(io::ErrorKind::InvalidInput)),
        };
        Ok(Self { key: words(info.key_size())?, value: words(info.value_size())? * values, map })
    }

    /// Words of a key.
    pub(crate) fn key(&self) -> usize {
        self.key
    }

    /// Words of a value, or of those of all processors.
    pub(crate) fn value(&self) -> usize {
        self.value
    }

    /// The map.
    pub(crate) fn fd(&self) -> BorrowedFd<'_> {
        self.map.fd().as_fd()
    }

    /// Reads as many entries from there on as the slices have room for.
    ///
    /// # Errors
    /// What the kernel says; `ENOSPC` when a single bucket of the map has more.
    pub(crate) fn lookup(
        &self,
        from: Option<Position>,
        keys: &mut [u64],
        values: &mut [u64],
    ) -> io::Result<Batch> {
        let mut next = Position(0);
        let room = (keys.len() / self.key).min(values.len() / self.value);
        let mut attributes = Attributes {
            in_batch: from.as_ref().map_or(0, |from| ptr::from_ref(&from.0) as u64),
            out_batch: ptr::from_mut(&mut next.0) as u64,
            keys: keys.as_mut_ptr() as u64,
            values: values.as_mut_ptr() as u64,
            count: u32::try_from(room).unwrap_or(u32::MAX),
            map_fd: self.fd().as_raw_fd().cast_unsigned(),
            elem_flags: 0,
            flags: 0,
        };
        // SAFETY: the positions live in this function, and the slices are as long as that many entries of the map, whose sizes
        // the kernel has told and never changes.
        let result = unsafe {
            libc::syscall(libc::SYS_bpf, LOOKUP_BATCH, &raw mut attributes, size_of::<Attributes>())
        };
        let count = attributes.count as usize;
        if result == 0 {
            return Ok(Batch { count, next: Some(next) });
        }
        match io::Error::last_os_error() {
            error if error.raw_os_error() == Some(libc::ENOENT) => Ok(Batch { count, next: None }),
            error => Err(error),
        }
    }
}
