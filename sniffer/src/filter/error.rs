//! What can be wrong with an expression, and how it is shown to the user: a message, the line, a caret under the place
//! and what was expected there. Knows the text and a place in it, no stage and no link type.

use std::fmt;

use thiserror::Error as ThisError;

use super::span::Span;

/// Columns of the expression that are shown around the place of an error.
const WINDOW: usize = 72;

/// An expression that means nothing, with the place that is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where; empty at the end of the text.
    pub span: Span,
    /// The whole expression.
    pub text: String,
}

/// A problem before its place is tied to the text.
pub(super) type Problem = (ErrorKind, Span);

/// The result of a stage.
pub(super) type Result<T> = std::result::Result<T, Problem>;

/// Why an expression is refused. The wording is libpcap's where libpcap has one.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A character that begins no word.
    #[error("syntax error: unexpected character {0:?}")]
    Character(char),
    /// A number that begins with `0` and has an 8 or a 9.
    #[error("number {0} contains non-octal digit")]
    NotOctal(String),
    /// A number of more than 32 bits.
    #[error("{base} number {digits} overflows 32 bits")]
    NumberOverflow {
        /// The name of the base.
        base: &'static str,
        /// The number as written.
        digits: String,
    },
    /// Hexadecimal digits and colons that are neither an Ethernet nor an IPv6 address.
    #[error("bogus Ethernet address {0}")]
    Mac(String),
    /// A malformed IPv6 address.
    #[error("invalid IPv6 address {0}")]
    Ipv6(String),
    /// A malformed IPv4 address.
    #[error("invalid IPv4 address '{0}'")]
    Ipv4(String),
    /// A malformed `DECnet` address.
    #[error("invalid DECnet address '{0}'")]
    Decnet(String),
    /// A word at a place where it cannot stand.
    #[error("syntax error at {found}")]
    Syntax {
        /// The word in quotes, or `the end`.
        found: String,
        /// What could stand there.
        expected: &'static str,
    },
    /// A name, a number or an address without a qualifier, where none is in force to its left.
    #[error("syntax error at '{0}'")]
    NoQualifier(String),
    /// A word of the language in upper case, which makes it a name.
    #[error("syntax error at '{0}'")]
    UpperCase(String),
    /// Parentheses, `not`, operators or changes between `and` and `or` beyond the limit.
    #[error("expression nests more than {0} levels deep")]
    Nesting(u32),
    /// A number above what its field can hold.
    #[error("{what} {value} greater than maximum {max}")]
    TooLarge {
        /// The field.
        what: &'static str,
        /// The number as written.
        value: u32,
        /// The largest allowed.
        max: u32,
    },
    /// A protocol that is no test by itself.
    #[error("'{0}' cannot be used as an abbreviation")]
    NotAlone(String),
    /// More positions than fit into variables.
    #[error("expression needs more than {0} variables")]
    TooManyVars(usize),
    /// Qualifiers that do not go together.
    #[error("'{qualifier}' is not a valid qualifier for '{subject}'")]
    Qualifier {
        /// The one that does not fit.
        qualifier: String,
        /// What it was applied to.
        subject: String,
    },
    /// A qualifier for names or numbers before an address.
    #[error("'{qualifier}' qualifier applied to {what}")]
    QualifierOnAddress {
        /// The qualifier.
        qualifier: &'static str,
        /// The kind of address.
        what: &'static str,
    },
    /// An Ethernet address without `ether` or `host`.
    #[error("Ethernet address used in non-ether expression")]
    MacWithoutEther,
    /// Something else than an Ethernet address after `ether host`.
    #[error("illegal link-layer address '{0}'")]
    NotMac(String),
    /// Bits of the host part are set in a network address.
    #[error("non-network bits set in \"{0}\"")]
    HostBits(String),
    /// Something else than a number behind the `/` of a network.
    #[error("invalid prefix length '{0}'")]
    PrefixLength(String),
    /// A set that nobody gave.
    #[error("unknown set '{0}'")]
    UnknownSet(String),
    /// A set whose text has an entry that is none, or could not be read: what its owner says of it.
    #[error("set '{name}': {message}")]
    Set {
        /// The set.
        name: String,
        /// What is wrong with it, and where.
        message: String,
    },
    /// A name that nothing in the system knows.
    #[error("unknown {what} '{name}'")]
    UnknownName {
        /// The kind of name.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A service of another transport.
    #[error("port '{name}' is {protocol}")]
    PortProtocol {
        /// The service.
        name: String,
        /// The transport it has.
        protocol: &'static str,
    },
    /// `proto[…]` for a protocol that has no header of its own.
    #[error("'{0}' does not support the index operation")]
    NotIndexable(String),
    /// `proto[index:size]` with another size than 1, 2 or 4.
    #[error("data size must be 1, 2, or 4")]
    DataSize,
    /// A divisor that is always zero.
    #[error("division by zero")]
    DivisionByZero,
    /// A shift that leaves nothing.
    #[error("shift by more than 31 bits")]
    Shift,
    /// A test that the link type has nothing for.
    #[error("'{word}' not supported on {link}")]
    NotOnLink {
        /// The word.
        word: String,
        /// The link type.
        link: String,
    },
    /// A test of what only a live capture knows.
    #[error("not a live capture, '{word}' not supported on {link}")]
    NotLive {
        /// The word.
        word: &'static str,
        /// The link type.
        link: String,
    },
    /// Bytes of a link header which a live capture on `any` does not have.
    #[error("a live capture on \"any\" has no link header")]
    NoLinkHeader,
    /// A word that only another family of link types has.
    #[error("'{word}' supported only on {family}")]
    Family {
        /// The word.
        word: String,
        /// The link types.
        family: &'static str,
    },
    /// A word of 802.11 on another link type.
    #[error("'{0}' is valid for 802.11 syntax only")]
    WlanOnly(String),
    /// A protocol that cannot be told apart inside MPLS.
    #[error("'{0}' not supported over MPLS")]
    OverMpls(String),
    /// A test of both layers where one is inside another packet.
    #[error("'{0}' not supported inside MPLS, Geneve or VXLAN")]
    InsideTunnel(String),
    /// `protochain` behind a header whose length is known only at run time.
    #[error("'protochain' not supported with variable length headers")]
    VariableHeaders,
    /// `ip broadcast` where the netmask is not known.
    #[error("netmask not known, so 'ip broadcast' not supported")]
    NetmaskUnknown,
}

