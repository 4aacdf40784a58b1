//! `MACsec`, IEEE 802.1AE: the security tag in front of an EtherType.

use super::ethernet::by_type_or_length;
use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol, StopReason};

/// Offsets of the fields.
mod field {
    pub(super) const CONTROL: usize = 0;
    pub(super) const SHORT_LENGTH: usize = 1;
    pub(super) const PACKET_NUMBER: usize = 2;
    pub(super) const CHANNEL: usize = 6;
}

/// Bytes of the tag without the channel.
const TAG_LEN: usize = 6;
/// Bytes of the channel.
const CHANNEL_LEN: usize = 8;
/// Bytes of the integrity check value behind the payload.
const CHECK_LEN: u32 = 16;

/// A security tag.
#[derive(Clone, Copy, Debug)]
pub struct Macsec<'a> {
    tag: &'a [u8; TAG_LEN],
    whole: Payload<'a>,
}

impl<'a> Macsec<'a> {
    /// The flag that says that the channel is in the tag.
    pub const HAS_CHANNEL: u8 = 0x20;
    /// The flags of which one says that the payload is not what it was: encrypted, or changed otherwise.
    pub const IS_CHANGED: u8 = 0x0c;

    /// The tag at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (tag, _) = at.split()?;
        let has_channel = tag[field::CONTROL] & Self::HAS_CHANNEL != 0;
        let len = if has_channel { TAG_LEN + CHANNEL_LEN } else { TAG_LEN };
        (at.bytes().len() >= len).then_some(Self { tag, whole: at })
    }

    /// The version's bit, which must not be set, and five flags.
    pub fn flags(&self) -> u8 {
        self.tag[field::CONTROL] & 0xfc
    }

    /// Which of four associations of the channel.
    pub fn association(&self) -> u8 {
        self.tag[field::CONTROL] & 0x03
    }

    /// Bytes of the payload where they are fewer than 48, otherwise 0.
    pub fn short_length(&self) -> u8 {
        self.tag[field::SHORT_LENGTH]
    }

    /// The number of the packet, which never repeats under a key.
    pub fn packet_number(&self) -> u32 {
        crate::decode::bytes::be32(self.tag, field::PACKET_NUMBER)
    }

    /// The channel: most often a MAC address and a port.
    pub fn channel(&self) -> Option<u64> {
        self.whole.get(field::CHANNEL).filter(|_| self.flags() & Self::HAS_CHANNEL != 0)
    }

    /// Whether version and short length are such as the standard has.
    pub fn is_well_formed(&self) -> bool {
        self.flags() & 0x80 == 0 && self.short_length() < 64
    }

    /// Whether the payload is not what it was before it was protected.
    pub fn is_changed(&self) -> bool {
        self.flags() & Self::IS_CHANGED != 0
    }

    /// What is behind the tag, the check value among it.
    pub fn protected(&self) -> Payload<'a> {
        self.whole.skip(if self.channel().is_some() { TAG_LEN + CHANNEL_LEN } else { TAG_LEN })
    }

    /// An EtherType and what it is the type of, without the check value; nothing where the payload is not what it was or its
    /// lengths cannot be.
    pub fn payload(&self) -> Option<Payload<'a>> {
        let (protected, short) = (self.protected(), u32::from(self.short_length()));
        let len =
            protected.claimed().checked_sub(CHECK_LEN).filter(|len| short <= *len && !self.is_changed())?;
        Some(protected.with_claim(if short == 0 { len } else { short }))
    }
}

impl<'a> View<'a> for Macsec<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let protected = self.protected();
        if !self.is_well_formed() {
            return (Next::MALFORMED, protected);
        }
        if self.is_changed() {
            let stop = Next::Stop(StopReason::Unsupported, Protocol::EtherType(EtherType::Macsec));
            return (stop, protected);
        }
        match self.payload().and_then(|payload| Some((payload.get(0)?, payload.skip(2)))) {
            Some((ether_type, behind)) => by_type_or_length(ether_type, behind),
            None => (Next::Stop(StopReason::Truncated, Protocol::EtherType(EtherType::Macsec)), protected),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_is_not_payload() {
        let check = |short: u8, expected: u32| {
            let mut bytes = vec![0x20, short, 0, 0, 0, 9, 1, 2, 3, 4, 5, 6, 0, 7, 8, 0];
            bytes.resize(16 + 10 + 16, 0);
            let tag = Macsec::new(Payload::new(&bytes, bytes.len() as u32)).unwrap();
            assert_eq!((tag.packet_number(), tag.channel()), (9, Some(0x0102_0304_0506_0007)));
            assert_eq!(tag.next().1.claimed(), expected);
        };
        check(0, 10);
        check(6, 4);
    }

    #[test]
    fn without_the_channel_the_tag_is_shorter() {
        let bytes = [0x0e, 0, 0, 0, 0, 1, 9, 9];
        let tag = Macsec::new(Payload::new(&bytes, 8)).unwrap();
        assert_eq!((tag.association(), tag.is_changed(), tag.channel()), (2, true, None));
        assert_eq!(tag.protected().bytes(), [9, 9]);
        assert!(Macsec::new(Payload::new(&[0x20, 0, 0, 0, 0, 1, 9, 9], 8)).is_none());
    }
}
