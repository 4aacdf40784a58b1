//! The payloads of IKE version 2.

use super::words::{
    ENCRYPTION_ATTRIBUTES, ESP, GROUPS, INTEGRITY, METHODS, NOTIFICATIONS, PRF, PROTOCOLS, SEQUENCES,
    TRANSFORMS,
};
use super::{
    Around, Behind, begin, print_attributes, print_bytes, print_contents, print_kind, print_missing,
    print_some, print_word,
};
use crate::decode::{IsakmpPayload, Payload};
use crate::print::line::Line;

/// The payload that holds others, which nobody else can read.
const ENCRYPTED: u8 = 46;

const PROPOSAL: u8 = 2;
const TRANSFORM: u8 = 3;

/// A payload; gives what is behind it, and nothing where it is cut.
pub(super) fn print<'a>(
    line: &mut Line<'_>,
    kind: u8,
    payload: &IsakmpPayload<'a>,
    around: Around,
) -> Option<Behind<'a>> {
    let contents = payload.behind(IsakmpPayload::HEADER_LEN);
    match kind {
        33 => {
            begin_payload(line, payload, |line| line.text("sa"))?;
            line.labelled(" len=", contents.claimed());
            let behind = print_list(line, kind, PROPOSAL, contents, around);
            let used =
                |rest: Payload<'_>| payload.length().map(|len| usize::from(len) - rest.claimed() as usize);
            return Some(match behind.and_then(used) {
                Some(used) => Behind::At(payload.whole().skip(used)),
                None => Behind::Nowhere,
            });
        }
        34 => {
            let group = payload.group()?;
            begin_payload(line, payload, |line| print_kind(line, kind))?;
            let key = payload.behind(IsakmpPayload::FIELDS_LEN);
            line.labelled(" len=", key.claimed());
            line.text(" group=");
            print_word(line, GROUPS, group);
            print_contents(line, key)?;
        }
        35 | 36 => print_identity(line, kind, payload, contents)?,
        39 => print_authentication(line, kind, payload, contents)?,
        40 => print_nonce(line, payload, contents)?,
        41 => print_notification(line, payload)?,
        43 => {
            begin_payload(line, payload, |line| print_kind(line, kind))?;
            line.labelled(" len=", contents.claimed());
            line.text(" vid=");
            print_printable(line, contents.bytes());
            if contents.claimed() > 4 {
                print_contents(line, contents)?;
            }
        }
        ENCRYPTED => {
            begin_payload(line, payload, |line| print_kind(line, kind))?;
            line.labelled(" len=", contents.claimed());
            if contents.claimed() > 4 {
                print_contents(line, contents)?;
            }
            return Some(Behind::Nowhere);
        }
        _ => {
            begin_payload(line, payload, |line| print_kind(line, kind))?;
            line.labelled(" len=", contents.claimed());
            print_contents(line, contents)?;
        }
    }
    Behind::of(payload)
}

/// The name of a payload, and whether it is critical.
fn begin_payload(
    line: &mut Line<'_>,
    payload: &IsakmpPayload<'_>,
    name: impl FnOnce(&mut Line<'_>),
) -> Option<()> {
    const CRITICAL: u8 = 0x80;
    let flags = payload.flags()?;
    name(line);
    line.text(if flags & CRITICAL != 0 { "[C]:" } else { ":" });
    Some(())
}

fn print_printable(line: &mut Line<'_>, bytes: &[u8]) {
    line.out.extend(bytes.iter().map(|byte| if matches!(byte, b' '..=b'~') { *byte } else { b'.' }));
}

/// The proposals of an association, or the transforms of a proposal. Gives what is behind the last, or behind all that is too
/// long for what is around it; nothing where something is missing, which has been marked then.
fn print_list<'a>(
    line: &mut Line<'_>,
    outer: u8,
    inner: u8,
    list: Payload<'a>,
    around: Around,
) -> Option<Payload<'a>> {
    let (mut kind, mut rest, mut count) = (inner, list, 0_u32);
    let around = Around { depth: around.depth + 1, ..around };
    while kind != 0 {
        count += 1;
        let payload = IsakmpPayload::new(rest);
        let fields = payload.next_payload().zip(payload.length().map(usize::from));
        let is_too_long = |len: usize| rest.claimed() < len as u32;
        if is_too_long(fields.map_or(IsakmpPayload::HEADER_LEN, |(_, len)| len)) {
            print_missing(line, outer);
            return Some(rest.skip(rest.claimed() as usize));
        }
        let fits = |len: usize| len > IsakmpPayload::HEADER_LEN && len <= rest.bytes().len();
        let Some((next, len)) = fields.filter(|(_, len)| fits(*len)) else {
            print_missing(line, outer);
            return None;
        };
        begin(line, around.depth);
        match kind {
            PROPOSAL if inner == PROPOSAL => print_proposal(line, &payload, around)?,
            TRANSFORM if inner == TRANSFORM => print_transform(line, &payload, count).or_else(|| {
                print_missing(line, kind);
                None
            })?,
            _ => print_kind(line, kind),
        }
        line.byte(b')');
        kind = next;
        rest = rest.skip(len);
    }
    Some(rest)
}

/// A proposal; nothing where something is missing, which has been marked then.
fn print_proposal(line: &mut Line<'_>, payload: &IsakmpPayload<'_>, around: Around) -> Option<()> {
    let Some(transforms) = print_proposal_header(line, payload) else {
        print_missing(line, PROPOSAL);
        return None;
    };
    print_list(line, PROPOSAL, TRANSFORM, transforms, around)?;
    Some(())
}

