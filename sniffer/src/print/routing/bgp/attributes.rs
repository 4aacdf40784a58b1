//! The path attributes of BGP, for `-v`. Routes of other families are `reach`'s, communities `communities`'.

use std::net::Ipv4Addr;

use super::{communities, print_system, reach, tunnel};
use crate::decode::{BgpAttribute, BgpMetric, BgpPath, BgpValue, Payload};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// How deep attributes in attributes are followed.
const MAX_SETS: u8 = 10;

/// Prints the attributes in `list`, behind which a message has `behind` bytes; nothing where one contradicts itself.
pub(super) fn print(line: &mut Line<'_>, list: Payload<'_>, behind: u32) -> Option<()> {
    print_list(line, list, behind, 0)
}

fn print_list(line: &mut Line<'_>, mut list: Payload<'_>, behind: u32, depth: u8) -> Option<()> {
    while list.claimed() > 0 {
        let room = list.claimed() + behind;
        let attribute = match BgpAttribute::read(&mut list) {
            Ok(attribute) => attribute,
            Err(needed) if room < needed => return None,
            Err(_) => {
                line.text(if depth == 0 { "\n\t  [path attrs too short]" } else { " [path attr too short]" });
                return Some(());
            }
        };
        line.text(if depth == 0 { "\n\t  " } else { "\n\t      " });
        tokens::print_numbered(line, ATTRIBUTES, attribute.kind, "Unknown Attribute");
        line.labelled(", length: ", attribute.value.claimed());
        print_flags(line, attribute.flags, depth);
        if attribute.value.is_truncated() {
            line.text(if depth == 0 { " [path attrs too short]" } else { " [path attr too short]" });
            return Some(());
        }
        if depth > MAX_SETS {
            line.text("(too many nested levels, not recursing)");
            continue;
        }
        print_value(line, &attribute, depth)?;
        // tcpdump has forgotten the length of these by then.
        let is_forgotten = matches!(attribute.kind, BgpAttribute::LARGE_COMMUNITIES | BgpAttribute::SET);
        if line.options.verbose > 1 && !is_forgotten {
            hex::only_behind(line, "\n\t    ", attribute.value.bytes());
        }
    }
    Some(())
}

const ATTRIBUTES: &[(u8, &str)] = &[
    (1, "Origin"),
    (2, "AS Path"),
    (17, "AS4 Path"),
    (3, "Next Hop"),
    (4, "Multi Exit Discriminator"),
    (5, "Local Preference"),
    (6, "Atomic Aggregate"),
    (7, "Aggregator"),
    (18, "Aggregator4"),
    (8, "Community"),
    (9, "Originator ID"),
    (10, "Cluster List"),
    (11, "DPA"),
    (12, "Advertisers"),
    (13, "RCID Path / Cluster ID"),
    (14, "Multi-Protocol Reach NLRI"),
    (15, "Multi-Protocol Unreach NLRI"),
    (16, "Extended Community"),
    (22, "PMSI Tunnel"),
    (23, "Tunnel Encapsulation"),
    (24, "Traffic Engineering"),
    (25, "IPv6 Extended Community"),
    (26, "Accumulated IGP Metric"),
    (27, "PE Distinguisher Label"),
    (28, "Entropy Label"),
    (32, "Large Community"),
    (128, "Attribute Set"),
    (255, "Reserved for development"),
];

fn print_flags(line: &mut Line<'_>, flags: u8, depth: u8) {
    if flags != 0 {
        line.text(", Flags [");
        for (bit, letter) in [(0x80, "O"), (0x40, "T"), (0x20, "P"), (0x10, "E")] {
            line.text(if flags & bit == 0 { "" } else { letter });
        }
        if flags & 0x0f != 0 {
            line.byte(b'+');
            line.hex_digits(flags & 0x0f, 1);
        }
        line.byte(b']');
    }
    if flags != 0 || depth > 0 {
        line.text(": ");
    }
}

fn print_value(line: &mut Line<'_>, attribute: &BgpAttribute<'_>, depth: u8) -> Option<()> {
    match attribute.decode()? {
        BgpValue::Illegal => line.text("invalid len"),
        BgpValue::Origin(origin) => {
            let names = &[(0, "IGP"), (1, "EGP"), (2, "Incomplete")];
            tokens::print_or(line, names, origin, "Unknown Origin Typecode");
        }
        BgpValue::Path(path) => print_path(line, path)?,
        BgpValue::Router(router) => line.ipv4(router),
        BgpValue::Number(number) => line.number(number),
        BgpValue::AtomicAggregate => {}
        BgpValue::Aggregator { system, router } => {
            print_system(line, " AS #", system);
            line.labelled_address(", origin ", router);
        }
        BgpValue::Communities(list) => communities::print(line, list),
        BgpValue::Clusters(clusters) => print_clusters(line, clusters),
        BgpValue::Reach(routes) => reach::print(line, &routes)?,
        BgpValue::Unreach(routes) => reach::print_withdrawn(line, &routes)?,
        BgpValue::ExtendedCommunities(list) => communities::print_extended(line, list),
        BgpValue::Tunnel(tunnel) => tunnel::print(line, &tunnel)?,
        BgpValue::Metrics(elements) => print_metrics(line, elements)?,
        BgpValue::LargeCommunities(list) => communities::print_large(line, list),
        BgpValue::Set { system, attributes } => {
            print_system(line, "\n\t    Origin AS: ", system);
            print_list(line, attributes, 4, depth + 1)?;
        }
        BgpValue::Other => {
            line.labelled("\n\t    no Attribute ", attribute.kind);
            line.text(" decoder");
            hex::without_vv(line, "\n\t    ", attribute.value.bytes());
        }
    }
    Some(())
}

/// The systems of a path, segment by segment.
fn print_path(line: &mut Line<'_>, mut path: BgpPath<'_>) -> Option<()> {
    if path.is_empty() {
        line.text("empty");
    }
    while !path.is_empty() {
        let [segment, count] = path.segment()?;
        tokens::print_or(line, &[(1, "{ "), (2, ""), (3, "( "), (4, "({ ")], segment, "?");
        for _ in 0..count {
            print_system(line, "", path.system()?);
            line.byte(b' ');
        }
        tokens::print_or(line, &[(1, "}"), (2, ""), (3, ")"), (4, "})")], segment, "?");
    }
    Some(())
}

fn print_clusters(line: &mut Line<'_>, clusters: &[[u8; 4]]) {
    let mut separator = "";
    for cluster in clusters {
        line.labelled_address(separator, Ipv4Addr::from(*cluster));
        separator = ", ";
    }
}

/// The metrics of interior protocols.
fn print_metrics(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while let Some(element) = BgpMetric::read(&mut rest) {
        line.text("\n\t    ");
        tokens::print_or(line, &[(1, "AIGP")], element.kind, "Unknown");
        line.labelled(" TLV (", element.kind);
        line.labelled("), length ", element.len);
        let value = element.value?;
        match element.kind {
            1 => line.labelled(", metric ", element.metric()?),
            _ => hex::without_vv(line, "\n\t      ", value.bytes()),
        }
    }
    Some(())
}
