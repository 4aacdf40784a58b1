//! What is behind LLC: the network protocols of OSI, IPX, and frames of LLC itself.

use super::super::super::Case;
use super::super::super::build::{ethernet, ipv4, udp};
use super::case;
use super::isis::framed;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("clnp", LinkType::ETHERNET, framed(&clnp())),
        case("es-is", LinkType::ETHERNET, framed(&es_is())),
        case("osi numbers", LinkType::ETHERNET, numbers()),
        case("ipx", LinkType::ETHERNET, ipx()),
        case("llc frames", LinkType::ETHERNET, frames()),
    ]
}

const DESTINATION: [u8; 4] = [3, 0x49, 0, 1];
const SOURCE: [u8; 3] = [2, 0x47, 5];

fn header(first: u8, kind: u8, rest: &[u8], data: &[u8]) -> Vec<u8> {
    let len = 9 + rest.len() as u8;
    [&[first, len, 1, 0x15, kind, 0, 99, 0x12, 0x34][..], rest, data].concat()
}

fn clnp() -> Vec<Vec<u8>> {
    let addresses = [&DESTINATION[..], &SOURCE].concat();
    let with = |kind: u8, more: &[u8], data: &[u8]| header(0x81, kind, &[&addresses, more].concat(), data);
    let options = [
        &[193, 1, 0x01, 193, 1, 0x91, 193, 1, 0x7f, 195, 1, 0xd5, 195, 1, 0x40][..],
        &[197, 2, 0x80, 7, 200, 6, 0, 3, 3, 0x49, 0, 9, 203, 2, 1, 3, 204, 2, 0, 0],
        &[205, 1, 0x3e, 99, 3, 1, 2, 3],
    ]
    .concat();
    let odd: [&[u8]; 10] = [
        &[193, 0],
        &[195, 0],
        &[197, 1, 1],
        &[200, 1, 1],
        &[200, 2, 0, 0],
        &[200, 2, 9, 4],
        &[203, 4, 1, 3, 9, 1],
        &[205, 0],
        &[99, 9, 1],
        &[99],
    ];
    let mut unchecked = with(28, &[], b"data");
    unchecked[7..9].fill(0);
    let mut old = with(28, &[], b"data");
    old[2] = 2;
    let mut long = with(28, &[], b"data");
    long[1] = 99;
    let mut short = with(28, &[], b"data");
    short[1] = 8;
    let mut cut = with(28, &[], b"data");
    cut[1] = 12;
    let mut none = with(28, &[], b"data");
    none[1] = 9;
    let mut packets = vec![
        with(28, &[], b"data that is not taken apart"),
        with(0xfc, &[0, 7, 0, 8, 0, 99], b"data"),
        with(0x9d, &[0, 7], b"data"),
        with(30, &options, &[]),
        with(31, &[], &with(28, &[], b"inner")),
        with(1, &[], &with(1, &[], &with(30, &options, &[]))),
        with(1, &[], b"data"),
        with(1, &[], &[0x81, 2]),
        with(9, &[], b"data"),
    ];
    packets.extend([unchecked, old, long, short, cut, none]);
    packets.extend(odd.iter().map(|option| with(28, option, b"data")));
    packets
}

fn es_is() -> Vec<Vec<u8>> {
    let options = [198, 2, 0, 60, 198, 1, 9, 195, 1, 7, 99, 0, 129, 3, 0x81, 0xcc, 0x77];
    let with = |kind: u8, rest: &[u8]| header(0x82, kind, rest, &[]);
    let mut old = with(4, &SOURCE);
    old[2] = 3;
    let mut short = with(4, &SOURCE);
    short[1] = 10;
    let mut long = with(4, &SOURCE);
    long[1] = 99;
    vec![
        with(4, &[&SOURCE[..], &options].concat()),
        with(2, &[&[2][..], &SOURCE, &DESTINATION, &options].concat()),
        with(9, &[1, 2, 3]),
        with(4, &[9, 1]),
        with(2, &[2, 2, 1, 2]),
        with(6, &[2, 1, 2]),
        with(6, &[2, 1, 2, 1, 9]),
        with(4, &[&SOURCE[..], &[198]].concat()),
        with(4, &[&SOURCE[..], &[198, 9, 1]].concat()),
        old,
        short,
        long,
        vec![0x82, 9],
    ]
}

