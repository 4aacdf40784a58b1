//! IKE: a message in one line, with `-v` its payloads.

mod v1;
mod v2;
mod words;

use self::words::{Attributes, PAYLOADS, Words};
use crate::decode::{
    Isakmp, IsakmpAttribute, IsakmpAttributeError, IsakmpPayload, NatTraversal, NatTraversalKind, Payload,
};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Isakmp<'_>) {
    if message.length().is_none() {
        return line.truncated("isakmp");
    }
    print_message(line, message).unwrap_or_else(|| line.truncated("isakmp"));
}

/// What is in front of IKE or ESP.
pub(in crate::print) fn print_traversal(line: &mut Line<'_>, datagram: &NatTraversal<'_>) {
    line.text(match datagram.kind() {
        NatTraversalKind::KeepAlive => "isakmp-nat-keep-alive",
        NatTraversalKind::Isakmp => "NONESP-encap: ",
        NatTraversalKind::Esp => "UDP-encap: ",
    });
}

fn print_message(line: &mut Line<'_>, message: &Isakmp<'_>) -> Option<()> {
    let (id, versions) = (message.id()?, message.versions()?);
    line.text("isakmp");
    if line.is_verbose() {
        line.labelled(" ", versions >> 4);
        line.labelled(".", versions & 15);
        line.text(" msgid ");
        line.hex_bytes(&id.to_be_bytes());
    }
    if line.options.verbose > 1 {
        line.text(" cookie ");
        line.hex_bytes(&message.initiator()?);
        line.text("->");
        line.hex_bytes(&message.responder()?);
    }
    line.byte(b':');
    let (exchange, flags) = (message.exchange()?, message.flags()?);
    let names: &[(u8, &str)] = match message.version()? {
        1 => {
            line.text(if id == 0 { " phase 1" } else { " phase 2/others" });
            // Who began is told by the first message alone: no state is kept of those before.
            line.text(if message.responder()? == [0; 8] { " I " } else { " ? " });
            &[(0x01, "E"), (0x02, "C")]
        }
        2 => {
            line.text(if id == 0 { " parent_sa " } else { " child_sa  " });
            &[(0x08, "I"), (0x10, "V"), (0x20, "R")]
        }
        _ => return Some(()),
    };
    tokens::print(line, EXCHANGES, exchange, ["#", ""]);
    if flags != 0 {
        line.byte(b'[');
        tokens::print_letters(line, names, flags);
        line.byte(b']');
    }
    if line.is_verbose() {
        print_body(line, message)?;
    }
    Some(())
}

const EXCHANGES: &[(u8, &str)] = &[
    (0, "none"),
    (1, "base"),
    (2, "ident"),
    (3, "auth"),
    (4, "agg"),
    (5, "inf"),
    (32, "oakley-quick"),
    (33, "oakley-newgroup"),
    (34, "ikev2_init"),
    (35, "ikev2_auth"),
    (36, "child_sa"),
    (37, "inf2"),
];

/// The payloads, unless they are encrypted, and whether the length is wrong.
fn print_body(line: &mut Line<'_>, message: &Isakmp<'_>) -> Option<()> {
    line.byte(b':');
    let first = message.next_payload()?;
    if message.flags()? & Isakmp::ENCRYPTED != 0 {
        line.text(" [encrypted ");
        print_kind(line, first);
        line.byte(b']');
    } else {
        let _ = print_payloads(line, first, message.payloads(), Around { depth: 0, protocol: 0 });
    }
    let (length, claimed) = (message.length()?, message.whole().claimed());
    if length != claimed {
        line.labelled(" (len mismatch: isakmp ", length);
        line.labelled("/ip ", claimed);
        line.byte(b')');
    }
    Some(())
}

/// What is around payloads.
#[derive(Clone, Copy)]
struct Around {
    /// How many payloads.
    depth: usize,
    /// The protocol of the proposal.
    protocol: u8,
}

/// What is behind a payload that has been printed.
enum Behind<'a> {
    /// The next one.
    At(Payload<'a>),
    /// Nothing that could be read.
    Nowhere,
}

impl<'a> Behind<'a> {
    /// What is behind a payload by its length.
    fn of(payload: &IsakmpPayload<'a>) -> Option<Self> {
        Some(Self::At(payload.whole().skip(payload.length()?.into())))
    }
}

/// The most payloads that are printed within each other; an association, a proposal and a transform are three.
const MAX_DEPTH: usize = 8;

