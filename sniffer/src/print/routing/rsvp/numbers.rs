//! Objects of RSVP about messages, failures and how a path is treated.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::routes::print_bits;
use super::words::{DIFFSERV_FAILURES, FAILURES, ROUTING_FAILURES};
use super::{Printed, Stopped, fixed, too_short};
use crate::decode::Payload;
use crate::print::line::Line;
use crate::print::tokens::{self, ADDRESS_FAMILIES};
use crate::print::{hex, text};

pub(super) fn print_message_ids(line: &mut Line<'_>, indent: &str, body: Payload<'_>) -> Printed {
    let [flags, a, b, c] = fixed(line, indent, body)?;
    line.text(indent);
    line.labelled_hex("  Flags [", flags, 2);
    line.labelled("], epoch: ", u32::from_be_bytes([0, a, b, c]));
    for id in body.skip(4).bytes().as_chunks::<4>().0 {
        line.text(indent);
        line.labelled_hex("    Message-ID ", u32::from_be_bytes(*id), 8);
        line.labelled(" (", u32::from_be_bytes(*id));
        line.text(")");
    }
    Ok(false)
}

/// What proves who sent the message; nothing checks it.
pub(super) fn print_integrity(line: &mut Line<'_>, indent: &str, body: Payload<'_>) -> Printed {
    let bytes: [u8; 32] = fixed(line, indent, body)?;
    line.text(indent);
    line.text("  Key-ID 0x");
    line.hex_bytes(&bytes[2..8]);
    line.text(", Sequence 0x");
    line.hex_bytes(&bytes[8..16]);
    line.text(", Flags [");
    tokens::print_flags(line, &[(0x80_u8, "Handshake")], bytes[0]);
    line.text("]");
    line.text(indent);
    line.text("  MD5-sum 0x");
    line.hex_bytes(&bytes[16..]);
    line.text("  (unchecked)");
    Ok(false)
}

/// What went wrong, and where.
pub(super) fn print_failure(line: &mut Line<'_>, indent: &str, kind: u8, body: Payload<'_>) -> Printed {
    let is_ipv4 = kind & 1 != 0;
    let least = if is_ipv4 { 8 } else { 20 };
    if body.claimed() < least {
        return Err(too_short(line, indent));
    }
    let address = if is_ipv4 { body.get(0).map(Ipv4Addr::into) } else { body.get(0).map(Ipv6Addr::into) };
    let address: IpAddr = address.ok_or(Stopped)?;
    let [flags, code, high, low] = body.get(least as usize - 4).ok_or(Stopped)?;
    let value = u16::from_be_bytes([high, low]);
    line.text(indent);
    line.labelled_address("  Error Node Address: ", address);
    line.labelled_hex(", Flags: [", flags, 2);
    line.text("]");
    line.text(indent);
    line.text("  Error Code: ");
    tokens::print_numbered(line, FAILURES, code, "unknown");
    match code {
        24 => print_failure_value(line, ROUTING_FAILURES, value),
        28 | 125 if is_ipv4 => print_failure_value(line, DIFFSERV_FAILURES, value),
        _ if is_ipv4 => {
            line.labelled(", Unknown Error Value (", value);
            line.text(")");
        }
        _ => {}
    }
    Ok(false)
}

fn print_failure_value(line: &mut Line<'_>, table: &[(u16, &'static str)], value: u16) {
    line.text(", Error Value: ");
    tokens::print_numbered(line, table, value, "unknown");
}

pub(super) fn print_class_type(line: &mut Line<'_>, indent: &str, body: Payload<'_>) -> Printed {
    let [_, _, _, class] = fixed(line, indent, body)?;
    line.text(indent);
    line.labelled("  CT: ", class & 7);
    Ok(false)
}

pub(super) fn print_capability(line: &mut Line<'_>, indent: &str, body: Payload<'_>) -> Printed {
    /// The flags that mean something.
    const KNOWN: u32 = 7;
    let flags = u32::from_be_bytes(fixed(line, indent, body)?);
    if flags & !KNOWN != 0 {
        line.text(indent);
        line.labelled_hex("  [reserved=", flags & !KNOWN, 8);
        line.text(" must be zero]");
    }
    line.text(indent);
    line.text("  Flags: [");
    let table = [
        (4_u32, "RecoveryPath Transmit Enabled"),
        (2, "RecoveryPath Desired"),
        (1, "RecoveryPath Srefresh Capable"),
    ];
    tokens::print_flags(line, &table, flags & KNOWN);
    line.text("]");
    Ok(false)
}

pub(super) fn print_status(line: &mut Line<'_>, indent: &str, body: Payload<'_>) -> Printed {
    let flags = u32::from_be_bytes(fixed(line, indent, body)?);
    line.text(indent);
    line.text("  Flags [");
    let table = [(0x8000_0000_u32, "Reflect"), (4, "Testing"), (2, "Admin-down"), (1, "Delete-in-progress")];
    tokens::print_flags(line, &table, flags);
    line.text("]");
    Ok(false)
}

pub(super) fn print_properties(line: &mut Line<'_>, indent: &str, body: Payload<'_>) -> Printed {
    let [a, b, c, d] = fixed(line, indent, body)?;
    let padding = u16::from_be_bytes([c, d]);
    line.text(indent);
    line.labelled("  TLV count: ", u16::from_be_bytes([a, b]));
    line.labelled(", padding bytes: ", padding);
    let mut rest = body.skip(4);
    while rest.claimed() >= 2 + u32::from(padding) {
        let [kind, len]: [u8; 2] = rest.get(0).ok_or(Stopped)?;
        line.text(indent);
        line.text("    ");
        let names = [(1_u8, "Cos"), (2, "Metric 1"), (4, "Metric 2"), (8, "CCC Status"), (16, "Path Type")];
        tokens::print_or(line, &names, kind, "unknown");
        line.labelled_hex(" TLV (", kind, 2);
        line.labelled("), length: ", len);
        if u32::from(len) > rest.claimed() {
            return Err(too_short(line, indent));
        }
        if len < 2 {
            line.text(indent);
            line.text("ERROR: property TLV is too short");
            return Err(Stopped);
        }
        hex::only_behind(line, "\n\t\t", rest.with_claim(len.into()).skip(2).bytes());
        rest = rest.skip(len.into());
    }
    Ok(false)
}

