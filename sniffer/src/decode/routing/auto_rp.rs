//! Auto-RP, by which Cisco's routers agree where multicast groups meet.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A message of Auto-RP.
    AutoRp {
        /// 0x11 an offer, 0x12 what was decided.
        kind: u8 = 0,
        /// The number of rendezvous points.
        count: u8 = 1,
        /// Seconds for which it holds; 0 for ever.
        hold: u16 = 2,
    }
}

impl<'a> AutoRp<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 8;

    /// The rendezvous points, each with its groups.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN)
    }
}
