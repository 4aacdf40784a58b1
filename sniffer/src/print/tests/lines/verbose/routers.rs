//! What routers tell each other: OSPF, EIGRP, BFD, HSRP, and the tunnels of GRE. Beside them UDLD and ATA over Ethernet.

use super::super::super::Case;
use super::super::super::build::*;
use super::{case, counting, over_ipv4, over_udp, tlv16};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("ospf packets", LinkType::RAW, over_ipv4(89, &ospf())),
        case("ospf opaque advertisements", LinkType::RAW, over_ipv4(89, &opaque())),
        case("ospf version 3", LinkType::RAW, ospf_v3().iter().map(|packet| ipv6(89, packet)).collect()),
        case("eigrp packets", LinkType::RAW, over_ipv4(88, &eigrp())),
        case("bfd packets", LinkType::RAW, over_udp([50000, 3784], &bfd())),
        case("bfd over several hops", LinkType::RAW, over_udp([50000, 4784], &bfd()[..1])),
        case("hsrp hellos", LinkType::RAW, over_udp([1985, 1985], &hsrp())),
        case("gre headers", LinkType::RAW, over_ipv4(47, &gre())),
        case("udld elements", LinkType::ETHERNET, udld()),
        case("ata over ethernet commands", LinkType::ETHERNET, aoe()),
    ]
}

fn ospf_packet(kind: u8, authentication: u8, body: &[u8]) -> Vec<u8> {
    let mut packet = vec![2, kind];
    packet.extend((24 + body.len() as u16).to_be_bytes());
    packet.extend([10, 0, 0, 9, 0, 0, 0, kind - 1, 0x12, 0x34, 0, authentication]);
    packet.extend(*b"se\x1bret\0\0");
    [&packet, body].concat()
}

fn advertisement(kind: u8, id: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut header = vec![0, 9, 0x22, kind];
    header.extend(id);
    header.extend([10, 0, 0, 7, 0x80, 0, 0, 1, 0xab, 0xcd]);
    header.extend((20 + body.len() as u16).to_be_bytes());
    [&header, body].concat()
}

fn update(advertisements: &[Vec<u8>]) -> Vec<u8> {
    ospf_packet(4, 0, &[&(advertisements.len() as u32).to_be_bytes()[..], &advertisements.concat()].concat())
}

fn ospf() -> Vec<Vec<u8>> {
    let hello = [255, 255, 255, 0, 0, 10, 0x52, 1, 0, 0, 0, 40, 10, 0, 0, 1, 10, 0, 0, 2, 10, 0, 0, 3];
    let signalling =
        [&[0x12, 0x34, 0, 3, 0, 1, 0, 4, 0, 0, 0, 3][..], &[0, 2, 0, 20], &counting(20)].concat();
    let router = [
        &[3, 0, 0, 3][..],
        &[10, 0, 0, 1, 10, 0, 0, 2, 1, 1, 0, 5, 2, 0, 0, 6],
        &[10, 0, 0, 1, 10, 0, 0, 2, 2, 0, 0, 7],
        &[10, 0, 0, 0, 255, 0, 0, 0, 3, 0, 0, 8],
    ]
    .concat();
    let external = [
        &[255, 255, 0, 0][..],
        &[0x80, 0, 0, 20, 10, 0, 0, 1, 0, 0, 0, 9],
        &[1, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0],
    ]
    .concat();
    let links = [
        advertisement(1, [10, 0, 0, 7], &router),
        advertisement(2, [10, 0, 0, 8], &[255, 255, 255, 0, 10, 0, 0, 1, 10, 0, 0, 2]),
        advertisement(3, [10, 1, 0, 0], &[255, 255, 0, 0, 0, 0, 0, 30, 2, 0, 0, 31]),
        advertisement(4, [10, 0, 0, 4], &[0, 0, 0, 0, 9, 0, 0, 30]),
        advertisement(5, [10, 2, 0, 0], &external),
        advertisement(7, [10, 2, 0, 0], &external),
        advertisement(
            6,
            [224, 0, 0, 9],
            &[0, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 2, 10, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1, 1],
        ),
        advertisement(77, [1, 2, 3, 4], &[1, 2, 3, 4]),
    ];
    let headers = [advertisement(1, [1; 4], &[]), advertisement(10, [1, 0, 0, 9], &[])].concat();
    let description = [&[5, 0xdc, 0x42, 7, 0, 0, 0, 9][..], &headers].concat();
    let requests = [
        0, 0, 0, 1, 10, 0, 0, 1, 10, 0, 0, 2, 0, 0, 0, 9, 4, 0, 0, 3, 10, 0, 0, 2, 0, 0, 1, 9, 0, 0, 0, 0, 1,
        1, 1, 1,
    ];
    let unknown_link = advertisement(1, [1; 4], &[0, 0, 0, 1, 10, 0, 0, 1, 10, 0, 0, 2, 9, 0, 0, 5]);
    let mut short = advertisement(2, [1; 4], &[]);
    short[19] = 19;
    vec![
        ospf_packet(1, 0, &hello),
        ospf_packet(1, 1, &hello[..20]),
        [ospf_packet(1, 2, &hello), counting(16)].concat(),
        [ospf_packet(1, 0, &hello), signalling.clone()].concat(),
        [ospf_packet(1, 0, &hello), signalling[..4].to_vec(), vec![0, 1, 0, 2, 0, 0, 0, 0]].concat(),
        ospf_packet(1, 7, &hello),
        ospf_packet(2, 0, &description),
        ospf_packet(3, 0, &requests),
        update(&links),
        update(&[unknown_link, advertisement(77, [0; 4], &[])]),
        update(&[short]),
        ospf_packet(5, 0, &headers),
        ospf_packet(6, 0, &[]),
    ]
}

