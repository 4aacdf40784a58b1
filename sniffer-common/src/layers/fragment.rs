//! Which datagram a fragment is of (RFC 791, RFC 8200 section 4.5).

use super::{Bytes, Kind, Layer};

/// How many verdicts on first fragments are remembered: as many datagrams as a busy host has under way, and some.
pub const MAX_VERDICTS: u32 = 16_384;

/// What identifies a datagram among those whose fragments are under way.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FragmentKey {
    addresses: [u64; 4],
    id: u32,
    /// The protocol of IPv4, in whose header each fragment names it; above all protocols for IPv6, where only the first
    /// fragment's number counts.
    protocol: u32,
    tap: u64,
}

/// Which part of a datagram a layer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// The first fragment.
    First,
    /// A later fragment.
    Later,
}

impl Layer {
    /// Which part of a datagram this layer is.
    #[inline(always)]
    pub const fn part(self) -> Part {
        if self.0 & Self::LATER_FRAGMENT != 0 {
            Part::Later
        } else if self.0 & Self::FIRST_FRAGMENT != 0 {
            Part::First
        } else {
            Part::Whole
        }
    }
}

const _: () = assert!(size_of::<FragmentKey>() == FragmentKey::WORDS * 8);

impl FragmentKey {
    /// The size in units of `u64`, as maps are read.
    pub const WORDS: usize = 6;

    /// A tap: frames pass an interface in one order for each direction, and in none that could be told between two
    /// interfaces. So the verdicts of one tap are never taken for those of another, where they may not be final yet.
    #[inline(always)]
    pub const fn tap(ifindex: u32, is_outgoing: bool) -> u64 {
        (ifindex as u64) << 1 | is_outgoing as u64
    }

    /// The key of a layer that is a fragment, as seen at this tap. None when its fragment header is behind more than three
    /// others.
    #[inline(always)]
    pub fn of(bytes: &impl Bytes, layer: Layer, tap: u64) -> Option<Self> {
        const IPV6: u32 = 0x100;
        let at = layer.network();
        if layer.is(Kind::Ipv4) {
            let [first, second] = bytes.line(at + 4)?;
            let (id, protocol) = ((first >> 48) as u32, (first >> 16) as u32 & 0xff);
            return Some(Self { addresses: [second, 0, 0, 0], id, protocol, tap });
        }
        let ([a, b], [c, d]) = (bytes.line(at + 8)?, bytes.line(at + 24)?);
        Some(Self { addresses: [a, b, c, d], id: fragment_id(bytes, at)?, protocol: IPV6, tap })
    }
}

/// The identification in the fragment header of an IPv6 packet.
#[inline(always)]
fn fragment_id(bytes: &impl Bytes, at: u32) -> Option<u32> {
    let mut place = (bytes.byte(at + 6)?, at + 40);
    // Written out, since the kernel side must not have loops.
    place = before_fragment(bytes, place)?;
    place = before_fragment(bytes, place)?;
    place = before_fragment(bytes, place)?;
    if place.0 == FRAGMENT { bytes.word(place.1 + 4) } else { None }
}

const FRAGMENT: u8 = 44;

/// The place behind an extension header, unless it is the one that is looked for.
#[inline(always)]
fn before_fragment(bytes: &impl Bytes, (number, at): (u8, u32)) -> Option<(u8, u32)> {
    if number == FRAGMENT {
        return Some((number, at));
    }
    Some((bytes.byte(at)?, at + 8 + u32::from(bytes.byte(at + 1)?) * 8))
}
