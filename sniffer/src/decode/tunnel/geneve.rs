//! Geneve, RFC 8926: any protocol in UDP, with options.

use crate::decode::bytes::{be16, be32};
use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol, StopReason};
use crate::packet::LinkType;

/// Offsets of the fields.
mod field {
    pub(super) const VERSION_LEN: usize = 0;
    pub(super) const FLAGS: usize = 1;
    pub(super) const PROTOCOL: usize = 2;
    pub(super) const NETWORK: usize = 4;
}

/// Bytes of the header without options.
const HEADER_LEN: usize = 8;
/// The EtherType of Ethernet itself: "transparent Ethernet bridging".
const BRIDGED_ETHERNET: u16 = 0x6558;

/// A Geneve header.
#[derive(Clone, Copy, Debug)]
pub struct Geneve<'a> {
    header: &'a [u8; HEADER_LEN],
    behind: Payload<'a>,
}

impl<'a> Geneve<'a> {
    /// The header at the start of `at`, if its fixed part was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, behind) = at.split()?;
        Some(Self { header, behind })
    }

    /// The version; only 0 is understood.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION_LEN] >> 6
    }

    /// Bytes of options.
    pub fn options_len(&self) -> usize {
        (self.header[field::VERSION_LEN] & 0x3f) as usize * 4
    }

    /// The flags: control 0x80, critical options 0x40.
    pub fn flags(&self) -> u8 {
        self.header[field::FLAGS]
    }

    /// What is inside, an EtherType.
    pub fn protocol(&self) -> u16 {
        be16(self.header, field::PROTOCOL)
    }

    /// The network identifier, 24 bits.
    pub fn network(&self) -> u32 {
        be32(self.header, field::NETWORK) >> 8
    }

    /// The byte behind the network identifier, which is to be 0.
    pub fn reserved(&self) -> u8 {
        self.header[HEADER_LEN - 1]
    }

    /// Whether the options are there.
    pub fn is_complete(&self) -> bool {
        self.behind.bytes().len() >= self.options_len()
    }

    /// Whether the datagram has room for the options.
    pub fn is_well_formed(&self) -> bool {
        self.version() == 0 && self.behind.claimed() as usize >= self.options_len()
    }

    /// What is behind the fixed part.
    pub fn behind(&self) -> Payload<'a> {
        self.behind
    }

    /// The options, as far as they were captured.
    pub fn options(&self) -> Payload<'a> {
        self.behind.with_claim(self.options_len() as u32)
    }

    /// What is inside.
    pub fn payload(&self) -> Payload<'a> {
        self.behind.skip(self.options_len())
    }
}

impl<'a> View<'a> for Geneve<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let protocol = match self.protocol() {
            BRIDGED_ETHERNET => Protocol::Link(LinkType::ETHERNET),
            other => Protocol::EtherType(EtherType::from(other)),
        };
        let next = if !self.is_well_formed() {
            Next::MALFORMED
        } else if !self.is_complete() {
            Next::Stop(StopReason::Truncated, Protocol::Payload)
        } else {
            Next::Decode(protocol)
        };
        (next, self.payload())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_lie_between_header_and_payload() {
        let bytes = [1, 0x40, 0x65, 0x58, 0, 0, 10, 0, 1, 2, 3, 4, 9];
        let geneve = Geneve::new(Payload::new(&bytes, 13)).unwrap();
        assert_eq!((geneve.version(), geneve.options_len(), geneve.flags()), (0, 4, 0x40));
        assert_eq!((geneve.protocol(), geneve.network(), geneve.payload().bytes()), (0x6558, 10, &[9][..]));
        assert!(!Geneve::new(Payload::new(&bytes[..10], 10)).unwrap().is_well_formed());
    }
}
