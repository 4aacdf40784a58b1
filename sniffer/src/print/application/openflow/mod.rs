//! `OpenFlow`: the header of each message, with `-v` what is behind it.

mod v1_0;
mod v1_3;

use crate::decode::{OpenFlow, OpenFlowConfig, OpenFlowError, Payload};
use crate::print::line::Line;
use crate::print::oui::OUIS;
use crate::print::{hex, text, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, first: &OpenFlow<'_>) {
    line.text(": OpenFlow");
    for message in first.messages() {
        if print_message(line, &message).is_none() {
            return line.truncated("openflow");
        }
    }
}

fn print_message(line: &mut Line<'_>, message: &OpenFlow<'_>) -> Option<()> {
    let room = message.whole().claimed();
    let version = message.version()?;
    line.text("\n\tversion ");
    tokens::print_or_hex(line, VERSIONS, version, 2, ["unknown (", ")"]);
    if room < 2 {
        return print_partial(line, message);
    }
    let kind = message.kind()?;
    let known = kind_of(version, kind);
    line.text(", type ");
    if let Some(known) = known {
        line.text(known.name);
    } else {
        line.labelled_hex("unknown (", kind, 2);
        line.text(")");
    }
    if room < 4 {
        return print_partial(line, message);
    }
    let length = message.length()?;
    let body = usize::from(length).checked_sub(OpenFlow::HEADER_LEN);
    line.labelled(", length ", length);
    line.text(if body.is_none() { " (too short!)" } else { "" });
    if room < 8 {
        return print_partial(line, message);
    }
    line.text(", xid ");
    line.hex(message.transaction()?, 8);
    let Some(body_len) = body else {
        return invalid(line, message.whole());
    };
    let body = message.body();
    match known {
        Some(known) if !known.takes(body_len) => invalid(line, body),
        Some(Kind { print: Some(print), .. }) if line.is_verbose() => print(line, body),
        _ => body.all_captured(),
    }
}

/// A header that goes on in the next segment.
fn print_partial(line: &mut Line<'_>, message: &OpenFlow<'_>) -> Option<()> {
    line.text(" (end of TCP payload)");
    message.whole().all_captured()
}

const VERSIONS: &[(u8, &str)] = &[(1, "1.0"), (2, "1.1"), (3, "1.2"), (4, "1.3"), (5, "1.4"), (6, "1.5")];

/// Prints what is behind the header of a message; nothing where the capture ends within it.
type Print = fn(&mut Line<'_>, Payload<'_>) -> Option<()>;

/// A type of message, how many bytes it has behind its header, and what prints these with `-v`.
struct Kind {
    name: &'static str,
    least: usize,
    most: usize,
    print: Option<Print>,
}

impl Kind {
    const fn at_least(name: &'static str, least: usize, print: Option<Print>) -> Self {
        Self { name, least, most: usize::MAX, print }
    }

    const fn exactly(name: &'static str, len: usize, print: Option<Print>) -> Self {
        Self { name, least: len, most: len, print }
    }

    fn takes(&self, body: usize) -> bool {
        (self.least..=self.most).contains(&body)
    }
}

fn kind_of(version: u8, kind: u8) -> Option<&'static Kind> {
    match version {
        1 => v1_0::KINDS.get(usize::from(kind)),
        4 => v1_3::KINDS.get(usize::from(kind)),
        _ => None,
    }
}

/// What is left contradicts what is in front of it.
fn invalid(line: &mut Line<'_>, rest: Payload<'_>) -> Option<()> {
    line.invalid();
    rest.all_captured()
}

/// Bytes that mean something to others, with `-vv` themselves.
fn print_data(line: &mut Line<'_>, data: Payload<'_>) -> Option<()> {
    if data.claimed() == 0 {
        return Some(());
    }
    line.labelled("\n\t data (", data.claimed());
    line.text(" octets)");
    if line.options.verbose > 1 {
        hex::with_ascii_behind(line, "\n\t  ", data.bytes());
    }
    data.all_captured()
}

