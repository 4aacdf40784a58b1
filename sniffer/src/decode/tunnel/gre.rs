//! GRE, RFC 2784 and RFC 2890. Version 1 (RFC 2637) is told and not decoded.

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
const KEY: u16 = 0x2000;
const SEQUENCE: u16 = 0x1000;
/// The EtherType of Ethernet itself: "transparent Ethernet bridging".
const BRIDGED_ETHERNET: u16 = 0x6558;

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
        let before = if self.flags() & (CHECKSUM | ROUTING) == 0 { 0 } else { 4 };
        (self.flags() & KEY != 0).then(|| self.u32_at(HEADER_LEN + before))
    }

    /// Whether there is a sequence number, and the number if it was captured.
    pub fn sequence(&self) -> Option<Option<u32>> {
        let end = self.header_len();
        (self.flags() & SEQUENCE != 0).then(|| self.u32_at(end - 4))
    }

    /// The checksum and the offset of the active route behind it, which come together.
    pub fn checksum_and_offset(&self) -> Option<Option<[u16; 2]>> {
        let read = || Some([self.whole.get(HEADER_LEN)?, self.whole.get(HEADER_LEN + 2)?]);
        (self.flags() & (CHECKSUM | ROUTING) != 0).then(read)
    }

    /// Bytes of the header without a source route.
    pub fn header_len(&self) -> usize {
        let optional = [CHECKSUM | ROUTING, KEY, SEQUENCE];
        HEADER_LEN + 4 * optional.iter().filter(|bits| self.flags() & **bits != 0).count()
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
        if self.version() != 0 || self.has_routing() {
            return (Next::Stop(StopReason::Unsupported, Protocol::IpProtocol(IpProtocol::Gre)), self.whole);
        }
        if self.whole.bytes().len() < self.header_len() {
            return (
                Next::Stop(StopReason::Truncated, Protocol::IpProtocol(IpProtocol::Gre)),
                self.payload(),
            );
        }
        let protocol = match self.protocol() {
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
}
