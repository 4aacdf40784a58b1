//! sFlow version 5: the header of a datagram, its samples and their records.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::Payload;
use crate::decode::message::{message, part};

message! {
    /// A datagram of sFlow.
    Sflow {
        /// The version; only 5 is understood.
        version: u32 = 0,
        /// The family of the agent's address: 1 IPv4, 2 IPv6.
        family: u32 = 4,
    }
}

impl<'a> Sflow<'a> {
    /// Bytes of the header where the agent has an IPv4 address.
    pub const HEADER_LEN: usize = 28;
    /// Bytes of the header where the agent has an IPv6 address.
    pub const HEADER_LEN_V6: usize = 40;

    /// Bytes in front of the fields that follow the agent's address.
    fn behind_agent(&self) -> Option<usize> {
        Some(if self.family()? == 1 { 12 } else { 24 })
    }

    /// The agent that takes samples.
    pub fn agent(&self) -> Option<IpAddr> {
        match self.family()? {
            1 => self.whole().get::<Ipv4Addr>(8).map(IpAddr::V4),
            _ => self.whole().get::<Ipv6Addr>(8).map(IpAddr::V6),
        }
    }

    /// The number that tells several agents of one address apart.
    pub fn agent_id(&self) -> Option<u32> {
        self.whole().get(self.behind_agent()?)
    }

    /// The number of the datagram.
    pub fn sequence(&self) -> Option<u32> {
        self.whole().get(self.behind_agent()? + 4)
    }

    /// Milliseconds since the agent started.
    pub fn uptime(&self) -> Option<u32> {
        self.whole().get(self.behind_agent()? + 8)
    }

    /// How many samples there are, as the header claims.
    pub fn sample_count(&self) -> Option<u32> {
        self.whole().get(self.behind_agent()? + 12)
    }

    /// The samples.
    pub fn samples(&self) -> Payload<'a> {
        self.behind_agent().map_or(Payload::EMPTY, |at| self.whole().skip(at + 16))
    }

    /// The samples one by one, as many as the header claims and the capture has.
    pub fn elements(&self) -> impl Iterator<Item = SflowElement<'a>> + use<'a> {
        let count = self.sample_count().unwrap_or(0) as usize;
        let first = SflowElement::new(self.samples());
        std::iter::successors(first, |element| SflowElement::new(element.rest())).take(count)
    }
}

/// A sample, or a record of one.
#[derive(Clone, Copy, Debug)]
pub struct SflowElement<'a> {
    /// Who defined the format, in the upper 20 bits, and which one it is.
    pub format: u32,
    /// Bytes of the value, as the element claims.
    pub length: u32,
    /// All that is behind the header.
    pub behind: Payload<'a>,
}

impl<'a> SflowElement<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 8;
    /// The format of counters of an interface, as in the MIB of interfaces.
    pub const INTERFACE: u32 = 1;
    /// That of an interface of Ethernet.
    pub const ETHERNET: u32 = 2;
    /// That of an interface of 100VG-AnyLAN.
    pub const ANY_LAN: u32 = 4;
    /// That of a VLAN.
    pub const VLAN: u32 = 5;
    /// That of a processor.
    pub const PROCESSOR: u32 = 1001;

    /// The element at the start of `at`, if its header was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        Some(Self { format: at.get(0)?, length: at.get(4)?, behind: at.skip(Self::HEADER_LEN) })
    }

    /// The number of the format.
    pub fn kind(&self) -> u32 {
        self.format & 0x0fff
    }

    /// Whether the element fits into what is around it.
    pub fn fits(&self) -> bool {
        self.length <= self.behind.claimed()
    }

    /// The value.
    pub fn value(&self) -> Payload<'a> {
        self.behind.with_claim(self.length.min(self.behind.claimed()))
    }

    /// The numbers of a record of counters in their order, if the format is known; those that are missing are none.
    pub fn counters(&self) -> Option<impl Iterator<Item = Option<u64>> + use<'a>> {
        let widths = COUNTERS.iter().find(|(format, _)| *format == self.kind())?.1;
        let mut behind = self.behind;
        Some(widths.iter().map(move |width| match width {
            8 => behind.read::<u64>(),
            _ => behind.read::<u32>().map(u64::from),
        }))
    }

    /// What is behind the value.
    pub fn rest(&self) -> Payload<'a> {
        self.behind.skip(self.length as usize)
    }
}

/// How many bytes each number of a record of counters has, by the record's format.
const COUNTERS: &[(u32, &[u8])] = &[
    (SflowElement::INTERFACE, &[4, 4, 8, 4, 4, 8, 4, 4, 4, 4, 4, 4, 8, 4, 4, 4, 4, 4, 4]),
    (SflowElement::ETHERNET, &[4; 13]),
    (SflowElement::ANY_LAN, &[4, 8, 4, 8, 4, 4, 4, 4, 4, 8, 4, 8, 8, 8]),
    (SflowElement::VLAN, &[4, 8, 4, 4, 4, 4]),
    (SflowElement::PROCESSOR, &[4, 4, 4, 8, 8]),
];

