//! RSVP: every class of objects in every form, with room and without.

use std::slice;

use super::super::super::Case;
use super::{case, counting, over_ipv4};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("rsvp objects", LinkType::RAW, over_ipv4(46, &objects())),
        case("rsvp routes", LinkType::RAW, over_ipv4(46, &routes())),
        case("rsvp services", LinkType::RAW, over_ipv4(46, &services())),
        case("rsvp numbers", LinkType::RAW, over_ipv4(46, &numbers())),
        case("rsvp messages", LinkType::RAW, over_ipv4(46, &messages())),
    ]
}

fn message(kind: u8, objects: &[Vec<u8>]) -> Vec<u8> {
    let objects = objects.concat();
    let len = (8 + objects.len()) as u16;
    [&[0x11, kind, 0xab, 0xcd, 64, 0][..], &len.to_be_bytes(), &objects].concat()
}

fn object(class: u8, kind: u8, body: &[u8]) -> Vec<u8> {
    [&((4 + body.len()) as u16).to_be_bytes()[..], &[class, kind], body].concat()
}

/// Classes with the kinds that they have, and one that they do not.
const CLASSES: &[(u8, &[u8])] = &[
    (1, &[1, 2, 7, 8, 11, 13, 14, 99]),
    (3, &[1, 2, 3, 4, 99]),
    (4, &[1, 99]),
    (5, &[1, 99]),
    (6, &[1, 2, 3, 4, 99]),
    (8, &[1, 99]),
    (9, &[1, 2]),
    (10, &[1, 2, 3, 7, 8, 12, 13, 99]),
    (11, &[1, 2, 7, 12, 13, 99]),
    (15, &[1, 2, 99]),
    (16, &[1, 2, 3, 99]),
    (19, &[1, 2, 3, 4, 99]),
    (22, &[1, 2, 99]),
    (23, &[1, 2, 99]),
    (36, &[1, 99]),
    (50, &[1, 2, 99]),
    (63, &[7, 99]),
    (66, &[1, 99]),
    (131, &[1, 99]),
    (134, &[1, 99]),
    (195, &[1, 2, 99]),
    (196, &[1, 99]),
    (205, &[1, 7, 99]),
    (207, &[7, 99]),
    (14, &[1]),
    (77, &[1]),
    (200, &[1]),
];

fn objects() -> Vec<Vec<u8>> {
    let of_length = |len: usize| {
        let all = CLASSES.iter().flat_map(move |(class, kinds)| {
            kinds.iter().map(move |kind| object(*class, *kind, &vec![3; len]))
        });
        all.collect::<Vec<_>>()
    };
    // With room for the longest; a session's name is as long as the byte says.
    let mut messages: Vec<_> = of_length(40).chunks(12).map(|objects| message(1, objects)).collect();
    // What is too short ends its message.
    messages.extend([4, 0].iter().flat_map(|len| of_length(*len)).map(|object| message(2, &[object])));
    messages
}

fn routes() -> Vec<Vec<u8>> {
    let strict = [1, 8, 10, 0, 0, 9, 32, 0x0f];
    let loose = [0x81, 8, 10, 0, 0, 8, 32, 0];
    let label = [3, 8, 1, 1, 0, 0, 0, 99];
    let good =
        [&strict[..], &loose, &label, &[3, 8, 0, 9, 0, 0, 0, 1], &[32, 4, 0, 9], &[2, 4, 0, 0]].concat();
    let bad: [&[u8]; 5] =
        [&[1, 4, 10, 0], &[1, 8, 10, 0, 0, 9, 24, 0], &[3, 4, 0, 0], &[1, 12, 0, 0], &[9, 0, 0, 0]];
    let set = |head: [u8; 4], rest: &[u8]| object(36, 1, &[&head[..], rest].concat());
    let mut messages = vec![
        message(1, &[object(20, 1, &good), object(21, 1, &good), object(20, 9, &strict)]),
        message(
            2,
            &[
                set([0, 0, 0, 1], &counting(8)),
                set([1, 0, 0, 2], &[]),
                set([2, 0, 0, 1], &counting(8)),
                set([3, 0, 0, 1], &counting(8)),
                set([9, 0, 0, 1], &counting(4)),
            ],
        ),
        message(2, &[set([2, 0, 0, 1], &counting(4))]),
        message(
            1,
            &[
                object(19, 1, &[0, 0, 8, 0, 0, 0, 0x12, 0x34]),
                object(19, 2, &[0, 0, 8, 0, 0x80, 1, 0, 2, 0, 3, 0, 4]),
                object(19, 3, &[0, 0, 8, 0, 0, 0, 0, 16, 0, 0, 3, 0xdf]),
                object(19, 3, &[0, 0, 8, 0, 1, 0, 0, 16, 1, 0, 3, 0xdf]),
                object(19, 4, &[1, 1, 0, 33]),
                object(19, 4, &[8, 150, 0, 37]),
                object(129, 1, &counting(8)),
            ],
        ),
    ];
    messages.extend(bad.iter().map(|bad| message(1, &[object(20, 1, &[bad, &strict[..]].concat())])));
    messages
}

