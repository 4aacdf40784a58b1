//! The mobility header of IPv6, RFC 6275.

use std::net::Ipv6Addr;

use crate::decode::message::message;

message! {
    /// A mobility header.
    Mobility {
        /// What follows; nothing does.
        next_header: u8 = 0,
        /// Bytes of the header in units of eight, without the first unit.
        length: u8 = 1,
        /// What the message is.
        kind: u8 = 2,
        /// The checksum.
        checksum: u16 = 4,
        /// A number of the kind's own: an index of a nonce, a sequence number, or a status in the upper byte.
        number: u16 = 6,
        /// Who somebody was thought to be, in an error.
        home: Ipv6Addr = 8,
    }
}

impl Mobility<'_> {
    /// Bytes of the fixed fields.
    pub const HEADER_LEN: usize = 8;

    /// Bytes of the header with its options, as it claims.
    pub fn header_len(&self) -> Option<usize> {
        self.length().map(|units| (usize::from(units) + 1) * 8)
    }
}
