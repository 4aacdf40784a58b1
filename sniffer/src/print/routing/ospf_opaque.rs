//! What opaque advertisements of OSPF hold, for `-v`: router information, graceful restart, links for traffic engineering.

use std::io::Write as _;
use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Prints the elements of an opaque advertisement. Tells whether they are as they should be, or what is wrong has been said;
/// nothing where they were not captured whole.
pub(super) fn print(line: &mut Line<'_>, kind: u8, mut body: Payload<'_>) -> Option<bool> {
    let element: fn(&mut Line<'_>, u16, Payload<'_>) -> Option<bool> = match kind {
        1 => print_engineering,
        3 => print_restart,
        4 => print_information,
        _ => {
            print_unknown(line, "\n\t    ", body);
            return Some(true);
        }
    };
    while body.claimed() > 0 {
        if body.claimed() < 4 {
            line.labelled("\n\t    Remaining LS length ", body.claimed());
            line.text(" < 4");
            return Some(false);
        }
        let (Some(element_kind), Some(len)) = (body.read::<u16>(), body.read::<u16>()) else {
            return is_silent(kind);
        };
        let value = body.with_claim(len.into());
        if !print_head(line, kind, element_kind, value, body.claimed())?
            || !element(line, element_kind, value)?
        {
            return Some(false);
        }
        // Elements end at words, but those of router information.
        let padded = if kind == 4 { len.into() } else { u32::from(len).next_multiple_of(4) };
        if kind == 1 && padded > body.claimed() {
            line.labelled("\n\t    Bogus padded length ", padded);
            line.labelled(" > ", body.claimed());
            return Some(false);
        }
        body = body.skip(padded as usize);
    }
    Some(true)
}

fn print_unknown(line: &mut Line<'_>, indent: &str, value: Payload<'_>) {
    if line.options.verbose < 2 {
        hex::only_behind(line, indent, value.bytes());
    }
}

