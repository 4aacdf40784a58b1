//! The long header of QUIC, RFC 9000 section 17.2 and RFC 9369. What it protects is in `quic_initial.rs`.

use super::quic_initial::{self, QuicCrypto};
use crate::decode::Payload;
use crate::decode::bytes::Cursor;
use crate::decode::walk::{Next, View};

/// Bytes in front of the connection identifiers: the first byte and the version.
const VERSION_END: usize = 5;
/// The longest connection identifier of these versions.
const MAX_CONNECTION_ID: u8 = 20;

/// The versions whose packets are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuicVersion {
    /// RFC 9000.
    V1,
    /// RFC 9369.
    V2,
}

impl QuicVersion {
    fn new(number: u32) -> Option<Self> {
        match number {
            1 => Some(Self::V1),
            0x6b33_43cf => Some(Self::V2),
            _ => None,
        }
    }
}

/// What a packet with a long header is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuicType {
    /// The first packets, under keys that everyone can derive.
    Initial,
    /// Data before the handshake.
    ZeroRtt,
    /// The rest of the handshake.
    Handshake,
    /// The server wants to see the client's address confirmed.
    Retry,
}

/// The first packet of a datagram.
#[derive(Clone, Copy, Debug)]
pub struct Quic<'a> {
    whole: Payload<'a>,
}

/// What follows the version.
struct Connections<'a> {
    destination: &'a [u8],
    source: &'a [u8],
    behind: Cursor<'a>,
}

impl<'a> Quic<'a> {
    /// Whether bytes begin with a long header of a version that is understood.
    #[inline]
    pub(super) fn is_long_header(bytes: &[u8]) -> bool {
        match *bytes {
            [0xc0..=0xff, a, b, c, d, len, ..] => {
                QuicVersion::new(u32::from_be_bytes([a, b, c, d])).is_some() && len <= MAX_CONNECTION_ID
            }
            _ => false,
        }
    }

    /// The packet at the start of `at`, if its connection identifiers were captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let quic = Self { whole: at };
        (Self::is_long_header(at.bytes()) && !quic.connections().behind.is_short()).then_some(quic)
    }

    fn connections(&self) -> Connections<'a> {
        let mut behind = Cursor::new(self.whole.bytes());
        behind.take(VERSION_END);
        let (destination, source) = (behind.vector(1), behind.vector(1));
        Connections { destination, source, behind }
    }

    /// The number of the version.
    pub fn version_number(&self) -> u32 {
        let mut cursor = Cursor::new(self.whole.bytes());
        cursor.take(1);
        cursor.number(4) as u32
    }

    /// The version.
    pub fn version(&self) -> QuicVersion {
        QuicVersion::new(self.version_number()).unwrap_or(QuicVersion::V1)
    }

    /// What the packet is for; the two versions count differently.
    pub fn kind(&self) -> QuicType {
        use QuicType::{Handshake, Initial, Retry, ZeroRtt};
        let bits = self.whole.bytes().first().map_or(0, |first| first >> 4 & 3);
        let types = match self.version() {
            QuicVersion::V1 => [Initial, ZeroRtt, Handshake, Retry],
            QuicVersion::V2 => [Retry, Initial, ZeroRtt, Handshake],
        };
        types[usize::from(bits)]
    }

    /// The connection as the receiver calls it.
    pub fn destination(&self) -> &'a [u8] {
        self.connections().destination
    }

    /// The connection as the sender calls it.
    pub fn source(&self) -> &'a [u8] {
        self.connections().source
    }

    /// The token of an Initial packet and the length that follows, as far as they were captured.
    fn token_and_length(&self) -> Option<(&'a [u8], u64, Cursor<'a>)> {
        let mut cursor = self.connections().behind;
        let mut token: &[u8] = &[];
        match self.kind() {
            QuicType::Initial => {
                let len = variable(&mut cursor);
                token = cursor.take(usize::try_from(len).ok()?);
            }
            QuicType::ZeroRtt | QuicType::Handshake => {}
            QuicType::Retry => return None,
        }
        let length = variable(&mut cursor);
        (!cursor.is_short()).then_some((token, length, cursor))
    }

    /// The token that a server has given to the client before.
    pub fn token(&self) -> Option<&'a [u8]> {
        self.token_and_length().map(|(token, ..)| token)
    }

    /// Bytes of packet number and payload; there is none in a Retry packet.
    pub fn length(&self) -> Option<u64> {
        self.token_and_length().map(|(_, length, _)| length)
    }

    /// What the client's first Initial packet says: its keys derive from a connection identifier in it, those of all others
    /// from one that only this packet has had. Takes some microseconds, and nothing but what the packet holds.
    pub fn crypto(&self) -> Option<QuicCrypto> {
        if self.kind() != QuicType::Initial {
            return None;
        }
        let (_, length, behind) = self.token_and_length()?;
        let number_at = self.whole.bytes().len() - behind.rest().len();
        let end = number_at.checked_add(usize::try_from(length).ok()?)?;
        quic_initial::open(self.version(), self.destination(), self.whole.bytes().get(..end)?, number_at)
    }
}

impl<'a> View<'a> for Quic<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(self.whole.bytes().len() - self.connections().behind.rest().len()))
    }
}

/// The next number in an encoding that gives its own length in two bits (RFC 9000 section 16).
pub(super) fn variable(cursor: &mut Cursor<'_>) -> u64 {
    let len = 1 << cursor.rest().first().map_or(0, |first| first >> 6);
    cursor.number(len) & (u64::MAX >> (66 - 8 * len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_give_their_own_length() {
        let check = |bytes: &[u8], expected| {
            let mut cursor = Cursor::new(bytes);
            assert_eq!((variable(&mut cursor), cursor.is_short(), cursor.rest().len()), expected);
        };
        // The examples of RFC 9000 appendix A.1.
        check(&[0xc2, 0x19, 0x7c, 0x5e, 0xff, 0x14, 0xe8, 0x8c], (151_288_809_941_952_652, false, 0));
        check(&[0x9d, 0x7f, 0x3e, 0x7d], (494_878_333, false, 0));
        check(&[0x7b, 0xbd], (15_293, false, 0));
        check(&[0x25, 9], (37, false, 1));
        check(&[0x7b], (0, true, 0));
        check(&[], (0, true, 0));
    }

    #[test]
    fn headers_of_both_versions_are_read() {
        let v1 = [0xe5, 0, 0, 0, 1, 2, 7, 8, 1, 9, 0x41, 0, 1];
        let quic = Quic::new(Payload::new(&v1, 13)).unwrap();
        assert_eq!(
            (quic.version(), quic.kind(), quic.length()),
            (QuicVersion::V1, QuicType::Handshake, Some(256))
        );
        assert_eq!((quic.destination(), quic.source()), (&[7, 8][..], &[9][..]));
        assert!(quic.crypto().is_none());
        let v2 = [0xd0, 0x6b, 0x33, 0x43, 0xcf, 0, 0, 1, 5, 2, 1, 2];
        let quic = Quic::new(Payload::new(&v2, 12)).unwrap();
        assert_eq!((quic.kind(), quic.token(), quic.length()), (QuicType::Initial, Some(&[5][..]), Some(2)));
        assert!(quic.crypto().is_none());
        assert!(Quic::new(Payload::new(&v1[..8], 13)).is_none());
        assert!(!Quic::is_long_header(&[0xc0, 0, 0, 0, 1, 21]));
        assert!(!Quic::is_long_header(&[0x80, 0, 0, 0, 1, 2]));
    }
}
