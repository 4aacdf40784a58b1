//! Sets in the form in which programs in the kernel look them up: contents of array maps, made here whole and read there.
//! Must not know instructions, nor how maps are made.
//!
//! | elements | maps | accesses |
//! |---|---|---|
//! | IPv4 | [`ip`]: two bits for each /24, then a bitmap of those that are covered partly | 1 or 2 |
//! | ports | [`ports`]: a bitmap | 1 |
//! | Ethernet, IPv6 | [`buckets`]: two buckets for each length of prefix that occurs | 2 a length |

pub(crate) mod buckets;
pub(crate) mod ip;
pub(crate) mod ports;

use super::{Elements, Set};
use buckets::Buckets;

/// The contents of an array map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapImage {
    /// 64-bit words of a value.
    pub value_words: usize,
    /// All values one after the other, in host byte order.
    pub words: Vec<u64>,
}

impl MapImage {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.words.len() / self.value_words
    }

    /// How many bytes they are.
    pub fn size(&self) -> u64 {
        size_of_val(self.words.as_slice()) as u64
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// How a program finds a key.
#[derive(Clone, Debug)]
pub(crate) enum Layout {
    /// The map of /24s, then that of bitmaps.
    Ip {
        /// The group of /24s whose word is the first one of its map.
        first: u32,
    },
    /// One bitmap.
    Ports,
    /// One map of buckets.
    Buckets(Vec<buckets::Region>),
}

/// A set as maps and the way to find a key in them.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) layout: Layout,
    pub(crate) maps: Vec<MapImage>,
}

impl Table {
    pub(crate) fn of(set: &Set) -> Self {
        match &set.elements {
            Elements::Ip(ranges) => {
                let (first, maps) = ip::maps(ranges);
                Self { layout: Layout::Ip { first }, maps: maps.into() }
            }
            Elements::Port(ranges) => Self { layout: Layout::Ports, maps: vec![ports::map(ranges)] },
            Elements::Mac(ranges) => Buckets::of_macs(ranges).into(),
            Elements::Ip6(ranges) => Buckets::of_prefixes(ranges).into(),
        }
    }
}

impl From<Buckets> for Table {
    fn from(buckets: Buckets) -> Self {
        Self { layout: Layout::Buckets(buckets.regions), maps: vec![buckets.map] }
    }
}
