//! The authentication header, RFC 4302.

use crate::decode::bytes::{be16, be32};
use crate::decode::walk::{Next, View};
use crate::decode::{IpProtocol, Payload, Protocol, StopReason};

/// Offsets of the fields.
mod field {
    pub(super) const NEXT_HEADER: usize = 0;
    pub(super) const LENGTH: usize = 1;
    pub(super) const RESERVED: usize = 2;
    pub(super) const SPI: usize = 4;
    pub(super) const SEQUENCE: usize = 8;
}

/// Bytes of the fixed part.
const HEADER_LEN: usize = 12;

/// An authentication header.
#[derive(Clone, Copy, Debug)]
pub struct Ah<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Ah<'a> {
    /// The header at the start of `at`, if its fixed part was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// What follows.
    pub fn next_header(&self) -> IpProtocol {
        self.header[field::NEXT_HEADER].into()
    }

    /// Bytes of the header, as it claims: its length field counts 32-bit words and leaves two out.
    pub fn header_len(&self) -> usize {
        (self.header[field::LENGTH] as usize + 2) * 4
    }

    /// The field that is to be 0.
    pub fn reserved(&self) -> u16 {
        be16(self.header, field::RESERVED)
    }

    /// The security parameters index.
    pub fn spi(&self) -> u32 {
        be32(self.header, field::SPI)
    }

    /// The sequence number.
    pub fn sequence(&self) -> u32 {
        be32(self.header, field::SEQUENCE)
    }

    /// The integrity check value, as far as it was captured.
    pub fn integrity(&self) -> &'a [u8] {
        let bytes = self.whole.bytes();
        &bytes[HEADER_LEN..bytes.len().min(self.header_len().max(HEADER_LEN))]
    }

    /// Whether the header was captured whole.
    pub fn is_complete(&self) -> bool {
        self.whole.bytes().len() >= self.header_len()
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.whole.skip(self.header_len())
    }
}

impl<'a> View<'a> for Ah<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let protocol = Protocol::IpProtocol(self.next_header());
        if self.header_len() < HEADER_LEN {
            (Next::MALFORMED, self.whole)
        } else if !self.is_complete() {
            (Next::Stop(StopReason::Truncated, Protocol::IpProtocol(IpProtocol::Ah)), self.payload())
        } else {
            (Next::Decode(protocol), self.payload())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_counts_words_and_leaves_two_out() {
        let bytes = [6, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 7, 0xaa, 0xbb, 0xcc, 0xdd, 9];
        let ah = Ah::new(Payload::new(&bytes, 17)).unwrap();
        assert_eq!(
            (ah.next_header(), ah.header_len(), ah.spi(), ah.sequence()),
            (IpProtocol::Tcp, 16, 0x100, 7)
        );
        assert_eq!((ah.integrity(), ah.payload().bytes()), (&[0xaa, 0xbb, 0xcc, 0xdd][..], &[9][..]));
        let cut = Ah::new(Payload::new(&bytes[..14], 17)).unwrap();
        assert_eq!((cut.integrity(), cut.is_complete()), (&[0xaa, 0xbb][..], false));
    }
}