/// How a path is repaired: in the old form, 7, without the bits that all links must have.
pub(super) fn print_reroute(line: &mut Line<'_>, indent: &str, kind: u8, mut body: Payload<'_>) -> Printed {
    let is_new = kind == 1;
    if body.claimed() < if is_new { 20 } else { 16 } {
        return Err(too_short(line, indent));
    }
    let [setup, hold, hops, _]: [u8; 4] = body.read().ok_or(Stopped)?;
    let bandwidth: f32 = body.read().ok_or(Stopped)?;
    line.text(indent);
    line.labelled("  Setup Priority: ", setup);
    line.labelled(", Holding Priority: ", hold);
    line.labelled(", Hop-limit: ", hops);
    line.text(", Bandwidth: ");
    text::general(line.out, (bandwidth * 8.0 / 1_000_000.0).into());
    line.text(" Mbps");
    line.text(indent);
    let labels: &[&str] = if is_new {
        &["  Include-any: ", ", Exclude-any: ", ", Include-all: "]
    } else {
        &["  Include Colors: ", ", Exclude Colors: "]
    };
    for label in labels {
        line.text(label);
        line.hex(body.read::<u32>().ok_or(Stopped)?, 8);
    }
    Ok(false)
}

pub(super) fn print_session_attribute(line: &mut Line<'_>, indent: &str, body: Payload<'_>) -> Printed {
    let [setup, hold, flags, len] = fixed(line, indent, body)?;
    let name = body.skip(4).with_claim(len.into());
    if name.is_truncated() {
        return Err(too_short(line, indent));
    }
    line.text(indent);
    line.text("  Session Name: ");
    line.untrusted(name.bytes());
    line.text(indent);
    line.labelled("  Setup Priority: ", setup);
    line.labelled(", Holding Priority: ", hold);
    line.text(", Flags: [");
    let table = [
        (1_u8, "Local Protection"),
        (2, "Label Recording"),
        (4, "SE Style"),
        (8, "Bandwidth protection"),
        (16, "Node protection"),
    ];
    tokens::print_flags(line, &table, flags);
    line.text("] (");
    print_bits(line, flags);
    line.text(")");
    Ok(false)
}

/// What a user asks of an optical network.
pub(super) fn print_user_interface(line: &mut Line<'_>, indent: &str, mut rest: Payload<'_>) -> Printed {
    fixed::<4>(line, indent, rest)?;
    let mut wants_hex = false;
    while rest.claimed() > 0 {
        let head =
            rest.get::<[u8; 4]>(0).map(|[a, b, kind, family]| (u16::from_be_bytes([a, b]), kind, family));
        let Some((len, kind, family)) = head else {
            line.invalid();
            return Err(Stopped);
        };
        line.text(indent);
        line.text("  Subobject Type: ");
        tokens::print_numbered(line, USER_PARTS, kind, "Unknown");
        line.text(", AF: ");
        tokens::print_or(line, ADDRESS_FAMILIES, family.into(), "Unknown");
        line.labelled(" (", family);
        line.labelled("), length: ", len);
        if len < 4 || u32::from(len) > rest.claimed() {
            line.invalid();
            return Err(Stopped);
        }
        let value = rest.with_claim(len.into()).skip(4);
        let Some(is_opaque) = print_user_part(line, indent, kind, family, value) else {
            line.text(indent);
            line.text("ERROR: sub-object is too short");
            return Err(Stopped);
        };
        wants_hex |= is_opaque;
        rest = rest.skip(len.into());
    }
    Ok(wants_hex)
}

const USER_PARTS: &[(u8, &str)] = &[
    (1, "Source TNA address"),
    (2, "Destination TNA address"),
    (3, "Diversity"),
    (4, "Egress label"),
    (5, "Service level"),
];

/// Prints a part; tells whether its bytes are to be seen. `None` where it is too short.
fn print_user_part(
    line: &mut Line<'_>,
    indent: &str,
    kind: u8,
    family: u8,
    mut value: Payload<'_>,
) -> Option<bool> {
    let begin = |line: &mut Line<'_>, label: &str| {
        line.text(indent);
        line.text(label);
    };
    match (kind, family) {
        (1 | 2, 1) => {
            let address: Ipv4Addr = value.read()?;
            begin(line, "    UNI IPv4 TNA address: ");
            line.ipv4(address);
        }
        (1 | 2, 2) => {
            let address: Ipv6Addr = value.read()?;
            begin(line, "    UNI IPv6 TNA address: ");
            line.ipv6(address);
        }
        (1 | 2, 3) => return Some(true),
        (1 | 2, _) => {}
        (3, _) => return Some(value.claimed() > 0),
        (4, _) => {
            let [form, port, label]: [u32; 3] = [value.read()?, value.read()?, value.read()?];
            begin(line, "    U-bit: ");
            line.number(form >> 31);
            line.labelled(", Label type: ", form & 0xff);
            line.labelled(", Logical port id: ", port);
            line.labelled(", Label: ", label);
        }
        (5, _) => {
            let level: u32 = value.read()?;
            begin(line, "    Service level: ");
            line.number(level >> 24);
        }
        _ => return Some(true),
    }
    Some(false)
}