/// Prints what an element is; tells whether it has room and is no end.
fn print_head(line: &mut Line<'_>, kind: u8, element: u16, value: Payload<'_>, room: u32) -> Option<bool> {
    let (names, label, behind): (&[(u16, &'static str)], _, _) = match kind {
        1 => (&[(1, "Router Address"), (2, "Link")], "), length: ", ""),
        3 => (RESTART, "), length ", ", value: "),
        _ => (&[(1, "Router Capabilities")], "), length: ", ", value: "),
    };
    line.text("\n\t    ");
    tokens::print_or(line, names, element, "unknown");
    line.labelled(" TLV (", element);
    line.labelled(label, value.claimed());
    line.text(behind);
    if value.claimed() > room {
        line.labelled("\n\t    Bogus length ", value.claimed());
        line.text(if kind == 4 { " > remaining LS length " } else { " > " });
        line.number(room);
        return Some(false);
    }
    if kind != 4 && (element == 0 || value.claimed() == 0) {
        return Some(false);
    }
    if kind != 1 && value.is_truncated() { is_silent(kind) } else { Some(true) }
}

/// What a cut is: tcpdump marks that of router information alone.
fn is_silent(kind: u8) -> Option<bool> {
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

fn print_information(line: &mut Line<'_>, kind: u16, value: Payload<'_>) -> Option<bool> {
    if kind != 1 {
        print_unknown(line, "\n\t      ", value);
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

fn print_restart(line: &mut Line<'_>, kind: u16, value: Payload<'_>) -> Option<bool> {
    match kind {
        1 | 3 if !has_len(line, value, 4) => return Some(false),
        2 if !has_len(line, value, 1) => return Some(false),
        1 => {
            line.number(value.get::<u32>(0)?);
            line.byte(b's');
        }
        2 => {
            let reason: u8 = value.get(0)?;
            tokens::print_or(line, RESTART_REASONS, reason, "Unknown");
            line.labelled(" (", reason);
            line.byte(b')');
        }
        3 => line.ipv4(value.get(0)?),
        _ => print_unknown(line, "\n\t      ", value),
    }
    Some(true)
}

const RESTART_REASONS: &[(u8, &str)] = &[
    (0, "Unknown"),
    (1, "Software Restart"),
    (2, "Software Reload/Upgrade"),
    (3, "Control Processor Switch"),
];

fn print_engineering(line: &mut Line<'_>, kind: u16, value: Payload<'_>) -> Option<bool> {
    match kind {
        1 if value.claimed() < 4 => {
            line.labelled("\n\t    TLV length ", value.claimed());
            line.text(" < 4");
            return Some(false);
        }
        1 => line.labelled_address(", ", value.get::<Ipv4Addr>(0)?),
        2 => return print_link(line, value),
        _ => print_unknown(line, "\n\t      ", value),
    }
    Some(true)
}

fn print_link(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<bool> {
    while rest.claimed() > 0 {
        if rest.claimed() < 4 {
            line.labelled("\n\t    Remaining TLV length ", rest.claimed());
            line.text(" < 4");
            return Some(false);
        }
        let (kind, len): (u16, u16) = (rest.read()?, rest.read()?);
        if kind == 0 || len == 0 {
            line.invalid();
            return Some(false);
        }
        line.text("\n\t      ");
        tokens::print_or(line, LINK_ELEMENTS, kind, "unknown");
        line.labelled(" subTLV (", kind);
        line.labelled("), length: ", len);
        let value = rest.with_claim(len.into());
        let padded = u32::from(len).next_multiple_of(4);
        for claimed in [len.into(), padded] {
            if claimed > rest.claimed() {
                line.labelled("\n\t    Remaining TLV length ", rest.claimed() + 4);
                line.labelled(" < ", claimed + 4);
                return Some(false);
            }
            if claimed == u32::from(len) {
                if value.is_truncated() {
                    return is_silent(1);
                }
                if !print_link_element(line, kind, value)? {
                    line.invalid();
                    return Some(false);
                }
                if claimed == padded {
                    break;
                }
            }
        }
        rest = rest.skip(padded as usize);
    }
    Some(true)
}

const LINK_ELEMENTS: &[(u16, &str)] = &[
    (1, "Link Type"),
    (2, "Link ID"),
    (3, "Local Interface IP address"),
    (4, "Remote Interface IP address"),
    (5, "Traffic Engineering Metric"),
    (6, "Maximum Bandwidth"),
    (7, "Maximum Reservable Bandwidth"),
    (8, "Unreserved Bandwidth"),
    (9, "Administrative Group"),
    (11, "Link Local/Remote Identifier"),
    (14, "Link Protection Type"),
    (15, "Interface Switching Capability"),
    (16, "Shared Risk Link Group"),
    (17, "Bandwidth Constraints"),
];

/// Prints an element of a link; tells whether its length can be.
fn print_link_element(line: &mut Line<'_>, kind: u16, value: Payload<'_>) -> Option<bool> {
    let len = value.claimed();
    let (fits, complaint) = match kind {
        1 => (len == 1, " != 1"),
        2 | 11 => (len == 4 || len == 8, " != 4 && != 8"),
        3..=7 | 9 | 14 => (len == 4, " != 4"),
        8 => (len == 32, " != 32"),
        15 => (len >= 36, " < 36"),
        16 => (len.is_multiple_of(4), " != N x 4"),
        17 => (len >= 4, " < 4"),
        _ => (true, ""),
    };
    if !fits {
        line.text(complaint);
        return Some(false);
    }
    match kind {
        1 => {
            let form: u8 = value.get(0)?;
            line.text(", ");
            tokens::print_or(line, &[(1, "Point-to-point"), (2, "Multi-Access")], form, "unknown");
            line.labelled(" (", form);
            line.byte(b')');
        }
        2 | 11 => {
            for word in value.bytes().as_chunks::<4>().0 {
                line.labelled_address(", ", Ipv4Addr::from(*word));
                line.text(" (");
                line.hex(u32::from_be_bytes(*word), 8);
                line.byte(b')');
            }
        }
        3 | 4 => line.labelled_address(", ", value.get::<Ipv4Addr>(0)?),
        5 => line.labelled(", Metric ", value.get::<u32>(0)?),
        6 | 7 => print_bandwidth(line, ", ", value.get(0)?),
        8 => print_bandwidths(line, "\n\t\tTE-Class ", value)?,
        9 => {
            line.text(", ");
            line.hex(value.get::<u32>(0)?, 8);
        }
        14 => {
            line.text(", ");
            tokens::print_flags(line, PROTECTIONS, value.get::<u8>(0)?);
        }
        15 => {
            line.text("\n\t\tInterface Switching Capability: ");
            tokens::print_or(line, SWITCHING, value.get::<u8>(0)?, "Unknown");
            line.text("\n\t\tLSP Encoding: ");
            tokens::print_or(line, ENCODINGS, value.get::<u8>(1)?, "Unknown");
            line.text("\n\t\tMax LSP Bandwidth:");
            print_bandwidths(line, "\n\t\t  priority level ", value.skip(4).with_claim(32))?;
        }
        16 => print_risks(line, value),
        17 => return print_constraints(line, value),
        _ => print_unknown(line, "\n\t\t", value),
    }
    Some(true)
}

pub(super) const PROTECTIONS: &[(u8, &str)] = &[
    (0x01, "Extra Traffic"),
    (0x02, "Unprotected"),
    (0x04, "Shared"),
    (0x08, "Dedicated 1:1"),
    (0x10, "Dedicated 1+1"),
    (0x20, "Enhanced"),
    (0x40, "Reserved"),
    (0x80, "Reserved"),
];

pub(super) const SWITCHING: &[(u8, &str)] = &[
    (1, "Packet-Switch Capable-1"),
    (2, "Packet-Switch Capable-2"),
    (3, "Packet-Switch Capable-3"),
    (4, "Packet-Switch Capable-4"),
    (51, "Layer-2 Switch Capable"),
    (100, "Time-Division-Multiplex"),
    (150, "Lambda-Switch Capable"),
    (200, "Fiber-Switch Capable"),
];

pub(super) const ENCODINGS: &[(u8, &str)] = &[
    (1, "Packet"),
    (2, "Ethernet V2/DIX"),
    (3, "ANSI/ETSI PDH"),
    (4, "Reserved"),
    (5, "SDH ITU-T G.707/SONET ANSI T1.105"),
    (6, "Reserved"),
    (7, "Digital Wrapper"),
    (8, "Lambda (photonic)"),
    (9, "Fiber"),
    (10, "Reserved"),
    (11, "FiberChannel"),
];

/// A bandwidth: a floating point number of bytes in a second.
pub(super) fn print_bandwidth(line: &mut Line<'_>, label: &str, bits: u32) {
    line.text(label);
    let megabits = f32::from_bits(bits) * 8.0 / 1_000_000.0;
    // A vector takes everything.
    let _ = write!(line.out, "{megabits:.3} Mbps");
}

/// A bandwidth for each number from 0 on.
fn print_bandwidths(line: &mut Line<'_>, label: &str, mut rest: Payload<'_>) -> Option<()> {
    let mut index = 0_u32;
    while rest.claimed() > 0 {
        line.labelled(label, index);
        print_bandwidth(line, ": ", rest.read()?);
        index += 1;
    }
    Some(())
}

fn print_risks(line: &mut Line<'_>, value: Payload<'_>) {
    let mut separator = "\n\t\t  Shared risk group: ";
    for word in value.bytes().as_chunks::<4>().0 {
        line.labelled(separator, u32::from_be_bytes(*word));
        separator = ", ";
    }
}

fn print_constraints(line: &mut Line<'_>, value: Payload<'_>) -> Option<bool> {
    let model: u8 = value.get(0)?;
    line.text("\n\t\tBandwidth Constraints Model ID: ");
    tokens::print_or(line, MODELS, model, "unknown");
    line.labelled(" (", model);
    line.byte(b')');
    if !value.claimed().is_multiple_of(4) || value.claimed() > 36 {
        line.labelled("\n\t\tlength ", value.claimed());
        line.text(if value.claimed() > 36 && value.claimed().is_multiple_of(4) {
            " > 36"
        } else {
            " != N x 4"
        });
        return Some(false);
    }
    print_bandwidths(line, "\n\t\t  Bandwidth constraint CT", value.skip(4))?;
    Some(true)
}

pub(super) const MODELS: &[(u8, &str)] =
    &[(0, "Russian dolls"), (1, "Maximum allocation"), (254, "Maximum allocation with E-LSP support")];
