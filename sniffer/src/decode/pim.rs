//! PIM version 2, RFC 7761: the common start of its packets.

use super::Payload;
use super::walk::Next;

/// Offsets of the fields.
mod field {
    pub(super) const VERSION_TYPE: usize = 0;
}

/// Bytes that a summary needs.
const HEADER_LEN: usize = 1;

/// A PIM packet.
#[derive(Clone, Copy, Debug)]
pub struct Pim<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Pim<'a> {
    /// The packet at the start of `at`, if its first fields were captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The version.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION_TYPE] >> 4
    }

    /// The type (<https://www.iana.org/assignments/pim-parameters>).
    pub fn kind(&self) -> u8 {
        self.header[field::VERSION_TYPE] & 0x0f
    }

    /// The packet from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    pub(super) fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(HEADER_LEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_and_type_share_a_byte() {
        let pim = Pim::new(Payload::new(&[0x23, 0], 34)).unwrap();
        assert_eq!((pim.version(), pim.kind(), pim.whole().claimed()), (2, 3, 34));
    }
}
