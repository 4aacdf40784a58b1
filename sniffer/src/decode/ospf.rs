//! OSPF: version 2 (RFC 2328) and version 3 (RFC 5340), the common start of their packets.

use super::Payload;
use super::walk::Next;

/// Offsets of the fields.
mod field {
    pub(super) const VERSION: usize = 0;
    pub(super) const TYPE: usize = 1;
}

/// Bytes that a summary needs.
const HEADER_LEN: usize = 2;

/// An OSPF packet.
#[derive(Clone, Copy, Debug)]
pub struct Ospf<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Ospf<'a> {
    /// The packet at the start of `at`, if its first fields were captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The version.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION]
    }

    /// The type: 1 hello, 2 database description, 3 to 5 link state request, update, acknowledgement.
    pub fn kind(&self) -> u8 {
        self.header[field::TYPE]
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
    fn version_and_type_come_first() {
        let ospf = Ospf::new(Payload::new(&[2, 4, 0, 44], 44)).unwrap();
        assert_eq!((ospf.version(), ospf.kind(), ospf.whole().claimed()), (2, 4, 44));
    }
}
