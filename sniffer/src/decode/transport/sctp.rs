//! SCTP, RFC 9260: the common header and its chunks.

use crate::decode::Payload;
use crate::decode::bytes::{Cursor, be16, be32};
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const SOURCE_PORT: usize = 0;
    pub(super) const DESTINATION_PORT: usize = 2;
    pub(super) const TAG: usize = 4;
    pub(super) const CHECKSUM: usize = 8;
}

/// Bytes of the common header.
const HEADER_LEN: usize = 12;
/// Bytes of type, flags and length of a chunk.
const CHUNK_HEADER_LEN: usize = 4;

/// An SCTP packet.
#[derive(Clone, Copy, Debug)]
pub struct Sctp<'a> {
    header: &'a [u8; HEADER_LEN],
    behind: Payload<'a>,
}

impl<'a> Sctp<'a> {
    /// Bytes of the common header.
    pub const HEADER_LEN: u32 = HEADER_LEN as u32;

    /// The packet at the start of `at`, if its common header was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, behind) = at.split()?;
        Some(Self { header, behind })
    }

    /// The sender's port.
    pub fn source_port(&self) -> u16 {
        be16(self.header, field::SOURCE_PORT)
    }

    /// The receiver's port.
    pub fn destination_port(&self) -> u16 {
        be16(self.header, field::DESTINATION_PORT)
    }

    /// The tag by which the receiver knows its association.
    pub fn tag(&self) -> u32 {
        be32(self.header, field::TAG)
    }

    /// The checksum as sent.
    pub fn checksum(&self) -> u32 {
        be32(self.header, field::CHECKSUM)
    }

    /// The chunks in their order, and what is wrong with the first that cannot be read.
    pub fn chunks(&self) -> SctpChunks<'a> {
        SctpChunks { rest: self.behind, padding: 0 }
    }
}

impl<'a> View<'a> for Sctp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.behind)
    }
}

/// A chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SctpChunk<'a> {
    /// Its type (<https://www.iana.org/assignments/sctp-parameters>).
    pub kind: u8,
    /// Its flags, which mean something else in each type.
    pub flags: u8,
    /// Its length with the four bytes in front of its value.
    pub length: u16,
    /// Its value.
    pub value: &'a [u8],
}

/// What the common types of chunks say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SctpBody<'a> {
    /// DATA.
    Data {
        /// The transmission sequence number.
        tsn: u32,
        /// The stream.
        stream: u16,
        /// The number within the stream.
        sequence: u16,
        /// What the data are for the application.
        protocol: u32,
        /// The data.
        payload: &'a [u8],
    },
    /// INIT or INIT ACK.
    Init {
        /// The tag that the sender wants to see.
        tag: u32,
        /// The window that it has for data.
        window: u32,
        /// The streams that it wants to send.
        outbound: u16,
        /// The streams that it can receive.
        inbound: u16,
        /// Its first transmission sequence number.
        tsn: u32,
    },
    /// SACK.
    Sack {
        /// The last number before the first gap.
        tsn: u32,
        /// The window that is left for data.
        window: u32,
        /// How many blocks there are behind gaps.
        gaps: u16,
        /// How many numbers came twice.
        duplicates: u16,
        /// The blocks, then the numbers, four bytes each.
        list: &'a [u8],
    },
    /// Any other.
    Other,
}

impl<'a> SctpChunk<'a> {
    /// A DATA chunk.
    pub const DATA: u8 = 0;
    /// An INIT chunk.
    pub const INIT: u8 = 1;
    /// An INIT ACK chunk.
    pub const INIT_ACK: u8 = 2;
    /// A SACK chunk.
    pub const SACK: u8 = 3;

    /// What the chunk says; `None` where it is too short for its type.
    pub fn body(&self) -> Option<SctpBody<'a>> {
        let mut value = Cursor::new(self.value);
        let mut number = |len| value.number(len);
        let body = match self.kind {
            Self::DATA => SctpBody::Data {
                tsn: number(4) as u32,
                stream: number(2) as u16,
                sequence: number(2) as u16,
                protocol: number(4) as u32,
                payload: value.rest(),
            },
            Self::INIT | Self::INIT_ACK => SctpBody::Init {
                tag: number(4) as u32,
                window: number(4) as u32,
                outbound: number(2) as u16,
                inbound: number(2) as u16,
                tsn: number(4) as u32,
            },
            Self::SACK => SctpBody::Sack {
                tsn: number(4) as u32,
                window: number(4) as u32,
                gaps: number(2) as u16,
                duplicates: number(2) as u16,
                list: value.rest(),
            },
            _ => SctpBody::Other,
        };
        (!value.is_short()).then_some(body)
    }
}

