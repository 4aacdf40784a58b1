//! A `TPACKET_V3` receive ring: the memory shared with the kernel, and who owns each block of it. Reads no frames.

use std::io;
use std::os::fd::BorrowedFd;
use std::slice;
use std::sync::atomic::{AtomicU32, Ordering};

use super::mapping::Mapping;
use super::tpacket::{BLOCK_FRAME_COUNT, BLOCK_STATUS};

/// Blocks are handed over in the order of their addresses, round and round; the next one is the only one looked at.
#[derive(Debug)]
pub(crate) struct Ring {
    mapping: Mapping,
    block_size: usize,
    block_count: usize,
    next: usize,
}

impl Ring {
    /// Maps the ring of a packet socket that was made with these figures.
    pub(crate) fn map(socket: BorrowedFd<'_>, block_size: usize, block_count: usize) -> io::Result<Self> {
        let len = block_size.checked_mul(block_count).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(Self { mapping: Mapping::shared(socket, len)?, block_size, block_count, next: 0 })
    }

    /// The next block from its header on, when the kernel has handed it over, until [`Self::give_back`]. The bytes are the
    /// user's to write as well.
    pub(crate) fn block(&mut self) -> Option<&mut [u8]> {
        if !self.is_ready() {
            return None;
        }
        // SAFETY: `next` is below `block_count`, and the mapping is `block_count` blocks long.
        let block = unsafe { self.mapping.start().add(self.next * self.block_size) };
        // SAFETY: `block_size` mapped bytes; the kernel keeps off a block that it has handed over, and no other reference
        // to them exists while the ring is mutably borrowed.
        Some(unsafe { slice::from_raw_parts_mut(block.as_ptr(), self.block_size) })
    }

    /// Whether [`Self::block`] would give a block.
    pub(crate) fn is_ready(&self) -> bool {
        // Acquire pairs with the barrier in front of the store of the status in `prb_flush_block`, by which
        // `prb_close_block` hands a block over: all that the kernel wrote into the block comes before.
        self.word(BLOCK_STATUS).load(Ordering::Acquire) & libc::TP_STATUS_USER != 0
    }

    /// How many blocks there are.
    pub(crate) fn block_count(&self) -> usize {
        self.block_count
    }

    /// How many of them the kernel has handed over. Those that it hands over meanwhile are counted or not.
    pub(crate) fn filled_blocks(&self) -> usize {
        let status = |block| self.word_of(block, BLOCK_STATUS).load(Ordering::Relaxed);
        (0..self.block_count).filter(|&block| status(block) & libc::TP_STATUS_USER != 0).count()
    }

    /// Whether the next block holds no frame: nothing handed over, and nothing that waits for the block to be full.
    ///
    /// Exact once no frame can be on its way into the ring any more. Until then the answer may be old.
    pub(crate) fn is_empty(&self) -> bool {
        // The count is read first: a block handed over in between is seen as ready, never as empty.
        let frames = self.word(BLOCK_FRAME_COUNT).load(Ordering::Acquire);
        frames == 0 && !self.is_ready()
    }

    /// Gives the block back that the kernel had handed over; the one behind it is the next.
    pub(crate) fn give_back(&mut self) {
        debug_assert!(self.is_ready());
        // The kernel clears the count when it opens the block, which may be later than it is asked for by `is_empty`.
        self.word(BLOCK_FRAME_COUNT).store(0, Ordering::Relaxed);
        // Release pairs with the barrier behind the look at the status in `prb_dispatch_next_block` and
        // `prb_open_block`: the kernel writes only after all reads of the block are done.
        self.word(BLOCK_STATUS).store(libc::TP_STATUS_KERNEL, Ordering::Release);
        self.next = (self.next + 1) % self.block_count;
    }

    /// A word of the next block's header.
    fn word(&self, offset: usize) -> &AtomicU32 {
        self.word_of(self.next, offset)
    }

    /// A word of a block's header, which both sides read and write.
    fn word_of(&self, block: usize, offset: usize) -> &AtomicU32 {
        debug_assert!(block < self.block_count && offset + 4 <= self.block_size);
        // SAFETY: the callers name a block below `block_count`, and the mapping is `block_count` blocks long.
        let block = unsafe { self.mapping.start().add(block * self.block_size) };
        // SAFETY: the offsets of this module's callers lie within the block's header.
        let word = unsafe { block.add(offset) };
        // SAFETY: mapped for as long as `self`, aligned as `tpacket.rs` asserts, and `block` lends the same memory only
        // from a mutable borrow of the ring.
        unsafe { AtomicU32::from_ptr(word.cast().as_ptr()) }
    }
}
