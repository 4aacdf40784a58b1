//! Ethernet addresses and IPv6 prefixes in a hash table that is made once and never changed. A key is in one of two
//! buckets, each as large as a cache line, or it is no element: no chain to follow, and no more than two misses. Prefixes
//! have a region of buckets for each length, and an address is looked up once for each.
//!
//! A bucket has no free places: those that are left over repeat a key that is an element.

use super::MapImage;
use crate::filter::set::Ranges;

/// Bytes of a bucket: a cache line.
pub(crate) const BUCKET: u32 = 64;
const BUCKET_WORDS: usize = BUCKET as usize / 8;

/// Factors of the hash function: odd, and random in all bits. The first two are those of David Stafford's "Mix13"
/// (2011), the third is the golden ratio.
pub(crate) const FACTORS: [u64; 3] = [0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0x9e37_79b9_7f4a_7c15];

/// Of so many places so many are filled, which with two buckets to choose from nearly always works.
const FILLED: (usize, usize) = (4, 5);

/// How often a key may be moved on to make room for another one.
const MOVES: usize = 500;

/// A key of one or two 64-bit words; the second one is 0 where there is one.
type Key = [u64; 2];

/// The buckets of the prefixes of one length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// Bits of a prefix; of 128 for IPv6 and of 64 for Ethernet addresses, which are all of the full length.
    pub(crate) length: u32,
    /// The first bucket.
    pub(crate) first: u32,
    /// How many there are.
    pub(crate) buckets: u32,
}

/// The map, and what is where in it.
pub(crate) struct Buckets {
    pub(crate) regions: Vec<Region>,
    pub(crate) map: MapImage,
}

impl Buckets {
    pub(super) fn of_macs(ranges: &Ranges<u64>) -> Self {
        let keys = ranges.as_slice().iter().flat_map(|&(low, high)| low..=high).map(|mac| [mac, 0]);
        Self::new(vec![(u64::BITS, keys.collect())], 1)
    }

    pub(super) fn of_prefixes(ranges: &Ranges<u128>) -> Self {
        let mut by_length: Vec<Vec<Key>> = vec![Vec::new(); u128::BITS as usize + 1];
        for &(low, high) in ranges.as_slice() {
            for (prefix, length) in prefixes(low, high) {
                by_length[length as usize].push([(prefix >> u64::BITS) as u64, prefix as u64]);
            }
        }
        let lengths = (0..).zip(by_length).filter(|(_, keys)| !keys.is_empty());
        Self::new(lengths.collect(), 2)
    }

    fn new(by_length: Vec<(u32, Vec<Key>)>, key_words: usize) -> Self {
        let (mut regions, mut words) = (Vec::new(), Vec::new());
        for (length, keys) in by_length {
            let first = (words.len() / BUCKET_WORDS) as u32;
            if keys.is_empty() {
                continue;
            }
            let size = BUCKET_WORDS / key_words;
            let placed = Placed::all(&keys, size);
            regions.push(Region { length, first, buckets: placed.count });
            for (bucket, filled) in placed.keys.chunks(size).zip(&placed.filled) {
                let filled = &bucket[..usize::from(*filled)];
                let bucket = filled.iter().chain(std::iter::repeat(&keys[0])).take(size);
                words.extend(bucket.flat_map(|key| &key[..key_words]));
            }
        }
        if words.is_empty() {
            words = vec![0; BUCKET_WORDS];
        }
        Self { regions, map: MapImage { value_words: BUCKET_WORDS, words } }
    }
}

/// The two buckets of a key among so many.
fn buckets_of(key: Key, count: u32) -> [u32; 2] {
    let mut hash = key[0] ^ key[1].wrapping_mul(FACTORS[2]);
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(FACTORS[0]);
    hash ^= hash >> 29;
    let first = hash.wrapping_mul(FACTORS[1]) >> 32;
    let second = hash.wrapping_mul(FACTORS[2]) >> 32;
    [first, second].map(|hash| ((hash * u64::from(count)) >> 32) as u32)
}

/// Keys in their buckets (Pagh and Rodler, "Cuckoo hashing", 2004, with more than one place in a bucket).
struct Placed {
    /// The places of all buckets.
    keys: Vec<Key>,
    /// How many places of each bucket are filled.
    filled: Vec<u8>,
    size: usize,
    count: u32,
}

impl Placed {
    /// Every key in one of its buckets of `size` places.
    fn all(keys: &[Key], size: usize) -> Self {
        let mut count = (keys.len() * FILLED.1).div_ceil(FILLED.0 * size).max(1);
        loop {
            let mut placed =
                Self { keys: vec![[0; 2]; count * size], filled: vec![0; count], size, count: count as u32 };
            if keys.iter().all(|key| placed.insert(*key)) {
                return placed;
            }
            count += count / 4 + 1;
        }
    }

    /// Puts the key into the emptier one of its buckets. When both are full, others move on to theirs.
    fn insert(&mut self, mut key: Key) -> bool {
        let [first, second] = buckets_of(key, self.count).map(|bucket| bucket as usize);
        let mut bucket = if self.filled[first] <= self.filled[second] { first } else { second };
        for moves in 0..MOVES {
            let filled = usize::from(self.filled[bucket]);
            if filled < self.size {
                self.keys[bucket * self.size + filled] = key;
                self.filled[bucket] += 1;
                return true;
            }
            std::mem::swap(&mut self.keys[bucket * self.size + moves % self.size], &mut key);
            let [first, second] = buckets_of(key, self.count).map(|bucket| bucket as usize);
            bucket = if first == bucket { second } else { first };
        }
        false
    }
}

/// The fewest prefixes that cover a range.
fn prefixes(low: u128, high: u128) -> impl Iterator<Item = (u128, u32)> {
    let mut rest = Some(low);
    std::iter::from_fn(move || {
        let low = rest.filter(|low| *low <= high)?;
        let mut host_bits = low.trailing_zeros().min(u128::BITS);
        while host_bits > 0 && low | (u128::MAX >> (u128::BITS - host_bits)) > high {
            host_bits -= 1;
        }
        let last = low | u128::MAX.checked_shr(u128::BITS - host_bits).unwrap_or(0);
        rest = last.checked_add(1);
        Some((low, u128::BITS - host_bits))
    })
}
