//! IS-IS: messages of every type, elements of every type, as they should be and too short.

use super::super::super::Case;
use super::super::super::build::ethernet;
use super::{case, tlv};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("is-is messages", LinkType::ETHERNET, framed(&messages())),
        case("is-is elements", LinkType::ETHERNET, framed(&elements())),
        case("is-is links", LinkType::ETHERNET, framed(&links())),
        case("is-is routes", LinkType::ETHERNET, framed(&routes())),
        case("is-is bridging", LinkType::ETHERNET, framed(&bridging())),
    ]
}

pub(super) fn framed(messages: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let frame =
        |message: &Vec<u8>| ethernet((message.len() + 3) as u16, &[&[0xfe, 0xfe, 3][..], message].concat());
    messages.iter().map(frame).collect()
}

const ID: [u8; 8] = [0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 1, 2];

fn message(kind: u8, fixed: &[u8], elements: &[u8]) -> Vec<u8> {
    let header = [0x83, 8 + fixed.len() as u8, 1, 0, kind, 1, 0, 0];
    [&header[..], fixed, elements].concat()
}

fn len(fixed: usize, elements: &[u8]) -> [u8; 2] {
    (8 + fixed as u16 + elements.len() as u16).to_be_bytes()
}

fn hello(elements: &[u8]) -> Vec<u8> {
    let fixed = [&[3][..], &ID[..6], &[0, 30], &len(19, elements), &[0xc0], &ID[..7]].concat();
    message(15, &fixed, elements)
}

fn list(flags: u8, checksum: u16, elements: &[u8]) -> Vec<u8> {
    let fixed = [&len(19, elements)[..], &[4, 0xb0], &ID, &[0, 0, 0, 9], &checksum.to_be_bytes(), &[flags]];
    message(18, &fixed.concat(), elements)
}

/// Two elements behind each other, each alone with each of its bytes missing at its end.
fn shortened(kind: u8, value: &[u8]) -> Vec<Vec<u8>> {
    let next = tlv(8, &[0; 20]);
    (0..=value.len()).map(|len| list(3, 0, &[tlv(kind, &value[..len]), next.clone()].concat())).collect()
}

fn messages() -> Vec<Vec<u8>> {
    let point = |elements: &[u8]| {
        message(17, &[&[9][..], &ID[..6], &[0, 9], &len(12, elements), &[7]].concat(), elements)
    };
    let complete = [&len(25, &[])[..], &ID[..7], &[0; 8], &[0xff; 8]].concat();
    let partial = [&len(9, &[])[..], &ID[..7]].concat();
    let padding = tlv(8, &[0; 5]);
    let mut right = list(3, 0x1234, &padding);
    // What ISO 8473 has for these bytes.
    right[24..26].copy_from_slice(&[0x71, 0x7f]);
    let mut short = hello(&padding);
    short[17..19].copy_from_slice(&[0, 26]);
    let mut shorter = list(3, 5, &[]);
    shorter[8..10].copy_from_slice(&[0, 11]);
    let mut odd = hello(&[]);
    odd[7] = 5;
    odd[3] = 6;
    let mut long = hello(&padding);
    long[17..19].copy_from_slice(&[0, 99]);
    vec![
        hello(&padding),
        [hello(&padding), vec![0; 9]].concat(),
        short,
        shorter,
        odd,
        long,
        point(&padding),
        list(0xff, 0x1234, &padding),
        list(0x04, 0, &[]),
        list(0x41, 0x1234, &[]),
        right,
        message(24, &complete, &[]),
        message(25, &complete[..24], &[]),
        message(26, &partial, &[]),
        message(27, &partial[..8], &[]),
        message(16, &complete, &[]),
        message(20, &complete, &[]),
        message(31, &[1, 2, 3, 4], &[]),
        message(15, &[], &[]),
        list(3, 5, &[8]),
        list(3, 5, &[8, 9, 0]),
    ]
}

