//! IEEE 802.1Q tags, which IEEE 802.1ad stacks. The tag's own EtherType belongs to the header in front of it.

use super::ethernet::by_type_or_length;
use crate::decode::Payload;
use crate::decode::bytes::be16;
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const TCI: usize = 0;
    pub(super) const TYPE: usize = 2;
}

/// Bytes of the tag behind its EtherType.
const HEADER_LEN: usize = 4;

/// A VLAN tag.
#[derive(Clone, Copy, Debug)]
pub struct Vlan<'a> {
    header: &'a [u8; HEADER_LEN],
    payload: Payload<'a>,
}

impl<'a> Vlan<'a> {
    /// The tag at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// Priority code point, 0 to 7.
    pub fn priority(&self) -> u8 {
        (self.tci() >> 13) as u8
    }

    /// Drop eligible indicator, once the canonical format indicator.
    pub fn drop_eligible(&self) -> bool {
        self.tci() & 0x1000 != 0
    }

    /// VLAN identifier, 0 to 4095.
    pub fn id(&self) -> u16 {
        self.tci() & 0x0fff
    }

    /// The field that is an EtherType or an IEEE 802.3 length.
    pub fn type_or_length(&self) -> u16 {
        be16(self.header, field::TYPE)
    }

    /// What the tag is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }

    fn tci(&self) -> u16 {
        be16(self.header, field::TCI)
    }
}

impl<'a> View<'a> for Vlan<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        by_type_or_length(self.type_or_length(), self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_holds_priority_eligibility_and_identifier() {
        let vlan = Vlan::new(Payload::new(&[0xb0, 0x64, 0x08, 0x00, 0x45], 5)).unwrap();
        assert_eq!((vlan.priority(), vlan.drop_eligible(), vlan.id()), (5, true, 100));
        assert_eq!((vlan.type_or_length(), vlan.payload().bytes()), (0x0800, &[0x45][..]));
    }
}
