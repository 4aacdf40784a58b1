//! The four-byte address family in front of packets of a BSD loopback: `LINKTYPE_NULL` and `LINKTYPE_LOOP`.

use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol};

/// Bytes of the header.
const HEADER_LEN: usize = 4;

/// The header of a loopback frame.
#[derive(Clone, Copy, Debug)]
pub struct Loopback<'a> {
    header: &'a [u8; HEADER_LEN],
    payload: Payload<'a>,
}

impl<'a> Loopback<'a> {
    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// The `AF_` value on the writer's system. Its byte order is the writer's, and is told by the value: no family
    /// needs more than 16 bits.
    pub fn family(&self) -> u32 {
        let family = u32::from_le_bytes(*self.header);
        if family & 0xffff_0000 == 0 { family } else { family.swap_bytes() }
    }

    /// Whether the family is IPv4's: 2 everywhere.
    pub fn is_ipv4(&self) -> bool {
        self.family() == 2
    }

    /// Whether the family is IPv6's on NetBSD and OpenBSD (24), FreeBSD (28) or macOS (30).
    pub fn is_ipv6(&self) -> bool {
        matches!(self.family(), 24 | 28 | 30)
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }
}

impl<'a> View<'a> for Loopback<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let protocol = if self.is_ipv4() {
            Protocol::EtherType(EtherType::Ipv4)
        } else if self.is_ipv6() {
            Protocol::EtherType(EtherType::Ipv6)
        } else {
            Protocol::AddressFamily(self.family())
        };
        (Next::Decode(protocol), self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_is_read_in_either_byte_order() {
        for bytes in [[2, 0, 0, 0, 0x45], [0, 0, 0, 2, 0x45]] {
            let loopback = Loopback::new(Payload::new(&bytes, 5)).unwrap();
            assert!(loopback.is_ipv4());
            assert_eq!(loopback.payload().bytes(), [0x45]);
        }
    }
}
