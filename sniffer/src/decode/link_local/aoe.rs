//! ATA over Ethernet.

use crate::decode::message::message;

message! {
    /// A message of ATA over Ethernet.
    Aoe {
        /// The version in the upper half, flags in the lower: 8 response, 4 error.
        first: u8 = 0,
        /// What is wrong, in an error.
        error: u8 = 1,
        /// The shelf.
        major: u16 = 2,
        /// The slot in the shelf.
        minor: u8 = 4,
        /// What is asked: 0 an ATA command, 1 the configuration.
        command: u8 = 5,
        /// What pairs a response with its request.
        tag: u32 = 6,
    }
}

impl Aoe<'_> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 10;

    /// The version; only 1 is understood.
    pub fn version(&self) -> Option<u8> {
        self.first().map(|first| first >> 4)
    }

    /// Flags: 8 response, 4 error.
    pub fn flags(&self) -> Option<u8> {
        self.first().map(|first| first & 0x0f)
    }
}
