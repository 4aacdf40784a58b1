//! Any frame of any link type: it is decoded and printed in all forms.

use sniffer::packet::LinkType;

use super::printed::{self, Brief};

/// Link types that have decoders, have had, or may have, and one that is nobody's.
const LINK_TYPES: [u16; 24] = [
    1, 101, 113, 276, 0, 108, 228, 229, 9, 50, 51, 104, 105, 119, 127, 163, 192, 6, 8, 10, 107, 109, 147,
    9999,
];

/// The first byte chooses the link type, the second how much longer the frame was on the wire.
pub(super) fn run(bytes: &[u8]) {
    let [kind, missing, data @ ..] = bytes else { return };
    let link_type = LinkType(LINK_TYPES[usize::from(*kind) % LINK_TYPES.len()]);
    let original_len = data.len() as u32 + u32::from(*missing);
    printed::check(&printed::frame(link_type, data, original_len), Brief::Any);
}
