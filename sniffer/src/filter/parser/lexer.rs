//! Text into tokens. The longest match wins; of equally long ones the earlier in the list of [`longest`], as in libpcap's
//! `scanner.l`. Knows single words, no grammar.

use std::num::IntErrorKind;

use super::token::{Lexeme, OPERATORS, Token};
use super::words::reserved;
use crate::filter::error::ErrorKind;
use crate::filter::span::Span;

/// Splits `text` into tokens. The last one is [`Token::End`] or [`Token::Invalid`].
pub(super) fn lex(text: &str) -> Vec<Lexeme<'_>> {
    let mut lexemes = Vec::new();
    let mut start = 0;
    loop {
        start += text[start..].len() - text[start..].trim_start_matches([' ', '\t', '\r', '\n']).len();
        let (token, len) = next(&text[start..]);
        let last = matches!(token, Token::End | Token::Invalid(_));
        lexemes.push(Lexeme { token, span: Span::new(start, start + len) });
        if last {
            return lexemes;
        }
        start += len;
    }
}

/// The first token of `rest`, which begins with no blank, and its length in bytes.
fn next(rest: &str) -> (Token<'_>, usize) {
    let Some(first) = rest.chars().next() else { return (Token::End, 0) };
    // Addresses come before operators: `::1` is not two colons and a number.
    if let Some((token, len)) = longest(rest) {
        return (token, len);
    }
    if let Some((operator, token)) = OPERATORS.iter().find(|(operator, _)| rest.starts_with(operator)) {
        return (token.clone(), operator.len());
    }
    let escaped = rest
        .strip_prefix('\\')
        .map_or("", |name| name.split([' ', '!', '(', ')', '\n', '\t']).next().unwrap_or_default());
    if !escaped.is_empty() {
        return (Token::Name(escaped), escaped.len() + 1);
    }
    (Token::Invalid(ErrorKind::Character(first)), first.len_utf8())
}

/// The longest word, number or address at the start of `rest`.
fn longest(rest: &str) -> Option<(Token<'_>, usize)> {
    type Make = for<'a> fn(&'a str) -> Token<'a>;
    let bytes = rest.as_bytes();
    let candidates: [(usize, Make); 7] = [
        (station_len(bytes), |_| Token::StationAddress),
        (mac_len(bytes), mac),
        (number_len(bytes), number),
        (dotted_len(bytes), |text| Token::Dotted(text)),
        (ipv6_len(bytes), ipv6),
        (broken_mac_len(bytes), |text| Token::Invalid(ErrorKind::Mac(text.to_owned()))),
        (word_len(bytes), |text| reserved(text).unwrap_or(Token::Name(text))),
    ];
    let mut best = candidates[0];
    for candidate in candidates {
        if candidate.0 > best.0 {
            best = candidate;
        }
    }
    let (len, make) = best;
    (len > 0).then(|| (make(&rest[..len]), len))
}

