//! Messages of `OpenFlow` 1.0 and 1.3: each type as it should be, and in forms that do not fit. Frames within them are
//! elsewhere: with `-vvv` tcpdump forgets how much to print behind one that is cut.

use super::super::super::Case;
use super::super::super::build::*;
use super::{case, counting};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("openflow 1.0 messages", LinkType::RAW, segments(&messages())),
        case("openflow 1.0 actions", LinkType::RAW, segments(&actions())),
        case("openflow 1.0 statistics", LinkType::RAW, segments(&statistics())),
        case("openflow 1.0 vendors", LinkType::RAW, segments(&vendors())),
        case("openflow 1.3 messages", LinkType::RAW, segments(&messages_1_3())),
    ]
}

/// A segment for each message.
fn segments(messages: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let ports = [7, 6653];
    let segment = |payload: &Vec<u8>| {
        ipv4(6, &Tcp { ports, sequence: 1, acknowledgement: 1, flags: 0x18, options: &[], payload }.bytes())
    };
    messages.iter().map(segment).collect()
}

fn message(version: u8, kind: u8, body: &[u8]) -> Vec<u8> {
    [&[version, kind][..], &(8 + body.len() as u16).to_be_bytes(), &[0, 0, 0, 9], body].concat()
}

/// A match that all fields of packets must have, but for the bits that are set.
fn matched(wildcards: u32, ether_type: u16, protocol: u8) -> Vec<u8> {
    let mut bytes = [&wildcards.to_be_bytes()[..], &counting(36)].concat();
    bytes[22..24].copy_from_slice(&ether_type.to_be_bytes());
    bytes[25] = protocol;
    bytes
}

/// Names with zeros behind and letters behind these, words with all bits.
fn port(number: u16, state: u32) -> Vec<u8> {
    let name = b"eth\x1b0\0junk\0\0\0\0\0\0";
    let words = [0xffff_ffff_u32, state, 0xfff, 5, 0, 0x1000];
    let words: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
    [&number.to_be_bytes()[..], &[2, 0, 0, 0, 0, 9], name, &words].concat()
}

fn action(kind: u16, value: &[u8]) -> Vec<u8> {
    [&kind.to_be_bytes()[..], &(4 + value.len() as u16).to_be_bytes(), value].concat()
}

fn messages() -> Vec<Vec<u8>> {
    let features = [&counting(16)[..], &[0xff, 0, 0, 0x1f, 0, 0, 0x1f, 0xff]].concat();
    let ports = [port(1, 0x201), port(0xfffe, 0x1000)].concat();
    let flow = |command: u8, flags: u8, rest: &[u8]| {
        let fields = [0, command, 0, 60, 0, 0, 0, 5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfb, 0, flags];
        [&matched(0, 0x0800, 1)[..], &counting(8), &fields, rest].concat()
    };
    let output = action(0, &[0, 2, 0, 0]);
    let packet_in = |reason: u8| [0xff, 0xff, 0xff, 0xff, 0, 60, 0, 3, reason, 0];
    let packet_out = |len: u8, rest: &[u8]| [&[0, 0, 0, 7, 0xff, 0xfd, 0, len][..], rest].concat();
    let mut removed = [matched(0x3f_ffff, 0x0806, 1), counting(40)].concat();
    removed[50] = 1;
    let queues = [
        &[0, 5, 0, 0, 0, 0, 0, 0][..],
        &[0, 0, 0, 1, 0, 48, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0, 1, 0xf4, 0, 0, 0, 0, 0, 0],
        &[0, 0, 0, 8, 0, 0, 0, 0, 0, 9, 0, 8, 0, 0, 0, 0, 0, 1, 0, 8, 0, 0, 0, 0],
        &[0, 0, 0, 2, 0, 16, 0, 0, 0, 1, 0, 99, 0, 0, 0, 0],
        &[0, 0, 0, 3, 0, 7, 0, 0],
    ]
    .concat();
    let mut messages = vec![
        message(1, 0, b"data"),
        message(1, 6, &features),
        message(1, 6, &[&features[..], &ports].concat()),
        message(1, 6, &[&features[..], &ports[..50]].concat()),
        message(1, 8, &[0, 1, 0, 128]),
        message(1, 9, &[0, 7, 0xff, 0xff]),
        message(1, 10, &packet_in(0)),
        message(1, 10, &packet_in(2)),
        message(1, 11, &removed),
        message(1, 12, &[&[2, 0, 0, 0, 0, 0, 0, 0][..], &port(3, 0)].concat()),
        message(1, 13, &packet_out(8, &output)),
        message(1, 13, &packet_out(9, &output)),
        message(1, 14, &flow(0, 7, &output)),
        message(1, 14, &flow(4, 8, &[])),
        message(1, 14, &flow(9, 0, &output[..5])),
        message(1, 15, &[&port(4, 0)[..8], &[0, 0, 0, 0x41, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]].concat()),
        message(1, 20, &[0, 1, 0, 0]),
        message(1, 21, &queues),
    ];
    messages.extend(
        [[0, 0, 0, 1], [0, 1, 0, 8], [0, 2, 0, 9], [0, 3, 0, 5], [0, 9, 0, 0]]
            .map(|error| message(1, 1, &[&error[..], &[1, 2, 3]].concat())),
    );
    messages.push([message(1, 18, &[]), message(1, 2, &[1, 2]), message(1, 19, &[])].concat());
    messages
}

