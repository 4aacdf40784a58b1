//! The synchronisation of BSD's clocks.

use super::super::super::Case;
use super::{case, over_udp};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    let message = |kind: u8, rest: &[u8], name: &[u8]| [&[kind, 1, 0, 9][..], rest, name].concat();
    let mut messages: Vec<_> =
        (0..=25).map(|kind| message(kind, &[0, 0, 0, 7, 0, 1, 2, 3], b"ho\x1bst\0")).collect();
    messages.push(message(5, &[0xff, 0xff, 0xff, 0xfe, 0, 0, 0, 9], b"host\0more"));
    messages.push(message(5, &[0, 0, 0, 9, 0xff, 0, 0, 9], b"host\0"));
    messages.push(message(2, &[0; 8], b"host"));
    messages.push(message(2, &[0; 8], &[]));
    vec![case("timed", LinkType::RAW, over_udp([525, 525], &messages))]
}
