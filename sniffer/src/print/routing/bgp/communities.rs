//! Communities of BGP: what systems have agreed to do with routes.

use std::io::Write as _;

use super::print_system;
use crate::decode::{BgpExtendedCommunities, BgpExtendedCommunity, BgpExtendedValue};
use crate::print::line::Line;
use crate::print::tokens;

/// Communities of a system and a number.
pub(super) fn print(line: &mut Line<'_>, communities: &[[u8; 4]]) {
    for (index, word) in communities.iter().enumerate() {
        match u32::from_be_bytes(*word) {
            0xffff_ff01 => line.text(" NO_EXPORT"),
            0xffff_ff02 => line.text(" NO_ADVERTISE"),
            0xffff_ff03 => line.text(" NO_EXPORT_SUBCONFED"),
            community => {
                line.number(community >> 16);
                line.labelled(":", community & 0xffff);
                line.text(if index + 1 < communities.len() { ", " } else { "" });
            }
        }
    }
}

/// Communities of three long numbers.
pub(super) fn print_large(line: &mut Line<'_>, communities: &[[u8; 12]]) {
    let mut separator = "\n\t    ";
    for community in communities {
        for number in community.as_chunks().0 {
            line.labelled(separator, u32::from_be_bytes(*number));
            separator = ":";
        }
        separator = ", ";
    }
}

/// Communities of many types.
pub(super) fn print_extended(line: &mut Line<'_>, communities: BgpExtendedCommunities<'_>) {
    for community in communities {
        line.text("\n\t    ");
        tokens::print_with_hex(
            line,
            EXTENDED_COMMUNITIES,
            community.kind,
            4,
            "unknown extd community typecode",
        );
        line.text(", Flags [");
        tokens::print_flags(line, &[(0x8000, "vendor-specific"), (0x4000, "non-transitive")], community.kind);
        line.text("]: ");
        print_value(line, community);
    }
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

fn print_value(line: &mut Line<'_>, community: BgpExtendedCommunity) {
    match community.decode() {
        BgpExtendedValue::System(system, assigned) => {
            line.number(system);
            line.labelled(":", assigned.to_bits());
            line.labelled_address(" (= ", assigned);
            line.byte(b')');
        }
        BgpExtendedValue::Router(router, assigned) => {
            line.ipv4(router);
            line.labelled(":", assigned);
        }
        BgpExtendedValue::LongSystem(system, assigned) => {
            print_system(line, "", system);
            line.labelled(":", assigned);
        }
        BgpExtendedValue::Bandwidth(bytes) => {
            let megabits = bytes * 8.0 / 1_000_000.0;
            // A vector takes everything.
            let _ = write!(line.out, "bandwidth: {megabits:.3} Mbps");
        }
        BgpExtendedValue::Ospf(id) => line.ipv4(id),
        BgpExtendedValue::OspfRoute { area, kind, options } => {
            line.labelled_address("area:", area);
            line.text(", router-type:");
            tokens::print_or_hex(line, ROUTER_TYPES, kind, 2, ["unknown (", ")"]);
            line.text(", metric-type:");
            line.text(if options & 1 == 0 { "" } else { "E2" });
            line.text(if matches!(kind, 5 | 7) { "E1" } else { "" });
        }
        BgpExtendedValue::LayerTwo { encapsulation, control, mtu } => {
            tokens::print_or(line, ENCAPSULATIONS, encapsulation, "unknown encaps");
            line.labelled_hex(" Control Flags [", control, 2);
            line.labelled("]:MTU ", mtu);
        }
        BgpExtendedValue::SourceSystem(system) => line.labelled("AS ", system),
        BgpExtendedValue::Tunnel(kind) => {
            line.text("Tunnel type: ");
            tokens::print_or(line, TUNNELS, kind, "unknown encaps");
        }
        BgpExtendedValue::Other => line.hex_bytes(&community.value),
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
