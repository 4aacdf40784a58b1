//! The path attributes of BGP, for `-v`.

use std::io::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::bgp::SUBSEQUENT_FAMILIES;
use super::bgp_routes::{print_distinguisher, print_route};
use crate::decode::{BgpPrefixForm, Payload, has_path_ids};
use crate::print::line::Line;
use crate::print::{hex, text, tokens};

/// The attribute with the path in long numbers.
const LONG_PATH: u8 = 17;
/// The attribute that holds attributes.
const SET: u8 = 128;
/// How deep such attributes are followed.
const MAX_SETS: u8 = 10;

/// Prints the attributes in `list`, behind which a message has `behind` bytes; nothing where one contradicts itself.
pub(super) fn print(line: &mut Line<'_>, list: Payload<'_>, behind: u32) -> Option<()> {
    print_list(line, list, behind, 0)
}

fn print_list(line: &mut Line<'_>, mut list: Payload<'_>, behind: u32, depth: u8) -> Option<()> {
    let too_short = if depth == 0 { "\n\t  [path attrs too short]" } else { " [path attr too short]" };
    while list.claimed() > 0 {
        let room = list.claimed() + behind;
        let Some([flags, kind]) = list.read::<[u8; 2]>() else {
            line.text(if room < 2 { return None } else { too_short });
            return Some(());
        };
        let is_extended = flags & 0x10 != 0;
        let len = if is_extended { list.read::<u16>() } else { list.read::<u8>().map(u16::from) };
        let Some(len) = len else {
            line.text(if room < 3 + u32::from(is_extended) { return None } else { too_short });
            return Some(());
        };
        line.text(if depth == 0 { "\n\t  " } else { "\n\t      " });
        tokens::print_or(line, ATTRIBUTES, kind, "Unknown Attribute");
        line.labelled(" (", kind);
        line.labelled("), length: ", len);
        print_flags(line, flags, depth);
        if u32::from(len) > list.claimed() {
            line.text(if depth == 0 { " [path attrs too short]" } else { " [path attr too short]" });
            return Some(());
        }
        let value = list.with_claim(len.into());
        if depth > MAX_SETS {
            line.text("(too many nested levels, not recursing)");
        } else {
            print_attribute(line, kind, value, depth)?;
            // tcpdump has forgotten the length of these by then.
            if line.options.verbose > 1 && !matches!(kind, 32 | SET) {
                hex::only_behind(line, "\n\t    ", value.bytes());
            }
        }
        list = list.skip(len.into());
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
            text::hex(line.out, (flags & 0x0f).into(), 1);
        }
        line.byte(b']');
    }
    if flags != 0 || depth > 0 {
        line.text(": ");
    }
}

fn print_attribute(line: &mut Line<'_>, kind: u8, value: Payload<'_>, depth: u8) -> Option<()> {
    let len = value.claimed();
    let is_good = match kind {
        1 => len == 1,
        2 | LONG_PATH => len.is_multiple_of(2),
        3 | 4 | 5 | 9 => len == 4,
        6 => len == 0,
        7 => len == 6 || len == 8,
        8 | 10 => len.is_multiple_of(4),
        16 => len.is_multiple_of(8),
        18 => len == 8,
        32 => len > 0 && len.is_multiple_of(12),
        _ => true,
    };
    if !is_good {
        line.text("invalid len");
        return Some(());
    }
    match kind {
        1 => {
            let names = &[(0, "IGP"), (1, "EGP"), (2, "Incomplete")];
            tokens::print_or(line, names, value.get::<u8>(0)?, "Unknown Origin Typecode");
        }
        2 | LONG_PATH => print_path(line, kind, value)?,
        3 | 9 => line.ipv4(value.get(0)?),
        4 | 5 => line.number(value.get::<u32>(0)?),
        6 => {}
        7 | 18 => {
            let system = if len == 6 { value.get::<u16>(0)?.into() } else { value.get::<u32>(0)? };
            line.labelled(" AS #", system);
            line.labelled_address(", origin ", value.get::<Ipv4Addr>(len as usize - 4)?);
        }
        8 => print_communities(line, value),
        10 => print_clusters(line, value),
        14 => print_reachable(line, value)?,
        15 => print_unreachable(line, value)?,
        16 => print_extended_communities(line, value)?,
        22 => print_tunnel(line, value)?,
        26 => print_accumulated(line, value)?,
        32 => print_large_communities(line, value),
        SET => {
            line.labelled("\n\t    Origin AS: ", value.get::<u32>(0)?);
            print_list(line, value.skip(4), 4, depth + 1)?;
        }
        _ => {
            line.labelled("\n\t    no Attribute ", kind);
            line.text(" decoder");
            print_unknown(line, "\n\t    ", value);
        }
    }
    Some(())
}

