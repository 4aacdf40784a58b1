//! Broadcom's header in front of intercepted packets, told by the port that they are sent from.

use crate::decode::message::message;

message! {
    /// The header of an intercepted packet.
    InterceptShim {
        /// Direction, type and subtype of the packet, and the identifier of the interception.
        word: u32 = 0,
    }
}

impl InterceptShim<'_> {
    /// Bytes of the header.
    pub const LEN: usize = 4;

    /// Where the packet was going: 2 out, 3 in.
    pub fn direction(&self) -> Option<u8> {
        self.word().map(|word| (word >> 29) as u8)
    }

    /// What follows: 4 undecided, 5 IPv4, 6 IPv6, 7 Ethernet.
    pub fn kind(&self) -> Option<u8> {
        self.word().map(|word| (word >> 25) as u8 & 0x0f)
    }

    /// The tags of the packet: 1 one, 2 two, 3 none.
    pub fn tags(&self) -> Option<u8> {
        self.word().map(|word| (word >> 22) as u8 & 7)
    }

    /// The interception.
    pub fn id(&self) -> Option<u32> {
        self.word().map(|word| word & 0x3f_ffff)
    }
}
