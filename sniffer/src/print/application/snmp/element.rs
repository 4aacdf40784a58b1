//! The elements of BER that SNMP is made of, by the kinds that tcpdump knows, and their values.

use super::Stopped;
use crate::decode::{BerElement, BerError, BerReader};
use crate::print::line::Line;

/// What an element is to tcpdump.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Text,
    Null,
    Object,
    Sequence,
    Address,
    Unsigned,
    Exception,
    Pdu,
    Bytes,
    Unknown,
}

/// The next element, if it is of this kind.
pub(super) fn expect<'a>(
    line: &mut Line<'_>,
    reader: &mut BerReader<'a>,
    wanted: Kind,
    complaint: &str,
) -> Result<BerElement<'a>, Stopped> {
    let element = parse(line, reader)?;
    if kind(&element) == wanted {
        return Ok(element);
    }
    line.text(complaint);
    print_value(line, &element);
    Err(Stopped::Wrong)
}

/// The next element; what tcpdump does not expect to see is named.
pub(super) fn parse<'a>(line: &mut Line<'_>, reader: &mut BerReader<'a>) -> Result<BerElement<'a>, Stopped> {
    let element = match reader.element() {
        Ok(element) => element,
        Err(error) => return Err(print_error(line, error)),
    };
    let number = usize::from(element.number());
    let form = if element.is_constructed() { "C" } else { "P" };
    let Some(name) = NAMES[usize::from(element.class())].get(number) else {
        line.text("[id?");
        line.text(form);
        line.labelled("/x/", element.number());
        line.text("]");
        return Err(Stopped::Wrong);
    };
    if kind(&element) == Kind::Integer && element.content().is_empty() {
        line.text("[asnlen=0]");
        return Err(Stopped::Wrong);
    }
    if kind(&element) == Kind::Bytes {
        let class = match (element.is_constructed(), element.class()) {
            (_, 0) => "/U/",
            (false, 1) => "/A/",
            _ => "/x/",
        };
        let brackets = if element.is_constructed() { ["", ""] } else { ["[", "]"] };
        for word in [brackets[0], form, class, name, brackets[1]] {
            line.text(word);
        }
    }
    Ok(element)
}

fn print_error(line: &mut Line<'_>, error: BerError) -> Stopped {
    match error {
        BerError::Truncated => return Stopped::Truncated,
        BerError::Nothing => line.text("[nothing to parse]"),
        BerError::NoLength => line.text("[no asnlen]"),
        BerError::LongLength { left, claimed } => {
            line.labelled("[asnlen? ", left);
            line.labelled("<", claimed);
            line.text("]");
        }
        BerError::TooLong { left, claimed } => {
            line.labelled("[len", left);
            line.labelled("<asnlen", claimed);
            line.text("]");
        }
    }
    Stopped::Wrong
}

pub(super) fn kind(element: &BerElement<'_>) -> Kind {
    match (element.is_constructed(), element.class(), element.number()) {
        (false, 0, 2) => Kind::Integer,
        (false, 0, 4) => Kind::Text,
        (false, 0, 5) => Kind::Null,
        (false, 0, 6) => Kind::Object,
        (false, 1, 0) => Kind::Address,
        (false, 1, 1..=3 | 6) => Kind::Unsigned,
        (false, 2, 0..=2) => Kind::Exception,
        (false, 2, _) => Kind::Unknown,
        (true, 0, 16) => Kind::Sequence,
        (true, 2, _) => Kind::Pdu,
        _ => Kind::Bytes,
    }
}

pub(super) fn print_value(line: &mut Line<'_>, element: &BerElement<'_>) {
    match kind(element) {
        Kind::Integer => line.signed(element.integer()),
        Kind::Text => print_text(line, element.content()),
        Kind::Null => {}
        Kind::Object => element.object().for_each(|number| line.labelled(".", number)),
        Kind::Sequence => {
            line.labelled("Seq(", element.content().len() as u64);
            line.text(")");
        }
        Kind::Address => print_address(line, element.content()),
        // A counter of 64 bits has number 6; the others keep 32.
        Kind::Unsigned if element.number() == 6 => line.number(element.unsigned()),
        Kind::Unsigned => line.number(element.unsigned() as u32),
        Kind::Exception => {
            line.text(
                ["[noSuchObject]", "[noSuchInstance]", "[endOfMibView]"][usize::from(element.number())],
            );
        }
        Kind::Pdu => {
            line.text(NAMES[2].get(usize::from(element.number())).unwrap_or(&""));
            line.labelled("(", element.content().len() as u64);
            line.text(")");
        }
        Kind::Bytes => print_octets(line, element.content()),
        Kind::Unknown => line.text("[BE_ANY!?]"),
    }
}

/// Text in quotes, or bytes with `_` between where some of it does not print.
pub(super) fn print_text(line: &mut Line<'_>, bytes: &[u8]) {
    if bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        line.byte(b'"');
        line.untrusted(bytes);
        return line.byte(b'"');
    }
    for (index, byte) in bytes.iter().enumerate() {
        line.text(if index == 0 { "" } else { "_" });
        line.hex_bytes(&[*byte]);
    }
}

/// Bytes with `_` in front of each.
pub(super) fn print_octets(line: &mut Line<'_>, bytes: &[u8]) {
    for byte in bytes {
        line.byte(b'_');
        line.hex_bytes(&[*byte]);
    }
}

fn print_address(line: &mut Line<'_>, bytes: &[u8]) {
    if bytes.len() != 4 {
        line.text("[inetaddr len!=4]");
    }
    for (index, byte) in bytes.iter().enumerate() {
        line.text(if index == 0 { "" } else { "." });
        line.number(*byte);
    }
}

pub(super) fn print_extra(line: &mut Line<'_>, count: u32, behind: &str) {
    if count > 0 {
        line.labelled("[", count);
        line.text(behind);
    }
}

/// Names of types by class and number.
const NAMES: [&[&str]; 4] = [
    &[
        "U-0",
        "Boolean",
        "Integer",
        "Bitstring",
        "String",
        "Null",
        "ObjID",
        "ObjectDes",
        "U-8",
        "U-9",
        "U-10",
        "U-11",
        "U-12",
        "U-13",
        "U-14",
        "U-15",
        "Sequence",
        "Set",
    ],
    &["IpAddress", "Counter", "Gauge", "TimeTicks", "Opaque", "C-5", "Counter64"],
    &[
        "GetRequest",
        "GetNextRequest",
        "GetResponse",
        "SetRequest",
        "Trap",
        "GetBulk",
        "Inform",
        "V2Trap",
        "Report",
    ],
    &["P-0"],
];
