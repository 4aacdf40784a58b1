//! The spanning tree protocols of IEEE 802.1D, 802.1w and 802.1s: configuration and topology change messages.

use crate::decode::Payload;
use crate::decode::message::message;

/// A bridge as it is told apart: its priority and its MAC address.
pub type StpBridge = (u16, [u8; 6]);

message! {
    /// A spanning tree message. The fields behind the type are only in configuration messages.
    Stp {
        /// The protocol: 0.
        protocol: u16 = 0,
        /// The version: 0 IEEE 802.1D, 2 rapid, 3 multiple, 4 shortest path.
        version: u8 = 2,
        /// The type: 0 configuration, 2 rapid, 0x80 topology change.
        kind: u8 = 3,
        /// The flags.
        flags: u8 = 4,
        /// What the way to the root costs.
        root_cost: u32 = 13,
        /// The sender's port.
        port: u16 = 25,
        /// The age of the information, like all times in 256ths of a second.
        message_age: u16 = 27,
        /// The age at which information is dropped.
        max_age: u16 = 29,
        /// The time between two messages.
        hello_time: u16 = 31,
        /// The time in which a port listens and learns.
        forward_delay: u16 = 33,
        /// Bytes of what version 1 adds: 0.
        version_1_len: u8 = 35,
        /// Bytes of what version 3 adds.
        version_3_len: u16 = 36,
        /// The revision of a region.
        revision: u16 = 71,
        /// The digest of a region's table of VLANs.
        digest: [u8; 16] = 73,
        /// What the way to the region's root costs.
        internal_cost: u32 = 89,
        /// How many bridges of the region the message may still pass.
        remaining_hops: u8 = 101,
    }
}

/// What a message of the multiple spanning tree protocol says of one tree, of which anything may be missing.
#[derive(Clone, Copy, Debug)]
pub struct StpInstance<'a> {
    whole: Payload<'a>,
}

/// What shortest path bridging adds.
#[derive(Clone, Copy, Debug)]
pub struct StpShortestPath<'a> {
    whole: Payload<'a>,
}

impl<'a> Stp<'a> {
    /// Bytes of every message.
    pub const HEADER_LEN: u32 = 4;
    /// Bytes of a configuration message.
    pub const CONFIGURATION_LEN: u32 = 35;
    /// Bytes of a message of the rapid spanning tree protocol.
    pub const RAPID_LEN: u32 = 36;
    /// Bytes of a message of the multiple spanning tree protocol without trees.
    pub const MULTIPLE_LEN: u32 = 102;

    /// The root of the tree.
    pub fn root(&self) -> Option<StpBridge> {
        bridge(self.whole.skip(5))
    }

    /// The sender; in messages of the multiple spanning tree protocol the root of its region.
    pub fn bridge(&self) -> Option<StpBridge> {
        bridge(self.whole.skip(17))
    }

    /// The sender of a message of the multiple spanning tree protocol.
    pub fn internal_bridge(&self) -> Option<StpBridge> {
        bridge(self.whole.skip(93))
    }

    /// The name of the region, up to its terminator; it may be cut.
    pub fn region(&self) -> Payload<'a> {
        self.whole.skip(39).with_claim(32)
    }

    /// What the message says of each tree that it claims to tell of.
    pub fn instances(&self) -> Option<impl Iterator<Item = StpInstance<'a>> + use<'a>> {
        /// Bytes of what version 3 adds in front of the trees.
        const COMMON_LEN: u16 = 64;
        /// Bytes of what is said of one tree.
        const INSTANCE_LEN: usize = 16;
        let count = usize::from(self.version_3_len()?.saturating_sub(COMMON_LEN)) / INSTANCE_LEN;
        let trees = self.whole.skip(Self::MULTIPLE_LEN as usize);
        Some((0..count).map(move |index| StpInstance { whole: trees.skip(index * INSTANCE_LEN) }))
    }

    /// What shortest path bridging adds behind the trees.
    pub fn shortest_path(&self) -> Option<StpShortestPath<'a>> {
        let at = 38 + usize::from(self.version_3_len()?);
        Some(StpShortestPath { whole: self.whole.skip(at) })
    }
}

