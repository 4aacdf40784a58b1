//! The subnetwork access protocol behind LLC: an organisation and a protocol of its own.

use crate::decode::bytes::{array, be16};
use crate::decode::walk::{Next, View};
use crate::decode::{Payload, Protocol, StopReason};
use crate::packet::LinkType;

/// Offsets of the fields.
mod field {
    pub(super) const OUI: usize = 0;
    pub(super) const PROTOCOL: usize = 3;
}

/// Bytes of the header.
const HEADER_LEN: usize = 5;

/// A SNAP header.
#[derive(Clone, Copy, Debug)]
pub struct Snap<'a> {
    header: &'a [u8; HEADER_LEN],
    payload: Payload<'a>,
}

impl<'a> Snap<'a> {
    /// The organisation of encapsulated Ethernet: the protocol is an EtherType (RFC 1042).
    pub const OUI_ETHERNET: u32 = 0x00_0000;
    /// Cisco's organisation as bridges use it for encapsulated Ethernet.
    pub const OUI_CISCO_90: u32 = 0x00_00f8;

    /// The organisation of bridged frames, RFC 2684.
    pub const OUI_BRIDGED: u32 = 0x00_80c2;
    /// Cisco's organisation.
    pub const OUI_CISCO: u32 = 0x00_000c;

    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// The organisation that defines the protocol number, 24 bits.
    pub fn oui(&self) -> u32 {
        let [a, b, c]: [u8; 3] = array(self.header, field::OUI);
        u32::from_be_bytes([0, a, b, c])
    }

    /// The protocol, in the organisation's own numbers.
    pub fn protocol(&self) -> u16 {
        be16(self.header, field::PROTOCOL)
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }

    /// A frame of another network: with padding in front, or a spanning tree message.
    fn next_bridged(&self) -> (Next, Payload<'a>) {
        /// Bytes of padding in front of an Ethernet frame behind LLC.
        const PADDING: usize = 2;
        match self.protocol() {
            0x0001 | 0x0007 => (Next::Decode(Protocol::Link(LinkType::ETHERNET)), self.payload.skip(PADDING)),
            0x000e => (Next::Decode(Protocol::SpanningTree), self.payload),
            _ => (Next::Stop(StopReason::Unsupported, Protocol::Payload), self.payload),
        }
    }
}

impl<'a> View<'a> for Snap<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let next = match self.oui() {
            Self::OUI_BRIDGED => return self.next_bridged(),
            Self::OUI_ETHERNET | Self::OUI_CISCO_90 => {
                Next::Decode(Protocol::EtherType(self.protocol().into()))
            }
            Self::OUI_CISCO => Next::Decode(Protocol::Cisco(self.protocol())),
            _ => Next::Stop(StopReason::Unsupported, Protocol::Payload),
        };
        (next, self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisation_and_protocol_are_read() {
        let snap = Snap::new(Payload::new(&[0x00, 0x00, 0x0c, 0x20, 0x00, 1], 6)).unwrap();
        assert_eq!((snap.oui(), snap.protocol(), snap.payload().bytes()), (0x0c, 0x2000, &[1][..]));
    }
}
