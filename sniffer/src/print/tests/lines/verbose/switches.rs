//! What switches tell each other: spanning trees and LLDP.

use super::super::super::Case;
use super::super::super::build::*;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("spanning trees", LinkType::ETHERNET, trees()),
        case("lldp elements", LinkType::ETHERNET, elements()),
    ]
}

/// A message over LLC; numbers that count upwards where a field may be anything.
fn tree(version: u8, kind: u8, len: usize) -> Vec<u8> {
    let mut message: Vec<u8> = (0..len).map(|at| (at * 7) as u8).collect();
    message[..4].copy_from_slice(&[0, 0, version, kind]);
    message
}

fn trees() -> Vec<Vec<u8>> {
    let mut multiple = tree(3, 2, 102 + 40);
    multiple[35..39].copy_from_slice(&[0, 0, 96, 0]);
    multiple[39..44].copy_from_slice(b"re\x1bg\0");
    let mut shortest = multiple.clone();
    shortest.truncate(102);
    shortest[2] = 4;
    shortest[37] = 64;
    shortest.extend([0, 85, 0]);
    shortest.extend(b"aux\0");
    shortest.extend((0..90).map(|at| (at * 3 % 256) as u8));
    let mut bad = multiple.clone();
    bad[35] = 1;
    let messages = [
        tree(0, 0, 35),
        tree(0, 0, 34),
        tree(2, 2, 36),
        tree(2, 2, 35),
        tree(3, 2, 100),
        tree(0, 0x80, 4),
        tree(7, 0, 40),
        tree(2, 9, 40),
        multiple,
        shortest,
        bad,
    ];
    let framed =
        |message: &Vec<u8>| ethernet(message.len() as u16 + 3, &[&[0x42, 0x42, 3], &message[..]].concat());
    messages.iter().map(framed).collect()
}

/// An element of LLDP.
fn element(kind: u8, value: &[u8]) -> Vec<u8> {
    let header = u16::from(kind) << 9 | value.len() as u16;
    [&header.to_be_bytes(), value].concat()
}

/// An element of an organisation.
fn private(organisation: [u8; 3], kind: u8, value: &[u8]) -> Vec<u8> {
    element(127, &[&organisation[..], &[kind], value].concat())
}

fn elements() -> Vec<Vec<u8>> {
    let counting: Vec<u8> = (1..=40).collect();
    let identity = |kind, form| element(kind, &[&[form], &counting[..7]].concat());
    let identities = |kind| (0..9).flat_map(|form| identity(kind, form)).collect::<Vec<_>>();
    let addresses = [(1, 5), (2, 17), (6, 7), (9, 3)].map(|(family, len): (u8, usize)| {
        let address: Vec<u8> = std::iter::once(family).chain(1..len as u8).collect();
        [
            element(1, &[&[5], &address[..]].concat()),
            element(2, &[&[4], &address[..]].concat()),
            element(8, &[&[len as u8], &address[..], &[2, 0, 0, 0, 7, 3, b'a', b'b', 0]].concat()),
            element(8, &[&[len as u8], &address[..], &[9, 0, 0, 0, 7]].concat()),
        ]
        .concat()
    });
    let basic = [
        element(3, &[0, 120]),
        element(4, b"po\x1brt"),
        element(5, b"system"),
        element(6, b"description"),
        element(7, &[0, 0xff, 0, 0x14]),
        element(9, &[1, 2]),
        element(127, &[1, 2, 3, 4]),
        element(0, &[]),
    ];
    let counting_with = |organisation, kinds: std::ops::RangeInclusive<u8>| -> Vec<u8> {
        kinds.flat_map(|kind| private(organisation, kind, &[&[2, 4], &[kind; 30][..]].concat())).collect()
    };
    let frames = [
        [identities(1), identities(2)].concat(),
        [addresses.concat(), basic.concat()].concat(),
        counting_with([0, 0x80, 0xc2], 0..=15),
        counting_with([0, 0x12, 0x0f], 0..=5),
        counting_with([0, 0, 0x5e], 1..=2),
        media(),
        exchange(),
        [element(1, &[4]), element(3, &[1])].concat(),
        element(8, &[9, 1, 2]),
        element(8, &[5, 1, 10, 0, 0, 1, 2]),
    ];
    frames.iter().map(|frame| ethernet(0x88cc, frame)).collect()
}

/// Media endpoints, each element as it should be and too short.
fn media() -> Vec<u8> {
    const MEDIA: [u8; 3] = [0, 0x12, 0xbb];
    let civic = [&[2, 16, 1][..], b"DE", &[1, 3], b"Bay", &[3, 4], b"Muni", &[9, 1, 65]].concat();
    let values: [(u8, &[u8]); 16] = [
        (1, &[0, 0x3f, 4]),
        (1, &[0]),
        (2, &[1, 0x40, 0xc8, 0x2e]),
        (2, &[77, 0, 0]),
        (3, &[1, 0x4a, 1, 2, 3, 4, 0x53, 5, 6, 7, 8, 0x12, 0x34, 0x56, 0x78, 0x9a, 2]),
        (3, &civic),
        (3, &[2, 9, 1]),
        (3, b"\x03911"),
        (3, &[9, 1, 2]),
        (4, &[0x51, 0, 65]),
        (4, &[0x02, 4, 0]),
        (5, b"rev 1"),
        (8, b"serial"),
        (11, b"asset\0x"),
        (12, &[1, 2]),
        (3, &[1, 2, 3]),
    ];
    values.iter().flat_map(|(kind, value)| private(MEDIA, *kind, value)).collect()
}

/// Data center bridging by what was before IEEE 802.1Q.
fn exchange() -> Vec<u8> {
    const BRIDGING: [u8; 3] = [0, 0x1b, 0x21];
    let features = [
        element(1, &[1, 2, 0, 0, 0, 3, 0, 0, 0, 4]),
        element(2, &[1, 2, 0xe0, 0, 0x01, 0x23, 0x45, 0x67, 10, 20, 30, 40, 0, 0, 0, 0, 8]),
        element(3, &[1, 2, 0x40, 0, 0xa5, 8]),
        element(4, &[1, 2, 0x80, 0, 0x89, 6, 0, 0x1b, 0x21, 8, 0x0c, 0xbc, 0x40, 0x1b, 0x21, 0x10]),
        element(5, &[1, 2]),
    ];
    let short = element(2, &[1, 2]);
    [private(BRIDGING, 1, &[1, 2]), private(BRIDGING, 2, &features.concat()), private(BRIDGING, 2, &short)]
        .concat()
}
