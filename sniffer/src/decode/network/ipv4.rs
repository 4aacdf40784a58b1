//! IPv4, RFC 791.

use std::net::Ipv4Addr;

use crate::decode::bytes::{array, be16};
use crate::decode::walk::{Next, View};
use crate::decode::{IpProtocol, Ipv4Options, Payload, Protocol, StopReason};

/// Offsets of the fields.
mod field {
    pub(super) const VERSION_IHL: usize = 0;
    pub(super) const TOS: usize = 1;
    pub(super) const TOTAL_LEN: usize = 2;
    pub(super) const ID: usize = 4;
    pub(super) const FRAGMENT: usize = 6;
    pub(super) const TTL: usize = 8;
    pub(super) const PROTOCOL: usize = 9;
    pub(super) const CHECKSUM: usize = 10;
    pub(super) const SOURCE: usize = 12;
    pub(super) const DESTINATION: usize = 16;
}

/// Bytes of the header without options.
const HEADER_LEN: usize = 20;

/// An IPv4 header.
#[derive(Clone, Copy, Debug)]
pub struct Ipv4<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Ipv4<'a> {
    /// Bytes of the header without options.
    pub const MIN_HEADER_LEN: usize = HEADER_LEN;

    /// The header at the start of `at`, if its fixed part was captured whole. Its fields may contradict each other.
    #[inline]
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The version: 4, unless the link layer lies.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION_IHL] >> 4
    }

    /// Bytes of the header with options, as the header claims: 0 to 60.
    #[inline]
    pub fn header_len(&self) -> usize {
        (self.header[field::VERSION_IHL] & 0x0f) as usize * 4
    }

    /// Type of service: DSCP in the upper six bits, ECN in the lower two.
    pub fn tos(&self) -> u8 {
        self.header[field::TOS]
    }

    /// Bytes of header and payload, as the header claims. 0 in a frame that is yet to be segmented by the network card.
    pub fn total_len(&self) -> u16 {
        be16(self.header, field::TOTAL_LEN)
    }

    /// Identification, which the fragments of one packet share.
    pub fn id(&self) -> u16 {
        be16(self.header, field::ID)
    }

    /// The bit that RFC 791 reserves.
    pub fn is_reserved_set(&self) -> bool {
        self.header[field::FRAGMENT] & 0x80 != 0
    }

    /// The bit that forbids fragmentation.
    pub fn dont_fragment(&self) -> bool {
        self.header[field::FRAGMENT] & 0x40 != 0
    }

    /// The bit of every fragment but the last.
    pub fn more_fragments(&self) -> bool {
        self.header[field::FRAGMENT] & 0x20 != 0
    }

    /// Where this fragment's payload belongs in the packet, in bytes.
    pub fn fragment_offset(&self) -> u32 {
        u32::from(be16(self.header, field::FRAGMENT) & 0x1fff) * 8
    }

    /// Time to live, in hops.
    pub fn ttl(&self) -> u8 {
        self.header[field::TTL]
    }

    /// What the payload is.
    pub fn protocol(&self) -> IpProtocol {
        self.header[field::PROTOCOL].into()
    }

    /// The header's checksum as sent.
    pub fn checksum(&self) -> u16 {
        be16(self.header, field::CHECKSUM)
    }

    /// The sender.
    pub fn source(&self) -> Ipv4Addr {
        Ipv4Addr::from(array::<4, _>(self.header, field::SOURCE))
    }

    /// The receiver.
    pub fn destination(&self) -> Ipv4Addr {
        Ipv4Addr::from(array::<4, _>(self.header, field::DESTINATION))
    }

    /// The options as far as they were captured.
    pub fn options(&self) -> Ipv4Options<'a> {
        let room = self.header_len().max(HEADER_LEN) - HEADER_LEN;
        Ipv4Options::new(self.whole.skip(HEADER_LEN).with_claim(room as u32))
    }

    /// Where the packet ends in the end: the last address of a source route, else the receiver.
    pub fn final_destination(&self) -> Ipv4Addr {
        /// Loose and strict source routes.
        const ROUTES: [u8; 2] = [131, 137];
        if self.header_len() <= HEADER_LEN {
            return self.destination();
        }
        let route = self.options().find(|option| ROUTES.contains(&option.code) && option.len >= 7);
        let last = route.and_then(|option| option.data.last_chunk::<4>());
        last.map_or(self.destination(), |address| Ipv4Addr::from(*address))
    }

    /// The packet from its first byte on, as the layer around it bounds it.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// Bytes of header and payload: the header's claim, or the room that the layer around gives where a TCP segment claims
    /// nothing, as one does that is too long for the field and yet to be cut by the network card.
    #[inline]
    pub fn packet_len(&self) -> u32 {
        match (self.total_len(), self.protocol()) {
            (0, IpProtocol::Tcp) => self.whole.claimed(),
            (claimed, _) => claimed.into(),
        }
    }

    /// Bytes that the header claims and that the layer around has no room for.
    pub fn missing_len(&self) -> u32 {
        u32::from(self.total_len()).saturating_sub(self.whole.claimed())
    }

    /// Whether the header was captured with all its options.
    #[inline]
    pub fn is_complete(&self) -> bool {
        self.whole.bytes().len() >= self.header_len()
    }

    /// What the header is followed by, up to the packet's end by its own claim.
    #[inline]
    pub fn payload(&self) -> Payload<'a> {
        self.whole.with_claim(self.packet_len()).skip(self.header_len())
    }

    /// Whether version and lengths agree with each other.
    #[inline]
    pub fn is_well_formed(&self) -> bool {
        let header_len = self.header_len() as u32;
        self.version() == 4 && header_len >= HEADER_LEN as u32 && self.packet_len() >= header_len
    }
}

