//! The Ethernet configuration testing protocol, with which switches look for loops.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A frame of the configuration testing protocol. Its numbers are little-endian, unlike all others on a wire.
    Ectp {
        /// How many bytes to skip to the function that is due.
        skip_bytes: [u8; 2] = 0,
    }
}

impl<'a> Ectp<'a> {
    /// The function that is an answer.
    pub const REPLY: u16 = 1;
    /// The function that asks to send what follows on.
    pub const FORWARD: u16 = 2;

    /// How many bytes to skip to the function that is due.
    pub fn skip_count(&self) -> Option<u16> {
        self.skip_bytes().map(u16::from_le_bytes)
    }

    /// What is behind the bytes to skip: the function that is due, and its data.
    pub fn due(&self) -> Payload<'a> {
        self.whole().skip(2 + usize::from(self.skip_count().unwrap_or(0)))
    }

    /// The function that is due.
    pub fn function(&self) -> Option<u16> {
        self.due().get(0).map(u16::from_le_bytes)
    }
}