fn elements() -> Vec<Vec<u8>> {
    let counting: Vec<u8> = (1..=60).collect();
    let values: [(u8, &[u8]); 33] = [
        (1, &[3, 0x49, 0, 1, 1, 0x47, 0, 21]),
        (2, &[&[0][..], &[0x0a, 0x80, 0x4b, 0x3f], &ID[..7], &[0x4a, 1, 0xc2, 3], &ID[..7]].concat()),
        (2, &[9]),
        (3, &[&[0x0a, 0x80, 0x80, 0x80][..], &ID[..6]].concat()),
        (4, &counting[..12]),
        (5, &[0x0a, 0x80, 0x80, 0x80, 6, 0x47, 0, 5, 3, 0x48, 1, 7]),
        (6, &counting[..12]),
        (7, &[0, 7, 0, 0, 0, 1, 9]),
        (8, &[0; 3]),
        (9, &[&[4, 0xb0][..], &ID, &[0, 0, 0, 9, 0xab, 0xcd]].concat()),
        (10, b"\x01pass\x1bword"),
        (10, &[3, 0, 9, 1, 2, 3]),
        (10, &[&[54][..], &counting[..16]].concat()),
        (10, &[54, 1]),
        (10, &[255, 1, 2]),
        (10, &[7, 1, 2]),
        (12, &[0, 0]),
        (12, &[0x12, 0x34]),
        (13, &[&[1][..], &ID[..6]].concat()),
        (13, &[0]),
        (14, &[5, 0xd4]),
        (42, &counting[..20]),
        (129, &[0xcc, 0x8e, 0x81, 0x77]),
        (131, &[2, 0, 9]),
        (131, &[1, 0, 9]),
        (131, &[7]),
        (132, &[10, 0, 0, 1, 10, 0, 0, 2]),
        (134, &[10, 0, 0, 9]),
        (137, b"rou\x1bter\0x"),
        (138, &[&ID[..7], &[1, 10, 0, 0, 1, 10, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 6]].concat()),
        (211, &[&[7, 0, 30][..], &ID[..6]].concat()),
        (232, &counting[..32]),
        (250, &[0, 0, 0x0c, 1, 2]),
    ];
    let more: [(u8, &[u8]); 6] = [
        (240, &[&[0, 0, 0, 0, 5][..], &ID[..6], &[0, 0, 0, 6]].concat()),
        (240, &[&[2, 0, 0, 0, 5][..], &ID[..6]].concat()),
        (240, &[9]),
        (241, &[0, 0, 0, 9]),
        (242, &[&[10, 0, 0, 1, 3, 2, 9, 0xc0, 0, 0x1f, 0x40, 1, 3, 0, 0x3e, 0x80][..], &[99, 1, 7]].concat()),
        (242, &[10, 0, 0, 1, 0, 2, 10, 0, 0, 0, 9, 1, 4, 0, 0, 0, 8, 2, 9]),
    ];
    let all: Vec<u8> = values.iter().chain(&more).flat_map(|(kind, value)| tlv(*kind, value)).collect();
    let mut messages = vec![list(3, 0, &all[..all.len() / 2]), list(3, 0, &all)];
    for (kind, value) in values.iter().filter(|(kind, _)| !matches!(kind, 13 | 240)) {
        messages.extend(shortened(*kind, value));
    }
    messages
}