impl<'a> View<'a> for Ipv4<'a> {
    #[inline]
    fn next(&self) -> (Next, Payload<'a>) {
        if !self.is_well_formed() {
            return (Next::MALFORMED, self.whole.skip(HEADER_LEN));
        }
        let protocol = Protocol::IpProtocol(self.protocol());
        if self.fragment_offset() != 0 {
            return (Next::Stop(StopReason::Fragment, protocol), self.payload());
        }
        if !self.is_complete() {
            return (Next::Stop(StopReason::Truncated, protocol), self.payload());
        }
        (Next::Decode(protocol), self.payload())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet() -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..24].copy_from_slice(&[
            0x46, 0xb9, 0, 30, 0x12, 0x34, 0x60, 0x02, 63, 17, 0xab, 0xcd, 10, 0, 0, 1, 10, 0, 0, 2, 0x94, 4,
            0, 0,
        ]);
        bytes
    }

    #[test]
    fn fields_are_where_rfc_791_puts_them() {
        let bytes = packet();
        let ip = Ipv4::new(Payload::new(&bytes, 32)).unwrap();
        assert_eq!((ip.version(), ip.header_len(), ip.tos(), ip.total_len()), (4, 24, 0xb9, 30));
        assert_eq!((ip.id(), ip.dont_fragment(), ip.more_fragments()), (0x1234, true, true));
        assert_eq!((ip.fragment_offset(), ip.ttl(), ip.protocol()), (16, 63, IpProtocol::Udp));
        assert_eq!(ip.checksum(), 0xabcd);
        assert_eq!((ip.source(), ip.destination()), (Ipv4Addr::new(10, 0, 0, 1), Ipv4Addr::new(10, 0, 0, 2)));
    }

    #[test]
    fn the_payload_ends_where_the_header_says_and_never_behind_the_capture() {
        let bytes = packet();
        let ip = Ipv4::new(Payload::new(&bytes, 32)).unwrap();
        assert_eq!((ip.payload().bytes().len(), ip.payload().claimed()), (6, 6));
        let cut = Ipv4::new(Payload::new(&bytes[..26], 26)).unwrap();
        assert_eq!((cut.payload().bytes().len(), cut.payload().claimed(), cut.missing_len()), (2, 6, 4));
    }

    #[test]
    fn contradicting_lengths_are_malformed_and_a_long_segment_without_length_is_not() {
        let check = |at: usize, value: u8, protocol: u8, well_formed: bool| {
            let mut bytes = packet();
            bytes[at] = value;
            bytes[9] = protocol;
            assert_eq!(Ipv4::new(Payload::new(&bytes, 32)).unwrap().is_well_formed(), well_formed);
        };
        check(0, 0x66, 6, false);
        check(0, 0x44, 6, false);
        check(3, 23, 6, false);
        check(3, 24, 6, true);
        check(3, 0, 6, true);
        check(3, 0, 17, false);
    }
}
