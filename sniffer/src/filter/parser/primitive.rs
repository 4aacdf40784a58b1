//! Single tests: qualifiers, protocols and the words with a grammar of their own.

use super::Parser;
use super::expr::Operand;
use super::token::Token;
use crate::filter::ast::{
    ByteOp, Direction, Encapsulation, Expr, Kind, LlcKind, Primitive, Protocol, Qualifiers, Relation, Spanned,
};
use crate::filter::error::{ErrorKind, Problem, Result};
use crate::filter::span::Span;
use crate::filter::wlan;

/// What the message asks for where a condition should begin.
const TERM: &str = "a test such as 'tcp', 'port 80' or 'host 192.0.2.1'";

impl<'a> Parser<'a> {
    /// `rterm := head id | protocol | special`
    pub(super) fn rterm(&mut self) -> Result<Operand<'a>> {
        let start = self.span();
        let primitive = match *self.peek() {
            Token::Protocol(node) => {
                self.advance();
                return self.after_protocol(Spanned { node, span: start });
            }
            Token::Src | Token::Dst | Token::Direction(_) | Token::Kind(_) => return self.head(None),
            Token::Foreign(family) => {
                let word = start.of(self.text).to_owned();
                return Err((ErrorKind::Family { word, family }, start));
            }
            Token::Less => self.length(Primitive::Less)?,
            Token::Greater => self.length(Primitive::Greater)?,
            Token::IfIndex => {
                self.advance();
                Primitive::IfIndex(self.number("the index of an interface")?.node)
            }
            Token::Byte => self.byte()?,
            Token::Inbound => self.word(Primitive::Inbound),
            Token::Outbound => self.word(Primitive::Outbound),
            Token::Encapsulation(encapsulation) => self.encapsulation(encapsulation)?,
            Token::Llc => self.llc()?,
            _ => match self.protocol_suffix(None)? {
                Some(primitive) => primitive,
                None => return Err(self.unexpected(TERM)),
            },
        };
        Ok(self.keyword(primitive, start))
    }

    /// A primitive behind which no qualifiers are in force.
    fn keyword(&self, node: Primitive<'a>, start: Span) -> Operand<'a> {
        let span = start.to(self.last_span());
        Operand::Term(Expr::Primitive(Spanned { node, span }), None)
    }

    fn word(&mut self, primitive: Primitive<'a>) -> Primitive<'a> {
        self.advance();
        primitive
    }

    /// What follows a protocol: nothing, a qualifier, or a word that a protocol may precede.
    fn after_protocol(&mut self, protocol: Spanned<Protocol>) -> Result<Operand<'a>> {
        if matches!(self.peek(), Token::Src | Token::Dst | Token::Direction(_) | Token::Kind(_)) {
            return self.head(Some(protocol));
        }
        let primitive = self.protocol_suffix(Some(protocol))?.unwrap_or(Primitive::Protocol(protocol.node));
        Ok(self.keyword(primitive, protocol.span))
    }

    /// `[protocol] broadcast`, `[protocol] multicast`, `[protocol] type …`, `subtype …`, `dir …`
    fn protocol_suffix(&mut self, protocol: Option<Spanned<Protocol>>) -> Result<Option<Primitive<'a>>> {
        let primitive = match self.peek() {
            Token::Broadcast => self.word(Primitive::Broadcast(protocol)),
            Token::Multicast => self.word(Primitive::Multicast(protocol)),
            Token::Type => self.wlan_type()?,
            Token::Subtype => self.wlan_subtype()?,
            Token::Dir => self.wlan_direction()?,
            _ => return Ok(None),
        };
        Ok(Some(primitive))
    }

    /// `head id`, `head := [protocol] [direction] [kind]`, from the direction or the kind on. `proto`, `protochain`
    /// and `gateway` take no direction.
    fn head(&mut self, protocol: Option<Spanned<Protocol>>) -> Result<Operand<'a>> {
        let direction = self.direction()?;
        let kind = match *self.peek() {
            Token::Kind(Kind::Proto | Kind::ProtoChain | Kind::Gateway) if direction.is_some() => {
                return Err(self.unexpected("'host', 'net', 'port' or 'portrange' behind a direction"));
            }
            Token::Kind(node) => Some(Spanned { node, span: self.advance().span }),
            _ => None,
        };
        let qualifiers = Qualifiers { protocol, direction, kind };
        if self.at_set() {
            return Ok(Operand::Term(self.member(qualifiers)?, Some(qualifiers)));
        }
        let id = self.id(qualifiers)?;
        Ok(Operand::Term(id, Some(qualifiers)))
    }

    /// `src`, `dst`, `src or dst`, `dst or src`, `src and dst`, `dst and src`, or an 802.11 address.
    fn direction(&mut self) -> Result<Option<Spanned<Direction>>> {
        let start = self.span();
        let (one, other) = match *self.peek() {
            Token::Src => (Direction::Src, Token::Dst),
            Token::Dst => (Direction::Dst, Token::Src),
            Token::Direction(node) => {
                self.advance();
                return Ok(Some(Spanned { node, span: start }));
            }
            _ => return Ok(None),
        };
        self.advance();
        let both = match self.peek() {
            Token::Or => Direction::SrcOrDst,
            Token::And => Direction::SrcAndDst,
            _ => return Ok(Some(Spanned { node: one, span: start })),
        };
        self.advance();
        let span = start.to(self.expect(&other, "the other direction, 'src' or 'dst'")?);
        Ok(Some(Spanned { node: both, span }))
    }

    /// `less number`, `greater number`
    fn length(&mut self, primitive: fn(u32) -> Primitive<'a>) -> Result<Primitive<'a>> {
        self.advance();
        Ok(primitive(self.number("a number of bytes")?.node))
    }

    /// `byte number op number`
    fn byte(&mut self) -> Result<Primitive<'a>> {
        self.advance();
        let index = self.number("the position of a byte")?.node;
        let op = match self.peek() {
            Token::Equal => ByteOp::Compare(Relation::Eq),
            Token::LessThan => ByteOp::Compare(Relation::Lt),
            Token::GreaterThan => ByteOp::Compare(Relation::Gt),
            Token::Ampersand => ByteOp::And,
            Token::Pipe => ByteOp::Or,
            _ => return Err(self.unexpected("'=', '<', '>', '&' or '|'")),
        };
        self.advance();
        Ok(Primitive::Byte { index, op, value: self.number("the value of a byte")? })
    }

    /// `vlan`, `mpls`, `pppoes`, `geneve` or `vxlan` with or without `pnum`; `pppoed`
    fn encapsulation(&mut self, encapsulation: Encapsulation) -> Result<Primitive<'a>> {
        self.advance();
        let number = match self.peek() {
            _ if encapsulation == Encapsulation::Pppoed => None,
            Token::Number(_) => Some(self.number("a number")?),
            Token::OpenParen => {
                let (node, span) = self.number_in_parens()?;
                Some(Spanned { node, span })
            }
            _ => None,
        };
        Ok(Primitive::Encapsulation(encapsulation, number))
    }

    /// `llc`, `llc name`
    fn llc(&mut self) -> Result<Primitive<'a>> {
        self.advance();
        let span = self.span();
        let name = match *self.peek() {
            Token::Name(name) => name,
            // `rnr` is a word of firewall logs too.
            Token::Foreign(_) if span.of(self.text) == "rnr" => "rnr",
            _ => return Ok(Primitive::Llc(None)),
        };
        self.advance();
        let kind = llc_kind(name).ok_or_else(|| unknown("LLC type name", name, span))?;
        Ok(Primitive::Llc(Some(kind)))
    }

    /// `type t`, `type t subtype s`
    fn wlan_type(&mut self) -> Result<Primitive<'a>> {
        self.advance();
        let frame_type = self.wlan_value("802.11 type", wlan::TYPE_MASK, wlan::frame_type)?;
        if !self.eat(&Token::Subtype) {
            return Ok(Primitive::WlanType { mask: wlan::TYPE_MASK, value: frame_type });
        }
        let named = |name: &str| wlan::subtype_of(frame_type, name);
        let subtype = self.wlan_value("802.11 subtype", wlan::SUBTYPE_MASK, named)?;
        Ok(Primitive::WlanType { mask: wlan::TYPE_MASK | wlan::SUBTYPE_MASK, value: frame_type | subtype })
    }

    /// `subtype s`, where the name tells the type too.
    fn wlan_subtype(&mut self) -> Result<Primitive<'a>> {
        self.advance();
        let span = self.span();
        let Token::Name(name) = *self.peek() else {
            return Err(self.unexpected("the name of an 802.11 subtype, such as beacon"));
        };
        self.advance();
        let value = wlan::subtype(name).ok_or_else(|| unknown("802.11 subtype", name, span))?;
        Ok(Primitive::WlanType { mask: wlan::TYPE_MASK | wlan::SUBTYPE_MASK, value })
    }

    /// `dir d`
    fn wlan_direction(&mut self) -> Result<Primitive<'a>> {
        self.advance();
        let value = self.wlan_value("802.11 direction", wlan::DIRECTION_MASK, wlan::direction)?;
        Ok(Primitive::WlanDirection(value))
    }

    /// A number that has no other bits than `mask`, or a name.
    fn wlan_value(
        &mut self,
        what: &'static str,
        mask: u8,
        named: impl FnOnce(&str) -> Option<u8>,
    ) -> Result<u8> {
        let span = self.span();
        let value = match *self.peek() {
            Token::Number(number) => u8::try_from(number).ok().filter(|value| value & !mask == 0),
            Token::Name(name) => named(name),
            _ => return Err(self.unexpected("a name or a number of 802.11")),
        };
        self.advance();
        value.ok_or_else(|| unknown(what, span.of(self.text), span))
    }
}

fn unknown(what: &'static str, name: &str, span: Span) -> Problem {
    (ErrorKind::UnknownName { what, name: name.to_owned() }, span)
}

/// The names after `llc`, in any case (ISO/IEC 8802-2).
fn llc_kind(name: &str) -> Option<LlcKind> {
    let kind = match name.to_ascii_lowercase().as_str() {
        "i" => LlcKind::Information,
        "s" => LlcKind::Supervisory,
        "u" => LlcKind::Unnumbered,
        "rr" => LlcKind::SupervisoryType(0x01),
        "rnr" => LlcKind::SupervisoryType(0x05),
        "rej" => LlcKind::SupervisoryType(0x09),
        "ui" => LlcKind::UnnumberedType(0x03),
        "ua" => LlcKind::UnnumberedType(0x63),
        "disc" => LlcKind::UnnumberedType(0x43),
        "dm" => LlcKind::UnnumberedType(0x0f),
        "sabme" => LlcKind::UnnumberedType(0x6f),
        "test" => LlcKind::UnnumberedType(0xe3),
        "xid" => LlcKind::UnnumberedType(0xaf),
        "frmr" => LlcKind::UnnumberedType(0x87),
        _ => return None,
    };
    Some(kind)
}
