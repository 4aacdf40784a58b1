//! What can go wrong with a live capture. Where tcpdump has words for it that scripts look for, they are the same.

use std::io;

/// Why a capture cannot begin or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no interface of that name.
    #[error("{name}: No such device exists")]
    NoSuchDevice {
        /// The name asked for.
        name: String,
    },
    /// The number is not one of the list of interfaces.
    #[error("Invalid adapter index")]
    InvalidIndex,
    /// The interface is administratively down.
    #[error("{name}: That device is not up")]
    NotUp {
        /// The interface.
        name: String,
    },
    /// The process may not open packet sockets.
    #[error(
        "{name}: You don't have permission to perform this capture on that device: CAP_NET_RAW is missing"
    )]
    Permission {
        /// The interface.
        name: String,
        /// What the kernel said.
        source: io::Error,
    },
    /// The kernel has no packet sockets.
    #[error("this kernel has no packet sockets (CONFIG_PACKET)")]
    NoPacketSockets {
        /// What the kernel said.
        source: io::Error,
    },
    /// The kernel cannot spare the sent copies of frames.
    #[error(
        "this kernel cannot leave out the frames that the host sends: PACKET_IGNORE_OUTGOING needs Linux 4.20"
    )]
    CannotIgnoreOutgoing {
        /// What the kernel said.
        source: io::Error,
    },
    /// The ring does not fit into the kernel's memory.
    #[error("not enough kernel memory for a ring of {size} bytes: ask for a smaller one")]
    RingTooBig {
        /// Bytes of all blocks together.
        size: u64,
        /// What the kernel said.
        source: io::Error,
    },
    /// The network card does not stamp frames.
    #[error("{name}: the network card does not take the request to stamp every frame")]
    NoTimeStamps {
        /// The interface.
        name: String,
        /// What the kernel said.
        source: io::Error,
    },
    /// So many sockets cannot share the frames of an interface.
    #[error("{count} workers: between 1 and {limit} can share the frames of an interface")]
    TooManyWorkers {
        /// How many were asked for.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// The interface was removed while it was captured on.
    #[error("{name}: The interface disappeared")]
    InterfaceVanished {
        /// The interface.
        name: String,
    },
    /// A system call failed in a way that has no special meaning.
    #[error("cannot {action}")]
    System {
        /// What was attempted.
        action: &'static str,
        /// What the kernel said.
        source: io::Error,
    },
}

impl Error {
    /// For `map_err` of a system call.
    pub(super) fn system(action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::System { action, source }
    }
}
