//! IKE, RFC 2408 and RFC 7296: the header of both versions.

use crate::decode::message::message;

message! {
    /// A message of IKE.
    Isakmp {
        /// What the initiator calls the association.
        initiator: [u8; 8] = 0,
        /// What the responder calls it; zeros in the first message.
        responder: [u8; 8] = 8,
        /// The type of the first payload.
        next_payload: u8 = 16,
        /// The major version in the upper half, the minor one in the lower.
        versions: u8 = 17,
        /// The exchange that the message is part of.
        exchange: u8 = 18,
        /// Flags: of version 1 1 encrypted and 2 commit, of version 2 8 initiator, 16 version and 32 response.
        flags: u8 = 19,
        /// The number of the message.
        id: u32 = 20,
        /// Bytes of the message, as it claims.
        length: u32 = 24,
    }
}

impl Isakmp<'_> {
    /// The major version.
    pub fn version(&self) -> Option<u8> {
        self.versions().map(|versions| versions >> 4)
    }
}