/// Payloads of which the first has a type. Gives what is behind the last, if the list ends as it should.
fn print_payloads<'a>(
    line: &mut Line<'_>,
    first: u8,
    payloads: Payload<'a>,
    around: Around,
) -> Option<Payload<'a>> {
    let (mut kind, mut rest) = (first, payloads);
    if around.depth == MAX_DEPTH {
        return None;
    }
    while kind != 0 {
        let payload = IsakmpPayload::new(rest);
        let next = payload.next_payload().zip(payload.length());
        let Some((next, _)) = next.filter(|(_, len)| rest.bytes().len() >= usize::from(*len)) else {
            print_missing(line, kind);
            return None;
        };
        let around = Around { depth: around.depth + 1, ..around };
        begin(line, around.depth);
        let behind = print_payload(line, kind, &payload, around);
        line.byte(b')');
        let Some(Behind::At(behind)) = behind else { return None };
        rest = behind;
        kind = next;
    }
    Some(rest)
}

/// A new line for a payload within others.
fn begin(line: &mut Line<'_>, depth: usize) {
    line.byte(b'\n');
    line.out.extend(std::iter::repeat_n(b' ', 4 * depth));
    line.byte(b'(');
}

fn print_payload<'a>(
    line: &mut Line<'_>,
    kind: u8,
    payload: &IsakmpPayload<'a>,
    around: Around,
) -> Option<Behind<'a>> {
    let len = payload.length()?;
    if usize::from(len) <= IsakmpPayload::HEADER_LEN {
        return None;
    }
    let printed = match kind {
        1..=13 => v1::print(line, kind, payload, around),
        33..=48 => v2::print(line, kind, payload, around),
        _ => {
            print_kind(line, kind);
            Behind::of(payload)
        }
    };
    if printed.is_none() {
        print_missing(line, kind);
    }
    printed
}

/// The type of a payload.
fn print_kind(line: &mut Line<'_>, kind: u8) {
    let unknown = if kind <= 48 { "pay" } else { "#" };
    tokens::print(line, PAYLOADS, kind, [unknown, ""]);
}

/// The mark for a payload of which something is missing.
fn print_missing(line: &mut Line<'_>, kind: u8) {
    line.text(" [|");
    print_kind(line, kind);
    line.byte(b']');
}

/// The word for a number, or the number.
fn print_word(line: &mut Line<'_>, words: Words, number: impl Into<u64>) {
    let number = number.into();
    match words.get(number as usize).filter(|word| !word.is_empty()) {
        Some(word) => line.text(word),
        None => line.labelled("#", number),
    }
}

/// Bytes in hexadecimal, if they are there whole.
fn print_bytes(line: &mut Line<'_>, bytes: Payload<'_>) -> Option<()> {
    if bytes.is_truncated() {
        return None;
    }
    line.hex_bytes(bytes.bytes());
    Some(())
}

/// With `-vvv` the bytes of a payload, if it has some.
fn print_contents(line: &mut Line<'_>, contents: Payload<'_>) -> Option<()> {
    if line.options.verbose < 3 || contents.claimed() == 0 {
        return Some(());
    }
    line.byte(b' ');
    print_bytes(line, contents)
}

/// The first bytes of the rest of a message and its last ones.
fn print_some(line: &mut Line<'_>, rest: Payload<'_>) {
    let (head, tail) = rest.bytes().split_at(rest.bytes().len().min(10));
    line.text(" data=(");
    line.hex_bytes(head);
    line.text("...");
    line.hex_bytes(&tail[tail.len().saturating_sub(20)..]);
    line.byte(b')');
}

/// The attributes of a transform.
fn print_attributes(line: &mut Line<'_>, attributes: Payload<'_>, names: Attributes) -> Option<()> {
    let mut rest = attributes;
    while !rest.bytes().is_empty() {
        match IsakmpAttribute::next(&mut rest) {
            Ok(attribute) => print_attribute(line, &attribute, names),
            Err(IsakmpAttributeError::Truncated) => return None,
            Err(IsakmpAttributeError::TooLong) => {
                line.text("[|attr]");
                break;
            }
        }
    }
    Some(())
}

fn print_attribute(line: &mut Line<'_>, attribute: &IsakmpAttribute<'_>, names: Attributes) {
    let known = names.iter().find(|(kind, ..)| *kind == attribute.kind);
    line.text("(type=");
    match known {
        Some((_, name, _)) => line.text(name),
        None => line.labelled("#", attribute.kind),
    }
    if !attribute.is_short {
        line.labelled(" len=", attribute.value.len() as u64);
    }
    line.text(" value=");
    let number = attribute.value.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
    let word = known.and_then(|(.., words)| words.get(number)).filter(|word| !word.is_empty());
    match word.filter(|_| attribute.is_short) {
        Some(word) => line.text(word),
        None => line.hex_bytes(attribute.value),
    }
    line.byte(b')');
}
