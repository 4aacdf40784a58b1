//! Cisco's VLAN trunking protocol, behind SNAP.

use crate::decode::message::message;

message! {
    /// A message of the VLAN trunking protocol.
    Vtp {
        /// The version.
        version: u8 = 0,
        /// What is said: 1 summary, 2 subset, 3 request, 4 join.
        kind: u8 = 1,
    }
}

impl Vtp<'_> {
    /// Bytes of the header, with the name of the domain.
    pub const HEADER_LEN: usize = 36;
}
