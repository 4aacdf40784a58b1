//! What Cisco's switches tell each other: elements that are as they should be, too short and too long.

use super::super::super::Case;
use super::super::super::build::ethernet;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("cdp elements", LinkType::ETHERNET, over_snap(0x2000, &cdp())),
        case("dtp elements", LinkType::ETHERNET, over_snap(0x2004, &dtp())),
        case("vtp domains", LinkType::ETHERNET, over_snap(0x2003, &vtp())),
    ]
}

/// Messages of Cisco's protocol with this number.
fn over_snap(protocol: u16, messages: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let framed = |message: &Vec<u8>| {
        let header = [&[0xaa, 0xaa, 3, 0, 0, 0x0c][..], &protocol.to_be_bytes()].concat();
        ethernet((header.len() + message.len()) as u16, &[&header[..], message].concat())
    };
    messages.iter().map(framed).collect()
}

/// An element whose length counts its header.
fn element(kind: u16, value: &[u8]) -> Vec<u8> {
    [&kind.to_be_bytes()[..], &(value.len() as u16 + 4).to_be_bytes(), value].concat()
}

fn cdp() -> Vec<Vec<u8>> {
    let message = |elements: &[u8]| [&[2, 180, 0x12, 0x34][..], elements].concat();
    let ipv4 = [1, 1, 0xcc, 0, 4, 10, 0, 0, 1];
    let ipv6 = [
        &[2, 8, 0xaa, 0xaa, 3, 0, 0, 0, 0x86, 0xdd, 0, 16, 0x20, 1, 0xd, 0xb8][..],
        &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ]
    .concat();
    let other = [7, 2, 0xa1, 0xb2, 0, 3, 1, 2, 3];
    let addresses = |count: u8, rest: &[u8]| [&[0, 0, 0, count], rest].concat();
    let all = [
        element(1, b"swi\x1btch"),
        element(2, &addresses(3, &[&ipv4[..], &ipv6, &other].concat())),
        element(3, b"Gi0/1"),
        element(4, &[0, 0, 0, 0x29]),
        element(4, &[0, 0, 1, 0]),
        element(5, b"one\ntw\xffo\n"),
        element(6, b"platform"),
        element(7, &[10, 1, 0, 0, 16, 10, 2, 3, 0, 24]),
        element(8, &[1, 2, 3]),
        element(9, b"domain"),
        element(10, &[0, 5]),
        element(11, &[0]),
        element(11, &[1]),
        element(0, &[1, 2]),
        element(12, &[1, 2]),
        element(13, &[3]),
        element(14, &[1, 0, 9]),
        element(15, &[0x20, 2]),
        element(15, &[0x20, 2, 1]),
        element(16, &[0x18]),
        element(16, &[0x18, 0x9c]),
        element(16, &[1, 0x18, 0x9c]),
        element(17, &[0, 0, 5, 0xdc]),
        element(18, &[0x0f]),
        element(19, &[0]),
        element(20, b"name"),
        element(21, &[6, 8, 0x2b]),
        element(22, &addresses(1, &ipv4)),
        element(23, &[0, b'r', 0, b'k']),
        element(23, &[7]),
        element(24, &[1, 2, 3]),
        element(99, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]),
        element(1, &[]),
        element(2, &[0, 0, 0, 0]),
    ];
    let mut messages = vec![message(&all.concat()), message(&[0, 1, 0, 3]), message(&[0, 1, 0, 1, 9, 9])];
    messages.extend([message(&[0, 1, 0, 9, 65]), message(&[0, 1, 0]), vec![2, 180, 1], message(&[])]);
    let odd = [
        element(2, &[0, 0, 0]),
        element(2, &addresses(2, &ipv4)),
        element(2, &addresses(1, &ipv4[..1])),
        element(2, &addresses(1, &ipv4[..4])),
        element(2, &addresses(1, &ipv4[..8])),
        element(2, &addresses(1, &ipv6[..20])),
        element(2, &addresses(1, &other[..8])),
        element(2, &addresses(1, &[&ipv4[..], &[1, 2]].concat())),
        element(4, &[0; 3]),
        element(7, &[1; 6]),
        element(10, &[0; 3]),
        element(11, &[0; 2]),
        element(14, &[0; 2]),
        element(16, &[0; 4]),
        element(17, &[0; 3]),
        element(18, &[]),
        element(19, &[0; 2]),
        element(22, &[0; 3]),
        element(23, &[]),
    ];
    messages.extend(odd.iter().map(|element| message(&[&element[..], &[0, 3, 0, 5, b'x']].concat())));
    messages
}

