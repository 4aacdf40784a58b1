//! The routes, topologies and capabilities of routers that IS-IS tells of.

use std::net::Ipv4Addr;

use super::isis_elements::{Ended, Printed};
use crate::decode::{
    IsisCursor, IsisError, IsisOldRoute, IsisPrefix, IsisRoute, IsisRouteError, Payload, u24,
};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Routes of IPv4 with masks and four metrics.
pub(super) fn print_old(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    while value.room() > 0 {
        match IsisOldRoute::read(&mut value) {
            Ok(route) => print_old_route(line, &route),
            Err(IsisError::Short) => {
                line.labelled("short IPv4 Reachability (", value.room());
                line.text(" vs 12)");
                return Err(Ended::Message);
            }
            Err(IsisError::Truncated) => return Err(Ended::Message),
        }
    }
    Ok(())
}

fn print_old_route(line: &mut Line<'_>, route: &IsisOldRoute) {
    const LABELS: [&str; 4] = [
        ", Metric: ",
        "\n\t        Delay Metric: ",
        "\n\t        Expense Metric: ",
        "\n\t        Error Metric: ",
    ];
    let mask = u32::from(route.mask);
    line.text("\n\t      IPv4 prefix: ");
    if mask.leading_ones() == mask.count_ones() {
        line.padded_ipv4(route.prefix);
        line.labelled("/", mask.count_ones());
    } else {
        line.ipv4(route.prefix);
        line.labelled_address(" mask ", route.mask);
    }
    print_direction(line, route.metrics.is_down());
    for (place, metric, is_external) in route.metrics.counting() {
        line.labelled(LABELS[place], metric);
        line.text(if is_external { ", External" } else { ", Internal" });
    }
}

/// Whether a route goes down from level 2 to level 1.
fn print_direction(line: &mut Line<'_>, is_down: bool) {
    line.text(if is_down { ", Distribution: down" } else { ", Distribution: up" });
}

/// Routes of IPv4 or IPv6 with one metric each, of a topology of their own or not.
pub(super) fn print(
    line: &mut Line<'_>,
    mut value: IsisCursor<'_>,
    is_ipv6: bool,
    has_topology: bool,
) -> Printed {
    if has_topology {
        print_topology(line, &mut value)?;
    }
    while value.room() > 0 {
        // How long a route is counts only when it has been read.
        let start = value.beyond();
        let mut rest = start;
        print_route(line, &mut rest, is_ipv6).ok_or(Ended::Capture)?;
        let len = rest.offset() - start.offset();
        if u32::from(value.room()) < len {
            line.labelled(" [remaining tlv length ", value.room());
            line.labelled(" < ", len);
            line.text("]");
            line.invalid();
            return Ok(());
        }
        value.skip(len as u8);
    }
    Ok(())
}

/// Prints a route and steps over it; nothing where it was not captured, or its prefix cannot be.
fn print_route(line: &mut Line<'_>, rest: &mut Payload<'_>, is_ipv6: bool) -> Option<()> {
    line.text("");
    let route = match IsisRoute::read(rest, is_ipv6) {
        Ok(route) => route,
        Err(IsisRouteError::Length(len)) => {
            line.text(if is_ipv6 { "\n\t      IPv6 prefix" } else { "\n\t      IPv4 prefix" });
            line.labelled(": bad bit length ", len);
            return None;
        }
        Err(IsisRouteError::Truncated) => return None,
    };
    match route.prefix {
        IsisPrefix::V4(prefix) => {
            line.text("\n\t      IPv4 prefix: ");
            line.padded_ipv4(prefix);
        }
        IsisPrefix::V6(prefix) => line.labelled_address("\n\t      IPv6 prefix: ", prefix),
    }
    line.labelled("/", route.len);
    print_direction(line, route.is_down);
    line.labelled(", Metric: ", route.metric);
    if is_ipv6 {
        line.text(if route.is_external { ", External" } else { ", Internal" });
    }
    if route.has_details {
        print_details(line, rest)?;
    }
    Some(())
}

