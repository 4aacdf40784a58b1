//! EIGRP, RFC 7868: the common start of its packets.

use crate::decode::Payload;
use crate::decode::bytes::{be16, be32};
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const VERSION: usize = 0;
    pub(super) const OPCODE: usize = 1;
    pub(super) const CHECKSUM: usize = 2;
    pub(super) const FLAGS: usize = 4;
    pub(super) const SEQUENCE: usize = 8;
    pub(super) const ACKNOWLEDGEMENT: usize = 12;
    pub(super) const ROUTER: usize = 16;
    pub(super) const SYSTEM: usize = 18;
}

/// Bytes that a summary needs.
const HEADER_LEN: usize = 20;

/// An EIGRP packet.
#[derive(Clone, Copy, Debug)]
pub struct Eigrp<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

/// One element: a parameter or a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EigrpElement<'a> {
    /// The type: 1 parameters, 4 versions of software, 0x0102 a route of IPv4.
    pub kind: u16,
    /// Bytes of header and value, as the element claims.
    pub len: u16,
    /// The value, which may be cut.
    pub value: Payload<'a>,
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

    /// The checksum as sent.
    pub fn checksum(&self) -> u16 {
        be16(self.header, field::CHECKSUM)
    }

    /// The flags: 1 init, 2 conditionally received, 4 restart, 8 end of table.
    pub fn flags(&self) -> u32 {
        be32(self.header, field::FLAGS)
    }

    /// The sequence number.
    pub fn sequence(&self) -> u32 {
        be32(self.header, field::SEQUENCE)
    }

    /// The sequence number that is acknowledged.
    pub fn acknowledgement(&self) -> u32 {
        be32(self.header, field::ACKNOWLEDGEMENT)
    }

    /// The virtual router.
    pub fn router(&self) -> u16 {
        be16(self.header, field::ROUTER)
    }

    /// The autonomous system.
    pub fn system(&self) -> u16 {
        be16(self.header, field::SYSTEM)
    }

    /// What is behind the header.
    pub fn body(&self) -> Payload<'a> {
        self.whole.skip(HEADER_LEN)
    }

    /// The element at the start of `rest`, and steps over it; its length may be impossible.
    pub fn element(rest: &mut Payload<'a>) -> Option<EigrpElement<'a>> {
        let (kind, len): (u16, u16) = (rest.get(0)?, rest.get(2)?);
        let value = rest.skip(4).with_claim(u32::from(len).saturating_sub(4));
        *rest = rest.skip(len.max(4).into());
        Some(EigrpElement { kind, len, value })
    }

    /// The packet from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Eigrp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
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