fn opaque() -> Vec<Vec<u8>> {
    let float = |value: f32| value.to_bits().to_be_bytes();
    let eight =
        |first: f32| (0..8_u8).flat_map(|at| float(first + f32::from(at) * 125_000.0)).collect::<Vec<_>>();
    let link = [
        tlv16(1, &[2]),
        vec![0; 3],
        tlv16(2, &[10, 0, 0, 1]),
        tlv16(3, &[10, 0, 0, 2]),
        tlv16(4, &[10, 0, 0, 3]),
        tlv16(5, &[0, 0, 0, 10]),
        tlv16(6, &float(125_000_000.0)),
        tlv16(7, &float(1.0)),
        tlv16(8, &eight(0.0)),
        tlv16(9, &[0, 0, 0, 0xff]),
        tlv16(11, &[0, 0, 0, 1, 0, 0, 0, 2]),
        tlv16(14, &[0x14, 0, 0, 0]),
        tlv16(15, &[&[1, 2, 0, 0][..], &eight(1e9)].concat()),
        tlv16(17, &[&[1, 0, 0, 0][..], &float(5e8)].concat()),
        tlv16(99, &[1, 2, 3, 4]),
        tlv16(5, &[1, 2]),
    ];
    let engineering = [tlv16(1, &[10, 0, 0, 9]), tlv16(2, &link.concat()), tlv16(7, &[1, 2, 3, 4])].concat();
    let restart =
        [tlv16(1, &[0, 0, 0, 120]), tlv16(2, &[1]), vec![0; 3], tlv16(3, &[10, 0, 0, 1]), tlv16(9, &[1; 4])];
    vec![
        update(&[
            advertisement(10, [1, 0, 0, 1], &engineering),
            advertisement(9, [3, 0, 0, 0], &restart.concat()),
            advertisement(11, [4, 0, 0, 0], &[tlv16(1, &[0, 0, 0, 0x30]), tlv16(2, &[1, 2, 3, 4])].concat()),
            advertisement(10, [9, 0, 0, 0], &[1, 2, 3, 4]),
        ]),
        update(&[
            advertisement(10, [1, 0, 0, 1], &tlv16(1, &[1, 2])),
            advertisement(9, [3, 0, 0, 0], &tlv16(1, &[1, 2])),
            advertisement(10, [4, 0, 0, 0], &tlv16(1, &[1, 2])),
            advertisement(9, [3, 0, 0, 0], &[0, 1, 0, 9, 0, 0, 0, 0]),
        ]),
    ]
}

fn v3_packet(kind: u8, body: &[u8], trailer: &[u8]) -> Vec<u8> {
    let mut packet = vec![3, kind];
    packet.extend((16 + body.len() as u16).to_be_bytes());
    packet.extend([10, 0, 0, 9, 0, 0, 0, kind - 1, 0x12, 0x34, 1, 0]);
    [&packet, body, trailer].concat()
}

