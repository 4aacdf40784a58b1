//! IPv4 addresses in two maps. The first has a word for every 16 neighbouring /24s between the first and the last element: two bits for each say whether none of
//! its addresses is an element, all are, or some. Those of which some are have a bitmap in the second map; the upper
//! half of the word is the index of the first of these, and the others follow in the order of the /24s.

use super::MapImage;
use crate::filter::set::Ranges;

/// How many bits of an address are the index of its word.
pub(crate) const GROUP_BITS: u32 = 20;
/// All addresses of the /24 are elements.
pub(crate) const ALL: u64 = 1;
/// Some are.
pub(crate) const PARTLY: u64 = 2;
/// The bit of [`PARTLY`] in every pair of bits.
pub(crate) const PARTLY_BITS: u32 = 0xaaaa_aaaa;
/// /24s of a word.
const GROUP: u32 = 16;
const GROUP_ALL: u64 = 0x5555_5555;
/// 64-bit words of a bitmap, with a bit for each address of a /24.
const BITMAP_WORDS: usize = 4;

type Bitmap = [u64; BITMAP_WORDS];

/// Both maps, and the number of the group whose word is the first one.
pub(super) fn maps(ranges: &Ranges<u32>) -> (u32, [MapImage; 2]) {
    let group = |address: u32| address >> (u32::BITS - GROUP_BITS);
    let ranges = ranges.as_slice();
    // A map must have a value.
    let first = ranges.first().map_or(0, |&(low, _)| group(low));
    let last = ranges.last().map_or(0, |&(_, high)| group(high));
    let groups = vec![0; (last - first) as usize + 1];
    let mut builder = Builder { first, groups, bitmaps: Vec::new(), last: None };
    for &(low, high) in ranges {
        builder.add(low, high);
    }
    builder.bitmaps.resize(builder.bitmaps.len().max(1), [0; BITMAP_WORDS]);
    let maps = [
        MapImage { value_words: 1, words: builder.groups },
        MapImage { value_words: BITMAP_WORDS, words: builder.bitmaps.into_flattened() },
    ];
    (first, maps)
}

struct Builder {
    /// The first group that has a word.
    first: u32,
    groups: Vec<u64>,
    bitmaps: Vec<Bitmap>,
    /// The /24 of the last bitmap.
    last: Option<u32>,
}

impl Builder {
    /// Adds a range that lies behind all others.
    fn add(&mut self, low: u32, high: u32) {
        let (first, last) = (low >> 8, high >> 8);
        if first == last {
            return self.add_within(first, low & 0xff, high & 0xff);
        }
        self.add_within(first, low & 0xff, 0xff);
        self.add_whole(first + 1, last);
        self.add_within(last, 0, high & 0xff);
    }

    /// The word of a /24.
    fn group(&mut self, network: u32) -> &mut u64 {
        &mut self.groups[(network / GROUP - self.first) as usize]
    }

    /// All addresses of the /24s from `first` up to, but without, `end`.
    fn add_whole(&mut self, first: u32, end: u32) {
        let mut at = first;
        while at < end {
            if at.is_multiple_of(GROUP) && end - at >= GROUP {
                *self.group(at) = GROUP_ALL;
                at += GROUP;
            } else {
                *self.group(at) |= ALL << (2 * (at % GROUP));
                at += 1;
            }
        }
    }

    fn add_within(&mut self, network: u32, low: u32, high: u32) {
        if (low, high) == (0, 0xff) {
            return self.add_whole(network, network + 1);
        }
        if self.last != Some(network) {
            let index = (self.bitmaps.len() as u64) << u32::BITS;
            let group = self.group(network);
            if *group & u64::from(PARTLY_BITS) == 0 {
                *group |= index;
            }
            *group |= PARTLY << (2 * (network % GROUP));
            self.bitmaps.push([0; BITMAP_WORDS]);
            self.last = Some(network);
        }
        if let Some(bitmap) = self.bitmaps.last_mut() {
            set_bits(bitmap, low, high);
        }
    }
}

fn set_bits(bitmap: &mut Bitmap, low: u32, high: u32) {
    for bit in low..=high {
        bitmap[(bit / u64::BITS) as usize] |= 1 << (bit % u64::BITS);
    }
}
