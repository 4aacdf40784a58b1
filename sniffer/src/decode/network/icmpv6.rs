//! ICMPv6, RFC 4443, with neighbour discovery (RFC 4861) and multicast listener discovery (RFC 2710, RFC 3810).

use std::net::Ipv6Addr;

use crate::decode::number::wire_numbers;
use crate::decode::walk::{Next, View};
use crate::decode::{Ipv6, Payload};

/// Offsets of the fields of common place.
mod field {
    pub(super) const CODE: usize = 1;
    pub(super) const CHECKSUM: usize = 2;
    pub(super) const IDENTIFIER: usize = 4;
    pub(super) const SEQUENCE: usize = 6;
    pub(super) const TARGET: usize = 8;
    pub(super) const QUOTE: usize = 8;
}

/// The first type that is no error.
const FIRST_INFORMATION: u8 = 128;

wire_numbers! {
    /// The types of ICMPv6 message (<https://www.iana.org/assignments/icmpv6-parameters>).
    Icmpv6Type: u8 {
        /// The quoted packet cannot be delivered.
        Unreachable = 1,
        /// The quoted packet does not fit the next link.
        PacketTooBig = 2,
        /// The quoted packet was too long on its way.
        TimeExceeded = 3,
        /// A field of the quoted packet is wrong.
        ParameterProblem = 4,
        /// Asks for an echo reply.
        EchoRequest = 128,
        /// The answer to an echo request.
        EchoReply = 129,
        /// Who listens to this group?
        ListenerQuery = 130,
        /// Listens to a group, MLDv1.
        ListenerReport = 131,
        /// Listens no more, MLDv1.
        ListenerDone = 132,
        /// Asks for router advertisements.
        RouterSolicitation = 133,
        /// A router says that it is there, with prefixes.
        RouterAdvertisement = 134,
        /// Who has this address?
        NeighborSolicitation = 135,
        /// The answer to a neighbour solicitation.
        NeighborAdvertisement = 136,
        /// There is a shorter way.
        Redirect = 137,
        /// Router renumbering, RFC 2894.
        RouterRenumbering = 138,
        /// Node information query, RFC 4620.
        NodeInformationQuery = 139,
        /// The answer to a node information query.
        NodeInformationReply = 140,
        /// Inverse neighbour discovery solicitation, RFC 3122.
        InverseSolicitation = 141,
        /// Inverse neighbour discovery advertisement, RFC 3122.
        InverseAdvertisement = 142,
        /// Listens to groups and sources, MLDv2.
        ListenerReportV2 = 143,
        /// Home agent address discovery request, RFC 6275.
        HomeAgentRequest = 144,
        /// Home agent address discovery reply.
        HomeAgentReply = 145,
        /// Mobile prefix solicitation, RFC 6275.
        MobilePrefixSolicitation = 146,
        /// Mobile prefix advertisement.
        MobilePrefixAdvertisement = 147,
        /// RPL control, RFC 6550.
        Rpl = 155,
        /// Multicast traceroute response of old implementations.
        MtraceResponse = 200,
        /// Multicast traceroute of old implementations.
        Mtrace = 201,
    }
}

/// An ICMPv6 message.
#[derive(Clone, Copy, Debug)]
pub struct Icmpv6<'a> {
    kind: u8,
    whole: Payload<'a>,
}

impl<'a> Icmpv6<'a> {
    /// The message at the start of `at`, if its type was captured. What follows depends on the type.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let kind = *at.bytes().first()?;
        Some(Self { kind, whole: at })
    }

    /// The type.
    pub fn kind(&self) -> Icmpv6Type {
        self.kind.into()
    }

    /// The code, whose meaning depends on the type.
    pub fn code(&self) -> Option<u8> {
        self.whole.bytes().get(field::CODE).copied()
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

    /// The address at `offset` of the message, if it was captured.
    pub fn address_at(&self, offset: usize) -> Option<Ipv6Addr> {
        let bytes = self.whole.bytes().get(offset..)?.first_chunk::<16>()?;
        Some(Ipv6Addr::from(*bytes))
    }

    /// The identifier of echo messages.
    pub fn identifier(&self) -> Option<u16> {
        self.u16_at(field::IDENTIFIER)
    }

    /// The sequence number of echo messages.
    pub fn sequence(&self) -> Option<u16> {
        self.u16_at(field::SEQUENCE)
    }

    /// The target of neighbour solicitations and advertisements, of redirects, and the group of MLDv1 messages.
    pub fn target(&self) -> Option<Ipv6Addr> {
        self.address_at(field::TARGET)
    }

    /// The packet that an error quotes, whose payload may be cut anywhere.
    pub fn quoted(&self) -> Option<Ipv6<'a>> {
        Ipv6::new(self.quote())
    }

    /// The bytes that an error quotes.
    pub fn quote(&self) -> Payload<'a> {
        self.whole.skip(field::QUOTE)
    }

    /// Whether the message is an error, which quotes a packet.
    pub fn is_error(&self) -> bool {
        self.kind < FIRST_INFORMATION
    }

    /// The message from its type on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Icmpv6<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.quote())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbour_solicitation_names_its_target() {
        let bytes =
            [[135, 0, 0xab, 0xcd, 0, 0, 0, 0], [0xfe, 0x80, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 1]];
        let bytes = bytes.concat();
        let icmp = Icmpv6::new(Payload::new(&bytes, 24)).unwrap();
        assert_eq!((icmp.kind(), icmp.is_error()), (Icmpv6Type::NeighborSolicitation, false));
        assert_eq!(icmp.target(), Some("fe80::1".parse().unwrap()));
        let cut = Icmpv6::new(Payload::new(&bytes[..23], 24)).unwrap();
        assert_eq!(cut.target(), None);
    }
}
