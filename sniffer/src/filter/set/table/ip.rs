//! IPv4 addresses in two maps. The first has a word for every 16 neighbouring /24s: two bits for each say whether none of
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

/// Both maps.
pub(super) fn maps(ranges: &Ranges<u32>) -> [MapImage; 2] {
    let mut builder = Builder { groups: vec![0; 1 << GROUP_BITS], bitmaps: Vec::new(), last: None };
    for &(low, high) in ranges.as_slice() {
        builder.add(low, high);
    }
    // A map must have a value.
    builder.bitmaps.resize(builder.bitmaps.len().max(1), [0; BITMAP_WORDS]);
    [
        MapImage { value_words: 1, words: builder.groups },
        MapImage { value_words: BITMAP_WORDS, words: builder.bitmaps.into_flattened() },
    ]
}

struct Builder {
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

    /// All addresses of the /24s from `first` up to, but without, `end`.
    fn add_whole(&mut self, first: u32, end: u32) {
        let mut at = first;
        while at < end {
            if at.is_multiple_of(GROUP) && end - at >= GROUP {
                self.groups[(at / GROUP) as usize] = GROUP_ALL;
                at += GROUP;
            } else {
                self.groups[(at / GROUP) as usize] |= ALL << (2 * (at % GROUP));
                at += 1;
            }
        }
    }

    fn add_within(&mut self, network: u32, low: u32, high: u32) {
        if (low, high) == (0, 0xff) {
            return self.add_whole(network, network + 1);
        }
        if self.last != Some(network) {
            let group = &mut self.groups[(network / GROUP) as usize];
            if *group & u64::from(PARTLY_BITS) == 0 {
                *group |= (self.bitmaps.len() as u64) << u32::BITS;
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
