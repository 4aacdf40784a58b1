//! LISP, which keeps apart who somebody is and where (RFC 6833): messages that register places.

use crate::decode::Payload;
use crate::decode::message::{message, part};

message! {
    /// A control message of LISP.
    Lisp {
        /// The type in the upper four bits, flags, and the number of records in the lowest eight.
        head: u32 = 0,
        /// A number by which an answer is known.
        nonce: u64 = 4,
        /// How the message is authenticated.
        key: u16 = 12,
        /// Bytes of what proves who sent it.
        authentication_len: u16 = 14,
    }
}

part! {
    /// A record of a message: a network, which places follow.
    LispRecord {
        /// Seconds for which the record holds.
        ttl: u32 = 0,
        /// The number of places.
        locators: u8 = 4,
        /// Bits of the network's prefix.
        prefix_len: u8 = 5,
        /// What to do where there is no place, and whether the sender is responsible.
        action: u8 = 6,
        /// The version in the lower twelve bits.
        version: u16 = 8,
        /// The family of the network's address, which follows.
        family: u16 = 10,
    }
}

part! {
    /// A place of a network.
    LispLocator {
        /// Priority and weight, and the same for multicast.
        preferences: [u8; 4] = 0,
        /// Whether it is the sender itself, was probed, can be reached.
        flags: u16 = 4,
        /// The family of its address, which follows.
        family: u16 = 6,
    }
}

impl<'a> Lisp<'a> {
    /// Networks are registered.
    pub const MAP_REGISTER: u8 = 3;
    /// That is confirmed.
    pub const MAP_NOTIFY: u8 = 4;

    /// What the message is.
    pub fn kind(&self) -> Option<u8> {
        self.head().map(|head| (head >> 28) as u8)
    }

    /// The number of records.
    pub fn record_count(&self) -> Option<u8> {
        self.head().map(|head| head as u8)
    }

    /// Whether numbers of router and site are behind the records.
    pub fn has_site(&self) -> bool {
        match self.kind() {
            Some(Self::MAP_REGISTER) => self.head().is_some_and(|head| head & 0x0200_0000 != 0),
            Some(Self::MAP_NOTIFY) => self.head().is_some_and(|head| head & 0x0800_0000 != 0),
            _ => false,
        }
    }

    /// What proves who sent it, and behind that the records.
    pub fn body(&self) -> Payload<'a> {
        /// Bytes of the fields in front of it.
        const HEADER_LEN: usize = 16;
        self.whole().skip(HEADER_LEN)
    }
}

impl LispRecord<'_> {
    /// Bytes in front of the network's address.
    pub const LEN: usize = 12;
}

impl LispLocator<'_> {
    /// Bytes in front of the address.
    pub const LEN: usize = 8;
}
