//! `host` and `net`: IPv4 and IPv6 addresses, by number and by name; and the way from the qualifiers to the other kinds.

use std::net::{IpAddr, Ipv6Addr};

use super::member::Wanted;
use super::{Lowerer, check_max, protocol_span};
use crate::filter::ast::{Direction, Id, IdKind, Kind, Protocol, Qualifiers, Spanned};
use crate::filter::build::{all, and, any, masked, or};
use crate::filter::error::{ErrorKind, Problem, Result};
use crate::filter::hir::{Hir, Size};
use crate::filter::link::protocol;
use crate::filter::span::Span;

/// Where source and destination addresses are in a header.
pub(super) type Fields = (u32, u32);

const IP_ADDRESSES: Fields = (12, 16);
/// Sender and target of ARP for Ethernet and IPv4 (RFC 826), which is not verified to be one.
const ARP_ADDRESSES: Fields = (14, 24);
const IP6_ADDRESSES: Fields = (8, 24);

/// An IPv4 address or network, and its mask.
pub(super) type Ip = (u32, u32);
/// An IPv6 address or network, and its mask.
pub(super) type Ip6 = (u128, u128);

/// What the complaint calls that which a qualifier does not fit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject(&'static str);

impl Subject {
    pub(super) const HOST_IP: Self = Self("host <IPv4 address>");
    pub(super) const HOST_IP6: Self = Self("host <IPv6 address>");
    const NET_IP: Self = Self("net <IPv4 address>");
    const NET_IP_PREFIX: Self = Self("net <IPv4 prefix>");
    const NET_IP6: Self = Self("net <IPv6 prefix>");
}

