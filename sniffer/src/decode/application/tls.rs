//! TLS records, RFC 8446 section 5.1, of which the two hellos are looked into. Knows no key.

use crate::decode::bytes::be16;
use crate::decode::walk::{Next, View};
use crate::decode::{Payload, TlsHello};

/// Offsets of the fields.
mod field {
    pub(super) const CONTENT_TYPE: usize = 0;
    pub(super) const VERSION: usize = 1;
    pub(super) const LENGTH: usize = 3;
}

/// Bytes of the header of a record.
const HEADER_LEN: usize = 5;
/// The content type of handshake messages, in datagrams too.
pub(super) const HANDSHAKE: u8 = 22;
/// The longest record: 2^14 bytes, and what encryption may add (RFC 5246 section 6.2.3).
pub(super) const MAX_LEN: u16 = (1 << 14) + 2048;

/// The first TLS record of a segment.
#[derive(Clone, Copy, Debug)]
pub struct Tls<'a> {
    header: &'a [u8; HEADER_LEN],
    behind: Payload<'a>,
}

impl<'a> Tls<'a> {
    /// Whether bytes begin as a record does: a content type of TLS, and a version from SSL 3.0 to TLS 1.3.
    #[inline]
    pub(super) fn is_record(bytes: &[u8]) -> bool {
        match *bytes {
            [20..=23, 3, 0..=4, high, low, ..] => u16::from_be_bytes([high, low]) <= MAX_LEN,
            _ => false,
        }
    }

    /// The record at the start of `at`, if its header was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, behind) = at.split()?;
        Some(Self { header, behind })
    }

    /// What the record holds: 20 change of cipher, 21 alert, 22 handshake, 23 data.
    pub fn content_type(&self) -> u8 {
        self.header[field::CONTENT_TYPE]
    }

    /// The version of the record, which is no longer the one that is spoken.
    pub fn version(&self) -> u16 {
        be16(self.header, field::VERSION)
    }

    /// Bytes of the record behind its header.
    pub fn length(&self) -> u16 {
        be16(self.header, field::LENGTH)
    }

    /// The record behind its header, as far as it is in this segment.
    pub fn content(&self) -> Payload<'a> {
        self.behind.with_claim(self.length().into())
    }

    /// The hello that the record begins with.
    pub fn hello(&self) -> Option<TlsHello<'a>> {
        if self.content_type() == HANDSHAKE { TlsHello::new(self.content().bytes()) } else { None }
    }
}

impl<'a> View<'a> for Tls<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_told_from_other_bytes() {
        let check = |bytes: &[u8], expected| assert_eq!(Tls::is_record(bytes), expected, "{bytes:?}");
        check(&[22, 3, 1, 2, 0, 1], true);
        check(&[23, 3, 3, 0x48, 0], true);
        check(&[23, 3, 3, 0x48, 1], false);
        check(&[19, 3, 1, 2, 0], false);
        check(&[22, 2, 1, 2, 0], false);
        check(&[22, 3, 1, 2], false);
        check(b"GET / HTTP/1.1", false);
    }

    #[test]
    fn a_record_ends_with_its_length() {
        let tls = Tls::new(Payload::new(&[21, 3, 3, 0, 2, 1, 0, 9], 8)).unwrap();
        assert_eq!((tls.content_type(), tls.version(), tls.content().bytes()), (21, 0x303, &[1, 0][..]));
        assert!(tls.hello().is_none());
    }
}
