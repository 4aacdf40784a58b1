//! RTP: RFC 3550, and the draft before it, which was version 1.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A packet of RTP.
    Rtp {
        /// Version, flags and the number of sources that were mixed.
        first: u8 = 0,
        /// Marker and type of the payload.
        second: u8 = 1,
        /// The number of the packet.
        sequence: u16 = 2,
        /// When what it holds was taken, in units of the payload's type.
        timestamp: u32 = 4,
        /// The stream; of the draft it is what follows the header.
        source: u32 = 8,
    }
}

/// Why what is behind a header cannot be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RtpFault {
    /// The options of the draft.
    Options,
    /// The extension of the header.
    Extension,
}

impl<'a> Rtp<'a> {
    /// Bytes of the draft's header.
    pub const DRAFT_HEADER_LEN: u32 = 8;
    /// Bytes of the header without sources that were mixed.
    pub const HEADER_LEN: u32 = 12;

    /// The version.
    pub fn version(&self) -> Option<u8> {
        self.first().map(|first| first >> 6)
    }

    /// Whether this is the draft's form.
    pub fn is_draft(&self) -> bool {
        self.version() == Some(1)
    }

    /// Bytes of the header without sources that were mixed.
    pub fn header_len(&self) -> u32 {
        if self.is_draft() { Self::DRAFT_HEADER_LEN } else { Self::HEADER_LEN }
    }

    /// The type of the payload.
    pub fn payload_type(&self) -> Option<u8> {
        self.second().map(|second| second & if self.is_draft() { 0x3f } else { 0x7f })
    }

    /// What the type makes of it: most often the end of a picture, or the start of talk.
    pub fn marker(&self) -> Option<bool> {
        self.second().map(|second| second & if self.is_draft() { 0x40 } else { 0x80 } != 0)
    }

    /// Whether options or an extension are behind the header.
    pub fn is_extended(&self) -> Option<bool> {
        Some(if self.is_draft() { self.second()? & 0x80 } else { self.first()? & 0x10 } != 0)
    }

    /// How many sources were mixed.
    pub fn mixed(&self) -> Option<u8> {
        self.first().filter(|_| !self.is_draft()).map(|first| first & 0x0f)
    }

    /// What is behind the header, options and extension; nothing where that was not captured.
    pub fn content(&self) -> Option<Result<Payload<'a>, RtpFault>> {
        let rest = self.whole().skip(self.header_len() as usize);
        match (self.is_extended()?, self.is_draft()) {
            (false, _) => Some(Ok(rest)),
            (true, true) => behind_options(rest),
            (true, false) => behind_extension(rest.skip(usize::from(self.mixed()?) * 4)),
        }
    }
}

/// Options have their number of words in the second byte, and the last one is marked.
fn behind_options(mut rest: Payload<'_>) -> Option<Result<Payload<'_>, RtpFault>> {
    loop {
        let (kind, words): (u8, u8) = (rest.get(0)?, rest.get(1)?);
        let len = u32::from(words) * 4;
        if len == 0 || len > rest.claimed() {
            return Some(Err(RtpFault::Options));
        }
        rest = rest.skip(len as usize);
        if kind & 0x80 != 0 {
            return Some(Ok(rest));
        }
    }
}

fn behind_extension(rest: Payload<'_>) -> Option<Result<Payload<'_>, RtpFault>> {
    let len = (u32::from(rest.get::<u16>(2)?) + 1) * 4;
    let is_there = len <= rest.claimed();
    Some(if is_there { Ok(rest.skip(len as usize)) } else { Err(RtpFault::Extension) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(bytes: &[u8]) -> Option<Result<&[u8], RtpFault>> {
        let rtp = Rtp::new(Payload::new(bytes, bytes.len() as u32));
        rtp.content().map(|content| content.map(Payload::bytes))
    }

    #[test]
    fn content_is_behind_sources_and_extension() {
        let head = |first: u8| [first, 0xe0, 0, 7, 0, 0, 0, 9, 1, 2, 3, 4];
        let plain = head(0x80);
        let rtp = Rtp::new(Payload::new(&plain, 12));
        assert_eq!((rtp.payload_type(), rtp.marker(), rtp.sequence()), (Some(0x60), Some(true), Some(7)));
        assert_eq!(content(&[&head(0x80)[..], b"ab"].concat()), Some(Ok(&b"ab"[..])));
        let extended = [&head(0x91)[..], b"\0\0\0\x05\xab\xcd\0\x01exteab"].concat();
        assert_eq!(content(&extended), Some(Ok(&b"ab"[..])));
        assert_eq!(content(&extended[..20]), Some(Err(RtpFault::Extension)));
        assert_eq!(content(&extended[..18]), None);
    }

    #[test]
    fn options_of_the_draft_end_with_a_marked_one() {
        let head = [0x40, 0xc3, 0, 7, 0, 0, 0, 9];
        let options = b"\0\x02\0\0\0\0\0\0\x80\x01\0\0ab";
        assert_eq!(content(&[&head[..], options].concat()), Some(Ok(&b"ab"[..])));
        assert_eq!(content(&[&head[..], b"\0\0\0\0"].concat()), Some(Err(RtpFault::Options)));
    }
}
