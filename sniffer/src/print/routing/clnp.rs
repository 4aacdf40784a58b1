//! CLNP, the network protocol of OSI: from where to where, with `-v` its header and options.

use super::osi;
use crate::decode::{Clnp, OsiError, OsiReader, Payload};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// How many packets are printed that are in reports of errors of packets that are in reports.
const MAX_QUOTES: u8 = 4;

pub(in crate::print) fn print(line: &mut Line<'_>, packet: &Clnp<'_>) {
    osi::print_protocol(line, packet.whole());
    match print_packet(line, packet, 0) {
        Ok(true) => {}
        Ok(false) => hex::only(line, packet.whole().bytes()),
        Err(OsiError::Truncated) => line.truncated("clnp"),
        Err(OsiError::Short) => {
            line.text("li < size of fixed part of CLNP header and addresses");
            hex::only(line, packet.whole().bytes());
        }
    }
}

/// Prints a packet; tells whether its header can be.
fn print_packet(line: &mut Line<'_>, packet: &Clnp<'_>, quoted: u8) -> Result<bool, OsiError> {
    let (whole, checksum) = (packet.whole(), packet.checksum().ok_or(OsiError::Truncated)?);
    if !line.options.link_header {
        line.text("CLNP");
    }
    let fixed = || Some((packet.header_len()?, packet.version()?, packet.type_field()?));
    let (len, version, type_field) = fixed().ok_or(OsiError::Truncated)?;
    if version != 1 {
        line.labelled("version ", version);
        line.text(" packet not supported");
        return Ok(false);
    }
    if !osi::print_header_fault(line, whole, len, Clnp::FIXED_LEN) {
        return Ok(false);
    }
    let header = whole.with_claim(len.into());
    let mut reader = OsiReader::new(header.skip(Clnp::FIXED_LEN.into()));
    let (destination, source) = (reader.address()?, reader.address()?);
    line.text(if line.options.link_header { "" } else { ", " });
    let kind = type_field & KIND;
    if !line.is_verbose() {
        osi::print_address(line, source.bytes());
        line.text(" > ");
        osi::print_address(line, destination.bytes());
        line.text(", ");
        tokens::print(line, KINDS, kind, ["unknown (", ")"]);
        line.labelled(", length ", whole.claimed());
        return Ok(true);
    }
    line.labelled("length ", whole.claimed());
    line.text("\n\t");
    tokens::print(line, KINDS, kind, ["unknown (", ")"]);
    print_fixed(line, packet).ok_or(OsiError::Truncated)?;
    osi::print_checksum(line, header, checksum, Clnp::CHECKSUM_AT);
    line.text("\n\tFlags [");
    tokens::print_flags(line, FLAGS, type_field & 0xe0);
    line.text("]");
    for (label, address) in [("\n\tsource address", source), ("\n\tdest   address", destination)] {
        line.text(label);
        line.labelled(" (length ", address.claimed());
        line.text("): ");
        osi::print_address(line, address.bytes());
    }
    if type_field & SEGMENTATION != 0 && !print_segment(line, &mut reader)? {
        return Ok(false);
    }
    if !print_options(line, &mut reader)? {
        return Ok(false);
    }
    print_data(line, kind, whole.skip(len.into()), quoted)?;
    Ok(true)
}

/// The bits of the type field that are the type.
const KIND: u8 = 0x1f;
/// The flag that the packet may be sent in parts.
const SEGMENTATION: u8 = 0x80;

/// What is behind the header: the packet that is in error or whose echo this is, or bytes.
fn print_data(line: &mut Line<'_>, kind: u8, data: Payload<'_>, quoted: u8) -> Result<(), OsiError> {
    /// The first byte of a packet of CLNP.
    const CLNP: u8 = 0x81;
    if matches!(kind, 1 | 31) && data.get::<u8>(0).ok_or(OsiError::Truncated)? == CLNP && quoted < MAX_QUOTES
    {
        line.text("\n\t-----original packet-----\n\t");
        print_packet(line, &Clnp::new(data), quoted + 1)?;
    } else if data.claimed() > 0 {
        line.labelled("\n\t  undecoded non-header data, length ", data.claimed());
        hex::only_behind(line, "\n\t  ", data.bytes());
    }
    Ok(())
}

const KINDS: &[(u8, &str)] =
    &[(1, "Error Report"), (28, "Data"), (29, "MD"), (30, "Echo Request"), (31, "Echo Response")];

const FLAGS: &[(u8, &str)] =
    &[(0x80, "Segmentation permitted"), (0x40, "more Segments"), (0x20, "request Error Report")];

fn print_fixed(line: &mut Line<'_>, packet: &Clnp<'_>) -> Option<()> {
    let lifetime = packet.lifetime()?;
    line.labelled(" PDU, hlen: ", packet.header_len()?);
    line.labelled(", v: ", packet.version()?);
    line.labelled(", lifetime: ", lifetime / 2);
    line.labelled(".", lifetime % 2 * 5);
    line.labelled("s, Segment PDU length: ", packet.segment_len()?);
    line.text(", checksum: ");
    line.hex(packet.checksum()?, 4);
    Some(())
}

/// Which part of a packet this is; tells whether there is room for that.
fn print_segment(line: &mut Line<'_>, reader: &mut OsiReader<'_>) -> Result<bool, OsiError> {
    let Ok(mut segment) = reader.take(6) else {
        if reader.rest().claimed() >= 6 {
            return Err(OsiError::Truncated);
        }
        line.text("li < size of fixed part of CLNP header, addresses, and segment part");
        return Ok(false);
    };
    let mut read = || segment.read::<u16>().ok_or(OsiError::Truncated);
    line.text("\n\tData Unit ID: ");
    line.hex(read()?, 4);
    line.labelled(", Segment Offset: ", read()?);
    line.labelled(", Total PDU Length: ", read()?);
    Ok(true)
}

