//! Where an expression may mean something else than it seems to. Each trap is one of `docs/filter-language.md`.

use std::net::Ipv4Addr;

use crate::filter::ast::{
    Arith, Connective, Encapsulation, Expr, Id, IdKind, Kind, Primitive, Protocol, Qualifiers, Spanned,
};
use crate::filter::{Options, Resolve, Service, SetKind};

/// The largest Ethertype that is a service access point (IEEE 802.3).
const MAX_LENGTH: u32 = 1500;

/// What a test for ports misses.
const UNSEEN_PORTS: &str = "ports are not seen in later fragments, nor in IPv6 behind extension headers";

/// What may surprise, each once, in the order of the text.
pub(super) fn find(expr: &Expr<'_>, text: &str, options: Options, names: &dyn Resolve) -> Vec<String> {
    let mut traps =
        Traps { text, options, names, found: Vec::new(), looks_inside: false, asks_for_network: false };
    traps.expr(expr);
    if traps.asks_for_network && !traps.looks_inside && !options.see_through {
        traps.add(tags(options));
    }
    traps.found
}

/// What becomes of packets with a tag that no test asks for.
fn tags(options: Options) -> String {
    if options.live {
        "packets with a VLAN tag match like those without; from a savefile they do not".to_owned()
    } else {
        "packets with a VLAN tag in their bytes do not match; write 'or (vlan and …)' for them".to_owned()
    }
}

struct Traps<'t> {
    text: &'t str,
    options: Options,
    names: &'t dyn Resolve,
    found: Vec<String>,
    /// Whether a word has moved everything behind it into an inner packet.
    looks_inside: bool,
    /// Whether a test needs to know the network protocol.
    asks_for_network: bool,
}

