//! The syntax tree into conditions over loads: names are looked up, defaults filled in, offsets settled. Walks the text
//! from left to right with the [`Position`] of the headers, as libpcap's code generator does. Emits no code.

mod position;

mod network;
mod protocol;

mod address;
mod chain;
mod decnet;
mod ether;
mod member;
mod port;

mod layers;
mod primitive;
mod value;

mod encapsulation;

mod radio;
mod wlan;

pub(super) use chain::{Kin, SHORTEST};

use super::ast::{Expr, Primitive, Qualifiers, Spanned};
use super::build::not;
use super::error::{ErrorKind, Problem, Result};
use super::hir::{Hir, MAX_VARS, Var};
use super::link::Scheme;
use super::span::Span;
use super::{Options, Resolve};
use position::Position;
use radio::WLAN_PAYLOAD;

/// The meaning of `expr`, which was parsed from `text`.
pub(super) fn lower(expr: &Expr<'_>, text: &str, options: Options, names: &dyn Resolve) -> Result<Hir> {
    let mut lowerer = Lowerer::new(text, options, names);
    lowerer.require_layers()?;
    let hir = lowerer.expr(expr)?;
    Ok(lowerer.with_radio_header(hir))
}

/// The state of the walk.
struct Lowerer<'a> {
    text: &'a str,
    options: Options,
    names: &'a dyn Resolve,
    position: Position,
    /// The position in the expression while a test is about one layer.
    outermost: Option<Position>,
    vars: u32,
}

impl<'a> Lowerer<'a> {
    fn new(text: &'a str, options: Options, names: &'a dyn Resolve) -> Self {
        let position = Position::new(options);
        // On 802.11 the first variables are taken for the positions that every test may need.
        let vars = if position.link.scheme == Scheme::Wlan { WLAN_PAYLOAD.0 + 1 } else { 0 };
        Self { text, options, names, position, outermost: None, vars }
    }

    fn expr(&mut self, expr: &Expr<'_>) -> Result<Hir> {
        match expr {
            Expr::Not(inner) => self.expr(inner).map(not),
            Expr::Chain { first, rest } => self.joined(first, rest),
            Expr::Primitive(primitive) if self.options.see_through && layers::is_layered(&primitive.node) => {
                let is_link = layers::is_about_link(&primitive.node);
                self.at_any_layer(is_link, |lowerer| lowerer.at_position(primitive))
            }
            Expr::Primitive(primitive) => self.at_position(primitive),
        }
    }

    fn at_position(&mut self, primitive: &Spanned<Primitive<'_>>) -> Result<Hir> {
        let span = primitive.span;
        match &primitive.node {
            Primitive::Qualified { qualifiers, id } => self.qualified(*qualifiers, id),
            Primitive::Member { qualifiers, elements } => self.member(*qualifiers, elements, span),
            Primitive::Protocol(protocol) => self.protocol(*protocol, span),
            Primitive::Relation { op, lhs, rhs } => self.relation(*op, lhs, rhs),
            Primitive::Broadcast(protocol) => self.broadcast(*protocol, span),
            Primitive::Multicast(protocol) => self.multicast(*protocol, span),
            Primitive::Less(bytes) => Ok(primitive::at_most(*bytes)),
            Primitive::Greater(bytes) => Ok(primitive::at_least(*bytes)),
            Primitive::Byte { index, op, value } => self.byte(*index, *op, *value, span),
            Primitive::Inbound => self.outbound("inbound", span).map(not),
            Primitive::Outbound => self.outbound("outbound", span),
            Primitive::IfIndex(index) => self.ifindex(*index, span),
            Primitive::Encapsulation(encapsulation, number) => {
                self.encapsulation(*encapsulation, *number, span)
            }
            Primitive::Llc(kind) => self.llc(*kind, span),
            Primitive::WlanType { mask, value } => self.wlan_type(*mask, *value, span),
            Primitive::WlanDirection(direction) => self.wlan_direction(*direction, span),
        }
    }

    /// A variable that nothing else uses.
    fn new_var(&mut self, span: Span) -> Result<Var> {
        let var = Var(self.vars);
        if self.vars as usize >= MAX_VARS {
            return Err((ErrorKind::TooManyVars(MAX_VARS), span));
        }
        self.vars += 1;
        Ok(var)
    }

    /// The text at `span`.
    fn word(&self, span: Span) -> String {
        span.of(self.text).to_owned()
    }

    /// The complaint that the current link type has nothing for the word at `span`.
    fn not_on_link(&self, span: Span) -> Problem {
        (ErrorKind::NotOnLink { word: self.word(span), link: self.link_name() }, span)
    }

    /// The complaint that the protocol qualifier does not fit what stands behind it.
    fn misfit(&self, qualifier: Span, subject: &str) -> Problem {
        let qualifier_text = self.word(qualifier);
        (ErrorKind::Qualifier { qualifier: qualifier_text, subject: subject.to_owned() }, qualifier)
    }

    fn link_name(&self) -> String {
        match self.position.link.number.name() {
            Some(name) => format!("DLT_{name}"),
            None => format!("link type {}", self.position.link.number.0),
        }
    }
}

/// Refuses a number above `max`.
fn check_max(what: &'static str, value: u32, max: u32, span: Span) -> Result<()> {
    if value > max { Err((ErrorKind::TooLarge { what, value, max }, span)) } else { Ok(()) }
}

/// The place to blame when a protocol cannot be tested: its word, or what stands behind it.
fn protocol_span(qualifiers: Qualifiers, id: Span) -> Span {
    qualifiers.protocol.map_or(id, |protocol| protocol.span)
}
