//! `GeoNetworking` and the basic transport protocol in it.

use crate::decode::{GeoNet, Payload};
use crate::print::hex;
use crate::print::line::Line;
use crate::print::tokens;

/// Prints a packet that came from this station.
pub(in crate::print) fn print(line: &mut Line<'_>, packet: &GeoNet<'_>, source: Option<[u8; 6]>) {
    line.text("GeoNet ");
    if let Some(source) = source {
        line.text("src:");
        line.mac(&source);
    }
    line.text("; ");
    let claimed = packet.whole().claimed();
    if claimed < GeoNet::HEADER_LEN as u32 {
        line.labelled(" (common header length ", claimed);
        line.text(" < 36)");
        return line.invalid();
    }
    print_headers(line, packet).unwrap_or_else(|| line.truncated("geonet"));
}

fn print_headers(line: &mut Line<'_>, packet: &GeoNet<'_>) -> Option<()> {
    let (version, next, (kind, subtype)) = (packet.version()?, packet.next_header()?, packet.kind()?);
    let (payload_len, hop_limit) = (packet.payload_len()?, packet.hop_limit()?);
    line.labelled("v:", version);
    line.labelled(" NH:", next);
    line.byte(b'-');
    tokens::print_or(line, NEXT_HEADERS, next, "Unknown");
    line.labelled(" HT:", kind);
    line.labelled("-", subtype);
    line.byte(b'-');
    line.text(kind_name(kind, subtype));
    line.labelled(" HopLim:", hop_limit);
    line.labelled(" Payload:", payload_len);
    line.byte(b' ');
    let address = packet.address()?;
    line.text("GN_ADDR:");
    line.mac(&address);
    line.labelled(" lat:", packet.latitude()?);
    line.labelled(" lon:", packet.longitude()?);
    packet.whole().get::<[u8; GeoNet::HEADER_LEN]>(0)?;
    let mut rest = packet.whole().skip(GeoNet::HEADER_LEN);
    if let Some(extended) = extended_len(kind, subtype) {
        if rest.claimed() < extended as u32 {
            line.labelled(" (header size ", extended as u64);
            line.labelled(" > ", rest.claimed());
            line.text(")");
            line.invalid();
            return Some(());
        }
        rest.bytes().get(..extended)?;
        rest = rest.skip(extended);
        if matches!(next, 1 | 2) && print_transport(line, &mut rest)?.is_invalid {
            return Some(());
        }
    }
    if line.is_verbose() {
        hex::unknown(line, rest.bytes());
    }
    Some(())
}

/// Whether what was just printed ends the packet.
struct Printed {
    is_invalid: bool,
}

/// Prints the ports, and what kind of message is behind them; stops behind the ports.
fn print_transport(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<Printed> {
    if rest.claimed() < 4 {
        line.labelled(" (BTP length ", rest.claimed());
        line.text(" < 4)");
        line.invalid();
        return Some(Printed { is_invalid: true });
    }
    line.labelled("; BTP Dst:", rest.read::<u16>()?);
    line.labelled(" Src:", rest.read::<u16>()?);
    if rest.claimed() >= 2 {
        line.labelled("; ItsPduHeader v:", rest.get::<u8>(0)?);
        let kind: u8 = rest.get(1)?;
        line.labelled(" t:", kind);
        line.byte(b'-');
        tokens::print(line, MESSAGES, kind, ["unknown (", ")"]);
    }
    Some(Printed { is_invalid: false })
}

/// Bytes between the common header and the transport, where they are known.
fn extended_len(kind: u8, subtype: u8) -> Option<usize> {
    match (kind, subtype) {
        (0 | 1, _) | (5, 0) => Some(0),
        (5, 1) => Some(32),
        _ => None,
    }
}

fn kind_name(kind: u8, subtype: u8) -> &'static str {
    match (kind, subtype) {
        (0, _) => "Any",
        (1, _) => "Beacon",
        (2, _) => "GeoUnicast",
        (3, 0) => "GeoAnycastCircle",
        (3, 1) => "GeoAnycastRect",
        (3, 2) => "GeoAnycastElipse",
        (4, 0) => "GeoBroadcastCircle",
        (4, 1) => "GeoBroadcastRect",
        (4, 2) => "GeoBroadcastElipse",
        (5, 0) => "TopoScopeBcast-SH",
        (5, 1) => "TopoScopeBcast-MH",
        (6, 0) => "LocService-Request",
        (6, 1) => "LocService-Reply",
        _ => "Unknown",
    }
}

const NEXT_HEADERS: &[(u8, &str)] = &[(0, "Any"), (1, "BTP-A"), (2, "BTP-B"), (3, "IPv6")];

const MESSAGES: &[(u8, &str)] = &[
    (0, "CAM"),
    (1, "DENM"),
    (101, "TPEGM"),
    (102, "TSPDM"),
    (103, "VPM"),
    (104, "SRM"),
    (105, "SLAM"),
    (106, "ecoCAM"),
    (107, "ITM"),
    (150, "SA"),
];
