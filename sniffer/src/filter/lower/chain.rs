//! Conditions between `and` and `or`. A run of alternatives that ask the same field of a packet, however long, becomes
//! one look-up in a set, with the loads of the alternatives as they stand.

use std::sync::Arc;

use super::address::{Address, Ip, Ip6, Subject};
use super::ether::Mac;
use super::member::Wanted;
use super::port::{PortRange, Ports};
use super::{Lowerer, layers};
use crate::filter::ast::{
    Connective, Direction, Expr, Id, IdKind, Kind, Primitive, Protocol, Qualifiers, Spanned,
};
use crate::filter::build::{and, any, not, or};
use crate::filter::error::Result;
use crate::filter::hir::Hir;
use crate::filter::link::Scheme;
use crate::filter::set::{Elements, Ranges, Set};
use crate::filter::span::Span;

/// Shorter runs are compared one by one, which is as fast.
pub(in crate::filter) const SHORTEST: usize = 8;

/// Runs of so many IPv6 addresses are compared one by one. Of an address that is compared, only those words are loaded
/// that decide; of one that is looked up, all.
const LONGEST_IP6: usize = 32;

/// An element of a chain: how it is joined to what stands before it, and itself.
type Link<'e, 'a> = (Connective, &'e Expr<'a>);

/// What alternatives must have in common to be looked up together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::filter) enum Kin {
    Address(Direction, Option<Protocol>),
    Ether(Direction),
    Port(Direction, Option<Protocol>),
}

impl Kin {
    /// What a test asks for, when that can be looked up.
    pub(in crate::filter) fn of(qualifiers: Qualifiers, id: &Id<'_>, is_wlan: bool) -> Option<Self> {
        let direction = match qualifiers.direction.map(|direction| direction.node) {
            None => Direction::SrcOrDst,
            // Both ends must then match the same alternative.
            Some(Direction::SrcAndDst | Direction::Wlan(_)) => return None,
            Some(direction) => direction,
        };
        let protocol = qualifiers.protocol.map(|protocol| protocol.node);
        match (qualifiers.kind.map(|kind| kind.node), protocol) {
            (None | Some(Kind::Host), Some(Protocol::Link)) if !is_wlan => {
                matches!(id.kind, IdKind::Mac(_) | IdKind::Name(_)).then_some(Kin::Ether(direction))
            }
            (
                kind @ (None | Some(Kind::Host | Kind::Net)),
                None | Some(Protocol::Ip | Protocol::Ip6 | Protocol::Arp | Protocol::Rarp),
            ) => is_range(kind, &id.kind).then_some(Kin::Address(direction, protocol)),
            (
                Some(Kind::Port | Kind::PortRange),
                None | Some(Protocol::Tcp | Protocol::Udp | Protocol::Sctp),
            ) => is_numeric(&id.kind).then_some(Kin::Port(direction, protocol)),
            _ => None,
        }
    }
}

