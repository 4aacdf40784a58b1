//! A run of bytes as a header promised it and as it was captured. Knows no protocol.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Bytes behind a header: those that were captured, how many the header claims, and where they lie in the frame.
///
/// The captured bytes never exceed the claim: padding behind a short packet is cut off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payload<'a> {
    bytes: &'a [u8],
    claimed: u32,
    offset: u32,
}

impl<'a> Payload<'a> {
    /// No bytes at all.
    pub const EMPTY: Payload<'static> = Payload { bytes: &[], claimed: 0, offset: 0 };

    /// The captured `bytes` of a stretch that is said to be `claimed` bytes long.
    #[inline]
    pub fn new(bytes: &'a [u8], claimed: u32) -> Self {
        Self { bytes: &bytes[..bytes.len().min(claimed as usize)], claimed, offset: 0 }
    }

    /// The captured bytes, at most `claimed()` of them.
    #[inline]
    pub fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    /// How many bytes there are by the headers in front of them.
    #[inline]
    pub fn claimed(self) -> u32 {
        self.claimed
    }

    /// How many bytes of the frame lie in front of these.
    pub fn offset(self) -> u32 {
        self.offset
    }

    /// Whether bytes that the headers promise were not captured.
    pub fn is_truncated(self) -> bool {
        (self.bytes.len() as u64) < u64::from(self.claimed)
    }

    /// `None` where bytes that the headers promise were not captured: what goes on by `?` ends there.
    pub fn all_captured(self) -> Option<()> {
        (!self.is_truncated()).then_some(())
    }

    /// The same place with another claim: a length field has said more exactly, or more, than the layer around it.
    #[must_use]
    #[inline]
    pub fn with_claim(self, claimed: u32) -> Self {
        let kept = self.bytes.len().min(claimed as usize);
        Self { bytes: &self.bytes[..kept], claimed, offset: self.offset }
    }

    /// What is left behind the first `count` bytes; nothing where fewer were captured or claimed.
    #[must_use]
    #[inline]
    pub fn skip(self, count: usize) -> Self {
        let bytes = self.bytes.get(count..).unwrap_or_default();
        let claimed = self.claimed.saturating_sub(count as u32);
        Self { bytes, claimed, offset: self.offset.saturating_add(count as u32) }
    }

    /// The value at `at`; nothing where it was not captured or claimed whole.
    #[inline]
    pub fn get<T: Wire>(self, at: usize) -> Option<T> {
        self.bytes.get(at..).and_then(T::from_start)
    }

    /// The value at the start, and steps over it; nothing, and no step, where it was not captured or claimed whole.
    #[inline]
    pub fn read<T: Wire>(&mut self) -> Option<T> {
        let value = self.get(0)?;
        *self = self.skip(size_of::<T>());
        Some(value)
    }

    /// A header of `N` bytes and what is behind it, or nothing when the header was not captured whole.
    #[inline]
    pub fn split<const N: usize>(self) -> Option<(&'a [u8; N], Self)> {
        let (header, _) = self.bytes.split_first_chunk::<N>()?;
        Some((header, self.skip(N)))
    }
}

/// The number in three bytes.
pub fn u24([a, b, c]: [u8; 3]) -> u32 {
    u32::from_be_bytes([0, a, b, c])
}

/// What can be read from a packet in network byte order; it is as long there as in memory.
pub trait Wire: Sized {
    /// The value at the start of `bytes`, if they are enough.
    fn from_start(bytes: &[u8]) -> Option<Self>;
}

impl<const N: usize> Wire for [u8; N] {
    #[inline]
    fn from_start(bytes: &[u8]) -> Option<Self> {
        bytes.first_chunk().copied()
    }
}

macro_rules! wire_values {
    ($($ty:ty: $from:expr,)*) => {
        $(impl Wire for $ty {
            #[inline]
            fn from_start(bytes: &[u8]) -> Option<Self> {
                Wire::from_start(bytes).map($from)
            }
        })*
    };
}

wire_values! {
    u8: |[byte]: [u8; 1]| byte,
    u16: u16::from_be_bytes,
    u32: u32::from_be_bytes,
    u64: u64::from_be_bytes,
    f32: f32::from_be_bytes,
    Ipv4Addr: <Self as From<[u8; 4]>>::from,
    Ipv6Addr: <Self as From<[u8; 16]>>::from,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_the_smaller_of_claimed_and_captured() {
        let bytes = [1, 2, 3, 4, 5, 6];
        let cut = Payload::new(&bytes, 9);
        assert_eq!((cut.bytes(), cut.claimed(), cut.is_truncated()), (&bytes[..], 9, true));
        let padded = Payload::new(&bytes, 4);
        assert_eq!((padded.bytes(), padded.claimed(), padded.is_truncated()), (&bytes[..4], 4, false));
    }

    #[test]
    fn values_are_read_where_they_are_whole() {
        let mut payload = Payload::new(&[1, 2, 3, 10, 0, 0, 1, 9], 7);
        assert_eq!((payload.get::<u16>(1), payload.get::<u16>(6)), (Some(0x0203), None));
        assert_eq!((payload.read::<[u8; 3]>(), payload.offset()), (Some([1, 2, 3]), 3));
        assert_eq!(payload.read::<Ipv4Addr>(), Some(Ipv4Addr::new(10, 0, 0, 1)));
        assert_eq!((payload.read::<u8>(), payload.offset()), (None, 7));
    }

    #[test]
    fn skipping_keeps_the_place_in_the_frame() {
        let payload = Payload::new(&[1, 2, 3, 4, 5, 6], 9).skip(2);
        assert_eq!((payload.bytes(), payload.claimed(), payload.offset()), (&[3, 4, 5, 6][..], 7, 2));
        let (header, rest) = payload.split::<3>().unwrap();
        assert_eq!((header, rest.bytes(), rest.offset()), (&[3, 4, 5], &[6][..], 5));
        assert!(payload.split::<5>().is_none());
        assert_eq!(payload.skip(20).bytes(), &[] as &[u8]);
    }
}
