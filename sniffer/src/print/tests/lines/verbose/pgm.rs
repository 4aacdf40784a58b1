//! PGM: every type of packet, and options in forms that fit and forms that do not.

use super::super::super::Case;
use super::{case, counting, over_ipv4};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("pgm packets", LinkType::RAW, over_ipv4(113, &packets())),
        case("pgm options", LinkType::RAW, over_ipv4(113, &options())),
    ]
}

fn packet(kind: u8, options: u8, body: &[u8]) -> Vec<u8> {
    [&[0, 7, 0, 8, kind, options, 0, 0][..], &counting(6), &[0, 9], body].concat()
}

fn packets() -> Vec<Vec<u8>> {
    let short = [&[0, 1, 0, 0][..], &[10, 0, 0, 9]].concat();
    let long = [&[0, 2, 0, 0][..], &counting(16)].concat();
    vec![
        packet(0, 0, &[&counting(12)[..], &short].concat()),
        packet(0, 0, &[&counting(12)[..], &long].concat()),
        packet(0, 0, &counting(20)),
        packet(1, 0, &[&counting(8)[..], &short, &counting(12)].concat()),
        packet(1, 0, &[&counting(8)[..], &long, &counting(12)].concat()),
        packet(2, 0, &counting(9)),
        packet(4, 0, &counting(9)),
        packet(5, 0, &counting(9)),
        packet(11, 0, &counting(9)),
        packet(12, 0, &counting(3)),
        packet(13, 0, &counting(3)),
    ]
}

/// Data with options behind the one that says how long they are.
fn with_options(options: &[u8]) -> Vec<u8> {
    let len = (4 + options.len() as u16).to_be_bytes();
    packet(4, 1, &[&counting(8)[..], &[0, 4], &len, options].concat())
}

fn option(kind: u8, value: &[u8]) -> Vec<u8> {
    [&[kind, 4 + value.len() as u8, 0, 0], value].concat()
}

fn options() -> Vec<Vec<u8>> {
    let short = [&[0, 1, 0, 0][..], &[10, 0, 0, 9]].concat();
    let long = [&[0, 2, 0, 0][..], &counting(16)].concat();
    let good: Vec<u8> = [
        option(1, &counting(12)),
        option(3, &counting(4)),
        option(4, &counting(8)),
        option(5, &counting(8)),
        option(8, &counting(4)),
        option(9, &counting(4)),
        option(10, &counting(4)),
        option(7, &short),
        option(7, &long),
        option(0x12, &[&counting(4)[..], &short].concat()),
        option(0x12, &[&counting(4)[..], &long].concat()),
        option(0x13, &[&counting(4)[..], &short].concat()),
        option(0x13, &[&counting(4)[..], &long].concat()),
        option(0, &[]),
        option(11, &[]),
        option(13, &[]),
        option(14, &[]),
        option(15, &[]),
        option(0x91, &[]),
        option(13, &[]),
    ]
    .concat();
    let mut packets = vec![with_options(&good), with_options(&[]), with_options(&[1, 2])];
    // Too long by a byte, of all that have a length.
    let lengths = [0, 1, 3, 4, 5, 8, 9, 10, 11, 13, 14, 15, 17];
    packets.extend(lengths.map(|kind| with_options(&option(kind, &counting(1)))));
    packets.extend([7, 0x12, 0x13].map(|kind| with_options(&option(kind, &counting(1)))));
    let addressed = |kind: u8, family: u8| {
        let number = if kind == 7 { 0 } else { 4 };
        with_options(&option(kind, &[&counting(number)[..], &[0, family, 0, 0, 1]].concat()))
    };
    packets.extend([7, 0x12, 0x13].iter().flat_map(|kind| [1, 2, 3].map(|family| addressed(*kind, family))));
    packets.extend([
        with_options(&option(0x82, &counting(8))),
        with_options(&option(0x82, &counting(6))),
        with_options(&option(0x8c, &counting(6))),
        with_options(&option(0x90, &counting(6))),
        with_options(&option(0xaf, &counting(6))),
        with_options(&[0x0d, 3, 0, 0]),
        with_options(&[0x0d, 9, 0, 0]),
        packet(4, 1, &[&counting(8)[..], &[3, 4, 0, 4]].concat()),
        packet(4, 1, &[&counting(8)[..], &[0, 5, 0, 4]].concat()),
        packet(4, 1, &[&counting(8)[..], &[0, 4, 0, 3]].concat()),
        packet(4, 1, &counting(8)),
    ]);
    packets
}
