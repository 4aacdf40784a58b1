//! The values of an eBPF array map as memory: `BPF_F_MMAPABLE`, which kernels have since 5.5.

use std::io;
use std::os::fd::BorrowedFd;
use std::slice;

use super::mapping::Mapping;

/// Writes the values of an array map from its first one on. The map must have been made with `BPF_F_MMAPABLE`, and
/// its values must be multiples of eight bytes.
pub(crate) fn fill(map: BorrowedFd<'_>, words: &[u64]) -> io::Result<()> {
    // The kernel refuses a mapping that is longer than the map, rounded up to a page.
    let mapping = Mapping::shared(map, size_of_val(words))?;
    // SAFETY: as many bytes are mapped, at the start of a page, and no other reference to them exists in this process;
    // programs that read them do not yet know of the map.
    let values = unsafe { slice::from_raw_parts_mut(mapping.start().cast::<u64>().as_ptr(), words.len()) };
    values.copy_from_slice(words);
    Ok(())
}
