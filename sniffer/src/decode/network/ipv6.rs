//! The fixed IPv6 header, RFC 8200.

use std::net::Ipv6Addr;

use crate::decode::bytes::{array, be16, be32};
use crate::decode::walk::{Next, View};
use crate::decode::{IpProtocol, Ipv6Extension, Ipv6Option, Payload, Protocol};

/// Offsets of the fields.
mod field {
    pub(super) const VERSION_CLASS_FLOW: usize = 0;
    pub(super) const PAYLOAD_LEN: usize = 4;
    pub(super) const NEXT_HEADER: usize = 6;
    pub(super) const HOP_LIMIT: usize = 7;
    pub(super) const SOURCE: usize = 8;
    pub(super) const DESTINATION: usize = 24;
}

/// Bytes of the header.
const HEADER_LEN: usize = 40;

/// An IPv6 header.
#[derive(Clone, Copy, Debug)]
pub struct Ipv6<'a> {
    header: &'a [u8; HEADER_LEN],
    around: Payload<'a>,
}

impl<'a> Ipv6<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = HEADER_LEN;

    /// The header at the start of `at`, if it was captured whole.
    #[inline]
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, around: at })
    }

    /// The version: 6, unless the link layer lies.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION_CLASS_FLOW] >> 4
    }

    /// Traffic class: DSCP in the upper six bits, ECN in the lower two.
    pub fn traffic_class(&self) -> u8 {
        (be32(self.header, field::VERSION_CLASS_FLOW) >> 20) as u8
    }

    /// Flow label, 20 bits.
    pub fn flow_label(&self) -> u32 {
        be32(self.header, field::VERSION_CLASS_FLOW) & 0x000f_ffff
    }

    /// Bytes behind this header, as the header claims; 0 in jumbograms.
    pub fn payload_len(&self) -> u16 {
        be16(self.header, field::PAYLOAD_LEN)
    }

    /// What follows: an extension header or the transport protocol.
    pub fn next_header(&self) -> IpProtocol {
        self.header[field::NEXT_HEADER].into()
    }

    /// Hop limit.
    pub fn hop_limit(&self) -> u8 {
        self.header[field::HOP_LIMIT]
    }

    /// The sender.
    pub fn source(&self) -> Ipv6Addr {
        Ipv6Addr::from(array::<16, _>(self.header, field::SOURCE))
    }

    /// The receiver.
    pub fn destination(&self) -> Ipv6Addr {
        Ipv6Addr::from(array::<16, _>(self.header, field::DESTINATION))
    }

    /// Bytes that the header claims and that the layer around has no room for.
    pub fn missing_len(&self) -> u32 {
        (u32::from(self.payload_len()) + HEADER_LEN as u32).saturating_sub(self.around.claimed())
    }

    /// The packet from its first byte on, as the layer around it bounds it.
    pub fn whole(&self) -> Payload<'a> {
        self.around
    }

    /// What the header is followed by, up to the packet's end by its own claim. A jumbogram has its length in a
    /// hop-by-hop option (RFC 2675); a TCP segment that claims nothing has all the room that the layer around gives, for it
    /// is too long for the field and yet to be cut by the network card.
    #[inline]
    pub fn payload(&self) -> Payload<'a> {
        let behind = self.around.skip(HEADER_LEN);
        match (self.payload_len(), self.next_header()) {
            (0, IpProtocol::HopByHop) => behind.with_claim(jumbo_len(behind).unwrap_or(0)),
            (0, IpProtocol::Tcp) => behind,
            (claimed, _) => behind.with_claim(claimed.into()),
        }
    }
}

impl<'a> View<'a> for Ipv6<'a> {
    #[inline]
    fn next(&self) -> (Next, Payload<'a>) {
        if self.version() != 6 {
            return (Next::MALFORMED, self.payload());
        }
        (Next::Decode(Protocol::NextHeader(self.next_header())), self.payload())
    }
}

/// The length that a jumbogram's option gives.
fn jumbo_len(behind: Payload<'_>) -> Option<u32> {
    let options = Ipv6Extension::new(behind, IpProtocol::HopByHop)?.options();
    let mut jumbo = options.filter(|option| option.kind == Ipv6Option::JUMBO);
    jumbo.find_map(|option| option.data.try_into().ok()).map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet() -> [u8; 44] {
        let mut bytes = [0; 44];
        bytes[..8].copy_from_slice(&[0x6b, 0x81, 0x23, 0x45, 0, 3, 17, 64]);
        bytes[23] = 1;
        bytes[39] = 2;
        bytes
    }

    #[test]
    fn fields_are_where_rfc_8200_puts_them() {
        let bytes = packet();
        let ip = Ipv6::new(Payload::new(&bytes, 44)).unwrap();
        assert_eq!((ip.version(), ip.traffic_class(), ip.flow_label()), (6, 0xb8, 0x12345));
        assert_eq!((ip.payload_len(), ip.next_header(), ip.hop_limit()), (3, IpProtocol::Udp, 64));
        assert_eq!((ip.source(), ip.destination()), (Ipv6Addr::LOCALHOST, "::2".parse().unwrap()));
        assert_eq!(ip.payload().bytes().len(), 3);
    }

    #[test]
    fn a_jumbogram_has_its_length_in_an_option() {
        let mut bytes = [packet().as_slice(), &[0; 60]].concat();
        bytes[4..7].copy_from_slice(&[0, 0, 0]);
        bytes[40..48].copy_from_slice(&[17, 0, 0xc2, 4, 0, 1, 0, 0]);
        assert_eq!(Ipv6::new(Payload::new(&bytes, 104)).unwrap().payload().claimed(), 65536);
        bytes[6] = 17;
        assert_eq!(Ipv6::new(Payload::new(&bytes, 104)).unwrap().payload().claimed(), 0);
        bytes[6] = 6;
        assert_eq!(Ipv6::new(Payload::new(&bytes, 104)).unwrap().payload().claimed(), 64);
    }

    #[test]
    fn what_the_link_layer_has_no_room_for_is_missing() {
        let bytes = packet();
        let ip = Ipv6::new(Payload::new(&bytes[..42], 42)).unwrap();
        assert_eq!((ip.missing_len(), ip.payload().claimed(), ip.payload().is_truncated()), (1, 3, true));
    }
}
