//! Tokens into the syntax tree by recursive descent, one function for each production. Resolves no name, knows no link
//! type and emits nothing.

mod lexer;
mod token;
mod words;

mod expr;

mod primitive;

mod arith;
mod id;
mod member;

use super::ast::Expr;
use super::error::{ErrorKind, Problem, Result};
use super::span::Span;
use token::{Lexeme, Token};

pub(super) use lexer::{is_number, parse_number};

/// How deep parentheses, `not` and indices may nest, and how often `and` and `or` may take turns or operators follow
/// one another: every later stage walks the tree by recursion, and its stack is finite.
pub(super) const NESTING: u32 = 100;

/// Parses `text`; `None` when it is blank.
pub(super) fn parse(text: &str) -> Result<Option<Expr<'_>>> {
    let mut parser = Parser { text, lexemes: lexer::lex(text), next: 0, depth: 0 };
    if *parser.peek() == Token::End {
        return Ok(None);
    }
    let expr = parser.expr(None)?.0;
    match parser.peek() {
        Token::End => Ok(Some(expr)),
        _ => Err(parser.unexpected("'and', 'or' or the end")),
    }
}

/// A walk over the tokens.
struct Parser<'a> {
    text: &'a str,
    lexemes: Vec<Lexeme<'a>>,
    next: usize,
    depth: u32,
}

impl<'a> Parser<'a> {
    /// The token that comes next.
    fn peek(&self) -> &Token<'a> {
        &self.lexemes[self.next].token
    }

    /// The token after the next one.
    fn peek_second(&self) -> &Token<'a> {
        &self.lexemes[(self.next + 1).min(self.lexemes.len() - 1)].token
    }

    /// The place of the next token.
    fn span(&self) -> Span {
        self.lexemes[self.next].span
    }

    /// The place of the token before the next one.
    fn last_span(&self) -> Span {
        self.lexemes[self.next.saturating_sub(1)].span
    }

    /// Takes the next token; the last one stays.
    fn advance(&mut self) -> Lexeme<'a> {
        let lexeme = self.lexemes[self.next].clone();
        if self.next + 1 < self.lexemes.len() {
            self.next += 1;
        }
        lexeme
    }

    /// Takes the next token if it is `token`.
    fn eat(&mut self, token: &Token<'_>) -> bool {
        let found = self.peek() == token;
        if found {
            self.advance();
        }
        found
    }

    /// Takes `token` or complains that `expected` is missing.
    fn expect(&mut self, token: &Token<'_>, expected: &'static str) -> Result<Span> {
        let span = self.span();
        if self.eat(token) { Ok(span) } else { Err(self.unexpected(expected)) }
    }

    /// The complaint about the next token where `expected` should be.
    fn unexpected(&self, expected: &'static str) -> Problem {
        let span = self.span();
        let kind = match self.peek() {
            Token::Invalid(kind) => kind.clone(),
            Token::End => ErrorKind::Syntax { found: "the end".to_owned(), expected },
            Token::Name(name) if is_shouted(name) => ErrorKind::UpperCase((*name).to_owned()),
            _ => ErrorKind::Syntax { found: format!("'{}'", span.of(self.text)), expected },
        };
        (kind, span)
    }

    /// The complaint about a name, a number or an address at `span` where no qualifiers are in force.
    fn no_qualifier(&self, span: Span) -> Problem {
        let text = span.of(self.text);
        let kind = if is_shouted(text) { ErrorKind::UpperCase } else { ErrorKind::NoQualifier };
        (kind(text.to_owned()), span)
    }

    /// Runs `parse` one level deeper.
    fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.depth += 1;
        self.check_nesting(self.depth)?;
        let result = parse(self)?;
        self.depth -= 1;
        Ok(result)
    }

    fn check_nesting(&self, depth: u32) -> Result<()> {
        if depth > NESTING { Err((ErrorKind::Nesting(NESTING), self.span())) } else { Ok(()) }
    }
}

/// Whether a name would be a word of the language if it were in lower case.
fn is_shouted(name: &str) -> bool {
    words::reserved(&name.to_ascii_lowercase()).is_some()
}
