//! Sets behind their qualifiers. `in` is no reserved word: it means this only before `{` and `@`, which begin nothing in
//! the older language.

use super::Parser;
use super::token::Token;
use crate::filter::ast::{Elements, Expr, Kind, Primitive, Qualifiers, Spanned};
use crate::filter::error::Result;

impl<'a> Parser<'a> {
    /// Whether `in {` or `in @` comes next.
    pub(super) fn at_set(&self) -> bool {
        *self.peek() == Token::Name("in") && matches!(self.peek_second(), Token::OpenBrace | Token::At)
    }

    /// `in set`, `set := { entry, … } | @ name`
    pub(super) fn member(&mut self, qualifiers: Qualifiers) -> Result<Expr<'a>> {
        let spans = [
            qualifiers.protocol.map(|word| word.span),
            qualifiers.direction.map(|word| word.span),
            qualifiers.kind.map(|word| word.span),
        ];
        let start = spans.into_iter().flatten().next().unwrap_or(self.span());
        if let Some(Kind::Proto | Kind::ProtoChain | Kind::Gateway) = qualifiers.kind.map(|kind| kind.node) {
            return Err(self.unexpected("no 'in': only 'host', 'net', 'port' and 'portrange' take a set"));
        }
        self.advance();
        let elements = if self.eat(&Token::At) { self.set_name()? } else { self.entries()? };
        let node = Primitive::Member { qualifiers, elements };
        Ok(Expr::Primitive(Spanned { node, span: start.to(self.last_span()) }))
    }

    /// The name behind `@`. Numbers and words of the language are names here too.
    fn set_name(&mut self) -> Result<Elements<'a>> {
        let (at, span) = (self.last_span(), self.span());
        let adjacent = at.end == span.start;
        let word = span.of(self.text);
        let is_name = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if word.is_empty() || !adjacent || !is_name {
            return Err(self.unexpected("the name of a set directly behind '@'"));
        }
        self.advance();
        Ok(Elements::Named(Spanned { node: word, span }))
    }

    /// `{ entry, … }`: what an entry is depends on the kind of set.
    fn entries(&mut self) -> Result<Elements<'a>> {
        const EXPECTED: &str = "an address, a network, a port or a name";
        self.expect(&Token::OpenBrace, "'{'")?;
        let mut entries = Vec::new();
        loop {
            let start = self.span();
            if matches!(self.peek(), Token::Comma | Token::CloseBrace) {
                return Err(self.unexpected(EXPECTED));
            }
            while !matches!(self.peek(), Token::Comma | Token::CloseBrace) {
                if matches!(self.peek(), Token::End | Token::Invalid(_)) {
                    return Err(self.unexpected("',' or '}'"));
                }
                self.advance();
            }
            let span = start.to(self.last_span());
            entries.push(Spanned { node: span.of(self.text), span });
            if self.eat(&Token::CloseBrace) {
                return Ok(Elements::List(entries));
            }
            self.advance();
        }
    }
}
