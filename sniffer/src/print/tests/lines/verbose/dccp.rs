//! Options of DCCP in forms that fit and forms that do not.

use super::super::super::Case;
use super::{case, counting, over_ipv4};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![case("dccp options", LinkType::RAW, over_ipv4(33, &packets()))]
}

/// Data with options, which are padded to whole words.
fn with_options(options: &[u8]) -> Vec<u8> {
    let words = options.len().div_ceil(4);
    let header = [0, 7, 0x13, 0x89, 4 + words as u8, 0x30, 0, 0, 5, 0, 0, 0, 0, 0, 0, 9];
    [&header[..], options, &vec![0; words * 4 - options.len()], b"data"].concat()
}

fn option(kind: u8, value: &[u8]) -> Vec<u8> {
    [&[kind, 2 + value.len() as u8], value].concat()
}

fn packets() -> Vec<Vec<u8>> {
    let features: Vec<u8> =
        (32..=35).flat_map(|kind| option(kind, &[kind - 30, 1, 2])).chain(option(32, &[10, 1])).collect();
    let bytes =
        [36, 37, 38, 39, 40, 44].iter().flat_map(|kind| [option(*kind, &counting(3)), option(*kind, &[])]);
    let times: Vec<_> = [41, 42, 43, 128, 192, 255]
        .iter()
        .flat_map(|kind| [2, 4, 6, 8].map(|len| option(*kind, &counting(len))))
        .collect();
    let mut packets = vec![
        with_options(&[&[0, 1, 2, 3][..], &features].concat()),
        with_options(&bytes.collect::<Vec<_>>().concat()),
    ];
    packets.extend(times.chunks(8).map(|times| with_options(&times.concat())));
    packets.extend([
        with_options(&option(32, &[])),
        with_options(&[32, 1, 0, 0]),
        with_options(&[50, 0, 0, 0]),
        with_options(&[200, 1, 0, 0]),
        with_options(&[36, 9, 0, 0]),
        with_options(&[200, 9, 0, 0]),
    ]);
    packets
}
