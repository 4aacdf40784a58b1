//! Packets of `OpenFlow` 1.0 that go through the controller.

use crate::decode::Payload;
use crate::decode::message::part;

part! {
    /// A packet to be sent.
    PacketOut {
        /// The kept packet that is meant, if one is.
        buffer: u32 = 0,
        /// The port that it came from.
        input: u16 = 4,
        /// Bytes of the actions.
        actions_len: u16 = 6,
    }
}

impl<'a> PacketOut<'a> {
    /// The actions, and the packet behind them.
    pub fn rest(&self) -> Payload<'a> {
        self.whole().skip(8)
    }
}

part! {
    /// A packet for the controller.
    PacketIn {
        /// What the switch calls the packet that it keeps, if it does.
        buffer: u32 = 0,
        /// Bytes of the packet.
        total_len: u16 = 4,
        /// The port that it came from.
        input: u16 = 6,
        /// Why it is sent: 0 no flow has it, 1 an action.
        reason: u8 = 8,
    }
}

impl<'a> PacketIn<'a> {
    /// Bytes in front of the packet.
    pub const HEADER_LEN: u32 = 10;

    /// The packet.
    pub fn data(&self) -> Payload<'a> {
        self.whole().skip(10)
    }
}
