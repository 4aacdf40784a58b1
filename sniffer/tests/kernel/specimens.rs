//! The frames of the corpus as they can be put on a wire, and what only live frames can be: tagged, and too long for the
//! linear part of a packet buffer.

use sniffer::packet::LinkType;

use crate::corpus;
use crate::support::frames::tagged;

/// The shortest frame that a packet socket sends: an Ethernet header.
const SHORTEST: usize = 14;

/// Above a page, where the kernel keeps all but the link-layer header outside of the linear part.
const LONG: usize = 5000;

/// Ethernet frames of every shape, every beginning of some of them; whole ones tagged and made long too.
pub(crate) fn ethernet() -> Vec<Vec<u8>> {
    let samples = corpus::frames(LinkType::ETHERNET);
    let sendable = |data: &Vec<u8>| data.len() >= SHORTEST;
    let frames: Vec<_> = samples.iter().map(|sample| sample.data.clone()).filter(sendable).collect();
    let whole = samples.iter().filter(|sample| sample.data.len() == sample.original_len as usize);
    let whole: Vec<_> = whole.map(|sample| sample.data.clone()).filter(sendable).collect();
    let one_tag = whole.iter().map(|frame| tagged(0x8100, 0x2064, frame));
    let two_tags = whole.iter().map(|frame| tagged(0x88a8, 7, &tagged(0x8100, 100, frame)));
    let long = |frame: &Vec<u8>| [&frame[..], &[0x5a; LONG]].concat();
    let long_tagged = whole.iter().map(|frame| long(&tagged(0x8100, 0x2064, frame)));
    let every = frames.iter().cloned().chain(one_tag).chain(two_tags);
    every.chain(whole.iter().map(long)).chain(long_tagged).collect()
}
