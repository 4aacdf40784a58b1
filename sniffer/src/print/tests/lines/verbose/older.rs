//! Protocols that have become rare: OLSR, IGRP, Auto-RP, VQP, the whiteboard, and ZMTP/1.0 in PGM.

use super::super::super::Case;
use super::super::super::build::{ipv6, udp};
use super::{case, counting, over_ipv4, over_udp};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    let over_ipv6 =
        |packets: Vec<Vec<u8>>| packets.iter().map(|packet| ipv6(17, &udp(698, 698, packet))).collect();
    vec![
        case("olsr", LinkType::RAW, over_udp([698, 698], &olsr(&[10, 0, 0, 9]))),
        case(
            "olsr over IPv6",
            LinkType::RAW,
            over_ipv6(olsr(&[0x20, 1, 13, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9])),
        ),
        case("igrp", LinkType::RAW, over_ipv4(9, &igrp())),
        case("auto-rp", LinkType::RAW, over_udp([496, 496], &auto_rp())),
        case("vqp", LinkType::RAW, over_udp([1589, 1589], &vqp())),
        case("whiteboard", LinkType::RAW, over_udp([40000, 4567], &whiteboard())),
        case("-T wb", LinkType::RAW, over_udp([40000, 40001], &whiteboard()[..4])).of_type("wb"),
        case("-T pgm_zmtp1", LinkType::RAW, over_ipv4(113, &zmtp_in_pgm())).of_type("pgm_zmtp1"),
    ]
}

fn olsr(address: &[u8]) -> Vec<Vec<u8>> {
    let message = |kind: u8, body: &[u8]| {
        let len = (address.len() + 8 + body.len()) as u16;
        [&[kind, 0x86][..], &len.to_be_bytes(), address, &[64, 2, 0, 7], body].concat()
    };
    let packet = |messages: &[Vec<u8>]| {
        let messages = messages.concat();
        [&((4 + messages.len()) as u16).to_be_bytes()[..], &[0, 9], &messages].concat()
    };
    let link = |code: u8, list: &[u8]| [&[code, 0, 0, 4 + list.len() as u8][..], list].concat();
    let rated = [address, &[255, 128, 0, 0]].concat();
    let hello = |links: &[Vec<u8>]| [&[0, 0, 0x05, 3][..], &links.concat()].concat();
    let networks: Vec<u8> = match address.len() {
        4 => [
            [10, 1, 0, 0, 255, 255, 0, 0],
            [0, 0, 0, 0, 0, 31, 0x2b, 0xff],
            [0, 0, 0, 0, 0, 6, 9, 9],
            [10, 2, 0, 0, 255, 0, 255, 0],
            [0, 0, 0, 0, 0, 0, 0, 0],
        ]
        .concat(),
        _ => [
            address,
            &[255; 8],
            &[0; 8],
            address,
            &[255; 5],
            &[0xf0],
            &[0; 10],
            address,
            &[0xff, 0x0f],
            &[0; 14],
        ]
        .concat(),
    };
    let name = |len: u8, text: &[u8]| [&[0, 0, 0, len][..], address, text].concat();
    let names = |count: u8, names: &[Vec<u8>]| [&[0, 1, 0, count][..], &names.concat()].concat();
    vec![
        packet(&[message(1, &hello(&[link(6, &counting(8)), link(0x0b, &[]), link(0xfd, &counting(6))]))]),
        packet(&[
            message(201, &hello(&[link(6, &rated.repeat(2))])),
            message(202, &[&[0, 7, 0, 0][..], &rated].concat()),
        ]),
        packet(&[message(2, &[&[0, 7, 0, 0][..], &counting(8)].concat()), message(3, &address.repeat(2))]),
        packet(&[message(4, &networks)]),
        packet(&[message(130, &names(2, &[name(4, b"name"), name(5, b"names\0\0\0")]))]),
        packet(&[message(130, &names(2, &[name(4, b"name")]))]),
        packet(&[message(130, &names(1, &[name(0, b"name")]))]),
        packet(&[message(130, &names(0, &[]))]),
        packet(&[message(128, &counting(20)), message(99, &[])]),
        packet(&[message(1, &hello(&[vec![6, 0, 0, 3]]))]),
        packet(&[message(1, &hello(&[vec![6, 0, 0, 9]]))]),
        packet(&[message(1, &[0; 3])]),
        packet(&[message(2, &[0; 3])]),
        packet(&[vec![0; 24]]),
        packet(&[[&[1, 0, 0, 200][..], &[0; 20]].concat()]),
        vec![0, 2, 0, 9],
        vec![0, 2],
    ]
}

fn igrp() -> Vec<Vec<u8>> {
    let head = |kind: u8, counts: [u8; 3]| {
        let [interior, system, exterior] = counts;
        vec![kind, 7, 0, 100, 0, interior, 0, system, 0, exterior, 0xab, 0xcd]
    };
    let route = [1, 2, 3, 0, 0, 100, 0, 0x1a, 0x0a, 5, 0xdc, 255, 1, 2];
    let still = [1, 2, 3, 0xff, 0xff, 0xff, 0, 0, 0, 5, 0xdc, 255, 1, 2];
    vec![
        [&head(0x11, [1, 1, 1])[..], &route, &still, &route].concat(),
        [&head(0x11, [1, 0, 0])[..], &route, &route].concat(),
        [&head(0x11, [2, 0, 0])[..], &route].concat(),
        [&head(0x11, [1, 0, 0])[..], &route, &[9]].concat(),
        head(0x12, [0; 3]),
        head(0x13, [0; 3]),
    ]
}

