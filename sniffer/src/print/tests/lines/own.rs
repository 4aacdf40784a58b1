//! Packets of which tcpdump prints something else, which is meant: `docs/text-output.md` says why. Golden files hold their lines.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    let datagrams = |name, payloads: &[Vec<u8>]| {
        let packet = |payload: &Vec<u8>| ipv4(17, &udp(40000, 40001, payload));
        case(name, LinkType::RAW, payloads.iter().map(packet).collect(), &[])
    };
    let report = |source: u8| [&[0, 0, 0, source][..], &[0; 20]].concat();
    let reports = [&[0x82, 201, 0, 13, 0, 0, 0, 9][..], &report(1), &report(2)].concat();
    let stream = b"\x91\x1f\0\x07\0\0\0\x09srcemixd\xab\xcd\0\x01exte\xbe\xef\0\0";
    vec![
        datagrams("-T cnfp", &flows()).of_type("cnfp"),
        datagrams("-T rtcp with two reports", &[reports]).of_type("rtcp"),
        datagrams("-T rtp of mixed sources", &[stream.to_vec()]).of_type("rtp"),
        datagrams("-T resp of datagrams", &[vec![1, 2]]).of_type("resp"),
    ]
}

/// Datagrams of `NetFlow` in all versions, and one that is cut.
fn flows() -> Vec<Vec<u8>> {
    let head = |version: u8, count: u8| {
        let clocks = [12_345_678_u32, 1_700_000_000, 5].map(u32::to_be_bytes).concat();
        [&[0, version, 0, count][..], &clocks].concat()
    };
    let counts = [100_u32, 6000, 12_345, 23_456].map(u32::to_be_bytes).concat();
    let ends =
        [&[10, 0, 0, 1, 10, 0, 0, 2, 10, 0, 0, 9, 0, 1, 0, 2][..], &counts, &[4, 0xd2, 0, 80]].concat();
    let old = [&ends[..], &[0, 0, 6, 16, 0x1b], &[0; 11]].concat();
    let new = |protocol| [&ends[..], &[0, 0xff, protocol, 16, 0xfd, 0xe8, 0xfd, 0xe9, 24, 16, 3, 4]].concat();
    let sequence = [0, 0, 0, 77, 1, 2, 0, 0];
    vec![
        [head(1, 2), old.clone(), old].concat(),
        [&head(5, 2)[..], &sequence, &new(6), &new(17)].concat(),
        [&head(5, 2)[..], &sequence, &new(6), &new(17)[..47]].concat(),
        [&head(6, 1)[..], &sequence, &new(17), &[0; 4]].concat(),
        head(9, 1),
        head(5, 1),
    ]
}
