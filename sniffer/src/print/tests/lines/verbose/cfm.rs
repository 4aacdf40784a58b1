//! Connectivity fault management: every operation, and elements in forms that fit and forms that do not.

use super::super::super::Case;
use super::super::super::build::ethernet;
use super::{case, counting};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    let frames = |messages: Vec<Vec<u8>>| messages.iter().map(|message| ethernet(0x8902, message)).collect();
    vec![
        case("cfm messages", LinkType::ETHERNET, frames(messages())),
        case("cfm elements", LinkType::ETHERNET, frames(elements())),
        case("cfm by its old number", LinkType::ETHERNET, vec![ethernet(0xabcd, &trace(&[0]))]),
    ]
}

fn message(operation: u8, flags: u8, fields: &[u8], elements: &[u8]) -> Vec<u8> {
    [&[0xa0, operation, flags, fields.len() as u8], fields, elements].concat()
}

/// A continuity check whose names begin so.
fn check(flags: u8, names: &[u8]) -> Vec<u8> {
    let names = [names, &vec![0; 48 - names.len()]].concat();
    message(1, flags, &[&[0, 0, 0, 9, 0x12, 0x34][..], &names, &[0; 16]].concat(), &[0])
}

fn trace(elements: &[u8]) -> Vec<u8> {
    message(5, 0x80, &[&[0, 0, 0, 7, 64][..], &[2, 0, 0, 0, 0, 1], &[2, 0, 0, 0, 0, 2]].concat(), elements)
}

fn messages() -> Vec<Vec<u8>> {
    let mut messages: Vec<_> =
        (0..8).map(|interval| check(interval, &[1, 2, 4, b'n', b'a', b'm', b'e'])).collect();
    messages.extend([
        check(0x84, &[4, 3, b'd', b'o', b'm', 2, 4, b'n', b'a', b'm', b'e']),
        check(4, &[2, 3, b'a', b'.', b'b', 1, 2, 0, 100]),
        check(4, &[3, 6, 2, 0, 0, 0, 0, 9, 3, 2, 0, 7]),
        check(4, &[3, 8, 2, 0, 0, 0, 0, 9, 0, 1, 9, 2, 0, 7]),
        check(4, &[0, 3, 1, 2, 3, 4, 7, 1, 2, 3, 4, 5, 6, 7]),
        check(4, &[9, 44]),
        check(4, &[1, 2, 46]),
        trace(&[0]),
        message(5, 0, &[0; 16], &[0]),
        message(4, 0xe0, &[0, 0, 0, 7, 63, 1], &[0]),
        message(4, 0, &[0, 0, 0, 7, 63, 9], &[0]),
        message(2, 0, &[0, 0, 0, 7], &[0, 0, 0, 0, 0, 0]),
        message(3, 0, &[0, 0, 0, 7], &[0]),
        message(9, 0, &[], &[0]),
        vec![0xa1, 1, 0, 0],
        vec![0xa0, 3, 0, 9, 1],
        vec![0xa0, 3, 0],
    ]);
    messages
}

fn element(kind: u8, value: &[u8]) -> Vec<u8> {
    [&[kind, 0, value.len() as u8], value].concat()
}

fn elements() -> Vec<Vec<u8>> {
    let chassis =
        |kind: u8, name: &[u8], rest: &[u8]| element(1, &[&[name.len() as u8, kind], name, rest].concat());
    let good = [
        element(2, &[1]),
        element(2, &[9]),
        element(3, &[1]),
        element(3, &[4]),
        element(4, &counting(9)),
        element(5, &counting(3)),
        element(31, &[0, 0x80, 0xc2, 7, 1, 2]),
        element(77, &[1]),
        chassis(4, &[2, 0, 0, 0, 0, 1], &[]),
        chassis(5, &[1, 10, 0, 0, 9], &[2, 1, 2, 4, 10, 0, 0, 9]),
        chassis(5, &[&[2][..], &counting(16)].concat(), &[0]),
        chassis(7, b"name", &[2, 1, 2, 0]),
        element(1, &[0]),
        element(1, &[0, 1, 9, 1, 8]),
        vec![0],
    ];
    let mut messages = vec![trace(&good.concat())];
    let bad = [
        chassis(4, &[2, 0], &[]),
        chassis(5, &[1, 10], &[]),
        chassis(5, &[2, 10], &[]),
        chassis(5, &[7, 10], &[]),
        chassis(9, &[7, 10], &[]),
        chassis(7, b"n", &[2, 1, 2]),
        chassis(7, b"n", &[9, 1, 2]),
        chassis(7, b"n", &[1, 1, 9, 2]),
        element(1, &[]),
        element(1, &[4]),
        element(1, &[4, 7, 1]),
        element(2, &[]),
        element(3, &[]),
        element(31, &[0, 0x80, 0xc2]),
        vec![4, 0, 9, 1],
        vec![4, 0],
    ];
    messages.extend(bad.iter().map(|bad| trace(&[&bad[..], &[2, 0, 1, 2, 0]].concat())));
    messages.extend(bad[14..].iter().map(|bad| trace(bad)));
    messages
}
