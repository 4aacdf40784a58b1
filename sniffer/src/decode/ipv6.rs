//! The fixed IPv6 header, RFC 8200.

use std::net::Ipv6Addr;

use super::bytes::{array, be16, be32};
use super::walk::Next;
use super::{IpProtocol, Payload, Protocol};

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

    /// Bytes behind this header, as the header claims; 0 in jumbograms and in frames that the network card is yet to
    /// segment.
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

    /// What the header is followed by: the smaller of its claim and the room in the layer around, or that room where
    /// the claim is 0.
    pub fn payload(&self) -> Payload<'a> {
        let room = self.around.skip(HEADER_LEN);
        match u32::from(self.payload_len()) {
            0 => room,
            claimed => room.with_claim(claimed.min(room.claimed())),
        }
    }

    pub(super) fn next(&self) -> (Next, Payload<'a>) {
        if self.version() != 6 {
            return (Next::MALFORMED, self.payload());
        }
        (Next::Decode(Protocol::IpProtocol(self.next_header())), self.payload())
    }
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
    fn a_length_of_nought_means_all_that_is_there() {
        let mut bytes = packet();
        bytes[5] = 0;
        assert_eq!(Ipv6::new(Payload::new(&bytes, 44)).unwrap().payload().claimed(), 4);
    }

    #[test]
    fn what_the_link_layer_has_no_room_for_is_missing() {
        let bytes = packet();
        let ip = Ipv6::new(Payload::new(&bytes[..42], 42)).unwrap();
        assert_eq!((ip.missing_len(), ip.payload().claimed(), ip.payload().is_truncated()), (1, 2, false));
    }
}
