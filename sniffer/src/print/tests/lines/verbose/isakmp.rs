//! Messages of IKE of both versions: every payload, whole and in forms that do not fit.

use super::super::super::Case;
use super::{case, counting, over_udp};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("ike version 1 payloads", LinkType::RAW, over_udp([500, 500], &version_1())),
        case("ike version 2 payloads", LinkType::RAW, over_udp([500, 500], &version_2())),
    ]
}

/// A message whose responder is not known yet, or to which tcpdump has seen no beginning.
fn message(version: u8, flags: u8, payloads: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let first = payloads.first().map_or(0, |(kind, _)| *kind);
    let body = chain(payloads);
    let mut message = counting(8);
    message.extend([9; 8]);
    message.extend([first, version, 2, flags, 0, 0, 0, 0]);
    message.extend((28 + body.len() as u32).to_be_bytes());
    [message, body].concat()
}

/// Payloads, each with the type of the next one in front.
fn chain(payloads: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let next = payloads.iter().skip(1).map(|(kind, _)| *kind).chain([0]);
    let payload = |((_, body), next): (&(u8, Vec<u8>), u8)| {
        [&[next, 0][..], &(4 + body.len() as u16).to_be_bytes(), body].concat()
    };
    payloads.iter().zip(next).flat_map(payload).collect()
}

fn version_1() -> Vec<Vec<u8>> {
    let transform =
        |number: u8, id: u8, attributes: &[u8]| (3, [&[number, id, 0, 0][..], attributes].concat());
    let short: Vec<u8> = (1..=17).flat_map(|kind| [0x80, kind, 0, 2, 0x80, kind, 0, 18]).collect();
    let long = [&[0, 12, 0, 4, 1, 2, 3, 4][..], &[0, 2, 0, 1, 5]].concat();
    let proposal = |number: u8, protocol: u8, index: &[u8], transforms: &[(u8, Vec<u8>)]| {
        let fields = [number, protocol, index.len() as u8, transforms.len() as u8];
        (2, [&fields, index, &chain(transforms)].concat())
    };
    let association =
        |situation: u8, rest: &[u8]| (1, [&[0, 0, 0, 1, 0, 0, 0, situation][..], rest].concat());
    let proposals = [
        proposal(0, 1, &[], &[transform(0, 1, &short), transform(1, 2, &long)]),
        proposal(1, 2, &[1, 2, 3, 4], &[transform(1, 3, &short)]),
        proposal(
            2,
            3,
            &[1, 2, 3, 4],
            &[transform(1, 12, &[0x80, 3, 0, 14, 0x80, 4, 0, 1]), transform(2, 13, &[])],
        ),
        proposal(3, 4, &[7, 8], &[transform(1, 2, &[])]),
        proposal(4, 5, &[], &[transform(1, 2, &[0x80, 1, 0, 1, 0, 2, 0, 9, 1])]),
    ];
    let identity = |kind: u8, data: &[u8]| (5, [&[kind, 17, 1, 0xf4][..], data].concat());
    let identities = [
        identity(1, &[10, 0, 0, 1]),
        identity(2, b"host\x1b.example"),
        identity(3, b"user@host"),
        identity(4, &[10, 0, 0, 0, 255, 0, 0, 0]),
        identity(5, &counting(16)),
        identity(6, &counting(32)),
        identity(7, &counting(8)),
        identity(8, &counting(32)),
        identity(9, &counting(5)),
        identity(11, &[]),
        identity(1, &[1, 2]),
        identity(6, &[1, 2]),
        identity(99, &[1, 2]),
    ];
    let notification = |domain: u8, kind: u16, index: &[u8], data: &[u8]| {
        let [high, low] = kind.to_be_bytes();
        (11, [&[0, 0, 0, domain, 1, index.len() as u8, high, low], index, data].concat())
    };
    let notified = |domain: u8, kinds: &[u16]| -> Vec<_> {
        kinds.iter().map(|kind| notification(domain, *kind, &[1, 2, 3, 4], &[])).collect()
    };
    let kinds = [1, 30, 31, 8192, 8193, 16384, 16385, 24578, 24579, 32768];
    let lifetime = notification(1, 24576, &[], &[0x80, 11, 0, 1, 0, 12, 0, 2, 1, 0]);
    let replay = notification(1, 24577, &[9], &[0, 0, 0, 1]);
    let deletion = |domain: u8, len: u8, count: u8, indices: &[u8]| {
        (12, [&[0, 0, 0, domain, 3, len, 0, count], indices].concat())
    };
    let others = [
        (4, counting(12)),
        (6, [&[4][..], &counting(5)].concat()),
        (7, [&[11][..], &counting(5)].concat()),
        (8, counting(6)),
        (9, counting(6)),
        (10, counting(24)),
        (13, counting(16)),
        (20, counting(3)),
        (49, counting(3)),
        deletion(1, 4, 2, &counting(8)),
        deletion(9, 2, 1, &counting(2)),
        (8, counting(1)),
    ];
    let mut other_length = message(0x10, 0, &[(8, counting(6))]);
    other_length[27] += 1;
    vec![
        message(0x10, 0, &[association(1, &chain(&proposals))]),
        message(0x10, 0, &[association(1, &chain(&proposals[..1])), (13, counting(3))]),
        message(0x10, 0, &[association(7, &[&[0, 0, 0, 5][..], &chain(&proposals[1..2])].concat())]),
        message(0x10, 0, &[(1, vec![0, 0, 0, 2, 0, 0, 0, 1])]),
        message(0x10, 0, &identities),
        message(0x10, 0, &notified(1, &kinds)),
        message(0x10, 0, &notified(2, &kinds)),
        message(0x10, 2, &[lifetime, replay.clone(), (8, counting(40))]),
        message(0x10, 0, &[replay]),
        message(0x10, 0, &others),
        message(0x10, 0, &[(8, vec![]), (8, counting(3))]),
        message(0x10, 1, &[(8, counting(6))]),
        message(0x10, 0, &[]),
        message(0x31, 0, &[(8, counting(6))]),
        other_length,
    ]
}