fn auto_rp() -> Vec<Vec<u8>> {
    let message = |kind: u8, count: u8, hold: u16, points: &[u8]| {
        [&[kind, count][..], &hold.to_be_bytes(), &[0; 4], points].concat()
    };
    let group = |flags: u8| [flags, 4, 224, 0, 0, 0];
    let point = |versions: u8, groups: &[[u8; 6]]| {
        [&[10, 0, 0, 9, versions, groups.len() as u8][..], &groups.concat()].concat()
    };
    let points = [
        point(1, &[group(0), group(1), group(2), group(0x84)]),
        point(2, &[]),
        point(0x43, &[group(3)]),
        point(0, &[]),
    ];
    vec![
        message(0x11, 4, 181, &points.concat()),
        message(0x12, 2, 0, &points[1]),
        message(0x13, 0, 1, &[]),
        vec![0x11, 0, 0],
    ]
}

fn vqp() -> Vec<Vec<u8>> {
    let message = |head: [u8; 3], objects: &[Vec<u8>]| {
        [&head[..], &[objects.len() as u8, 0, 0, 0, 7], &objects.concat()].concat()
    };
    let object = |kind: u16, value: &[u8]| {
        [&[0, 0][..], &kind.to_be_bytes(), &(value.len() as u16).to_be_bytes(), value].concat()
    };
    let good = [
        object(0x0c01, &[10, 0, 0, 9]),
        object(0x0c02, b"Fa0/1"),
        object(0x0c03, b"vlan\0x"),
        object(0x0c04, b"domain"),
        object(0x0c05, &counting(9)),
        object(0x0c06, &[2, 0, 0, 0, 0, 1]),
        object(0x0c08, &[2, 0, 0, 0, 0, 2]),
        object(0x0c09, &counting(5)),
    ];
    vec![
        message([1, 1, 0], &good),
        message([1, 2, 5], &good[..1]),
        message([1, 9, 9], &[object(0x0c01, &[1]), good[1].clone()]),
        message([1, 3, 3], &[object(0x0c08, &[1]), good[1].clone()]),
        message([1, 4, 4], &[object(0, &[1]), good[1].clone()]),
        message([1, 4, 4], &[object(0x0c02, &[]), good[1].clone()]),
        message([2, 1, 0], &good[..1]),
    ]
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn whiteboard() -> Vec<Vec<u8>> {
    let packet = |kind: u8, flags: u8, body: &[u8]| [&counting(8)[..], &[0, 1, kind, flags], body].concat();
    let site = 0x0a00_0009;
    let operation = |number: u32, kind: u8, body: &[u8]| {
        [&number.to_be_bytes()[..], &[0, body.len() as u8, 0, kind], body].concat()
    };
    let range = |first: u32, last: u32| words(&[site, 5, first, last]);
    let drawings =
        |first: u32, last: u32, operations: &[Vec<u8>]| [range(first, last), operations.concat()].concat();
    let all: Vec<_> = (1..17).map(|kind| operation(u32::from(kind), kind, &[1, 2, 3, 4])).collect();
    let page = words(&[3, site, 4]);
    vec![
        packet(0, 1, &drawings(1, 16, &all)),
        packet(1, 0, &[&page[..], &page, &[0, 1, 0, 0], &words(&[site, 9]), b"site\0"].concat()),
        packet(2, 0, &[words(&[site]), range(3, 4)].concat()),
        packet(3, 0, &[words(&[site]), drawings(1, 2, &all[1..3])].concat()),
        packet(4, 0, &[]),
        packet(5, 0, &range(3, 4)),
        packet(
            7,
            0,
            &[
                &words(&[2])[..],
                &page,
                &[1, 0, 0, 0],
                &words(&[site, 9]),
                &page,
                &[2, 0, 0, 0],
                &words(&[site, 9, site, 8]),
            ]
            .concat(),
        ),
        packet(9, 0, &[]),
        packet(0, 0, &drawings(3, 20, &[operation(9, 14, &[]), operation(20, 15, &[])])),
        packet(0, 0, &drawings(3, 20, &[operation(2, 14, &[])])),
        packet(0, 0, &drawings(3, 20, &[operation(30, 15, &[])])),
        packet(1, 0, &[&page[..], &page, &[0, 9, 0, 0]].concat()),
        packet(1, 0, &page),
        packet(2, 0, &page),
        packet(3, 0, &page),
        packet(5, 0, &page),
        packet(7, 0, &[1]),
        packet(0, 0, &page),
        counting(11),
    ]
}

fn zmtp_in_pgm() -> Vec<Vec<u8>> {
    let packet = |kind: u8, options: &[u8], data: &[u8]| {
        let has_options = u8::from(!options.is_empty());
        let head =
            [&[0, 7, 0, 8, kind, has_options, 0, 0][..], &counting(6), &(data.len() as u16).to_be_bytes()];
        [&head.concat()[..], &counting(8), options, data].concat()
    };
    let frames = b"\x05\x01hell\x02\0a";
    let behind = |place: u16, data: &[u8]| [&place.to_be_bytes()[..], data].concat();
    vec![
        packet(4, &[], &behind(0, frames)),
        packet(5, &[0, 4, 0, 8, 0x8d, 4, 0, 0], &behind(3, &[&b"end"[..], frames].concat())),
        packet(4, &[], &behind(0xffff, &counting(140))),
        packet(4, &[], &behind(1, &[&b"x"[..], frames].concat())),
        packet(4, &[], &behind(99, frames)),
        packet(4, &[], &[0]),
        packet(0, &[], &behind(0, frames)),
    ]
}
