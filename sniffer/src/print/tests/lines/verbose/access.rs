//! How hosts get on a network, and how one gets on hosts: DHCP, router advertisements, SSH.

use super::super::super::Case;
use super::super::super::build::*;
use super::{case, over_udp, tlv};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("dhcp options", LinkType::RAW, over_udp([67, 68], &dhcp_messages())),
        case("bootp vendors", LinkType::RAW, over_udp([68, 67], &bootp_messages())),
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