fn version_2() -> Vec<Vec<u8>> {
    let transform =
        |kind: u8, id: u16, attributes: &[u8]| (3, [&[kind, 0][..], &id.to_be_bytes(), attributes].concat());
    let proposal = |number: u8, protocol: u8, index: &[u8], transforms: &[(u8, Vec<u8>)]| {
        let fields = [number, protocol, index.len() as u8, transforms.len() as u8];
        (2, [&fields, index, &chain(transforms)].concat())
    };
    let transforms = [
        transform(1, 12, &[0x80, 14, 1, 0]),
        transform(1, 99, &[0, 14, 0, 2, 1, 0]),
        transform(2, 4, &[]),
        transform(3, 5, &[0x80, 9, 0, 1]),
        transform(4, 18, &[]),
        transform(5, 0, &[]),
        transform(6, 7, &[]),
        (7, counting(4)),
    ];
    let proposals =
        [proposal(1, 1, &[], &transforms), proposal(2, 3, &[1, 2, 3, 4], &transforms[..1]), (9, counting(3))];
    let mut too_long = chain(&proposals[..1]);
    too_long[3] += 40;
    let mut too_short = chain(&proposals[1..2]);
    too_short[3] = 4;
    let mut long_transform = chain(&proposals[1..2]);
    long_transform[15] += 40;
    let identity = |kind: u8, data: &[u8]| (35, [&[kind, 0, 0, 0], data].concat());
    let mut identities: Vec<_> =
        [1, 2, 3, 5, 9, 10, 11, 77].iter().map(|kind| identity(*kind, b"id\x1b\xff")).collect();
    identities.push((36, vec![2, 0, 0]));
    let notification = |kind: u16, index: &[u8], data: &[u8]| {
        let [high, low] = kind.to_be_bytes();
        (41, [&[1, index.len() as u8, high, low], index, data].concat())
    };
    let kinds = [1, 4, 5, 7, 9, 11, 14, 17, 24, 34, 35, 36, 37, 39, 40, 8192, 16396, 40960];
    let notified: Vec<_> =
        kinds.into_iter().chain(16384..16396).map(|kind| notification(kind, &[1, 2], &[])).collect();
    let mut critical = message(0x20, 0x08, &[(37, counting(5))]);
    critical[29] = 0x80;
    let others = [
        (34, [&[0, 14, 0, 0][..], &counting(9)].concat()),
        (34, vec![0, 99, 0, 0]),
        (37, counting(5)),
        (38, counting(5)),
        (39, [&[2, 0, 0, 0][..], &counting(35)].concat()),
        (39, vec![9, 0, 0, 0]),
        (40, counting(20)),
        (42, counting(5)),
        (43, b"vendor\x1b\0".to_vec()),
        (43, b"v".to_vec()),
        (44, counting(5)),
        (45, counting(5)),
        (47, counting(5)),
        (48, counting(5)),
        (50, counting(5)),
        (46, counting(9)),
    ];
    vec![
        message(0x20, 0x08, &[(33, chain(&proposals)), (40, counting(3))]),
        message(0x20, 0x20, &[(33, too_long), (40, counting(3))]),
        message(0x20, 0x20, &[(33, too_short), (40, counting(3))]),
        message(0x20, 0x20, &[(33, long_transform)]),
        message(0x20, 0x08, &identities),
        message(0x20, 0x08, &notified),
        message(0x20, 0x08, &[notification(16390, &[], &counting(20))]),
        message(0x20, 0x08, &[notification(16390, &[], &counting(35)), (40, counting(6))]),
        message(0x20, 0x38, &others),
        message(0x20, 0x01, &others[..1]),
        critical,
    ]
}
