//! Comparisons of values: numbers, lengths, packet data and arithmetic.

use super::protocol::{ICMP6, ip_number};
use super::{Lowerer, layers};
use crate::filter::ast::{Arith, Protocol, Relation, Spanned};
use crate::filter::build::{all, alu, and, compare, equal, load};
use crate::filter::error::{ErrorKind, Result};
use crate::filter::hir::{AluOp, Hir, Size, Value};
use crate::filter::link::{Radio, protocol};
use crate::filter::span::Span;

/// A value, and what must hold before it may be computed.
struct Guarded {
    guard: Hir,
    value: Value,
}

impl Guarded {
    fn free(value: Value) -> Self {
        Self { guard: Hir::Const(true), value }
    }
}

impl Lowerer<'_> {
    /// `lhs op rhs`. All guards come first, so that a packet of another protocol is false and not rejected.
    pub(super) fn relation(&self, op: Relation, lhs: &Arith, rhs: &Arith) -> Result<Hir> {
        let lhs = self.value(lhs)?;
        let rhs = self.value(rhs)?;
        Ok(all([lhs.guard, rhs.guard, compare(op, lhs.value, rhs.value)]))
    }

    fn value(&self, arith: &Arith) -> Result<Guarded> {
        match arith {
            Arith::Number(number) => Ok(Guarded::free(Value::Const(*number))),
            Arith::Length => Ok(Guarded::free(Value::Len)),
            Arith::Load { protocol, index, size } => self.packet_data(*protocol, index, *size),
            Arith::Negate(operand) => {
                let Guarded { guard, value } = self.value(operand)?;
                Ok(Guarded { guard, value: alu(AluOp::Sub, Value::Const(0), value) })
            }
            Arith::Binary { op, lhs, rhs, rhs_span } => {
                let lhs = self.value(lhs)?;
                let rhs = self.value(rhs)?;
                check_operand(*op, &rhs.value, *rhs_span)?;
                Ok(Guarded { guard: and(lhs.guard, rhs.guard), value: alu(*op, lhs.value, rhs.value) })
            }
        }
    }

    /// `protocol[index:size]`
    fn packet_data(&self, word: Spanned<Protocol>, index: &Arith, size: Size) -> Result<Guarded> {
        let Spanned { node: protocol, span } = word;
        let Guarded { guard, value: index } = self.value(index)?;
        match protocol {
            Protocol::Link | Protocol::Radio => {
                let value = self.link_data(protocol, index, size, span)?;
                Ok(Guarded { guard, value })
            }
            Protocol::Ip
            | Protocol::Ip6
            | Protocol::Arp
            | Protocol::Rarp
            | Protocol::Atalk
            | Protocol::Decnet
            | Protocol::Lat
            | Protocol::Sca
            | Protocol::Moprc
            | Protocol::Mopdl => {
                let guard = and(guard, self.protocol(protocol, span)?);
                Ok(Guarded { guard, value: self.position.network_at(0).load_at(index, size) })
            }
            Protocol::Icmp6 if self.layer().is_none() => {
                let next_header = self.position.network_at(6).load(Size::Byte);
                let guard = all([guard, self.carries(protocol::IP6, span)?, equal(next_header, ICMP6)]);
                Ok(Guarded { guard, value: self.position.ip6_payload_at(0).load_at(index, size) })
            }
            transport => {
                let has_header = !matches!(transport, Protocol::Ah | Protocol::Esp);
                let number = ip_number(transport).filter(|_| has_header);
                let number = number.ok_or_else(|| (ErrorKind::NotIndexable(self.word(span)), span))?;
                if let Some(layer) = self.layer() {
                    let guard = and(guard, layers::has_transport_of(layer, number));
                    return Ok(Guarded { guard, value: layers::transport(layer).load_at(index, size) });
                }
                self.transport_data(number, guard, index, size, span)
            }
        }
    }

    /// Bytes of the link header, or of the radio header before it.
    fn link_data(&self, protocol: Protocol, index: Value, size: Size, span: Span) -> Result<Value> {
        let position = self.outermost();
        match (protocol, position.link.radio()) {
            (Protocol::Radio, Radio::Prism | Radio::Avs | Radio::Radiotap) => Ok(load(Some(index), 0, size)),
            (Protocol::Radio, _) => Err(self.not_on_link(span)),
            _ => position.link_field(index, size).ok_or((ErrorKind::NoLinkHeader, span)),
        }
    }

    /// Bytes behind an IPv4 header, in packets that are no later fragment.
    fn transport_data(
        &self,
        number: u32,
        guard: Hir,
        index: Value,
        size: Size,
        span: Span,
    ) -> Result<Guarded> {
        let is_protocol = equal(self.position.network_at(9).load(Size::Byte), number);
        let guard = all([self.carries(protocol::IP, span)?, guard, is_protocol, self.is_first_fragment()]);
        Ok(Guarded { guard, value: self.position.ip_payload(index, size) })
    }
}

/// Refuses what would reject every packet, or shift everything out.
fn check_operand(op: AluOp, operand: &Value, span: Span) -> Result<()> {
    match (op, operand) {
        (AluOp::Div | AluOp::Mod, Value::Const(0)) => Err((ErrorKind::DivisionByZero, span)),
        (AluOp::Shl | AluOp::Shr, Value::Const(u32::BITS..)) => Err((ErrorKind::Shift, span)),
        _ => Ok(()),
    }
}
