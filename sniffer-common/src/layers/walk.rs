//! From one header to the next. RFC 791, RFC 8200, IEEE 802.1Q, RFC 3032, RFC 2516, RFC 2784 and 2890, RFC 7348, RFC 8926,
//! 3GPP TS 29.281.

use super::{Kind, Layer, MAX_AT, MAX_LAYERS, Ports, Tunnel};

/// The bytes of a frame.
pub trait Bytes {
    /// How many there are.
    fn captured(&self) -> u32;
    /// The byte at `at`.
    fn byte(&self, at: u32) -> Option<u8>;
    /// The two bytes at `at` in network order.
    fn half(&self, at: u32) -> Option<u16>;
    /// The four bytes at `at` in network order.
    fn word(&self, at: u32) -> Option<u32>;
    /// The sixteen bytes at `at` in network order.
    fn line(&self, at: u32) -> Option<[u64; 2]>;
}

/// The words of a frame's layers, the outermost first.
pub trait Words {
    /// The word of a layer below [`MAX_LAYERS`].
    fn get(&self, layer: usize) -> Layer;
    /// Changes it.
    fn set(&mut self, layer: usize, word: Layer);

    /// All words. They are read and written one and all, each at a place that is known when this is compiled: that is the
    /// only way in which the kernel lets a control buffer be reached.
    #[inline(always)]
    fn all(&self) -> [Layer; MAX_LAYERS] {
        [self.get(0), self.get(1), self.get(2), self.get(3)]
    }

    /// Writes the next layer down. False when there is no room left.
    #[inline(always)]
    fn push(&mut self, word: Layer) -> bool {
        let [a, b, c, d] = self.all();
        if d.0 != 0 {
            return false;
        }
        self.set(0, if a.0 == 0 { word } else { a });
        self.set(1, if a.0 != 0 && b.0 == 0 { word } else { b });
        self.set(2, if b.0 != 0 && c.0 == 0 { word } else { c });
        self.set(3, if c.0 != 0 { word } else { d });
        true
    }

    /// The last layer.
    #[inline(always)]
    fn last(&self) -> Layer {
        let [a, b, c, d] = self.all();
        let inner = if d.0 == 0 { c } else { d };
        if b.0 == 0 {
            a
        } else if c.0 == 0 {
            b
        } else {
            inner
        }
    }

    /// Changes the last layer.
    #[inline(always)]
    fn amend(&mut self, word: Layer) {
        let [a, b, c, d] = self.all();
        self.set(0, if b.0 == 0 { word } else { a });
        self.set(1, if b.0 != 0 && c.0 == 0 { word } else { b });
        self.set(2, if c.0 != 0 && d.0 == 0 { word } else { c });
        self.set(3, if d.0 != 0 { word } else { d });
    }
}

const _: () = assert!(MAX_LAYERS == 4);

/// How many steps a walk may take.
pub const MAX_STEPS: u32 = 32;

/// Where a walk stands: what begins at which position, in 21 bits. No option, since half of one would be undefined where
/// there is no place, and the kernel's verifier does not let what is undefined be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(u32);

/// What may begin at a place.
mod what {
    pub(super) const ETHERNET: u32 = 1;
    pub(super) const VLAN: u32 = 2;
    pub(super) const MPLS: u32 = 3;
    pub(super) const PPPOE: u32 = 4;
    pub(super) const IPV4: u32 = 5;
    pub(super) const IPV6: u32 = 6;
    pub(super) const ARP: u32 = 7;
    pub(super) const RARP: u32 = 8;
    /// Nothing that leads on.
    pub(super) const OTHER: u32 = 9;
    /// IPv4 or IPv6, as the first four bits say.
    pub(super) const VERSION: u32 = 10;
    /// An extension header of IPv6, or AH.
    pub(super) const EXTENSION: u32 = 11;
    pub(super) const GRE: u32 = 12;
    pub(super) const VXLAN: u32 = 13;
    pub(super) const GENEVE: u32 = 14;
    pub(super) const GTP: u32 = 15;
    pub(super) const GTP_EXTENSION: u32 = 16;
}

impl Place {
    const AT_SHIFT: u32 = 5;
    const ASIDE_SHIFT: u32 = 13;
    /// That no Ethernet header stands directly before this place.
    const NO_LINK: u32 = 0xff;

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
    const fn new(what: u32, at: u32, aside: u32) -> Self {
        if at > MAX_AT {
            return Self::END;
        }
        Self(what | at >> 1 << Self::AT_SHIFT | aside << Self::ASIDE_SHIFT)
    }

