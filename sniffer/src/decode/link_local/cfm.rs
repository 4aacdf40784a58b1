//! Connectivity fault management, IEEE 802.1ag: how bridges watch each other over a network.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A message of connectivity fault management.
    Cfm {
        /// The level of the domain in the upper three bits, the version in the others.
        level_and_version: u8 = 0,
        /// What the message is.
        operation: u8 = 1,
        /// Flags, by the operation.
        flags: u8 = 2,
        /// Bytes between this field and the first element.
        first_element: u8 = 3,
    }
}

impl<'a> Cfm<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;
    /// Bridges say that they are there.
    pub const CONTINUITY_CHECK: u8 = 1;
    /// The answer to a trace.
    pub const TRACE_REPLY: u8 = 4;
    /// A trace of the way to a station.
    pub const TRACE: u8 = 5;

    /// The level of the domain.
    pub fn level(&self) -> Option<u8> {
        self.level_and_version().map(|byte| byte >> 5)
    }

    /// The version; only 0 is understood.
    pub fn version(&self) -> Option<u8> {
        self.level_and_version().map(|byte| byte & 0x1f)
    }

    /// What is behind the header.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN)
    }
}
