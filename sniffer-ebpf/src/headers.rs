//! Where the headers of a frame are: those of its outermost IP packet, and of the transport in it. Goes on from what the
//! walk has noted, and knows no counter and no option. RFC 791, RFC 8200, RFC 9293, RFC 2784, RFC 4302.
#![forbid(unsafe_code)]

use sniffer_common::layers::{Kind, Layer, Part, is_extension};
use sniffer_common::{End, Flow, LinkHeader, Note, Transport};

use crate::access::Frame;
use crate::classify::{ETHERNET_HEADER, Extension, IPV4, IPV6, IPV6_HEADER, NEXT_HEADER, Place};
use crate::config;

const IPV4_HEADER: u32 = 20;

const GRE: u8 = 47;
const ESP: u8 = 50;
const AH: u8 = 51;
const ICMP: u8 = 1;
const IGMP: u8 = 2;
const TCP: u8 = 6;
const UDP: u8 = 17;
const DCCP: u8 = 33;
const IPV6_FRAGMENT: u8 = 44;
const ICMPV6: u8 = 58;
const SCTP: u8 = 132;
const UDP_LITE: u8 = 136;

/// The IP packet of a frame. Not an `Option` of it: what that leaves undefined, the verifier refuses to see copied.
#[derive(Clone, Copy)]
pub(crate) struct Headers {
    /// The IP version, 0 where there is no IP header, or not all of it.
    version: u8,
    /// The protocol of what follows the IP headers.
    protocol: u8,
    /// Where the IP header begins, in bytes.
    ip: u32,
    /// Where what follows the IP headers begins.
    transport: u32,
    /// Whether the packet is only a part of a datagram, and then whether it is one without a transport header.
    is_fragment: bool,
    is_later_fragment: bool,
}

impl Headers {
    pub(crate) const NONE: Self =
        Self { version: 0, protocol: 0, ip: 0, transport: 0, is_fragment: false, is_later_fragment: false };

    /// The headers of a frame that has been classified.
    #[inline(always)]
    pub(crate) fn locate(frame: &Frame) -> Self {
        if frame.note(Note::Cell) % Transport::COUNT == Transport::None as u32 {
            return Self::NONE;
        }
        // Where layers were written down, their words stand in the place of what the walk had noted.
        if frame.layer(0) != Layer(0) {
            return Self::of_layer(frame, frame.layer(0));
        }
        let place = Place::noted(frame);
        if place.walked.steps == 0 {
            let ip = if config::begins_with(LinkHeader::None) { 0 } else { ETHERNET_HEADER };
            return Self::of_packet(frame, ip);
        }
        match place.extension() {
            Some(header) => Self::behind_extension(frame, header, &place),
            None if matches!(place.what as u16, IPV4 | IPV6) => Self::of_packet(frame, place.at),
            None => Self::NONE,
        }
    }

    /// The headers of an IP packet at `ip` whose IPv6 header is followed by no extension header.
    #[inline(always)]
    fn of_packet(frame: &Frame, ip: u32) -> Self {
        const MORE_OR_OFFSET: u32 = 0x3fff;
        const OFFSET: u32 = 0x1fff;
        let Some([first, second, third]) = frame.words(ip) else { return Self::NONE };
        let header_length = (first >> 24 & 0xf) * 4;
        if first >> 28 == 4 && header_length >= IPV4_HEADER && frame.len() >= ip + IPV4_HEADER {
            return Self {
                version: 4,
                protocol: (third >> 16) as u8,
                ip,
                transport: ip + header_length,
                is_fragment: second & MORE_OR_OFFSET != 0,
                is_later_fragment: second & OFFSET != 0,
            };
        }
        if first >> 28 == 6 && frame.len() >= ip + IPV6_HEADER {
            return Self {
                version: 6,
                protocol: (second >> 8) as u8,
                ip,
                transport: ip + IPV6_HEADER,
                ..Self::NONE
            };
        }
        Self::NONE
    }

    /// The headers of a layer. Where IPv6 has extension headers and no transport header behind them, what follows is beyond
    /// the frame.
    #[inline(always)]
    fn of_layer(frame: &Frame, layer: Layer) -> Self {
        let ip = layer.network();
        if !layer.is(Kind::Ipv6) || !is_extension(frame.byte(ip + NEXT_HEADER).unwrap_or(0)) {
            return Self::of_packet(frame, ip);
        }
        let transport = layer.transport();
        Self {
            version: 6,
            protocol: layer.protocol(),
            ip,
            transport: if transport == 0 { frame.len() + 1 } else { transport },
            is_fragment: layer.part() != Part::Whole,
            is_later_fragment: layer.part() == Part::Later,
        }
    }