fn numbers() -> Vec<Vec<u8>> {
    let packet = ipv4(17, &udp(7, 9, b"data"));
    let mut frames = framed(&[
        [&[0xcc][..], &packet].concat(),
        vec![0, 1, 2],
        vec![0x84, 1, 2],
        vec![0x77],
        vec![0x77, 1, 2, 3],
    ]);
    frames.push(ethernet(0xfefe, &[&[0xfe][..], &clnp()[0]].concat()));
    frames.push(ethernet(0xfefe, &[&[0][..], &es_is()[0]].concat()));
    frames
}

fn ipx() -> Vec<Vec<u8>> {
    let packet = |socket: u16, data: &[u8]| {
        let len = (30 + data.len() as u16).to_be_bytes();
        let destination = [&[0, 0, 0, 9, 2, 0, 0, 0, 0, 2][..], &socket.to_be_bytes()].concat();
        let source = [0, 0, 0, 8, 2, 0, 0, 0, 0, 1, 0x40, 3];
        [&[0xff, 0xff][..], &len, &[0, 4], &destination, &source, data].concat()
    };
    let mut server = vec![0, 4];
    server.extend(b"ser\x1bver\0");
    server.resize(50, b'x');
    server.extend([0, 0, 0, 9, 2, 0, 0, 0, 0, 2, 4, 0x51, 0, 1]);
    let routes = [0, 0, 0, 7, 0, 1, 0, 2, 0xff, 0xff, 0xff, 0xff, 0, 3, 0, 4];
    let mut short = packet(0x451, &[]);
    short[3] = 29;
    let packets = [
        packet(0x451, b"data"),
        packet(0x455, b"data"),
        packet(0x456, b"data"),
        packet(0x553, b"data"),
        packet(0x4003, b"data"),
        packet(0x452, &[0, 1, 0, 4]),
        packet(0x452, &[0, 3, 0, 4]),
        packet(0x452, &[&[0, 2][..], &server, &server].concat()),
        packet(0x452, &[&[0, 4][..], &server, &[1]].concat()),
        packet(0x452, &[0, 9]),
        packet(0x452, &[0]),
        packet(0x452, &[0, 1, 0]),
        packet(0x453, &[&[0, 1][..], &routes].concat()),
        packet(0x453, &[0, 1]),
        packet(0x453, &[&[0, 2][..], &routes].concat()),
        packet(0x453, &[&[0, 2][..], &routes[..12]].concat()),
        packet(0x453, &[0, 9]),
        packet(0x453, &[]),
        short,
    ];
    let behind_llc =
        |packet: &Vec<u8>| ethernet(packet.len() as u16 + 3, &[&[0xe0, 0xe0, 3][..], packet].concat());
    let mut frames: Vec<_> = packets.iter().map(behind_llc).collect();
    frames.push(ethernet(packets[0].len() as u16, &packets[0]));
    frames.push(ethernet(0x8137, &packets[0]));
    frames
}

fn frames() -> Vec<Vec<u8>> {
    let frame = |bytes: &[u8]| ethernet(bytes.len() as u16, bytes);
    let packet = ipv4(17, &udp(7, 9, b"data"));
    vec![
        frame(&[&[6, 6, 3][..], &packet].concat()),
        frame(&[0xf0, 0xf1, 0x01, 0x09, 7]),
        frame(&[0xf0, 0xf0, 0x05, 0x08]),
        frame(&[0xf0, 0xf0, 0x02, 0x06, 1, 2]),
        frame(&[0x04, 0x05, 0xaf, 0x81, 1, 0x0a]),
        frame(&[0x04, 0x05, 0xbf, 0x81, 1]),
        frame(&[0x04, 0x05, 0xbf, 0x77, 1, 2]),
        frame(&[0x04, 0x05, 0xbf]),
        frame(&[0x04, 0x04, 0xe3, 1, 2]),
    ]
}
