//! VXLAN, RFC 7348: Ethernet in UDP.

use crate::decode::walk::{Next, View};
use crate::decode::{Payload, Protocol};
use crate::packet::LinkType;

/// Offsets of the fields.
mod field {
    pub(super) const FLAGS: usize = 0;
    pub(super) const NETWORK: usize = 4;
}

/// Bytes of the header.
const HEADER_LEN: usize = 8;

/// A VXLAN header.
#[derive(Clone, Copy, Debug)]
pub struct Vxlan<'a> {
    header: &'a [u8; HEADER_LEN],
    payload: Payload<'a>,
}

impl<'a> Vxlan<'a> {
    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// The flags; 0x08 says that the network identifier counts.
    pub fn flags(&self) -> u8 {
        self.header[field::FLAGS]
    }

    /// The network identifier, 24 bits.
    pub fn network(&self) -> u32 {
        crate::decode::bytes::be32(self.header, field::NETWORK) >> 8
    }

    /// The Ethernet frame.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }
}

impl<'a> View<'a> for Vxlan<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::Decode(Protocol::Link(LinkType::ETHERNET)), self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_is_24_bits() {
        let vxlan = Vxlan::new(Payload::new(&[8, 0, 0, 0, 1, 2, 3, 9, 7], 9)).unwrap();
        assert_eq!((vxlan.flags(), vxlan.network(), vxlan.payload().bytes()), (8, 0x0001_0203, &[7][..]));
    }
}