fn v3_advertisement(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut header = vec![0, 9];
    header.extend(kind.to_be_bytes());
    header.extend([0, 0, 0, 5, 10, 0, 0, 7, 0x80, 0, 0, 1, 0xab, 0xcd]);
    header.extend((20 + body.len() as u16).to_be_bytes());
    [&header, body].concat()
}

fn ospf_v3() -> Vec<Vec<u8>> {
    let hello = [0, 0, 0, 5, 1, 0, 2, 0x13, 0, 10, 0, 40, 10, 0, 0, 1, 10, 0, 0, 2, 10, 0, 0, 3];
    let signalling = [0x12, 0x34, 0, 4];
    let authentication = [&[0, 1, 0, 20, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 2][..], &[1, 2, 3, 4]].concat();
    let prefix = [64, 0x3f, 0, 10, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 1];
    let address = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    let links = [1, 2, 4, 9].map(|kind| [&[kind, 0, 0, 5][..], &counting(12)].concat());
    let bodies = [
        (0x2001, [&[0x1f, 0, 0, 0x33][..], &links.concat()].concat()),
        (0x2002, [0, 0, 0, 0x33, 10, 0, 0, 1, 10, 0, 0, 2].to_vec()),
        (0x2003, [&[0, 0, 0, 30][..], &prefix, &prefix].concat()),
        (0x4005, [&[0x83, 0, 0, 20][..], &prefix, &address, &[0, 0, 0, 9]].concat()),
        (0x4005, [&[0, 0, 0, 20][..], &[0, 0, 0x20, 1], &[0, 0, 0, 9]].concat()),
        (0x0008, [&[1, 0, 0, 0x13][..], &address, &[0, 0, 0, 2], &prefix, &[0, 0, 0, 0]].concat()),
        (0x2009, [&[0, 1, 0x20, 1, 0, 0, 0, 0, 10, 0, 0, 1][..], &prefix].concat()),
        (0x000b, tlv16(1, &[0, 0, 0, 120])),
        (0x000a, tlv16(1, &[10, 0, 0, 1])),
        (0xe077, counting(5)),
    ];
    let all: Vec<_> = bodies.iter().map(|(kind, body)| v3_advertisement(*kind, body)).collect();
    let update =
        |count: u32, all: &[Vec<u8>]| v3_packet(4, &[&count.to_be_bytes()[..], &all.concat()].concat(), &[]);
    let headers = [v3_advertisement(0x2001, &[]), v3_advertisement(0xa00f, &[])].concat();
    let description = [&[0, 0, 0, 0x13, 5, 0xdc, 0, 0x17, 0, 0, 0, 9][..], &headers].concat();
    vec![
        v3_packet(1, &hello, &[]),
        v3_packet(1, &hello, &[&signalling[..], &authentication].concat()),
        v3_packet(2, &description, &authentication),
        v3_packet(3, &[0, 0, 0x20, 1, 0, 0, 0, 5, 10, 0, 0, 1], &[]),
        update(10, &all),
        update(1, &[v3_advertisement(0x2003, &[0, 0, 0, 30, 200, 0, 0, 0])]),
        v3_packet(5, &headers, &[0, 1]),
        v3_packet(6, &[], &[]),
        [&[2, 1, 0, 40], &v3_packet(1, &hello, &[])[4..]].concat(),
    ]
}

fn eigrp() -> Vec<Vec<u8>> {
    let header = [2, 1, 0xab, 0xcd, 0, 0, 0, 9, 0, 0, 0, 7, 0, 0, 0, 6, 0, 1, 0, 100];
    let element = |kind: u16, value: &[u8]| {
        [&kind.to_be_bytes()[..], &(value.len() as u16 + 4).to_be_bytes(), value].concat()
    };
    let mut internal = counting(24);
    internal[20] = 17;
    let mut external = counting(45);
    external[40] = 32;
    let mut direct = external.clone();
    direct[..4].fill(0);
    direct[40] = 0;
    let elements = [
        element(1, &[1, 0, 1, 0, 0, 0, 0, 15]),
        element(4, &[12, 4, 1, 2]),
        element(0x0102, &internal),
        element(0x0103, &external),
        element(0x0103, &direct),
        element(0x0202, &counting(24)),
        element(0x0203, &counting(40)),
        element(0x0204, &counting(8)),
        element(2, &counting(6)),
        element(4, &[1, 2]),
        element(0x0102, &counting(22)),
    ];
    let all = [&header[..], &elements.concat()].concat();
    let hello = [&header[..1], &[5], &header[2..]].concat();
    vec![
        all,
        [&hello[..], &[0, 1, 0, 40, 1, 2]].concat(),
        [&hello[..], &[0, 1, 0, 3, 1, 2]].concat(),
        [&[2, 9], &header[2..]].concat(),
    ]
}

