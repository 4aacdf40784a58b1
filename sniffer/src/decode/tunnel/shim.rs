//! Broadcom's header in front of intercepted packets, told by the port that they are sent from.

use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol};
use crate::packet::LinkType;

/// The header of an intercepted packet.
#[derive(Clone, Copy, Debug)]
pub struct InterceptShim<'a> {
    /// Direction, type and subtype of the packet, and the identifier of the interception.
    word: u32,
    payload: Payload<'a>,
}

impl<'a> InterceptShim<'a> {
    /// Bytes of the header.
    pub const LEN: usize = 4;

    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        Some(Self { word: at.get(0)?, payload: at.skip(Self::LEN) })
    }

    /// Where the packet was going: 2 out, 3 in.
    pub fn direction(&self) -> u8 {
        (self.word >> 29) as u8
    }

    /// What follows: 4 undecided, 5 IPv4, 6 IPv6, 7 Ethernet.
    pub fn kind(&self) -> u8 {
        (self.word >> 25) as u8 & 0x0f
    }

    /// The tags of the packet: 1 one, 2 two, 3 none.
    pub fn tags(&self) -> u8 {
        (self.word >> 22) as u8 & 7
    }

    /// The interception.
    pub fn id(&self) -> u32 {
        self.word & 0x3f_ffff
    }

    /// The packet.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }

    /// What the packet is, where header and first byte tell.
    pub fn protocol(&self) -> Option<Protocol> {
        match (self.kind(), self.payload.get::<u8>(0).map(|first| first >> 4)) {
            (5, _) | (4, Some(4)) => Some(Protocol::EtherType(EtherType::Ipv4)),
            (6, _) | (4, Some(6)) => Some(Protocol::EtherType(EtherType::Ipv6)),
            (7, _) => Some(Protocol::Link(LinkType::ETHERNET)),
            _ => None,
        }
    }
}

impl<'a> View<'a> for InterceptShim<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (self.protocol().map_or(Next::END, Next::Decode), self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undecided_packet_is_told_by_its_version() {
        let protocol = |bytes: &[u8]| {
            InterceptShim::new(Payload::new(bytes, bytes.len() as u32)).and_then(|shim| shim.protocol())
        };
        assert_eq!(protocol(&[0x48, 0, 0, 0, 0x60]), Some(Protocol::EtherType(EtherType::Ipv6)));
        assert_eq!(protocol(&[0x48, 0, 0, 0, 0x20]), None);
        assert_eq!(protocol(&[0x48, 0, 0, 0]), None);
        assert_eq!(protocol(&[0x4a, 0, 0, 0, 0x60]), Some(Protocol::EtherType(EtherType::Ipv4)));
    }
}