fn links() -> Vec<Vec<u8>> {
    let counting: Vec<u8> = (1..=60).collect();
    let float = |value: f32| value.to_bits().to_be_bytes();
    let eight: Vec<u8> = (0..8_u8).flat_map(|at| float(125_000.0 * f32::from(at))).collect();
    let switching = |kind: u8, rest: &[u8]| tlv(21, &[&[kind, 2, 0, 0][..], &eight, rest].concat());
    let details = [
        tlv(3, &[0, 0, 0, 9]),
        tlv(4, &[0, 0, 0, 1, 0, 0, 0, 2]),
        tlv(5, &[0, 0, 0, 1, 9]),
        tlv(6, &[10, 0, 0, 1]),
        tlv(8, &[10, 0, 0, 2]),
        tlv(9, &float(125_000_000.0)),
        tlv(10, &float(1.5e9)),
        tlv(11, &eight),
        tlv(12, &[&[0][..], &eight[..9]].concat()),
    ];
    let more = [
        tlv(22, &[&[9][..], &eight[4..8]].concat()),
        tlv(18, &[0, 1, 0]),
        tlv(19, &[0, 5]),
        tlv(19, &[0, 0]),
        tlv(20, &[0x14, 7]),
        tlv(29, &[0, 0, 9, 1, 0, 7]),
        tlv(32, &[&[0x30, 9][..], &ID[..6], &[0, 0x3e, 0x81]].concat()),
        tlv(32, &[&[0xc0, 9][..], &ID[..6], &[0, 0, 0x3e, 0x81]].concat()),
        tlv(32, &[&[0x20, 9][..], &ID[..6], &[0, 0, 0x3e, 0x81]].concat()),
        tlv(250, &[1, 2]),
        tlv(77, &counting[..20]),
    ];
    let last = [
        switching(1, &[&float(1e6)[..], &[5, 0xdc]].concat()),
        switching(100, &[&float(1e6)[..], &[1, 0, 0, 0]].concat()),
        switching(200, &counting[..5]),
        switching(51, &[]),
        switching(4, &[1]),
    ];
    let short: Vec<_> = [3, 6, 9, 11, 12, 18, 19, 20, 21, 22, 29, 32].map(|kind| tlv(kind, &[])).concat();
    let link = |details: &[u8]| [&ID[..7], &[0, 0, 10, details.len() as u8], details].concat();
    let mut messages: Vec<_> = [&details[..], &more, &last]
        .iter()
        .map(|details| list(3, 0, &tlv(22, &link(&details.concat()))))
        .collect();
    messages.push(list(3, 0, &tlv(22, &[link(&short), link(&[])].concat())));
    messages.push(list(3, 0, &tlv(222, &[&[0xc0, 2][..], &link(&details[3]), &link(&[])].concat())));
    messages.push(list(3, 0, &tlv(24, &[&ID[..7], &[0], &ID[..7], &[6], &details[3]].concat())));
    let bad = [
        link(&[6]),
        link(&[6, 9, 1]),
        [&ID[..7], &[0, 0, 10, 9, 6, 7, 10, 0]].concat(),
        [&ID[..7], &[0, 0, 10, 9, 6]].concat(),
        [&ID[..7], &[0, 0, 10, 9]].concat(),
        [&ID[..7], &[0, 0]].concat(),
        ID[..5].to_vec(),
    ];
    messages.extend(bad.iter().map(|bad| list(3, 0, &[tlv(22, bad), tlv(8, &[0; 9])].concat())));
    messages.extend([list(3, 0, &tlv(222, &[1])), list(3, 0, &tlv(222, &[0x1f, 0xff]))]);
    messages
}

