//! GRE, RFC 2784 and RFC 2890, and its version 1 with PPP inside, RFC 2637.

use crate::decode::bytes::be16;
use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, IpProtocol, Payload, Protocol, StopReason};
use crate::packet::LinkType;

/// Offsets of the fields of fixed place.
mod field {
    pub(super) const FLAGS: usize = 0;
    pub(super) const PROTOCOL: usize = 2;
}

/// Bytes of the fixed part.
const HEADER_LEN: usize = 4;
const CHECKSUM: u16 = 0x8000;
const ROUTING: u16 = 0x4000;
/// The bits of checksum and offset, which come together.
const FIRST_ROW: u16 = CHECKSUM | ROUTING;
const KEY: u16 = 0x2000;
const SEQUENCE: u16 = 0x1000;
const ACKNOWLEDGEMENT: u16 = 0x0080;
/// The EtherType of Ethernet itself: "transparent Ethernet bridging".
const BRIDGED_ETHERNET: u16 = 0x6558;
/// The EtherType of PPP.
const PPP: u16 = 0x880b;

/// A GRE header.
#[derive(Clone, Copy, Debug)]
pub struct Gre<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Gre<'a> {
    /// The header at the start of `at`, if its fixed part was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The version: 0, or 1 for PPTP.
    pub fn version(&self) -> u8 {
        (self.flags() & 7) as u8
    }

    /// The flags with the version.
    pub fn flags(&self) -> u16 {
        be16(self.header, field::FLAGS)
    }

    /// What is inside, an EtherType.
    pub fn protocol(&self) -> u16 {
        be16(self.header, field::PROTOCOL)
    }

    /// Whether there is a source route, which RFC 2784 has done away with.
    pub fn has_routing(&self) -> bool {
        self.flags() & ROUTING != 0
    }

    /// Whether there is a key, and the key if it was captured.
    pub fn key(&self) -> Option<Option<u32>> {
        (self.flags() & KEY != 0).then(|| self.u32_at(self.end_of(FIRST_ROW)))
    }

    /// Whether there is a sequence number, and the number if it was captured.
    pub fn sequence(&self) -> Option<Option<u32>> {
        (self.flags() & SEQUENCE != 0).then(|| self.u32_at(self.end_of(FIRST_ROW | KEY)))
    }

    /// Whether packets are acknowledged, as version 1 does, and up to which one if that was captured.
    pub fn acknowledgement(&self) -> Option<Option<u32>> {
        let is_there = self.version() == 1 && self.flags() & ACKNOWLEDGEMENT != 0;
        is_there.then(|| self.u32_at(self.end_of(KEY | SEQUENCE)))
    }

    /// The checksum and the offset of the active route behind it, which come together.
    pub fn checksum_and_offset(&self) -> Option<Option<[u16; 2]>> {
        let read = || Some([self.whole.get(HEADER_LEN)?, self.whole.get(HEADER_LEN + 2)?]);
        (self.version() == 0 && self.flags() & FIRST_ROW != 0).then(read)
    }

    /// Bytes of the header without a source route.
    pub fn header_len(&self) -> usize {
        self.end_of(FIRST_ROW | KEY | SEQUENCE | ACKNOWLEDGEMENT)
    }

    /// Where those of the optional fields end that these bits tell of, four bytes each.
    fn end_of(&self, bits: u16) -> usize {
        let optional =
            if self.version() == 1 { [KEY, SEQUENCE, ACKNOWLEDGEMENT] } else { [FIRST_ROW, KEY, SEQUENCE] };
        HEADER_LEN + 4 * optional.iter().filter(|field| self.flags() & bits & **field != 0).count()
    }

    /// Whether a packet follows: in version 1 there is none without a number.
    fn has_payload(&self) -> bool {
        self.version() == 0 || self.flags() & SEQUENCE != 0
    }

    /// The packet from its flags on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// What is inside.
    pub fn payload(&self) -> Payload<'a> {
        self.whole.skip(self.header_len())
    }

    fn u32_at(&self, at: usize) -> Option<u32> {
        self.whole.bytes().get(at..)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
    }
}

impl<'a> View<'a> for Gre<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        if self.version() > 1 {
            return (Next::MALFORMED, self.whole);
        }
        if self.version() == 0 && self.has_routing() {
            return (Next::Stop(StopReason::Unsupported, Protocol::IpProtocol(IpProtocol::Gre)), self.whole);
        }
        if self.whole.bytes().len() < self.header_len() {
            return (
                Next::Stop(StopReason::Truncated, Protocol::IpProtocol(IpProtocol::Gre)),
                self.payload(),
            );
        }
        if !self.has_payload() {
            return (Next::END, self.payload());
        }
        let protocol = match self.protocol() {
            PPP if self.version() == 1 => Protocol::Ppp,
            other if self.version() == 1 => {
                let protocol = Protocol::EtherType(other.into());
                return (Next::Stop(StopReason::Unsupported, protocol), self.payload());
            }
            BRIDGED_ETHERNET => Protocol::Link(LinkType::ETHERNET),
            other => Protocol::EtherType(EtherType::from(other)),
        };
        (Next::Decode(protocol), self.payload())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_tell_which_fields_are_there() {
        let check = |flags: u8, header_len: usize, key: Option<u32>, sequence: Option<u32>| {
            let bytes = [flags, 0, 8, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
            let gre = Gre::new(Payload::new(&bytes, 16)).unwrap();
            assert_eq!((gre.protocol(), gre.header_len()), (0x0800, header_len));
            assert_eq!((gre.key().flatten(), gre.sequence().flatten()), (key, sequence));
        };
        check(0x00, 4, None, None);
        check(0x20, 8, Some(1), None);
        check(0x30, 12, Some(1), Some(2));
        check(0xb0, 16, Some(2), Some(3));
    }

    #[test]
    fn version_1_has_acknowledgements_and_ppp() {
        let bytes = [0x30, 0x81, 0x88, 0x0b, 0, 5, 0, 7, 0, 0, 0, 1, 0, 0, 0, 2, 0xc0, 0x21, 1, 0, 0];
        let gre = Gre::new(Payload::new(&bytes, 21)).unwrap();
        assert_eq!((gre.version(), gre.header_len(), gre.checksum_and_offset()), (1, 16, None));
        assert_eq!((gre.key().flatten(), gre.sequence().flatten()), (Some(0x5_0007), Some(1)));
        assert_eq!((gre.acknowledgement().flatten(), gre.payload().bytes().len()), (Some(2), 5));
        assert!(matches!(gre.next().0, Next::Decode(Protocol::Ppp)));
    }
}
