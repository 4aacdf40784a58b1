//! EIGRP, RFC 7868: the common start of its packets.

use super::Payload;
use super::walk::Next;

/// Offsets of the fields.
mod field {
    pub(super) const VERSION: usize = 0;
    pub(super) const OPCODE: usize = 1;
}

/// Bytes that a summary needs.
const HEADER_LEN: usize = 20;

/// An EIGRP packet.
#[derive(Clone, Copy, Debug)]
pub struct Eigrp<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Eigrp<'a> {
    /// The packet at the start of `at`, if its first fields were captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The version; only 2 is understood.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION]
    }

    /// The operation: 1 update, 3 query, 4 reply, 5 hello, 6 IPX SAP, 7 probe.
    pub fn operation(&self) -> u8 {
        self.header[field::OPCODE]
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
    fn version_and_operation_come_first() {
        let mut bytes = [0; 20];
        bytes[..2].copy_from_slice(&[2, 5]);
        let eigrp = Eigrp::new(Payload::new(&bytes, 40)).unwrap();
        assert_eq!((eigrp.version(), eigrp.operation()), (2, 5));
        assert!(Eigrp::new(Payload::new(&bytes[..19], 40)).is_none());
    }
}
