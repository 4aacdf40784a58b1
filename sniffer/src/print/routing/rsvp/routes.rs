//! Objects of RSVP about routes and labels.

use std::net::Ipv4Addr;

use super::words::{FORMS, PAYLOADS};
use super::{Printed, Stopped, fixed};
use crate::decode::Payload;
use crate::print::line::Line;
use crate::print::routing::traffic::{ENCODINGS, SWITCHING};
use crate::print::tokens::{self, ETHER_TYPES};

/// The stations of a route, as it is to be or as it was.
pub(super) fn print_route(line: &mut Line<'_>, indent: &str, mut rest: Payload<'_>) -> Printed {
    while rest.claimed() >= 4 {
        let [kind, len]: [u8; 2] = rest.get(0).ok_or(Stopped)?;
        line.text(indent);
        line.text("  Subobject Type: ");
        tokens::print(line, STATIONS, kind & 0x7f, ["Unknown ", ""]);
        line.labelled(", length ", len);
        if u32::from(len) > rest.claimed() {
            line.text(indent);
            line.text("  ERROR: ERO subobject length > object length");
            break;
        }
        if len == 0 {
            line.text(indent);
            line.text("  ERROR: zero length ERO subtype");
            break;
        }
        match kind & 0x7f {
            1 => print_station(line, kind, len, rest)?,
            3 => print_station_label(line, len, rest)?,
            _ => {}
        }
        rest = rest.skip(len.into());
    }
    Ok(false)
}

const STATIONS: &[(u8, &str)] = &[
    (0, "Reserved"),
    (1, "IPv4 prefix"),
    (2, "IPv6 prefix"),
    (3, "Label"),
    (32, "Autonomous system number"),
    (64, "MPLS label switched path termination"),
];

/// The eight bytes of a station, if it says that it has so many.
fn station(line: &mut Line<'_>, len: u8, rest: Payload<'_>) -> Result<[u8; 8], Stopped> {
    if len != 8 {
        line.text(" ERROR: length != 8");
        line.invalid();
        return Err(Stopped);
    }
    rest.get(0).ok_or(Stopped)
}

fn print_station(line: &mut Line<'_>, kind: u8, len: u8, rest: Payload<'_>) -> Result<(), Stopped> {
    let [_, _, a, b, c, d, prefix_len, flags] = station(line, len, rest)?;
    if prefix_len != 32 {
        line.labelled(" ERROR: Prefix length ", prefix_len);
        line.text(" != 32");
        line.invalid();
        return Err(Stopped);
    }
    line.text(if kind & 0x80 == 0 { ", Strict, " } else { ", Loose, " });
    line.ipv4(Ipv4Addr::new(a, b, c, d));
    line.labelled("/", prefix_len);
    line.text(", Flags: [");
    tokens::print_flags(line, STATION_FLAGS, flags);
    line.text("]");
    Ok(())
}

const STATION_FLAGS: &[(u8, &str)] = &[
    (1, "Local protection available"),
    (2, "Local protection in use"),
    (4, "Bandwidth protection"),
    (8, "Node protection"),
];

fn print_station_label(line: &mut Line<'_>, len: u8, rest: Payload<'_>) -> Result<(), Stopped> {
    /// The class whose kinds a label's are.
    const RECORDED_ROUTE: u8 = 21;
    let [_, _, flags, kind, label @ ..] = station(line, len, rest)?;
    line.text(", Flags: [");
    tokens::print_flags(line, &[(1_u8, "Global")], flags);
    line.text("] (");
    print_bits(line, flags);
    line.text("), Class-Type: ");
    tokens::print_or(line, FORMS, (RECORDED_ROUTE, kind), "Unknown");
    line.labelled(" (", kind);
    line.labelled("), ", u32::from_be_bytes(label));
    Ok(())
}

/// A number in hexadecimal, where 0 is just that.
pub(super) fn print_bits(line: &mut Line<'_>, bits: u8) {
    if bits == 0 { line.byte(b'0') } else { line.hex(bits, 1) }
}

pub(super) fn print_labels(line: &mut Line<'_>, indent: &str, body: Payload<'_>) {
    for label in body.bytes().as_chunks::<4>().0 {
        line.text(indent);
        line.labelled("  Label: ", u32::from_be_bytes(*label));
    }
}

