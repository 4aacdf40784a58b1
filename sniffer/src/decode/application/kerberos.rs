//! Kerberos: version 5 by name, version 4 by its fields.

use crate::decode::message::message;

message! {
    /// A message of Kerberos.
    Kerberos {
        /// The version: 4, or 106 and 107 in messages of version 5.
        version: u8 = 0,
        /// The type in the upper seven bits; the lowest is set where numbers are little-endian.
        kind_and_order: u8 = 1,
    }
}

impl Kerberos<'_> {
    /// The type of a message of version 4: 2 a request of a ticket, 4 its answer.
    pub fn kind(&self) -> Option<u8> {
        self.kind_and_order().map(|byte| byte & 0xfe)
    }

    /// Whether numbers of version 4 are little-endian.
    pub fn is_little_endian(&self) -> Option<bool> {
        self.kind_and_order().map(|byte| byte & 1 != 0)
    }
}
