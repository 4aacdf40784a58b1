//! The network protocols of OSI beside IS-IS: CLNP, ISO 8473, and ES-IS, ISO 9542.

use crate::decode::message::message;
use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol};

message! {
    /// A packet of CLNP.
    Clnp {
        /// Bytes of the header.
        header_len: u8 = 1,
        /// The version: 1.
        version: u8 = 2,
        /// Halves of seconds that the packet may live.
        lifetime: u8 = 3,
        /// The type in the lower five bits, and flags: 0x80 may be segmented, 0x40 more follow, 0x20 report errors.
        type_field: u8 = 4,
        /// Bytes of the segment.
        segment_len: u16 = 5,
        /// The checksum as sent.
        checksum: u16 = 7,
    }
}

message! {
    /// A message of ES-IS.
    EsIs {
        /// Bytes of the header, which is all of the message.
        header_len: u8 = 1,
        /// The version: 1.
        version: u8 = 2,
        /// The type in the lower five bits: 2 end system, 4 router, 6 a better way.
        type_field: u8 = 4,
        /// Seconds for which the message holds.
        holding_time: u16 = 5,
        /// The checksum as sent.
        checksum: u16 = 7,
    }
}

impl Clnp<'_> {
    /// Bytes of the header in front of the addresses, which are the same in ES-IS.
    pub const FIXED_LEN: u8 = 9;
    /// Where the checksum stands, in ES-IS as well.
    pub const CHECKSUM_AT: usize = 7;
}

/// A packet of a protocol that has a number of OSI, without being OSI's.
#[derive(Clone, Copy, Debug)]
pub struct Osi<'a> {
    protocol: u8,
    whole: Payload<'a>,
}

impl<'a> Osi<'a> {
    /// The packet at the start of `at`, if its number was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        Some(Self { protocol: at.get(0)?, whole: at })
    }

    /// The number (ISO/IEC TR 9577).
    pub fn protocol(&self) -> u8 {
        self.protocol
    }

    /// The packet with its number.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Osi<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let next = match self.protocol {
            0xcc => Next::Decode(Protocol::EtherType(EtherType::Ipv4)),
            0x8e => Next::Decode(Protocol::EtherType(EtherType::Ipv6)),
            0xcf => Next::Decode(Protocol::Ppp),
            _ => Next::END,
        };
        (next, self.whole.skip(1))
    }
}

/// An address or an option: bytes behind a length of one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OsiReader<'a> {
    rest: Payload<'a>,
}

/// Why there is no address or option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OsiError {
    /// The header has no room for it.
    Short,
    /// It was not captured.
    Truncated,
}

impl<'a> OsiReader<'a> {
    /// Reads what is behind the fixed part of a header.
    pub fn new(rest: Payload<'a>) -> Self {
        Self { rest }
    }

    /// What has not been read.
    pub fn rest(&self) -> Payload<'a> {
        self.rest
    }

    /// The byte at this place, and steps over it.
    ///
    /// # Errors
    /// When there is no room for it, or it was not captured.
    pub fn byte(&mut self) -> Result<u8, OsiError> {
        self.take(1)?.get(0).ok_or(OsiError::Truncated)
    }

    /// So many bytes, and steps over them.
    ///
    /// # Errors
    /// When there is no room for them, or they were not captured.
    pub fn take(&mut self, len: u8) -> Result<Payload<'a>, OsiError> {
        if self.rest.claimed() < len.into() {
            return Err(OsiError::Short);
        }
        let taken = self.rest.with_claim(len.into());
        if taken.is_truncated() {
            return Err(OsiError::Truncated);
        }
        self.rest = self.rest.skip(len.into());
        Ok(taken)
    }

    /// The address at this place, and steps over it.
    ///
    /// # Errors
    /// When there is no room for it, or it was not captured.
    pub fn address(&mut self) -> Result<Payload<'a>, OsiError> {
        let len = self.byte()?;
        self.take(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_behind_their_lengths() {
        let bytes = [2, 0x49, 1, 1, 7, 3, 9];
        let mut reader = OsiReader::new(Payload::new(&bytes, 9));
        assert_eq!(reader.address().unwrap().bytes(), [0x49, 1]);
        assert_eq!(reader.address().unwrap().bytes(), [7]);
        assert_eq!(reader.address(), Err(OsiError::Truncated));
        assert_eq!(OsiReader::new(Payload::new(&bytes, 2)).address(), Err(OsiError::Short));
    }
}