/// The elements of a route. A list that is shorter than its last element goes on behind that.
fn print_details(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<()> {
    line.text(", sub-TLVs present");
    let len: u8 = rest.read()?;
    line.labelled(" (", len);
    line.text(")");
    let behind = rest.skip(len.into());
    let mut left = u32::from(len);
    while left > 0 {
        let [kind, len]: [u8; 2] = rest.read()?;
        line.text("\n\t        ");
        tokens::print_or(line, DETAILS, kind, "unknown");
        line.labelled(" subTLV #", kind);
        line.labelled(", length: ", len);
        let detail = rest.with_claim(len.into());
        if detail.is_truncated() || !print_detail(line, kind, detail, *rest)? {
            line.truncated("isis");
            return None;
        }
        *rest = rest.skip(len.into());
        left = left.wrapping_sub(u32::from(len) + 2);
    }
    *rest = behind;
    Some(())
}

const DETAILS: &[(u8, &str)] = &[
    (1, "32-Bit Administrative tag"),
    (2, "64-Bit Administrative tag"),
    (3, "Prefix SID"),
    (117, "Management Prefix Color"),
];

/// Prints what an element of a route says; tells whether it is long enough.
fn print_detail(line: &mut Line<'_>, kind: u8, detail: Payload<'_>, rest: Payload<'_>) -> Option<bool> {
    match kind {
        1 | 117 => {
            for tag in detail.bytes().as_chunks().0 {
                let tag = u32::from_be_bytes(*tag);
                line.labelled_hex(", ", tag, 8);
                line.labelled(" (=", tag);
                line.text(")");
            }
        }
        2 => {
            for tag in detail.bytes().as_chunks().0 {
                line.labelled_hex(", ", u64::from_be_bytes(*tag), 16);
            }
        }
        3 => return print_segment(line, detail.claimed(), rest),
        _ => hex::only_behind(line, "\n\t\t    ", detail.bytes()),
    }
    Some(true)
}

/// A label for the way to a route, of an element with so many bytes.
fn print_segment(line: &mut Line<'_>, len: u32, mut rest: Payload<'_>) -> Option<bool> {
    const IS_LABEL: u8 = 0x08;
    let [flags, algorithm] = rest.read()?;
    let is_label = flags & IS_LABEL != 0;
    if len < if is_label { 5 } else { 6 } {
        return Some(false);
    }
    let segment = if is_label { u24(rest.read()?) } else { rest.read()? };
    line.text(", Flags [");
    tokens::print_flags_or(line, SEGMENT_FLAGS, flags, "None");
    line.text("], Algo ");
    tokens::print_or(line, &[(0, "SPF"), (1, "strict-SPF")], algorithm, "Unknown");
    line.labelled(" (", algorithm);
    line.labelled(if is_label { "), label " } else { "), index " }, segment);
    Some(true)
}

const SEGMENT_FLAGS: &[(u8, &str)] = &[
    (0x80, "Readvertisement"),
    (0x40, "Node"),
    (0x20, "No-PHP"),
    (0x10, "Explicit NULL"),
    (0x08, "Value"),
    (0x04, "Local"),
];

/// The topologies that a system takes part in.
pub(super) fn print_topologies(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    while value.room() > 1 {
        print_topology(line, &mut value)?;
    }
    line.text(if value.room() > 0 { "\n\t      invalid MT-ID" } else { "" });
    Ok(())
}

/// The topology of what follows.
pub(super) fn print_topology(line: &mut Line<'_>, value: &mut IsisCursor<'_>) -> Printed {
    // For tcpdump a topology that its element has no room for is one that was not captured.
    let topology: u16 = value.read().map_err(|_| Ended::Capture)?;
    let id = topology & 0x0fff;
    line.text("\n\t      ");
    tokens::print_or(line, TOPOLOGIES, id, "Reserved for IETF Consensus");
    line.labelled_hex(" Topology (", id, 3);
    line.text("), Flags: [");
    tokens::print_flags(line, TOPOLOGY_FLAGS, topology & 0xf000);
    line.text("]");
    Ok(())
}

const TOPOLOGIES: &[(u16, &str)] = &[
    (0, "IPv4 unicast"),
    (1, "In-Band Management"),
    (2, "IPv6 unicast"),
    (3, "Multicast"),
    (4095, "Development, Experimental or Proprietary"),
];

const TOPOLOGY_FLAGS: &[(u16, &str)] = &[(0x4000, "ATT bit set"), (0x8000, "Overload bit set")];

/// What a router can do.
pub(super) fn print_router(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    if value.room() < 5 {
        line.labelled(" [object length ", value.room());
        line.text(" < 5]");
        line.invalid();
        return Ok(());
    }
    line.labelled_address("\n\t      Router-ID ", value.read::<Ipv4Addr>()?);
    let flags: u8 = value.read()?;
    line.text(", Flags [");
    tokens::print_flags(line, &[(1, "S bit"), (2, "D bit")], flags);
    line.text("]");
    while value.room() >= 2 {
        let [kind, len]: [u8; 2] = value.read()?;
        line.text("\n\t\t");
        tokens::print_or(line, &[(2, "SR-Capabilities")], kind, "unknown");
        line.labelled(" subTLV #", kind);
        line.labelled(", length: ", len);
        // One that is too long, or not captured whole, is the last.
        let Ok(capability) = value.take(len) else { return Ok(()) };
        match kind {
            2 => print_segments(line, capability),
            _ => hex::only_behind(line, "\n\t\t", capability.bytes()),
        }
    }
    Ok(())
}

/// The labels that a router has for segments of ways.
fn print_segments(line: &mut Line<'_>, capability: Payload<'_>) {
    let (Some(flags), Some(range)) = (capability.get::<u8>(0), capability.get(1).map(u24)) else { return };
    line.text(", Flags [");
    tokens::print_flags_or(line, &[(0x80_u8, "ipv4"), (0x40, "ipv6")], flags, "None");
    line.labelled("], Range ", range);
    let mut rest = capability.skip(4);
    while rest.claimed() >= 5 {
        let Some([kind, len]) = rest.read::<[u8; 2]>() else { return };
        if u32::from(len) > rest.claimed() {
            return;
        }
        match (kind, len) {
            (1, 3) => line.labelled(", SID value ", rest.get(0).map_or(0, u24)),
            (1, 4) => line.labelled(", SID value ", rest.get(0).unwrap_or(0_u32)),
            (1, _) => line.labelled(", Unknown SID length", len),
            _ => hex::only_behind(line, "\n\t\t  ", rest.with_claim(len.into()).bytes()),
        }
        rest = rest.skip(len.into());
    }
}
