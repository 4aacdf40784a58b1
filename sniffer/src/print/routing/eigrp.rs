//! EIGRP: what a packet is for in one line, with `-v` its parameters and routes.

use std::net::Ipv4Addr;

use crate::decode::{Eigrp, EigrpElement, Payload, u24};
use crate::print::line::Line;
use crate::print::{hex, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, eigrp: &Eigrp<'_>) {
    if eigrp.version() != 2 {
        line.labelled("EIGRP version ", eigrp.version());
        return line.text(" packet not supported");
    }
    if line.is_verbose() {
        print_header(line, eigrp);
        return print_elements(line, eigrp).unwrap_or_else(|| line.truncated("eigrp"));
    }
    line.text("EIGRP ");
    tokens::print(line, OPERATIONS, eigrp.operation(), ["unknown (", ")"]);
    line.labelled(", length: ", eigrp.whole().claimed());
}

const OPERATIONS: &[(u8, &str)] =
    &[(1, "Update"), (3, "Query"), (4, "Reply"), (5, "Hello"), (6, "IPX SAP"), (7, "Probe")];

fn print_header(line: &mut Line<'_>, eigrp: &Eigrp<'_>) {
    line.labelled("\n\tEIGRP v", eigrp.version());
    line.text(", opcode: ");
    tokens::print(line, OPERATIONS, eigrp.operation(), ["unknown, type: ", ""]);
    line.labelled(" (", eigrp.operation());
    line.labelled_hex("), chksum: ", eigrp.checksum(), 4);
    line.text(", Flags: [");
    tokens::print_flags(line, FLAGS, eigrp.flags());
    line.labelled_hex("]\n\tseq: ", eigrp.sequence(), 8);
    line.labelled_hex(", ack: ", eigrp.acknowledgement(), 8);
    line.labelled(", VRID: ", eigrp.router());
    line.labelled(", AS: ", eigrp.system());
    line.labelled(", length: ", eigrp.body().claimed());
}

const FLAGS: &[(u32, &str)] =
    &[(1, "Init"), (2, "Conditionally Received"), (4, "Restart"), (8, "End-of-Table")];

fn print_elements(line: &mut Line<'_>, eigrp: &Eigrp<'_>) -> Option<()> {
    let mut rest = eigrp.body();
    while rest.claimed() > 0 {
        let before = rest;
        let element = Eigrp::element(&mut rest)?;
        if element.len < 4 || u32::from(element.len) > before.claimed() {
            hex::only_behind(line, "\n\t    ", before.skip(4).bytes());
            return Some(());
        }
        line.text("\n\t  ");
        tokens::print_or(line, ELEMENTS, element.kind, "Unknown");
        line.labelled_hex(" TLV (", element.kind, 4);
        line.labelled("), length: ", element.len);
        if element.value.is_truncated() {
            return None;
        }
        print_element(line, &element);
        hex::with_vv(line, "\n\t    ", element.value.bytes());
    }
    Some(())
}

const ELEMENTS: &[(u16, &str)] = &[
    (0x0001, "General Parameters"),
    (0x0002, "Authentication"),
    (0x0003, "Sequence"),
    (0x0004, "Software Version"),
    (0x0005, "Next Multicast Sequence"),
    (0x0102, "IP Internal routes"),
    (0x0103, "IP External routes"),
    (0x0202, "AppleTalk Internal routes"),
    (0x0203, "AppleTalk External routes"),
    (0x0204, "AppleTalk Cable setup"),
    (0x0302, "IPX Internal routes"),
    (0x0303, "IPX External routes"),
];

fn print_element(line: &mut Line<'_>, element: &EigrpElement<'_>) {
    type Print = fn(&mut Line<'_>, Payload<'_>) -> Option<()>;
    let (least, print): (u32, Print) = match element.kind {
        0x0001 => (8, print_parameters),
        0x0004 => (4, print_versions),
        0x0102 => (21, print_internal),
        0x0103 => (41, print_external),
        0x0202 => (24, print_appletalk_internal),
        0x0203 => (40, print_appletalk_external),
        0x0204 => (8, print_cable),
        _ => {
            hex::without_vv(line, "\n\t    ", element.value.bytes());
            return;
        }
    };
    if element.value.claimed() < least {
        line.labelled(" (too short, < ", least + 4);
        return line.byte(b')');
    }
    // A value that is long enough is missing nothing but the end of a prefix that is longer than it.
    print(line, element.value).unwrap_or(());
}

