//! Values: numbers, packet data and operators.

use super::Parser;
use super::token::Token;
use crate::filter::ast::{Arith, Protocol, Relation, Spanned};
use crate::filter::error::{ErrorKind, Result};
use crate::filter::hir::{AluOp, Size};
use crate::filter::span::Span;

/// Binding strength of the operators, the weakest first. `%` and `^` have none: [`Parser::operand_from`].
const WEAKEST: u32 = 1;

impl Parser<'_> {
    /// `arith := arith op arith`, by the strength of the operators: `|`, `&`, shifts, `+ -`, `* /`; equal ones from
    /// the left.
    pub(super) fn arith(&mut self) -> Result<Arith> {
        self.arith_above(WEAKEST)
    }

    fn arith_above(&mut self, weakest: u32) -> Result<Arith> {
        let first = self.nested(Self::arith_operand)?;
        self.arith_rest(first, weakest)
    }

    /// The rest of an `arith` whose first operand has been read.
    pub(super) fn arith_from(&mut self, first: Arith) -> Result<Arith> {
        let first = self.operand_from(first)?;
        self.arith_rest(first, WEAKEST)
    }

    fn arith_rest(&mut self, mut lhs: Arith, weakest: u32) -> Result<Arith> {
        let mut operators = 0;
        while let Some((op, strength)) = binary(self.peek()).filter(|(_, strength)| *strength >= weakest) {
            operators += 1;
            self.check_nesting(operators)?;
            self.advance();
            let start = self.span();
            let rhs = self.arith_above(strength + 1)?;
            lhs = combine(op, lhs, rhs, start.to(self.last_span()));
        }
        Ok(lhs)
    }

    /// `- arith`, or a primary with what `%` or `^` makes of it.
    fn arith_operand(&mut self) -> Result<Arith> {
        if self.eat(&Token::Minus) {
            let operand = self.nested(Self::arith_operand)?;
            return Ok(Arith::Negate(Box::new(operand)));
        }
        let primary = self.primary()?;
        self.operand_from(primary)
    }

    /// `primary (%|^) arith`. The grammar of libpcap gives these two no place among the others, so that their left
    /// operand is what stands directly before them and their right one everything that follows.
    fn operand_from(&mut self, primary: Arith) -> Result<Arith> {
        let op = match self.peek() {
            Token::Percent => AluOp::Mod,
            Token::Caret => AluOp::Xor,
            _ => return Ok(primary),
        };
        self.advance();
        let start = self.span();
        let rhs = self.arith()?;
        Ok(combine(op, primary, rhs, start.to(self.last_span())))
    }

    /// `len`, `protocol [ arith ]`, `protocol [ arith : number ]`, a number, or `( arith )`; also `- arith`, so that a
    /// comparison may begin with it.
    pub(super) fn primary(&mut self) -> Result<Arith> {
        match *self.peek() {
            Token::Number(number) => {
                self.advance();
                Ok(Arith::Number(number))
            }
            Token::Length => {
                self.advance();
                Ok(Arith::Length)
            }
            Token::Minus => self.nested(Self::arith_operand),
            Token::OpenParen => {
                self.advance();
                let value = self.nested(Self::arith)?;
                self.close()?;
                Ok(value)
            }
            Token::Protocol(protocol) if *self.peek_second() == Token::OpenBracket => {
                let span = self.advance().span;
                self.load(Spanned { node: protocol, span })
            }
            _ => Err(self.unexpected("a number, 'len' or packet data such as ip[0]")),
        }
    }

    /// `[ arith ]` or `[ arith : number ]` behind a protocol.
    fn load(&mut self, protocol: Spanned<Protocol>) -> Result<Arith> {
        self.advance();
        let index = Box::new(self.nested(Self::arith)?);
        let size = if self.eat(&Token::Colon) {
            let Spanned { node, span } = self.number("a size of 1, 2 or 4")?;
            match node {
                1 => Size::Byte,
                2 => Size::Half,
                4 => Size::Word,
                _ => return Err((ErrorKind::DataSize, span)),
            }
        } else {
            Size::Byte
        };
        self.expect(&Token::CloseBracket, "']', ':' or an operator")?;
        Ok(Arith::Load { protocol, index, size })
    }

    /// Whether a value that is no number comes next.
    pub(super) fn at_value(&self) -> bool {
        match self.peek() {
            Token::Length | Token::Minus => true,
            Token::Protocol(_) => *self.peek_second() == Token::OpenBracket,
            _ => false,
        }
    }

    /// Whether an operator or a comparison comes next.
    pub(super) fn at_operator(&self) -> bool {
        binary(self.peek()).is_some()
            || matches!(self.peek(), Token::Percent | Token::Caret)
            || relation(self.peek()).is_some()
    }

    /// A comparison sign, if it comes next.
    pub(super) fn relation(&mut self) -> Option<Relation> {
        let relation = relation(self.peek())?;
        self.advance();
        Some(relation)
    }

    /// A number without parentheses.
    pub(super) fn number(&mut self, expected: &'static str) -> Result<Spanned<u32>> {
        match *self.peek() {
            Token::Number(node) => Ok(Spanned { node, span: self.advance().span }),
            _ => Err(self.unexpected(expected)),
        }
    }

    /// `pnum := number | ( pnum )`, from its opening parenthesis on.
    pub(super) fn number_in_parens(&mut self) -> Result<(u32, Span)> {
        let open = self.advance().span;
        let number = match self.peek() {
            Token::OpenParen => self.nested(Self::number_in_parens)?.0,
            _ => self.number("a number")?.node,
        };
        Ok((number, open.to(self.close()?)))
    }
}

/// A binary operator and its strength.
fn binary(token: &Token<'_>) -> Option<(AluOp, u32)> {
    let operator = match token {
        Token::Pipe => (AluOp::Or, WEAKEST),
        Token::Ampersand => (AluOp::And, WEAKEST + 1),
        Token::ShiftLeft => (AluOp::Shl, WEAKEST + 2),
        Token::ShiftRight => (AluOp::Shr, WEAKEST + 2),
        Token::Plus => (AluOp::Add, WEAKEST + 3),
        Token::Minus => (AluOp::Sub, WEAKEST + 3),
        Token::Star => (AluOp::Mul, WEAKEST + 4),
        Token::Slash => (AluOp::Div, WEAKEST + 4),
        _ => return None,
    };
    Some(operator)
}

fn relation(token: &Token<'_>) -> Option<Relation> {
    let relation = match token {
        Token::Equal => Relation::Eq,
        Token::NotEqual => Relation::Ne,
        Token::GreaterThan => Relation::Gt,
        Token::GreaterEqual => Relation::Ge,
        Token::LessThan => Relation::Lt,
        Token::LessEqual => Relation::Le,
        _ => return None,
    };
    Some(relation)
}

fn combine(op: AluOp, lhs: Arith, rhs: Arith, rhs_span: Span) -> Arith {
    Arith::Binary { op, lhs: Box::new(lhs), rhs: Box::new(rhs), rhs_span }
}
