//! GTP-U, 3GPP TS 29.281: packets of mobile users between base stations and gateways.

use crate::decode::bytes::{be16, be32};
use crate::decode::walk::{Next, View};
use crate::decode::{Payload, Protocol, StopReason};

/// Offsets of the fields.
mod field {
    pub(super) const FLAGS: usize = 0;
    pub(super) const TYPE: usize = 1;
    pub(super) const LENGTH: usize = 2;
    pub(super) const TEID: usize = 4;
}

/// Bytes of the header that is always there.
const HEADER_LEN: usize = 8;
/// Bytes of sequence number, N-PDU number and the type of the next extension, where one of them is there.
const OPTIONAL_LEN: usize = 4;
/// Flags: whether extensions, a sequence number or an N-PDU number follow.
const OPTIONAL_FLAGS: u8 = 0x07;
/// The flag of the sequence number.
const SEQUENCE_FLAG: u8 = 0x02;
/// The flag of extensions.
const EXTENSION_FLAG: u8 = 0x04;
/// The most extensions that are skipped.
const MAX_EXTENSIONS: usize = 8;

/// A GTP-U message.
#[derive(Clone, Copy, Debug)]
pub struct GtpU<'a> {
    header: &'a [u8; HEADER_LEN],
    behind: Payload<'a>,
}

impl<'a> GtpU<'a> {
    /// The type of messages that carry a user's packet.
    pub const PACKET: u8 = 255;

    /// Whether bytes begin as a message of version 1 does, with the flags of GTP and not of GTP'.
    pub(in crate::decode) fn is_message(bytes: &[u8]) -> bool {
        matches!(bytes, [0x30..=0x37, ..])
    }

    /// The message at the start of `at`, if its header was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, behind) = at.split()?;
        Some(Self { header, behind })
    }

    /// The flags.
    pub fn flags(&self) -> u8 {
        self.header[field::FLAGS]
    }

    /// The type: 1 echo request, 2 echo response, 26 error indication, 254 end marker, 255 a user's packet.
    pub fn kind(&self) -> u8 {
        self.header[field::TYPE]
    }

    /// Bytes behind the header.
    pub fn length(&self) -> u16 {
        be16(self.header, field::LENGTH)
    }

    /// The tunnel, as the receiver calls it.
    pub fn teid(&self) -> u32 {
        be32(self.header, field::TEID)
    }

    /// The sequence number, where there is one.
    pub fn sequence(&self) -> Option<u16> {
        let bytes = self.behind.bytes().first_chunk::<2>()?;
        (self.flags() & SEQUENCE_FLAG != 0).then_some(u16::from_be_bytes(*bytes))
    }

    /// The user's packet, behind optional fields and extensions; `None` where these were cut.
    fn payload(&self) -> Option<Payload<'a>> {
        let content = self.behind.with_claim(self.behind.claimed().min(self.length().into()));
        if self.flags() & OPTIONAL_FLAGS == 0 {
            return Some(content);
        }
        let (&[.., mut next], mut rest) = content.split::<OPTIONAL_LEN>()?;
        if self.flags() & EXTENSION_FLAG == 0 {
            return Some(rest);
        }
        for _ in 0..MAX_EXTENSIONS {
            if next == 0 {
                return Some(rest);
            }
            // The length counts units of four bytes, and the last byte is the type of the next extension.
            let len = usize::from(*rest.bytes().first()?) * 4;
            next = *rest.bytes().get(len.checked_sub(1)?)?;
            rest = rest.skip(len);
        }
        None
    }
}

impl<'a> View<'a> for GtpU<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        match self.payload() {
            Some(payload) if self.kind() == Self::PACKET => (Next::Decode(Protocol::Ip), payload),
            Some(payload) => (Next::END, payload),
            None if self.behind.is_truncated() => {
                (Next::Stop(StopReason::Truncated, Protocol::Payload), self.behind)
            }
            None => (Next::MALFORMED, self.behind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_lie_behind_optional_fields_and_extensions() {
        let check = |bytes: &[u8], expected: Option<&[u8]>| {
            let message = GtpU::new(Payload::new(bytes, bytes.len() as u32)).unwrap();
            assert_eq!((message.kind(), message.teid()), (255, 7));
            assert_eq!(message.payload().map(Payload::bytes), expected);
        };
        check(&[0x30, 255, 0, 2, 0, 0, 0, 7, 8, 9], Some(&[8, 9]));
        check(&[0x32, 255, 0, 6, 0, 0, 0, 7, 1, 2, 0, 0, 8, 9], Some(&[8, 9]));
        check(&[0x34, 255, 0, 10, 0, 0, 0, 7, 0, 0, 0, 0x85, 1, 0x10, 9, 0, 8, 9], Some(&[8, 9]));
        check(&[0x34, 255, 0, 10, 0, 0, 0, 7, 0, 0, 0, 0x85, 0, 0, 0, 0, 8, 9], None);
        check(&[0x34, 255, 0, 10, 0, 0, 0, 7, 0, 0, 0, 0x85], None);
        check(&[0x30, 255, 0, 1, 0, 0, 0, 7, 8, 9], Some(&[8]));
    }
}
