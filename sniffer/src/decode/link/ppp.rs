//! PPP, RFC 1661: the protocol number in front of a packet, and what HDLC and captures put before it.

use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol, StopReason};

/// A PPP frame.
#[derive(Clone, Copy, Debug)]
pub struct Ppp<'a> {
    whole: Payload<'a>,
    framing: PppFraming,
    protocol: u16,
    payload: Payload<'a>,
}

/// What is in front of a protocol number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PppFraming {
    /// Nothing, or the address and control bytes of HDLC.
    Plain,
    /// A byte that says the frame came in, where HDLC has its address.
    Incoming,
    /// A byte that says the frame went out, where HDLC has its address.
    Outgoing,
    /// The header of HDLC, which the link type prescribes.
    Serial,
    /// None: the frame is behind an EtherType of its own.
    Ethernet,
    /// A header of HDLC that is not PPP's: there is no protocol.
    Foreign,
}

impl<'a> Ppp<'a> {
    /// The frame at the start of `at`, if its protocol was captured. Addresses may be left out, and protocols be
    /// compressed to a byte.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (framing, skipped) = match at.get::<[u8; 2]>(0)? {
            [0xff, 3] => (PppFraming::Plain, 2),
            [0x00, 3] => (PppFraming::Incoming, 2),
            [0x01, 3] => (PppFraming::Outgoing, 2),
            _ => (PppFraming::Plain, 0),
        };
        let behind = at.skip(skipped);
        let first: u8 = behind.get(0)?;
        let is_compressed = first & 1 != 0 && behind.claimed() >= 2;
        let (protocol, len) = if is_compressed { (first.into(), 1) } else { (behind.get(0)?, 2) };
        Some(Self { whole: at, framing, protocol, payload: behind.skip(len) })
    }

    /// The frame at the start of `at` with the header of HDLC, if that was captured.
    pub fn serial(at: Payload<'a>) -> Option<Self> {
        let [address, _, high, low] = at.get(0)?;
        let framing = if address == 0xff { PppFraming::Serial } else { PppFraming::Foreign };
        Some(Self { whole: at, framing, protocol: u16::from_be_bytes([high, low]), payload: at.skip(4) })
    }

    /// The same behind the EtherType that says so.
    #[must_use]
    pub(in crate::decode) fn over_ethernet(self) -> Self {
        Self { framing: PppFraming::Ethernet, ..self }
    }

    /// What is in front of the protocol.
    pub fn framing(&self) -> PppFraming {
        self.framing
    }

    /// The protocol (<https://www.iana.org/assignments/ppp-numbers>).
    pub fn protocol(&self) -> u16 {
        self.protocol
    }

    /// The frame from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// What the protocol is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }
}

impl<'a> View<'a> for Ppp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let next = match self.protocol {
            _ if self.framing == PppFraming::Foreign => Next::Stop(StopReason::End, Protocol::Payload),
            0x0021 | 0x002f => Next::Decode(Protocol::EtherType(EtherType::Ipv4)),
            0x0057 => Next::Decode(Protocol::EtherType(EtherType::Ipv6)),
            0x0281 | 0x0283 => Next::Decode(Protocol::Mpls),
            _ => Next::Stop(StopReason::End, Protocol::Payload),
        };
        (next, self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_protocol_is_found_behind_every_framing() {
        let check = |bytes: &[u8], expected: (PppFraming, u16, usize)| {
            let ppp = Ppp::new(Payload::new(bytes, bytes.len() as u32)).unwrap();
            assert_eq!((ppp.framing(), ppp.protocol(), ppp.payload().bytes().len()), expected);
        };
        check(&[0xff, 3, 0xc0, 0x21, 1], (PppFraming::Plain, 0xc021, 1));
        check(&[0, 3, 0, 0x21, 1], (PppFraming::Incoming, 0x21, 1));
        check(&[0xc0, 0x21, 1], (PppFraming::Plain, 0xc021, 1));
        check(&[0x21, 1, 2], (PppFraming::Plain, 0x21, 2));
        assert!(Ppp::new(Payload::new(&[0xff, 3, 0xc0], 4)).is_none());
    }
}