fn bridge(mut at: Payload<'_>) -> Option<StpBridge> {
    Some((at.read()?, at.read()?))
}

impl StpInstance<'_> {
    /// The flags.
    pub fn flags(&self) -> Option<u8> {
        self.whole.get(0)
    }

    /// The root in the region; the lowest twelve bits of its priority are the number of the tree.
    pub fn root(&self) -> Option<StpBridge> {
        bridge(self.whole.skip(1))
    }

    /// The number of the tree.
    pub fn number(&self) -> Option<u16> {
        self.whole.get::<u16>(1).map(|priority| priority & 0x0fff)
    }

    /// What the way to the root costs.
    pub fn cost(&self) -> Option<u32> {
        self.whole.get(9)
    }

    /// The priorities of the sender and of its port, each in the upper four bits, and how many bridges the message may pass.
    pub fn priorities_and_hops(&self) -> Option<[u8; 3]> {
        self.whole.get(13)
    }
}

impl<'a> StpShortestPath<'a> {
    /// Bytes of it, the length in front included.
    pub const LEN: u32 = 87;

    /// It from its length on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// The bytes that follow the length.
    pub fn length(&self) -> Option<u16> {
        self.whole.get(0)
    }

    /// The name of the auxiliary region, up to its terminator; it may be cut.
    pub fn region(&self) -> Payload<'a> {
        self.whole.skip(3).with_claim(32)
    }

    /// The revision of the auxiliary region.
    pub fn revision(&self) -> Option<u16> {
        self.whole.get(35)
    }

    /// The digest of the auxiliary region.
    pub fn digest(&self) -> Option<[u8; 16]> {
        self.whole.get(37)
    }

    /// The numbers and flags of the agreement, an unused byte, format and convention of its digest.
    pub fn agreement(&self) -> Option<[u8; 4]> {
        self.whole.get(53)
    }

    /// How many edges the digest covers.
    pub fn edges(&self) -> Option<u16> {
        self.whole.get(57)
    }

    /// The digest of the topology.
    pub fn topology_digest(&self) -> Option<[u8; 20]> {
        self.whole.get(67)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_names_its_bridge_and_port() {
        let mut bytes = [0; 35];
        bytes[2..5].copy_from_slice(&[2, 2, 0x3c]);
        bytes[17..27].copy_from_slice(&[0x80, 1, 0, 0x19, 6, 0xea, 0xb8, 0x80, 0x80, 5]);
        let stp = Stp::new(Payload::new(&bytes, 35));
        assert_eq!(
            (stp.protocol(), stp.version(), stp.kind(), stp.flags()),
            (Some(0), Some(2), Some(2), Some(0x3c))
        );
        assert_eq!(stp.bridge(), Some((0x8001, [0, 0x19, 6, 0xea, 0xb8, 0x80])));
        assert_eq!(stp.port(), Some(0x8005));
        assert_eq!(Stp::new(Payload::new(&bytes[..26], 35)).port(), None);
    }

    #[test]
    fn trees_of_a_region_stand_behind_what_they_share() {
        let mut bytes = [0; 102 + 16 + 10];
        bytes[36..38].copy_from_slice(&96_u16.to_be_bytes());
        bytes[102..118].copy_from_slice(&[0x7c, 0x80, 5, 2, 0, 0, 0, 0, 1, 0, 0, 0, 9, 0x80, 0x70, 20]);
        let stp = Stp::new(Payload::new(&bytes, 134));
        let instances: Vec<_> = stp.instances().unwrap().collect();
        let first = &instances[0];
        assert_eq!((first.flags(), first.number(), first.cost()), (Some(0x7c), Some(5), Some(9)));
        assert_eq!(first.root(), Some((0x8005, [2, 0, 0, 0, 0, 1])));
        assert_eq!(first.priorities_and_hops(), Some([0x80, 0x70, 20]));
        assert_eq!((instances.len(), instances[1].cost()), (2, None));
    }
}
