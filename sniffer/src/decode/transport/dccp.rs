//! DCCP, RFC 4340: datagrams under congestion control.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A packet of DCCP.
    Dccp {
        /// The sender's port.
        source_port: u16 = 0,
        /// The receiver's port.
        destination_port: u16 = 2,
        /// Words of 32 bits to the data.
        data_offset: u8 = 4,
        /// A value of the congestion control in the upper half, the coverage of the checksum in the lower.
        control: u8 = 5,
        /// The checksum.
        checksum: u16 = 6,
        /// The kind of packet, and in the lowest bit whether sequence numbers are long.
        form: u8 = 8,
    }
}

impl<'a> Dccp<'a> {
    /// The kind that asks for a connection.
    pub const REQUEST: u8 = 0;
    /// The kind that grants one.
    pub const RESPONSE: u8 = 1;
    /// The kind that is data alone.
    pub const DATA: u8 = 2;
    /// The kind that ends a connection at once.
    pub const RESET: u8 = 7;
    /// Bytes of the header that each packet has, with short sequence numbers.
    pub const SHORT_LEN: usize = 12;

    /// The kind of packet.
    pub fn kind(&self) -> Option<u8> {
        self.form().map(|form| form >> 1 & 0x0f)
    }

    /// Bytes of the header that each packet has: longer with long sequence numbers.
    pub fn generic_len(&self) -> Option<usize> {
        self.form().map(|form| if form & 1 == 0 { Self::SHORT_LEN } else { 16 })
    }

    /// Bytes of generic header and what this kind has behind it.
    pub fn fixed_len(&self) -> Option<usize> {
        let more = match self.kind()? {
            Self::REQUEST => 4,
            Self::RESPONSE | Self::RESET => 12,
            3..=9 => 8,
            _ => 0,
        };
        Some(self.generic_len()? + more)
    }

    /// How many bytes the checksum covers.
    pub fn coverage(&self) -> Option<u32> {
        let (claimed, coverage) = (self.whole().claimed(), self.control()? & 0x0f);
        let words = u32::from(self.data_offset()?) + u32::from(coverage).saturating_sub(1);
        Some(if coverage == 0 { claimed } else { claimed.min(words * 4) })
    }

    /// The packet's number.
    pub fn sequence(&self) -> Option<u64> {
        match self.generic_len()? {
            Self::SHORT_LEN => self.number_24(9),
            _ => self.number_48(10),
        }
    }

    /// The number of the packet that is acknowledged, in the kinds that do.
    pub fn acknowledgement(&self) -> Option<u64> {
        match (self.kind()?, self.generic_len()?) {
            (Self::DATA | Self::REQUEST, _) => None,
            (_, Self::SHORT_LEN) => self.number_24(Self::SHORT_LEN + 1),
            (_, long) => self.number_48(long + 2),
        }
    }

    /// What somebody wants to connect to, in requests and responses.
    pub fn service(&self) -> Option<u32> {
        match self.kind()? {
            Self::REQUEST => self.whole().get(self.generic_len()?),
            Self::RESPONSE => self.whole().get(self.generic_len()? + 8),
            _ => None,
        }
    }

    /// Why a connection ends at once.
    pub fn reset_code(&self) -> Option<u8> {
        let at = self.generic_len()? + 8;
        (self.kind()? == Self::RESET).then(|| self.whole().get(at))?
    }

    /// The options behind what this kind has, as far as the header goes.
    pub fn options(&self) -> Option<Payload<'a>> {
        let fixed_len = self.fixed_len()?;
        let len = (usize::from(self.data_offset()?) * 4).saturating_sub(fixed_len);
        Some(self.whole().skip(fixed_len).with_claim(len as u32))
    }

    fn number_24(&self, at: usize) -> Option<u64> {
        self.whole().get(at).map(|[a, b, c]: [u8; 3]| u32::from_be_bytes([0, a, b, c]).into())
    }

    fn number_48(&self, at: usize) -> Option<u64> {
        let (high, low): (u16, u32) = (self.whole().get(at)?, self.whole().get(at + 2)?);
        Some(u64::from(high) << 32 | u64::from(low))
    }
}

/// An option of DCCP.
#[derive(Clone, Copy, Debug)]
pub struct DccpOption<'a> {
    /// What it is.
    pub kind: u8,
    /// What is in it, all of it captured.
    pub value: Payload<'a>,
}

/// Why an option cannot be read, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DccpOptionError {
    /// Its kind or its length was not captured.
    HeadCut,
    /// Not all that is in it was captured.
    ValueCut,
    /// It claims less than its own head.
    TooShort(u8),
    /// It goes beyond the header of the packet.
    TooLong(u8),
}

impl<'a> DccpOption<'a> {
    /// Options below this are their kind alone.
    const FIRST_WITH_LENGTH: u8 = 32;

    /// The option at the start of `rest`, which then begins behind it.
    ///
    /// # Errors
    /// Where it was not captured whole, or its length is wrong.
    pub fn next(rest: &mut Payload<'a>) -> Result<Self, DccpOptionError> {
        let kind = rest.get(0).ok_or(DccpOptionError::HeadCut)?;
        let (head, len) = match kind {
            0..Self::FIRST_WITH_LENGTH => (1, 1),
            _ if rest.claimed() < 2 => return Err(DccpOptionError::TooLong(kind)),
            _ => (2, rest.get::<u8>(1).ok_or(DccpOptionError::HeadCut)?.into()),
        };
        if len < head {
            return Err(DccpOptionError::TooShort(kind));
        }
        if len > rest.claimed() {
            return Err(DccpOptionError::TooLong(kind));
        }
        let value = rest.with_claim(len).skip(head as usize);
        value.all_captured().ok_or(DccpOptionError::ValueCut)?;
        *rest = rest.skip(len as usize);
        Ok(Self { kind, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sequence_numbers_move_everything_behind_them() {
        let bytes =
            [0, 1, 0, 2, 7, 0x10, 0, 0, 0x0f, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 8, 1, 0, 0, 0];
        let dccp = Dccp::new(Payload::new(&bytes, 28));
        assert_eq!(
            (dccp.kind(), dccp.generic_len(), dccp.fixed_len()),
            (Some(Dccp::RESET), Some(16), Some(28))
        );
        assert_eq!((dccp.sequence(), dccp.acknowledgement(), dccp.reset_code()), (Some(9), Some(8), Some(1)));
        let bytes = [0, 1, 0, 2, 4, 2, 0, 0, 0x00, 0, 0, 9, 0, 0, 0, 42, 1, 1, 1, 1];
        let dccp = Dccp::new(Payload::new(&bytes, 20));
        assert_eq!((dccp.sequence(), dccp.acknowledgement(), dccp.service()), (Some(9), None, Some(42)));
        assert_eq!(dccp.coverage(), Some(20));
    }
}
