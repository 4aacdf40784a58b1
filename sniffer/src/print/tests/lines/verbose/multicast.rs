//! How multicast finds its way: PIM in both versions. And Geneve with options around a packet.

use std::net::Ipv6Addr;

use super::super::super::Case;
use super::super::super::build::*;
use super::{case, over_ipv4, over_udp, tlv16};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    let packets = packets();
    let over_ipv6 = packets.iter().map(|packet| ipv6(103, packet)).collect();
    vec![
        case("pim packets", LinkType::RAW, over_ipv4(103, &packets)),
        case("pim packets over ipv6", LinkType::RAW, over_ipv6),
        case("pim version 1", LinkType::RAW, over_ipv4(2, &first_version())),
        case("geneve options", LinkType::RAW, over_udp([50000, 6081], &geneve())),
    ]
}

fn pim(kind: u8, reserved: u8, body: &[u8]) -> Vec<u8> {
    [&[0x20 | kind, reserved, 0x12, 0x34], body].concat()
}

/// Addresses as PIM writes them: one alone, a group, a source with its flags.
fn unicast() -> Vec<u8> {
    vec![1, 0, 10, 0, 0, 9]
}

fn group() -> Vec<u8> {
    vec![1, 0, 0x80, 32, 239, 1, 2, 3]
}

fn source(flags: u8) -> Vec<u8> {
    [&[2, 0, flags, 120][..], &Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7).octets()].concat()
}

fn packets() -> Vec<Vec<u8>> {
    let hello = [
        tlv16(1, &[0, 105]),
        tlv16(2, &[0x81, 0xf4, 9, 0xc4]),
        tlv16(18, &[]),
        tlv16(19, &[0, 0, 0, 1]),
        tlv16(20, &[1, 2, 3, 4]),
        tlv16(21, &[1, 60, 0, 1]),
        tlv16(22, &[]),
        tlv16(24, &[unicast(), source(0)[..2].to_vec(), source(0)[4..].to_vec()].concat()),
        tlv16(77, &[1, 2, 3]),
        tlv16(2, &[1]),
    ];
    let sources = [vec![0, 2, 0, 1], source(7), source(0xf8), source(0)].concat();
    let join = [unicast(), vec![0, 2, 0, 210], group(), sources, group(), vec![0, 0, 0, 0]].concat();
    let bootstrap =
        [vec![0, 0x1a, 30, 2], unicast(), group(), vec![2, 1, 0, 0], unicast(), vec![0, 150, 3, 0]];
    let election =
        [unicast(), vec![0, 0, 0, 5, 0, 0, 0, 6], unicast(), vec![0, 0, 0, 7, 0, 0, 0, 8, 0, 9]].concat();
    let inner = ipv4(17, &udp(7, 9, b"data"));
    let correct = [&[0x20, 0, 0xdf, 0x94][..], &tlv16(1, &[0, 105])].concat();
    vec![
        pim(0, 0, &hello.concat()),
        correct,
        pim(1, 0, &[&[0x80, 0, 0, 0], &inner[..]].concat()),
        pim(1, 0, &[&[0x40, 0, 0, 0, 0], &inner[1..20]].concat()),
        pim(1, 0, &[0, 0, 0, 0, 0x70]),
        pim(2, 0, &[group(), unicast()].concat()),
        pim(3, 0, &join),
        pim(3, 4, &[10, 0, 0, 9, 0, 1, 0xff, 0xff, 0, 24, 239, 0, 0, 0, 0, 0, 0, 0]),
        pim(4, 0, &bootstrap.concat()),
        pim(5, 0, &[group(), unicast(), vec![0x80, 0, 0, 1, 0, 0, 0, 2]].concat()),
        pim(7, 0, &[vec![0, 1, 0, 0], group(), vec![0, 0, 0, 0]].concat()),
        pim(8, 0, &[vec![1, 5, 0, 150], unicast(), group()].concat()),
        pim(9, 0, &[unicast(), group(), unicast(), vec![1, 0]].concat()),
        pim(10, 0x10, &election),
        pim(10, 0x30, &election),
        pim(10, 0x40, &election),
        pim(11, 0, &[1, 2]),
        pim(3, 9, &[1, 2]),
        vec![0x20, 0, 1],
        vec![0x20],
        vec![0x10, 0, 1, 2],
    ]
}

fn first_version() -> Vec<Vec<u8>> {
    let message = |kind: u8, body: &[u8]| [&[0x14, kind, 0, 0, 0x10, 0, 0, 0], body].concat();
    let single = [
        &[10, 0, 0, 9, 0, 0, 0, 90, 0, 0, 0, 1, 239, 1, 2, 3, 255, 255, 255, 0, 0, 1, 0, 0][..],
        &[1, 0xa0, 10, 0, 0, 7],
    ]
    .concat();
    let more = [&single[..22], &[0, 1], &[0, 0x60, 10, 0, 0, 7], &[1, 0xe0, 10, 0, 0, 8]].concat();
    vec![
        message(0, &[0x20, 0, 0, 90]),
        message(3, &single),
        message(6, &more),
        message(4, &[239, 1, 2, 3, 255, 255, 0, 0, 10, 0, 0, 1, 0, 0, 1, 0]),
        message(5, &[239, 1, 2, 3, 255, 255, 255, 255, 10, 0, 0, 1, 0x80, 0, 0, 1, 0, 0, 0, 2]),
    ]
}

fn geneve() -> Vec<Vec<u8>> {
    let inner = ipv4(17, &udp(7, 9, b"data"));
    let header = |words: u8, flags: u8| [words, flags, 8, 0, 0, 0, 10, 0].to_vec();
    vec![
        [header(4, 0xff), vec![1, 1, 0x80, 1, 1, 2, 3, 4, 0xff, 0xf0, 1, 0], vec![1, 3, 1, 3], inner.clone()]
            .concat(),
        [header(0, 0), inner].concat(),
        header(3, 0),
    ]
}