/// An address or a network of either family.
#[derive(Clone, Copy, Debug)]
pub(super) enum Address {
    Ip(Ip, Subject),
    Ip6(Ip6, Subject),
}

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
            Some(Protocol::Link) => self.ether_host(qualifiers, id),
            Some(Protocol::Decnet) => self.decnet_host(qualifiers, id),
            _ => {
                let tests = self.host_addresses(qualifiers, id)?.into_iter();
                Ok(any(tests
                    .map(|address| self.address(qualifiers, address, id.span))
                    .collect::<Result<Vec<_>>>()?))
            }
        }
    }

    /// The addresses that are meant behind `host`.
    pub(super) fn host_addresses(&self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Vec<Address>> {
        let address = match &id.kind {
            IdKind::Name(name) => return self.host_name(qualifiers, name, id.span),
            IdKind::Number(address) => Address::Ip((*address, u32::MAX), Subject::HOST_IP),
            IdKind::Dotted(text) => Address::Ip(parse_ip(text, id.span)?, Subject::HOST_IP),
            IdKind::Ipv6(address) | IdKind::Ipv6Prefix(address, Spanned { node: 128, .. }) => {
                Address::Ip6((u128::from(*address), u128::MAX), Subject::HOST_IP6)
            }
            IdKind::DottedPrefix(..) | IdKind::DottedMask(..) | IdKind::Ipv6Prefix(..) => {
                return Err(self.no_host(id.span));
            }
            IdKind::Mac(_) => return Err((ErrorKind::MacWithoutEther, id.span)),
        };
        Ok(vec![address])
    }

    /// Every address of the name, the IPv4 ones first, as the resolver's order means nothing here.
    fn host_name(&self, qualifiers: Qualifiers, name: &str, span: Span) -> Result<Vec<Address>> {
        let protocol = qualifiers.protocol.map(|protocol| protocol.node);
        let wants_ip = protocol != Some(Protocol::Ip6);
        let wants_ip6 = !matches!(protocol, Some(Protocol::Ip | Protocol::Arp | Protocol::Rarp));
        let found = self.names.host(name);
        let ip = found.iter().filter_map(|address| match address {
            IpAddr::V4(address) if wants_ip => {
                Some(Address::Ip(((*address).into(), u32::MAX), Subject::HOST_IP))
            }
            _ => None,
        });
        let ip6 = found.iter().filter_map(|address| match address {
            IpAddr::V6(address) if wants_ip6 => {
                Some(Address::Ip6(((*address).into(), u128::MAX), Subject::HOST_IP6))
            }
            _ => None,
        });
        let addresses: Vec<_> = ip.chain(ip6).collect();
        if addresses.is_empty() {
            let what = if found.is_empty() { "host" } else { "host for the address family" };
            return Err((ErrorKind::UnknownName { what, name: name.to_owned() }, span));
        }
        Ok(addresses)
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
        self.address(qualifiers, self.net_address(id)?, id.span)
    }

    /// The network that is meant behind `net`.
    pub(super) fn net_address(&self, id: &Id<'_>) -> Result<Address> {
        Ok(match &id.kind {
            IdKind::Name(name) => {
                let unknown = || ErrorKind::UnknownName { what: "network", name: (*name).to_owned() };
                let network = self.names.network(name).ok_or_else(|| (unknown(), id.span))?;
                Address::Ip((network, classful_mask(network)), Subject::NET_IP_PREFIX)
            }
            IdKind::Number(number) => Address::Ip(left_justified(*number), Subject::NET_IP),
            IdKind::Dotted(text) => Address::Ip(parse_ip(text, id.span)?, Subject::NET_IP),
            IdKind::DottedPrefix(text, len) => {
                check_max("netmask length", len.node, u32::BITS, len.span)?;
                let mask = u32::MAX.checked_shl(u32::BITS - len.node).unwrap_or(0);
                Address::Ip((self.network(text, mask, id.span)?, mask), Subject::NET_IP_PREFIX)
            }
            IdKind::DottedMask(text, mask) => {
                let mask = parse_ip(mask.node, mask.span)?.0;
                Address::Ip((self.network(text, mask, id.span)?, mask), Subject::NET_IP_PREFIX)
            }
            IdKind::Ipv6(address) => Address::Ip6((u128::from(*address), u128::MAX), Subject::NET_IP6),
            IdKind::Ipv6Prefix(address, len) => {
                check_max("netmask length", len.node, u128::BITS, len.span)?;
                let mask = u128::MAX.checked_shl(u128::BITS - len.node).unwrap_or(0);
                Address::Ip6((self.ip6_network(*address, mask, id.span)?, mask), Subject::NET_IP6)
            }
            IdKind::Mac(_) => return Err((ErrorKind::MacWithoutEther, id.span)),
        })
    }

    /// The test for one address or network.
    pub(super) fn address(&self, qualifiers: Qualifiers, address: Address, span: Span) -> Result<Hir> {
        match address {
            Address::Ip(ip, subject) => self.ip(qualifiers, &Wanted::One(ip), subject, span),
            Address::Ip6(ip6, subject) => self.ip6(qualifiers, &Wanted::One(ip6), subject, span),
        }
    }

    /// The network `text`, whose host part under `mask` must be zero.
    fn network(&self, text: &str, mask: u32, span: Span) -> Result<u32> {
        let (network, _) = parse_ip(text, span)?;
        if network & !mask == 0 { Ok(network) } else { Err((ErrorKind::HostBits(self.word(span)), span)) }
    }

    /// The same for IPv6.
    fn ip6_network(&self, network: Ipv6Addr, mask: u128, span: Span) -> Result<u128> {
        let bits = u128::from(network);
        if bits & !mask == 0 { Ok(bits) } else { Err((ErrorKind::HostBits(self.word(span)), span)) }
    }

    /// IPv4 addresses or networks in IP, ARP and RARP, or in the one that is asked for.
    pub(super) fn ip(
        &self,
        qualifiers: Qualifiers,
        wanted: &Wanted<Ip>,
        Subject(subject): Subject,
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
        let load = |field| self.position.network_at(field).load(Size::Word);
        let mut tests = Vec::new();
        for number in numbers {
            let fields = if *number == protocol::IP { IP_ADDRESSES } else { ARP_ADDRESSES };
            let one = |(address, mask): &Ip, field| masked(load(field), *mask, *address);
            let carried = self.carries(*number, protocol_span(qualifiers, id))?;
            tests.push(and(carried, wanted.at_ends(direction, fields, one, |field| vec![load(field)])));
        }
        Ok(any(tests))
    }

    /// IPv6 addresses or networks. The words of one are compared from the first on.
    pub(super) fn ip6(
        &self,
        qualifiers: Qualifiers,
        wanted: &Wanted<Ip6>,
        Subject(subject): Subject,
        id: Span,
    ) -> Result<Hir> {
        if !matches!(qualifiers.protocol, None | Some(Spanned { node: Protocol::Ip6, .. })) {
            return Err(self.misfit(protocol_span(qualifiers, id), subject));
        }
        let direction = self.ip_direction(qualifiers)?;
        let load = |field, word: u32| self.position.network_at(field + 4 * word).load(Size::Word);
        let one = |(address, mask): &Ip6, field: u32| {
            all((0..4).map(|word| {
                let shift = 96 - 32 * word;
                masked(load(field, word), (mask >> shift) as u32, (address >> shift) as u32)
            }))
        };
        let key = |field| (0..4).map(|word| load(field, word)).collect();
        let carried = self.carries(protocol::IP6, protocol_span(qualifiers, id))?;
        Ok(and(carried, wanted.at_ends(direction, IP6_ADDRESSES, one, key)))
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
