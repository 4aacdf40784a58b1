//! From one header to the next.

use super::place::{ppp, version, what};
use super::{Bytes, Kind, Layer, MAX_AT, Place, Ports, Tunnel, Words, headers};

/// How many steps a walk may take.
pub const MAX_STEPS: u32 = 32;

/// What a header leads to. Most of the work is behind it and so written once, for the kernel side has no functions to call.
/// As a place this has all its fields always.
pub(super) struct Next {
    lead: Lead,
    at: u32,
    /// An Ethertype, or a protocol above IP.
    number: u16,
    /// What goes along with a place, or the bits of the place itself.
    aside: u32,
    layer: Layer,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// To nothing that would be known.
    Unknown,
    /// To what an Ethertype names.
    Type,
    /// To a place.
    Place,
    /// Up to a protocol above IP.
    Above,
    /// To nothing more than that this is a layer.
    Layer,
    /// The same as the last two for the layer that was written down last.
    AboveLast,
    Last,
}

impl Next {
    const UNKNOWN: Self = Self { lead: Lead::Unknown, at: 0, number: 0, aside: 0, layer: Layer(0) };

    #[inline(always)]
    pub(super) const fn to(place: Place) -> Self {
        Self { lead: Lead::Place, aside: place.to_bits(), ..Self::UNKNOWN }
    }

    #[inline(always)]
    pub(super) const fn typed(number: u16, at: u32, aside: u32) -> Self {
        Self { lead: Lead::Type, at, number, aside, layer: Layer(0) }
    }

    #[inline(always)]
    pub(super) const fn above(layer: Layer, protocol: u8, at: u32) -> Self {
        Self { lead: Lead::Above, at, number: protocol as u16, aside: 0, layer }
    }

    #[inline(always)]
    pub(super) const fn layer(layer: Layer) -> Self {
        Self { lead: Lead::Layer, layer, ..Self::UNKNOWN }
    }

    /// The same about the layer that was written down last.
    #[inline(always)]
    pub(super) const fn again(self) -> Self {
        let lead = match self.lead {
            Lead::Above => Lead::AboveLast,
            _ => Lead::Last,
        };
        Self { lead, ..self }
    }
}

/// Goes through the header at a place and writes down the layer that it is, if any.
#[inline(always)]
pub fn step(bytes: &impl Bytes, ports: &impl Ports, words: &mut impl Words, place: Place) -> Place {
    let Next { lead, at, number, aside, layer } = header(bytes, words, place).unwrap_or(Next::UNKNOWN);
    let (layer, next) = match lead {
        Lead::Type => return Place::typed(number, at, aside),
        Lead::Place => return Place::from_bits(aside),
        Lead::Above | Lead::AboveLast => above(bytes, ports, layer, number as u8, at),
        Lead::Layer | Lead::Last => (layer, Place::END),
        Lead::Unknown if place.has_link() => (place.layer(Kind::Other), Place::END),
        Lead::Unknown => return Place::END,
    };
    if matches!(lead, Lead::AboveLast | Lead::Last) {
        words.amend(layer);
        return next;
    }
    if words.push(layer) { next } else { Place::END }
}

/// The header at a place. None when the frame does not hold it whole.
#[inline(always)]
fn header(bytes: &impl Bytes, words: &impl Words, place: Place) -> Option<Next> {
    let (at, aside) = (place.at(), place.aside());
    Some(match place.what() {
        what::ETHERNET => Next::typed(bytes.half(at + 12)?, at + 14, aside),
        what::VLAN => Next::typed(bytes.half(at + 2)?, at + 4, aside),
        what::MPLS => {
            let is_last = bytes.byte(at + 2)? & 1 == 1;
            Next::to(Place::new(if is_last { what::VERSION } else { what::MPLS }, at + 4, aside))
        }
        what::PPPOE => Next::to(Place::new(ppp(bytes.half(at + 6)?), at + 8, aside)),
        what::VERSION => Next::to(Place::new(version(bytes.byte(at)?), at, aside)),
        what::IPV4 => return headers::ipv4(bytes, place),
        what::IPV6 => return headers::ipv6(bytes, place),
        what::ARP => return headers::arp(bytes, place, Kind::ARP),
        what::RARP => return headers::arp(bytes, place, Kind::RARP),
        what::EXTENSION => headers::extension(bytes, words.last(), place).unwrap_or(Next::to(Place::END)),
        what::GRE => return headers::gre(bytes, at),
        what::VXLAN => Next::to(headers::vxlan(bytes.byte(at)?, at)),
        what::GENEVE => return headers::geneve(bytes.word(at)?, at),
        what::GTP => Next::to(headers::gtp(bytes, at)?),
        what::GTP_EXTENSION => Next::to(headers::gtp_extension(bytes, at)?),
        _ => Next::UNKNOWN,
    })
}

/// The layer with the protocol above it, and where that leads to. The frame holds a transport header when it holds ports.
#[inline(always)]
fn above(bytes: &impl Bytes, ports: &impl Ports, layer: Layer, protocol: u8, at: u32) -> (Layer, Place) {
    const PORTS: u32 = 4;
    let layer = layer.carrying(protocol);
    if headers::is_extension(protocol) && (protocol == headers::AH || layer.is(Kind::Ipv6)) {
        return (layer, Place::new(what::EXTENSION, at, u32::from(protocol)));
    }
    if at > MAX_AT || at + PORTS > bytes.captured() {
        return (layer, Place::END);
    }
    (layer.with_transport(at), inside(bytes, ports, protocol, at))
}

/// What a protocol above IP carries.
#[inline(always)]
fn inside(bytes: &impl Bytes, ports: &impl Ports, protocol: u8, at: u32) -> Place {
    const UDP: u32 = 8;
    const VXLAN: u32 = Tunnel::Vxlan as u32;
    const GENEVE: u32 = Tunnel::Geneve as u32;
    const GTP: u32 = Tunnel::Gtp as u32;
    let (what, at) = match protocol {
        4 => (what::IPV4, at),
        41 => (what::IPV6, at),
        47 => (what::GRE, at),
        17 => match ports.find(bytes.half(at + 2).unwrap_or(0)) {
            VXLAN => (what::VXLAN, at + UDP),
            GENEVE => (what::GENEVE, at + UDP),
            GTP => (what::GTP, at + UDP),
            _ => return Place::END,
        },
        _ => return Place::END,
    };
    Place::new(what, at, Place::NO_LINK)
}
