//! What opaque advertisements of OSPF hold, for `-v`: router information, graceful restart, links for traffic engineering.

use super::engineering;
use crate::decode::{OspfElement, Payload};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Prints the elements of an opaque advertisement. Tells whether they are as they should be, or what is wrong has been said;
/// nothing where they were not captured whole.
pub(super) fn print(line: &mut Line<'_>, kind: u8, mut body: Payload<'_>) -> Option<bool> {
    let print_element: fn(&mut Line<'_>, &OspfElement<'_>) -> Option<bool> = match kind {
        1 => engineering::print,
        3 => print_restart,
        4 => print_information,
        _ => {
            hex::without_vv(line, "\n\t    ", body.bytes());
            return Some(true);
        }
    };
    while body.claimed() > 0 {
        if body.claimed() < OspfElement::HEADER_LEN {
            line.labelled("\n\t    Remaining LS length ", body.claimed());
            line.text(" < 4");
            return Some(false);
        }
        let Some(element) = OspfElement::read(&mut body) else { return is_silent(kind) };
        if !print_head(line, kind, &element, body.claimed())? || !print_element(line, &element)? {
            return Some(false);
        }
        // Elements end at words, but those of router information.
        let padded = if kind == 4 { element.value.claimed() } else { element.padded_len() };
        if kind == 1 && padded > body.claimed() {
            line.labelled("\n\t    Bogus padded length ", padded);
            line.labelled(" > ", body.claimed());
            return Some(false);
        }
        body = body.skip(padded as usize);
    }
    Some(true)
}

/// Prints what an element is; tells whether it has room and is no end.
fn print_head(line: &mut Line<'_>, kind: u8, element: &OspfElement<'_>, room: u32) -> Option<bool> {
    let value = element.value;
    let (names, label, behind): (&[(u16, &'static str)], _, _) = match kind {
        1 => (&[(1, "Router Address"), (2, "Link")], "), length: ", ""),
        3 => (RESTART, "), length ", ", value: "),
        _ => (&[(1, "Router Capabilities")], "), length: ", ", value: "),
    };
    line.text("\n\t    ");
    tokens::print_or(line, names, element.kind, "unknown");
    line.labelled(" TLV (", element.kind);
    line.labelled(label, value.claimed());
    line.text(behind);
    if value.claimed() > room {
        line.labelled("\n\t    Bogus length ", value.claimed());
        line.text(if kind == 4 { " > remaining LS length " } else { " > " });
        line.number(room);
        return Some(false);
    }
    if kind != 4 && (element.kind == 0 || value.claimed() == 0) {
        return Some(false);
    }
    if kind != 1 && value.is_truncated() { is_silent(kind) } else { Some(true) }
}

/// What a cut is: tcpdump marks that of router information alone.
pub(super) fn is_silent(kind: u8) -> Option<bool> {
    (kind != 4).then_some(false)
}

/// Whether an element has the length that its kind has; says so if not.
fn has_len(line: &mut Line<'_>, value: Payload<'_>, len: u32) -> bool {
    if value.claimed() != len {
        line.labelled("\n\t    Bogus length ", value.claimed());
        line.labelled(" != ", len);
    }
    value.claimed() == len
}

fn print_information(line: &mut Line<'_>, element: &OspfElement<'_>) -> Option<bool> {
    let value = element.value;
    if element.kind != 1 {
        hex::without_vv(line, "\n\t      ", value.bytes());
        return Some(true);
    }
    if !has_len(line, value, 4) {
        return Some(false);
    }
    line.text("Capabilities: ");
    let capabilities: u32 = value.get(0)?;
    if CAPABILITIES.iter().any(|(bit, _)| capabilities & bit != 0) {
        tokens::print_flags(line, CAPABILITIES, capabilities);
    } else {
        line.text("Unknown");
    }
    Some(true)
}

const CAPABILITIES: &[(u32, &str)] = &[
    (1, "Reserved"),
    (2, "Reserved"),
    (4, "Reserved"),
    (8, "Reserved"),
    (16, "graceful restart capable"),
    (32, "graceful restart helper"),
    (64, "Stub router support"),
    (128, "Traffic engineering"),
    (256, "p2p over LAN"),
    (512, "path computation server"),
];

const RESTART: &[(u16, &str)] =
    &[(1, "Grace Period"), (2, "Graceful restart Reason"), (3, "IPv4 interface address")];

fn print_restart(line: &mut Line<'_>, element: &OspfElement<'_>) -> Option<bool> {
    let value = element.value;
    match element.kind {
        1 | 3 if !has_len(line, value, 4) => return Some(false),
        2 if !has_len(line, value, 1) => return Some(false),
        1 => {
            line.number(value.get::<u32>(0)?);
            line.byte(b's');
        }
        2 => {
            let reason: u8 = value.get(0)?;
            tokens::print_numbered(line, RESTART_REASONS, reason, "Unknown");
        }
        3 => line.ipv4(value.get(0)?),
        _ => hex::without_vv(line, "\n\t      ", value.bytes()),
    }
    Some(true)
}

const RESTART_REASONS: &[(u8, &str)] = &[
    (0, "Unknown"),
    (1, "Software Restart"),
    (2, "Software Reload/Upgrade"),
    (3, "Control Processor Switch"),
];
