//! The RPKI to router protocol: messages of every kind, with wrong lengths, and within errors.

use super::super::super::Case;
use super::super::super::build::{Tcp, ipv4};
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    let segment = |payload: &Vec<u8>| {
        let tcp =
            Tcp { ports: [323, 40000], sequence: 1, acknowledgement: 1, flags: 0x18, options: &[], payload };
        ipv4(6, &tcp.bytes())
    };
    vec![case("rpki to router", LinkType::RAW, segments().iter().map(segment).collect())]
}

fn message(kind: u8, session: u16, rest: &[u8]) -> Vec<u8> {
    let len = (8 + rest.len() as u32).to_be_bytes();
    [&[0, kind][..], &session.to_be_bytes(), &len, rest].concat()
}

fn error(about: &[u8], text: &[u8]) -> Vec<u8> {
    let len = |bytes: &[u8]| (bytes.len() as u32).to_be_bytes();
    message(10, 6, &[&len(about)[..], about, &len(text), text].concat())
}

fn segments() -> Vec<Vec<u8>> {
    let ipv4 = message(4, 0, &[1, 16, 24, 0, 10, 1, 0, 0, 0, 0, 0xfd, 0xe8]);
    let ipv6 = [&[0, 32, 48, 0, 0x20, 1, 0xd, 0xb8][..], &[0; 12], &[0, 0, 0xfd, 0xe8]].concat();
    let all = [
        message(0, 0x1234, &[0, 0, 0, 9]),
        message(1, 0x1234, &[0, 0, 0, 9]),
        message(2, 0, &[]),
        message(3, 0x1234, &[]),
        ipv4.clone(),
        message(6, 0, &ipv6),
        message(7, 0x1234, &[0, 0, 0, 9]),
        message(8, 0, &[]),
        message(99, 0, &[1, 2, 3]),
        error(&ipv4, b"no\x1bway"),
        error(&[], &[]),
        error(&error(&ipv4, b"inner"), &[]),
        error(&error(&error(&ipv4, &[]), &[]), b"outer"),
    ];
    let mut long = message(2, 0, &[]);
    long[7] = 99;
    let mut short = message(2, 0, &[]);
    short[7] = 7;
    let mut newer = message(2, 0, &[]);
    newer[0] = 1;
    let mut far = error(&ipv4, b"text");
    far[11] = 99;
    let mut wordy = error(&[], b"text");
    wordy[15] = 99;
    let mut segments: Vec<_> = [0, 1, 2, 3, 4, 6, 7, 8, 10].map(|kind| message(kind, 0, &[1, 2])).to_vec();
    segments.extend([all.concat(), long, short, newer, far, wordy, vec![0, 2, 0]]);
    segments.extend([error(&ipv4[..4], &[]), [&all[2][..], &[0, 2]].concat(), message(10, 0, &[0; 4])]);
    segments
}
