//! The whiteboard wb, on which many draw at once.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A packet of the whiteboard.
    Whiteboard {
        /// The site that sends.
        source: u32 = 0,
        /// When it was sent.
        time: u32 = 4,
        /// The version.
        version: u16 = 8,
        /// What the packet is.
        kind: u8 = 10,
        /// Flags.
        flags: u8 = 11,
    }
}

impl<'a> Whiteboard<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 12;

    /// What is behind the header.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN)
    }
}
