//! Ethernet II and the MAC header of IEEE 802.3.

use crate::decode::bytes::{array, be16};
use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol};

/// Offsets of the fields.
mod field {
    pub(super) const DESTINATION: usize = 0;
    pub(super) const SOURCE: usize = 6;
    pub(super) const TYPE: usize = 12;
}

/// Bytes of the header.
const HEADER_LEN: usize = 14;

/// An Ethernet header.
#[derive(Clone, Copy, Debug)]
pub struct Ethernet<'a> {
    header: &'a [u8; HEADER_LEN],
    payload: Payload<'a>,
}

impl<'a> Ethernet<'a> {
    /// The header at the start of `at`, if it was captured whole.
    #[inline]
    pub fn new(at: Payload<'a>) -> Option<Self> {
        if at.claimed() < HEADER_LEN as u32 {
            return None;
        }
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// The MAC address that the frame is for.
    pub fn destination(&self) -> [u8; 6] {
        array(self.header, field::DESTINATION)
    }

    /// The MAC address that the frame is from.
    pub fn source(&self) -> [u8; 6] {
        array(self.header, field::SOURCE)
    }

    /// The field that is an EtherType, or a length when it is at most [`EtherType::MAX_LENGTH`].
    pub fn type_or_length(&self) -> u16 {
        be16(self.header, field::TYPE)
    }

    /// Bytes of the frame on the wire, header included.
    pub fn frame_len(&self) -> u32 {
        self.payload.claimed() + HEADER_LEN as u32
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }
}

impl<'a> View<'a> for Ethernet<'a> {
    #[inline]
    fn next(&self) -> (Next, Payload<'a>) {
        by_type_or_length(self.type_or_length(), self.payload)
    }
}

/// What follows a field that is an EtherType or an IEEE 802.3 length; such a length cuts the padding off.
#[inline]
pub(super) fn by_type_or_length(field: u16, behind: Payload<'_>) -> (Next, Payload<'_>) {
    if field > EtherType::MAX_LENGTH {
        return (Next::Decode(Protocol::EtherType(field.into())), behind);
    }
    (Next::Decode(Protocol::Llc), behind.with_claim(behind.claimed().min(field.into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_field_tells_ethernet_ii_from_ieee_802_3() {
        let mut frame = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x08, 0x06, 9];
        let ethernet = Ethernet::new(Payload::new(&frame, 15)).unwrap();
        assert_eq!(ethernet.destination(), [2, 0, 0, 0, 0, 1]);
        assert_eq!(ethernet.source(), [2, 0, 0, 0, 0, 2]);
        assert!(matches!(ethernet.next(), (Next::Decode(Protocol::EtherType(EtherType::Arp)), _)));
        assert_eq!(ethernet.payload().bytes(), [9]);
        for (length, kept) in [([0x05, 0xdc], 1), ([0, 0], 0)] {
            frame[12..14].copy_from_slice(&length);
            let (next, payload) = Ethernet::new(Payload::new(&frame, 15)).unwrap().next();
            assert!(matches!(next, Next::Decode(Protocol::Llc)));
            assert_eq!(payload.claimed(), kept);
        }
    }
}
