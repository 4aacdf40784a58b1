//! What a pipeline is to be like.

use std::num::NonZeroU32;

use log::LevelFilter;
use sniffer_common::LinkHeader;
use sniffer_common::layers::TunnelPorts;

use super::reductions::Reductions;

/// What the kernel side is told once, before it is loaded.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// How many bytes of a matched frame to keep.
    pub snaplen: u32,
    /// What the sockets' bytes begin with.
    pub link_header: LinkHeader,
    /// The loopback interface, where every frame passes twice; its outgoing copies are then ignored.
    pub loopback_ifindex: Option<u32>,
    /// Which lines the kernel side writes for [`Logs`](super::Logs).
    pub log_level: LevelFilter,
    /// The ports of tunnels when filters see through them, as those compiled with `filter::Options::see_through` do; else
    /// none.
    pub see_through: Option<TunnelPorts>,
    /// What to keep of the frames that match.
    pub reductions: Reductions,
    /// The sizes of the tables of a capture that only counts, which then keeps nothing; none for every other.
    pub tally: Option<TallySizes>,
    /// The way to read packets, or none to take the best that the kernel can do.
    pub path: Option<KernelPath>,
}

impl Config {
    /// Ethernet frames, so many bytes of each that matches, and nothing else.
    pub fn new(snaplen: u32) -> Self {
        Self {
            snaplen,
            link_header: LinkHeader::Ethernet,
            loopback_ifindex: None,
            log_level: LevelFilter::Off,
            see_through: None,
            reductions: Reductions::default(),
            tally: None,
            path: None,
        }
    }
}

/// For how many keys each table of a tally has room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TallySizes {
    /// Flows.
    pub flows: NonZeroU32,
    /// Hosts.
    pub hosts: NonZeroU32,
    /// Ports.
    pub ports: NonZeroU32,
}

/// How the programs get at the bytes of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KernelPath {
    /// In place, by functions that the kernel has since 6.2.
    Direct,
    /// Through helpers that copy; on every kernel since 5.10.
    Compat,
}
