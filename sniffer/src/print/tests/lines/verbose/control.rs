//! How hosts control connections and clocks: telnet, PPTP with its packets in GRE, control messages of NTP.

use super::super::super::Case;
use super::super::super::build::ethernet;
use super::{case, counting, over_ipv4, over_tcp, over_udp};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("telnet commands", LinkType::RAW, over_tcp([23, 40000], &telnet())),
        case("pptp messages", LinkType::RAW, over_tcp([40000, 1723], &pptp())),
        case("gre version 1", LinkType::RAW, over_ipv4(47, &gre())),
        case("ppp by its EtherType", LinkType::ETHERNET, over_ethernet()),
        case("ntp control messages", LinkType::RAW, over_udp([123, 123], &ntp_control())),
    ]
}

fn telnet() -> Vec<Vec<u8>> {
    let plain: Vec<u8> = (236..=249).chain([255]).flat_map(|code| [255, code]).collect();
    let negotiated: Vec<u8> = [(251, 1), (252, 39), (253, 40), (254, 200)]
        .iter()
        .flat_map(|(code, option)| [255, *code, *option])
        .collect();
    let parameters = |option: u8, values: &[u8]| [&[255, 250, option], values, &[255, 240]].concat();
    vec![
        [plain.clone(), negotiated, b"login: ".to_vec()].concat(),
        [
            parameters(24, &[0]),
            parameters(24, b"\x00xterm"),
            parameters(31, &[0, 80, 0, 24]),
            parameters(34, &[]),
            parameters(37, &[]),
            parameters(37, &[3]),
            parameters(37, &[2, 15, 0, 1]),
            parameters(37, &[9, 8]),
            parameters(38, &[8, 9]),
            parameters(38, &[9, 5, 200]),
        ]
        .concat(),
        b"text".to_vec(),
        vec![255, 1, 255, 251, 1],
        [&plain[..4], &[255]].concat(),
        [&plain[..4], &[255, 251]].concat(),
        vec![255, 250, 24, 0, 1, 2],
    ]
}

/// A control message of a kind, with as many bytes as the longest has.
fn message(control: u16, body: &[u8]) -> Vec<u8> {
    let head = [0, 168, 0, 1, 0x1a, 0x2b, 0x3c, 0x4d];
    [&head[..], &control.to_be_bytes(), &[0, 0], body].concat()
}

fn pptp() -> Vec<Vec<u8>> {
    let named = |head: &[u8]| [head, b"host", &[0; 60], b"vendor", &[0; 58]].concat();
    let mut messages: Vec<_> = (0..=16).map(|control| message(control, &counting(220))).collect();
    let results = |control: u16, at: usize, value: u8| {
        let mut body = vec![0; 160];
        body[at] = value;
        message(control, &body)
    };
    messages.extend([1, 2, 9].iter().flat_map(|value| {
        [(2, 2), (3, 0), (4, 0), (4, 1), (6, 4), (8, 4), (10, 4), (13, 2)]
            .map(|(control, at)| results(control, at, *value))
    }));
    messages.push(message(1, &named(&[1, 2, 0, 0, 0, 0, 0, 3, 0, 0, 0, 3, 0, 9, 0, 8])));
    let called = [
        &[0, 1, 0, 2, 0, 0, 1, 44, 5, 0xf5, 0xe1, 0, 0, 0, 0, 3, 0, 0, 0, 3][..],
        &[0, 64, 0, 9, 0, 5, 0, 0],
    ];
    messages.push(message(7, &[&called.concat()[..], b"0123456789", &[0; 54], b"sub", &[0; 61]].concat()));
    let other = [0, 9, 0, 2, 0x1a, 0x2b, 0x3c, 0x4e, 0, 5, 0, 7, 0, 0, 0, 1];
    messages.extend([other.to_vec(), [&[0, 9, 0, 3], &other[4..]].concat()]);
    messages
}

fn gre() -> Vec<Vec<u8>> {
    let ppp = [0xc0, 0x21, 1, 0, 0, 4];
    let packet =
        |flags: u16, protocol: [u8; 2], rest: &[u8]| [&flags.to_be_bytes()[..], &protocol, rest].concat();
    vec![
        packet(0x3001, [0x88, 0x0b], &[&[0, 6, 0, 9, 0, 0, 0, 1][..], &ppp].concat()),
        packet(0x3081, [0x88, 0x0b], &[&[0, 6, 0, 9, 0, 0, 0, 1, 0, 0, 0, 2][..], &ppp].concat()),
        packet(0x2081, [0x88, 0x0b], &[0, 0, 0, 9, 0, 0, 0, 2]),
        packet(0x2001, [0x88, 0x0b], &[0, 0, 0, 9]),
        packet(0x1001, [0x08, 0x00], &[0, 0, 0, 1, 0x45, 0, 0]),
        packet(0x1001, [0x88, 0x0b], &[0, 0, 0, 1]),
    ]
}

fn over_ethernet() -> Vec<Vec<u8>> {
    let frames: [&[u8]; 3] =
        [&[0xc0, 0x21, 1, 7, 0, 8, 1, 4, 5, 220], &[0xff, 3, 0xc0, 0x21, 5, 1, 0, 4], &[0x12, 0x35, 1, 2, 3]];
    frames.iter().map(|frame| ethernet(0x880b, frame)).collect()
}

fn ntp_control() -> Vec<Vec<u8>> {
    let message = |control: u8, count: u8, data: &[u8]| {
        [&[0x26, control, 0, 7, 0x06, 0x15, 0, 1, 0, 2, 0, count][..], data].concat()
    };
    vec![
        message(0x02, 0, &[]),
        message(0x82, 8, b"stratum="),
        message(0xe2, 4, b"a=1\0"),
        message(0x42, 9, b"short"),
        [&[0x16, 1, 0, 0, 0, 0][..], &[0; 6]].concat(),
    ]
}
