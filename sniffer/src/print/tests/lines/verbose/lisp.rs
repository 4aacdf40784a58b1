//! LISP: networks that are registered, with places of both versions.

use super::super::super::Case;
use super::{case, counting, over_udp};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![case("lisp messages", LinkType::RAW, over_udp([4342, 40000], &messages()))]
}

fn message(head: [u8; 4], key: u8, proof: &[u8], rest: &[u8]) -> Vec<u8> {
    [&head[..], &counting(8), &[0, key, 0, proof.len() as u8], proof, rest].concat()
}

fn record(locators: &[Vec<u8>], action: u8, family: u8, address: &[u8]) -> Vec<u8> {
    let head = [0, 0, 5, 160, locators.len() as u8, 24, action, 0, 0, 7, 0, family];
    [&head[..], address, &locators.concat()].concat()
}

fn locator(flags: u8, family: u8, address: &[u8]) -> Vec<u8> {
    [&[1, 100, 255, 0, 0, flags, 0, family], address].concat()
}

fn messages() -> Vec<Vec<u8>> {
    let places = [locator(5, 1, &[10, 0, 0, 9]), locator(2, 2, &counting(16)), locator(0, 7, &[])];
    let both = [
        record(&places, 0x70, 1, &[192, 0, 2, 0]),
        record(&[], 0x20, 2, &counting(16)),
        record(&[], 0xe0, 1, &[10, 0, 0, 0]),
    ]
    .concat();
    let site = [&both[..], &counting(24)].concat();
    vec![
        message([0x3f, 0, 1, 3], 1, &counting(20), &site),
        message([0x30, 0, 0, 3], 0, &[], &both),
        message([0x4c, 0, 0, 3], 2, &counting(32), &site),
        message([0x40, 0, 0, 2], 7, &[], &[&both[..], &counting(5)].concat()),
        message([0x38, 0, 0, 0], 0, &[], &[]),
        message([0x32, 0, 0, 1], 0, &[], &record(&[], 0, 1, &[192, 0, 2, 0])),
        message([0x30, 0, 0, 1], 0, &[], &record(&[], 0, 9, &[192, 0, 2, 0])),
        message([0x10, 0, 0, 1], 0, &[], &[]),
        message([0x80, 0, 0, 1], 0, &[], &[]),
        message([0x90, 0, 0, 1], 0, &[], &[]),
    ]
}
