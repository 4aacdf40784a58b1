//! Path attributes of BGP, RFC 4271 section 4.3, and what they say. Communities are `community`'s, routes `reach`'s.

use std::net::Ipv4Addr;

use super::{BgpExtendedCommunities, BgpReach};
use crate::decode::Payload;
use crate::decode::message::part;

/// A path attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BgpAttribute<'a> {
    /// Flags: 0x80 optional, 0x40 transitive, 0x20 partial, 0x10 a length of two bytes.
    pub flags: u8,
    /// The type (<https://www.iana.org/assignments/bgp-parameters>).
    pub kind: u8,
    /// The value, as far as the list has room for it.
    pub value: Payload<'a>,
}

/// What an attribute says.
#[derive(Clone, Debug)]
pub enum BgpValue<'a> {
    /// Nothing: an attribute of this type has another length.
    Illegal,
    /// How the route came to be known: 0 inside a system, 1 by EGP, 2 otherwise.
    Origin(u8),
    /// The systems that the route goes through.
    Path(BgpPath<'a>),
    /// The next hop, or the router that the route is from.
    Router(Ipv4Addr),
    /// How far the route is for a neighbour, or how good it is for this system.
    Number(u32),
    /// A less specific route was chosen.
    AtomicAggregate,
    /// Who has put routes together.
    Aggregator {
        /// The system.
        system: u32,
        /// The router.
        router: Ipv4Addr,
    },
    /// Communities, RFC 1997.
    Communities(&'a [[u8; 4]]),
    /// The clusters that the route has passed, RFC 4456.
    Clusters(&'a [[u8; 4]]),
    /// Routes of any family that are announced.
    Reach(BgpReach<'a>),
    /// Routes of any family that are withdrawn.
    Unreach(BgpReach<'a>),
    /// Extended communities.
    ExtendedCommunities(BgpExtendedCommunities<'a>),
    /// A tunnel for multicast.
    Tunnel(BgpTunnel<'a>),
    /// Elements about the metrics of interior protocols, for [`BgpMetric::read`].
    Metrics(Payload<'a>),
    /// Large communities, RFC 8092.
    LargeCommunities(&'a [[u8; 12]]),
    /// The attributes that a customer has sent, RFC 6368.
    Set {
        /// The customer's system.
        system: u32,
        /// The list.
        attributes: Payload<'a>,
    },
    /// What has no decoder.
    Other,
}

impl<'a> BgpAttribute<'a> {
    /// How a route came to be known.
    pub const ORIGIN: u8 = 1;
    /// The systems that a route goes through.
    pub const PATH: u8 = 2;
    /// Where packets are sent.
    pub const NEXT_HOP: u8 = 3;
    /// The multi-exit discriminator: how far a route is for a neighbour.
    pub const DISCRIMINATOR: u8 = 4;
    /// The local preference: how good a route is for this system.
    pub const PREFERENCE: u8 = 5;
    /// Communities, RFC 1997.
    pub const COMMUNITIES: u8 = 8;
    /// The type that holds attributes.
    pub const SET: u8 = 128;
    /// The type of large communities.
    pub const LARGE_COMMUNITIES: u8 = 32;
    /// The type of a path in long numbers, RFC 6793.
    const LONG_PATH: u8 = 17;
    /// The flag of a length of two bytes.
    const EXTENDED: u8 = 0x10;

    /// The attribute at the start of `rest`, and steps over it.
    ///
    /// # Errors
    /// Where the list ends within flags, type and length: how many bytes they have.
    pub fn read(rest: &mut Payload<'a>) -> Result<Self, u32> {
        let [flags, kind] = rest.read().ok_or(2_u32)?;
        let is_extended = flags & Self::EXTENDED != 0;
        let len = if is_extended { rest.read::<u16>() } else { rest.read::<u8>().map(u16::from) };
        let len = len.ok_or(3 + u32::from(is_extended))?;
        let value = rest.with_claim(len.into());
        *rest = rest.skip(len.into());
        Ok(Self { flags, kind, value })
    }

    /// Whether an attribute of this type may be as long.
    fn is_legal(&self) -> bool {
        let len = self.value.claimed();
        match self.kind {
            Self::ORIGIN => len == 1,
            Self::PATH | Self::LONG_PATH => len.is_multiple_of(2),
            Self::NEXT_HOP | Self::DISCRIMINATOR | Self::PREFERENCE | 9 => len == 4,
            6 => len == 0,
            7 => len == 6 || len == 8,
            Self::COMMUNITIES | 10 => len.is_multiple_of(4),
            16 => len.is_multiple_of(8),
            18 => len == 8,
            Self::LARGE_COMMUNITIES => len > 0 && len.is_multiple_of(12),
            _ => true,
        }
    }

    /// What the attribute says; nothing where it ends too early.
    pub fn decode(&self) -> Option<BgpValue<'a>> {
        if !self.is_legal() {
            return Some(BgpValue::Illegal);
        }
        let value = self.value;
        Some(match self.kind {
            Self::ORIGIN => BgpValue::Origin(value.get(0)?),
            Self::PATH | Self::LONG_PATH => BgpValue::Path(BgpPath::new(value, self.kind == Self::LONG_PATH)),
            Self::NEXT_HOP | 9 => BgpValue::Router(value.get(0)?),
            Self::DISCRIMINATOR | Self::PREFERENCE => BgpValue::Number(value.get(0)?),
            6 => BgpValue::AtomicAggregate,
            7 | 18 if value.claimed() == 6 => {
                BgpValue::Aggregator { system: value.get::<u16>(0)?.into(), router: value.get(2)? }
            }
            7 | 18 => BgpValue::Aggregator { system: value.get(0)?, router: value.get(4)? },
            Self::COMMUNITIES => BgpValue::Communities(value.bytes().as_chunks().0),
            10 => BgpValue::Clusters(value.bytes().as_chunks().0),
            14 => BgpValue::Reach(BgpReach { whole: value }),
            15 => BgpValue::Unreach(BgpReach { whole: value }),
            16 => BgpValue::ExtendedCommunities(BgpExtendedCommunities(value)),
            22 => BgpValue::Tunnel(BgpTunnel::new(value)),
            26 => BgpValue::Metrics(value),
            Self::LARGE_COMMUNITIES => BgpValue::LargeCommunities(value.bytes().as_chunks().0),
            Self::SET => BgpValue::Set { system: value.get(0)?, attributes: value.skip(4) },
            _ => BgpValue::Other,
        })
    }
}

/// A path of autonomous systems, segment by segment.
#[derive(Clone, Copy, Debug)]
pub struct BgpPath<'a> {
    rest: Payload<'a>,
    is_long: bool,
}

impl<'a> BgpPath<'a> {
    fn new(value: Payload<'a>, is_long: bool) -> Self {
        Self { rest: value, is_long: is_long || !may_be_short(value.bytes()) }
    }

    /// Whether there is no more segment.
    pub fn is_empty(&self) -> bool {
        self.rest.claimed() == 0
    }

    /// The next segment: its kind (1 a set, 2 a sequence, 3 and 4 the same of a confederation), and how many systems follow.
    pub fn segment(&mut self) -> Option<[u8; 2]> {
        self.rest.read()
    }

    /// The next system of the segment.
    pub fn system(&mut self) -> Option<u32> {
        if self.is_long { self.rest.read() } else { self.rest.read::<u16>().map(u32::from) }
    }
}

/// Whether a path can be one of numbers of two bytes; it does not say so.
fn may_be_short(mut path: &[u8]) -> bool {
    while let [kind, count, behind @ ..] = path {
        if !(1..=4).contains(kind) {
            return false;
        }
        let Some(rest) = behind.get(usize::from(*count) * 2..) else { return false };
        path = rest;
    }
    path.is_empty()
}

part! {
    /// A tunnel for multicast in a provider's network, RFC 6514 section 5.
    BgpTunnel {
        /// Flags and type: 1 by RSVP, 2 and 7 by LDP, 3 to 5 by PIM, 6 a copy for each.
        flags_and_kind: [u8; 2] = 0,
        /// The root, the sender or the end of the tunnel.
        root: Ipv4Addr = 5,
        /// The group, where PIM makes the tunnel.
        group: Ipv4Addr = 9,
        /// The number of the tunnel, where RSVP or LDP makes it.
        id: u32 = 9,
    }
}

impl<'a> BgpTunnel<'a> {
    /// The label of MPLS.
    pub fn label(&self) -> Option<u32> {
        let [a, b, c] = self.whole().get(2)?;
        Some(u32::from_be_bytes([0, a, b, c]) >> 4)
    }

    /// What is behind the label.
    pub fn identifier(&self) -> Payload<'a> {
        self.whole().skip(5)
    }
}

/// An element about the metrics of interior protocols, RFC 7311.
#[derive(Clone, Copy, Debug)]
pub struct BgpMetric<'a> {
    /// The type: 1 the accumulated metric.
    pub kind: u8,
    /// Bytes of the element, as it claims.
    pub len: u16,
    /// What is behind type and length; nothing where the attribute has no room for it.
    pub value: Option<Payload<'a>>,
}

impl<'a> BgpMetric<'a> {
    /// Bytes of type and length.
    const HEADER_LEN: u16 = 3;

    /// The element at the start of `rest`, and steps over it.
    pub fn read(rest: &mut Payload<'a>) -> Option<Self> {
        let (kind, len): (u8, u16) = (rest.read()?, rest.read()?);
        let value_len = len.checked_sub(Self::HEADER_LEN).filter(|len| u32::from(*len) <= rest.claimed());
        let value = value_len.map(|len| rest.with_claim(len.into()));
        *rest = rest.skip(value_len.unwrap_or(0).into());
        Some(Self { kind, len, value })
    }

    /// The accumulated metric.
    pub fn metric(&self) -> Option<u64> {
        self.value?.get(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_have_lengths_of_one_or_two_bytes() {
        let bytes = [0x40, 3, 4, 10, 0, 0, 1, 0x90, 1, 0, 2, 0, 0, 0x40];
        let mut rest = Payload::new(&bytes, 14);
        let next_hop = BgpAttribute::read(&mut rest).unwrap().decode();
        assert!(matches!(next_hop, Some(BgpValue::Router(address)) if address == Ipv4Addr::new(10, 0, 0, 1)));
        let origin = BgpAttribute::read(&mut rest).unwrap();
        assert_eq!((origin.flags, origin.kind, origin.value.bytes()), (0x90, 1, &[0, 0][..]));
        assert!(matches!(origin.decode(), Some(BgpValue::Illegal)));
        assert_eq!(BgpAttribute::read(&mut rest), Err(2));
    }

    #[test]
    fn a_path_is_of_short_numbers_where_it_can_be() {
        let systems = |bytes: &[u8]| {
            let mut path = BgpPath::new(Payload::new(bytes, bytes.len() as u32), false);
            let [_, count] = path.segment().unwrap();
            (0..count).map(|_| path.system().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(systems(&[2, 2, 0, 1, 0, 2]), [1, 2]);
        assert_eq!(systems(&[2, 2, 0, 0, 0, 1, 0, 0, 0, 2]), [1, 2]);
    }
}
