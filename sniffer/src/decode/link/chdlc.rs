//! Cisco's HDLC: an address and an EtherType in front of a packet, and the protocol that keeps the line alive.

use std::net::Ipv4Addr;

use crate::decode::bytes::be16;
use crate::decode::message::message;
use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol, StopReason};

/// Bytes of the header.
const HEADER_LEN: usize = 4;

/// A header of Cisco's HDLC.
#[derive(Clone, Copy, Debug)]
pub struct Chdlc<'a> {
    header: &'a [u8; HEADER_LEN],
    payload: Payload<'a>,
}

impl<'a> Chdlc<'a> {
    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// Whom the packet is for: 0x0f one, 0x8f all.
    pub fn address(&self) -> u8 {
        self.header[0]
    }

    /// The protocol: an EtherType, or 0x8035 SLARP.
    pub fn protocol(&self) -> u16 {
        be16(self.header, 2)
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }

    /// Bytes of the frame on the wire, header included.
    pub fn frame_len(&self) -> u32 {
        self.payload.claimed() + HEADER_LEN as u32
    }
}

impl<'a> View<'a> for Chdlc<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        /// OSI's protocols, with a byte of padding in front of some.
        const OSI: u16 = 0xfefe;
        let next = match self.protocol() {
            0x0800 => Next::Decode(Protocol::EtherType(EtherType::Ipv4)),
            0x86dd => Next::Decode(Protocol::EtherType(EtherType::Ipv6)),
            0x8847 | 0x8848 => Next::Decode(Protocol::Mpls),
            0x8035 => Next::Decode(Protocol::Slarp),
            OSI if matches!(self.payload.get(1), Some(0x81_u8..=0x83)) => {
                return (Next::Decode(Protocol::Osi), self.payload.skip(1));
            }
            OSI if self.payload.claimed() >= 2 => Next::Decode(Protocol::Osi),
            _ => Next::Stop(StopReason::End, Protocol::Payload),
        };
        (next, self.payload)
    }
}

message! {
    /// What keeps a line of Cisco's HDLC alive, and asks for addresses on it.
    Slarp {
        /// What is said: 0 request, 1 reply, 2 keep alive.
        kind: u32 = 0,
        /// The address of a reply.
        address: Ipv4Addr = 4,
        /// The mask of a reply.
        mask: Ipv4Addr = 8,
        /// The sender's count.
        sequence: u32 = 4,
        /// The last count that the sender saw.
        seen: u32 = 8,
        /// 0xffff.
        reliability: u16 = 12,
        /// Milliseconds since the line came up.
        uptime: u32 = 14,
    }
}

impl Slarp<'_> {
    /// Bytes of a message at least.
    pub const MIN_LEN: usize = 14;
    /// Bytes of a message that tells how long the line has been up.
    pub const UPTIME_LEN: usize = 18;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_names_the_protocol() {
        let chdlc = Chdlc::new(Payload::new(&[0x8f, 0, 0x80, 0x35, 0, 0, 0, 2], 8)).unwrap();
        assert_eq!((chdlc.address(), chdlc.protocol(), chdlc.frame_len()), (0x8f, 0x8035, 8));
        assert_eq!(Slarp::new(chdlc.payload()).kind(), Some(2));
    }
}
