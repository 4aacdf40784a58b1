//! Packets of OSPF version 2 behind their common header, RFC 2328 annex A.3.

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::message::part;

part! {
    /// What routers find each other by.
    OspfHello {
        /// The network's mask.
        mask: Ipv4Addr = 0,
        /// Seconds between hellos.
        interval: u16 = 4,
        /// The router's options.
        options: u8 = 6,
        /// The router's priority; the highest becomes the designated router.
        priority: u8 = 7,
        /// Seconds of silence after which a router is gone.
        dead_interval: u32 = 8,
        /// The designated router.
        designated: Ipv4Addr = 12,
        /// Who takes its place.
        backup: Ipv4Addr = 16,
    }
}

impl<'a> OspfHello<'a> {
    /// The routers that have been heard.
    pub fn neighbors(&self) -> Payload<'a> {
        self.whole().skip(20)
    }
}

part! {
    /// Which advertisements a router has.
    OspfDescription {
        /// The longest packet of the interface.
        mtu: u16 = 0,
        /// The router's options.
        options: u8 = 2,
        /// Flags: 1 master, 2 more will follow, 4 the first.
        flags: u8 = 3,
        /// The number of the packet.
        sequence: u32 = 4,
    }
}

impl<'a> OspfDescription<'a> {
    /// The headers of the advertisements.
    pub fn headers(&self) -> Payload<'a> {
        self.whole().skip(8)
    }
}

/// An advertisement that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OspfRequest {
    /// Its type.
    pub kind: u32,
    /// What it is about.
    pub id: Ipv4Addr,
    /// The router that made it.
    pub router: Ipv4Addr,
}

impl OspfRequest {
    /// The request at the start of `rest`, and steps over it.
    pub fn read(rest: &mut Payload<'_>) -> Option<Self> {
        Some(Self { kind: rest.read()?, id: rest.read()?, router: rest.read()? })
    }
}
