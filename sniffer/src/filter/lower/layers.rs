//! Tests that hold when they do at any layer of the packet (`--see-through`): which ones, and what a layer's word says. The
//! words are those of `sniffer_common::layers`; a walk has written them down before the filter runs.

use sniffer_common::layers::{Kind, is_extension};

use super::Lowerer;
use super::position::{Offset, Position, layer_word};
use super::protocol::ip_number;
use crate::filter::ast::{Arith, Kind as Subject, Primitive, Protocol, Qualifiers};
use crate::filter::build::{all, alu, and, compare, equal, masked, or};
use crate::filter::error::{ErrorKind, Result};
use crate::filter::hir::{AluOp, Hir, Relation, Size, Value};
use crate::filter::link::{Scheme, protocol};
use crate::filter::span::Span;
use crate::filter::{Layer, MAX_LAYERS, see_through};

impl Lowerer<'_> {
    /// Refuses link types in which no walk begins.
    pub(super) fn require_layers(&self) -> Result<()> {
        if !self.options.see_through || see_through::begins_in(self.options.link_type) {
            return Ok(());
        }
        let problem = ErrorKind::NotOnLink { word: "--see-through".to_owned(), link: self.link_name() };
        Err((problem, Span { start: 0, end: self.text.len() }))
    }

    /// The layer that tests are about, when they are about one.
    pub(super) fn layer(&self) -> Option<u8> {
        match self.position.link.scheme {
            Scheme::Layer(layer) => Some(layer),
            _ => None,
        }
    }

    /// Where the headers are in the expression, whatever layer the current test is about.
    pub(super) fn outermost(&self) -> &Position {
        self.outermost.as_ref().unwrap_or(&self.position)
    }

    /// A test at any layer. Ethernet addresses (`is_link`) are tested where the expression is too, and at inner layers, since only
    /// these have headers of their own.
    pub(super) fn at_any_layer(
        &mut self,
        is_link: bool,
        mut test: impl FnMut(&mut Self) -> Result<Hir>,
    ) -> Result<Hir> {
        let outside = self.position.clone();
        let mut hir = Hir::Const(false);
        for layer in (u8::from(is_link)..MAX_LAYERS as u8).rev() {
            self.outermost = Some(outside.clone());
            self.position = Position::of_layer(layer);
            hir = or(test(self)?, hir);
            if layer > 0 {
                hir = and(exists(layer), hir);
            }
        }
        self.outermost = None;
        self.position = outside;
        if is_link && self.position.link.addresses.is_some() {
            hir = or(test(self)?, hir);
        }
        Ok(hir)
    }
}

/// Whether a test is about something that every layer has.
pub(super) fn is_layered(primitive: &Primitive<'_>) -> bool {
    match primitive {
        Primitive::Qualified { qualifiers, .. } | Primitive::Member { qualifiers, .. } => {
            is_about_layer(*qualifiers)
        }
        Primitive::Protocol(word) => is_protocol_of_layer(*word),
        Primitive::Relation { lhs, rhs, .. } => reads_layer(lhs) || reads_layer(rhs),
        Primitive::Broadcast(_) | Primitive::Multicast(_) => true,
        _ => false,
    }
}

/// Whether a layered test is about the Ethernet header of a layer.
pub(super) fn is_about_link(primitive: &Primitive<'_>) -> bool {
    match primitive {
        Primitive::Qualified { qualifiers, .. } | Primitive::Member { qualifiers, .. } => {
            qualifies_link(*qualifiers)
        }
        Primitive::Broadcast(word) | Primitive::Multicast(word) => {
            word.is_none_or(|word| word.node == Protocol::Link)
        }
        _ => false,
    }
}

/// Whether the qualifiers ask for Ethernet addresses.
pub(super) fn qualifies_link(qualifiers: Qualifiers) -> bool {
    qualifiers.protocol.is_some_and(|protocol| protocol.node == Protocol::Link)
}

