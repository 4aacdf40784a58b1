//! Conditions: `and`, `or`, `not` and parentheses, and the qualifiers that names inherit on the way.

use super::Parser;
use super::token::Token;
use crate::filter::ast::{Arith, Connective, Expr, Id, IdKind, Primitive, Qualifiers, Spanned};
use crate::filter::error::Result;
use crate::filter::span::Span;

/// The qualifiers that a name without any would take, if there are some.
pub(super) type InForce = Option<Qualifiers>;

/// What stands between two connectives. Only what follows tells a number from the start of a comparison.
pub(super) enum Operand<'a> {
    /// A condition, and the qualifiers that are in force behind it.
    Term(Expr<'a>, InForce),
    /// A name or an address with the qualifiers in force.
    Id(Expr<'a>),
    /// Names or addresses in parentheses.
    Ids(Expr<'a>),
    /// A number, which may be an identifier or a value.
    Number(u32, Span),
    /// A value in parentheses.
    Arith(Arith, Span),
}

impl<'a> Parser<'a> {
    /// `expr := term | expr (and|or) term | expr (and|or) id`
    pub(super) fn expr(&mut self, in_force: InForce) -> Result<(Expr<'a>, InForce)> {
        let first = self.operand(in_force)?;
        let (first, in_force) = self.term(first)?;
        self.expr_rest(first, in_force)
    }

    /// What follows the first term of an `expr`.
    fn expr_rest(&mut self, first: Expr<'a>, mut in_force: InForce) -> Result<(Expr<'a>, InForce)> {
        let chain = self.joined(first, |parser| match parser.operand(in_force)? {
            Operand::Id(expr) | Operand::Ids(expr) => Ok(expr),
            Operand::Number(number, span) => parser.number_id(number, span, in_force),
            term => {
                let (expr, behind) = parser.term(term)?;
                in_force = behind;
                Ok(expr)
            }
        })?;
        Ok((chain, in_force))
    }

    /// `first`, and what `and` and `or` join to it, each element read by `next`.
    pub(super) fn joined(
        &mut self,
        first: Expr<'a>,
        mut next: impl FnMut(&mut Self) -> Result<Expr<'a>>,
    ) -> Result<Expr<'a>> {
        let mut rest: Vec<(Connective, Expr<'a>)> = Vec::new();
        let mut turns = 0;
        while let Some(connective) = self.connective() {
            turns += u32::from(rest.last().is_some_and(|(last, _)| *last != connective));
            self.check_nesting(turns)?;
            rest.push((connective, next(self)?));
        }
        Ok(if rest.is_empty() { first } else { Expr::Chain { first: Box::new(first), rest } })
    }

    /// An operand that must be a condition.
    fn term(&mut self, operand: Operand<'a>) -> Result<(Expr<'a>, InForce)> {
        match operand {
            Operand::Term(expr, in_force) => Ok((expr, in_force)),
            Operand::Number(_, span) if matches!(self.peek(), Token::End | Token::And | Token::Or) => {
                Err(self.no_qualifier(span))
            }
            Operand::Number(..) | Operand::Arith(..) => {
                Err(self.unexpected("a comparison such as '=' or '>'"))
            }
            Operand::Id(_) | Operand::Ids(_) => Err(self.unexpected("'and' or 'or'")),
        }
    }

    /// `and`, `&&`, `or` or `||`, if it comes next.
    fn connective(&mut self) -> Option<Connective> {
        let connective = match self.peek() {
            Token::And => Connective::And,
            Token::Or => Connective::Or,
            _ => return None,
        };
        self.advance();
        Some(connective)
    }

    /// `term := rterm | not term`, and also `id`, and the beginning of either.
    fn operand(&mut self, in_force: InForce) -> Result<Operand<'a>> {
        match self.peek() {
            Token::Not => self.negation(in_force),
            Token::OpenParen => {
                let operand = self.nested(|parser| parser.parenthesised(in_force))?;
                self.comparison_of(operand)
            }
            Token::Name(_) | Token::Dotted(_) | Token::Ipv6(_) | Token::Mac(_) => {
                let qualifiers = in_force.ok_or_else(|| self.no_qualifier(self.span()))?;
                Ok(Operand::Id(self.id(qualifiers)?))
            }
            Token::Number(number) => {
                let number = *number;
                let span = self.advance().span;
                self.comparison_of(Operand::Number(number, span))
            }
            _ if self.at_value() => {
                let start = self.span();
                let value = self.primary()?;
                self.comparison_of(Operand::Arith(value, start.to(self.last_span())))
            }
            _ => self.rterm(),
        }
    }

    /// `not term`, `not id`
    fn negation(&mut self, in_force: InForce) -> Result<Operand<'a>> {
        self.advance();
        let operand = self.nested(|parser| parser.operand(in_force))?;
        let not = |expr| Expr::Not(Box::new(expr));
        match operand {
            Operand::Id(expr) | Operand::Ids(expr) => Ok(Operand::Id(not(expr))),
            Operand::Number(number, span) if in_force.is_some() => {
                Ok(Operand::Id(not(self.number_id(number, span, in_force)?)))
            }
            term => self.term(term).map(|(expr, in_force)| Operand::Term(not(expr), in_force)),
        }
    }

    /// `rterm := ( expr )`, `id := ( pid )`, `pnum := ( pnum )` and `narth := ( narth )`. Behind a condition in
    /// parentheses the qualifiers that were in force before it are so again.
    fn parenthesised(&mut self, in_force: InForce) -> Result<Operand<'a>> {
        let open = self.advance().span;
        let first = self.operand(in_force)?;
        let operand = match first {
            Operand::Number(number, _) if *self.peek() == Token::CloseParen => {
                return Ok(Operand::Number(number, open.to(self.close()?)));
            }
            Operand::Arith(value, _) if *self.peek() == Token::CloseParen => {
                return Ok(Operand::Arith(value, open.to(self.close()?)));
            }
            Operand::Number(number, span)
                if in_force.is_some() && matches!(self.peek(), Token::And | Token::Or) =>
            {
                let first = self.number_id(number, span, in_force)?;
                Operand::Ids(self.id_list(first, in_force)?)
            }
            Operand::Id(first) => Operand::Ids(self.id_list(first, in_force)?),
            Operand::Ids(_) => return Err(self.unexpected("single parentheses around a name or an address")),
            term => {
                let (first, inner) = self.term(term)?;
                Operand::Term(self.expr_rest(first, inner)?.0, in_force)
            }
        };
        self.close()?;
        Ok(operand)
    }

    /// The rest of `pid := nid | qid and id | qid or id` behind its first element.
    fn id_list(&mut self, first: Expr<'a>, in_force: InForce) -> Result<Expr<'a>> {
        match in_force {
            Some(qualifiers) => self.joined(first, |parser| parser.id(qualifiers)),
            None => Ok(first),
        }
    }

    /// `)`
    pub(super) fn close(&mut self) -> Result<Span> {
        self.expect(&Token::CloseParen, "')'")
    }

    /// Goes on with `arith relop arith` when `operand` is a value and an operator follows.
    fn comparison_of(&mut self, operand: Operand<'a>) -> Result<Operand<'a>> {
        let (value, span) = match operand {
            Operand::Number(number, span) if self.at_operator() => (Arith::Number(number), span),
            Operand::Arith(value, span) => (value, span),
            other => return Ok(other),
        };
        let lhs = self.arith_from(value)?;
        let Some(op) = self.relation() else {
            return Ok(Operand::Arith(lhs, span.to(self.last_span())));
        };
        let rhs = self.arith()?;
        let span = span.to(self.last_span());
        Ok(Operand::Term(Expr::Primitive(Spanned { node: Primitive::Relation { op, lhs, rhs }, span }), None))
    }

    /// A bare number with the qualifiers in force.
    fn number_id(&self, number: u32, span: Span, in_force: InForce) -> Result<Expr<'a>> {
        let qualifiers = in_force.ok_or_else(|| self.no_qualifier(span))?;
        let id = Id { kind: IdKind::Number(number), span };
        Ok(Expr::Primitive(Spanned { node: Primitive::Qualified { qualifiers, id }, span }))
    }
}