    #[inline(always)]
    const fn typed(number: u16, at: u32, aside: u32) -> Self {
        match ethertype(number) {
            what::ETHERNET => Self::ethernet(at),
            what => Self::new(what, at, aside),
        }
    }

    #[inline(always)]
    const fn what(self) -> u32 {
        self.0 & 0x1f
    }

    #[inline(always)]
    const fn at(self) -> u32 {
        (self.0 >> Self::AT_SHIFT & 0xff) << 1
    }

    /// The Ethernet header before it, or the number of an extension header.
    #[inline(always)]
    const fn aside(self) -> u32 {
        self.0 >> Self::ASIDE_SHIFT & 0xff
    }

    /// A layer at this place.
    #[inline(always)]
    const fn layer(self, kind: Kind) -> Layer {
        Layer::new(kind, self.at()).behind(self.link())
    }

    #[inline(always)]
    const fn has_link(self) -> bool {
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
const fn ppp(number: u16) -> u32 {
    match number {
        0x0021 => what::IPV4,
        0x0057 => what::IPV6,
        0x0281 | 0x0283 => what::MPLS,
        _ => what::OTHER,
    }
}

/// What a header leads to. Most of the work is behind it and so written once, for the kernel side has no functions to call.
/// As a place this has all its fields always.
struct Next {
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
    const fn to(place: Place) -> Self {
        Self { lead: Lead::Place, aside: place.0, ..Self::UNKNOWN }
    }

    #[inline(always)]
    const fn typed(number: u16, at: u32, aside: u32) -> Self {
        Self { lead: Lead::Type, at, number, aside, layer: Layer(0) }
    }

    #[inline(always)]
    const fn above(layer: Layer, protocol: u8, at: u32) -> Self {
        Self { lead: Lead::Above, at, number: protocol as u16, aside: 0, layer }
    }

    #[inline(always)]
    const fn layer(layer: Layer) -> Self {
        Self { lead: Lead::Layer, layer, ..Self::UNKNOWN }
    }

    /// The same about the layer that was written down last.
    #[inline(always)]
    const fn again(self) -> Self {
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
        Lead::Place => return Place(aside),
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
        what::IPV4 => return ipv4(bytes, place),
        what::IPV6 => return ipv6(bytes, place),
        what::ARP => return arp(bytes, place, Kind::ARP),
        what::RARP => return arp(bytes, place, Kind::RARP),
        what::EXTENSION => extension(bytes, words.last(), place).unwrap_or(Next::to(Place::END)),
        what::GRE => return gre(bytes, at),
        what::VXLAN => Next::to(vxlan(bytes.byte(at)?, at)),
        what::GENEVE => return geneve(bytes.word(at)?, at),
        what::GTP => Next::to(gtp(bytes, at)?),
        what::GTP_EXTENSION => Next::to(gtp_extension(bytes, at)?),
        _ => Next::UNKNOWN,
    })
}

#[inline(always)]
const fn version(first: u8) -> u32 {
    match first >> 4 {
        4 => what::IPV4,
        6 => what::IPV6,
        _ => what::OTHER,
    }
}

#[inline(always)]
fn arp(bytes: &impl Bytes, place: Place, protocol: u8) -> Option<Next> {
    const LENGTH: u32 = 28;
    if place.at() + LENGTH > bytes.captured() {
        return None;
    }
    Some(Next::layer(place.layer(Kind::Other).carrying(protocol)))
}

#[inline(always)]
fn ipv4(bytes: &impl Bytes, place: Place) -> Option<Next> {
    const HEADER: u32 = 20;
    const OFFSET: u64 = 0x1fff;
    const MORE: u64 = 0x2000;
    let at = place.at();
    if at + HEADER > bytes.captured() {
        return None;
    }
    let [first, second] = bytes.line(at)?;
    let (length, protocol) = ((first >> 56 & 0x0f) as u32 * 4, (second >> 48) as u8);
    let layer = place.layer(Kind::Ipv4).carrying(protocol);
    if first & OFFSET != 0 {
        return Some(Next::layer(layer.with_flags(Layer::LATER_FRAGMENT)));
    }
    if length < HEADER {
        return Some(Next::layer(layer));
    }
    let layer = if first & MORE != 0 { layer.with_flags(Layer::FIRST_FRAGMENT) } else { layer };
    Some(Next::above(layer, protocol, at + length))
}

#[inline(always)]
fn ipv6(bytes: &impl Bytes, place: Place) -> Option<Next> {
    const HEADER: u32 = 40;
    let at = place.at();
    if at + HEADER > bytes.captured() {
        return None;
    }
    let protocol = bytes.byte(at + 6)?;
    Some(Next::above(place.layer(Kind::Ipv6), protocol, at + HEADER))
}

/// The authentication header, which shows what is behind it.
const AH: u8 = 51;
const FRAGMENT: u8 = 44;

/// Whether a header with this number is followed by another one of IP's: hop-by-hop options, routing, fragment, AH,
/// destination options.
#[inline(always)]
pub const fn is_extension(number: u8) -> bool {
    matches!(number, 0 | 43 | FRAGMENT | AH | 60)
}

/// An extension header of the last layer.
#[inline(always)]
fn extension(bytes: &impl Bytes, layer: Layer, place: Place) -> Option<Next> {
    const OFFSET: u32 = 0xfff8;
    const MORE: u32 = 1;
    let head = bytes.word(place.at())?;
    let (protocol, length) = ((head >> 24) as u8, head >> 16 & 0xff);
    let (length, flags) = match place.aside() as u8 {
        FRAGMENT if head & OFFSET != 0 => {
            let layer = layer.carrying(protocol).with_flags(Layer::LATER_FRAGMENT);
            return Some(Next::layer(layer).again());
        }
        FRAGMENT if head & MORE != 0 => (8, Layer::FIRST_FRAGMENT),
        FRAGMENT => (8, 0),
        AH => ((length + 2) * 4, 0),
        _ => ((length + 1) * 8, 0),
    };
    Some(Next::above(layer.with_flags(flags), protocol, place.at() + length).again())
}

/// The layer with the protocol above it, and where that leads to. The frame holds a transport header when it holds ports.
#[inline(always)]
fn above(bytes: &impl Bytes, ports: &impl Ports, layer: Layer, protocol: u8, at: u32) -> (Layer, Place) {
    const PORTS: u32 = 4;
    let layer = layer.carrying(protocol);
    if is_extension(protocol) && (protocol == AH || layer.is(Kind::Ipv6)) {
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

#[inline(always)]
fn gre(bytes: &impl Bytes, at: u32) -> Option<Next> {
    const CHECKSUM: u32 = 0x8000_0000;
    const KEY: u32 = 0x2000_0000;
    const SEQUENCE: u32 = 0x1000_0000;
    const ROUTING_OR_VERSION: u32 = 0x4007_0000;
    let head = bytes.word(at)?;
    if head & ROUTING_OR_VERSION != 0 {
        return None;
    }
    let field = |flag| if head & flag != 0 { 4 } else { 0 };
    let at = at + 4 + field(CHECKSUM) + field(KEY) + field(SEQUENCE);
    Some(Next::typed(head as u16, at, Place::NO_LINK))
}

#[inline(always)]
fn vxlan(flags: u8, at: u32) -> Place {
    const NETWORK_IS_VALID: u8 = 0x08;
    if flags & NETWORK_IS_VALID == 0 { Place::END } else { Place::ethernet(at + 8) }
}

#[inline(always)]
fn geneve(head: u32, at: u32) -> Option<Next> {
    let (version, options) = (head >> 30, head >> 24 & 0x3f);
    if version != 0 {
        return None;
    }
    Some(Next::typed(head as u16, at + 8 + options * 4, Place::NO_LINK))
}

#[inline(always)]
fn gtp(bytes: &impl Bytes, at: u32) -> Option<Place> {
    const VERSION_AND_TYPE: u32 = 0xf0ff;
    const VERSION_1_USER_DATA: u32 = 0x30ff;
    const OPTIONAL: u32 = 0x0700;
    const EXTENSION: u32 = 0x0400;
    let head = u32::from(bytes.half(at)?);
    if head & VERSION_AND_TYPE != VERSION_1_USER_DATA {
        return None;
    }
    if head & OPTIONAL == 0 {
        return Some(Place::version(at + 8));
    }
    if head & EXTENSION != 0 && bytes.byte(at + 11)? != 0 {
        return Some(Place::new(what::GTP_EXTENSION, at + 12, Place::NO_LINK));
    }
    Some(Place::version(at + 12))
}

/// An extension header of GTP-U: its length in words, and in its last byte the type of the next one.
#[inline(always)]
fn gtp_extension(bytes: &impl Bytes, at: u32) -> Option<Place> {
    let end = at + u32::from(bytes.byte(at)?) * 4;
    if end == at {
        return None;
    }
    if bytes.byte(end - 1)? != 0 {
        return Some(Place::new(what::GTP_EXTENSION, end, Place::NO_LINK));
    }
    Some(Place::version(end))
}
