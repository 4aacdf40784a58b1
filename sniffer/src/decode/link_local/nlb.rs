//! The heartbeat of Microsoft's network load balancing, as far as its form is known.

use std::net::Ipv4Addr;

use crate::decode::message::message;

message! {
    /// A heartbeat.
    Nlb {
        /// The host's priority in the cluster, little-endian.
        priority_bytes: [u8; 4] = 8,
        /// The address that the hosts share.
        cluster: Ipv4Addr = 12,
        /// The host's own address.
        host: Ipv4Addr = 16,
    }
}

impl Nlb<'_> {
    /// The host's priority in the cluster.
    pub fn priority(&self) -> Option<u32> {
        self.priority_bytes().map(u32::from_le_bytes)
    }
}