impl Lowerer<'_> {
    /// `first`, and what is joined to everything on its left.
    pub(super) fn joined(&mut self, first: &Expr<'_>, rest: &[(Connective, Expr<'_>)]) -> Result<Hir> {
        // The first element is joined to nothing; it may begin a run with those behind it.
        let connective = rest.first().map_or(Connective::Or, |(connective, _)| *connective);
        let links: Vec<Link<'_, '_>> = [(connective, first)]
            .into_iter()
            .chain(rest.iter().map(|(connective, expr)| (*connective, expr)))
            .collect();
        let (mut chain, mut at) = (None, 0);
        while let Some(&(connective, expr)) = links.get(at) {
            let run = self.run(&links[at..]);
            let (next, length) = match run.len() {
                SHORTEST.. => (self.run_of(connective, &run)?, run.len()),
                _ => (self.expr(expr)?, 1),
            };
            chain = Some(match (chain, connective) {
                (None, _) => next,
                (Some(chain), Connective::And) => and(chain, next),
                (Some(chain), Connective::Or) => or(chain, next),
            });
            at += length;
        }
        Ok(chain.unwrap_or(Hir::Const(true)))
    }

    /// The alternatives at the start of `links` that can be looked up together: `a or b or c`, `not a and not b`.
    fn run<'e, 'a>(&self, links: &[Link<'e, 'a>]) -> Vec<(Qualifiers, &'e Id<'a>)> {
        let Some((first_connective, first)) = links.first() else { return Vec::new() };
        let wanted = self.kin(*first_connective, first).map(|(kin, ..)| kin);
        links
            .iter()
            .map_while(|(connective, expr)| {
                let (kin, qualifiers, id) = self.kin(*connective, expr)?;
                (connective == first_connective && Some(kin) == wanted).then_some((qualifiers, id))
            })
            .collect()
    }

    /// What an element asks for, when that can be looked up.
    fn kin<'e, 'a>(
        &self,
        connective: Connective,
        expr: &'e Expr<'a>,
    ) -> Option<(Kin, Qualifiers, &'e Id<'a>)> {
        let primitive = match (connective, expr) {
            (Connective::Or, Expr::Primitive(primitive)) => primitive,
            (Connective::And, Expr::Not(inner)) => match &**inner {
                Expr::Primitive(primitive) => primitive,
                _ => return None,
            },
            _ => return None,
        };
        let Spanned { node: Primitive::Qualified { qualifiers, id }, .. } = primitive else { return None };
        let is_wlan = self.position.link.scheme == Scheme::Wlan;
        Some((Kin::of(*qualifiers, id, is_wlan)?, *qualifiers, id))
    }

    fn run_of(&mut self, connective: Connective, run: &[(Qualifiers, &Id<'_>)]) -> Result<Hir> {
        let test = if self.options.see_through {
            let is_link = layers::qualifies_link(run[0].0);
            self.at_any_layer(is_link, |lowerer| lowerer.alternatives(run))
        } else {
            self.alternatives(run)
        }?;
        Ok(match connective {
            Connective::Or => test,
            Connective::And => not(test),
        })
    }

    fn alternatives(&self, run: &[(Qualifiers, &Id<'_>)]) -> Result<Hir> {
        let (qualifiers, span) = (run[0].0, run[0].1.span);
        match qualifiers.kind.map(|kind| kind.node) {
            Some(Kind::Port | Kind::PortRange) => self.port_alternatives(run, span),
            _ if layers::qualifies_link(qualifiers) => self.ether_alternatives(run, span),
            _ => self.address_alternatives(run, span),
        }
    }

    /// Both families ask the same word for the protocol, of which a packet has one, so that they can be told apart
    /// first.
    fn address_alternatives(&self, run: &[(Qualifiers, &Id<'_>)], span: Span) -> Result<Hir> {
        let (mut ip, mut ip6): (Vec<Ip>, Vec<Ip6>) = (Vec::new(), Vec::new());
        for (qualifiers, id) in run {
            let addresses = match qualifiers.kind.map(|kind| kind.node) {
                Some(Kind::Net) => vec![self.net_address(id)?],
                _ => self.host_addresses(*qualifiers, id)?,
            };
            for address in addresses {
                match (address, qualifiers.protocol.map(|protocol| protocol.node)) {
                    (Address::Ip(..), Some(Protocol::Ip6))
                    | (Address::Ip6(..), Some(Protocol::Ip | Protocol::Arp | Protocol::Rarp)) => {
                        // It says what is wrong.
                        self.address(*qualifiers, address, id.span)?;
                    }
                    (Address::Ip(address, _), _) => ip.push(address),
                    (Address::Ip6(address, _), _) => ip6.push(address),
                }
            }
        }
        let qualifiers = run[0].0;
        let ip = self.ip_alternatives(qualifiers, &ip, span)?;
        Ok(or(ip, self.ip6_alternatives(qualifiers, &ip6, span)?))
    }

    fn ip_alternatives(&self, qualifiers: Qualifiers, addresses: &[Ip], span: Span) -> Result<Hir> {
        if let (Some(first), SHORTEST..) = (addresses.first(), addresses.len()) {
            let ranges = addresses.iter().map(|(address, mask)| (*address, *address | !mask)).collect();
            let all = set(Elements::Ip(Ranges::new(ranges)));
            return self.ip(qualifiers, &Wanted::Chain { first: *first, all }, Subject::HOST_IP, span);
        }
        let one = |address: &Ip| self.ip(qualifiers, &Wanted::One(*address), Subject::HOST_IP, span);
        Ok(any(addresses.iter().map(one).collect::<Result<Vec<_>>>()?))
    }

    fn ip6_alternatives(&self, qualifiers: Qualifiers, addresses: &[Ip6], span: Span) -> Result<Hir> {
        match addresses.first() {
            Some(first) if addresses.len() > LONGEST_IP6 => {
                let ranges = addresses.iter().map(|(address, mask)| (*address, *address | !mask)).collect();
                let all = set(Elements::Ip6(Ranges::new(ranges)));
                self.ip6(qualifiers, &Wanted::Chain { first: *first, all }, Subject::HOST_IP6, span)
            }
            _ => {
                let one =
                    |address: &Ip6| self.ip6(qualifiers, &Wanted::One(*address), Subject::HOST_IP6, span);
                Ok(any(addresses.iter().map(one).collect::<Result<Vec<_>>>()?))
            }
        }
    }

    fn ether_alternatives(&self, run: &[(Qualifiers, &Id<'_>)], span: Span) -> Result<Hir> {
        let mut macs: Vec<Mac> = Vec::with_capacity(run.len());
        for (qualifiers, id) in run {
            macs.push(match id.kind {
                IdKind::Mac(mac) => mac,
                IdKind::Name(name) if self.position.link.addresses.is_some() => {
                    self.ether_name(name, id.span)?
                }
                // It says what is wrong.
                _ => return self.ether_host(*qualifiers, id),
            });
        }
        let number = |mac: &Mac| mac.iter().fold(0, |number, byte| number << u8::BITS | u64::from(*byte));
        let ranges = macs.iter().map(number).map(|mac| (mac, mac)).collect();
        let all = set(Elements::Mac(Ranges::new(ranges)));
        self.mac(&Wanted::Chain { first: macs[0], all }, run[0].0.direction, span)
    }

    fn port_alternatives(&self, run: &[(Qualifiers, &Id<'_>)], span: Span) -> Result<Hir> {
        let mut ports: Vec<PortRange> = Vec::with_capacity(run.len());
        for (qualifiers, id) in run {
            let (range, _) = match qualifiers.kind.map(|kind| kind.node) {
                Some(Kind::PortRange) => self.one_port_range(*qualifiers, id)?,
                _ => self.one_port(*qualifiers, id)?,
            };
            ports.push(range);
        }
        let transport = self.transport(run[0].0, "port", span)?;
        let wanted = Wanted::Chain { first: ports[0], all: set(Elements::Port(Ranges::new(ports.clone()))) };
        self.in_either(&Ports { wanted, transport, end: super::port::end(run[0].0) }, span)
    }
}

/// A set without a name.
fn set(elements: Elements) -> Arc<Set> {
    Arc::new(Set { name: None, elements })
}

/// Whether an address or a network is a range of which at least one bit is asked for. Networks by name and with a mask
/// may be none.
fn is_range(kind: Option<Kind>, id: &IdKind<'_>) -> bool {
    match id {
        IdKind::Name(_) => kind != Some(Kind::Net),
        IdKind::Number(_) | IdKind::Dotted(_) | IdKind::Ipv6(_) => true,
        IdKind::DottedPrefix(_, length) | IdKind::Ipv6Prefix(_, length) => length.node > 0,
        IdKind::DottedMask(..) | IdKind::Mac(_) => false,
    }
}

/// Whether ports are given by number, which belongs to every transport.
fn is_numeric(id: &IdKind<'_>) -> bool {
    match id {
        IdKind::Number(_) => true,
        IdKind::Name(text) => text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'),
        _ => false,
    }
}
