//! Extended communities of BGP, RFC 4360.

use std::net::Ipv4Addr;

use crate::decode::Payload;

/// An extended community.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BgpExtendedCommunity {
    /// The type (<https://www.iana.org/assignments/bgp-extended-communities>).
    pub kind: u16,
    /// What is behind the type.
    pub value: [u8; 6],
}

/// What an extended community says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BgpExtendedValue {
    /// An autonomous system and a number that it has assigned.
    System(u16, Ipv4Addr),
    /// A router's address and a number that it has assigned.
    Router(Ipv4Addr, u16),
    /// An autonomous system with a long number, and a number that it has assigned.
    LongSystem(u32, u16),
    /// Bytes a second, draft-ietf-idr-link-bandwidth.
    Bandwidth(f32),
    /// The domain or the router of OSPF, RFC 4577.
    Ospf(Ipv4Addr),
    /// What a route was in OSPF, RFC 4577.
    OspfRoute {
        /// The area.
        area: Ipv4Addr,
        /// The type of the advertisement.
        kind: u8,
        /// Options: 1 a metric of type 2.
        options: u8,
    },
    /// How frames are carried, RFC 4761.
    LayerTwo {
        /// The kind of frames.
        encapsulation: u8,
        /// Flags.
        control: u8,
        /// The longest frame.
        mtu: u16,
    },
    /// The autonomous system that a multicast source is in, RFC 6514.
    SourceSystem(u16),
    /// The type of a tunnel, RFC 9012.
    Tunnel(u16),
    /// What has no decoder.
    Other,
}

impl BgpExtendedCommunity {
    /// What the community says.
    pub fn decode(self) -> BgpExtendedValue {
        let [first_four @ .., kind, options] = self.value;
        let [encapsulation, control, last_four @ ..] = self.value;
        let [_, _, mtu @ ..] = first_four;
        let (first_four, last_four) = (Ipv4Addr::from(first_four), Ipv4Addr::from(last_four));
        let system = u16::from_be_bytes([encapsulation, control]);
        let last = u16::from_be_bytes([kind, options]);
        match self.kind {
            0x0002 | 0x0003 | 0x000a => BgpExtendedValue::System(system, last_four),
            0x0102 | 0x0103 | 0xf10a | 0x010b => BgpExtendedValue::Router(first_four, last),
            0x0202 | 0x0203 => BgpExtendedValue::LongSystem(first_four.to_bits(), last),
            0x4004 => BgpExtendedValue::Bandwidth(f32::from_bits(last_four.to_bits())),
            0x0005 | 0x0105 | 0x0205 | 0x8005 | 0x0107 | 0x8001 => BgpExtendedValue::Ospf(first_four),
            0x0306 | 0x8000 => BgpExtendedValue::OspfRoute { area: first_four, kind, options },
            0x800a => BgpExtendedValue::LayerTwo { encapsulation, control, mtu: u16::from_be_bytes(mtu) },
            0x0009 => BgpExtendedValue::SourceSystem(system),
            0x030c => BgpExtendedValue::Tunnel(last),
            _ => BgpExtendedValue::Other,
        }
    }
}

/// An iterator over extended communities.
#[derive(Clone, Debug)]
pub struct BgpExtendedCommunities<'a>(pub(super) Payload<'a>);

impl Iterator for BgpExtendedCommunities<'_> {
    type Item = BgpExtendedCommunity;

    fn next(&mut self) -> Option<BgpExtendedCommunity> {
        let [high, low, value @ ..] = self.0.read::<[u8; 8]>()?;
        Some(BgpExtendedCommunity { kind: u16::from_be_bytes([high, low]), value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_tells_what_the_value_is() {
        let bytes = [0, 2, 0xfd, 0xe8, 0, 0, 0, 7, 1, 3, 10, 0, 0, 1, 0, 9];
        let found: Vec<_> =
            BgpExtendedCommunities(Payload::new(&bytes, 16)).map(BgpExtendedCommunity::decode).collect();
        let expected = [
            BgpExtendedValue::System(65000, Ipv4Addr::from_bits(7)),
            BgpExtendedValue::Router(Ipv4Addr::new(10, 0, 0, 1), 9),
        ];
        assert_eq!(found, expected);
    }
}
