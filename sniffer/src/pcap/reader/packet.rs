//! The three pcapng blocks that hold a frame. Knows no section.

use super::bytes::Fields;
use super::interface::Interface;
use crate::pcap::block::{END_OF_OPTIONS, PACKET_FLAGS};

/// The fields that they have in common, and the bytes from the frame on.
pub(super) struct Packet<'a> {
    pub(super) interface: u32,
    pub(super) ticks: u64,
    pub(super) captured: u32,
    pub(super) original: u32,
    /// Bytes of the block's body before the frame.
    pub(super) fixed_len: usize,
    pub(super) rest: Fields<'a>,
}

#[inline]
pub(super) fn enhanced(mut fields: Fields<'_>) -> Option<Packet<'_>> {
    let interface = fields.u32()?;
    timed(interface, fields)
}

/// The block that the enhanced one replaced; it has the interface and a count of drops in one word.
pub(super) fn obsolete(mut fields: Fields<'_>) -> Option<Packet<'_>> {
    let interface = fields.u16()?;
    let _drops = fields.u16()?;
    timed(interface.into(), fields)
}

/// The block with neither interface nor captured length nor time: the first interface's, and none.
pub(super) fn simple<'a>(mut fields: Fields<'a>, first: Option<&Interface>) -> Option<Packet<'a>> {
    let original = fields.u32()?;
    let captured = first.map_or(original, |first| original.min(first.snaplen));
    Some(Packet { interface: 0, ticks: 0, captured, original, fixed_len: 4, rest: fields })
}

#[inline]
fn timed(interface: u32, mut fields: Fields<'_>) -> Option<Packet<'_>> {
    let ticks = u64::from(fields.u32()?) << 32 | u64::from(fields.u32()?);
    let (captured, original) = (fields.u32()?, fields.u32()?);
    Some(Packet { interface, ticks, captured, original, fixed_len: 20, rest: fields })
}

/// The flags among a packet's options, which begin at the next multiple of four behind its bytes. Options that make no
/// sense are passed over, as libpcap passes over all of them: the frame itself is whole.
#[inline]
pub(super) fn flags(mut options: Fields<'_>, captured: usize) -> Option<u32> {
    options.bytes(captured.next_multiple_of(4) - captured)?;
    loop {
        let (code, length) = (options.u16()?, options.u16()?);
        match (code, length) {
            (END_OF_OPTIONS, _) => return None,
            (PACKET_FLAGS, 4) => return options.u32(),
            _ => options.bytes(usize::from(length).next_multiple_of(4))?,
        };
    }
}