fn dtp() -> Vec<Vec<u8>> {
    let message = |elements: &[u8]| [&[1][..], elements].concat();
    let all = [
        element(1, b"La\x1bb\0\0x"),
        element(2, &[0x81]),
        element(3, &[0x40]),
        element(4, &[0, 0x19, 6, 0xea, 0xb8, 0x85]),
        element(99, &[1, 2, 3]),
        element(1, b"full"),
        element(1, &[]),
        element(0, &[1, 2]),
        element(2, &[1]),
    ];
    let mut messages = vec![message(&all.concat()), vec![], vec![7]];
    let odd = [
        element(2, &[]),
        element(2, &[1, 2]),
        element(3, &[1, 2]),
        element(4, &[1, 2, 3, 4, 5]),
        vec![0, 1, 0, 3, 1],
        vec![0, 1, 0, 9, 65, 66],
        vec![0, 9, 0, 0],
        vec![0, 0, 0, 0],
        vec![0, 1, 0],
    ];
    messages.extend(odd.iter().map(|element| message(element)));
    messages
}

fn vtp() -> Vec<Vec<u8>> {
    let header = |kind: u8, len: u8| {
        let mut header = vec![1, kind, 9, len];
        header.extend(b"ci\x1bsco");
        header.resize(36, 0);
        header
    };
    let message = |kind, rest: &[u8]| [&header(kind, 6), rest].concat();
    let counting: Vec<u8> = (1..=36).collect();
    let vlan = |head: [u8; 3], name: &[u8], elements: &[u8]| {
        let mut vlan = vec![0, head[0], head[1], head[2], 0, 7, 5, 0xdc, 0, 1, 0x86, 0xa7];
        vlan.extend([name, elements].concat());
        vlan[0] = vlan.len() as u8;
        vlan
    };
    let mut elements: Vec<u8> = (0..=11).flat_map(|kind| [kind, 1, 0, kind % 3]).collect();
    elements.extend([3, 1, 0, 1, 6, 1, 0, 1, 7, 1, 0, 1, 10, 1, 0, 1]);
    let vlans = [
        vlan([0, 1, 4], b"de\x1bf", &[]),
        vlan([1, 3, 5], b"fiver\0\0\0", &elements),
        vlan([9, 9, 0], &[], &[]),
    ];
    let subset = |vlans: &[u8]| message(2, &[&counting[..4], vlans].concat());
    vec![
        message(1, &counting),
        message(3, &counting[..4]),
        message(4, &counting[..4]),
        message(9, &counting[..4]),
        message(1, &counting[..20]),
        header(1, 0),
        header(1, 33),
        header(1, 32),
        header(2, 6)[..30].to_vec(),
        subset(&vlans.concat()),
        subset(&[vlans[0].clone(), vec![0, 1, 2]].concat()),
        subset(&[11; 11]),
        subset(&[20; 15]),
        subset(&vlan([0, 1, 9], b"short", &[])),
        subset(&vlan([0, 1, 4], b"name", &[4])),
        subset(&vlan([0, 1, 4], b"name", &[4, 1, 0])),
        subset(&vlan([0, 1, 4], b"name", &[4, 2, 0, 1, 0, 1])),
        subset(&vlan([0, 1, 4], b"name", &[4, 0])),
    ]
}
