//! The TCP connections whose first sequence numbers are remembered, so that lines can count from nought. Bounded: what
//! was not seen for long is forgotten, and its numbers begin anew.

use std::collections::HashMap;
use std::net::IpAddr;

use foldhash::fast::RandomState;

/// The most connections that are remembered.
const CAPACITY: usize = 1 << 18;

/// One end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Endpoint {
    pub(super) port: u16,
    pub(super) address: IpAddr,
}

/// What sequence numbers are counted from: the sender's and the receiver's first number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Base {
    pub(super) sent: u32,
    pub(super) received: u32,
}

/// What of a TCP segment decides what its numbers count from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub(super) source: Endpoint,
    pub(super) destination: Endpoint,
    /// Whether it begins a connection, as every one with a SYN does.
    pub(super) is_first: bool,
    /// What the numbers of the connection count from if this is its first segment.
    pub(super) first: Base,
}

/// Where a line finds what its numbers count from.
pub(super) enum Bases<'p> {
    /// In the table: lines are made in the order of the packets.
    Table(&'p mut Flows),
    /// In the table too, and what it said is noted.
    Noting(&'p mut Flows, &'p mut Notes),
    /// In the notes: the table was asked before.
    Noted(&'p mut Notes),
}

impl Bases<'_> {
    /// As [`Flows::base`].
    pub(super) fn of(&mut self, segment: &Segment) -> Option<Base> {
        match self {
            Self::Table(flows) => flows.base(segment),
            Self::Noting(flows, notes) => notes.push(flows.base(segment)),
            Self::Noted(notes) => notes.next(),
        }
    }
}

/// What the table said of segments, in the order in which it was asked.
#[derive(Debug, Default)]
pub(super) struct Notes {
    bases: Vec<Option<Base>>,
    read: usize,
}

impl Notes {
    pub(super) fn clear(&mut self) {
        self.bases.clear();
        self.read = 0;
    }

    pub(super) fn push(&mut self, base: Option<Base>) -> Option<Base> {
        self.bases.push(base);
        base
    }

    fn next(&mut self) -> Option<Base> {
        let base = self.bases.get(self.read).copied().flatten();
        self.read += 1;
        base
    }
}

/// The known connections, in two generations of half the capacity: when the young one is full it becomes the old one,
/// and what the old one still held is forgotten.
pub(super) struct Flows {
    young: HashMap<(Endpoint, Endpoint), Base, RandomState>,
    old: HashMap<(Endpoint, Endpoint), Base, RandomState>,
    capacity: usize,
}

impl Flows {
    pub(super) fn new() -> Self {
        Self::with_capacity(CAPACITY)
    }

    fn with_capacity(capacity: usize) -> Self {
        Self { young: HashMap::default(), old: HashMap::default(), capacity }
    }

    /// What the numbers of a segment count from; `None` when it is the first of its connection. Then its own are
    /// remembered.
    pub(super) fn base(&mut self, segment: &Segment) -> Option<Base> {
        let &Segment { source, destination, is_first, first } = segment;
        let is_reverse = source > destination;
        let key = if is_reverse { (destination, source) } else { (source, destination) };
        if !is_first && let Some(base) = self.find(key) {
            return Some(if is_reverse { base.reversed() } else { base });
        }
        self.insert(key, if is_reverse { first.reversed() } else { first });
        None
    }

    fn find(&mut self, key: (Endpoint, Endpoint)) -> Option<Base> {
        if let Some(base) = self.young.get(&key) {
            return Some(*base);
        }
        let base = self.old.remove(&key)?;
        self.insert(key, base);
        Some(base)
    }

    fn insert(&mut self, key: (Endpoint, Endpoint), base: Base) {
        if self.young.len() >= self.capacity / 2 && !self.young.contains_key(&key) {
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        self.young.insert(key, base);
    }
}

impl Base {
    fn reversed(self) -> Self {
        Self { sent: self.received, received: self.sent }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn end(port: u16) -> Endpoint {
        Endpoint { port, address: IpAddr::V4(Ipv4Addr::LOCALHOST) }
    }

    fn base(flows: &mut Flows, from: u16, to: u16, is_first: bool, first: Base) -> Option<Base> {
        flows.base(&Segment { source: end(from), destination: end(to), is_first, first })
    }

    #[test]
    fn both_directions_share_one_connection() {
        let mut flows = Flows::new();
        let first = Base { sent: 100, received: 200 };
        assert_eq!(base(&mut flows, 5, 80, false, first), None);
        assert_eq!(base(&mut flows, 5, 80, false, Base::default()), Some(first));
        assert_eq!(base(&mut flows, 80, 5, false, Base::default()), Some(first.reversed()));
        assert_eq!(base(&mut flows, 80, 5, true, Base { sent: 7, received: 8 }), None);
        assert_eq!(base(&mut flows, 80, 5, false, Base::default()), Some(Base { sent: 7, received: 8 }));
    }

    #[test]
    fn the_table_keeps_what_is_in_use_and_never_outgrows_its_capacity() {
        let mut flows = Flows::with_capacity(8);
        let busy = Base { sent: 1, received: 2 };
        base(&mut flows, 1, 2, false, busy);
        for port in 1000..2000 {
            base(&mut flows, port, 80, false, Base::default());
            assert_eq!(base(&mut flows, 1, 2, false, Base::default()), Some(busy));
            assert!(flows.young.len() + flows.old.len() <= 8);
        }
        assert_eq!(base(&mut flows, 1000, 80, false, Base::default()), None);
    }
}
