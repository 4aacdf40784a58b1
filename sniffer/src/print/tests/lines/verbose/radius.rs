//! RADIUS: every attribute in forms that fit and forms that do not.

use super::super::super::Case;
use super::{case, counting, over_udp};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![case("radius attributes", LinkType::RAW, over_udp([7, 1812], &packets()))]
}

fn packet(code: u8, attributes: &[u8]) -> Vec<u8> {
    [&[code, 9][..], &(20 + attributes.len() as u16).to_be_bytes(), &counting(16), attributes].concat()
}

fn attribute(kind: u8, value: &[u8]) -> Vec<u8> {
    [&[kind, 2 + value.len() as u8], value].concat()
}

fn packets() -> Vec<Vec<u8>> {
    let all = |value: &[u8]| (0..=131).flat_map(|kind| attribute(kind, value)).collect::<Vec<u8>>();
    let numbers = [6, 7, 10, 13, 15, 29, 40, 45, 49, 57, 61, 64, 65, 72, 76, 101];
    let words = |number: u32| numbers.iter().flat_map(move |kind| attribute(*kind, &number.to_be_bytes()));
    let small: Vec<u8> = (0..5).flat_map(words).collect();
    let large: Vec<u8> = [16, 43, 201, 509, 0x0500_0003].into_iter().flat_map(words).collect();
    let rare = [
        attribute(8, &[255, 255, 255, 255]),
        attribute(14, &[255, 255, 255, 254]),
        attribute(23, &[255, 255, 255, 254]),
        attribute(27, &[0, 0, 0, 59]),
        attribute(28, &[0, 0, 0x0e, 0x0f]),
        attribute(37, &[0; 4]),
        attribute(38, &[0; 4]),
        attribute(55, &[0x65, 0x53, 0xf1, 0]),
        attribute(56, &[0x31, 0, 0, 5]),
        attribute(58, b"2name"),
        attribute(66, b"\x03end\x1b\0point"),
        attribute(67, b"endpoint"),
        attribute(69, &[0x20, 1, 2, 0x41, 0x1b]),
        attribute(69, &[1, 2]),
        attribute(70, &counting(16)),
        attribute(71, &counting(14)),
        attribute(84, &[0xab; 9]),
        attribute(95, &counting(16)),
        attribute(97, &[0, 64, 0x20, 1, 0xd, 0xb8]),
        attribute(97, &[0, 129]),
        attribute(97, &counting(19)),
        attribute(123, &[0, 8, 0x20]),
        attribute(124, &[0xff; 8]),
        attribute(125, &counting(17)),
        attribute(126, b"1realm\x1b"),
        attribute(127, &[&[0, 1, 1, 2][..], &counting(16), b"GPS\x1b"].concat()),
        attribute(128, &counting(20)),
        attribute(129, &[&[0x80, 5][..], &counting(8), b"well"].concat()),
        attribute(129, &[&[0, 0][..], &counting(8)].concat()),
    ];
    let nested = [
        attribute(26, &[&[0, 0, 0, 9, 1, 6][..], b"c\x1b=d", &[2, 3, 1, 9]].concat()),
        attribute(26, &[0, 0, 1, 0x37, 3, 1]),
        attribute(26, &[0, 0, 1, 0x38, 3, 9, 1]),
        attribute(26, &[1, 2]),
        attribute(79, &[2, 1, 0, 9, 1, b'w', b'h', b'o', 0x1b]),
        attribute(79, &[3, 1, 0, 4]),
        attribute(79, &[1, 1, 0, 9, 4]),
        attribute(79, &[1]),
    ];
    vec![
        packet(1, &all(b"val\x1b")),
        packet(11, &all(b"long value")),
        packet(2, &all(&[])),
        packet(3, &small),
        packet(4, &large),
        packet(5, &rare.concat()),
        packet(40, &nested.concat()),
        packet(99, &[1, 1]),
        packet(1, &[1, 9, 1]),
        packet(1, &[1]),
    ]
}