fn actions() -> Vec<Vec<u8>> {
    let values: [(u16, &[u8]); 17] = [
        (0, &[0xff, 0xfd, 0, 64]),
        (1, &[0xff, 0xff, 0, 0]),
        (1, &[0x0f, 0xff, 0, 0]),
        (2, &[8, 0, 0, 0]),
        (3, &[0; 4]),
        (4, &[2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
        (5, &[2, 0, 0, 0]),
        (6, &[10, 0, 0, 1]),
        (7, &[10, 0, 0, 1, 0, 0, 0, 0]),
        (8, &[0x10, 0, 0, 0]),
        (9, &[0, 80, 0, 0]),
        (10, &[0, 81, 0, 0]),
        (11, &[0xff, 0xf8, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]),
        (12, &[0; 4]),
        (0xffff, &[0, 0, 0x23, 0x20, 1, 2, 3, 4, 5, 6, 7, 8]),
        (0xffff, &[0, 0x5c, 0x16, 0xc7, 0, 0, 0, 1, 0, 0, 0, 5, 0x81, 0, 0xb0, 7, 1, 0, 0, 0]),
        (0xffff, &[0, 0x5c, 0x16, 0xc7, 0, 0, 0, 1, 0, 0, 0, 5]),
    ];
    let all: Vec<u8> = values.iter().flat_map(|(kind, value)| action(*kind, value)).collect();
    let ends = [vec![0, 0, 0, 7, 0, 0, 0, 0], vec![0, 0, 0, 9, 0, 0, 0, 0]];
    let out = |actions: &[u8]| {
        message(1, 13, &[&[0, 0, 0, 7, 0, 1][..], &(actions.len() as u16).to_be_bytes(), actions].concat())
    };
    let mut messages = vec![out(&all)];
    messages.extend(ends.iter().map(|end| out(&[&action(0, &[0, 1, 0, 0]), &end[..]].concat())));
    messages
}

fn statistics() -> Vec<Vec<u8>> {
    let request = |kind: u16, flags: u8, rest: &[u8]| {
        message(1, 16, &[&kind.to_be_bytes()[..], &[0, flags], rest].concat())
    };
    let reply = |kind: u16, flags: u8, rest: &[u8]| {
        message(1, 17, &[&kind.to_be_bytes()[..], &[0, flags], rest].concat())
    };
    let flow = |len: u8, actions: &[u8]| {
        let matched = matched(0x0010_00ff, 0x0800, 6);
        [&[0, len, 0xff, 0][..], &matched, &counting(44), actions].concat()
    };
    let output = action(0, &[0, 2, 0, 0]);
    let table =
        [&[0xfe, 0, 0, 0][..], b"name\0", &[b'x'; 27], &[0xff, 0xff, 0xff, 0xff], &counting(24)].concat();
    vec![
        request(0, 1, &[]),
        request(3, 0, &[1]),
        request(1, 0, &[&matched(0x0f, 0x0806, 2)[..], &[1, 0, 0xff, 0xff]].concat()),
        request(2, 0, &[&matched(0xffff_ffff, 0, 0)[..], &[0xff, 0, 0, 1]].concat()),
        request(4, 0, &[0xff, 0xff, 0, 0, 0, 0, 0, 0]),
        request(5, 0, &[0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff]),
        request(5, 0, &[0, 1, 0]),
        request(0xffff, 0, &[0xff, 0, 0, 2, 1, 2]),
        request(9, 0, &[1, 2]),
        reply(0, 0, &counting(1055)),
        reply(1, 3, &[flow(96, &output), flow(88, &[])].concat()),
        reply(1, 0, &flow(87, &[])),
        reply(1, 0, &flow(88, &[1, 2])),
        reply(2, 0, &counting(24)),
        reply(2, 0, &counting(23)),
        reply(3, 0, &[&table[..], &table, &[1]].concat()),
        reply(4, 0, &[counting(104), counting(104), counting(9)].concat()),
        reply(5, 0, &[counting(32), counting(3)].concat()),
        reply(0xffff, 0, &[0, 0, 0]),
        reply(77, 0, &[1, 2, 3]),
    ]
}

fn vendors() -> Vec<Vec<u8>> {
    let numbers = [
        0x4f4e_4600_u32,
        0xff00_0001,
        0xff00_0007,
        0xff00_0008,
        0xff00_0009,
        0xff00_000a,
        0xff00_000b,
        0xff00_000c,
        0x00_2320,
        0x00_1234,
        0xff00_00ff,
    ];
    let mut messages: Vec<_> =
        numbers.iter().map(|number| message(1, 4, &[&number.to_be_bytes()[..], &[1, 2]].concat())).collect();
    let big_switch = |subtype: u8, value: &[u8]| {
        message(1, 4, &[&[0, 0x5c, 0x16, 0xc7, 0, 0, 0, subtype][..], value].concat())
    };
    messages.extend((0..37).map(|subtype| big_switch(subtype, &counting(8))));
    messages.extend([3, 5, 8, 17].map(|subtype| big_switch(subtype, &[0, 0, 0, 1])));
    messages.extend([9, 13, 7, 6].map(|subtype| big_switch(subtype, &[])));
    messages.push(big_switch(4, &[1, 0, 0, 0]));
    messages.push(message(1, 4, &[0, 0x5c, 0x16, 0xc7, 0]));
    messages
}

fn messages_1_3() -> Vec<Vec<u8>> {
    let hello = [
        &[0, 1, 0, 8, 0, 0, 0, 0x12][..],
        &[0, 1, 0, 8, 0xff, 0xff, 0xff, 0xff],
        &[0, 1, 0, 12, 0, 0, 0, 1, 0, 0, 0, 0],
        &[0, 2, 0, 4],
        &[0, 2, 0, 3],
    ]
    .concat();
    let port = |number: u32| {
        let words: Vec<u8> = [0xff_u32, 0xf, 0xffff, 0x1_0000, 0, 1, 100, 200]
            .iter()
            .flat_map(|word| word.to_be_bytes())
            .collect();
        let head = [&number.to_be_bytes()[..], &[0; 4], &[2, 0, 0, 0, 0, 9], &[0, 0]].concat();
        [&head[..], b"eth0\0\0\0\0\0\0\0\0\0\0\0\0", &words].concat()
    };
    let port_mod = [&port(9)[..16], &[0, 0, 0, 0x65, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0]].concat();
    let mut messages = vec![
        message(4, 0, &hello),
        message(4, 0, &[0, 1]),
        message(4, 4, &[0xff, 0, 0, 2, 0, 0, 0, 9, 1, 2]),
        message(4, 6, &[&counting(16)[..], &[0, 0, 1, 0xff, 0, 0, 0, 0]].concat()),
        message(4, 8, &[0, 2, 0xff, 0xe5]),
        message(4, 9, &[0, 3, 0xff, 0xff]),
        message(4, 12, &[&[1, 0, 0, 0, 0, 0, 0, 0][..], &port(0xffff_fffe)].concat()),
        message(4, 12, &[&[9, 0, 0, 0, 0, 0, 0, 0][..], &port(1)].concat()),
        message(4, 16, &port_mod),
        message(4, 17, &[0xfe, 0, 0, 0, 0, 0, 0, 3]),
        message(4, 22, &[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
        message(4, 24, &counting(16)),
        message(4, 25, &[&[0, 0, 0, 2, 0, 0, 0, 0][..], &counting(8)].concat()),
        message(4, 27, &counting(24)),
        message(4, 28, &[0, 0, 0, 7].repeat(6)),
        message(4, 14, &counting(20)),
        message(4, 5, &[1]),
        message(4, 2, &[]),
    ];
    let codes = [1, 13, 15, 8, 11, 7, 14, 4, 2, 2, 2, 2, 11, 5];
    messages.extend((0..14).map(|kind| message(4, 1, &[0, kind, 0, codes[usize::from(kind)]])));
    messages.extend((0..14).map(|kind| message(4, 1, &[0, kind, 0, codes[usize::from(kind)] + 1])));
    messages.push(message(4, 1, &[0xff, 0xff, 0, 1, 9]));
    messages
}
