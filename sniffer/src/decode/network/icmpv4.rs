//! ICMP, RFC 792.

use std::net::Ipv4Addr;

use crate::decode::number::wire_numbers;
use crate::decode::walk::{Next, View};
use crate::decode::{Ipv4, Payload};

/// Offsets of the fields of fixed place.
mod field {
    pub(super) const TYPE: usize = 0;
    pub(super) const CODE: usize = 1;
    pub(super) const CHECKSUM: usize = 2;
    pub(super) const IDENTIFIER: usize = 4;
    pub(super) const SEQUENCE: usize = 6;
    pub(super) const QUOTE: usize = 8;
}

/// Bytes that tell the kind of message.
const HEADER_LEN: usize = 2;

wire_numbers! {
    /// The types of ICMP message (<https://www.iana.org/assignments/icmp-parameters>).
    Icmpv4Type: u8 {
        /// The answer to an echo request.
        EchoReply = 0,
        /// The quoted packet cannot be delivered.
        Unreachable = 3,
        /// Slow down; deprecated by RFC 6633.
        SourceQuench = 4,
        /// There is a shorter way.
        Redirect = 5,
        /// Asks for an echo reply.
        EchoRequest = 8,
        /// A router says that it is there, RFC 1256.
        RouterAdvertisement = 9,
        /// Asks for router advertisements, RFC 1256.
        RouterSolicitation = 10,
        /// The quoted packet was too long on its way.
        TimeExceeded = 11,
        /// A field of the quoted packet is wrong.
        ParameterProblem = 12,
        /// Asks for the time.
        TimestampRequest = 13,
        /// The answer to a timestamp request.
        TimestampReply = 14,
        /// Asks for the network's number; obsolete.
        InformationRequest = 15,
        /// The answer to an information request; obsolete.
        InformationReply = 16,
        /// Asks for the address mask, RFC 950.
        AddressMaskRequest = 17,
        /// The answer to an address mask request, RFC 950.
        AddressMaskReply = 18,
    }
}

/// An ICMP message.
#[derive(Clone, Copy, Debug)]
pub struct Icmpv4<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Icmpv4<'a> {
    /// The message at the start of `at`, if type and code were captured. What follows depends on the type.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The type.
    pub fn kind(&self) -> Icmpv4Type {
        self.header[field::TYPE].into()
    }

    /// The code, whose meaning depends on the type.
    pub fn code(&self) -> u8 {
        self.header[field::CODE]
    }

    /// The checksum as sent.
    pub fn checksum(&self) -> Option<u16> {
        self.u16_at(field::CHECKSUM)
    }

    /// The 16-bit number at `offset` of the message, if it was captured.
    pub fn u16_at(&self, offset: usize) -> Option<u16> {
        let bytes = self.whole.bytes().get(offset..)?.first_chunk()?;
        Some(u16::from_be_bytes(*bytes))
    }

    /// The 32-bit number at `offset` of the message, if it was captured.
    pub fn u32_at(&self, offset: usize) -> Option<u32> {
        let bytes = self.whole.bytes().get(offset..)?.first_chunk()?;
        Some(u32::from_be_bytes(*bytes))
    }

    /// The identifier of echo, timestamp and mask messages.
    pub fn identifier(&self) -> Option<u16> {
        self.u16_at(field::IDENTIFIER)
    }

    /// The sequence number of echo and timestamp messages, or the next hop's MTU (RFC 1191).
    pub fn sequence(&self) -> Option<u16> {
        self.u16_at(field::SEQUENCE)
    }

    /// The router that a redirect names.
    pub fn gateway(&self) -> Option<Ipv4Addr> {
        self.u32_at(field::IDENTIFIER).map(Ipv4Addr::from_bits)
    }

    /// The packet that an error quotes, whose payload may be cut anywhere.
    pub fn quoted(&self) -> Option<Ipv4<'a>> {
        Ipv4::new(self.quote())
    }

    /// The bytes that an error quotes.
    pub fn quote(&self) -> Payload<'a> {
        self.whole.skip(field::QUOTE)
    }

    /// Whether the message is an error, which quotes a packet.
    pub fn is_error(&self) -> bool {
        use Icmpv4Type::{ParameterProblem, Redirect, SourceQuench, TimeExceeded, Unreachable};
        matches!(self.kind(), Unreachable | SourceQuench | Redirect | TimeExceeded | ParameterProblem)
    }

    /// The message from its type on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Icmpv4<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.quote())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn echo_messages_have_identifier_and_sequence() {
        let icmp = Icmpv4::new(Payload::new(&[8, 0, 0xab, 0xcd, 0, 5, 0, 6], 8)).unwrap();
        assert_eq!((icmp.kind(), icmp.code(), icmp.checksum()), (Icmpv4Type::EchoRequest, 0, Some(0xabcd)));
        assert_eq!((icmp.identifier(), icmp.sequence(), icmp.is_error()), (Some(5), Some(6), false));
        let cut = Icmpv4::new(Payload::new(&[8, 0, 0xab, 0xcd, 0, 5, 0], 8)).unwrap();
        assert_eq!((cut.identifier(), cut.sequence()), (Some(5), None));
    }

    #[test]
    fn errors_quote_the_packet_they_are_about() {
        let quoted = [0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 1, 0, 53];
        let bytes = [&[5, 1, 0, 0, 10, 0, 0, 254], &quoted[..]].concat();
        let icmp = Icmpv4::new(Payload::new(&bytes, 32)).unwrap();
        assert_eq!((icmp.gateway(), icmp.is_error()), (Some(Ipv4Addr::new(10, 0, 0, 254)), true));
        let ip = icmp.quoted().unwrap();
        assert_eq!(
            (ip.destination(), ip.payload().bytes()),
            (Ipv4Addr::new(10, 0, 0, 2), &[0, 1, 0, 53][..])
        );
    }
}
