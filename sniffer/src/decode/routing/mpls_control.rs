//! What sets up and tests paths of MPLS, by their headers: LMP (RFC 4204), LSP ping (RFC 8029).

use crate::decode::message::message;

message! {
    /// A message of the link management protocol.
    Lmp {
        /// The version in the upper half of the first byte.
        first: u8 = 0,
        /// Flags: 1 the control channel is down, 2 the sender has restarted.
        flags: u8 = 2,
        /// What the message is.
        kind: u8 = 3,
        /// Bytes of the message.
        length: u16 = 4,
    }
}

message! {
    /// An echo request or reply along a path of labels.
    LspPing {
        /// The version, 1.
        version: u16 = 0,
        /// 1 a request, 2 a reply.
        kind: u8 = 4,
        /// How to reply.
        reply_mode: u8 = 5,
        /// What the replying router has found.
        return_code: u8 = 6,
        /// Who asks.
        sender: u32 = 8,
        /// The number of the request.
        sequence: u32 = 12,
    }
}

impl Lmp<'_> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 8;

    /// The version; only 1 is understood.
    pub fn version(&self) -> Option<u8> {
        self.first().map(|first| first >> 4)
    }
}

impl LspPing<'_> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 32;
}
