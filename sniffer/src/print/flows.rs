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

    /// What the numbers of a segment from `source` to `destination` count from; `None` when this segment is the first
    /// of its connection, as every one with a SYN is. Then its own `sequence` and `acknowledgement` are remembered.
    pub(super) fn base(
        &mut self,
        source: Endpoint,
        destination: Endpoint,
        is_first: bool,
        first: Base,
    ) -> Option<Base> {
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

    #[test]
    fn both_directions_share_one_connection() {
        let mut flows = Flows::new();
        let first = Base { sent: 100, received: 200 };
        assert_eq!(flows.base(end(5), end(80), false, first), None);
        assert_eq!(flows.base(end(5), end(80), false, Base::default()), Some(first));
        assert_eq!(flows.base(end(80), end(5), false, Base::default()), Some(first.reversed()));
        assert_eq!(flows.base(end(80), end(5), true, Base { sent: 7, received: 8 }), None);
        assert_eq!(flows.base(end(80), end(5), false, Base::default()), Some(Base { sent: 7, received: 8 }));
    }

    #[test]
    fn the_table_keeps_what_is_in_use_and_never_outgrows_its_capacity() {
        let mut flows = Flows::with_capacity(8);
        let busy = Base { sent: 1, received: 2 };
        flows.base(end(1), end(2), false, busy);
        for port in 1000..2000 {
            flows.base(end(port), end(80), false, Base::default());
            assert_eq!(flows.base(end(1), end(2), false, Base::default()), Some(busy));
            assert!(flows.young.len() + flows.old.len() <= 8);
        }
        assert_eq!(flows.base(end(1000), end(80), false, Base::default()), None);
    }
}
