//! The unidirectional link detection protocol, RFC 5171, behind SNAP.

use crate::decode::message::message;

message! {
    /// A message of unidirectional link detection.
    Udld {
        /// The version in the three highest bits, in the others what is said.
        first: u8 = 0,
        /// Flags: 1 recommended timeout, 2 resynchronise.
        flags: u8 = 1,
        /// The checksum as sent.
        checksum: u16 = 2,
    }
}

impl Udld<'_> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;

    /// The version.
    pub fn version(&self) -> Option<u8> {
        self.first().map(|first| first >> 5)
    }

    /// What is said: 1 probe, 2 echo, 3 flush.
    pub fn operation(&self) -> Option<u8> {
        self.first().map(|first| first & 0x1f)
    }
}