/// Prints the options; tells whether they can be.
fn print_options(line: &mut Line<'_>, reader: &mut OsiReader<'_>) -> Result<bool, OsiError> {
    while reader.rest().claimed() > 0 {
        if reader.rest().claimed() < 2 {
            line.text(", bad opts/li");
            return Ok(false);
        }
        let (kind, len) = (reader.byte()?, reader.byte()?);
        if reader.rest().claimed() < len.into() {
            line.labelled(", opt (", kind);
            line.text(") too long");
            return Ok(false);
        }
        let value = reader.take(len)?;
        line.text("\n\t  ");
        tokens::print_or(line, OPTIONS, kind, "Unknown");
        line.labelled(" Option #", kind);
        line.labelled(", length ", len);
        line.text(", value: ");
        if print_option(line, kind, value).is_none() {
            line.text(", bad opt len");
            return Ok(false);
        }
        hex::with_vv(line, "\n\t  ", value.bytes());
    }
    Ok(true)
}

const OPTIONS: &[(u8, &str)] = &[
    (193, "Discard Reason"),
    (195, "QoS Maintenance"),
    (197, "Security"),
    (200, "Source Routing"),
    (203, "Route Recording"),
    (204, "Padding"),
    (205, "Priority"),
];

/// Prints what an option says; nothing where it is too short for that.
fn print_option(line: &mut Line<'_>, kind: u8, value: Payload<'_>) -> Option<()> {
    match kind {
        193 => print_reason(line, value.get(0)?),
        195 => {
            let quality: u8 = value.get(0)?;
            print_scope(line, quality);
            if quality & 0xc0 == 0xc0 {
                line.text("\n\t    QoS Flags [");
                tokens::print_flags(line, QUALITIES, quality & 0x3f);
                line.text("]");
            }
        }
        197 => {
            let [scope, level]: [u8; 2] = value.get(0)?;
            print_scope(line, scope);
            line.labelled(", Security-Level ", level);
        }
        200 | 203 => print_route(line, kind, value.get(0)?, value),
        204 => line.text("padding data"),
        205 => line.hex(value.get::<u8>(0)? & 0x0f, 1),
        _ => hex::only_behind(line, "\n\t  ", value.bytes()),
    }
    Some(())
}

fn print_scope(line: &mut Line<'_>, scope: u8) {
    line.text("\n\t    Format Code: ");
    line.text(
        ["Reserved", "Source Address Specific", "Destination Address Specific", "Globally unique"]
            [usize::from(scope >> 6)],
    );
}

const QUALITIES: &[(u8, &str)] = &[
    (0x20, "reserved"),
    (0x10, "sequencing vs. delay"),
    (0x08, "congested"),
    (0x04, "delay vs. cost"),
    (0x02, "error vs. delay"),
    (0x01, "error vs. cost"),
];

/// The way that a packet went or is to go: addresses from a place on that counts from 1.
fn print_route(line: &mut Line<'_>, kind: u8, [form, place]: [u8; 2], value: Payload<'_>) {
    tokens::print_or(line, &[(0, "partial"), (1, "complete")], form, "Unknown");
    line.text(if kind == 200 { " source routing" } else { " recording of route in progress" });
    let place = u32::from(place);
    if place == 0 {
        return line.text(" Bad NSAP offset (0)");
    }
    if place - 1 > value.claimed() {
        return line.text(" Bad NSAP offset (past end of option)");
    }
    let mut route = OsiReader::new(value.skip(place as usize - 1));
    while route.rest().claimed() > 0 {
        let Ok(address) = route.address() else {
            return line.text("\n\t    NSAP address goes past end of option");
        };
        if address.claimed() > 0 {
            line.labelled("\n\t    NSAP address (length ", address.claimed());
            line.text("): ");
            osi::print_address(line, address.bytes());
        }
    }
}

/// Why a packet was not forwarded.
fn print_reason(line: &mut Line<'_>, reason: u8) {
    let (class, error) = (reason >> 4, reason & 0x0f);
    let known = REASONS.iter().find(|known| known.0 == class);
    line.text("\n\t    Class: ");
    line.text(known.map_or("Unknown", |known| known.1));
    line.labelled_hex(" Error (", class, 1);
    line.text("), ");
    line.text(known.and_then(|known| known.2.get(usize::from(error))).unwrap_or(&"Unknown"));
    line.labelled_hex(" (", error, 1);
    line.text(")");
}

/// Classes of errors, and the errors of each by their numbers.
const REASONS: &[(u8, &str, &[&str])] = &[
    (
        0,
        "General",
        &[
            "Reason not specified",
            "Protocol procedure error",
            "Incorrect checksum",
            "PDU discarded due to congestion",
            "Header syntax error (cannot be parsed)",
            "Segmentation needed but not permitted",
            "Incomplete PDU received",
            "Duplicate option",
        ],
    ),
    (8, "Address", &["Destination address unreachable", "Destination address unknown"]),
    (
        9,
        "Source Routeing",
        &[
            "Unspecified source routeing error",
            "Syntax error in source routeing field",
            "Unknown address in source routeing field",
            "Path not acceptable",
        ],
    ),
    (10, "Lifetime", &["Lifetime expired while data unit in transit", "Lifetime expired during reassembly"]),
    (
        11,
        "PDU Discarded",
        &[
            "Unsupported option not specified",
            "Unsupported protocol version",
            "Unsupported security option",
            "Unsupported source routeing option",
            "Unsupported recording of route option",
        ],
    ),
    (12, "Reassembly", &["Reassembly interference"]),
];
