//! A frame's link class and transport class, as the index of its cell. Two entry points, which differ only in how they
//! reach the bytes. RFC 791, RFC 8200, IEEE 802.1Q.
#![forbid(unsafe_code)]

use core::{hint::black_box, mem::MaybeUninit};

use sniffer_common::{Link, Transport};

use crate::{
    access::{Frame, Head, Window},
    config,
};

const ETHERTYPE_AT: u32 = 12;
const ETHERNET_HEADER: u32 = 14;
const VLAN_TAG: u32 = 4;
/// How many tags in the bytes are skipped in search of the inner packet.
const MAX_TAGS: u32 = 3;
/// How many IPv6 extension headers are skipped in search of the transport.
const MAX_EXTENSIONS: u32 = 8;

/// Values below are IEEE 802.3 lengths (`ETH_P_802_3_MIN` of `linux/if_ether.h`).
const MIN_ETHERTYPE: u16 = 0x0600;
const IPV4: u16 = 0x0800;
const ARP: u16 = 0x0806;
const IPV6: u16 = 0x86dd;
const MPLS: u16 = 0x8847;
const MPLS_MULTICAST: u16 = 0x8848;
const VLAN: u16 = 0x8100;
const QINQ: u16 = 0x88a8;
const QINQ_OLD: u16 = 0x9100;

/// Reads in place; frames whose headers are not linear are copied.
#[inline(always)]
pub(crate) fn direct(frame: &Frame) -> u32 {
    let cell = match Window::in_place(frame) {
        Some(head) => common(frame, &head),
        None => copied(frame),
    };
    cell.unwrap_or_else(|| any(frame))
}

/// Copies the headers once.
#[inline(always)]
pub(crate) fn compat(frame: &Frame) -> u32 {
    copied(frame).unwrap_or_else(|| any(frame))
}

#[inline(always)]
fn copied(frame: &Frame) -> Option<u32> {
    let mut room = MaybeUninit::uninit();
    common(frame, &Window::copy(frame, &mut room)?)
}

/// The frames that nearly all are: no tag in the bytes, nothing between IP header and transport. None for the others.
#[inline(always)]
fn common(frame: &Frame, head: &impl Head) -> Option<u32> {
    let (ethertype, network) = outer(frame, head)?;
    let (link, transport) = match ethertype {
        IPV4 => (Link::Ipv4, ipv4(head, network)?),
        IPV6 => (Link::Ipv6, ipv6_without_extensions(head, network)?),
        _ if is_tag(ethertype) => return None,
        _ => (link(ethertype), NONE),
    };
    Some(cell(if frame.has_vlan_metadata() { Link::Vlan } else { link }, transport))
}

/// Every frame, piece by piece: tags, extension headers, frames that end within their headers.
#[inline(always)]
fn any(frame: &Frame) -> u32 {
    let (outer, network) = outer(frame, frame).unwrap_or((0, 0));
    let link = if is_tag(outer) || frame.has_vlan_metadata() { Link::Vlan } else { link(outer) };
    let (ethertype, network) = inside_tags(frame, outer, network);
    let transport = match ethertype {
        IPV4 => ipv4(frame, network).unwrap_or(OTHER),
        IPV6 => ipv6(frame, network).unwrap_or(OTHER),
        _ => NONE,
    };
    cell(link, transport)
}

/// The Ethertype behind the link header, and where what it names begins.
#[inline(always)]
fn outer(frame: &Frame, head: &impl Head) -> Option<(u16, u32)> {
    if config::cooked() != 0 {
        return Some((frame.protocol(), 0));
    }
    Some((head.half(ETHERTYPE_AT)?, ETHERNET_HEADER))
}

/// The number of a transport class. Not the type itself: the compiler would know its range and leave out the check of the
/// cell's bounds, which the verifier wants to see.
type Column = u8;

const FRAGMENT_COLUMN: Column = Transport::Fragment as Column;
const OTHER: Column = Transport::Other as Column;
const NONE: Column = Transport::None as Column;