fn services() -> Vec<Vec<u8>> {
    let parameter = |kind: u8, words: &[u32]| {
        let value: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
        [&[kind, 0x80][..], &(words.len() as u16).to_be_bytes(), &value].concat()
    };
    let rate = |rate: f32| rate.to_bits();
    let service = |kind: u8, flags: u8, parameters: &[Vec<u8>]| {
        let parameters = parameters.concat();
        [&[kind, flags][..], &(parameters.len() as u16 / 4).to_be_bytes(), &parameters].concat()
    };
    let flow = |services: &[Vec<u8>]| {
        let services = services.concat();
        [&[0, 0][..], &(services.len() as u16 / 4).to_be_bytes(), &services].concat()
    };
    let bucket = parameter(127, &[rate(1e6), rate(1.5e3), rate(f32::INFINITY), 64, 1500]);
    let default = [
        parameter(4, &[3]),
        parameter(6, &[rate(1.25e8)]),
        parameter(8, &[7]),
        parameter(8, &[u32::MAX]),
        parameter(10, &[1500]),
        parameter(133, &[1]),
        parameter(136, &[2]),
        parameter(99, &[1, 2]),
        parameter(4, &[]),
        parameter(127, &[1]),
    ];
    let good = flow(&[
        service(1, 0, &default),
        service(2, 0x80, &[bucket.clone(), parameter(130, &[rate(0.1), 5])]),
        service(5, 0, &[]),
        service(9, 0, slice::from_ref(&bucket)),
    ]);
    let longer = [&[0, 0, 0, 4][..], &[5, 0, 0, 1], &parameter(4, &[1]), &parameter(10, &[2])].concat();
    let cut = [&[0, 0, 0, 4][..], &[5, 0, 0, 9], &[4, 0, 0, 9, 0, 0, 0, 1]].concat();
    vec![
        message(1, &[object(12, 2, &flow(&[service(1, 0, &[bucket])])), object(13, 2, &good)]),
        message(2, &[object(9, 2, &longer)]),
        message(2, &[object(9, 2, &cut), object(5, 1, &[0, 0, 0x75, 0x30])]),
    ]
}

fn numbers() -> Vec<Vec<u8>> {
    let failure = |kind: u8, code: u8, value: u8| {
        let address = counting(if kind & 1 == 1 { 4 } else { 16 });
        object(6, kind, &[&address[..], &[1, code, 0, value]].concat())
    };
    let name = [&[7, 0, 0x1f, 5][..], b"tu\x1bel", &[0; 3]].concat();
    let reroute = [&[7, 6, 5, 4][..], &1.25e6_f32.to_be_bytes(), &counting(12)].concat();
    let user: [&[u8]; 7] = [
        &[0, 8, 1, 1, 10, 0, 0, 9],
        &[0, 8, 2, 3, 1, 2, 3, 4],
        &[0, 4, 3, 0],
        &[0, 8, 3, 0, 1, 2, 3, 4],
        &[0, 16, 4, 0, 0x80, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 9],
        &[0, 8, 5, 0, 9, 0, 0, 0],
        &[0, 4, 9, 9],
    ];
    let address = [&[0, 20, 2, 2][..], &counting(16)].concat();
    let bad: [&[u8]; 6] = [
        &[0, 3, 5, 0],
        &[0, 12, 5, 0],
        &[0, 4, 5, 0],
        &[0, 8, 4, 0, 0, 0, 0, 0],
        &[0, 4, 1, 1],
        &[0, 4, 1, 2],
    ];
    let properties = |rest: &[u8]| object(204, 1, &[&[0, 2, 0, 0][..], rest].concat());
    let mut messages = vec![
        message(3, &[failure(1, 24, 5), failure(1, 28, 4), failure(1, 125, 9), failure(3, 25, 1)]),
        message(4, &[failure(2, 24, 5), failure(4, 28, 4), failure(2, 25, 9)]),
        message(1, &[object(207, 7, &name), object(205, 1, &[&reroute[..], &[0; 4]].concat())]),
        message(1, &[object(205, 7, &reroute[..16]), object(63, 7, &counting(16))]),
        message(1, &[object(229, 1, &[&user.concat()[..], &address].concat())]),
        message(1, &[object(229, 1, user[0]), object(229, 1, &[0, 4, 1, 99])]),
        message(
            1,
            &[properties(&[1, 4, 0, 9, 2, 4, 1, 2]), properties(&[]), object(134, 1, &[0, 0, 0, 0x0f])],
        ),
        message(1, &[properties(&[1, 9, 0, 9])]),
        message(1, &[properties(&[1, 0, 0, 9])]),
        message(13, &[object(24, 1, &counting(12)), object(196, 1, &[0x80, 0, 0, 7])]),
    ];
    messages.extend(bad.iter().map(|bad| message(1, &[object(229, 1, bad)])));
    messages
}

fn messages() -> Vec<Vec<u8>> {
    let time = object(5, 1, &[0, 0, 0x75, 0x30]);
    let hello = message(20, &[object(22, 1, &counting(8))]);
    let kinds = [1, 2, 3, 4, 5, 6, 7, 13, 14, 15, 20, 99];
    let mut messages: Vec<_> = kinds.iter().map(|kind| message(*kind, slice::from_ref(&time))).collect();
    let other = |at: usize, value: u8| {
        let mut changed = hello.clone();
        changed[at] = value;
        changed
    };
    messages.extend([
        message(12, &[hello.clone(), message(15, slice::from_ref(&time))]),
        message(12, &[other(0, 0x20)]),
        message(12, &[other(7, 7)]),
        message(12, &[other(7, 200)]),
        message(12, &[other(9, 13)]),
        other(7, 7),
        other(7, 22),
        other(7, 60),
        other(9, 13),
        other(9, 0),
        other(9, 40),
        other(0, 0x20),
        other(0, 0x1f),
        hello[..12].to_vec(),
    ]);
    messages
}
