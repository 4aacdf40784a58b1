//! IP payload compression, RFC 3173.

use crate::decode::message::message;

message! {
    /// A header of IP payload compression.
    Ipcomp {
        /// What is compressed.
        next_header: u8 = 0,
        /// What it is compressed by.
        cpi: u16 = 2,
    }
}
