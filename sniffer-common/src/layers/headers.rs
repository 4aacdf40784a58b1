//! What each header that is not only a number leads to. RFC 791, RFC 8200, RFC 2784 and 2890, RFC 7348, RFC 8926,
//! 3GPP TS 29.281.

use super::place::what;
use super::walk::Next;
use super::{Bytes, Kind, Layer, Place};

#[inline(always)]
pub(super) fn arp(bytes: &impl Bytes, place: Place, protocol: u8) -> Option<Next> {
    const LENGTH: u32 = 28;
    if place.at() + LENGTH > bytes.captured() {
        return None;
    }
    Some(Next::layer(place.layer(Kind::Other).carrying(protocol)))
}

#[inline(always)]
pub(super) fn ipv4(bytes: &impl Bytes, place: Place) -> Option<Next> {
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
pub(super) fn ipv6(bytes: &impl Bytes, place: Place) -> Option<Next> {
    const HEADER: u32 = 40;
    let at = place.at();
    if at + HEADER > bytes.captured() {
        return None;
    }
    let protocol = bytes.byte(at + 6)?;
    Some(Next::above(place.layer(Kind::Ipv6), protocol, at + HEADER))
}

/// The authentication header, which shows what is behind it.
pub(super) const AH: u8 = 51;
const FRAGMENT: u8 = 44;

/// Whether a header with this number is followed by another one of IP's: hop-by-hop options, routing, fragment, AH,
/// destination options.
#[inline(always)]
pub const fn is_extension(number: u8) -> bool {
    matches!(number, 0 | 43 | FRAGMENT | AH | 60)
}

/// An extension header of the last layer.
#[inline(always)]
pub(super) fn extension(bytes: &impl Bytes, layer: Layer, place: Place) -> Option<Next> {
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

#[inline(always)]
pub(super) fn gre(bytes: &impl Bytes, at: u32) -> Option<Next> {
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
pub(super) fn vxlan(flags: u8, at: u32) -> Place {
    const NETWORK_IS_VALID: u8 = 0x08;
    if flags & NETWORK_IS_VALID == 0 { Place::END } else { Place::ethernet(at + 8) }
}

#[inline(always)]
pub(super) fn geneve(head: u32, at: u32) -> Option<Next> {
    let (version, options) = (head >> 30, head >> 24 & 0x3f);
    if version != 0 {
        return None;
    }
    Some(Next::typed(head as u16, at + 8 + options * 4, Place::NO_LINK))
}

#[inline(always)]
pub(super) fn gtp(bytes: &impl Bytes, at: u32) -> Option<Place> {
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
pub(super) fn gtp_extension(bytes: &impl Bytes, at: u32) -> Option<Place> {
    let end = at + u32::from(bytes.byte(at)?) * 4;
    if end == at {
        return None;
    }
    if bytes.byte(end - 1)? != 0 {
        return Some(Place::new(what::GTP_EXTENSION, end, Place::NO_LINK));
    }
    Some(Place::version(end))
}