fn print_parameters(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    line.labelled("\n\t    holdtime: ", value.get::<u16>(6)?);
    line.byte(b's');
    for (index, factor) in value.get::<[u8; 5]>(0)?.iter().enumerate() {
        line.labelled(", k", index as u64 + 1);
        line.labelled(" ", *factor);
    }
    Some(())
}

fn print_versions(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let [major, minor, protocol_major, protocol_minor]: [u8; 4] = value.get(0)?;
    line.labelled("\n\t    IOS version: ", major);
    line.labelled(".", minor);
    line.labelled(", EIGRP version ", protocol_major);
    line.labelled(".", protocol_minor);
    Some(())
}

fn print_internal(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    print_prefix(line, value, 20)?;
    print_metric(line, value.skip(4))
}

fn print_external(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    print_prefix(line, value, 40)?;
    line.labelled_address("\n\t      origin-router ", value.get::<Ipv4Addr>(4)?);
    print_origin(line, value.get(8)?, value.get(22)?, value.get(12)?, value.get(16)?);
    print_metric(line, value.skip(24))
}

/// A route of IPv4 with the length of its prefix at `at`; nothing more of one that cannot be.
fn print_prefix(line: &mut Line<'_>, value: Payload<'_>, at: usize) -> Option<()> {
    let len: u8 = value.get(at)?;
    if len > 32 {
        line.labelled("\n\t    illegal prefix length ", len);
        return None;
    }
    let count = usize::from(len.div_ceil(8));
    let mut octets = [0; 4];
    octets[..count].copy_from_slice(value.bytes().get(at + 1..at + 1 + count)?);
    line.text("\n\t    IPv4 prefix: ");
    line.padded_ipv4(Ipv4Addr::from(octets));
    line.labelled("/", len);
    line.text(", nexthop: ");
    match value.get::<Ipv4Addr>(0)? {
        Ipv4Addr::UNSPECIFIED => line.text("self"),
        hop => line.ipv4(hop),
    }
    Some(())
}

/// Where a route comes from: system, protocol and flags, tag, metric.
fn print_origin(line: &mut Line<'_>, system: u32, [protocol, flags]: [u8; 2], tag: u32, metric: u32) {
    line.labelled(", origin-as ", system);
    line.text(", origin-proto ");
    tokens::print_or(line, ORIGINS, protocol, "unknown");
    line.labelled_hex(", flags [", flags, 2);
    line.labelled_hex("], tag ", tag, 8);
    line.labelled(", metric ", metric);
}

const ORIGINS: &[(u8, &str)] = &[
    (1, "IGRP"),
    (2, "EIGRP"),
    (3, "Static"),
    (4, "RIP"),
    (5, "Hello"),
    (6, "OSPF"),
    (7, "IS-IS"),
    (8, "EGP"),
    (9, "BGP"),
    (10, "IDRP"),
    (11, "Connected"),
];

fn print_metric(line: &mut Line<'_>, metric: Payload<'_>) -> Option<()> {
    let (delay, bandwidth, [a, b, c]): (u32, u32, [u8; 3]) = (metric.get(0)?, metric.get(4)?, metric.get(8)?);
    let [hops, reliability, load]: [u8; 3] = metric.get(11)?;
    line.labelled("\n\t      delay ", delay / 100);
    line.labelled(" ms, bandwidth ", bandwidth);
    line.labelled(" Kbps, mtu ", u24([a, b, c]));
    line.labelled(", hop ", hops);
    line.labelled(", reliability ", reliability);
    line.labelled(", load ", load);
    Some(())
}

fn print_appletalk_internal(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    print_cables(line, value, 20)?;
    print_metric(line, value.skip(4))
}

fn print_appletalk_external(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    print_cables(line, value, 36)?;
    line.labelled("\n\t      origin-router ", value.get::<u32>(4)?);
    print_origin(line, value.get(8)?, value.get(16)?, value.get(12)?, value.get::<u16>(18)?.into());
    print_metric(line, value.skip(20))
}

fn print_cables(line: &mut Line<'_>, value: Payload<'_>, at: usize) -> Option<()> {
    line.labelled("\n\t     Cable-Range: ", value.get::<u16>(at)?);
    line.labelled("-", value.get::<u16>(at + 2)?);
    line.text(", nexthop: ");
    match (value.get::<u16>(0)?, value.get::<u16>(2)?) {
        (0, 0) => line.text("self"),
        (network, node) => {
            line.number(network);
            line.labelled(".", node);
        }
    }
    Some(())
}

fn print_cable(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    line.labelled("\n\t    Cable-range: ", value.get::<u16>(0)?);
    line.labelled("-", value.get::<u16>(2)?);
    line.labelled(", Router-ID ", value.get::<u32>(4)?);
    Some(())
}