fn is_about_layer(qualifiers: Qualifiers) -> bool {
    match qualifiers.kind.map(|kind| kind.node) {
        Some(Subject::Gateway) => false,
        Some(Subject::Proto | Subject::ProtoChain) => {
            qualifiers.protocol.is_none_or(|protocol| matches!(protocol.node, Protocol::Ip | Protocol::Ip6))
        }
        _ => qualifiers.protocol.is_none_or(|protocol| protocol.node != Protocol::Decnet),
    }
}

fn is_protocol_of_layer(word: Protocol) -> bool {
    matches!(word, Protocol::Ip | Protocol::Ip6 | Protocol::Arp | Protocol::Rarp) || ip_number(word).is_some()
}

fn reads_layer(arith: &Arith) -> bool {
    match arith {
        Arith::Number(_) | Arith::Length => false,
        Arith::Load { protocol, index, .. } => is_protocol_of_layer(protocol.node) || reads_layer(index),
        Arith::Negate(operand) => reads_layer(operand),
        Arith::Binary { lhs, rhs, .. } => reads_layer(lhs) || reads_layer(rhs),
    }
}

/// There is such a layer.
fn exists(layer: u8) -> Hir {
    compare(Relation::Ne, layer_word(layer), Value::Const(0))
}

/// The layer is a network header of this protocol.
pub(super) fn carries(layer: u8, number: u32) -> Hir {
    const KIND: u32 = Layer::new(Kind::Other, 0).0;
    let other =
        |code| masked(layer_word(layer), Layer::PROTOCOLS, Layer::new(Kind::Other, 0).carrying(code).0);
    match number {
        protocol::IP => masked(layer_word(layer), KIND, Layer::new(Kind::Ipv4, 0).0),
        protocol::IP6 => masked(layer_word(layer), KIND, Layer::new(Kind::Ipv6, 0).0),
        protocol::ARP => other(Kind::ARP),
        protocol::RARP => other(Kind::RARP),
        _ => Hir::Const(false),
    }
}

/// The layer is an IP header of this kind with this protocol above it. One that the walk goes through is no longer there in
/// the word, and only found when it comes first.
pub(super) fn ip_carries(layer: u8, kind: Kind, number: u32) -> Hir {
    let number = number as u8;
    let in_word = masked(layer_word(layer), Layer::PROTOCOLS, Layer::new(kind, 0).carrying(number).0);
    if !is_extension(number) {
        return in_word;
    }
    let (carried, field) = if kind == Kind::Ipv4 { (protocol::IP, 9) } else { (protocol::IP6, 6) };
    let first = Position::of_layer(layer).network_at(field).load(Size::Byte);
    or(in_word, and(carries(layer, carried), equal(first, u32::from(number))))
}

/// The number of the protocol above IP.
pub(super) fn protocol(layer: u8) -> Value {
    alu(AluOp::Shr, layer_word(layer), Value::Const(Layer::PROTOCOL_SHIFT))
}

/// There is a transport header.
pub(super) fn has_transport(layer: u8) -> Hir {
    let bits = alu(AluOp::And, layer_word(layer), Value::Const(Layer::TRANSPORT << Layer::TRANSPORT_SHIFT));
    compare(Relation::Ne, bits, Value::Const(0))
}

/// There is a transport header of this protocol.
pub(super) fn has_transport_of(layer: u8, number: u32) -> Hir {
    all([has_transport(layer), equal(protocol(layer), number)])
}

/// The transport header.
pub(super) fn transport(layer: u8) -> Offset {
    Offset::of_transport(layer)
}

/// The layer has an Ethernet header of its own.
pub(super) fn has_link(layer: u8) -> Hir {
    let bits = alu(AluOp::And, layer_word(layer), Value::Const(Layer::LINK << Layer::LINK_SHIFT));
    compare(Relation::Ne, bits, Value::Const(0))
}
