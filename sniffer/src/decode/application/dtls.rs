//! DTLS records, RFC 6347 section 4.1, of which the two hellos are looked into. Knows no key.

use super::tls::{HANDSHAKE, MAX_LEN};
use crate::decode::bytes::{be16, be32};
use crate::decode::walk::{Next, View};
use crate::decode::{Payload, TlsHello};

/// Offsets of the fields.
mod field {
    pub(super) const CONTENT_TYPE: usize = 0;
    pub(super) const VERSION: usize = 1;
    pub(super) const EPOCH: usize = 3;
    pub(super) const SEQUENCE: usize = 5;
    pub(super) const LENGTH: usize = 11;
}

/// Bytes of the header of a record.
const HEADER_LEN: usize = 13;

/// The first DTLS record of a datagram.
#[derive(Clone, Copy, Debug)]
pub struct Dtls<'a> {
    header: &'a [u8; HEADER_LEN],
    behind: Payload<'a>,
}

impl<'a> Dtls<'a> {
    /// Whether bytes begin as a record does: a content type of DTLS, and its version 1.0 or 1.2, which 1.3 claims as well.
    #[inline]
    pub(super) fn is_record(bytes: &[u8]) -> bool {
        match bytes.first_chunk::<HEADER_LEN>() {
            Some(header @ [20..=25, 0xfe, 0xfd | 0xff, ..]) => be16(header, field::LENGTH) <= MAX_LEN,
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

    /// The version of the record: 0xfeff is 1.0, 0xfefd 1.2.
    pub fn version(&self) -> u16 {
        be16(self.header, field::VERSION)
    }

    /// How often keys have changed; in epoch 0 nothing is encrypted.
    pub fn epoch(&self) -> u16 {
        be16(self.header, field::EPOCH)
    }

    /// The record's number in its epoch, 48 bits.
    pub fn sequence(&self) -> u64 {
        let high = be16(self.header, field::SEQUENCE);
        u64::from(high) << 32 | u64::from(be32(self.header, field::SEQUENCE + 2))
    }

    /// Bytes of the record behind its header.
    pub fn length(&self) -> u16 {
        be16(self.header, field::LENGTH)
    }

    /// The hello that the record begins with, or the first part of one.
    pub fn hello(&self) -> Option<TlsHello<'a>> {
        let content = self.behind.with_claim(self.length().into());
        let is_hello = self.content_type() == HANDSHAKE && self.epoch() == 0;
        if is_hello { TlsHello::of_datagram(content.bytes()) } else { None }
    }
}

impl<'a> View<'a> for Dtls<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_told_from_other_bytes() {
        let check = |change: (usize, u8), expected| {
            let mut bytes = [22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 7, 0, 1, 1];
            bytes[change.0] = change.1;
            assert_eq!(Dtls::is_record(&bytes), expected, "{bytes:?}");
        };
        check((0, 22), true);
        check((2, 0xff), true);
        check((0, 26), false);
        check((1, 3), false);
        check((11, 0x49), false);
        assert!(!Dtls::is_record(&[22, 0xfe, 0xfd, 0, 0]));
    }

    #[test]
    fn a_hello_has_a_cookie_and_may_be_a_fragment() {
        let body = [&[0xfe, 0xfd][..], &[7; 32], &[0, 2, 9, 9, 0, 2, 0xc0, 0x2b, 1, 0]].concat();
        let hello = |fragment: &[u8], at: u8| {
            let (len, part) = (body.len() as u8, fragment.len() as u8);
            let message = [&[1, 0, 0, len, 0, 0, 0, 0, at, 0, 0, part][..], fragment].concat();
            let record =
                [&[22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 7, 0][..], &[message.len() as u8], &message].concat();
            let dtls = Dtls::new(Payload::new(&record, record.len() as u32)).unwrap();
            assert_eq!((dtls.epoch(), dtls.sequence()), (0, 7));
            dtls.hello().map(|hello| (hello.is_complete(), hello.cipher_suites().collect::<Vec<_>>()))
        };
        assert_eq!(hello(&body, 0), Some((true, vec![0xc02b])));
        assert_eq!(hello(&body[..42], 0), Some((false, vec![0xc02b])));
        assert_eq!(hello(&body[42..], 42), None);
    }
}
