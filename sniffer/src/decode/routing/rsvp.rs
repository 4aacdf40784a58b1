//! The resource reservation protocol, RFC 2205: messages that consist of objects.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A message of the resource reservation protocol.
    Rsvp {
        /// The version in the upper half, flags in the lower.
        first: u8 = 0,
        /// What the message is.
        kind: u8 = 1,
        /// The checksum.
        checksum: u16 = 2,
        /// The time to live with which it was sent.
        ttl: u8 = 4,
        /// Bytes of the message.
        length: u16 = 6,
    }
}

impl<'a> Rsvp<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: u16 = 8;

    /// The version; only 1 is understood.
    pub fn version(&self) -> Option<u8> {
        self.first().map(|first| first >> 4)
    }

    /// The flags.
    pub fn flags(&self) -> Option<u8> {
        self.first().map(|first| first & 0x0f)
    }

    /// What is behind the header by the length in it: objects, or messages in a bundle.
    pub fn body(&self) -> Payload<'a> {
        let len = self.length().map_or(0, |length| length.saturating_sub(Self::HEADER_LEN));
        self.whole().skip(Self::HEADER_LEN.into()).with_claim(len.into())
    }

    /// The objects of the message, up to the first that cannot be told from the next.
    pub fn objects(&self) -> impl Iterator<Item = RsvpObject<'a>> + use<'a> {
        let mut rest = self.body();
        std::iter::from_fn(move || RsvpObject::next(&mut rest)?.ok())
    }
}

/// An object.
#[derive(Clone, Copy, Debug)]
pub struct RsvpObject<'a> {
    /// Bytes of the object, with its header.
    pub length: u16,
    /// What it is about; the upper two bits say what to do where that is unknown.
    pub class: u8,
    /// Which form of that it has.
    pub kind: u8,
    /// What is in it, as far as it claims.
    pub body: Payload<'a>,
}

/// Why an object cannot be told from the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RsvpObjectError {
    /// Its header was not captured.
    Truncated,
    /// Its length is not one of whole words.
    Unaligned(u16),
    /// It claims less than its own header.
    TooShort(u16),
}

impl<'a> RsvpObject<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: u16 = 4;

    /// The object at the start of `rest`, which then begins behind it; `None` where there is no room for one.
    pub fn next(rest: &mut Payload<'a>) -> Option<Result<Self, RsvpObjectError>> {
        if rest.claimed() < Self::HEADER_LEN.into() {
            return None;
        }
        let Some([high, low, class, kind]) = rest.get::<[u8; 4]>(0) else {
            return Some(Err(RsvpObjectError::Truncated));
        };
        let length = u16::from_be_bytes([high, low]);
        if !length.is_multiple_of(4) {
            return Some(Err(RsvpObjectError::Unaligned(length)));
        }
        let Some(len) = length.checked_sub(Self::HEADER_LEN) else {
            return Some(Err(RsvpObjectError::TooShort(length)));
        };
        let body = rest.skip(Self::HEADER_LEN.into()).with_claim(len.into());
        *rest = rest.skip(length.into());
        Some(Ok(Self { length, class, kind, body }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_follow_one_another_to_the_end_of_the_message() {
        let bytes = [0x11, 1, 0, 0, 64, 0, 0, 20, 0, 8, 5, 1, 0, 0, 0x75, 0x30, 0, 4, 99, 2, 0, 4, 1, 1];
        let message = Rsvp::new(Payload::new(&bytes, 24));
        assert_eq!((message.version(), message.flags(), message.ttl()), (Some(1), Some(1), Some(64)));
        let objects: Vec<_> =
            message.objects().map(|object| (object.class, object.kind, object.length)).collect();
        assert_eq!(objects, [(5, 1, 8), (99, 2, 4)]);
    }

    #[test]
    fn a_wrong_length_ends_them() {
        let check = |bytes: &[u8], expected| {
            let found = RsvpObject::next(&mut Payload::new(bytes, 8));
            assert_eq!(found.map(|object| object.map(|object| object.length)), expected);
        };
        check(&[0, 5, 1, 1], Some(Err(RsvpObjectError::Unaligned(5))));
        check(&[0, 0, 1, 1], Some(Err(RsvpObjectError::TooShort(0))));
        check(&[0, 8, 1], Some(Err(RsvpObjectError::Truncated)));
        assert!(RsvpObject::next(&mut Payload::new(&[0, 8, 1], 3)).is_none());
    }
}
