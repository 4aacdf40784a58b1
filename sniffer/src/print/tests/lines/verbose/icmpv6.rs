//! RPL and the renumbering of routers in ICMPv6.

use super::super::super::Case;
use super::super::super::build::{icmp, ipv6};
use super::{case, counting, tlv};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    let packets = |messages: Vec<Vec<u8>>| messages.iter().map(|message| ipv6(58, message)).collect();
    vec![
        case("rpl messages", LinkType::RAW, packets(rpl())),
        case("router renumbering", LinkType::RAW, packets(renumbering())),
    ]
}

fn rpl() -> Vec<Vec<u8>> {
    let options = [tlv(1, &[0; 3]), vec![0], tlv(2, &counting(20)), tlv(5, &[0, 64]), tlv(77, &[])].concat();
    let information = |mode: u8, rest: &[u8]| {
        icmp(155, 1, [9, 1, 1, 0], &[&[mode, 7, 0, 0][..], &counting(16), rest].concat())
    };
    vec![
        icmp(155, 0, [0; 4], &[]),
        information(0x88, &options),
        information(0x13, &[]),
        information(0x3f, &[5, 200, 1]),
        icmp(155, 1, [9, 1, 1, 0], &[0; 8]),
        icmp(155, 2, [9, 0xc0, 0, 3], &[&counting(16)[..], &options].concat()),
        icmp(155, 2, [9, 0x40, 0, 3], &counting(16)),
        icmp(155, 2, [9, 0, 0, 3], &[tlv(5, &counting(18)), tlv(6, &[])].concat()),
        icmp(155, 3, [9, 0x80, 3, 1], &[&counting(16)[..], &options].concat()),
        icmp(155, 3, [9, 0, 3, 1], &[]),
        icmp(155, 4, [9, 0, 3, 1], &[]),
        icmp(155, 0x81, [9, 0, 3, 1], &counting(8)),
    ]
}

fn renumbering() -> Vec<Vec<u8>> {
    let replacement = |valid: u32, flags: u8| {
        let times = [valid.to_be_bytes(), 604_800_u32.to_be_bytes()].concat();
        [&[48, 16, 0x10, 0xc0][..], &times, &[flags, 0, 0, 0], &counting(16)].concat()
    };
    let command = |operation: u8, len: u8, flags: u8, reserved: u8, uses: &[u8]| {
        let head =
            [&[1, flags, 0, 5, 0, 0, 0, reserved][..], &[operation, len, 2, 48, 0, 128, 0, 0], &counting(16)];
        icmp(138, 0, [0, 0, 0, 9], &[&head.concat()[..], uses].concat())
    };
    let two = [replacement(u32::MAX, 0xc0), replacement(2_592_000, 0)].concat();
    vec![
        command(1, 11, 0xf8, 0, &two),
        command(2, 7, 0, 1, &replacement(1, 0x80)),
        command(3, 3, 0x50, 0, &[]),
        command(4, 5, 0, 0, &[]),
        icmp(138, 1, [0, 0, 0, 9], &[1, 0x40, 0, 5, 0, 0, 0, 0]),
        icmp(138, 255, [0, 0, 0, 9], &[1, 0, 0, 5, 0, 0, 0, 0]),
        icmp(138, 7, [0, 0, 0, 9], &[1, 0, 0, 5, 0, 0, 0, 0]),
    ]
}
