//! Where a walk through the headers of a frame may stand. IEEE 802.1Q, RFC 3032, RFC 2516.

use super::{Kind, Layer, MAX_AT};

/// Where a walk stands: what begins at which position, in 21 bits. No option, since half of one would be undefined where
/// there is no place, and the kernel's verifier does not let what is undefined be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(u32);

/// What may begin at a place.
pub(super) mod what {
    pub(crate) const ETHERNET: u32 = 1;
    pub(crate) const VLAN: u32 = 2;
    pub(crate) const MPLS: u32 = 3;
    pub(crate) const PPPOE: u32 = 4;
    pub(crate) const IPV4: u32 = 5;
    pub(crate) const IPV6: u32 = 6;
    pub(crate) const ARP: u32 = 7;
    pub(crate) const RARP: u32 = 8;
    /// Nothing that leads on.
    pub(crate) const OTHER: u32 = 9;
    /// IPv4 or IPv6, as the first four bits say.
    pub(crate) const VERSION: u32 = 10;
    /// An extension header of IPv6, or AH.
    pub(crate) const EXTENSION: u32 = 11;
    pub(crate) const GRE: u32 = 12;
    pub(crate) const VXLAN: u32 = 13;
    pub(crate) const GENEVE: u32 = 14;
    pub(crate) const GTP: u32 = 15;
    pub(crate) const GTP_EXTENSION: u32 = 16;
}

impl Place {
    const AT_SHIFT: u32 = 5;
    const ASIDE_SHIFT: u32 = 13;
    /// That no Ethernet header stands directly before this place.
    pub(super) const NO_LINK: u32 = 0xff;

    /// The end of the walk.
    pub const END: Self = Self(0);

    /// An Ethernet header. All that would be beyond [`MAX_AT`] is the end.
    #[inline(always)]
    pub const fn ethernet(at: u32) -> Self {
        Self::new(what::ETHERNET, at, at >> 1)
    }

    /// What an Ethertype names, without an Ethernet header before it.
    #[inline(always)]
    pub const fn ethertype(number: u16, at: u32) -> Self {
        Self::typed(number, at, Self::NO_LINK)
    }

    /// What a cooked frame begins with, of which the kernel tells this Ethertype. It has gone past tags already and then tells
    /// theirs only, so that the packet has to speak for itself.
    #[inline(always)]
    pub const fn of_kernel(number: u16) -> Self {
        match ethertype(number) {
            what::VLAN => Self::version(0),
            _ => Self::ethertype(number, 0),
        }
    }

    /// What a PPP protocol number names.
    #[inline(always)]
    pub const fn ppp(number: u16, at: u32) -> Self {
        Self::new(ppp(number), at, Self::NO_LINK)
    }

    /// An IP header of either version.
    #[inline(always)]
    pub const fn version(at: u32) -> Self {
        Self::new(what::VERSION, at, Self::NO_LINK)
    }

    /// Whether this is the end of the walk.
    #[inline(always)]
    pub const fn is_end(self) -> bool {
        self.0 == 0
    }

    /// The place as a number below 2^21.
    #[inline(always)]
    pub const fn to_bits(self) -> u32 {
        self.0
    }

    /// The place that [`Place::to_bits`] gave.
    #[inline(always)]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    #[inline(always)]
    pub(super) const fn new(what: u32, at: u32, aside: u32) -> Self {
        if at > MAX_AT {
            return Self::END;
        }
        Self(what | at >> 1 << Self::AT_SHIFT | aside << Self::ASIDE_SHIFT)
    }

    #[inline(always)]
    pub(super) const fn typed(number: u16, at: u32, aside: u32) -> Self {
        match ethertype(number) {
            what::ETHERNET => Self::ethernet(at),
            what => Self::new(what, at, aside),
        }
    }

    #[inline(always)]
    pub(super) const fn what(self) -> u32 {
        self.0 & 0x1f
    }

    #[inline(always)]
    pub(super) const fn at(self) -> u32 {
        (self.0 >> Self::AT_SHIFT & 0xff) << 1
    }

    /// The Ethernet header before it, or the number of an extension header.
    #[inline(always)]
    pub(super) const fn aside(self) -> u32 {
        self.0 >> Self::ASIDE_SHIFT & 0xff
    }

    /// A layer at this place.
    #[inline(always)]
    pub(super) const fn layer(self, kind: Kind) -> Layer {
        Layer::new(kind, self.at()).behind(self.link())
    }

    #[inline(always)]
    pub(super) const fn has_link(self) -> bool {
        self.aside() != Self::NO_LINK
    }

    #[inline(always)]
    const fn link(self) -> Option<u32> {
        if self.has_link() { Some(self.aside() << 1) } else { None }
    }
}

#[inline(always)]
const fn ethertype(number: u16) -> u32 {
    match number {
        0x0800 => what::IPV4,
        0x86dd => what::IPV6,
        0x0806 => what::ARP,
        0x8035 => what::RARP,
        0x8100 | 0x88a8 | 0x9100 => what::VLAN,
        0x8847 | 0x8848 => what::MPLS,
        0x8864 => what::PPPOE,
        0x6558 => what::ETHERNET,
        _ => what::OTHER,
    }
}

#[inline(always)]
pub(super) const fn ppp(number: u16) -> u32 {
    match number {
        0x0021 => what::IPV4,
        0x0057 => what::IPV6,
        0x0281 | 0x0283 => what::MPLS,
        _ => what::OTHER,
    }
}

#[inline(always)]
pub(super) const fn version(first: u8) -> u32 {
    match first >> 4 {
        4 => what::IPV4,
        6 => what::IPV6,
        _ => what::OTHER,
    }
}
