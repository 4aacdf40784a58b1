//! IKE, RFC 2408 and RFC 7296: the header of both versions, and their payloads.

use crate::decode::Payload;
use crate::decode::message::{message, part};

message! {
    /// A message of IKE.
    Isakmp {
        /// What the initiator calls the association.
        initiator: [u8; 8] = 0,
        /// What the responder calls it; zeros in the first message.
        responder: [u8; 8] = 8,
        /// The type of the first payload.
        next_payload: u8 = 16,
        /// The major version in the upper half, the minor one in the lower.
        versions: u8 = 17,
        /// The exchange that the message is part of.
        exchange: u8 = 18,
        /// Flags: of version 1 1 encrypted and 2 commit, of version 2 8 initiator, 16 version and 32 response.
        flags: u8 = 19,
        /// The number of the message.
        id: u32 = 20,
        /// Bytes of the message, as it claims.
        length: u32 = 24,
    }
}

impl<'a> Isakmp<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 28;
    /// The flag of a message whose payloads are encrypted.
    pub const ENCRYPTED: u8 = 1;

    /// The major version.
    pub fn version(&self) -> Option<u8> {
        self.versions().map(|versions| versions >> 4)
    }

    /// The payloads.
    pub fn payloads(&self) -> Payload<'a> {
        Payload::skip(self.whole(), Self::HEADER_LEN)
    }

    /// The payloads one by one with their types, as far as they are there and not encrypted.
    pub fn elements(&self) -> impl Iterator<Item = (u8, IsakmpPayload<'a>)> + use<'a> {
        let is_encrypted = self.flags().is_none_or(|flags| flags & Self::ENCRYPTED != 0);
        let first = self.next_payload().filter(|_| !is_encrypted);
        let mut next = (first.unwrap_or(0), self.payloads());
        std::iter::from_fn(move || {
            let (kind, at) = next;
            let payload = IsakmpPayload::new(at);
            let len = payload.length().map(usize::from).filter(|len| *len >= IsakmpPayload::HEADER_LEN)?;
            next = (payload.next_payload()?, at.skip(len));
            (kind != 0).then_some((kind, payload))
        })
    }
}

part! {
    /// A payload of a message of IKE of either version: the header of all, and the fields of those that have some.
    IsakmpPayload {
        /// The type of the payload behind this one.
        next_payload: u8 = 0,
        /// Of version 2: 128 who does not know the type must not go on.
        flags: u8 = 1,
        /// Bytes of the payload.
        length: u16 = 2,
        /// What a domain of interpretation is meant by: of associations, notifications and deletions of version 1.
        domain: u32 = 4,
        /// What has to be protected, of an association of version 1.
        situation: u32 = 8,
        /// The number of a proposal or transform, the type of an identity, a certificate, a transform or an authentication, or the
        /// protocol of a notification of version 2.
        number: u8 = 4,
        /// The protocol of a proposal or an identity, the identifier of a transform of version 1, or the size of the index in a
        /// notification of version 2.
        protocol: u8 = 5,
        /// Bytes of the index of a proposal.
        index_len: u8 = 6,
        /// How many transforms a proposal has.
        transforms: u8 = 7,
        /// The port of an identity, the identifier of a transform or the type of a notification of version 2.
        word: u16 = 6,
        /// The group of an exchange of keys of version 2.
        group: u16 = 4,
        /// The protocol of a notification or deletion of version 1.
        notified_protocol: u8 = 8,
        /// Bytes of its index.
        notified_index_len: u8 = 9,
        /// The type of a notification, or how many indices are deleted.
        notification: u16 = 10,
    }
}

impl<'a> IsakmpPayload<'a> {
    /// The type of a notification of version 1.
    pub const NOTIFICATION_V1: u8 = 11;
    /// The type of a notification of version 2.
    pub const NOTIFICATION_V2: u8 = 41;
    /// Bytes of the header of all payloads.
    pub const HEADER_LEN: usize = 4;
    /// Bytes in front of what follows the fields of most payloads.
    pub const FIELDS_LEN: usize = 8;
    /// Bytes in front of what follows the fields of notifications and deletions of version 1.
    pub const NOTIFICATION_LEN: usize = 12;

    /// What is behind the first `len` bytes, which end where the payload's length says.
    pub fn behind(&self, len: usize) -> Payload<'a> {
        self.whole().with_claim(self.length().unwrap_or(0).into()).skip(len)
    }
}

/// An attribute of a transform, RFC 2408, section 3.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsakmpAttribute<'a> {
    /// The type.
    pub kind: u16,
    /// The value; two bytes of a short attribute.
    pub value: &'a [u8],
    /// Whether the value stands where the others have its length.
    pub is_short: bool,
}

/// Why there is no attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsakmpAttributeError {
    /// The capture ends within it.
    Truncated,
    /// It goes on behind the transform.
    TooLong,
}

impl<'a> IsakmpAttribute<'a> {
    /// The attribute at the start of `rest`, and steps over it.
    ///
    /// # Errors
    ///
    /// Where it is not there whole, it says why.
    pub fn next(rest: &mut Payload<'a>) -> Result<Self, IsakmpAttributeError> {
        const HEADER_LEN: usize = 4;
        let first: u8 = rest.get(0).ok_or(IsakmpAttributeError::Truncated)?;
        let is_short = first & 0x80 != 0;
        let len: Option<u16> = if is_short { Some(0) } else { rest.get(2) };
        let len = usize::from(len.ok_or(IsakmpAttributeError::Truncated)?);
        if rest.claimed() < (HEADER_LEN + len) as u32 {
            return Err(IsakmpAttributeError::TooLong);
        }
        let kind = rest.get::<u16>(0).ok_or(IsakmpAttributeError::Truncated)? & 0x7fff;
        let place = if is_short { 2..HEADER_LEN } else { HEADER_LEN..HEADER_LEN + len };
        let value = rest.bytes().get(place).ok_or(IsakmpAttributeError::Truncated)?;
        *rest = rest.skip(HEADER_LEN + len);
        Ok(Self { kind, value, is_short })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_short_or_have_a_length() {
        let bytes = [0x80, 1, 0, 7, 0, 2, 0, 3, 1, 2, 3, 0, 4, 0, 9];
        let mut rest = Payload::new(&bytes, 15);
        let short = IsakmpAttribute { kind: 1, value: &[0, 7], is_short: true };
        let long = IsakmpAttribute { kind: 2, value: &[1, 2, 3], is_short: false };
        assert_eq!(IsakmpAttribute::next(&mut rest), Ok(short));
        assert_eq!(IsakmpAttribute::next(&mut rest), Ok(long));
        assert_eq!(IsakmpAttribute::next(&mut rest), Err(IsakmpAttributeError::TooLong));
    }
}
