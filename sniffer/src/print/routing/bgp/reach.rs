//! Routes of any family that BGP announces or withdraws, for `-v`.

use std::net::Ipv6Addr;

use super::routes::print_distinguisher;
use super::{SUBSEQUENT_FAMILIES, routes};
use crate::decode::{BgpPrefixForm, BgpReach, BgpRoutes, Payload};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Prints the routes that are announced; nothing where the attribute ends too early.
pub(super) fn print(line: &mut Line<'_>, reach: &BgpReach<'_>) -> Option<()> {
    let Routes::Prefixes(form, is_ipv6) = print_family(line, reach)? else { return Some(()) };
    let next_hops = reach.next_hops()?;
    if next_hops.claimed() > 0 {
        line.text("\n\t    nexthop: ");
        print_next_hops(line, next_hops, form, is_ipv6)?;
    }
    line.labelled(", nh-length: ", next_hops.claimed());
    let (count, mut rest) = reach.attachments()?;
    if count == 0 {
        line.text(", no SNPA");
    } else {
        line.labelled("\n\t    ", count);
        line.text(" SNPA");
    }
    for _ in 0..count {
        let attachment = BgpReach::vector(&mut rest)?;
        line.labelled("\n\t      ", attachment.claimed());
        line.text(" bytes");
        if attachment.is_truncated() {
            return None;
        }
    }
    print_routes(line, BgpRoutes::new(rest, form, is_ipv6));
    Some(())
}

/// Prints the routes that are withdrawn; nothing where the attribute ends too early.
pub(super) fn print_withdrawn(line: &mut Line<'_>, reach: &BgpReach<'_>) -> Option<()> {
    let Routes::Prefixes(form, is_ipv6) = print_family(line, reach)? else { return Some(()) };
    let withdrawn = reach.withdrawn(form, is_ipv6);
    if withdrawn.rest().claimed() == 0 {
        line.text("\n\t      End-of-Rib Marker (empty NLRI)");
    }
    print_routes(line, withdrawn);
    Some(())
}

fn print_routes(line: &mut Line<'_>, mut list: BgpRoutes<'_>) {
    // tcpdump ends a list where a prefix has too little room, and says nothing.
    let _ = routes::print(line, "\n\t      ", &mut list);
}

/// The routes of a family.
enum Routes {
    /// Prefixes of this form, of IPv6 or not.
    Prefixes(BgpPrefixForm, bool),
    /// Others, which are not decoded.
    Other,
}

/// Prints the family that routes are of.
fn print_family(line: &mut Line<'_>, reach: &BgpReach<'_>) -> Option<Routes> {
    let family = reach.family()?;
    line.text("\n\t    AFI: ");
    tokens::print_or(line, tokens::ADDRESS_FAMILIES, family.addresses, "Unknown AFI");
    line.labelled(" (", family.addresses);
    line.text(if family.subsequent > 128 { "), vendor specific SAFI: " } else { "), SAFI: " });
    tokens::print_numbered(line, SUBSEQUENT_FAMILIES, family.subsequent, "Unknown SAFI");
    if let Some((form, is_ipv6)) = family.prefixes() {
        return Some(Routes::Prefixes(form, is_ipv6));
    }
    line.labelled("\n\t    no AFI ", family.addresses);
    line.labelled(" / SAFI ", family.subsequent);
    line.text(" decoder");
    hex::without_vv(line, "\n\t    ", reach.whole.bytes());
    Some(Routes::Other)
}

fn print_next_hops(
    line: &mut Line<'_>,
    mut rest: Payload<'_>,
    form: BgpPrefixForm,
    is_ipv6: bool,
) -> Option<()> {
    let mut separator = "";
    let is_vpn = form == BgpPrefixForm::Vpn;
    let least = if is_ipv6 { 16 } else { 4 } + if is_vpn { 8 } else { 0 };
    while rest.claimed() > 0 {
        line.text(separator);
        separator = ", ";
        if rest.claimed() < least {
            line.text("invalid len");
            return Some(());
        }
        if is_vpn {
            print_distinguisher(line, rest.read()?);
            line.text(", ");
        }
        if is_ipv6 {
            line.ipv6(rest.read::<Ipv6Addr>()?);
        } else {
            line.ipv4(rest.read()?);
        }
    }
    Some(())
}