    /// The headers of an IPv6 packet whose last extension header is at `place`.
    #[inline(always)]
    fn behind_extension(frame: &Frame, header: u8, place: &Place) -> Self {
        let Some(extension) = Extension::at(frame, header, place.at) else { return Self::NONE };
        Self {
            version: 6,
            protocol: extension.next,
            ip: place.walked.ipv6_at.into(),
            transport: extension.end,
            is_fragment: place.walked.fragmented || extension.fragment.is_part(),
            is_later_fragment: extension.fragment.is_later(),
        }
    }

    /// Whether there are any.
    #[inline(always)]
    pub(crate) fn is_ip(&self) -> bool {
        self.version != 0
    }

    /// Where the transport header ends; the end of the IP headers where there is none, and where it is of a protocol that
    /// is not known here. Beyond the end of the frame where it does not hold all of it.
    #[inline(always)]
    pub(crate) fn end(&self, frame: &Frame) -> u32 {
        let at = self.transport;
        if self.is_later_fragment {
            return at;
        }
        let length = match self.protocol {
            TCP => u32::from(frame.byte(at + 12).unwrap_or(u8::MAX) >> 4).max(5) * 4,
            UDP | UDP_LITE | ICMP | ICMPV6 | IGMP | ESP => 8,
            SCTP => 12,
            GRE => gre_length(frame.half(at).unwrap_or(u16::MAX)),
            AH => (u32::from(frame.byte(at + 1).unwrap_or(u8::MAX)) + 2) * 4,
            _ => 0,
        };
        at + length
    }

    /// The flow that the packet belongs to.
    #[inline(always)]
    pub(crate) fn flow(&self, frame: &Frame) -> Flow {
        let [from, to] = self.ends(frame);
        Flow::between(from, to, self.kind())
    }

    /// The end that sends the packet, then the one that it is for.
    #[inline(always)]
    pub(crate) fn ends(&self, frame: &Frame) -> [End; 2] {
        let [from, to] = self.addresses(frame);
        let [from_port, to_port] = self.ports(frame);
        [End { address: from, port: from_port }, End { address: to, port: to_port }]
    }

    /// What makes flows between the same ends different: IP version and protocol. All fragments of a datagram are to be of
    /// one flow, and only the last header of the first one tells the protocol.
    #[inline(always)]
    pub(crate) fn kind(&self) -> u16 {
        let protocol = if self.is_fragment && self.version == 6 { IPV6_FRAGMENT } else { self.protocol };
        u16::from(self.version) << 8 | u16::from(protocol)
    }

    /// The protocol of the ports, None for packets that have none.
    #[inline(always)]
    pub(crate) fn ported(&self) -> Option<u8> {
        let has_ports = matches!(self.protocol, TCP | UDP | SCTP | DCCP | UDP_LITE);
        (has_ports && !self.is_fragment).then_some(self.protocol)
    }

    /// Whether it is an IPv4 packet.
    #[inline(always)]
    pub(crate) fn is_ipv4(&self) -> bool {
        self.version == 4
    }

    /// The frame holds them.
    #[inline(always)]
    fn addresses(&self, frame: &Frame) -> [[u64; 2]; 2] {
        if self.version == 4 {
            let [from, to] = frame.words(self.ip + 12).unwrap_or([0; 2]);
            return [[0, from.into()], [0, to.into()]];
        }
        let [a, b, c, d] = frame.double_words(self.ip + 8).unwrap_or([0; 4]);
        [[a, b], [c, d]]
    }

    #[inline(always)]
    fn ports(&self, frame: &Frame) -> [u16; 2] {
        if self.ported().is_none() {
            return [0, 0];
        }
        let [ports] = frame.words(self.transport).unwrap_or([0]);
        [(ports >> 16) as u16, ports as u16]
    }

    /// The flags of a TCP segment, none for everything else.
    #[inline(always)]
    pub(crate) fn tcp_flags(&self, frame: &Frame) -> TcpFlags {
        if self.protocol != TCP || self.is_later_fragment {
            return TcpFlags(0);
        }
        TcpFlags(frame.byte(self.transport + 13).unwrap_or(0))
    }
}

/// RFC 2784 and RFC 2890: four bytes and four more for each of checksum, key and sequence number; RFC 2637 has an
/// acknowledgment number too.
#[inline(always)]
fn gre_length(flags: u16) -> u32 {
    let field = |bit: u32| u32::from(flags) >> bit & 1;
    4 + 4 * (field(15) + field(13) + field(12) + field(7))
}

/// The flags of a TCP header.
#[derive(Clone, Copy)]
pub(crate) struct TcpFlags(u8);

impl TcpFlags {
    const FIN: u8 = 1;
    const SYN: u8 = 2;
    const RST: u8 = 4;
    const ACK: u8 = 16;

    /// Whether a connection begins or ends here.
    #[inline(always)]
    pub(crate) fn is_control(self) -> bool {
        self.0 & (Self::FIN | Self::SYN | Self::RST) != 0
    }

    /// Whether a connection begins here.
    #[inline(always)]
    pub(crate) fn is_opening(self) -> bool {
        self.0 & (Self::SYN | Self::ACK) == Self::SYN
    }
}
