//! What PPP carries beside IP: its control protocols, and the tags of PPPoE discovery.

use super::line::Line;
use super::{text, tokens};
use crate::decode::Payload;

/// Bytes of the header that the control protocols share.
const CONTROL_LEN: usize = 4;

/// Prints a PPP packet that is not IP; IP prints itself.
pub(super) fn print(line: &mut Line<'_>, protocol: u16, payload: Payload<'_>) {
    line.byte(b' ');
    if line.options.link_header {
        line.text(tokens::name(PROTOCOLS, protocol).unwrap_or("unknown"));
        line.text(" (");
        line.hex(protocol, 4);
        line.labelled("), length ", payload.claimed() + 2);
        line.text(": ");
    }
    match protocol {
        0x0021 | 0x0057 => {}
        0x8000..=0xbfff | 0xc021 => print_control(line, protocol, payload),
        _ => {
            tokens::print_or_hex(line, PROTOCOLS, protocol, 4, ["unknown PPP protocol (", ")"]);
            line.labelled(", length ", payload.claimed() + 2);
        }
    }
}

/// A packet of a protocol that negotiates: what is said, its identifier and length.
fn print_control(line: &mut Line<'_>, protocol: u16, payload: Payload<'_>) {
    tokens::print_or_hex(line, PROTOCOLS, protocol, 4, ["unknown PPP protocol (", ")"]);
    line.text(", ");
    let &[code, id, l0, l1, ..] = payload.bytes() else { return line.truncated("ppp") };
    tokens::print_or_hex(line, CODES, code, 2, ["Unknown Opcode (", ")"]);
    line.text(" (");
    line.hex(code, 2);
    line.labelled("), id ", id);
    line.labelled(", length ", payload.claimed() + 2);
    let length = usize::from(u16::from_be_bytes([l0, l1]));
    if length < CONTROL_LEN && line.is_verbose() {
        line.labelled("\n\tencoded length ", length as u64);
        line.text(" (< 4))");
    }
}

/// PPP protocol numbers (<https://www.iana.org/assignments/ppp-numbers>).
const PROTOCOLS: &[(u16, &str)] = &[
    (0x0021, "IP"),
    (0x0057, "IP6"),
    (0xc021, "LCP"),
    (0x8021, "IPCP"),
    (0x8057, "IP6CP"),
    (0x80fd, "CCP"),
    (0x8281, "MPLSCP"),
    (0x8049, "SDCP"),
    (0xc023, "PAP"),
    (0xc223, "CHAP"),
    (0x00fd, "Compressed Data"),
    (0x0281, "MPLS"),
];

const CODES: &[(u8, &str)] = &[
    (0, "Vendor-Extension"),
    (1, "Conf-Request"),
    (2, "Conf-Ack"),
    (3, "Conf-Nack"),
    (4, "Conf-Reject"),
    (5, "Term-Request"),
    (6, "Term-Ack"),
    (7, "Code-Reject"),
    (8, "Prot-Reject"),
    (9, "Echo-Request"),
    (10, "Echo-Reply"),
    (11, "Discard-Request"),
    (12, "Identification"),
    (13, "Time-Remaining"),
];

/// The tags of PPPoE discovery, RFC 2516 section 5.
pub(super) fn print_tags(line: &mut Line<'_>, payload: Payload<'_>) {
    /// The tag that ends the list.
    const END: u16 = 0;
    let mut rest = payload.bytes();
    while let [k0, k1, l0, l1, behind @ ..] = rest {
        let kind = u16::from_be_bytes([*k0, *k1]);
        let len = usize::from(u16::from_be_bytes([*l0, *l1]));
        line.text(" [");
        tokens::print_or_hex(line, TAGS, kind, 1, ["TAG-", ""]);
        let Some((value, after)) = behind.split_at_checked(len) else { return line.truncated("pppoe") };
        if !value.is_empty() {
            print_tag(line, value);
        }
        line.text("]");
        if kind == END {
            return;
        }
        rest = after;
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
        for byte in &value[..value.len().min(20)] {
            let start = line.out.len();
            text::hex_bytes(line.out, &[*byte]);
            line.out[start..].make_ascii_uppercase();
        }
        if value.len() > 20 {
            line.text("...");
        }
    }
}

const TAGS: &[(u16, &str)] = &[
    (0x0000, "EOL"),
    (0x0101, "Service-Name"),
    (0x0102, "AC-Name"),
    (0x0103, "Host-Uniq"),
    (0x0104, "AC-Cookie"),
    (0x0105, "Vendor-Specific"),
    (0x0110, "Relay-Session-ID"),
    (0x0120, "PPP-Max-Payload"),
    (0x0201, "Service-Name-Error"),
    (0x0202, "AC-System-Error"),
    (0x0203, "Generic-Error"),
];
