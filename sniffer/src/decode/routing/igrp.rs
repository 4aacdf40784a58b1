//! Cisco's IGRP.

use crate::decode::message::{message, part};
use crate::decode::{Payload, u24};

message! {
    /// A message of IGRP.
    Igrp {
        /// The version in the upper half, what it is in the lower.
        first: u8 = 0,
        /// Which state of the sender's routes it is.
        edition: u8 = 1,
        /// The autonomous system.
        system: u16 = 2,
        /// The numbers of routes within the network, within the system, and beyond.
        counts: [u8; 6] = 4,
        /// The checksum.
        checksum: u16 = 10,
    }
}

part! {
    /// A route.
    IgrpRoute {
        /// Three bytes of the network's address.
        network: [u8; 3] = 0,
        /// Tens of microseconds that a packet takes.
        delay_bytes: [u8; 3] = 3,
        /// Ten millions over the kilobits a second.
        bandwidth_bytes: [u8; 3] = 6,
        /// The longest packet.
        mtu: u16 = 9,
        /// How much of what is sent arrives, how much of the way is in use, and the number of routers.
        quality: [u8; 3] = 11,
    }
}

impl<'a> Igrp<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 12;

    /// The routes.
    pub fn routes(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN)
    }
}

impl IgrpRoute<'_> {
    /// Bytes of a route.
    pub const LEN: usize = 14;

    /// Tens of microseconds that a packet takes.
    pub fn delay(&self) -> Option<u32> {
        self.delay_bytes().map(u24)
    }

    /// Ten millions over the kilobits a second.
    pub fn bandwidth(&self) -> Option<u32> {
        self.bandwidth_bytes().map(u24)
    }
}
