//! LDP: every message and element, in forms that fit and forms that do not.

use super::super::super::Case;
use super::{case, counting, over_tcp, over_udp, tlv, tlv16};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("ldp elements", LinkType::RAW, over_tcp([646, 40000], &elements())),
        case("ldp classes", LinkType::RAW, over_tcp([646, 40000], &classes())),
        case("ldp messages", LinkType::RAW, over_udp([646, 646], &messages())),
    ]
}

fn unit(messages: &[Vec<u8>]) -> Vec<u8> {
    let messages = messages.concat();
    [&[0, 1][..], &((6 + messages.len()) as u16).to_be_bytes(), &[10, 0, 0, 1, 0, 0], &messages].concat()
}

fn message(kind: u16, elements: &[Vec<u8>]) -> Vec<u8> {
    tlv16(kind, &[&[0, 0, 0, 7][..], &elements.concat()].concat())
}

fn elements() -> Vec<Vec<u8>> {
    let good = [
        tlv16(0x0400, &[0, 15, 0, 0]),
        tlv16(0x8400, &[0, 45, 0xc0, 0]),
        tlv16(0xc401, &[10, 0, 0, 1]),
        tlv16(0x0402, &[0, 0, 0, 9]),
        tlv16(0x0403, &counting(16)),
        tlv16(0x0101, &[&[0, 1][..], &counting(9)].concat()),
        tlv16(0x0101, &[&[0, 2][..], &counting(16)].concat()),
        tlv16(0x0101, &[0, 3, 1]),
        tlv16(0x0101, &[0, 99, 1]),
        tlv16(0x0500, &[0, 1, 0, 180, 0, 0, 16, 0]),
        tlv16(0x0500, &[0, 1, 0, 180, 0, 0, 0xc0, 0]),
        tlv16(0x0200, &[0xff, 0xff, 0xff, 0xff]),
        tlv16(0x0300, &[0xc0, 0, 0, 10, 0, 0, 0, 7]),
        tlv16(0x0300, &[0, 0, 0, 10, 0, 0, 0, 0]),
        tlv16(0x0503, &[0x80, 0x0f, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2]),
        tlv16(0x0503, &[0; 12]),
        tlv16(0x0601, &[5, 220]),
        tlv16(0x0103, &[3]),
        tlv16(0x3fff, &counting(20)),
    ];
    let kinds = [0x0100, 0x0101, 0x0200, 0x0300, 0x0400, 0x0401, 0x0402, 0x0403, 0x0500, 0x0503, 0x0601];
    let bad: Vec<_> = kinds.iter().map(|kind| tlv16(*kind, &[])).collect();
    vec![
        unit(&[message(0x0100, &good[..10]), message(0x8001, &good[10..])]),
        unit(&[message(0x0300, &bad)]),
        unit(&[message(0x0200, &[good[0].clone(), vec![4, 0, 0, 9, 1]])]),
    ]
}

fn classes() -> Vec<Vec<u8>> {
    let class = |kind: u8, value: &[u8]| tlv16(0x0100, &[&[kind], value].concat());
    let circuit = |kind: u16, info: &[u8]| {
        let head = [&kind.to_be_bytes()[..], &[4 + info.len() as u8], &counting(4), &[0, 0, 0, 100]].concat();
        class(0x80, &[&head[..], info].concat())
    };
    let parameters =
        [tlv(1, &[5, 220]), tlv(3, b"na\x1bme"), tlv(12, &[7, 7]), tlv(9, &[1, 2]), tlv(12, &[0, 0])];
    vec![
        unit(&[message(
            0x0400,
            &[
                class(1, &[]),
                class(3, &[0, 1, 4, 10]),
                class(9, &[1]),
                class(2, &[0, 1, 24, 10, 1, 2]),
                class(2, &[0, 1, 20, 10, 1, 0xff]),
                class(2, &[0, 2, 33, 0x20, 1, 13, 0xb8, 0xff]),
                class(2, &[0, 1, 0]),
                class(2, &[0, 1, 33, 1, 2, 3, 4, 5]),
                class(2, &[0, 2, 129, 1]),
                class(2, &[0, 9, 1]),
                class(2, &[0]),
            ],
        )]),
        unit(&[message(
            0x0402,
            &[
                circuit(0x8004, &parameters.concat()),
                circuit(0x0005, &[]),
                circuit(0x7fff, &[1, 9, 5, 220]),
                circuit(0x0005, &[1, 1, 5, 220]),
                class(0x80, &[0, 5, 0, 0, 0, 0, 9]),
                class(0x80, &[0, 5, 4, 0, 0, 0, 9]),
                class(0x80, &[0, 5, 3, 0, 0, 0, 9, 0, 0, 0, 1]),
                class(0x80, &[0, 5, 40, 0, 0, 0, 9, 0, 0, 0, 1]),
                class(0x80, &[0, 5]),
            ],
        )]),
        unit(&[message(0x0400, &[class(2, &[0, 1, 24, 10]), class(1, &[])])]),
        unit(&[message(0x0400, &[class(2, &[0, 2, 24, 10]), class(1, &[])])]),
        unit(&[message(0x0400, &[class(2, &[0, 1]), class(1, &[])])]),
    ]
}

fn messages() -> Vec<Vec<u8>> {
    let hello = tlv16(0x0400, &[0, 15, 0, 0]);
    let kinds = [1, 0x100, 0x200, 0x201, 0x300, 0x301, 0x400, 0x401, 0x402, 0x403, 0x404, 0x3e00];
    let all: Vec<_> = kinds.iter().map(|kind| message(*kind, std::slice::from_ref(&hello))).collect();
    let one = unit(&all[1..2]);
    let changed = |at: usize, value: u8| {
        let mut changed = one.clone();
        changed[at] = value;
        changed
    };
    vec![
        unit(&all),
        [one.clone(), unit(&all[3..4])].concat(),
        [&one[..], &counting(5)].concat(),
        changed(1, 2),
        changed(3, 5),
        changed(3, 200),
        changed(3, 10),
        changed(13, 3),
        changed(13, 40),
        changed(13, 8),
        one[..18].to_vec(),
    ]
}
