//! PGM, RFC 3208: multicast with repairs.

use crate::decode::message::message;

message! {
    /// A packet of PGM.
    Pgm {
        /// The sender's port.
        source_port: u16 = 0,
        /// The receiver's port.
        destination_port: u16 = 2,
        /// What the packet is.
        kind: u8 = 4,
        /// Flags of options.
        options: u8 = 5,
        /// What names the source's session with its port.
        source_id: [u8; 6] = 8,
        /// Bytes of data.
        length: u16 = 14,
    }
}