fn print_unknown(line: &mut Line<'_>, indent: &str, value: Payload<'_>) {
    if line.options.verbose < 2 {
        hex::only_behind(line, indent, value.bytes());
    }
}

/// The systems of a path, segment by segment.
fn print_path(line: &mut Line<'_>, kind: u8, value: Payload<'_>) -> Option<()> {
    if value.claimed() == 0 {
        line.text("empty");
        return Some(());
    }
    let is_long = kind == LONG_PATH || !is_path_of_short_numbers(value.bytes());
    let mut rest = value;
    while rest.claimed() > 0 {
        let [segment, count]: [u8; 2] = rest.read()?;
        tokens::print_or(line, &[(1, "{ "), (2, ""), (3, "( "), (4, "({ ")], segment, "?");
        for _ in 0..count {
            let system = if is_long { rest.read::<u32>()? } else { rest.read::<u16>()?.into() };
            line.number(system);
            line.byte(b' ');
        }
        tokens::print_or(line, &[(1, "}"), (2, ""), (3, ")"), (4, "})")], segment, "?");
    }
    Some(())
}

/// Whether a path can be one of numbers of two bytes; it does not say so.
fn is_path_of_short_numbers(mut path: &[u8]) -> bool {
    while let [kind, count, behind @ ..] = path {
        if !(1..=4).contains(kind) {
            return false;
        }
        let Some(rest) = behind.get(usize::from(*count) * 2..) else { return false };
        path = rest;
    }
    path.is_empty()
}

fn print_communities(line: &mut Line<'_>, value: Payload<'_>) {
    let words = value.bytes().as_chunks::<4>().0;
    for (index, word) in words.iter().enumerate() {
        match u32::from_be_bytes(*word) {
            0xffff_ff01 => line.text(" NO_EXPORT"),
            0xffff_ff02 => line.text(" NO_ADVERTISE"),
            0xffff_ff03 => line.text(" NO_EXPORT_SUBCONFED"),
            community => {
                line.number(community >> 16);
                line.labelled(":", community & 0xffff);
                line.text(if index + 1 < words.len() { ", " } else { "" });
            }
        }
    }
}

fn print_clusters(line: &mut Line<'_>, value: Payload<'_>) {
    let mut separator = "";
    for cluster in value.bytes().as_chunks::<4>().0 {
        line.labelled_address(separator, Ipv4Addr::from(*cluster));
        separator = ", ";
    }
}

fn print_large_communities(line: &mut Line<'_>, mut value: Payload<'_>) {
    let mut separator = "\n\t    ";
    while let (Some(system), Some(first), Some(second)) =
        (value.read::<u32>(), value.read::<u32>(), value.read::<u32>())
    {
        line.labelled(separator, system);
        line.labelled(":", first);
        line.labelled(":", second);
        separator = ", ";
    }
}

/// The routes of a family.
enum Routes {
    /// Prefixes of this form, of IPv6 or not.
    Prefixes(BgpPrefixForm, bool),
    /// Others, which are not decoded.
    Other,
}

