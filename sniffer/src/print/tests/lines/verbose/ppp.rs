//! What is negotiated over PPP: every option as it should be, too short and too long, and what else is said.

use super::super::super::Case;
use super::{case, tlv};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("ppp lcp", LinkType::PPP, lcp()),
        case("ppp ipcp", LinkType::PPP, ipcp()),
        case("ppp other options", LinkType::PPP, others()),
        case("ppp control messages", LinkType::PPP, messages()),
    ]
}

fn control(protocol: u16, code: u8, data: &[u8]) -> Vec<u8> {
    let len = (data.len() as u16 + 4).to_be_bytes();
    [&[0xff, 3][..], &protocol.to_be_bytes(), &[code, 7], &len, data].concat()
}

/// An option whose length counts its header.
fn option(kind: u8, value: &[u8]) -> Vec<u8> {
    let mut option = tlv(kind, value);
    option[1] += 2;
    option
}

/// All options in one packet, and each alone with a byte less and with one more.
fn all(protocol: u16, options: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut packets = vec![control(protocol, 1, &options.concat())];
    for good in options {
        let mut short = good[..good.len() - 1].to_vec();
        if short.len() > 1 {
            short[1] -= 1;
            packets.push(control(protocol, 2, &[short, option(99, &[1])].concat()));
        }
        let mut long = [&good[..], &[9]].concat();
        long[1] += 1;
        // tcpdump shows bytes from elsewhere under suboptions.
        if good[0] != 2 || good.len() < 14 {
            packets.push(control(protocol, 3, &[long, option(99, &[1])].concat()));
        }
    }
    packets
}

fn lcp() -> Vec<Vec<u8>> {
    let options = [
        option(0, &[0, 0, 0x0c, 1, 2]),
        option(1, &[5, 0xdc]),
        option(2, &[0, 0x0a, 0, 0]),
        option(3, &[0xc0, 0x23]),
        option(3, &[0xc2, 0x23, 5]),
        option(3, &[0xc2, 0x23, 9]),
        option(3, &[0xc2, 0x27]),
        option(3, &[0x12, 0x34]),
        option(4, &[0xc0, 0x25, 0, 0, 0, 9]),
        option(4, &[0xc0, 0x26]),
        option(5, &[1, 2, 3, 4]),
        option(7, &[]),
        option(8, &[]),
        option(9, &[1]),
        option(13, &[6]),
        option(13, &[5]),
        option(17, &[5, 0xdc]),
        option(18, &[]),
        option(19, &[0]),
        option(19, &[1, 2]),
        option(19, &[2, 10, 0, 0, 1]),
        option(19, &[3, 2, 0, 0, 0, 0, 1]),
        option(19, &[4, 1]),
        option(19, &[5, 1]),
        option(19, &[6, 1]),
        option(23, &[1, 2]),
        option(30, &[1]),
        option(31, &[1]),
    ];
    let mut packets = all(0xc021, &options);
    packets.extend([
        control(0xc021, 4, &[5, 1]),
        control(0xc021, 4, &[99, 0]),
        control(0xc021, 1, &[5, 40, 1]),
        control(0xc021, 1, &[5]),
    ]);
    let mut beyond = control(0xc021, 1, &option(5, &[1, 2, 3, 4]));
    beyond[7] = 9;
    packets.push(beyond);
    packets
}

fn ipcp() -> Vec<Vec<u8>> {
    let options = [
        option(1, &[10, 0, 0, 1, 10, 0, 0, 2]),
        option(2, &[0, 0x2d, 15, 1]),
        option(2, &[0, 0x61, 0, 16, 0, 15, 1, 0, 0, 5, 0, 0xa8]),
        option(2, &[0, 0x99]),
        option(3, &[10, 0, 0, 1]),
        option(4, &[10, 0, 0, 1]),
        option(129, &[10, 0, 0, 1]),
        option(130, &[10, 0, 0, 1]),
        option(131, &[10, 0, 0, 1]),
        option(132, &[10, 0, 0, 1]),
        option(77, &[1, 2, 3]),
    ];
    let mut packets = all(0x8021, &options);
    packets.extend([control(0x8021, 1, &[3, 1]), control(0x8021, 1, &[77, 0])]);
    packets
}

fn others() -> Vec<Vec<u8>> {
    let interface = [option(1, &[2, 0, 0, 0xff, 0xfe, 0, 0, 1]), option(9, &[1])];
    let compressions = [
        option(0, &[0, 0, 0x0c, 1]),
        option(1, &[]),
        option(17, &[0, 1, 4]),
        option(18, &[0, 0, 0, 1]),
        option(21, &[0x2f]),
        option(24, &[0xe5, 9]),
        option(24, &[0x45, 9]),
        option(26, &[0x78, 0x07]),
        option(26, &[0x79, 0x04]),
        option(27, &[1]),
        option(255, &[1]),
    ];
    let mut packets = [all(0x8057, &interface), all(0x80fd, &compressions)].concat();
    packets.extend(all(0xc02b, &[option(1, &[1, 2, 3, 4]), option(2, &[1])]));
    packets.extend([control(0x8281, 1, &[1, 2]), control(0x8023, 1, &[1, 4, 5, 6])]);
    packets
}

fn messages() -> Vec<Vec<u8>> {
    let data = [0x12, 0x34, 0x56, 0x78, 0, 0, 0x0c, 7, b'o', b'\x1b', 0, 9];
    // The text of an identification is longer for tcpdump than it is.
    let is_printed = |(code, len): &(u8, usize)| *code != 12 || *len < 5;
    let mut packets: Vec<_> = (0..=16)
        .flat_map(|code| [0, 1, 2, 4, 7, 8, 12].map(|len| (code, len)))
        .filter(is_printed)
        .map(|(code, len)| control(0xc021, code, &data[..len]))
        .collect();
    let mut short = control(0xc021, 9, &data);
    short[7] = 3;
    let mut long = control(0xc021, 9, &data);
    long[7] = 99;
    let mut trailed = control(0xc021, 9, &data);
    trailed[7] = 8;
    packets.extend([short, long, trailed, control(0xc021, 8, &[0x80, 0x57, 1, 2, 3])]);
    packets.push(control(0xc021, 8, &[0x99, 0x99]));
    packets
}
