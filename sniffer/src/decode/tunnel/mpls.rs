//! MPLS label stack entries, RFC 3032.

use crate::decode::bytes::be32;
use crate::decode::walk::{Next, View};
use crate::decode::{Payload, Protocol, StopReason};

/// Bytes of an entry.
const HEADER_LEN: usize = 4;

/// One entry of a label stack.
#[derive(Clone, Copy, Debug)]
pub struct Mpls<'a> {
    header: &'a [u8; HEADER_LEN],
    payload: Payload<'a>,
}

impl<'a> Mpls<'a> {
    /// The entry at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// The label, 20 bits.
    pub fn label(&self) -> u32 {
        be32(self.header, 0) >> 12
    }

    /// The traffic class.
    pub fn traffic_class(&self) -> u8 {
        (be32(self.header, 0) >> 9 & 7) as u8
    }

    /// Whether this is the last entry.
    pub fn is_bottom(&self) -> bool {
        be32(self.header, 0) & 0x100 != 0
    }

    /// Time to live, in hops.
    pub fn ttl(&self) -> u8 {
        self.header[HEADER_LEN - 1]
    }

    /// What is behind the entry.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }
}

impl<'a> View<'a> for Mpls<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let next = match (self.is_bottom(), self.payload.bytes().first().map(|byte| byte >> 4)) {
            (false, _) => Next::Decode(Protocol::Mpls),
            (true, Some(4 | 6)) => Next::Decode(Protocol::Ip),
            (true, Some(_)) => Next::Stop(StopReason::Unsupported, Protocol::Mpls),
            (true, None) => Next::Stop(StopReason::Truncated, Protocol::Mpls),
        };
        (next, self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_class_bottom_and_ttl_share_four_bytes() {
        let mpls = Mpls::new(Payload::new(&[0x03, 0xe8, 0x6b, 0xff, 0x45], 5)).unwrap();
        assert_eq!((mpls.label(), mpls.traffic_class(), mpls.is_bottom(), mpls.ttl()), (16006, 5, true, 255));
        assert!(matches!(mpls.next(), (Next::Decode(Protocol::Ip), _)));
    }
}
