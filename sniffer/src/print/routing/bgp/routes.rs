//! Routes of BGP, for `-v`: prefixes of IPv4 and IPv6 with what stands in front of them.

use std::net::Ipv4Addr;

use super::print_system;
use crate::decode::{BgpPrefix, BgpPrefixError, BgpRoute, BgpRoutes};
use crate::print::line::Line;

/// Prints routes, each behind `before`, up to the first that cannot be read.
///
/// # Errors
/// The error of that route; an illegal length has been said.
pub(super) fn print(
    line: &mut Line<'_>,
    before: &str,
    routes: &mut BgpRoutes<'_>,
) -> Result<(), BgpPrefixError> {
    for route in routes {
        if route == Err(BgpPrefixError::Illegal) {
            line.text("\n\t    (illegal prefix length)");
        }
        let BgpRoute { path, prefix } = route?;
        line.text(before);
        print_prefix(line, &prefix);
        if let Some(path) = path {
            line.labelled("   Path Id: ", path);
        }
    }
    Ok(())
}

fn print_prefix(line: &mut Line<'_>, prefix: &BgpPrefix) {
    if let Some(distinguisher) = prefix.distinguisher {
        print_distinguisher(line, distinguisher);
        line.text(", ");
    }
    line.address(prefix.address);
    line.labelled("/", prefix.len);
    if let Some((label, is_bottom)) = prefix.label {
        line.labelled(", label:", label);
        line.text(if is_bottom { " (bottom)" } else { " (BOGUS: Bottom of Stack NOT set!)" });
    }
}

/// A route distinguisher, RFC 4364 section 4.2.
pub(super) fn print_distinguisher(line: &mut Line<'_>, distinguisher: [u8; 8]) {
    let [_, _, rest @ ..] = distinguisher;
    let [number @ .., high, low] = rest;
    let [system_high, system_low, assigned @ ..] = rest;
    let address = Ipv4Addr::from(number);
    let plain = |line: &mut Line<'_>, address| crate::print::text::ipv4(line.out, address);
    line.text("RD: ");
    match u16::from_be_bytes([distinguisher[0], distinguisher[1]]) {
        0 => {
            line.number(u16::from_be_bytes([system_high, system_low]));
            line.labelled(":", u32::from_be_bytes(assigned));
            line.text(" (= ");
            plain(line, Ipv4Addr::from(assigned));
            line.byte(b')');
        }
        1 => {
            plain(line, address);
            line.labelled(":", u16::from_be_bytes([high, low]));
        }
        2 => {
            let assigned = u16::from_be_bytes([high, low]);
            print_system(line, "", u32::from_be_bytes(number));
            line.labelled(":", assigned);
            line.text(" (");
            plain(line, address);
            line.labelled(":", assigned);
            line.byte(b')');
        }
        _ => line.text("unknown RD format"),
    }
}