/// Why a chunk could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SctpError {
    /// It was not captured whole, or claims more than the packet has.
    Truncated,
    /// The packet ends inside type, flags and length.
    CutOff,
    /// Its length is less than that of type, flags and length.
    TooShort(u16),
    /// What is left of the packet has no room for the padding behind it.
    NoPadding(u16),
}

/// Chunks in the order of the wire. An error is the last item.
#[derive(Clone, Debug)]
pub struct SctpChunks<'a> {
    rest: Payload<'a>,
    padding: usize,
}

impl<'a> SctpChunks<'a> {
    fn chunk(&mut self) -> Result<SctpChunk<'a>, SctpError> {
        if self.rest.claimed() < CHUNK_HEADER_LEN as u32 {
            return Err(SctpError::CutOff);
        }
        let (&[kind, flags, high, low], _) =
            self.rest.split::<CHUNK_HEADER_LEN>().ok_or(SctpError::Truncated)?;
        let length = u16::from_be_bytes([high, low]);
        if usize::from(length) < CHUNK_HEADER_LEN {
            return Err(SctpError::TooShort(length));
        }
        self.padding = usize::from(length).next_multiple_of(4) - usize::from(length);
        if (self.rest.claimed() as usize) < self.padding {
            return Err(SctpError::NoPadding(length));
        }
        let value = self.rest.bytes().get(CHUNK_HEADER_LEN..length.into()).ok_or(SctpError::Truncated)?;
        self.rest = self.rest.skip(length.into());
        Ok(SctpChunk { kind, flags, length, value })
    }
}

impl<'a> Iterator for SctpChunks<'a> {
    type Item = Result<SctpChunk<'a>, SctpError>;

    fn next(&mut self) -> Option<Self::Item> {
        let padding = std::mem::take(&mut self.padding);
        let chunk = if self.rest.bytes().len() < padding {
            Err(SctpError::Truncated)
        } else {
            self.rest = self.rest.skip(padding);
            if self.rest.claimed() == 0 {
                return None;
            }
            self.chunk()
        };
        if chunk.is_err() {
            *self = Self { rest: Payload::EMPTY, padding: 0 };
        }
        Some(chunk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(bytes: &[u8], claimed: u32) -> Vec<Result<(u8, u16), SctpError>> {
        let packet = [&[0, 7, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8][..], bytes].concat();
        let sctp = Sctp::new(Payload::new(&packet, 12 + claimed)).unwrap();
        assert_eq!((sctp.source_port(), sctp.destination_port(), sctp.tag()), (7, 9, 0x0102_0304));
        sctp.chunks().map(|chunk| chunk.map(|chunk| (chunk.kind, chunk.length))).collect()
    }

    #[test]
    fn chunks_lie_at_multiples_of_four() {
        assert_eq!(
            chunks(&[11, 0, 0, 4, 6, 0, 0, 5, 1, 0, 0, 0, 14, 0, 0, 4], 16),
            [Ok((11, 4)), Ok((6, 5)), Ok((14, 4))]
        );
        assert_eq!(chunks(&[], 0), []);
    }

    #[test]
    fn the_first_bad_chunk_is_the_last() {
        assert_eq!(chunks(&[11, 0, 0, 4, 6], 5), [Ok((11, 4)), Err(SctpError::CutOff)]);
        assert_eq!(chunks(&[11, 0, 0, 3, 6, 0, 0, 4], 8), [Err(SctpError::TooShort(3))]);
        assert_eq!(chunks(&[11, 0, 0, 9, 6, 0, 0, 4], 8), [Err(SctpError::Truncated)]);
        assert_eq!(chunks(&[11, 0, 0, 5, 6], 5), [Ok((11, 5)), Err(SctpError::Truncated)]);
        assert_eq!(chunks(&[11, 0, 0, 8, 6], 8), [Err(SctpError::Truncated)]);
    }

    #[test]
    fn a_chunk_that_is_too_short_for_its_type_says_nothing() {
        let chunk = |kind, value| SctpChunk { kind, flags: 3, length: 0, value };
        assert_eq!(chunk(0, &[0; 11]).body(), None);
        assert_eq!(chunk(1, &[0; 15]).body(), None);
        assert_eq!(chunk(9, &[]).body(), Some(SctpBody::Other));
        assert!(matches!(chunk(3, &[9; 12]).body(), Some(SctpBody::Sack { gaps: 0x0909, list: [], .. })));
    }
}
