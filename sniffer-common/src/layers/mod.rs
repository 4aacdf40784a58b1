//! The network headers of a frame, one inside another: how a walk finds them and how it writes them down. One set of rules
//! for the kernel side, which takes a few steps a run, and for user space. Knows neither filters nor how bytes are read.
//!
//! A walk must carry all it knows in the frame's control buffer, since nothing else is safe from other frames on the same
//! processor: hence words of 32 bits with offsets in units of two bytes, in which all headers come.
#![expect(
    clippy::inline_always,
    reason = "a call costs the kernel side as much as the work, and some kernels refuse it"
)]

mod access;
mod walk;

mod headers;
mod place;

mod fragment;
mod tunnel;

pub use access::{Bytes, Words};
pub use fragment::{FragmentKey, MAX_VERDICTS, Part};
pub use headers::is_extension;
pub use place::Place;
pub use tunnel::{MAX_TUNNEL_PORTS, Ports, Tunnel, TunnelPorts};
pub use walk::{MAX_STEPS, step};

/// How many layers of a frame are written down at most.
pub const MAX_LAYERS: usize = 4;

/// The last position at which a header is looked for.
pub const MAX_AT: u32 = 0x1fe;

/// One layer in a word; 0 stands for none. The fields stand where taking them out is least work for a filter.
#[must_use]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layer(pub u32);

impl Layer {
    /// A later fragment: there is no transport header.
    pub const LATER_FRAGMENT: u32 = 1;
    /// Where the network header begins.
    pub const NETWORK: u32 = MAX_AT;
    /// A first fragment.
    pub const FIRST_FRAGMENT: u32 = 1 << 9;
    /// By how many bits to shift for [`Self::TRANSPORT`].
    pub const TRANSPORT_SHIFT: u32 = 9;
    /// Where the transport header begins, of which the frame holds the ports; 0 when it does not.
    pub const TRANSPORT: u32 = MAX_AT;
    /// By how many bits to shift for [`Self::LINK`].
    pub const LINK_SHIFT: u32 = 17;
    /// How far before the network header an Ethernet header of its own begins; 0 when there is none.
    pub const LINK: u32 = 0x1e;
    /// What the network header is, and the protocol above it.
    pub const PROTOCOLS: u32 = 0xffc0_0000;
    /// By how many bits to shift for the protocol above.
    pub const PROTOCOL_SHIFT: u32 = 24;

    const KIND_SHIFT: u32 = 22;

    /// A layer of this kind at this position.
    #[inline(always)]
    pub const fn new(kind: Kind, at: u32) -> Self {
        Self(at & Self::NETWORK | (kind as u32) << Self::KIND_SHIFT)
    }

    /// The same with an Ethernet header that begins at `link`, unless that is too far away.
    #[inline(always)]
    pub const fn behind(self, link: Option<u32>) -> Self {
        match link {
            Some(link) if self.network().wrapping_sub(link) <= Self::LINK => {
                Self(self.0 | self.network().wrapping_sub(link) << Self::LINK_SHIFT)
            }
            _ => self,
        }
    }

    /// The same with the protocol above the network header.
    #[inline(always)]
    pub const fn carrying(self, protocol: u8) -> Self {
        Self(self.0 & !(0xff << Self::PROTOCOL_SHIFT) | (protocol as u32) << Self::PROTOCOL_SHIFT)
    }

    /// The same with a transport header at this position.
    #[inline(always)]
    pub const fn with_transport(self, at: u32) -> Self {
        Self(self.0 | (at & Self::TRANSPORT) << Self::TRANSPORT_SHIFT)
    }

    /// The same with these flags of fragments.
    #[inline(always)]
    pub const fn with_flags(self, flags: u32) -> Self {
        Self(self.0 | flags)
    }

    /// Where the network header begins.
    #[inline(always)]
    pub const fn network(self) -> u32 {
        self.0 & Self::NETWORK
    }

    /// Where the transport header begins; 0 when the frame does not hold its ports.
    #[inline(always)]
    pub const fn transport(self) -> u32 {
        self.0 >> Self::TRANSPORT_SHIFT & Self::TRANSPORT
    }

    /// Whether the network header is of this kind.
    #[inline(always)]
    pub const fn is(self, kind: Kind) -> bool {
        self.0 >> Self::KIND_SHIFT & 3 == kind as u32
    }

    /// The protocol above the network header.
    #[inline(always)]
    pub const fn protocol(self) -> u8 {
        (self.0 >> Self::PROTOCOL_SHIFT) as u8
    }
}

/// What a network header is.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// IPv4; 20 bytes of it are there.
    Ipv4 = 1,
    /// IPv6; 40 bytes of it are there.
    Ipv6 = 2,
    /// Anything else. The place of the protocol is taken by one of [`Kind::ARP`], [`Kind::RARP`] and 0.
    Other = 3,
}

impl Kind {
    /// ARP for Ethernet and IPv4, whole.
    pub const ARP: u8 = 1;
    /// The same of RARP.
    pub const RARP: u8 = 2;
}
