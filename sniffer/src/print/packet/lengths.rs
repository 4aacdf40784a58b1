//! Frames whose lengths cannot be, of which nothing else is printed.

use crate::packet::Frame;

/// The longest frame that a savefile may claim, as in libpcap (`MAXIMUM_SNAPLEN`).
const MAX_LEN: u32 = 262_144;

/// Whether the lengths of a frame cannot be; then nothing else is printed of it.
pub(in crate::print) fn is_impossible(frame: &Frame<'_>) -> bool {
    faults(frame).next().is_some()
}

/// Prints what is wrong with the lengths of a frame that cannot be.
pub(in crate::print) fn print_impossible(frame: &Frame<'_>, out: &mut Vec<u8>) {
    let mut separator = "[Invalid header:";
    for fault in faults(frame) {
        out.extend_from_slice(separator.as_bytes());
        out.extend_from_slice(fault.as_bytes());
        separator = ",";
    }
    out.extend_from_slice(b"]\n");
}

/// What is wrong with the lengths of a frame that cannot be; nothing of one that can.
fn faults(frame: &Frame<'_>) -> impl Iterator<Item = &'static str> {
    let (captured, claimed) = (frame.data.len(), frame.original_len);
    let faults = [
        (captured == 0, " caplen==0"),
        (claimed == 0, " len==0"),
        (claimed > 0 && captured > claimed as usize, " len < caplen"),
        (claimed > MAX_LEN, " len > 262144"),
    ];
    faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, fault)| fault)
}
