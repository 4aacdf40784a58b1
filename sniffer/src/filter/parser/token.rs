//! What the parser reads: words, numbers, addresses and operators, and where they stand.

use std::net::Ipv6Addr;

use crate::filter::ast::{Direction, Encapsulation, Kind, Protocol};
use crate::filter::error::ErrorKind;
use crate::filter::span::Span;

/// A word, a number, an address or an operator, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Lexeme<'a> {
    pub(super) token: Token<'a>,
    pub(super) span: Span,
}

/// What a piece of text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Protocol(Protocol),
    Direction(Direction),
    Kind(Kind),
    Encapsulation(Encapsulation),
    /// A word of link types that are not known here, with their name.
    Foreign(&'static str),
    Src,
    Dst,
    Mask,
    And,
    Or,
    Not,
    Less,
    Greater,
    Byte,
    Broadcast,
    Multicast,
    Length,
    Inbound,
    Outbound,
    IfIndex,
    Llc,
    Type,
    Subtype,
    Dir,
    Number(u32),
    Name(&'a str),
    Dotted(&'a str),
    Ipv6(Ipv6Addr),
    Mac([u8; 6]),
    /// `$hh`, an address of `ARCnet` or MS/TP.
    StationAddress,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Ampersand,
    Pipe,
    Caret,
    ShiftLeft,
    ShiftRight,
    Equal,
    NotEqual,
    LessThan,
    LessEqual,
    GreaterThan,
    GreaterEqual,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    Colon,
    OpenBrace,
    CloseBrace,
    Comma,
    At,
    /// The end of the text.
    End,
    /// Text that is no token; nothing follows it.
    Invalid(ErrorKind),
}

/// Operators, longer ones before their beginnings.
pub(super) const OPERATORS: &[(&str, Token<'static>)] = &[
    ("&&", Token::And),
    ("||", Token::Or),
    ("==", Token::Equal),
    ("!=", Token::NotEqual),
    (">=", Token::GreaterEqual),
    ("<=", Token::LessEqual),
    ("<<", Token::ShiftLeft),
    (">>", Token::ShiftRight),
    ("=", Token::Equal),
    ("!", Token::Not),
    (">", Token::GreaterThan),
    ("<", Token::LessThan),
    ("+", Token::Plus),
    ("-", Token::Minus),
    ("*", Token::Star),
    ("/", Token::Slash),
    ("%", Token::Percent),
    ("&", Token::Ampersand),
    ("|", Token::Pipe),
    ("^", Token::Caret),
    ("(", Token::OpenParen),
    (")", Token::CloseParen),
    ("[", Token::OpenBracket),
    ("]", Token::CloseBracket),
    (":", Token::Colon),
    ("{", Token::OpenBrace),
    ("}", Token::CloseBrace),
    (",", Token::Comma),
    ("@", Token::At),
];