/// What is in front of the transforms of a proposal; gives these.
fn print_proposal_header<'a>(line: &mut Line<'_>, payload: &IsakmpPayload<'a>) -> Option<Payload<'a>> {
    let (number, protocol) = (payload.number()?, payload.protocol()?);
    let (index_len, transforms) = (payload.index_len()?, payload.transforms()?);
    begin_payload(line, payload, |line| line.text("p"))?;
    line.labelled(" #", number);
    line.text(" protoid=");
    print_word(line, PROTOCOLS, protocol);
    line.labelled(" transform=", transforms);
    line.labelled(" len=", payload.length()?);
    let rest = payload.behind(IsakmpPayload::FIELDS_LEN);
    if index_len > 0 {
        line.text(" spi=");
        print_bytes(line, rest.with_claim(index_len.into()))?;
    }
    Some(rest.skip(index_len.into()))
}

fn print_transform(line: &mut Line<'_>, payload: &IsakmpPayload<'_>, count: u32) -> Option<()> {
    let (kind, id) = (payload.number()?, payload.word()?);
    begin_payload(line, payload, |line| line.text("t"))?;
    line.labelled(" #", count);
    line.text(" type=");
    print_word(line, TRANSFORMS, kind);
    line.text(" id=");
    match kind {
        1 => print_word(line, ESP, id),
        2 => print_word(line, PRF, id),
        3 => print_word(line, INTEGRITY, id),
        4 => print_word(line, GROUPS, id),
        5 => print_word(line, SEQUENCES, id),
        _ => line.number(id),
    }
    line.byte(b' ');
    let names = if kind == 1 { ENCRYPTION_ATTRIBUTES } else { &[] };
    print_attributes(line, payload.behind(IsakmpPayload::FIELDS_LEN), names)
}

fn print_identity(
    line: &mut Line<'_>,
    kind: u8,
    payload: &IsakmpPayload<'_>,
    contents: Payload<'_>,
) -> Option<()> {
    let (form, _) = (payload.number()?, payload.word()?);
    begin_payload(line, payload, |line| print_kind(line, kind))?;
    line.labelled(" len=", contents.claimed());
    print_contents(line, contents)?;
    let (label, is_text) = match form {
        1 => (" ipv4:", false),
        2 => (" fqdn:", true),
        3 => (" rfc822:", true),
        5 => (" ipv6:", false),
        9 => (" dn:", false),
        10 => (" gn:", false),
        11 => (" keyid:", false),
        _ => return Some(()),
    };
    line.text(label);
    if contents.claimed() < 4 {
        return None;
    }
    let data = payload.behind(IsakmpPayload::FIELDS_LEN);
    if is_text {
        print_printable(line, data.bytes());
    } else {
        line.hex_bytes(data.bytes());
    }
    Some(())
}

fn print_authentication(
    line: &mut Line<'_>,
    kind: u8,
    payload: &IsakmpPayload<'_>,
    contents: Payload<'_>,
) -> Option<()> {
    let (method, _) = (payload.number()?, payload.word()?);
    begin_payload(line, payload, |line| print_kind(line, kind))?;
    line.labelled(" len=", contents.claimed());
    line.text(" method=");
    print_word(line, METHODS, method);
    if line.options.verbose == 1 {
        print_some(line, payload.whole().skip(IsakmpPayload::FIELDS_LEN));
        return Some(());
    }
    line.text(" authdata=(");
    print_bytes(line, payload.behind(IsakmpPayload::FIELDS_LEN))?;
    line.text(") ");
    Some(())
}

fn print_nonce(line: &mut Line<'_>, payload: &IsakmpPayload<'_>, nonce: Payload<'_>) -> Option<()> {
    begin_payload(line, payload, |line| line.text("nonce"))?;
    line.labelled(" len=", nonce.claimed());
    if line.options.verbose == 1 {
        print_some(line, payload.whole().skip(IsakmpPayload::HEADER_LEN));
        return Some(());
    }
    line.text(" nonce=(");
    print_bytes(line, nonce)?;
    line.text(") ");
    Some(())
}

fn print_notification(line: &mut Line<'_>, payload: &IsakmpPayload<'_>) -> Option<()> {
    const COOKIE: u16 = 16390;
    let (protocol, index_len, kind) = (payload.number()?, payload.protocol()?, payload.word()?);
    begin_payload(line, payload, |line| line.text("n"))?;
    line.text(" prot_id=");
    print_word(line, PROTOCOLS, protocol);
    let known = NOTIFICATIONS.iter().find(|(number, ..)| *number == kind);
    let (name, has_index) = match (known, kind) {
        (Some((_, name, has_index)), _) => (*name, *has_index),
        (None, ..8192) => ("error", true),
        (None, ..16384) => ("private-error", true),
        (None, ..40960) => ("status", true),
        (None, _) => ("private-status", true),
    };
    line.labelled(" type=", kind);
    line.byte(b'(');
    line.text(name);
    line.byte(b')');
    let rest = payload.whole().skip(IsakmpPayload::FIELDS_LEN);
    if has_index && index_len > 0 {
        line.text(" spi=");
        print_bytes(line, rest.with_claim(index_len.into()))?;
    }
    let rest = rest.skip(index_len.into());
    match rest.bytes().len() {
        1..30 if kind == COOKIE => {
            line.text(" data=(");
            line.hex_bytes(rest.bytes());
            line.byte(b')');
        }
        30.. if kind == COOKIE => print_some(line, rest),
        _ => {}
    }
    Some(())
}