impl Traps<'_> {
    fn add(&mut self, trap: String) {
        if !self.found.contains(&trap) {
            self.found.push(trap);
        }
    }

    fn expr(&mut self, expr: &Expr<'_>) {
        match expr {
            Expr::Not(inner) => self.expr(inner),
            Expr::Primitive(primitive) => self.primitive(primitive),
            Expr::Chain { first, rest } => self.chain(first, rest),
        }
    }

    fn chain(&mut self, first: &Expr<'_>, rest: &[(Connective, Expr<'_>)]) {
        let connectives: Vec<_> = rest.iter().map(|(connective, _)| *connective).collect();
        if connectives.windows(2).any(|pair| pair == [Connective::Or, Connective::And]) {
            self.add("'and' and 'or' bind equally, from the left; parentheses say what is meant".to_owned());
        }
        let mut before = first;
        self.expr(first);
        for (connective, next) in rest {
            self.behind_not(before, *connective, next);
            match (tag(before), tag(next)) {
                (Some(outer), Some(inner)) if *connective == Connective::Or => {
                    self.add(format!(
                        "this is an outer tag {outer} or an inner tag {inner}, not one of two outer tags"
                    ));
                }
                _ if *connective == Connective::Or || matches!(before, Expr::Not(_)) => {
                    self.behind_encapsulation(before);
                }
                _ => {}
            }
            self.expr(next);
            before = next;
        }
    }

    /// `not a or b`, `not host a and b`
    fn behind_not(&mut self, before: &Expr<'_>, connective: Connective, next: &Expr<'_>) {
        let Expr::Not(inner) = before else { return };
        let (Expr::Primitive(inner), Expr::Primitive(next)) = (&**inner, next) else { return };
        if connective == Connective::Or || inherits(&next.node, &inner.node) {
            let word = inner.span.of(self.text);
            self.add(format!("'not' takes only the test behind it, which ends with '{word}'"));
        }
    }

    /// A word that moves everything behind it, where what follows is meant for packets without it as well.
    fn behind_encapsulation(&mut self, before: &Expr<'_>) {
        if let Some(word) = encapsulation_in(before, self.text) {
            self.add(format!(
                "everything behind '{word}' looks inside it, whether or not it matched: for an outer packet, test first"
            ));
        }
    }

    fn primitive(&mut self, primitive: &Spanned<Primitive<'_>>) {
        match &primitive.node {
            Primitive::Qualified { qualifiers, id } => self.qualified(*qualifiers, id),
            Primitive::Member { qualifiers, .. } => self.member(*qualifiers),
            Primitive::Protocol(_) => self.asks_for_network = true,
            Primitive::Relation { lhs, rhs, .. } => {
                self.value(lhs);
                self.value(rhs);
            }
            Primitive::Encapsulation(..) => self.looks_inside = true,
            _ => {}
        }
    }

    fn qualified(&mut self, qualifiers: Qualifiers, id: &Id<'_>) {
        let protocol = qualifiers.protocol.map(|word| word.node);
        self.asks_for_network |= protocol != Some(Protocol::Link);
        match (qualifiers.kind.map(|word| word.node), &id.kind) {
            (Some(Kind::Port | Kind::PortRange), kind) => {
                self.ports();
                if let (IdKind::Name(name), None) = (kind, protocol) {
                    self.service(name);
                }
            }
            (None | Some(Kind::Host), IdKind::Number(number)) if protocol != Some(Protocol::Link) => {
                let (word, address) = (id.span.of(self.text), Ipv4Addr::from(*number));
                self.add(format!("'{word}' is taken for a host, {address}"));
            }
            (Some(Kind::Proto), IdKind::Number(0..=MAX_LENGTH)) if protocol == Some(Protocol::Link) => {
                let word = id.span.of(self.text);
                self.add(format!("'ether proto {word}' is a service access point of LLC, not an Ethertype"));
            }
            _ => {}
        }
    }

    fn member(&mut self, qualifiers: Qualifiers) {
        self.asks_for_network |= qualifiers.set_kind() != SetKind::Ether;
        if qualifiers.set_kind() == SetKind::Port {
            self.ports();
        }
    }

    fn ports(&mut self) {
        if !self.options.see_through {
            self.add(UNSEEN_PORTS.to_owned());
        }
    }

    fn service(&mut self, name: &str) {
        let transport = match self.names.service(name) {
            Service { tcp: Some(port), udp: None } => ("TCP", port),
            Service { tcp: None, udp: Some(port) } => ("UDP", port),
            _ => return,
        };
        let (transport, port) = transport;
        self.add(format!(
            "port '{name}' is {port} of {transport} alone; the number stands for every transport"
        ));
    }

    fn value(&mut self, value: &Arith) {
        match value {
            Arith::Number(_) | Arith::Length => {}
            Arith::Negate(inner) => self.value(inner),
            Arith::Binary { lhs, rhs, .. } => {
                self.value(lhs);
                self.value(rhs);
            }
            Arith::Load { protocol, index, .. } => {
                self.header(*protocol);
                self.value(index);
            }
        }
    }

    /// `tcp[…]` and its like
    fn header(&mut self, protocol: Spanned<Protocol>) {
        use Protocol::{Carp, Icmp, Icmp6, Igmp, Igrp, Link, Pim, Radio, Sctp, Tcp, Udp, Vrrp};
        self.asks_for_network |= !matches!(protocol.node, Link | Radio);
        let word = protocol.span.of(self.text);
        match protocol.node {
            Tcp | Udp | Sctp | Icmp | Igmp | Igrp | Pim | Vrrp | Carp => {
                self.add(format!("'{word}[…]' reads IPv4 only, and no later fragments"));
            }
            Icmp6 => self.add(format!("'{word}[…]' is not read behind IPv6 extension headers")),
            _ => {}
        }
    }
}

/// Whether a test has its qualifiers from another one.
fn inherits(next: &Primitive<'_>, from: &Primitive<'_>) -> bool {
    match (next, from) {
        (Primitive::Qualified { qualifiers: mine, .. }, Primitive::Qualified { qualifiers: theirs, .. }) => {
            mine == theirs
        }
        _ => false,
    }
}

/// The number of `vlan N`.
fn tag(expr: &Expr<'_>) -> Option<u32> {
    match expr {
        Expr::Primitive(Spanned { node: Primitive::Encapsulation(Encapsulation::Vlan, number), .. }) => {
            number.map(|number| number.node)
        }
        _ => None,
    }
}

/// A word in the condition that moves everything behind it.
fn encapsulation_in<'t>(expr: &Expr<'_>, text: &'t str) -> Option<&'t str> {
    match expr {
        Expr::Not(inner) => encapsulation_in(inner, text),
        Expr::Chain { first, rest } => encapsulation_in(first, text)
            .or_else(|| rest.iter().find_map(|(_, next)| encapsulation_in(next, text))),
        Expr::Primitive(primitive) => match primitive.node {
            Primitive::Encapsulation(Encapsulation::Pppoed, _) => None,
            Primitive::Encapsulation(..) => Some(primitive.span.of(text)),
            _ => None,
        },
    }
}