/// The names of the bits that are set, and whether there are others.
fn print_bits(line: &mut Line<'_>, table: &[(u32, &str)], value: u32) {
    print_bits_of(line, table, table.iter().fold(0, |known, (bits, _)| known | bits), value);
}

/// The same with bits that are known, or not, whatever the table says.
fn print_bits_of(line: &mut Line<'_>, table: &[(u32, &str)], known: u32, value: u32) {
    let mut separator = " (";
    for (_, name) in table.iter().filter(|(bit, _)| value & bit != 0) {
        line.text(separator);
        line.text(name);
        separator = ", ";
    }
    line.text(if separator == ", " { ")" } else { "" });
    line.text(if value & !known == 0 { "" } else { " (bogus)" });
}

/// A word of bits behind its label.
fn print_labelled_bits(line: &mut Line<'_>, label: &str, table: &[(u32, &str)], value: u32) {
    line.text(label);
    line.hex(value, 8);
    print_bits(line, table, value);
}

/// A name with zeros behind, in quotation marks.
fn print_name(line: &mut Line<'_>, label: &str, name: &[u8]) {
    line.text(label);
    line.untrusted(text::until_zero(name));
    line.byte(b'\'');
}

/// Who made an extension.
fn print_vendor(line: &mut Line<'_>, label: &str, vendor: u32) {
    line.text(label);
    line.hex(vendor, 8);
    line.text(" (");
    let table = if vendor >> 24 == 0 { OUIS } else { EXPERIMENTERS };
    tokens::print_or(line, table, vendor, "unknown");
    line.byte(b')');
}

const EXPERIMENTERS: &[(u32, &str)] = &[
    (0x4f4e_4600, "ONF Extensions"),
    (0xff00_0001, "Budapest University of Technology and Economics"),
    (0xff00_0002, "NoviFlow"),
    (0xff00_0003, "L3+ Extensions, Vendor Neutral"),
    (0xff00_0004, "L4-L7 Extensions"),
    (0xff00_0005, "Wireless and Mobility Extensions"),
    (0xff00_0006, "Forwarding Abstractions Extensions"),
    (0xff00_0007, "Optical Transport Extensions"),
    (0xff00_0008, "Network Benchmarking Lab, NCTU"),
    (0xff00_0009, "Mobile Packet Core Extensions"),
    (0xff00_000a, "MPLS-TP OpenFlow Extensions for SPTN"),
];

/// An error of a type with a code, and what was wrong. Tables of codes are by type.
fn print_error(
    line: &mut Line<'_>,
    body: Payload<'_>,
    kinds: &[(u16, &'static str)],
    codes: &[&[&str]],
) -> Option<()> {
    let error = OpenFlowError::new(body);
    let (kind, code) = (error.kind()?, error.code()?);
    line.text("\n\t type ");
    tokens::print_or_hex(line, kinds, kind, 4, ["invalid (", ")"]);
    line.text(", code ");
    if let Some(name) = codes.get(usize::from(kind)).and_then(|codes| codes.get(usize::from(code))) {
        line.text(name);
    } else {
        line.labelled_hex("invalid (", code, 4);
        line.byte(b')');
    }
    print_data(line, error.data())
}

/// How a switch treats fragments, and how much of a packet it sends; `names` are those of lengths.
fn print_config(line: &mut Line<'_>, body: Payload<'_>, names: &[(u16, &'static str)]) -> Option<()> {
    let config = OpenFlowConfig::new(body);
    let (flags, len) = (config.flags()?, config.miss_send_len()?);
    line.text("\n\t flags ");
    let fragments: &[(u16, &str)] = &[(0, "FRAG_NORMAL"), (1, "FRAG_DROP"), (2, "FRAG_REASM")];
    tokens::print_or_hex(line, fragments, flags, 4, ["invalid (", ")"]);
    line.text(", miss_send_len ");
    tokens::print(line, names, len, ["", ""]);
    Some(())
}
