//! Bytes on their way to a file, with the places where frames end among them. Knows no file.

use std::io;

use crate::sys::mapping::PageMemory;

/// The shortest frame with what a savefile puts around it: for so many there is room without an allocation.
const SHORTEST_FRAME: usize = 16;

/// Bytes of whole and cut frames, in memory that is aligned for direct I/O.
#[derive(Debug)]
pub(super) struct Buffer {
    memory: PageMemory,
    len: usize,
    /// Bytes at the front that were handed over before, and are here again to fill up a block.
    repeated: usize,
    /// Where each frame ends that ends in here.
    ends: Vec<u32>,
}

impl Buffer {
    /// An empty buffer with room for so many bytes.
    pub(super) fn new(capacity: usize) -> io::Result<Self> {
        let ends = Vec::with_capacity(capacity / SHORTEST_FRAME);
        Ok(Self { memory: PageMemory::new(capacity)?, len: 0, repeated: 0, ends })
    }

    /// Takes the bytes, if there is room for all of them.
    #[inline]
    pub(super) fn push(&mut self, bytes: &[u8]) -> bool {
        let end = self.len + bytes.len();
        let Some(place) = self.memory.get_mut(self.len..end) else { return false };
        place.copy_from_slice(bytes);
        self.len = end;
        true
    }

    /// Takes as many of the bytes as there is room for, and gives back the others.
    pub(super) fn push_some<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let (fitting, rest) = bytes.split_at(bytes.len().min(self.memory.len() - self.len));
        self.push(fitting);
        rest
    }

    /// Notes that a frame ends here.
    #[inline]
    pub(super) fn end_frame(&mut self) {
        self.ends.push(self.len as u32);
    }

    /// All bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.memory[..self.len]
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nothing in it that was not handed over before.
    pub(super) fn has_nothing_new(&self) -> bool {
        self.len == self.repeated
    }

    /// How many frames end within the first `len` bytes, and where the last of them does.
    pub(super) fn frames_within(&self, len: usize) -> (usize, Option<u32>) {
        let count = self.ends.partition_point(|&end| end as usize <= len);
        (count, count.checked_sub(1).map(|last| self.ends[last]))
    }

    /// Empties it.
    pub(super) fn clear(&mut self) {
        self.begin_with(&[]);
    }

    /// Empties it but for bytes that were handed over already.
    pub(super) fn begin_with(&mut self, repeated: &[u8]) {
        (self.len, self.repeated) = (0, repeated.len());
        self.ends.clear();
        self.push(repeated);
    }
}
