//! The packet sockets that tap this host, and whose they are. Knows no capture of our own and prints nothing.
//!
//! Everything is asked of the calling thread's network namespace; processes are those that `/proc` shows.
#![forbid(unsafe_code)]

mod diag;
mod owners;
mod proc_net;

use std::io;
use std::os::fd::AsFd as _;

use serde::Serialize;
use thiserror::Error;

use crate::sys::link;

pub use owners::{Owner, find as find_owners};

/// The protocol of sockets that are given every frame, in both directions (`ETH_P_ALL`).
const EVERY_PROTOCOL: u16 = 3;

/// What taps a network namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Taps {
    /// Its packet sockets, those that cost every frame the most first.
    pub sockets: Vec<Tap>,
    /// The kernel's own functions that are given every frame, as `/proc/net/ptype` names them.
    pub kernel_functions: Vec<KernelFunction>,
    /// Why nothing but the existence of the sockets is known, if that is so.
    pub without_details: Option<String>,
}

/// A packet socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tap {
    /// By which number descriptors refer to the socket.
    pub inode: u32,
    /// Whether the socket is given whole frames or what is behind the link header.
    pub kind: Kind,
    /// The protocol that it is bound to; 3 is all of them, 0 none.
    pub protocol: u16,
    /// The index of the interface that it is bound to; 0 is all of them.
    pub interface_index: u32,
    /// The name of that interface.
    pub interface: Option<String>,
    /// Whether frames get to it: it is bound, and its interface is there and up.
    pub running: bool,
    /// The user that made it.
    pub uid: u32,
    /// The name of that user, where somebody has looked it up.
    pub user: Option<String>,
    /// The processes that hold it, when [`find_owners`] has found them.
    pub owners: Vec<Owner>,
    /// What only `sock_diag(7)` tells.
    pub details: Option<Details>,
}

/// What kind of socket a tap is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// `SOCK_RAW`: whole frames.
    Raw,
    /// `SOCK_DGRAM`: without link headers.
    Dgram,
    /// `SOCK_PACKET`, of before Linux 2.2.
    Packet,
    /// None of these.
    Unknown,
}

/// What only `sock_diag(7)` tells of a packet socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Details {
    /// What decides which frames are cloned and queued.
    pub filter: Filter,
    /// The receive ring that it shares with the kernel.
    pub ring: Option<Ring>,
    /// The group whose members share frames.
    pub fanout: Option<Fanout>,
    /// How many frames it had no room for. With a ring the kernel tells that the socket's owner alone.
    pub drops: Option<u32>,
    /// Whether it has put an interface into promiscuous mode.
    pub promiscuous: bool,
}

/// A socket's filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Filter {
    /// There is none: every frame is cloned and queued.
    None,
    /// A program of the old instruction set, as libpcap makes them.
    Classic {
        /// Its length.
        instructions: usize,
    },
    /// An eBPF program.
    Ebpf,
    /// There is one; of which kind, the kernel says to `CAP_NET_ADMIN` alone.
    Hidden,
}

/// A ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ring {
    /// The version of its frame headers, from 1 (`TPACKET_V1`).
    pub version: u32,
    /// Bytes of a block.
    pub block_size: u32,
    /// Blocks.
    pub blocks: u32,
}

impl Ring {
    /// Its size in bytes.
    pub fn bytes(&self) -> u64 {
        u64::from(self.block_size) * u64::from(self.blocks)
    }
}

/// A group whose members share frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Fanout {
    /// Its number in the namespace.
    pub group: u16,
    /// By what a frame's member is chosen (`PACKET_FANOUT_*`).
    pub by: &'static str,
}

/// A function of the kernel itself that is given every frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KernelFunction {
    /// Its name.
    pub name: String,
    /// The interface; all without one.
    pub interface: Option<String>,
}

/// Packet sockets cannot be listed: neither `sock_diag(7)` nor `/proc/net/packet` answers.
#[derive(Debug, Error)]
#[error("packet sockets cannot be listed")]
pub struct Error(#[source] io::Error);

impl Taps {
    /// What taps the calling thread's network namespace.
    ///
    /// # Errors
    /// When the kernel tells nothing at all.
    pub fn list() -> Result<Self, Error> {
        let (mut sockets, without_details) = match diag::dump() {
            Ok(sockets) => (sockets, None),
            Err(error) => (proc_net::sockets().map_err(Error)?, Some(error.to_string())),
        };
        let control = link::control_socket().map_err(Error)?;
        for tap in sockets.iter_mut().filter(|tap| tap.interface_index != 0) {
            tap.interface = link::name_of(control.as_fd(), tap.interface_index);
        }
        sockets
            .sort_by_key(|tap| (!tap.sees_every_frame(), tap.has_filter(), tap.interface_index, tap.inode));
        Ok(Self { sockets, kernel_functions: proc_net::kernel_functions(), without_details })
    }
}

impl Tap {
    /// Whether every frame of its interface, in both directions, is shown to it.
    pub fn sees_every_frame(&self) -> bool {
        self.running && self.protocol == EVERY_PROTOCOL
    }

    /// Whether it has a filter, where that is known.
    pub fn has_filter(&self) -> Option<bool> {
        self.details.as_ref().map(|details| details.filter != Filter::None)
    }
}

impl Kind {
    /// `SOCK_` values.
    fn of(value: u8) -> Self {
        match value {
            2 => Self::Dgram,
            3 => Self::Raw,
            10 => Self::Packet,
            _ => Self::Unknown,
        }
    }
}
