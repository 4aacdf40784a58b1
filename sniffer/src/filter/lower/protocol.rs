//! Protocols by themselves, `proto` and `protochain`: the protocol inside the link layer, inside IP, and of the OSI
//! family.

use sniffer_common::layers::Kind;

use super::position::Tunnel;
use super::{Lowerer, check_max, layers, protocol_span};
use crate::filter::ast::{Id, IdKind, Protocol, Qualifiers};
use crate::filter::build::{add, and, any, equal, masked, or};
use crate::filter::error::{ErrorKind, Problem, Result};
use crate::filter::hir::{Chain, ChainVersion, Hir, Size, Value};
use crate::filter::link::{MAX_LENGTH, Scheme, protocol, protocol_number};
use crate::filter::span::Span;

/// The next header value of an IPv6 fragment header.
const FRAGMENT: u32 = 44;
/// `ICMPv6` as an IPv6 next header.
pub(super) const ICMP6: u32 = 58;
/// The bits of the IS-IS PDU type field that are the type.
const PDU_TYPE: u32 = 0x1f;
/// Network layer protocol identifiers (ISO/IEC TR 9577).
const CLNP: u32 = 0x81;
const ESIS: u32 = 0x82;
const ISIS: u32 = 0x83;

impl Lowerer<'_> {
    /// A protocol by itself.
    pub(super) fn protocol(&self, word: Protocol, span: Span) -> Result<Hir> {
        if let Some(number) = network_number(word) {
            return self.carries(number, span);
        }
        if let Some(number) = ip_number(word) {
            return match word {
                Protocol::Tcp
                | Protocol::Udp
                | Protocol::Sctp
                | Protocol::Ah
                | Protocol::Esp
                | Protocol::Pim => Ok(or(self.ip_proto(number, span)?, self.ip6_proto(number, span)?)),
                Protocol::Icmp6 => self.ip6_proto(number, span),
                _ => self.ip_proto(number, span),
            };
        }
        match word {
            Protocol::Clnp => self.osi_proto(CLNP, span),
            Protocol::Esis => self.osi_proto(ESIS, span),
            Protocol::Isis => self.osi_proto(ISIS, span),
            word => match pdu_types(word) {
                [] => Err((ErrorKind::NotAlone(self.word(span)), span)),
                types => self.isis_types(types, span),
            },
        }
    }

    /// `[protocol] proto id`
    pub(super) fn proto(&self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Hir> {
        let span = protocol_span(qualifiers, id.span);
        let word = qualifiers.protocol.map(|protocol| protocol.node);
        match word {
            None | Some(Protocol::Ip | Protocol::Ip6) => {
                let number = self.ip_proto_number(id)?;
                match word {
                    Some(Protocol::Ip) => self.ip_proto(number, span),
                    Some(_) => self.ip6_proto(number, span),
                    None => Ok(or(self.ip_proto(number, span)?, self.ip6_proto(number, span)?)),
                }
            }
            Some(Protocol::Link) => self.link_proto(id, span),
            Some(Protocol::Iso) => self.osi_proto(self.osi_number(id)?, span),
            Some(Protocol::Isis) => match id.kind {
                IdKind::Number(number) => {
                    check_max("IS-IS PDU type", number, PDU_TYPE, id.span)?;
                    self.isis_types(&[number], span)
                }
                _ => Err(self.unknown_protocol(id)),
            },
            Some(_) => Err(self.misfit(span, "proto")),
        }
    }

    /// `[protocol] protochain id`
    pub(super) fn protochain(&self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Hir> {
        let span = protocol_span(qualifiers, id.span);
        let versions: &[ChainVersion] = match qualifiers.protocol.map(|protocol| protocol.node) {
            None => &[ChainVersion::V4, ChainVersion::V6],
            Some(Protocol::Ip) => &[ChainVersion::V4],
            Some(Protocol::Ip6) => &[ChainVersion::V6],
            Some(_) => return Err(self.misfit(span, "protochain")),
        };
        let number = self.ip_proto_number(id)?;
        if self.position.tunnel != Tunnel::Outside || self.position.link.scheme == Scheme::Wlan {
            return Err((ErrorKind::VariableHeaders, qualifiers.kind.map_or(span, |kind| kind.span)));
        }
        let mut chains = Vec::new();
        for version in versions {
            chains.push(self.chain(*version, number, span)?);
        }
        Ok(any(chains))
    }

    fn chain(&self, version: ChainVersion, number: u32, span: Span) -> Result<Hir> {
        let (carried, first, position) = match version {
            ChainVersion::V4 => {
                let start = self.position.network_at(0).constant;
                let position = add(self.position.ip_header_len(), Value::Const(start));
                (protocol::IP, 9, position)
            }
            ChainVersion::V6 => (protocol::IP6, 6, self.position.ip6_payload_at(0).value()),
        };
        let first = self.position.network_at(first).load(Size::Byte);
        let chain = Hir::Chain(Chain { version, first, position, protocol: number });
        Ok(and(self.carries(carried, span)?, chain))
    }

    /// The protocol byte of IPv4, in every fragment.
    pub(super) fn ip_proto(&self, number: u32, span: Span) -> Result<Hir> {
        if let Some(layer) = self.layer() {
            return Ok(layers::ip_carries(layer, Kind::Ipv4, number));
        }
        let byte = self.position.network_at(9).load(Size::Byte);
        Ok(and(self.carries(protocol::IP, span)?, equal(byte, number)))
    }

    /// The next header of IPv6, or that of a fragment header which follows directly.
    fn ip6_proto(&self, number: u32, span: Span) -> Result<Hir> {
        if let Some(layer) = self.layer() {
            return Ok(layers::ip_carries(layer, Kind::Ipv6, number));
        }
        let next = || self.position.network_at(6).load(Size::Byte);
        let behind_fragment = self.position.ip6_payload_at(0).load(Size::Byte);
        let fragment = and(equal(next(), FRAGMENT), equal(behind_fragment, number));
        Ok(and(self.carries(protocol::IP6, span)?, or(equal(next(), number), fragment)))
    }

    /// The protocol identifier of an OSI packet. Cisco HDLC puts a byte before it.
    fn osi_proto(&self, number: u32, span: Span) -> Result<Hir> {
        let identifier = self.position.llc_network_at(self.osi_padding()).load(Size::Byte);
        Ok(and(self.carries(protocol::SAP_ISO, span)?, equal(identifier, number)))
    }

    /// IS-IS packets of one of `types`.
    fn isis_types(&self, types: &[u32], span: Span) -> Result<Hir> {
        const TYPE_FIELD: u32 = 4;
        let field = self.position.llc_network_at(self.osi_padding() + TYPE_FIELD).load(Size::Byte);
        let tests = types.iter().map(|number| masked(field.clone(), PDU_TYPE, *number));
        Ok(and(self.osi_proto(ISIS, span)?, any(tests)))
    }

    fn osi_padding(&self) -> u32 {
        u32::from(self.position.link.scheme == Scheme::Hdlc)
    }

    /// `ether proto id`: an Ethertype or a service access point.
    fn link_proto(&self, id: &Id<'_>, span: Span) -> Result<Hir> {
        let number = match id.kind {
            IdKind::Number(number) => number,
            IdKind::Name(name) => protocol_number(name).ok_or_else(|| self.unknown_protocol(id))?,
            _ => return Err(self.unknown_protocol(id)),
        };
        let (what, max) = match self.position.link.scheme {
            Scheme::Ppp => ("PPP protocol", 0xffff),
            Scheme::Ethernet | Scheme::Cooked | Scheme::Llc | Scheme::Wlan if number <= MAX_LENGTH => {
                ("LLC DSAP", 0xff)
            }
            _ => ("EtherType", 0xffff),
        };
        check_max(what, number, max, id.span)?;
        self.carries(number, span)
    }

    /// An IP protocol by number or name.
    fn ip_proto_number(&self, id: &Id<'_>) -> Result<u32> {
        match id.kind {
            IdKind::Number(number) => {
                check_max("protocol number", number, u32::from(u8::MAX), id.span)?;
                Ok(number)
            }
            IdKind::Name(name) => {
                let known = self.names.protocol(name).map(u32::from).or_else(|| own_name(name));
                known.ok_or_else(|| self.unknown_protocol(id))
            }
            _ => Err(self.unknown_protocol(id)),
        }
    }

    fn osi_number(&self, id: &Id<'_>) -> Result<u32> {
        match id.kind {
            IdKind::Number(number) => {
                check_max("ISO protocol", number, u32::from(u8::MAX), id.span)?;
                Ok(number)
            }
            IdKind::Name("clnp") => Ok(CLNP),
            IdKind::Name("esis") => Ok(ESIS),
            IdKind::Name("isis") => Ok(ISIS),
            _ => Err(self.unknown_protocol(id)),
        }
    }

    fn unknown_protocol(&self, id: &Id<'_>) -> Problem {
        (ErrorKind::UnknownName { what: "protocol", name: self.word(id.span) }, id.span)
    }
}

/// The number of a protocol directly inside the link layer.
fn network_number(word: Protocol) -> Option<u32> {
    let number = match word {
        Protocol::Ip => protocol::IP,
        Protocol::Ip6 => protocol::IP6,
        Protocol::Arp => protocol::ARP,
        Protocol::Rarp => protocol::RARP,
        Protocol::Atalk => protocol::ATALK,
        Protocol::Aarp => protocol::AARP,
        Protocol::Decnet => protocol::DECNET,
        Protocol::Lat => protocol::LAT,
        Protocol::Sca => protocol::SCA,
        Protocol::Moprc => protocol::MOPRC,
        Protocol::Mopdl => protocol::MOPDL,
        Protocol::Iso => protocol::SAP_ISO,
        Protocol::Stp => protocol::SAP_STP,
        Protocol::Ipx => protocol::SAP_IPX,
        Protocol::Netbeui => protocol::SAP_NETBEUI,
        _ => return None,
    };
    Some(number)
}

/// The number of a protocol inside IP.
pub(super) fn ip_number(word: Protocol) -> Option<u32> {
    let number = match word {
        Protocol::Icmp => 1,
        Protocol::Igmp => 2,
        Protocol::Tcp => 6,
        Protocol::Igrp => 9,
        Protocol::Udp => 17,
        Protocol::Esp => 50,
        Protocol::Ah => 51,
        Protocol::Icmp6 => ICMP6,
        Protocol::Pim => 103,
        Protocol::Vrrp | Protocol::Carp => 112,
        Protocol::Sctp => 132,
        _ => return None,
    };
    Some(number)
}

/// The language's own words as names of IP protocols, for systems without `/etc/protocols`.
fn own_name(name: &str) -> Option<u32> {
    let word = match name {
        "icmp" => Protocol::Icmp,
        "igmp" => Protocol::Igmp,
        "tcp" => Protocol::Tcp,
        "igrp" => Protocol::Igrp,
        "udp" => Protocol::Udp,
        "esp" => Protocol::Esp,
        "ah" => Protocol::Ah,
        "icmp6" => Protocol::Icmp6,
        "pim" => Protocol::Pim,
        "vrrp" => Protocol::Vrrp,
        "carp" => Protocol::Carp,
        "sctp" => Protocol::Sctp,
        _ => return None,
    };
    ip_number(word)
}

/// The PDU types (ISO/IEC 10589) that a word stands for.
fn pdu_types(word: Protocol) -> &'static [u32] {
    match word {
        Protocol::L1 => &[26, 24, 18, 15, 17],
        Protocol::L2 => &[27, 25, 20, 16, 17],
        Protocol::Iih => &[17, 15, 16],
        Protocol::Lsp => &[18, 20],
        Protocol::Snp => &[27, 26, 24, 25],
        Protocol::Csnp => &[24, 25],
        Protocol::Psnp => &[26, 27],
        _ => &[],
    }
}
