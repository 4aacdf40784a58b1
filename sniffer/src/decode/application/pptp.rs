//! The control connection of PPTP, RFC 2637.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A control message.
    Pptp {
        /// Bytes of the message.
        length: u16 = 0,
        /// 1 control, 2 management.
        kind: u16 = 2,
        /// A number by which the stream is known to be in step, [`Pptp::COOKIE`].
        cookie: u32 = 4,
        /// Which control message it is.
        control: u16 = 8,
        /// Zero.
        reserved: u16 = 10,
    }
}

impl<'a> Pptp<'a> {
    /// The number that every message has.
    pub const COOKIE: u32 = 0x1a2b_3c4d;

    /// What this message has behind what all have.
    pub fn body(&self) -> Payload<'a> {
        /// Bytes of what all have.
        const HEADER_LEN: usize = 12;
        self.whole().skip(HEADER_LEN)
    }
}
