//! PPPoE: sessions, and the tags of discovery (RFC 2516 section 5).

use crate::decode::{Pppoe, PppoeTag};
use crate::print::line::Line;
use crate::print::tokens;

pub(super) fn print(line: &mut Line<'_>, pppoe: &Pppoe<'_>) {
    line.text("PPPoE ");
    if pppoe.code() != 0 {
        tokens::print(line, CODES, pppoe.code(), ["PAD-", ""]);
    }
    if pppoe.code() == 0 || pppoe.session() != 0 {
        line.labelled_hex(" [ses ", pppoe.session(), 1);
        line.text("]");
    }
    match pppoe.code() {
        0 => line.byte(b' '),
        _ => print_tags(line, pppoe),
    }
}

/// Codes of the discovery stage.
const CODES: &[(u8, &str)] = &[(9, "PADI"), (7, "PADO"), (0x19, "PADR"), (0x65, "PADS"), (0xa7, "PADT")];

fn print_tags(line: &mut Line<'_>, pppoe: &Pppoe<'_>) {
    for PppoeTag { kind, value } in pppoe.tags() {
        line.text(" [");
        tokens::print_or_hex(line, TAGS, kind, 1, ["TAG-", ""]);
        let Some(value) = value else { return line.truncated("pppoe") };
        if !value.is_empty() {
            print_tag(line, value);
        }
        line.text("]");
    }
}

/// A tag's value: as text when most of it is, else in hexadecimal.
fn print_tag(line: &mut Line<'_>, value: &[u8]) {
    let printable = value.iter().take(80).filter(|byte| matches!(byte, b' '..=b'~')).count();
    let is_text = printable > value.len().min(80) - printable;
    if is_text {
        line.text(" \"");
        line.untrusted(&value[..value.len().min(80)]);
        line.byte(b'"');
    } else {
        line.text(" 0x");
        line.upper_hex_bytes(&value[..value.len().min(20)]);
        if value.len() > 20 {
            line.text("...");
        }
    }
}

const TAGS: &[(u16, &str)] = &[
    (PppoeTag::END, "EOL"),
    (PppoeTag::SERVICE, "Service-Name"),
    (PppoeTag::CONCENTRATOR, "AC-Name"),
    (0x0103, "Host-Uniq"),
    (0x0104, "AC-Cookie"),
    (0x0105, "Vendor-Specific"),
    (0x0110, "Relay-Session-ID"),
    (0x0120, "PPP-Max-Payload"),
    (0x0201, "Service-Name-Error"),
    (0x0202, "AC-System-Error"),
    (0x0203, "Generic-Error"),
];