fn bfd() -> Vec<Vec<u8>> {
    let packet = |first: u8, flags: u8, more: &[u8]| {
        let mut packet = vec![first, flags, 3, 24 + more.len() as u8, 0, 0, 0, 7, 0, 0, 0, 8];
        packet.extend([0, 0x0f, 0x42, 0x40, 0, 0x1e, 0x84, 0x80, 0, 0, 0, 9]);
        [&packet, more].concat()
    };
    vec![
        packet(0x21, 0xc8, &[]),
        packet(0x20, 0x44, b"\x01\x09\x01secret"),
        packet(0x20, 0x44, &[&[2, 24, 1, 0][..], &counting(20)].concat()),
        packet(0x20, 0x44, &[&[5, 28, 1, 0][..], &counting(24)].concat()),
        packet(0x20, 0x44, &[4, 9, 1, 0]),
        packet(0x3f, 0x04, &[9, 9, 1, 0]),
        packet(0x03, 0xff, &[1, 4, 1, 65]),
        packet(0x43, 0xff, &[]),
    ]
}

fn hsrp() -> Vec<Vec<u8>> {
    vec![
        [&[0, 0, 16, 3, 10, 100, 7, 1][..], b"ci\x1bsco\0\0", &[192, 168, 0, 1]].concat(),
        [&[0, 7, 3, 0, 70, 100, 7, 0][..], b"longpass", &[192, 168, 0, 1]].concat(),
        vec![1, 0],
    ]
}

fn gre() -> Vec<Vec<u8>> {
    let inner = ipv4(17, &udp(7, 9, b"data"));
    vec![
        [&[0, 0, 8, 0][..], &inner].concat(),
        [&[0xb0, 0, 8, 0, 0x12, 0x34, 0, 9, 0, 0, 0, 7, 0, 0, 0, 8][..], &inner].concat(),
        vec![0x20, 0, 0x88, 0xbe, 0, 0, 0, 7, 1, 2],
    ]
}

fn udld() -> Vec<Vec<u8>> {
    let element = |kind: u16, value: &[u8]| {
        [&kind.to_be_bytes()[..], &(value.len() as u16 + 4).to_be_bytes(), value].concat()
    };
    let elements = [
        element(1, b"FOC\x1b1\0x"),
        element(2, b"Gi0/1"),
        element(3, &[0, 0, 0, 1, 0x80]),
        element(4, &[7]),
        element(5, &[5]),
        element(6, b"S1"),
        element(7, &[0, 0, 0, 9]),
        element(99, &[1]),
    ];
    let framed = |body: &[u8]| {
        let message = [&[0xaa, 0xaa, 3, 0, 0, 0x0c, 1, 0x11, 0x21, 3, 0x6d, 0x85][..], body].concat();
        ethernet(message.len() as u16, &message)
    };
    vec![
        framed(&elements.concat()),
        framed(&element(4, &[7, 8])),
        framed(&element(7, &[7])),
        framed(&element(1, &[])),
        framed(&[0, 1, 0, 9, 65]),
        framed(&[0, 1, 0]),
    ]
}

fn aoe() -> Vec<Vec<u8>> {
    let frame = |flags: u8, command: u8, argument: &[u8]| {
        ethernet(0x88a2, &[&[0x10 | flags, 2, 0, 1, 2, command, 0, 0, 0, 7], argument].concat())
    };
    vec![
        frame(0, 0, &counting(12)),
        frame(8, 0, &counting(30)),
        frame(4, 0, &counting(11)),
        frame(0, 1, b"\0\x10\x40\x0a\x02\x13\0\x05sh\x1belf"),
        frame(0, 1, &[0, 1, 0, 2, 3, 0x19, 0, 9, 1]),
        frame(0, 1, &[0, 1, 0, 2, 3, 0x19, 0, 0]),
        frame(0, 2, &[&[0, 1, 2, 1, 0, 1][..], &counting(6)].concat()),
        frame(0, 2, &[0, 9, 9, 1]),
        frame(0, 3, &[&[2, 1][..], &counting(6)].concat()),
        frame(0, 3, &[&[9, 2][..], &counting(6)].concat()),
        frame(0, 9, &[1]),
    ]
}