part! {
    /// The header of a sample of packets or counters in the form whose numbers of interfaces have 24 bits.
    SflowSample {
        /// The number of the sample.
        sequence: u32 = 0,
        /// What kind of source the samples are of.
        source_type: u8 = 4,
        /// Of samples of packets: one of how many is taken.
        rate: u32 = 8,
        /// How many packets could have been taken.
        pool: u32 = 12,
        /// How many could not.
        drops: u32 = 16,
        /// The interface that the packet came in at.
        input: u32 = 20,
        /// The interface that it left by.
        output: u32 = 24,
    }
}

impl<'a> SflowSample<'a> {
    /// The source, 24 bits.
    pub fn source(&self) -> Option<u32> {
        self.whole().get(4).map(|word: u32| word & 0x00ff_ffff)
    }

    /// How many records a sample of packets has, and these.
    pub fn flows(&self) -> Option<(u32, Payload<'a>)> {
        Some((self.whole().get(28)?, self.whole().skip(32)))
    }

    /// How many records a sample of counters has, and these.
    pub fn counters(&self) -> Option<(u32, Payload<'a>)> {
        Some((self.whole().get(8)?, self.whole().skip(12)))
    }
}

part! {
    /// The header of a sample in the expanded form.
    SflowExpandedSample {
        /// The number of the sample.
        sequence: u32 = 0,
        /// What kind of source the samples are of.
        source_type: u32 = 4,
        /// The source.
        source: u32 = 8,
        /// Of samples of packets: one of how many is taken.
        rate: u32 = 12,
        /// How many packets could have been taken.
        pool: u32 = 16,
        /// How many could not.
        drops: u32 = 20,
    }
}

impl<'a> SflowExpandedSample<'a> {
    /// How many records a sample of packets has, and these.
    pub fn flows(&self) -> Option<(u32, Payload<'a>)> {
        Some((self.whole().get(40)?, self.whole().skip(44)))
    }

    /// How many records a sample of counters has, and these.
    pub fn counters(&self) -> Option<(u32, Payload<'a>)> {
        Some((self.whole().get(12)?, self.whole().skip(16)))
    }
}

part! {
    /// A record of the first bytes of a packet.
    SflowRawPacket {
        /// What the bytes begin with: 1 Ethernet, 11 IPv4, 12 IPv6.
        protocol: u32 = 0,
        /// Bytes of the packet.
        length: u32 = 4,
        /// Bytes that were taken off it.
        stripped: u32 = 8,
        /// Bytes of it in this record.
        header_len: u32 = 12,
    }
}

part! {
    /// A record of an Ethernet header.
    SflowEthernet {
        /// Bytes of the frame.
        length: u32 = 0,
        /// The EtherType.
        ether_type: u32 = 20,
    }
}

part! {
    /// A record of what a switch did with a frame.
    SflowSwitch {
        /// The VLAN that the frame came from.
        source_vlan: u32 = 0,
        /// Its priority there.
        source_priority: u32 = 4,
        /// The VLAN that it went to.
        destination_vlan: u32 = 8,
        /// Its priority there.
        destination_priority: u32 = 12,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agent_is_of_either_family() {
        let mut bytes = [0; 40];
        (bytes[3], bytes[7], bytes[11], bytes[15], bytes[27]) = (5, 1, 9, 7, 8);
        let sflow = Sflow::new(Payload::new(&bytes, 40));
        assert_eq!((sflow.agent(), sflow.agent_id()), (Some([0, 0, 0, 9].into()), Some(7)));
        assert_eq!((sflow.sample_count(), sflow.samples().claimed()), (Some(8), 12));
        bytes[7] = 2;
        let sflow = Sflow::new(Payload::new(&bytes, 40));
        let agent = Ipv6Addr::new(0, 9, 0, 7, 0, 0, 0, 0);
        assert_eq!((sflow.agent(), sflow.agent_id()), (Some(agent.into()), Some(8)));
    }

    #[test]
    fn an_element_that_does_not_fit_is_told() {
        let bytes = [0, 0, 0x10, 2, 0, 0, 0, 4, 1, 2, 3, 4, 5];
        let element = SflowElement::new(Payload::new(&bytes, 13)).unwrap();
        assert_eq!((element.kind(), element.value().bytes()), (2, &[1, 2, 3, 4][..]));
        assert_eq!((element.fits(), element.rest().bytes()), (true, &[5][..]));
        assert!(!SflowElement::new(Payload::new(&bytes[..11], 11)).unwrap().fits());
    }

    #[test]
    fn counters_have_the_widths_of_their_format() {
        let mut bytes = vec![0, 0, 0, 5, 0, 0, 0, 28];
        bytes.extend([0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 7]);
        let element = SflowElement::new(Payload::new(&bytes, 24)).unwrap();
        let counters: Vec<_> = element.counters().unwrap().collect();
        assert_eq!(counters, [Some(9), Some(256), Some(7), None, None, None]);
    }
}
