//! What became of the frames that passed a socket's filter, in numbers.

use std::iter::Sum;
use std::ops::Add;

/// What became of the frames that passed the filter of a socket, or of all together, since it was bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// All of them, those lost included: `delivered + drops + malformed` once the ring was drained.
    pub packets: u64,
    /// Those lost because the ring was full (`tp_drops`).
    pub drops: u64,
    /// How often the ring became full.
    pub freezes: u64,
    /// Those that could not be read from the ring: none, unless the kernel has an error.
    pub malformed: u64,
    /// Those lent, as far as their blocks were given back.
    pub delivered: u64,
    /// Of those lent, how many are cut although more was wanted of them: they are longer than anything that can be asked
    /// for ([`MAX_SNAPLEN`](super::MAX_SNAPLEN)).
    pub truncated: u64,
    /// Of those lent, how many are cut as was wanted, at the snapshot length or by the programs.
    pub shortened: u64,
}

/// The same of one socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketStatistics {
    /// The interface that the socket is of.
    pub interface: String,
    /// The socket's place in a group that shares frames out.
    pub member: Option<usize>,
    /// The numbers.
    pub counts: Statistics,
    /// How many blocks the ring has.
    pub blocks: u64,
    /// How many of them wait to be read now.
    pub filled_blocks: u64,
}

impl Add for Statistics {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            packets: self.packets + other.packets,
            drops: self.drops + other.drops,
            freezes: self.freezes + other.freezes,
            malformed: self.malformed + other.malformed,
            delivered: self.delivered + other.delivered,
            truncated: self.truncated + other.truncated,
            shortened: self.shortened + other.shortened,
        }
    }
}

impl Sum for Statistics {
    fn sum<I: Iterator<Item = Self>>(statistics: I) -> Self {
        statistics.fold(Self::default(), Self::add)
    }
}