/// `[A-Za-z0-9]([-_.A-Za-z0-9]*[.A-Za-z0-9])?`: so `5-3` is one word.
fn word_len(bytes: &[u8]) -> usize {
    if !bytes.first().is_some_and(u8::is_ascii_alphanumeric) {
        return 0;
    }
    let run = count(bytes, |byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    run - bytes[..run].iter().rev().take_while(|byte| b"-_".contains(byte)).count()
}

/// Decimal or octal digits, or `0x` and hexadecimal ones.
fn number_len(bytes: &[u8]) -> usize {
    if let [b'0', b'x' | b'X', digits @ ..] = bytes {
        let digits = count(digits, |byte| byte.is_ascii_hexdigit());
        if digits > 0 {
            return 2 + digits;
        }
    }
    count(bytes, |byte| byte.is_ascii_digit())
}

/// Two, three or four numbers with dots between.
fn dotted_len(bytes: &[u8]) -> usize {
    let mut len = number_len(bytes);
    let mut parts = usize::from(len > 0);
    while (1..4).contains(&parts) && bytes.get(len) == Some(&b'.') {
        let part = number_len(&bytes[len + 1..]);
        if part == 0 {
            break;
        }
        len += 1 + part;
        parts += 1;
    }
    if parts > 1 { len } else { 0 }
}

/// `$h` or `$hh`.
fn station_len(bytes: &[u8]) -> usize {
    match bytes {
        [b'$', digits @ ..] => match hex_len(digits, 2) {
            0 => 0,
            len => 1 + len,
        },
        _ => 0,
    }
}

/// `a:b:c:d:e:f`, the same with `-` or `.`, `aabb.ccdd.eeff`, or exactly twelve digits.
fn mac_len(bytes: &[u8]) -> usize {
    let separated = b":-.".map(|separator| groups_len(bytes, 6, separator, 1..=2));
    let longest = separated.into_iter().max().unwrap_or_default();
    let cisco = groups_len(bytes, 3, b'.', 4..=4);
    let plain = if hex_len(bytes, 12) == 12 { 12 } else { 0 };
    longest.max(cisco).max(plain)
}

/// The length of `groups` groups of hexadecimal digits with `separator` between; 0 when there are fewer.
fn groups_len(bytes: &[u8], groups: usize, separator: u8, digits: std::ops::RangeInclusive<usize>) -> usize {
    let mut len = 0;
    for group in 0..groups {
        if group > 0 {
            if bytes.get(len) != Some(&separator) {
                return 0;
            }
            len += 1;
        }
        let found = hex_len(&bytes[len..], *digits.end());
        if !digits.contains(&found) {
            return 0;
        }
        len += found;
    }
    len
}

/// Groups of one or two digits with colons after each, at least two of them: neither an Ethernet nor an IPv6 address.
fn broken_mac_len(bytes: &[u8]) -> usize {
    let (mut len, mut groups) = (0, 0);
    loop {
        let digits = hex_len(&bytes[len..], 2);
        let colons = count(&bytes[len + digits..], |byte| byte == b':');
        if digits == 0 || colons == 0 {
            return if groups > 1 { len } else { 0 };
        }
        len += digits + colons;
        groups += 1;
    }
}

/// The longest beginning that has the form of an IPv6 address: eight groups, or up to seven and one `::`; the last two
/// groups may be an IPv4 address.
fn ipv6_len(bytes: &[u8]) -> usize {
    let (mut len, mut groups, mut gap, mut best) = (0, 0, false, 0);
    loop {
        let quad = dotted_len(&bytes[len..]);
        let quad_fits = if gap { groups <= 5 } else { groups == 6 };
        if quad_fits && bytes[len..len + quad].split(|byte| *byte == b'.').count() == 4 {
            best = len + quad;
        }
        let digits = hex_len(&bytes[len..], 4);
        if digits > 0 {
            len += digits;
            groups += 1;
            if (gap && groups <= 7) || (!gap && groups == 8) {
                best = best.max(len);
            }
        }
        let after_gap = bytes[..len].ends_with(b"::");
        if !gap && groups <= 7 && bytes[len..].starts_with(b"::") {
            gap = true;
            len += 2;
            best = best.max(len);
        } else if groups < 8 && digits > 0 && bytes.get(len) == Some(&b':') && !after_gap {
            len += 1;
        } else {
            return best;
        }
    }
}

/// The number of leading hexadecimal digits, at most `most`.
fn hex_len(bytes: &[u8], most: usize) -> usize {
    count(bytes, |byte| byte.is_ascii_hexdigit()).min(most)
}

fn count(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| belongs(**byte)).count()
}

/// A number in C's notation: `0x` is hexadecimal, a leading `0` octal.
fn number(text: &str) -> Token<'_> {
    match parse_number(text) {
        Ok(number) => Token::Number(number),
        Err(kind) => Token::Invalid(kind),
    }
}

/// The value of `text`, which has the form of a number.
pub(in crate::filter) fn parse_number(text: &str) -> Result<u32, ErrorKind> {
    let (digits, radix, base) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&text[2..], 16, "hexadecimal"),
        [b'0', _, ..] => (&text[1..], 8, "octal"),
        _ => (text, 10, "decimal"),
    };
    u32::from_str_radix(digits, radix).map_err(|error| match error.kind() {
        IntErrorKind::InvalidDigit => ErrorKind::NotOctal(text.to_owned()),
        _ => ErrorKind::NumberOverflow { base, digits: text.to_owned() },
    })
}

/// Whether all of `text` has the form of a number.
pub(in crate::filter) fn is_number(text: &str) -> bool {
    !text.is_empty() && number_len(text.as_bytes()) == text.len()
}

fn ipv6(text: &str) -> Token<'_> {
    text.parse().map_or_else(|_| Token::Invalid(ErrorKind::Ipv6(text.to_owned())), Token::Ipv6)
}

fn mac(text: &str) -> Token<'_> {
    let mut bytes = [0; 6];
    let groups: Vec<&str> = text.split([':', '-', '.']).collect();
    let joined = groups.concat();
    for (at, byte) in bytes.iter_mut().enumerate() {
        // Six groups are a byte each, however short; one or three are cut into pairs.
        let digits = if groups.len() == 6 { Some(groups[at]) } else { joined.get(2 * at..2 * at + 2) };
        *byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or_default();
    }
    Token::Mac(bytes)
}
