//! ESP, RFC 4303: all behind its first two fields is ciphertext.

use crate::decode::Payload;
use crate::decode::bytes::be32;
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const SPI: usize = 0;
    pub(super) const SEQUENCE: usize = 4;
}

/// Bytes of the header.
const HEADER_LEN: usize = 8;

/// An ESP header.
#[derive(Clone, Copy, Debug)]
pub struct Esp<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Esp<'a> {
    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The security parameters index.
    pub fn spi(&self) -> u32 {
        be32(self.header, field::SPI)
    }

    /// The sequence number.
    pub fn sequence(&self) -> u32 {
        be32(self.header, field::SEQUENCE)
    }

    /// The packet from its header on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Esp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(HEADER_LEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_and_sequence_are_read() {
        let esp = Esp::new(Payload::new(&[0x12, 0x34, 0x56, 0x78, 0, 0, 0, 9, 1], 9)).unwrap();
        assert_eq!((esp.spi(), esp.sequence(), esp.whole().claimed()), (0x1234_5678, 9, 9));
    }
}
