//! `GeoNetworking`, ETSI EN 302 636-4-1: packets between vehicles, addressed by place.

use crate::decode::message::message;

message! {
    /// A `GeoNetworking` packet.
    GeoNet {
        /// The version in the upper half, in the lower what follows: 1 and 2 the basic transport protocol, 3 IPv6.
        first: u8 = 0,
        /// The type of header in the upper half, its subtype in the lower.
        kinds: u8 = 1,
        /// Bytes behind the headers.
        payload_len: u16 = 4,
        /// How many more stations may send the packet on.
        hop_limit: u8 = 7,
        /// The sender.
        address: [u8; 8] = 8,
        /// The sender's latitude, in tenths of a millionth of a degree.
        latitude: u32 = 20,
        /// The sender's longitude.
        longitude: u32 = 24,
    }
}

impl GeoNet<'_> {
    /// Bytes of the header that all packets have.
    pub const HEADER_LEN: usize = 36;

    /// The version.
    pub fn version(&self) -> Option<u8> {
        self.first().map(|first| first >> 4)
    }

    /// What follows: 1 and 2 the basic transport protocol, 3 IPv6.
    pub fn next_header(&self) -> Option<u8> {
        self.first().map(|first| first & 0x0f)
    }

    /// The type of header and its subtype: 1 beacon, 5 to neighbours over one hop (0) or several (1).
    pub fn kind(&self) -> Option<(u8, u8)> {
        self.kinds().map(|kinds| (kinds >> 4, kinds & 0x0f))
    }
}
