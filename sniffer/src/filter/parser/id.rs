//! Names, numbers and addresses behind their qualifiers.

use super::Parser;
use super::token::Token;
use crate::filter::ast::{Expr, Id, IdKind, Kind, Primitive, Qualifiers, Spanned};
use crate::filter::error::{ErrorKind, Result};

impl<'a> Parser<'a> {
    /// `id := nid | pnum | ( pid )`, `nid := name | address | not id`
    pub(super) fn id(&mut self, qualifiers: Qualifiers) -> Result<Expr<'a>> {
        match self.peek() {
            Token::Not => {
                self.advance();
                let id = self.nested(|parser| parser.id(qualifiers))?;
                Ok(Expr::Not(Box::new(id)))
            }
            Token::OpenParen => self.nested(|parser| parser.ids(qualifiers)),
            _ => self.plain_id(qualifiers),
        }
    }

    /// `( pid )` or `( pnum )`; `pid := nid | qid and id | qid or id`, `qid := pnum | pid`
    fn ids(&mut self, qualifiers: Qualifiers) -> Result<Expr<'a>> {
        self.advance();
        let first = match self.peek() {
            Token::OpenParen => {
                if !matches!(self.peek_second(), Token::Number(_) | Token::OpenParen) {
                    return Err(self.unexpected("single parentheses around a name or an address"));
                }
                let (number, span) = self.nested(Self::number_in_parens)?;
                qualified(qualifiers, Id { kind: IdKind::Number(number), span })
            }
            Token::Not => self.id(qualifiers)?,
            _ => self.plain_id(qualifiers)?,
        };
        let ids = self.joined(first, |parser| parser.id(qualifiers))?;
        self.close()?;
        Ok(ids)
    }

    /// A name, a number or an address without parentheses.
    fn plain_id(&mut self, qualifiers: Qualifiers) -> Result<Expr<'a>> {
        let span = self.span();
        let kind = match self.peek() {
            Token::Name(name) => IdKind::Name(name),
            Token::Number(number) => IdKind::Number(*number),
            Token::Mac(mac) => IdKind::Mac(*mac),
            Token::Dotted(text) => return self.dotted(qualifiers, text),
            Token::Ipv6(address) => {
                let address = *address;
                self.advance();
                let prefix = self.prefix()?;
                let kind = prefix.map_or(IdKind::Ipv6(address), |len| IdKind::Ipv6Prefix(address, len));
                return Ok(qualified(qualifiers, Id { kind, span: span.to(self.last_span()) }));
            }
            Token::StationAddress => {
                let word = span.of(self.text).to_owned();
                return Err((ErrorKind::Family { word, family: "ARCnet and MS/TP" }, span));
            }
            _ => return Err(self.unexpected(expected(qualifiers))),
        };
        self.advance();
        Ok(qualified(qualifiers, Id { kind, span }))
    }

    /// `IPv4`, `IPv4 / number` or `IPv4 mask IPv4`
    fn dotted(&mut self, qualifiers: Qualifiers, text: &'a str) -> Result<Expr<'a>> {
        let start = self.advance().span;
        let kind = if self.eat(&Token::Mask) {
            let Token::Dotted(mask) = *self.peek() else {
                return Err(self.unexpected("a netmask such as 255.255.255.0"));
            };
            let span = self.advance().span;
            IdKind::DottedMask(text, Spanned { node: mask, span })
        } else {
            self.prefix()?.map_or(IdKind::Dotted(text), |len| IdKind::DottedPrefix(text, len))
        };
        Ok(qualified(qualifiers, Id { kind, span: start.to(self.last_span()) }))
    }

    /// `/ number`, if it comes next.
    fn prefix(&mut self) -> Result<Option<Spanned<u32>>> {
        if self.eat(&Token::Slash) { self.number("a prefix length").map(Some) } else { Ok(None) }
    }
}

fn qualified(qualifiers: Qualifiers, id: Id<'_>) -> Expr<'_> {
    let span = id.span;
    Expr::Primitive(Spanned { node: Primitive::Qualified { qualifiers, id }, span })
}

/// What the qualifiers ask for.
fn expected(qualifiers: Qualifiers) -> &'static str {
    match qualifiers.kind.map(|kind| kind.node) {
        None | Some(Kind::Host) => "a host name or an address",
        Some(Kind::Net) => "a network such as 192.0.2.0/24 or a name in /etc/networks",
        Some(Kind::Port) => "a port number or a service name",
        Some(Kind::PortRange) => "a range of ports such as 1024-2047",
        Some(Kind::Proto | Kind::ProtoChain) => "a protocol number or name (a reserved word as in \\tcp)",
        Some(Kind::Gateway) => "a host name",
    }
}
