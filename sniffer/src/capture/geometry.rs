//! The shape of a ring: how large its blocks are and how many there are. Pure arithmetic.

use std::iter;
use std::ops::RangeInclusive;

use crate::sys::tpacket::{ALIGNMENT, BLOCK_HEADER_LEN, FRAME_HEADER_LEN};

/// Bytes of a block where frames are not longer: a block is still in the CPU's second-level cache when it is read, and a
/// trickle of frames, which takes a block with each timeout however few they are, has many to take.
const USUAL_BLOCK_SIZE: u64 = 256 * 1024;

/// Bytes of a ring where nothing asks for another size: at least so many, and at most.
///
/// libpcap's 2 MiB last 2 ms at 10 Gb/s, which is less than a time slice: one preemption of the reader loses frames. At
/// 0.6 million of the smallest frames a second, which take some 160 bytes each, 64 MiB outlast a disk that pauses for half
/// a second. They cost a few milliseconds to allocate, beside the loading of the programs.
const DEFAULT_SIZES: RangeInclusive<u64> = 64 << 20..=256 << 20;

/// What a ring holds of a link's traffic at full speed.
const DEFAULT_MILLISECONDS: u64 = 50;

/// The part of the memory that a ring takes by itself.
const MEMORY_PARTS: u64 = 16;

/// The size at which a ring becomes too small to be of use: libpcap's.
const SMALLEST_DEFAULT: u64 = 2 << 20;

/// The kernel fills one block while another is read.
const MIN_BLOCKS: u64 = 2;

/// The shape of a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Geometry {
    /// Bytes of a block: a power of two, as the kernel allocates them, and a multiple of the page size.
    pub(super) block_size: u32,
    /// Number of blocks.
    pub(super) block_count: u32,
}

impl Geometry {
    /// The ring of at least `buffer_size` bytes whose blocks hold a frame of `frame_len` captured bytes with `reserve`
    /// bytes of room in front.
    pub(super) fn new(buffer_size: u64, frame_len: u32, reserve: u32, page_size: usize) -> Self {
        let smallest = smallest_block(frame_len, reserve).max(page_size as u64).next_power_of_two();
        // A small buffer is cut into smaller blocks, because a block is lost to the kernel while it is read.
        let block_size = USUAL_BLOCK_SIZE.min(buffer_size / 8).max(1).next_power_of_two().max(smallest);
        let block_count = buffer_size.div_ceil(block_size).max(MIN_BLOCKS);
        Self {
            block_size: u32::try_from(block_size).unwrap_or(1 << 31),
            block_count: u32::try_from(block_count).unwrap_or(u32::MAX),
        }
    }

    /// Bytes of the ring for a link of `speed` megabits a second in a host with so many bytes of memory, then what is to be
    /// tried when the kernel cannot spare them.
    pub(super) fn default_sizes(speed: Option<u32>, memory: u64) -> impl Iterator<Item = u64> {
        let bytes_a_millisecond = u64::from(speed.unwrap_or_default()) * 125;
        let wanted = (bytes_a_millisecond * DEFAULT_MILLISECONDS)
            .clamp(*DEFAULT_SIZES.start(), *DEFAULT_SIZES.end())
            .min(memory / MEMORY_PARTS)
            .max(SMALLEST_DEFAULT);
        iter::successors(Some(wanted), |size| Some(size / 2)).take_while(|size| *size >= SMALLEST_DEFAULT)
    }

    /// Bytes of all blocks together.
    pub(super) fn size(self) -> u64 {
        u64::from(self.block_size) * u64::from(self.block_count)
    }
}

/// Bytes that a block needs for one frame, from the arithmetic of `tpacket_rcv` in `net/packet/af_packet.c`: the headers
/// and at least 16 bytes for the link layer, padded, then the reserve, then the captured bytes.
fn smallest_block(frame_len: u32, reserve: u32) -> u64 {
    let network_offset = (FRAME_HEADER_LEN + 16).next_multiple_of(ALIGNMENT);
    let frame = network_offset as u64 + u64::from(reserve) + u64::from(frame_len);
    // A frame must end before the block does: `__packet_lookup_frame_in_block` compares with less-than.
    BLOCK_HEADER_LEN as u64 + frame.next_multiple_of(8) + 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_fits_a_block_and_the_buffer_is_as_large_as_asked() {
        for page_size in [4096, 65_536] {
            for frame_len in [0, 1, 96, 3900, 4096, 65_535, 262_144] {
                for buffer_size in [0, 1, 4096, 100_000, 2 << 20, 32 << 20, 5 << 30] {
                    check(buffer_size, frame_len, page_size);
                }
            }
        }
    }

    #[track_caller]
    fn check(buffer_size: u64, frame_len: u32, page_size: usize) {
        let geometry = Geometry::new(buffer_size, frame_len, 4, page_size);
        let Geometry { block_size, block_count } = geometry;
        assert!(
            block_size.is_power_of_two() && (block_size as usize).is_multiple_of(page_size),
            "{geometry:?}"
        );
        // 82 bytes is where the bytes of an Ethernet frame begin, 4 the reserve, 48 the block's header.
        assert!(block_size > 48 + 82 + 4 + frame_len, "{geometry:?} for {frame_len}");
        assert!(block_count >= 2);
        assert!(geometry.size() >= buffer_size, "{geometry:?} for {buffer_size}");
    }

    #[test]
    fn a_usual_buffer_has_many_blocks() {
        let geometry = Geometry::new(64 << 20, 262_144, 4, 4096);
        assert_eq!(geometry, Geometry { block_size: 512 << 10, block_count: 128 });
        let geometry = Geometry::new(64 << 20, 1514, 4, 4096);
        assert_eq!(geometry, Geometry { block_size: 256 << 10, block_count: 256 });
    }

    #[test]
    fn the_usual_size_follows_the_link_within_the_memory() {
        let check = |speed, memory: u64, expected: u64| {
            let sizes: Vec<u64> = Geometry::default_sizes(speed, memory << 20).collect();
            assert_eq!(sizes[0] >> 20, expected, "{speed:?} of {memory} MiB");
            assert!(sizes.is_sorted_by(|larger, smaller| larger / 2 == *smaller), "{sizes:?}");
            assert_eq!(sizes.last().map(|size| size >> 21), Some(1), "{sizes:?}");
        };
        check(None, 64 << 10, 64);
        check(Some(1000), 64 << 10, 64);
        check(Some(25_000), 64 << 10, 149);
        check(Some(400_000), 64 << 10, 256);
        check(Some(400_000), 1024, 64);
        check(Some(400_000), 512, 32);
        check(None, 16, 2);
    }

    #[test]
    fn a_small_buffer_is_not_two_large_blocks() {
        let geometry = Geometry::new(64 << 10, 256, 4, 4096);
        assert_eq!(geometry, Geometry { block_size: 8 << 10, block_count: 8 });
    }
}
