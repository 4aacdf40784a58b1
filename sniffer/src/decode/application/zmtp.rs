//! ZMTP/1.0, by which `ZeroMQ` carries messages in frames.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// The frames of a segment that begins with one.
    Zmtp {
        /// The length of the first frame, or 255 where that has eight bytes.
        first: u8 = 0,
    }
}

/// A frame, as far as it was captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZmtpFrame<'a> {
    /// Whether its length has eight bytes.
    pub is_long: bool,
    /// Bytes of flags and body.
    pub len: Option<u64>,
    /// The flags; the lowest bit says that the message goes on in the next frame.
    pub flags: Option<u8>,
    /// Flags and body, as far as they were captured, and what follows where they are longer.
    behind: &'a [u8],
}

impl<'a> ZmtpFrame<'a> {
    fn read(rest: &mut Payload<'a>) -> Option<Self> {
        /// The first byte of a long length.
        const LONG: u8 = 255;
        let first: u8 = rest.read()?;
        let is_long = first == LONG;
        let len = if is_long { rest.read() } else { Some(first.into()) };
        let mut frame = Self { is_long, len, flags: None, behind: &[] };
        if len != Some(0) {
            frame.flags = rest.get(0).filter(|_| len.is_some());
            frame.behind = rest.bytes();
        }
        let taken = len.unwrap_or(u64::MAX);
        *rest = if frame.is_truncated() { Payload::EMPTY } else { rest.skip(taken as usize) };
        Some(frame)
    }

    /// Bytes of flags and body that were captured.
    pub fn captured(&self) -> usize {
        self.len.map_or(0, |len| self.behind.len().min(usize::try_from(len).unwrap_or(usize::MAX)))
    }

    /// The body, as far as it was captured.
    pub fn body(&self) -> &'a [u8] {
        self.behind[..self.captured()].get(1..).unwrap_or_default()
    }

    /// Whether not all of it was captured.
    pub fn is_truncated(&self) -> bool {
        self.len.is_none_or(|len| (self.captured() as u64) < len)
    }
}

impl<'a> Zmtp<'a> {
    /// The frames. The last one may be cut.
    pub fn frames(&self) -> impl Iterator<Item = ZmtpFrame<'a>> + use<'a> {
        let mut rest = self.whole();
        std::iter::from_fn(move || ZmtpFrame::read(&mut rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_follow_one_another() {
        let bytes = b"\x05\x01hell\0\xff\0\0\0\0\0\0\0\x02\0a\x09\0b";
        let zmtp = Zmtp::new(Payload::new(bytes, bytes.len() as u32));
        let frames: Vec<_> = zmtp.frames().collect();
        let bodies: Vec<_> =
            frames.iter().map(|frame| (frame.len, frame.body(), frame.is_truncated())).collect();
        assert_eq!(bodies[0], (Some(5), &b"hell"[..], false));
        assert_eq!(bodies[1], (Some(0), &b""[..], false));
        assert_eq!(bodies[2], (Some(2), &b"a"[..], false));
        assert_eq!(bodies[3], (Some(9), &b"b"[..], true));
        assert_eq!(bodies.len(), 4);
    }
}
