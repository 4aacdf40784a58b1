//! PPP over Ethernet, RFC 2516: discovery and session, and the PPP protocol number of a session.

use crate::decode::bytes::be16;
use crate::decode::walk::{Next, View};
use crate::decode::{Payload, Protocol};

/// Offsets of the fields.
mod field {
    pub(super) const CODE: usize = 1;
    pub(super) const SESSION: usize = 2;
    pub(super) const LENGTH: usize = 4;
}

/// Bytes of the header.
const HEADER_LEN: usize = 6;
/// The code of session data.
const CODE_SESSION: u8 = 0;

/// A PPPoE header.
#[derive(Clone, Copy, Debug)]
pub struct Pppoe<'a> {
    header: &'a [u8; HEADER_LEN],
    behind: Payload<'a>,
}

impl<'a> Pppoe<'a> {
    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, behind) = at.split()?;
        Some(Self { header, behind })
    }

    /// What is said: 0 session data, 9 initiation, 7 offer, 0x19 request, 0x65 confirmation, 0xa7 termination.
    pub fn code(&self) -> u8 {
        self.header[field::CODE]
    }

    /// The session.
    pub fn session(&self) -> u16 {
        be16(self.header, field::SESSION)
    }

    /// Bytes behind the header, as it claims.
    pub fn length(&self) -> u16 {
        be16(self.header, field::LENGTH)
    }

    /// What is behind the header: the smaller of its claim and the room in the frame.
    pub fn payload(&self) -> Payload<'a> {
        self.behind.with_claim(self.behind.claimed().min(self.length().into()))
    }

    /// The PPP protocol of session data.
    pub fn ppp_protocol(&self) -> Option<u16> {
        if self.code() != CODE_SESSION {
            return None;
        }
        self.payload().bytes().first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
    }
}

/// A tag of the discovery stage, RFC 2516 section 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PppoeTag<'a> {
    /// Its type.
    pub kind: u16,
    /// Its value; nothing where it was not captured whole, behind which there are no more.
    pub value: Option<&'a [u8]>,
}

impl PppoeTag<'_> {
    /// The tag that ends the list.
    pub const END: u16 = 0x0000;
    /// The service that is asked for or offered.
    pub const SERVICE: u16 = 0x0101;
    /// The name of the access concentrator.
    pub const CONCENTRATOR: u16 = 0x0102;
}

impl<'a> Pppoe<'a> {
    /// The tags of the discovery stage, up to the one that ends the list.
    pub fn tags(&self) -> impl Iterator<Item = PppoeTag<'a>> + use<'a> {
        let mut rest = self.payload();
        std::iter::from_fn(move || {
            let (kind, len): (u16, u16) = (rest.read()?, rest.read()?);
            let value = rest.bytes().get(..len.into());
            rest =
                if value.is_none() || kind == PppoeTag::END { Payload::EMPTY } else { rest.skip(len.into()) };
            Some(PppoeTag { kind, value })
        })
    }
}

impl<'a> View<'a> for Pppoe<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        if self.code() == CODE_SESSION {
            (Next::Decode(Protocol::Ppp), self.payload())
        } else {
            (Next::END, self.payload())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn session_data_begins_with_the_ppp_protocol() {
        let bytes = [0x11, 0, 0, 0x17, 0, 3, 0x00, 0x21, 0x45, 0, 0];
        let pppoe = Pppoe::new(Payload::new(&bytes, 11)).unwrap();
        assert_eq!((pppoe.code(), pppoe.session(), pppoe.length()), (0, 0x17, 3));
        let (next, payload) = pppoe.next();
        assert!(matches!(next, Next::Decode(Protocol::Ppp)));
        assert_eq!(payload.bytes(), [0x00, 0x21, 0x45]);
    }

    #[test]
    fn tags_end_with_the_list_and_where_one_is_cut() {
        let tags = |bytes: &[u8]| {
            let header = [0x11, 9, 0, 0, 0, bytes.len() as u8];
            let whole = [&header[..], bytes].concat();
            let pppoe = Pppoe::new(Payload::new(&whole, whole.len() as u32)).unwrap();
            pppoe.tags().map(|tag| (tag.kind, tag.value.map(<[u8]>::to_vec))).collect::<Vec<_>>()
        };
        let name = (PppoeTag::CONCENTRATOR, Some(b"ac".to_vec()));
        assert_eq!(
            tags(&[1, 2, 0, 2, b'a', b'c', 0, 0, 0, 0, 1]),
            [name.clone(), (PppoeTag::END, Some(vec![]))]
        );
        assert_eq!(tags(&[1, 2, 0, 2, b'a', b'c', 1, 1, 0, 3, 9]), [name, (PppoeTag::SERVICE, None)]);
    }
}