/// [`Transport::from_protocol`] as a table: one load instead of a dozen branches.
static PROTOCOLS: [Column; 256] = {
    let mut table = [OTHER; 256];
    let mut protocol = 0;
    while protocol < table.len() {
        table[protocol] = Transport::from_protocol(protocol as u8) as Column;
        protocol += 1;
    }
    table
};

#[inline(always)]
fn of_protocol(protocol: u8) -> Column {
    PROTOCOLS[protocol as usize]
}

#[inline(always)]
fn cell(link: Link, transport: Column) -> u32 {
    sniffer_common::cell(link, Transport::Tcp) + u32::from(transport)
}

#[inline(always)]
fn is_tag(ethertype: u16) -> bool {
    matches!(ethertype, VLAN | QINQ | QINQ_OLD)
}

#[inline(always)]
fn link(ethertype: u16) -> Link {
    match ethertype {
        IPV4 => Link::Ipv4,
        IPV6 => Link::Ipv6,
        ARP => Link::Arp,
        MPLS | MPLS_MULTICAST => Link::Mpls,
        0..MIN_ETHERTYPE => Link::Llc,
        _ => Link::Other,
    }
}

/// The Ethertype behind the tags, and where what it names begins.
#[inline(always)]
fn inside_tags(frame: &Frame, mut ethertype: u16, mut network: u32) -> (u16, u32) {
    if config::cooked() != 0 {
        return (inside_cooked(frame, ethertype), network);
    }
    for _ in 0..MAX_TAGS {
        if !is_tag(ethertype) {
            break;
        }
        ethertype = frame.half(network + 2).unwrap_or(0);
        network += VLAN_TAG;
    }
    (ethertype, network)
}

/// The Ethertype behind the tag of a cooked frame. The kernel has gone past a tag in the bytes already and tells its
/// Ethertype only, so that the packet has to speak for itself.
#[inline(always)]
fn inside_cooked(frame: &Frame, ethertype: u16) -> u16 {
    if !is_tag(ethertype) {
        return ethertype;
    }
    match frame.byte(0).map(|byte| byte >> 4) {
        Some(4) => IPV4,
        Some(6) => IPV6,
        _ => 0,
    }
}

/// The protocol stands in the fixed part of the header, so that its length does not matter.
#[inline(always)]
fn ipv4(head: &impl Head, network: u32) -> Option<Column> {
    const OFFSET_MASK: u16 = 0x1fff;
    if head.half(network + 6)? & OFFSET_MASK != 0 {
        return Some(FRAGMENT_COLUMN);
    }
    Some(of_protocol(head.byte(network + 9)?))
}

/// Where the IPv6 header names the next one.
const NEXT_HEADER: u32 = 6;
const IPV6_HEADER: u32 = 40;

const HOP_BY_HOP: u8 = 0;
const ROUTING: u8 = 43;
const FRAGMENT: u8 = 44;
const DESTINATION: u8 = 60;

/// AH is a class of its own and ends the walk, as ESP does.
#[inline(always)]
fn is_extension(header: u8) -> bool {
    matches!(header, HOP_BY_HOP | ROUTING | FRAGMENT | DESTINATION)
}

#[inline(always)]
fn ipv6_without_extensions(head: &impl Head, network: u32) -> Option<Column> {
    let header = head.byte(network + NEXT_HEADER)?;
    (!is_extension(header)).then(|| of_protocol(header))
}

/// Walks the chain of extension headers.
#[inline(always)]
fn ipv6(frame: &Frame, network: u32) -> Option<Column> {
    const OFFSET_MASK: u16 = 0xfff8;
    let mut header = frame.byte(network + NEXT_HEADER)?;
    let mut at = network + IPV6_HEADER;
    for _ in 0..=black_box(MAX_EXTENSIONS) {
        if !is_extension(header) {
            return Some(of_protocol(header));
        }
        if header == FRAGMENT && frame.half(at + 2)? & OFFSET_MASK != 0 {
            return Some(FRAGMENT_COLUMN);
        }
        // RFC 8200, section 4.5: the fragment header has no length, and 0 in its place.
        let length = if header == FRAGMENT { 0 } else { frame.byte(at + 1)? };
        header = frame.byte(at)?;
        at += 8 + u32::from(length) * 8;
    }
    None
}
