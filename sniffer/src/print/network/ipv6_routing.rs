//! The IPv6 routing header: source routes of RFC 2460 and segments of RFC 8754.

use std::net::Ipv6Addr;

use crate::decode::Ipv6Extension;
use crate::print::line::Line;

/// Source routes, deprecated by RFC 5095.
const SOURCE_ROUTE: u8 = 0;
/// The home address of mobile IPv6, RFC 6275.
const MOBILE: u8 = 2;
/// Segment routing, RFC 8754.
const SEGMENTS: u8 = 4;

/// A field was not captured.
struct Truncated;

pub(super) fn print(line: &mut Line<'_>, extension: &Ipv6Extension<'_>) {
    line.text("RT6 ");
    if print_fields(line, extension).is_err() {
        line.truncated("rt6");
    }
}

fn print_fields(line: &mut Line<'_>, extension: &Ipv6Extension<'_>) -> Result<(), Truncated> {
    let &[kind, segments_left, ..] = extension.data() else { return Err(Truncated) };
    line.labelled("(len=", extension.len_units());
    line.labelled(", type=", kind);
    if kind == SOURCE_ROUTE {
        line.text(" [Deprecated]");
    }
    line.labelled(", segleft=", segments_left);
    match kind {
        SOURCE_ROUTE | MOBILE => print_route(line, extension),
        SEGMENTS => print_segments(line, extension),
        _ => {
            line.text(" (unknown type)");
            Ok(())
        }
    }
}

/// Reserved bits, then the addresses of the route.
fn print_route(line: &mut Line<'_>, extension: &Ipv6Extension<'_>) -> Result<(), Truncated> {
    let reserved = extension.data().get(2..).and_then(<[u8]>::first_chunk).ok_or(Truncated)?;
    let reserved = u32::from_be_bytes(*reserved);
    if reserved != 0 || line.is_verbose() {
        line.labelled_hex(", rsv=", reserved, 1);
    }
    if !extension.len_units().is_multiple_of(2) {
        print_invalid_len(line, extension);
        return Ok(());
    }
    print_addresses(line, extension.data(), usize::from(extension.len_units() / 2))
}

/// The last entry's index, flags and tag, then the segments.
fn print_segments(line: &mut Line<'_>, extension: &Ipv6Extension<'_>) -> Result<(), Truncated> {
    let &[_, _, last_entry, flags, t0, t1, ..] = extension.data() else { return Err(Truncated) };
    line.labelled(", last-entry=", last_entry);
    if flags != 0 || line.is_verbose() {
        line.labelled_hex(", flags=", flags, 1);
    }
    line.text(", tag=");
    line.hex_digits(u16::from_be_bytes([t0, t1]), 1);
    let count = usize::from(last_entry) + 1;
    if usize::from(extension.len_units()) < count * 2 || !extension.len_units().is_multiple_of(2) {
        print_invalid_len(line, extension);
        return Ok(());
    }
    print_addresses(line, extension.data(), count)
}

fn print_invalid_len(line: &mut Line<'_>, extension: &Ipv6Extension<'_>) {
    line.labelled(" (invalid length ", extension.len_units());
    line.text(")");
    line.invalid();
}

fn print_addresses(line: &mut Line<'_>, data: &[u8], count: usize) -> Result<(), Truncated> {
    for index in 0..count {
        let address = data.get(6 + index * 16..).and_then(<[u8]>::first_chunk::<16>).ok_or(Truncated)?;
        line.labelled(", [", index as u64);
        line.labelled_address("]", Ipv6Addr::from(*address));
    }
    line.text(") ");
    Ok(())
}
