//! DHCPv6, RFC 8415: a message's type, who relays it, and its options.

mod option;

pub use self::option::{Dhcpv6Authentication, Dhcpv6Identifier, Dhcpv6Value};

use std::net::Ipv6Addr;

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const TYPE: usize = 0;
    pub(super) const LINK: usize = 2;
    pub(super) const PEER: usize = 18;
}

/// Bytes of the header.
const HEADER_LEN: usize = 4;
/// Bytes of the header of a message that is relayed.
const RELAYED_HEADER_LEN: usize = 34;

/// A DHCPv6 message.
#[derive(Clone, Copy, Debug)]
pub struct Dhcpv6<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Dhcpv6<'a> {
    /// The option that says who the client is.
    pub const CLIENT_ID: u16 = 1;
    /// The option that says who the server is.
    pub const SERVER_ID: u16 = 2;

    /// The message at the start of `at`, if its header was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The type of message (<https://www.iana.org/assignments/dhcpv6-parameters>).
    pub fn kind(&self) -> u8 {
        self.header[field::TYPE]
    }

    /// The identifier that ties an answer to its question; 24 bits.
    pub fn transaction(&self) -> u32 {
        u32::from_be_bytes(*self.header) & 0x00ff_ffff
    }

    /// Whether a relay passes another message on in this one.
    pub fn is_relayed(&self) -> bool {
        matches!(self.kind(), 12 | 13)
    }

    /// Where the client is, by the relay's address there.
    pub fn link(&self) -> Option<Ipv6Addr> {
        self.whole.get(field::LINK)
    }

    /// From whom the relay has the message.
    pub fn peer(&self) -> Option<Ipv6Addr> {
        self.whole.get(field::PEER)
    }

    /// The options.
    pub fn options(&self) -> Payload<'a> {
        self.whole.skip(if self.is_relayed() { RELAYED_HEADER_LEN } else { HEADER_LEN })
    }

    /// The code and the data of the option at the start of `rest`, and steps over it.
    pub fn option(rest: &mut Payload<'a>) -> Option<(u16, Payload<'a>)> {
        let (code, len): (u16, u16) = (rest.read()?, rest.read()?);
        let data = rest.with_claim(len.into());
        *rest = rest.skip(len.into());
        Some((code, data))
    }

    /// The message from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Dhcpv6<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.options())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_follow_the_header_that_the_type_tells_of() {
        let bytes = [1, 0xab, 0xcd, 0xef, 0, 8, 0, 2, 0, 9, 0, 1];
        let message = Dhcpv6::new(Payload::new(&bytes, 12)).unwrap();
        assert_eq!((message.kind(), message.transaction(), message.is_relayed()), (1, 0x00ab_cdef, false));
        let mut rest = message.options();
        let (code, data) = Dhcpv6::option(&mut rest).unwrap();
        assert_eq!((code, data.bytes(), Dhcpv6::option(&mut rest)), (8, &[0, 9][..], None));
        let mut relayed = [0; 34];
        relayed[0] = 12;
        relayed[17] = 1;
        relayed[33] = 2;
        let message = Dhcpv6::new(Payload::new(&relayed, 34)).unwrap();
        assert_eq!(message.link(), Some(Ipv6Addr::LOCALHOST));
        assert_eq!((message.peer(), message.options().claimed()), (Some(Ipv6Addr::from_bits(2)), 0));
    }
}
