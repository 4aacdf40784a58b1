//! Overlay transport virtualisation: Ethernet in UDP. Linux's VXLAN has the same port and form unless it is told the
//! standard's port; its network identifier is then the instance.

use crate::decode::bytes::be32;
use crate::decode::walk::{Next, View};
use crate::decode::{Payload, Protocol};
use crate::packet::LinkType;

/// Offsets of the fields.
mod field {
    pub(super) const FLAGS: usize = 0;
    pub(super) const OVERLAY: usize = 0;
    pub(super) const INSTANCE: usize = 4;
}

/// Bytes of the header.
const HEADER_LEN: usize = 8;

/// A header of OTV.
#[derive(Clone, Copy, Debug)]
pub struct Otv<'a> {
    header: &'a [u8; HEADER_LEN],
    payload: Payload<'a>,
}

impl<'a> Otv<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = HEADER_LEN;

    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// The flags; 0x08 says that the instance counts.
    pub fn flags(&self) -> u8 {
        self.header[field::FLAGS]
    }

    /// The overlay, 24 bits.
    pub fn overlay(&self) -> u32 {
        be32(self.header, field::OVERLAY) & 0x00ff_ffff
    }

    /// The instance, 24 bits: of VXLAN the network identifier.
    pub fn instance(&self) -> u32 {
        be32(self.header, field::INSTANCE) >> 8
    }
}

impl<'a> View<'a> for Otv<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::Decode(Protocol::Link(LinkType::ETHERNET)), self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlay_and_instance_are_24_bits() {
        let otv = Otv::new(Payload::new(&[8, 0, 1, 2, 1, 2, 3, 9, 7], 9)).unwrap();
        assert_eq!((otv.flags(), otv.overlay(), otv.instance()), (8, 0x0102, 0x0001_0203));
    }
}
