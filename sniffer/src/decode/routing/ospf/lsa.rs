//! Link state advertisements of OSPF version 2, RFC 2328 annex A.4. What opaque ones hold is `opaque`'s.

use std::net::Ipv4Addr;

use crate::decode::Payload;

/// The header of a link state advertisement of version 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OspfLsa {
    /// Seconds since it was made.
    pub age: u16,
    /// The options of the router.
    pub options: u8,
    /// The type: 1 router, 2 network, 3 and 4 summary, 5 external.
    pub kind: u8,
    /// What it is about.
    pub id: Ipv4Addr,
    /// The router that made it.
    pub router: Ipv4Addr,
    /// Its sequence number.
    pub sequence: u32,
    /// Bytes of header and body, as it claims.
    pub length: u16,
}

impl OspfLsa {
    /// Bytes of the header.
    pub const HEADER_LEN: u16 = 20;

    /// The header at the start of `at`.
    pub fn new(at: Payload<'_>) -> Option<Self> {
        Some(Self {
            age: at.get(0)?,
            options: at.get(2)?,
            kind: at.get(3)?,
            id: at.get(4)?,
            router: at.get(8)?,
            sequence: at.get(12)?,
            length: at.get(18)?,
        })
    }
}

/// A link of a router, in front of its metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OspfRouterLink {
    /// What is at the other end: a router, or a network by its designated router or its number.
    pub id: Ipv4Addr,
    /// The interface's address, or the network's mask.
    pub data: Ipv4Addr,
    /// 1 to a router, 2 to a network, 3 to a network without other routers, 4 a virtual link.
    pub kind: u8,
    /// How many metrics there are beside the first.
    pub more_metrics: u8,
}

impl OspfRouterLink {
    /// Bytes in front of the first metric, whose first two are the kind and the count of metrics.
    const LEN: usize = 8;

    /// The link at the start of `rest`, and steps to its first metric.
    pub fn read(rest: &mut Payload<'_>) -> Option<Self> {
        let (id, data) = (rest.get(0)?, rest.get(4)?);
        let [kind, more_metrics] = rest.get(8)?;
        *rest = rest.skip(Self::LEN);
        Some(Self { id, data, kind, more_metrics })
    }
}

/// A metric of one topology, RFC 4915.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OspfMetric {
    /// The topology.
    pub topology: u8,
    /// The distance.
    pub metric: u32,
    /// Whether distances inside the system do not count beside this one.
    pub is_type_2: bool,
}

impl OspfMetric {
    /// The distance that cannot be reached.
    pub const INFINITE: u32 = 0x00ff_ffff;

    /// The metric of a router's link at the start of `rest`, and steps over it.
    pub fn read_short(rest: &mut Payload<'_>) -> Option<Self> {
        let [topology, _, high, low] = rest.read()?;
        Some(Self { topology, metric: u16::from_be_bytes([high, low]).into(), is_type_2: false })
    }

    /// The metric of any other advertisement at the start of `rest`, and steps over it.
    pub fn read(rest: &mut Payload<'_>) -> Option<Self> {
        let word: u32 = rest.read()?;
        let topology = (word >> 24) as u8 & 0x7f;
        Some(Self { topology, metric: word & Self::INFINITE, is_type_2: word & 0x8000_0000 != 0 })
    }
}

/// A router or a network to which a group's packets are sent, RFC 1584.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OspfVertex {
    /// 1 a router, 2 a network.
    pub kind: u32,
    /// The router, or the network's designated router.
    pub id: Ipv4Addr,
}

impl OspfVertex {
    /// The vertex at the start of `rest`, and steps over it.
    pub fn read(rest: &mut Payload<'_>) -> Option<Self> {
        Some(Self { kind: rest.read()?, id: rest.read()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_metric_of_a_link_begins_with_its_kind() {
        let bytes = [10, 0, 0, 1, 10, 0, 0, 2, 1, 1, 0, 10, 5, 0, 0, 20];
        let mut rest = Payload::new(&bytes, 16);
        let link = OspfRouterLink::read(&mut rest).unwrap();
        assert_eq!((link.kind, link.more_metrics), (1, 1));
        let metrics: Vec<_> = std::iter::from_fn(|| OspfMetric::read_short(&mut rest)).collect();
        assert_eq!(metrics.iter().map(|metric| metric.metric).collect::<Vec<_>>(), [10, 20]);
        let infinite = OspfMetric::read(&mut Payload::new(&[0x82, 0xff, 0xff, 0xff], 4)).unwrap();
        assert_eq!(infinite, OspfMetric { topology: 2, metric: OspfMetric::INFINITE, is_type_2: true });
    }
}
