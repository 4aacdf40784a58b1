//! Direct I/O: what a file asks of offsets and memory, and the flag of a descriptor that has writes go past the page cache.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

use rustix::fs::{AtFlags, OFlags, StatxFlags, fcntl_getfl, fcntl_setfl, statx};

use super::limits::page_size;
use super::mapping::PageMemory;

/// Bytes that every offset and length is a multiple of where the kernel does not say.
const USUAL_ALIGNMENT: usize = 4096;

/// Has writes to the file go past the page cache, or through it.
pub(crate) fn set(file: &File, is_direct: bool) -> io::Result<()> {
    let mut flags = fcntl_getfl(file)?;
    flags.set(OFlags::DIRECT, is_direct);
    Ok(fcntl_setfl(file, flags)?)
}

/// What offsets, lengths and the memory's addresses must be multiples of: a power of two, at most a page.
///
/// The file must be empty: where the kernel does not say (before 6.1) whether its file system has direct I/O, that is found
/// out by writing to it.
pub(crate) fn alignment(file: &File) -> io::Result<usize> {
    match statx(file, "", AtFlags::EMPTY_PATH, StatxFlags::DIOALIGN) {
        Ok(told) if told.stx_mask & StatxFlags::DIOALIGN.bits() != 0 => {
            let alignment = told.stx_dio_offset_align.max(told.stx_dio_mem_align) as usize;
            // Zero is how a file says that it has no direct I/O; the memory of buffers is aligned to pages.
            let is_possible = alignment.is_power_of_two() && alignment <= page_size();
            if is_possible { Ok(alignment) } else { Err(io::ErrorKind::Unsupported.into()) }
        }
        _ => probe(file).map(|()| USUAL_ALIGNMENT),
    }
}

fn probe(file: &File) -> io::Result<()> {
    let block = PageMemory::new(USUAL_ALIGNMENT)?;
    set(file, true)?;
    let written = file.write_all_at(&block, 0);
    set(file, false)?;
    file.set_len(0)?;
    written
}
