//! Records of DNS that only `-v` shows whole, and the options of EDNS in forms that fit and forms that do not.

use super::super::super::Case;
use super::super::super::build::{dns, question};
use super::{case, counting, over_udp, tlv16};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("dns records", LinkType::RAW, over_udp([53, 40000], &records())),
        case("dns options", LinkType::RAW, over_udp([53, 40000], &options())),
        case("dns names", LinkType::RAW, over_udp([40000, 53], &names())),
        case("multicast dns records", LinkType::RAW, over_udp([5353, 5353], &multicast())),
    ]
}

/// A record whose owner is the name behind the header, with a time to live of more than a day.
fn record(kind: u16, class: u16, data: &[u8]) -> Vec<u8> {
    let head = [&[0xc0, 12], &kind.to_be_bytes()[..], &class.to_be_bytes(), &[0, 1, 0x82, 0x9a]].concat();
    [&head[..], &(data.len() as u16).to_be_bytes(), data].concat()
}

fn response(counts: [u16; 3], records: &[Vec<u8>]) -> Vec<u8> {
    let [answers, authorities, additional] = counts;
    let body = [question(&["a", "example"], 255), records.concat()].concat();
    dns(0x8580, [1, answers, authorities, additional], &body)
}

fn records() -> Vec<Vec<u8>> {
    let authority = [&[2][..], b"ns", &[0xc0, 14, 4], b"root", &[0xc0, 14], &counting(20)].concat();
    let key = [&[3][..], b"key", &[0]].concat();
    let signature =
        [&key[..], &counting(6), &[1, 44, 0, 4], &counting(4), &[0x12, 0x34, 0, 16, 0, 0]].concat();
    let a6 = |len: u8, rest: &[u8]| record(38, 1, &[&[len], rest].concat());
    let name = [&[1, b'x'][..], &[0xc0, 14]].concat();
    vec![
        response(
            [1, 1, 1],
            &[record(6, 1, &authority), record(6, 1, &authority), record(250, 255, &signature)],
        ),
        response(
            [4, 0, 0],
            &[
                a6(0, &counting(16)),
                a6(64, &[&counting(8)[..], &name].concat()),
                a6(128, &name),
                a6(129, &[]),
            ],
        ),
        response([2, 0, 0], &[record(1, 3, &[10, 0, 0, 9]), record(28, 1, &counting(16))]),
        response([3, 0, 0], &[record(33, 1, &[0, 1, 0, 2, 0, 80, 1, b'x', 0xc0, 14]), record(99, 1, b"abc")]),
        response([1, 2, 2], &[record(1, 1, &[10, 0, 0, 9])]),
        response([0, 1, 0], &[record(6, 1, &authority[..20])]),
    ]
}

fn with_options(options: &[u8]) -> Vec<u8> {
    let head = [&[0, 0, 41, 4, 208, 0, 0, 128, 0][..], &(options.len() as u16).to_be_bytes()].concat();
    response([0, 0, 1], &[[&head[..], options].concat()])
}

fn options() -> Vec<Vec<u8>> {
    let good = [
        tlv16(3, &counting(5)),
        tlv16(5, &[5, 8, 13, 99]),
        tlv16(6, &[1, 2, 9]),
        tlv16(7, &[1, 2]),
        tlv16(8, &[0, 1, 24, 0, 192, 0, 2]),
        tlv16(8, &[0, 2, 33, 48, 0x20, 1, 13, 0xb8, 0x80]),
        tlv16(9, &[0, 0, 14, 16]),
        tlv16(10, &counting(8)),
        tlv16(10, &counting(24)),
        tlv16(11, &[0, 123]),
        tlv16(11, &[]),
        tlv16(12, &[0; 20]),
        tlv16(14, &[1, 2, 3, 4]),
        tlv16(16, &[1, 2]),
        tlv16(99, &[1, 2]),
    ];
    let bad = [
        tlv16(8, &[0, 1, 24]),
        tlv16(8, &[0, 3, 8, 0, 1]),
        tlv16(8, &[0, 1, 24, 0, 192, 0]),
        tlv16(8, &[0, 1, 33, 0, 192, 0, 2, 1, 1]),
        tlv16(8, &[0, 1, 24, 40, 192, 0, 2]),
        tlv16(9, &[0, 1]),
        tlv16(10, &counting(9)),
        tlv16(10, &counting(41)),
        tlv16(11, &[1]),
        tlv16(14, &[1, 2, 3]),
    ];
    vec![
        with_options(&good.concat()),
        with_options(&bad.concat()),
        with_options(&tlv16(13, &[1, b'x', 2, b'y', b'z', 0])),
        with_options(&[0, 10, 0, 9, 1]),
        with_options(&[0, 10, 0]),
        with_options(&[0]),
    ]
}

/// Questions for names that are as long as names may be, and longer.
fn names() -> Vec<Vec<u8>> {
    let named = |lengths: &[u8]| {
        let labels: Vec<u8> =
            lengths.iter().flat_map(|len| [&[*len][..], &vec![b'x'; (*len).into()]].concat()).collect();
        dns(0x0100, [2, 0, 0, 0], &[&labels[..], &[0, 0, 1, 0, 1], &question(&["b"], 28)].concat())
    };
    vec![named(&[63, 63, 63, 60]), named(&[63, 63, 63, 63, 9, 9]), named(&[60; 9])]
}

fn multicast() -> Vec<Vec<u8>> {
    vec![response([2, 0, 0], &[record(1, 0x8001, &[10, 0, 0, 9]), record(12, 1, &[0xc0, 14])])]
}