fn routes() -> Vec<Vec<u8>> {
    let old = [
        &[0x0a, 0x80, 0x80, 0x80, 10, 1, 0, 0, 255, 255, 0, 0][..],
        &[0xca, 1, 0x42, 3, 10, 1, 0, 0, 255, 0, 255, 0],
    ]
    .concat();
    let ipv4 = [&[0, 0, 0, 10, 24, 10, 0, 1][..], &[0, 0, 0, 10, 0x80, 0, 0, 0, 9, 32, 10, 0, 0, 1]].concat();
    let details = [
        tlv(1, &[0, 0, 0, 9, 0, 0, 0, 10]),
        tlv(2, &[1, 2, 3, 4, 5, 6, 7, 8]),
        tlv(3, &[0x60, 0, 0, 0, 0, 9]),
        tlv(3, &[0x0c, 1, 0, 0x3e, 0x81]),
        tlv(3, &[0, 9, 0, 0, 0, 9]),
        tlv(117, &[0, 0, 0, 7]),
        tlv(99, &[1, 2]),
    ]
    .concat();
    let with_details = [&[0, 0, 0, 10, 0x40 | 8, 10, details.len() as u8][..], &details].concat();
    let ipv6 = [
        &[0, 0, 0, 10, 0, 32, 0x20, 1, 0xd, 0xb8][..],
        &[0, 0, 0, 10, 0xc0, 0],
        &[0, 0, 0, 10, 0x20, 8, 0x20, 6, 1, 4, 0, 0, 0, 9],
    ]
    .concat();
    let topology = |value: &[u8]| [&[0x40, 2], value].concat();
    let good = [
        tlv(128, &old),
        tlv(135, &ipv4),
        tlv(135, &with_details),
        tlv(235, &topology(&ipv4)),
        tlv(236, &ipv6),
        tlv(237, &topology(&ipv6)),
        tlv(229, &[0, 0, 0x80, 1, 0x40, 2, 0xc0, 3, 0x0f, 0xff, 0, 9]),
        tlv(229, &[0, 0, 1]),
        tlv(130, &old),
    ];
    let mut messages = vec![list(3, 0, &good.concat())];
    let bad = [
        tlv(128, &old[..15]),
        tlv(130, &[]),
        tlv(135, &[0, 0, 0, 10, 33, 1]),
        tlv(236, &[0, 0, 0, 10, 0, 129, 1]),
        tlv(135, &[0, 0, 0, 10, 24, 10]),
        tlv(135, &[0, 0, 0, 10, 0x48, 10, 5, 3, 3, 0, 0, 1]),
        tlv(135, &[0, 0, 0, 10, 0x48, 10, 7, 3, 5, 0, 0, 1]),
        tlv(235, &[1]),
        tlv(237, &[0, 2]),
    ];
    messages.extend(bad.iter().map(|bad| list(3, 0, &[bad.clone(), tlv(8, &[0; 30])].concat())));
    messages
}

fn bridging() -> Vec<Vec<u8>> {
    let counting: Vec<u8> = (1..=80).collect();
    let configuration = [&[0][..], b"na\x1bme", &[0; 27], &[0, 7], &counting[..16]].concat();
    let ports = [
        tlv(4, &[&configuration[..], &configuration].concat()),
        tlv(5, &counting[..33]),
        tlv(6, &counting[..12]),
        tlv(9, &[1, 2]),
    ]
    .concat();
    let tree = [0xe5, 0, 0x80, 0xc2, 1, 0, 0x10, 7];
    let bridge = [
        tlv(1, &[&counting[..14], &[0, 0x1f, 0xff, 0xff, 2], &tree, &tree].concat()),
        tlv(3, &[&counting[..8], &[0xc0, 0, 0, 9, 0, 0, 0, 8]].concat()),
        tlv(9, &[1]),
    ]
    .concat();
    let wrapped = |kind: u8, elements: &[u8]| {
        list(3, 0, &[tlv(kind, &[&[0xa0, 9], elements].concat()), tlv(8, &[0; 3])].concat())
    };
    vec![
        wrapped(143, &ports),
        wrapped(144, &bridge),
        wrapped(143, &tlv(4, &counting[..50])),
        wrapped(143, &tlv(5, &counting[..32])),
        wrapped(143, &tlv(6, &counting[..9])),
        wrapped(143, &tlv(6, &counting[..11])),
        wrapped(143, &[4, 9, 1]),
        wrapped(143, &[4, 9]),
        wrapped(144, &tlv(1, &counting[..18])),
        wrapped(144, &tlv(1, &[&counting[..18], &[1, 7]].concat())),
        wrapped(144, &tlv(3, &counting[..7])),
        wrapped(144, &[1, 9, 1]),
        list(3, 0, &tlv(143, &[1])),
        list(3, 0, &tlv(144, &[])),
    ]
}
