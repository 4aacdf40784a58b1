//! The label distribution protocol, RFC 5036: data units that hold messages of elements.

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::message::{message, part};

message! {
    /// A protocol data unit of the label distribution protocol; others may follow.
    Ldp {
        /// The version, 1.
        version: u16 = 0,
        /// Bytes behind this field.
        length: u16 = 2,
        /// The router.
        router: Ipv4Addr = 4,
        /// Which of the router's spaces of labels.
        label_space: u16 = 8,
        /// The type of the first message, with the flag that says what to do where it is unknown.
        first_message: u16 = 10,
    }
}

part! {
    /// A message in a data unit.
    LdpMessage {
        /// What it is, with a flag that says what to do where that is unknown.
        kind_and_flag: u16 = 0,
        /// Bytes behind this field.
        length: u16 = 2,
        /// Its number.
        id: u32 = 4,
    }
}

part! {
    /// An element of a message.
    LdpElement {
        /// What it is, with two flags that say what to do where that is unknown.
        kind_and_flags: u16 = 0,
        /// Bytes behind this field.
        length: u16 = 2,
    }
}

impl<'a> Ldp<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: u16 = 10;
    /// Bytes of the header of a message in it.
    pub const MESSAGE_LEN: u16 = 8;
    /// Bytes of a header up to its length, which counts those behind it.
    pub const UNCOUNTED: u16 = 4;

    /// Messages, and whatever follows the data unit.
    pub fn behind_header(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN.into())
    }
}

impl<'a> LdpMessage<'a> {
    /// What it is.
    pub fn kind(&self) -> Option<u16> {
        self.kind_and_flag().map(|kind| kind & 0x7fff)
    }

    /// Elements, and whatever follows the message.
    pub fn behind_header(&self) -> Payload<'a> {
        self.whole().skip(Ldp::MESSAGE_LEN.into())
    }
}

impl<'a> LdpElement<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: u16 = 4;

    /// What it is.
    pub fn kind(&self) -> Option<u16> {
        self.kind_and_flags().map(|kind| kind & 0x3fff)
    }

    /// What is in it, and whatever follows.
    pub fn behind_header(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN.into())
    }
}
