//! How hosts get on a network, and how one gets on hosts: DHCP, router advertisements, SSH.

use super::super::super::Case;
use super::super::super::build::*;
use super::{case, over_udp, tlv, tlv16};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("dhcp options", LinkType::RAW, over_udp([67, 68], &dhcp_messages())),
        case("bootp vendors", LinkType::RAW, over_udp([68, 67], &bootp_messages())),
        case(
            "dhcpv6 options",
            LinkType::RAW,
            dhcpv6().iter().map(|message| ipv6(17, &udp(547, 546, message))).collect(),
        ),
        case("router advertisement options", LinkType::RAW, vec![ipv6(58, &advertisement())]),
        case("ssh at its port", LinkType::RAW, ssh()),
    ]
}

fn bootp(operation: u8, hardware: [u8; 2], vendor: &[u8]) -> Vec<u8> {
    let mut message = vec![operation, hardware[0], hardware[1], 1, 0xaa, 0xbb, 0xcc, 0xdd, 0, 9, 0x80, 1];
    message.extend((1..=16).map(|byte| byte * 3));
    message.extend([2, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut names = vec![0; 64 + 128];
    names[..6].copy_from_slice(b"se\x1brv\x80");
    names[64..68].copy_from_slice(b"boot");
    [message, names, vendor.to_vec()].concat()
}

fn dhcp(options: &[Vec<u8>]) -> Vec<u8> {
    let options: Vec<u8> = options.concat();
    bootp(2, [1, 6], &[&[0x63, 0x82, 0x53, 0x63], &options[..], &[0, 0, 255, 0, 0]].concat())
}

/// Every option in a form that fits, and those with a form of their own in forms that do not.
fn dhcp_messages() -> Vec<Vec<u8>> {
    let each: Vec<_> = (1..=161).map(|code| tlv(code, &[5, 1, 2, 3])).collect();
    let messages: Vec<_> = (0..15).map(|kind| tlv(53, &[kind])).collect();
    let odd: Vec<_> = (1..=161).step_by(3).map(|code| tlv(code, &[1, 65, 66])).collect();
    let special = [
        tlv(53, &[1, 2]),
        tlv(55, &[1, 3, 6, 15, 28, 200]),
        tlv(46, &[8]),
        tlv(52, &[3, 1]),
        tlv(61, b"\0name"),
        tlv(61, &[1, 2, 0, 0, 0, 0, 1]),
        tlv(61, &[77, 2]),
        tlv(61, &[]),
        tlv(77, &[2, b'a', b'b', 1, b'c']),
        tlv(77, &[0, 1]),
        tlv(77, &[9, 1]),
        tlv(81, &[0x15, 1, 2, b'h', b'o', b's', b't']),
        tlv(81, &[0, 0, 0, b'h']),
        tlv(81, &[0, 0]),
        tlv(82, &[1, 2, b'c', b'1', 2, 3, b'r', 0x1b, b'd', 6, 1, b's', 9, 2, 1, 2, 1]),
        tlv(82, &[1, 9, 3]),
        tlv(121, &[0, 10, 0, 0, 1, 24, 192, 168, 7, 10, 0, 0, 2, 9, 10, 128, 10, 0, 0, 3]),
        tlv(121, &[0, 10, 0, 0, 1, 33, 1]),
        tlv(121, &[0, 10, 0, 0, 1, 24, 192, 168]),
        tlv(249, &[1]),
        tlv(2, &[0xff, 0xff, 0xf1, 0xf0]),
        tlv(19, &[0, 1, 2]),
        tlv(1, &[255, 255, 255, 0, 1]),
        tlv(12, &[]),
    ];
    vec![dhcp(&each), dhcp(&odd), dhcp(&messages), dhcp(&special)]
}

fn bootp_messages() -> Vec<Vec<u8>> {
    let cmu: Vec<u8> = [b"CMU\0".to_vec(), vec![3, 0, 0, 0], (1..=32).collect()].concat();
    let mut long_names = bootp(1, [6, 6], &[0, 0, 0, 0]);
    long_names[44..108].fill(b'x');
    vec![bootp(1, [1, 6], &cmu), bootp(7, [1, 4], &[1, 2, 3, 4]), long_names]
}

/// Each option as it should be, and each with three bytes.
fn dhcpv6() -> Vec<Vec<u8>> {
    let address = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
    let times = [0, 0, 0x0e, 0x10, 0, 0, 0x1c, 0x20];
    let leased = tlv16(5, &[&address[..], &times, &tlv16(13, &[0, 2, b'x'])].concat());
    let prefix = tlv16(26, &[&times[..], &[56], &address].concat());
    let message = |kind: u8, options: &[Vec<u8>]| [&[kind, 0xab, 0xcd, 0xef], &options.concat()[..]].concat();
    let options = [
        tlv16(1, &[0, 1, 0, 1, 0x18, 0xf0, 0x2a, 0x1f, 2, 0, 0, 0, 0, 1]),
        tlv16(2, &[0, 3, 0, 1, 2, 0, 0, 0, 0, 2]),
        tlv16(2, &[0, 2, 0, 0, 0, 9, 1, 2, 3, 4]),
        tlv16(1, &[0, 4, 1, 2, 3]),
        tlv16(3, &[&[0, 0, 0, 7][..], &times, &leased].concat()),
        tlv16(4, &[0, 0, 0, 7]),
        tlv16(25, &[&[0, 0, 0, 7][..], &times, &prefix].concat()),
        tlv16(6, &[0, 23, 0, 24, 0, 200]),
        tlv16(7, &[255]),
        tlv16(8, &[0, 100]),
        tlv16(
            11,
            &[3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
        ),
        tlv16(11, &[2, 9, 9, 0, 0, 0, 0, 0, 0, 0, 1]),
        tlv16(13, &[1, 0]),
        tlv16(14, &[]),
        tlv16(18, b"eth0"),
        tlv16(19, &[11]),
        tlv16(19, &[1]),
        tlv16(20, &[]),
        tlv16(23, &[address, address].concat()),
        tlv16(24, b"\x07example\x03c\x1bm\0\x03lan\0\0"),
        tlv16(32, &[0, 0, 0, 60]),
        tlv16(37, b"\0\0\0\x09remote identifier"),
        tlv16(41, b"CET-1CEST"),
        tlv16(44, &[&[1][..], &address, &tlv16(8, &[0, 1])].concat()),
        tlv16(45, &tlv16(46, &[0, 0, 0, 9])),
        tlv16(47, &[&address[..], &[1, 2, 3]].concat()),
        tlv16(56, &[tlv16(1, &address), tlv16(3, b"\x03ntp\0"), tlv16(9, &[1])].concat()),
        tlv16(64, b"\x04aftr\x03net\0"),
        tlv16(99, &[1]),
    ];
    let short: Vec<_> = (1..=66)
        .map(|code| tlv16(code, &[1, 2, 3]))
        .filter(|option| !matches!(option[1], 9 | 21 | 24))
        .collect();
    let solicit = message(1, &options[..1]);
    let relayed = [&[12, 1][..], &address, &address, &tlv16(9, &solicit), &tlv16(18, b"eth1")].concat();
    vec![
        message(7, &options),
        message(3, &short),
        relayed,
        message(1, &[tlv16(24, b"\x07exam")]),
        vec![1, 2, 3],
    ]
}

fn advertisement() -> Vec<u8> {
    let mut domains = tlv(31, &[0, 0, 0, 0, 0, 5]);
    domains.extend(b"\x03lan\0\x07example\x03com\0\0");
    domains.resize(32, 0);
    domains[1] = 4;
    let home = [8, 1, 0, 0, 0xc3, 0x51, 0, 15];
    [icmp(134, 0, [64, 0x28, 0, 15], &[0; 8]), domains, home.to_vec()].concat()
}

fn ssh() -> Vec<Vec<u8>> {
    let lines: [&[u8]; 5] =
        [b"SSH-2.0-OpenSSH_9.2\r\nmore", b"SSH-2.0-a\n", b"SSH-2.0-a\rb", b"SSH-2.0-no end", b"\0\0\x01\x0c"];
    let segment = |payload: &&[u8]| {
        let fields =
            Tcp { ports: [22, 40000], sequence: 1, acknowledgement: 1, flags: 0x18, options: &[], payload };
        ipv4(6, &fields.bytes())
    };
    lines.iter().map(segment).collect()
}
