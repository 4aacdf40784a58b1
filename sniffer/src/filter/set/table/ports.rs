//! Ports as a bitmap of 64-bit words.

use super::MapImage;
use crate::filter::set::Ranges;

/// The bits of a port that are the position of its bit in a word.
pub(crate) const BIT_BITS: u32 = 6;

/// The map.
pub(super) fn map(ranges: &Ranges<u32>) -> MapImage {
    let mut words = vec![0_u64; 1 << (u16::BITS - BIT_BITS)];
    for &(low, high) in ranges.as_slice() {
        for port in low..=high.min(u16::MAX.into()) {
            words[(port >> BIT_BITS) as usize] |= 1 << (port & (u64::BITS - 1));
        }
    }
    MapImage { value_words: 1, words }
}