/// Detours around stations: who repairs, and what is avoided.
pub(super) fn print_detours(line: &mut Line<'_>, indent: &str, mut rest: Payload<'_>) -> Printed {
    while rest.claimed() >= 8 {
        let [repairs, avoided]: [Option<Ipv4Addr>; 2] = [rest.read(), rest.read()];
        line.text(indent);
        line.text("  PLR-ID: ");
        line.ipv4(repairs.ok_or(Stopped)?);
        line.text(", Avoid-Node-ID: ");
        line.ipv4(avoided.ok_or(Stopped)?);
    }
    Ok(false)
}

fn print_layer_3(line: &mut Line<'_>, indent: &str, protocol: u16) {
    line.text(indent);
    line.text("  L3 Protocol ID: ");
    tokens::print_or_hex(line, ETHER_TYPES, protocol, 4, ["Unknown Protocol (", ")"]);
}

/// Which label is wanted, and for what.
pub(super) fn print_label_request(line: &mut Line<'_>, indent: &str, kind: u8, body: Payload<'_>) -> Printed {
    match kind {
        1 => {
            for [_, _, high, low] in body.bytes().as_chunks::<4>().0 {
                print_layer_3(line, indent, u16::from_be_bytes([*high, *low]));
            }
        }
        4 => {
            let request = fixed(line, indent, body)?;
            print_generalized_request(line, indent, request);
        }
        _ => {
            let [_, _, high, low, range @ ..] = fixed::<12>(line, indent, body)?;
            print_layer_3(line, indent, u16::from_be_bytes([high, low]));
            if kind == 2 {
                print_virtual_circuits(line, indent, range);
            } else {
                print_frame_relay(line, indent, range);
            }
        }
    }
    Ok(false)
}

fn print_virtual_circuits(line: &mut Line<'_>, indent: &str, range: [u8; 8]) {
    line.text(if range[0] & 0x80 == 0 { ", merge capability" } else { ",no merge capability" });
    for (label, at) in [("  Minimum VPI/VCI: ", 0), ("  Maximum VPI/VCI: ", 4)] {
        line.text(indent);
        line.labelled(label, u16::from_be_bytes([range[at], range[at + 1]]) & 0xfff);
        line.labelled("/", u16::from_be_bytes([range[at + 2], range[at + 3]]) & 0xfff);
    }
}

fn print_frame_relay(line: &mut Line<'_>, indent: &str, range: [u8; 8]) {
    let [least, most] = [0, 4]
        .map(|at| u32::from_be_bytes([range[at], range[at + 1], range[at + 2], range[at + 3]]) & 0x007f_ffff);
    line.text(indent);
    line.labelled("  Minimum/Maximum DLCI: ", least);
    line.labelled("/", most);
    line.text(", ");
    line.text(match u16::from_be_bytes([range[0], range[1]]) >> 7 & 3 {
        0 => "10",
        2 => "23",
        _ => "",
    });
    line.text(" bit DLCI");
}

fn print_generalized_request(line: &mut Line<'_>, indent: &str, [encoding, switching, high, low]: [u8; 4]) {
    let payload = u16::from_be_bytes([high, low]);
    line.text(indent);
    line.text("  LSP Encoding Type: ");
    tokens::print_numbered(line, ENCODINGS, encoding, "Unknown");
    line.text(indent);
    line.text("  Switching Type: ");
    tokens::print_numbered(line, SWITCHING, switching, "Unknown");
    line.text(", Payload ID: ");
    tokens::print_with_hex(line, PAYLOADS, payload, 4, "Unknown");
}

/// Labels that may be used, or must not.
pub(super) fn print_label_set(line: &mut Line<'_>, indent: &str, body: Payload<'_>) -> Printed {
    let [action, _, _, kind] = fixed(line, indent, body)?;
    line.text(indent);
    line.text("  Action: ");
    tokens::print_numbered(line, ACTIONS, action, "Unknown");
    line.labelled(", Label type: ", kind & 0x7f);
    if matches!(action, 2 | 3) {
        fixed::<12>(line, indent, body)?;
        let [start, end]: [Option<u32>; 2] = [body.get(4), body.get(8)];
        line.text(indent);
        line.labelled("  Start range: ", start.ok_or(Stopped)?);
        line.labelled(", End range: ", end.ok_or(Stopped)?);
        return Ok(false);
    }
    for (index, label) in body.skip(4).bytes().as_chunks::<4>().0.iter().enumerate() {
        line.text(indent);
        line.labelled("  Subchannel #", index as u64 + 1);
        line.labelled(": ", u32::from_be_bytes(*label));
    }
    Ok(false)
}

const ACTIONS: &[(u8, &str)] =
    &[(0, "Inclusive list"), (1, "Exclusive list"), (2, "Inclusive range"), (3, "Exclusive range")];
