//! What is sent to those who collect: samples of sFlow, and intercepted packets.

use super::super::super::Case;
use super::super::super::build::*;
use super::{case, over_udp};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("sflow samples", LinkType::RAW, over_udp([7, 6343], &sflow())),
        case("intercepted packets", LinkType::RAW, over_udp([49152, 7], &intercepted())),
    ]
}

/// A word of 32 bits in network order.
fn word(value: u32) -> [u8; 4] {
    value.to_be_bytes()
}

/// An element of sFlow with its format and length.
fn element(format: u32, value: &[u8]) -> Vec<u8> {
    [&word(format)[..], &word(value.len() as u32), value].concat()
}

/// So many words that count upwards.
fn counters(count: u32) -> Vec<u8> {
    (1..=count).flat_map(|at| word(at * 0x101)).collect()
}

fn sflow() -> Vec<Vec<u8>> {
    let flows = [
        element(1, &[&word(1)[..], &word(100), &word(4), &word(8), &[1, 2, 3, 4, 5, 6, 7, 8]].concat()),
        element(2, &counters(6)),
        element(3, &counters(8)),
        element(1001, &counters(4)),
        element(1012, &[]),
        element(77, &counters(5)),
        element(0x1001, &counters(2)),
    ];
    let interface =
        |direction, status| [&counters(4)[..], &word(direction), &word(status), &counters(16)].concat();
    let kinds = [
        element(1, &interface(1, 3)),
        element(1, &interface(9, 2)),
        element(2, &counters(13)),
        element(3, &counters(2)),
        element(4, &counters(20)),
        element(5, &counters(7)),
        element(1001, &counters(7)),
        element(99, &counters(3)),
        element(0x0010_0001, &counters(3)),
    ];
    let sample = |fixed: u32, records: &[Vec<u8>]| {
        [&counters(fixed)[..], &word(records.len() as u32), &records.concat()].concat()
    };
    let samples = [
        element(1, &sample(7, &flows)),
        element(2, &sample(2, &kinds)),
        element(3, &sample(10, &flows[..2])),
        element(4, &sample(3, &kinds[2..3])),
        element(9, &counters(5)),
    ];
    let faults = [
        element(1, &counters(3)),
        element(2, &sample(2, &[element(2, &counters(12))])),
        element(2, &sample(2, &[[&word(2)[..], &word(99)].concat()])),
        [&word(2)[..], &word(9), &[1]].concat(),
        element(0, &counters(1)),
        vec![0, 0, 0, 1, 0],
    ];
    let whole = datagram(1, samples.len() as u32, &samples.concat());
    let mut datagrams = vec![whole, datagram(2, 1, &samples[3]), datagram(1, 9, &samples[4])];
    datagrams.extend(faults.iter().map(|fault| datagram(1, 2, &[&samples[4][..], fault].concat())));
    datagrams
}

/// A datagram of sFlow from an agent of a family.
fn datagram(family: u32, count: u32, samples: &[u8]) -> Vec<u8> {
    let agent = if family == 1 {
        &[10, 0, 0, 9][..]
    } else {
        &[0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]
    };
    [&word(5)[..], &word(family), agent, &counters(3), &word(count), samples].concat()
}

/// Packets with the header of an interception: whole ones of each kind, and ones that cannot be.
fn intercepted() -> Vec<Vec<u8>> {
    let shim = |kind: u32, packet: &[u8]| [&word(3 << 29 | kind << 25 | 2 << 22 | 0x42)[..], packet].concat();
    let datagram = udp(9, 10, b"in");
    vec![
        shim(4, &ipv4(17, &datagram)),
        shim(4, &ipv6(17, &datagram)),
        shim(5, &ipv4(17, &datagram)),
        shim(6, &ipv6(17, &datagram)),
        shim(7, &ethernet(0x0800, &ipv4(17, &datagram))),
        shim(4, &[0x20, 1]),
        shim(4, &[]),
        shim(9, &[1, 2, 3]),
    ]
}
