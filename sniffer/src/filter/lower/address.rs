//! `host` and `net`: IPv4 and IPv6 addresses, by number and by name; and the way from the qualifiers to the other kinds.

use std::net::{IpAddr, Ipv6Addr};

use super::{Lowerer, check_max, protocol_span};
use crate::filter::ast::{Direction, Id, IdKind, Kind, Protocol, Qualifiers, Spanned};
use crate::filter::build::{all, and, any, masked, or};
use crate::filter::error::{ErrorKind, Problem, Result};
use crate::filter::hir::{Hir, Size};
use crate::filter::link::protocol;
use crate::filter::span::Span;

/// Where source and destination addresses are in a header.
type Fields = (u32, u32);

const IP_ADDRESSES: Fields = (12, 16);
/// Sender and target of ARP for Ethernet and IPv4 (RFC 826), which is not verified to be one.
const ARP_ADDRESSES: Fields = (14, 24);
const IP6_ADDRESSES: Fields = (8, 24);

impl Lowerer<'_> {
    /// Qualifiers and what they qualify.
    pub(super) fn qualified(&mut self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Hir> {
        let kind = qualifiers.kind.map(|kind| kind.node);
        check_kind(kind, id)?;
        match kind {
            None | Some(Kind::Host) => self.host(qualifiers, id),
            Some(Kind::Net) => self.net(qualifiers, id),
            Some(Kind::Port) => self.port(qualifiers, id),
            Some(Kind::PortRange) => self.port_range(qualifiers, id),
            Some(Kind::Proto) => self.proto(qualifiers, id),
            Some(Kind::ProtoChain) => self.protochain(qualifiers, id),
            Some(Kind::Gateway) => self.gateway(qualifiers, id),
        }
    }

    pub(super) fn host(&self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Hir> {
        match qualifiers.protocol.map(|protocol| protocol.node) {
            Some(Protocol::Link) => return self.ether_host(qualifiers, id),
            Some(Protocol::Decnet) => return self.decnet_host(qualifiers, id),
            _ => {}
        }
        match &id.kind {
            IdKind::Name(name) => self.host_name(qualifiers, name, id.span),
            IdKind::Number(address) => {
                self.ip(qualifiers, *address, u32::MAX, "host <IPv4 address>", id.span)
            }
            IdKind::Dotted(text) => {
                let (address, mask) = parse_ip(text, id.span)?;
                self.ip(qualifiers, address, mask, "host <IPv4 address>", id.span)
            }
            IdKind::Ipv6(address) | IdKind::Ipv6Prefix(address, Spanned { node: 128, .. }) => {
                self.ip6(qualifiers, *address, u128::MAX, "host <IPv6 address>", id.span)
            }
            IdKind::DottedPrefix(..) | IdKind::DottedMask(..) | IdKind::Ipv6Prefix(..) => {
                Err(self.no_host(id.span))
            }
            IdKind::Mac(_) => Err((ErrorKind::MacWithoutEther, id.span)),
        }
    }

    /// Every address of the name, the IPv4 ones first, as the resolver's order means nothing here.
    fn host_name(&self, qualifiers: Qualifiers, name: &str, span: Span) -> Result<Hir> {
        let protocol = qualifiers.protocol.map(|protocol| protocol.node);
        let wants_ip = protocol != Some(Protocol::Ip6);
        let wants_ip6 = !matches!(protocol, Some(Protocol::Ip | Protocol::Arp | Protocol::Rarp));
        let addresses = self.names.host(name);
        let mut tests = Vec::new();
        for address in &addresses {
            if let IpAddr::V4(address) = address
                && wants_ip
            {
                tests.push(self.ip(
                    qualifiers,
                    u32::from(*address),
                    u32::MAX,
                    "host <IPv4 address>",
                    span,
                )?);
            }
        }
        for address in &addresses {
            if let IpAddr::V6(address) = address
                && wants_ip6
            {
                tests.push(self.ip6(qualifiers, *address, u128::MAX, "host <IPv6 address>", span)?);
            }
        }
        if tests.is_empty() {
            let what = if addresses.is_empty() { "host" } else { "host for the address family" };
            return Err((ErrorKind::UnknownName { what, name: name.to_owned() }, span));
        }
        Ok(any(tests))
    }

    /// The complaint that the network at `span` is no host.
    pub(super) fn no_host(&self, span: Span) -> Problem {
        (ErrorKind::Qualifier { qualifier: "host".to_owned(), subject: self.word(span) }, span)
    }

    fn net(&self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Hir> {
        match (qualifiers.protocol, &id.kind) {
            (Some(Spanned { node: Protocol::Decnet, span }), _) => return Err(self.misfit(span, "net")),
            (Some(Spanned { node: Protocol::Link, .. }), IdKind::Number(_) | IdKind::Dotted(_)) => {
                return Err((ErrorKind::NotMac(self.word(id.span)), id.span));
            }
            _ => {}
        }
        let v4 = "net <IPv4 prefix>";
        match &id.kind {
            IdKind::Name(name) => {
                let unknown = || ErrorKind::UnknownName { what: "network", name: (*name).to_owned() };
                let network = self.names.network(name).ok_or_else(|| (unknown(), id.span))?;
                self.ip(qualifiers, network, classful_mask(network), v4, id.span)
            }
            IdKind::Number(number) => {
                let (network, mask) = left_justified(*number);
                self.ip(qualifiers, network, mask, "net <IPv4 address>", id.span)
            }
            IdKind::Dotted(text) => {
                let (network, mask) = parse_ip(text, id.span)?;
                self.ip(qualifiers, network, mask, "net <IPv4 address>", id.span)
            }
            IdKind::DottedPrefix(text, len) => {
                check_max("netmask length", len.node, u32::BITS, len.span)?;
                let mask = u32::MAX.checked_shl(u32::BITS - len.node).unwrap_or(0);
                self.ip(qualifiers, self.network(text, mask, id.span)?, mask, v4, id.span)
            }
            IdKind::DottedMask(text, mask) => {
                let mask = parse_ip(mask.node, mask.span)?.0;
                self.ip(qualifiers, self.network(text, mask, id.span)?, mask, v4, id.span)
            }
            IdKind::Ipv6(address) => self.ip6_net(qualifiers, *address, u128::MAX, id.span),
            IdKind::Ipv6Prefix(address, len) => {
                check_max("netmask length", len.node, u128::BITS, len.span)?;
                let mask = u128::MAX.checked_shl(u128::BITS - len.node).unwrap_or(0);
                self.ip6_net(qualifiers, *address, mask, id.span)
            }
            IdKind::Mac(_) => Err((ErrorKind::MacWithoutEther, id.span)),
        }
    }

    /// The network `text`, whose host part under `mask` must be zero.
    fn network(&self, text: &str, mask: u32, span: Span) -> Result<u32> {
        let (network, _) = parse_ip(text, span)?;
        if network & !mask == 0 { Ok(network) } else { Err((ErrorKind::HostBits(self.word(span)), span)) }
    }

    /// The same for IPv6.
    fn ip6_net(&self, qualifiers: Qualifiers, network: Ipv6Addr, mask: u128, span: Span) -> Result<Hir> {
        if u128::from(network) & !mask != 0 {
            return Err((ErrorKind::HostBits(self.word(span)), span));
        }
        self.ip6(qualifiers, network, mask, "net <IPv6 prefix>", span)
    }

    /// An IPv4 address or network in IP, ARP and RARP, or in the one that is asked for.
    pub(super) fn ip(
        &self,
        qualifiers: Qualifiers,
        address: u32,
        mask: u32,
        subject: &str,
        id: Span,
    ) -> Result<Hir> {
        let numbers: &[u32] = match qualifiers.protocol.map(|protocol| protocol.node) {
            // Inside MPLS nothing tells ARP.
            None if self.position.labels > 0 => &[protocol::IP],
            None => &[protocol::IP, protocol::ARP, protocol::RARP],
            Some(Protocol::Ip) => &[protocol::IP],
            Some(Protocol::Arp) => &[protocol::ARP],
            Some(Protocol::Rarp) => &[protocol::RARP],
            Some(_) => return Err(self.misfit(protocol_span(qualifiers, id), subject)),
        };
        let direction = self.ip_direction(qualifiers)?;
        let mut tests = Vec::new();
        for number in numbers {
            let fields = if *number == protocol::IP { IP_ADDRESSES } else { ARP_ADDRESSES };
            let test = |field| masked(self.position.network_at(field).load(Size::Word), mask, address);
            let carried = self.carries(*number, protocol_span(qualifiers, id))?;
            tests.push(and(carried, either_end(direction, test(fields.0), test(fields.1))));
        }
        Ok(any(tests))
    }

    /// An IPv6 address or network. Its words are compared from the first on.
    fn ip6(
        &self,
        qualifiers: Qualifiers,
        address: Ipv6Addr,
        mask: u128,
        subject: &str,
        id: Span,
    ) -> Result<Hir> {
        if !matches!(qualifiers.protocol, None | Some(Spanned { node: Protocol::Ip6, .. })) {
            return Err(self.misfit(protocol_span(qualifiers, id), subject));
        }
        let direction = self.ip_direction(qualifiers)?;
        let test = |field: u32| {
            all((0..4).map(|word| {
                let shift = 96 - 32 * word;
                let load = self.position.network_at(field + 4 * word).load(Size::Word);
                masked(load, (mask >> shift) as u32, (u128::from(address) >> shift) as u32)
            }))
        };
        let carried = self.carries(protocol::IP6, protocol_span(qualifiers, id))?;
        Ok(and(carried, either_end(direction, test(IP6_ADDRESSES.0), test(IP6_ADDRESSES.1))))
    }

    /// The direction, which must not be one of 802.11.
    pub(super) fn ip_direction(&self, qualifiers: Qualifiers) -> Result<Direction> {
        match qualifiers.direction {
            None => Ok(Direction::SrcOrDst),
            Some(Spanned { node: Direction::Wlan(_), span }) => {
                Err((ErrorKind::WlanOnly(self.word(span)), span))
            }
            Some(direction) => Ok(direction.node),
        }
    }
}

/// One test or both, the source first. `direction` is none of 802.11.
pub(super) fn either_end(direction: Direction, source: Hir, destination: Hir) -> Hir {
    match direction {
        Direction::Src => source,
        Direction::Dst => destination,
        Direction::SrcAndDst => and(source, destination),
        Direction::SrcOrDst | Direction::Wlan(_) => or(source, destination),
    }
}

/// Refuses addresses behind qualifiers for names and numbers.
fn check_kind(kind: Option<Kind>, id: &Id<'_>) -> Result<()> {
    let qualifier = match kind {
        Some(Kind::Port) => "port",
        Some(Kind::PortRange) => "portrange",
        Some(Kind::Proto) => "proto",
        Some(Kind::ProtoChain) => "protochain",
        None | Some(Kind::Host | Kind::Net | Kind::Gateway) => return Ok(()),
    };
    let what = match id.kind {
        IdKind::Name(_) | IdKind::Number(_) => return Ok(()),
        IdKind::Dotted(_) => "IPv4 address",
        IdKind::DottedPrefix(..) => "IPv4 address and prefix length",
        IdKind::DottedMask(..) => "IPv4 address and netmask",
        IdKind::Ipv6(_) => "IPv6 address",
        IdKind::Ipv6Prefix(..) => "IPv6 address and prefix length",
        IdKind::Mac(_) => return Err((ErrorKind::MacWithoutEther, id.span)),
    };
    Err((ErrorKind::QualifierOnAddress { qualifier, what }, id.span))
}

/// One to four decimal numbers with dots between, as a left-justified address and the mask of the parts given. A
/// leading zero does not make a part octal.
fn parse_ip(text: &str, span: Span) -> Result<(u32, u32)> {
    let invalid = || (ErrorKind::Ipv4(text.to_owned()), span);
    let mut address = 0;
    let mut bits = 0;
    for part in text.split('.') {
        let byte: u8 = part.parse().map_err(|_| invalid())?;
        address = address << u8::BITS | u32::from(byte);
        bits += u8::BITS;
    }
    let missing = u32::BITS.checked_sub(bits).ok_or_else(invalid)?;
    Ok((address << missing, u32::MAX << missing))
}

/// A network given as a number: moved left until its first byte is not zero, with the mask of what is left.
fn left_justified(number: u32) -> (u32, u32) {
    let missing = if number == 0 { 0 } else { number.leading_zeros() / u8::BITS * u8::BITS };
    (number << missing, u32::MAX << missing)
}

/// The mask of a left-justified network: its trailing zero bytes are the host part.
fn classful_mask(network: u32) -> u32 {
    let host = network.trailing_zeros() / u8::BITS * u8::BITS;
    u32::MAX.checked_shl(host).unwrap_or(0)
}
