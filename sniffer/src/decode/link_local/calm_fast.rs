//! CALM FAST, ISO 29281: what vehicles say to each other without IP.

use crate::decode::message::message;

message! {
    /// A frame of CALM FAST.
    CalmFast {
        /// The sender's network reference.
        source: u8 = 0,
        /// The receiver's network reference.
        destination: u8 = 1,
    }
}

impl CalmFast<'_> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 2;
}
