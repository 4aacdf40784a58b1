//! Cisco's dynamic trunking protocol, behind SNAP.

use crate::decode::message::message;

message! {
    /// A message of the dynamic trunking protocol.
    Dtp {
        /// The version.
        version: u8 = 0,
    }
}