/// Prints the family that routes are of.
fn print_family(line: &mut Line<'_>, value: Payload<'_>) -> Option<Routes> {
    let (family, subsequent): (u16, u8) = (value.get(0)?, value.get(2)?);
    line.text("\n\t    AFI: ");
    tokens::print_or(line, tokens::ADDRESS_FAMILIES, family, "Unknown AFI");
    line.labelled(" (", family);
    line.text(if subsequent > 128 { "), vendor specific SAFI: " } else { "), SAFI: " });
    tokens::print_or(line, SUBSEQUENT_FAMILIES, subsequent, "Unknown SAFI");
    line.labelled(" (", subsequent);
    line.byte(b')');
    let form = match subsequent {
        1..=3 => Some(BgpPrefixForm::Plain),
        4 => Some(BgpPrefixForm::Labelled),
        128..=130 => Some(BgpPrefixForm::Vpn),
        _ => None,
    };
    if let (Some(form), 1 | 2) = (form, family) {
        return Some(Routes::Prefixes(form, family == 2));
    }
    line.labelled("\n\t    no AFI ", family);
    line.labelled(" / SAFI ", subsequent);
    line.text(" decoder");
    print_unknown(line, "\n\t    ", value);
    Some(Routes::Other)
}

fn print_reachable(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let Routes::Prefixes(form, is_ipv6) = print_family(line, value)? else { return Some(()) };
    let mut rest = value.skip(3);
    let len: u8 = rest.read()?;
    if len > 0 {
        if u32::from(len) > rest.claimed() {
            return None;
        }
        line.text("\n\t    nexthop: ");
        print_next_hops(line, rest.with_claim(len.into()), form, is_ipv6)?;
        rest = rest.skip(len.into());
    }
    line.labelled(", nh-length: ", len);
    match rest.read::<u8>()? {
        0 => line.text(", no SNPA"),
        count => {
            line.labelled("\n\t    ", count);
            line.text(" SNPA");
            for _ in 0..count {
                let len: u8 = rest.read()?;
                line.labelled("\n\t      ", len);
                line.text(" bytes");
                if u32::from(len) > rest.claimed() {
                    return None;
                }
                rest = rest.skip(len.into());
            }
        }
    }
    print_routes(line, rest, form, is_ipv6)
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

fn print_unreachable(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let Routes::Prefixes(form, is_ipv6) = print_family(line, value)? else { return Some(()) };
    if value.claimed() == 3 {
        line.text("\n\t      End-of-Rib Marker (empty NLRI)");
    }
    print_routes(line, value.skip(3), form, is_ipv6)
}

fn print_routes(
    line: &mut Line<'_>,
    mut rest: Payload<'_>,
    form: BgpPrefixForm,
    is_ipv6: bool,
) -> Option<()> {
    let has_ids = form == BgpPrefixForm::Plain && has_path_ids(rest.bytes(), if is_ipv6 { 128 } else { 32 });
    while rest.claimed() > 0 {
        let id = if has_ids { Some(rest.read::<u32>()?) } else { None };
        // tcpdump ends a list where a prefix has too little room, and says nothing.
        let Some(Some(used)) = print_route(line, "\n\t      ", rest, form, is_ipv6) else { return Some(()) };
        if let Some(id) = id {
            line.labelled("   Path Id: ", id);
        }
        rest = rest.skip(used);
    }
    Some(())
}

fn print_extended_communities(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    while value.claimed() > 0 {
        let kind: u16 = value.read()?;
        line.text("\n\t    ");
        tokens::print_or(line, EXTENDED_COMMUNITIES, kind, "unknown extd community typecode");
        line.text(" (");
        line.hex(kind, 4);
        line.text("), Flags [");
        tokens::print_flags(line, &[(0x8000_u16, "vendor-specific"), (0x4000, "non-transitive")], kind);
        line.text("]: ");
        print_extended_community(line, kind, value.read()?);
    }
    Some(())
}

const EXTENDED_COMMUNITIES: &[(u16, &str)] = &[
    (0x0002, "target"),
    (0x0102, "target"),
    (0x0202, "target"),
    (0x0003, "origin"),
    (0x0103, "origin"),
    (0x0203, "origin"),
    (0x4004, "link-BW"),
    (0x0005, "ospf-domain"),
    (0x0105, "ospf-domain"),
    (0x0205, "ospf-domain"),
    (0x8005, "ospf-domain"),
    (0x0306, "ospf-route-type"),
    (0x8000, "ospf-route-type"),
    (0x030c, "encapsulation"),
    (0x0107, "ospf-router-id"),
    (0x8001, "ospf-router-id"),
    (0x800a, "layer2-info"),
    (0x8800, "eigrp-general-route (flag, tag)"),
    (0x8801, "eigrp-route-metric (AS, delay)"),
    (0x8802, "eigrp-route-metric (reliability, nexthop, bandwidth)"),
    (0x8803, "eigrp-route-metric (load, MTU)"),
    (0x8804, "eigrp-external-route (remote-AS, remote-ID)"),
    (0x8805, "eigrp-external-route (remote-proto, remote-metric)"),
    (0x0009, "source-AS"),
    (0x010b, "vrf-route-import"),
    (0x000a, "l2vpn-id"),
    (0xf10a, "l2vpn-id"),
];

fn print_extended_community(line: &mut Line<'_>, kind: u16, value: [u8; 6]) {
    let word = |at: usize| u16::from_be_bytes([value[at], value[at + 1]]);
    let address = |at: usize| Ipv4Addr::from(u32::from(word(at)) << 16 | u32::from(word(at + 2)));
    let (first, last, system, assigned) = (address(0), address(2), word(0), word(4));
    match kind {
        0x0002 | 0x0003 | 0x000a => {
            line.number(system);
            line.labelled(":", last.to_bits());
            line.labelled_address(" (= ", last);
            line.byte(b')');
        }
        0x0102 | 0x0103 | 0xf10a | 0x010b => {
            line.ipv4(first);
            line.labelled(":", assigned);
        }
        0x0202 | 0x0203 => {
            line.number(first.to_bits());
            line.labelled(":", assigned);
        }
        0x4004 => {
            let megabits = f32::from_bits(last.to_bits()) * 8.0 / 1_000_000.0;
            // A vector takes everything.
            let _ = write!(line.out, "bandwidth: {megabits:.3} Mbps");
        }
        0x0005 | 0x0105 | 0x0205 | 0x8005 | 0x0107 | 0x8001 => line.ipv4(first),
        0x0306 | 0x8000 => {
            line.labelled_address("area:", first);
            line.text(", router-type:");
            tokens::print_or_hex(line, ROUTER_TYPES, value[4], 2, ["unknown (", ")"]);
            line.text(", metric-type:");
            line.text(if value[5] & 1 == 0 { "" } else { "E2" });
            line.text(if matches!(value[4], 5 | 7) { "E1" } else { "" });
        }
        0x800a => {
            tokens::print_or(line, ENCAPSULATIONS, value[0], "unknown encaps");
            line.text(" Control Flags [");
            line.hex(value[1], 2);
            line.labelled("]:MTU ", word(2));
        }
        0x0009 => line.labelled("AS ", system),
        0x030c => {
            line.text("Tunnel type: ");
            tokens::print_or(line, TUNNELS, assigned, "unknown encaps");
        }
        _ => text::hex_bytes(line.out, &value),
    }
}

const ROUTER_TYPES: &[(u8, &str)] = &[
    (1, "Router"),
    (2, "Network"),
    (3, "Summary"),
    (5, "External"),
    (7, "NSSA External"),
    (129, "MPLS-VPN Sham"),
];

const ENCAPSULATIONS: &[(u8, &str)] = &[
    (0, "Reserved"),
    (1, "Frame Relay"),
    (2, "ATM AAL5 SDU VCC transport"),
    (3, "ATM transparent cell transport"),
    (4, "Ethernet (VLAN) Tagged Mode"),
    (5, "Ethernet Raw Mode"),
    (6, "Cisco HDLC"),
    (7, "PPP"),
    (8, "SONET/SDH Circuit Emulation Service over MPLS"),
    (9, "ATM n-to-one VCC cell transport"),
    (10, "ATM n-to-one VPC cell transport"),
    (11, "IP layer 2 transport"),
    (15, "Frame Relay Port mode"),
    (17, "Structure-agnostic E1 over packet"),
    (18, "Structure-agnostic T1 (DS1) over packet"),
    (19, "VPLS"),
    (20, "Structure-agnostic T3 (DS3) over packet"),
    (21, "Nx64kbit/s Basic Service using Structure-aware"),
    (25, "Frame Relay DLCI"),
    (40, "Structure-agnostic E3 over packet"),
    (41, "Octet-aligned playload for Structure-agnostic DS1 circuits"),
    (42, "E1 Nx64kbit/s with CAS using Structure-aware"),
    (43, "DS1 (ESF) Nx64kbit/s with CAS using Structure-aware"),
    (44, "DS1 (SF) Nx64kbit/s with CAS using Structure-aware"),
];

const TUNNELS: &[(u16, &str)] = &[
    (1, "L2TPv3 over IP"),
    (2, "GRE"),
    (3, "Transmit Tunnel"),
    (4, "IPsec"),
    (5, "IP in IP with IPsec"),
    (6, "MPLS in IP with IPsec"),
    (7, "IP in IP"),
    (8, "VXLAN"),
    (9, "NVGRE"),
    (10, "MPLS"),
    (11, "MPLS in GRE"),
    (12, "VXLAN GPE"),
    (13, "MPLS in UDP"),
    (14, "IPv6"),
    (15, "SR TE"),
    (16, "Bare"),
    (17, "SR"),
];

/// A tunnel for multicast in a provider's network, RFC 6514.
fn print_tunnel(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let ([flags, kind], label): ([u8; 2], [u8; 3]) = (value.get(0)?, value.get(2)?);
    let [a, b, c] = label;
    line.text("\n\t    Tunnel-type ");
    tokens::print_or(line, PROVIDER_TUNNELS, kind, "Unknown");
    line.labelled(" (", kind);
    line.text("), Flags [");
    tokens::print_flags(line, &[(0x01, "Leaf Information required")], flags);
    line.labelled("], MPLS Label ", u32::from_be_bytes([0, a, b, c]) >> 4);
    let value = value.skip(5);
    let (first_label, second_label) = match kind {
        4 | 5 => ("\n\t      Sender ", ", P-Group "),
        3 => ("\n\t      Root-Node ", ", P-Group "),
        6 => ("\n\t      Tunnel-Endpoint ", ""),
        2 | 7 => ("\n\t      Root-Node ", ", LSP-ID "),
        1 => ("\n\t      Extended-Tunnel-ID ", ", P2MP-ID "),
        _ => {
            print_unknown(line, "\n\t      ", value);
            return Some(());
        }
    };
    let first: Ipv4Addr = value.get(0)?;
    match kind {
        6 => line.labelled_address(first_label, first),
        3..=5 => {
            let second: Ipv4Addr = value.get(4)?;
            line.labelled_address(first_label, first);
            line.labelled_address(second_label, second);
        }
        _ => {
            let second: u32 = value.get(4)?;
            line.labelled_address(first_label, first);
            line.text(second_label);
            line.hex(second, 8);
        }
    }
    Some(())
}

const PROVIDER_TUNNELS: &[(u8, &str)] = &[
    (1, "RSVP-TE P2MP LSP"),
    (2, "LDP P2MP LSP"),
    (3, "PIM-SSM Tree"),
    (4, "PIM-SM Tree"),
    (5, "PIM-Bidir Tree"),
    (6, "Ingress Replication"),
    (7, "LDP MP2MP LSP"),
];

/// The accumulated metric of interior protocols, RFC 7311.
fn print_accumulated(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    while value.claimed() >= 3 {
        let (kind, len): (u8, u16) = (value.read()?, value.read()?);
        line.text("\n\t    ");
        tokens::print_or(line, &[(1, "AIGP")], kind, "Unknown");
        line.labelled(" TLV (", kind);
        line.labelled("), length ", len);
        let len = len.checked_sub(3).filter(|len| u32::from(*len) <= value.claimed())?;
        let element = value.with_claim(len.into());
        match kind {
            1 => line.labelled(", metric ", element.get::<u64>(0)?),
            _ => print_unknown(line, "\n\t      ", element),
        }
        value = value.skip(len.into());
    }
    Some(())
}
