//! The elements of Babel: whole, too short and too long for what they say.

use super::super::super::Case;
use super::{case, over_udp, tlv};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("babel elements", LinkType::RAW, over_udp([6696, 6696], &packets())),
        case("babel prefixes", LinkType::RAW, over_udp([6696, 6696], &prefixes())),
    ]
}

fn packet(elements: &[u8], trailer: &[u8]) -> Vec<u8> {
    [&[42, 2][..], &(elements.len() as u16).to_be_bytes(), elements, trailer].concat()
}

/// An element and the same with each of its bytes missing at its end, each in a packet of its own.
fn shortened(kind: u8, value: &[u8]) -> Vec<Vec<u8>> {
    (0..=value.len()).map(|len| packet(&tlv(kind, &value[..len]), &[])).collect()
}

fn packets() -> Vec<Vec<u8>> {
    let counting: Vec<u8> = (1..=60).collect();
    let hello = |details: &[u8]| tlv(4, &[&[0, 0, 0, 9, 1, 0x90][..], details].concat());
    let heard = |details: &[u8]| {
        tlv(5, &[&[3, 0, 0, 96, 4, 0xb0, 2, 0, 0, 0xff, 0xfe, 0, 0, 1][..], details].concat())
    };
    let update = |details: &[u8]| tlv(8, &[&[0, 0x3f, 0, 0, 0xff, 0xff, 0, 2, 0, 3][..], details].concat());
    let time = tlv(3, &[0, 0x12, 0x34, 0x56]);
    let times = tlv(3, &[0, 0x12, 0x34, 0x56, 0x7f, 0, 0, 1, 9]);
    let details =
        [vec![0], tlv(1, &[0, 0]), tlv(2, &[]), tlv(2, &[0, 7, 255]), tlv(99, &[1]), tlv(200, &[])].concat();
    let bodies = [
        [&[0][..], &tlv(1, &[0, 0]), &tlv(2, &[0, 0, 0x12, 0x34, 0, 0]), &tlv(3, &[0xab, 0xcd])].concat(),
        [tlv(4, &[0x80, 0, 0, 9, 0, 0]), hello(&details), hello(&time), hello(&tlv(3, &[1]))].concat(),
        [hello(&[9]), hello(&[200, 7, 1]), heard(&times), heard(&tlv(3, &[1; 7])), heard(&details)].concat(),
        [update(&details), update(&time), tlv(99, &[1, 2])].concat(),
        [tlv(6, &counting[..10]), tlv(11, &counting[..6]), tlv(12, &counting[..18])].concat(),
        [tlv(16, &counting[..16]), tlv(17, &counting[..9]), tlv(18, &counting), tlv(19, &counting)].concat(),
        tlv(18, &[1; 193]),
        tlv(19, &[1; 193]),
        vec![4],
        vec![4, 9, 0],
    ];
    let mut packets: Vec<_> = bodies.iter().map(|body| packet(body, &[])).collect();
    packets.push(packet(&hello(&[]), &[tlv(16, &counting[..32]), vec![0], vec![4, 1]].concat()));
    packets.extend([vec![41, 2, 0, 0], vec![42, 3, 0, 0], vec![42, 2, 0, 9, 0]]);
    for (kind, len) in [(2, 6), (3, 2), (4, 6), (5, 14), (6, 10), (11, 6), (12, 18), (17, 4)] {
        packets.extend(shortened(kind, &[&[2][..], &counting[..len - 1]].concat()));
    }
    packets
}

fn prefixes() -> Vec<Vec<u8>> {
    let update = |[encoding, flags, bits, omitted]: [u8; 4], prefix: &[u8]| {
        tlv(8, &[&[encoding, flags, bits, omitted, 1, 0x2c, 0, 2, 0xff, 0xff], prefix].concat())
    };
    let ipv6 = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9];
    let updates = [
        update([2, 0xc0, 64, 0], &ipv6[..8]),
        update([2, 0, 128, 8], &ipv6[8..]),
        update([2, 0, 16, 8], &[]),
        update([1, 0x80, 24, 0], &[10, 0, 1]),
        update([1, 0, 32, 3], &[7]),
        update([3, 0x80, 128, 0], &ipv6[8..]),
        update([3, 0, 48, 0], &[]),
        update([2, 0, 128, 15], &[1]),
        update([0, 0x80, 0, 0], &[]),
        update([2, 0, 16, 1], &[5]),
        tlv(13, &[&[2, 48, 64, 1, 0, 0, 0, 1, 0, 2, 0x20][..], &ipv6[..12]].concat()),
        tlv(13, &[&[1, 24, 8, 0, 1, 0, 0, 1, 0, 2, 10, 10, 0, 2][..], &tlv(2, &[3])].concat()),
        tlv(13, &[0, 16, 8, 0, 1, 0, 0, 1, 0, 2]),
    ];
    let requests = [
        tlv(7, &[&[2, 0][..], &ipv6].concat()),
        tlv(7, &[1, 0, 10, 0, 0, 1]),
        tlv(7, &[0, 0]),
        tlv(5, &[1, 0, 0, 96, 0, 0, 10, 0, 0, 2]),
        tlv(5, &[0, 0, 0, 96, 0, 1]),
        tlv(5, &[7, 0, 0, 96, 0, 1]),
        tlv(9, &[0, 0]),
        tlv(9, &[1, 24, 10, 0, 1]),
        tlv(9, &[&[2, 128][..], &ipv6].concat()),
        tlv(10, &[&[1, 9, 0, 5, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8][..], &[10, 128]].concat()),
        tlv(10, &[0, 0, 0, 5, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
        tlv(14, &[1, 8, 16, 10, 10, 1]),
        tlv(14, &[0, 8, 16]),
        tlv(15, &[&[2, 16, 0, 5, 3, 8, 1, 2, 3, 4, 5, 6, 7, 8][..], &[0x20, 1, 0x20]].concat()),
    ];
    let bad = [
        update([1, 0, 33, 0], &ipv6),
        update([1, 0, 24, 5], &ipv6),
        update([2, 0, 129, 0], &[1; 17]),
        update([2, 0, 64, 17], &ipv6),
        update([2, 0, 64, 0], &ipv6[..7]),
        update([3, 0, 72, 0], &[]),
        update([4, 0, 24, 0], &ipv6),
        tlv(7, &[4, 0, 10, 0, 0, 1]),
        tlv(7, &[1, 0, 10, 0, 0]),
        tlv(9, &[1, 24, 10, 0]),
        tlv(10, &[1, 24, 0, 5, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]),
        tlv(13, &[1, 24, 8, 0, 1, 0, 0, 1, 0, 2, 10, 10, 0]),
        tlv(14, &[1, 8, 16, 10, 10]),
        tlv(15, &[2, 16, 0, 5, 3, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0x20, 1]),
    ];
    let mut packets = vec![packet(&updates.concat(), &[]), packet(&requests.concat(), &[])];
    packets.extend(bad.iter().map(|element| packet(element, &[])));
    packets
}