impl ErrorKind {
    /// What the caret says: what could stand there instead, where the message does not tell.
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Syntax { expected, .. } => format!("expected {expected}"),
            Self::NoQualifier(_) => "expected a qualifier such as host, net or port before it".to_owned(),
            Self::UpperCase(word) => format!("expected '{}' in lower case", word.to_ascii_lowercase()),
            Self::Character(_) => "expected a word, a number or an operator".to_owned(),
            Self::NotOctal(_) => "expected octal digits after the leading 0".to_owned(),
            Self::NumberOverflow { .. } => format!("expected at most {}", u32::MAX),
            Self::Mac(_) => "expected six bytes, as in 02:00:5e:10:00:01".to_owned(),
            Self::Ipv4(_) => "expected decimal numbers up to 255, as in 192.0.2.1".to_owned(),
            Self::Ipv6(_) => "expected an address as in 2001:db8::1".to_owned(),
            Self::Decnet(_) => "expected AREA.NODE with an area up to 63 and a node up to 1023".to_owned(),
            Self::TooLarge { max, .. } => format!("expected at most {max}"),
            Self::MacWithoutEther => "expected 'ether host', 'ether src' or 'ether dst' before it".to_owned(),
            Self::NotMac(_) => {
                "expected an address as in 02:00:5e:10:00:01 or a name in /etc/ethers".to_owned()
            }
            Self::UnknownSet(name) => format!("expected a set that is given by --set {name}=FILE"),
            Self::HostBits(_) => "expected zeros in the host part, or a longer prefix".to_owned(),
            Self::NotAlone(_) => "expected 'host', 'proto' or '[' behind it".to_owned(),
            Self::DataSize => "expected 1, 2 or 4".to_owned(),
            Self::NotIndexable(_) => {
                "expected a protocol with a header, such as ether, ip, ip6, tcp or udp".to_owned()
            }
            Self::NoLinkHeader => {
                "expected a field that the kernel keeps: link[0:2], link[4:4], link[10]; of LINUX_SLL link[0:2], link[14:2]"
                    .to_owned()
            }
            Self::WlanOnly(_) => "expected 'src' or 'dst'".to_owned(),
            Self::OverMpls(_) => "expected ip or ip6, or a test based on them".to_owned(),
            _ => return None,
        };
        Some(hint)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    /// Three lines: `can't parse filter expression: ` and the message, the expression, and the caret with what was
    /// expected. Of a long expression only the surroundings of the place are shown, of one with line breaks only the
    /// line of the place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let excerpt = Excerpt::new(&self.text, self.span);
        let message: String = self.kind.to_string().chars().map(printable).collect();
        writeln!(f, "can't parse filter expression: {message}")?;
        writeln!(f, "  {}", excerpt.line)?;
        write!(f, "  {:column$}^{:~<tail$}", "", "", column = excerpt.column, tail = excerpt.width - 1)?;
        match self.kind.hint() {
            Some(hint) => write!(f, " {hint}"),
            None => Ok(()),
        }
    }
}

/// The part of the expression that is shown, and where the caret goes in it.
struct Excerpt {
    line: String,
    column: usize,
    width: usize,
}

impl Excerpt {
    fn new(text: &str, span: Span) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        let shown: Vec<char> = line.chars().map(printable).collect();
        let column = before[line_start..].chars().count().min(shown.len());
        let width = span.of(text).lines().next().unwrap_or_default().chars().count().max(1);
        let first = if shown.len() > WINDOW { column.saturating_sub(WINDOW / 2) } else { 0 };
        let last = shown.len().min(first + WINDOW);
        let mut excerpt = String::new();
        if first > 0 {
            excerpt.push_str("...");
        }
        excerpt.extend(&shown[first..last]);
        if last < shown.len() {
            excerpt.push_str("...");
        }
        let column = column - first + if first > 0 { 3 } else { 0 };
        Self { line: excerpt, column, width: width.min(WINDOW / 2) }
    }
}

/// One column a character: a tab would put the caret elsewhere than its text, a line break would tear the message apart,
/// and an escape sequence is not for the terminal.
fn printable(character: char) -> char {
    if character.is_control() { ' ' } else { character }
}
