//! A frame's link class and transport class, as the index of its cell. RFC 791, RFC 8200, IEEE 802.1Q.
//!
//! Nearly all frames show their classes in the first bytes. The others (tags in the bytes, IPv6 extension headers, frames
//! that end within their headers) are walked one header a run, each run a tail call: a program with a loop is refused to
//! processes without `CAP_PERFMON`, since the verifier then follows what a processor might do speculatively and never
//! leaves the loop.
#![forbid(unsafe_code)]

use core::hint::cold_path;
use core::mem::MaybeUninit;

use sniffer_common::{Link, LinkHeader, Note, Transport, Walked, cell};

use crate::access::{Frame, Head, Window};
use crate::config;

const ETHERTYPE_AT: u32 = 12;
pub(crate) const ETHERNET_HEADER: u32 = 14;
const VLAN_TAG: u32 = 4;
pub(crate) const IPV6_HEADER: u32 = 40;
/// Where the IPv6 header names the next one.
pub(crate) const NEXT_HEADER: u32 = 6;

/// Values below are IEEE 802.3 lengths (`ETH_P_802_3_MIN` of `linux/if_ether.h`).
const MIN_ETHERTYPE: u16 = 0x0600;
pub(crate) const IPV4: u16 = 0x0800;
const ARP: u16 = 0x0806;
pub(crate) const IPV6: u16 = 0x86dd;
const MPLS: u16 = 0x8847;
const MPLS_MULTICAST: u16 = 0x8848;
const VLAN: u16 = 0x8100;
const QINQ: u16 = 0x88a8;
const QINQ_OLD: u16 = 0x9100;

/// IPv6 extension headers.
const HOP_BY_HOP: u8 = 0;
const ROUTING: u8 = 43;
const FRAGMENT: u8 = 44;
const DESTINATION: u8 = 60;

/// How far a frame is classified.
pub(crate) enum Progress {
    /// This is the index of its cell.
    Cell(u32),
    /// The walk has come to this place.
    At(Place),
}

/// A place in a frame on the way to its transport.
pub(crate) struct Place {
    /// The index of the first cell of the frame's link class.
    pub(crate) row: u32,
    /// What begins here: an Ethertype, or with [`Place::EXTENSION`] an IPv6 extension header.
    pub(crate) what: u32,
    /// The position in bytes.
    pub(crate) at: u32,
    /// How the walk has come there.
    pub(crate) walked: Walked,
}

impl Place {
    const EXTENSION: u32 = 1 << 16;

    /// Where a walk begins.
    #[inline(always)]
    fn first(row: u32, ethertype: u16, at: u32) -> Self {
        Self { row, what: u32::from(ethertype), at, walked: Walked::default() }
    }

    /// The place that an earlier stage has noted.
    #[inline(always)]
    pub(crate) fn noted(frame: &Frame) -> Self {
        Self {
            row: frame.note(Note::Cell),
            what: frame.note(Note::What),
            at: frame.note(Note::At),
            walked: Walked::from_word(frame.note(Note::Walked)),
        }
    }

    /// Notes the place for the stages behind this one.
    #[inline(always)]
    pub(crate) fn note(&self, frame: &Frame) {
        frame.set_note(Note::Cell, self.row);
        frame.set_note(Note::What, self.what);
        frame.set_note(Note::At, self.at);
        frame.set_note(Note::Walked, self.walked.to_word());
    }

    /// The IPv6 extension header that begins here, None where it is something else.
    #[inline(always)]
    pub(crate) fn extension(&self) -> Option<u8> {
        (self.what & Self::EXTENSION != 0).then_some(self.what as u8)
    }
}

/// A way of reading the first bytes of packets.
pub(crate) trait Reads {
    /// As far as the first bytes tell.
    fn classify(frame: &Frame) -> Progress;

    /// The cell that was just noted for the frame, as a number that may index a map.
    fn noted_cell(frame: &Frame, cell: u32) -> u32;
}

/// In place; frames whose headers are not linear are copied. The process has `CAP_PERFMON`.
pub(crate) struct Direct;

impl Reads for Direct {
    #[inline(always)]
    fn classify(frame: &Frame) -> Progress {
        match Window::in_place(frame) {
            Some(head) => begin(frame, &head),
            None => Compat::classify(frame),
        }
    }

    #[inline(always)]
    fn noted_cell(_frame: &Frame, cell: u32) -> u32 {
        cell
    }
}

/// By one copy.
pub(crate) struct Compat;

impl Reads for Compat {
    #[inline(always)]
    fn classify(frame: &Frame) -> Progress {
        let mut room = MaybeUninit::uninit();
        match Window::copy(frame, &mut room) {
            Some(head) => begin(frame, &head),
            None => short(frame),
        }
    }

    /// Without `CAP_PERFMON` the verifier takes only a number as an index that it knows as much about on one path as on
    /// every other. What is read out of the context is such a number.
    #[inline(always)]
    fn noted_cell(frame: &Frame, _cell: u32) -> u32 {
        frame.note(Note::Cell)
    }
}

/// Frames that are shorter than the window begin their walk at once.
#[inline(always)]
fn short(frame: &Frame) -> Progress {
    let (ethertype, at) = outer(frame, || frame.half(ETHERTYPE_AT).unwrap_or(0));
    Progress::At(Place::first(row(link(ethertype), frame), ethertype, at))
}

#[inline(always)]
fn begin(frame: &Frame, head: &impl Head) -> Progress {
    let (ethertype, at) = outer(frame, || head.half(ETHERTYPE_AT));
    if ethertype == IPV4 {
        let [fragment_high, fragment_low, _ttl, protocol] = head.word(at + 6);
        let column = ipv4(u16::from_be_bytes([fragment_high, fragment_low]), protocol);
        return Progress::Cell(row(Link::Ipv4, frame) + u32::from(column));
    }
    cold_path();
    if ethertype == IPV6 {
        return behind_ipv6(row(Link::Ipv6, frame), head.byte(at + NEXT_HEADER), at, Walked::default());
    }
    if is_tag(ethertype) {
        return Progress::At(Place::first(cell(Link::Vlan, Transport::Tcp), ethertype, at));
    }
    Progress::Cell(row(link(ethertype), frame) + NONE)
}

/// One step of a walk: past a tag, past an IP header, or past an extension header.
#[inline(always)]
pub(crate) fn step(frame: &Frame, place: Place) -> Progress {
    let Place { row, what, at, walked } = place;
    // Headers that the frame does not hold whole have a class of their own.
    let progress = if let Some(header) = place.extension() {
        behind_extension(frame, row, header, at, walked)
    } else {
        match what as u16 {
            IPV4 => behind_ipv4(frame, row, at),
            IPV6 => frame.byte(at + NEXT_HEADER).map(|header| behind_ipv6(row, header, at, walked)),
            tag if is_tag(tag) => Some(behind_tag(frame, row, at, walked)),
            _ => return Progress::Cell(row + NONE),
        }
    };
    progress.unwrap_or(Progress::Cell(row + OTHER))
}

/// The cell of a frame whose headers go on for too long.
#[inline(always)]
pub(crate) fn unknown(row: u32) -> u32 {
    row + OTHER
}

/// The Ethertype behind the link header, and where what it names begins.
#[inline(always)]
fn outer(frame: &Frame, ethertype: impl FnOnce() -> u16) -> (u16, u32) {
    /// Reserved by IANA: names nothing.
    const NOTHING: u16 = 0xffff;
    if config::begins_with(LinkHeader::Ethernet) {
        (ethertype(), ETHERNET_HEADER)
    } else if config::begins_with(LinkHeader::None) {
        (frame.protocol(), 0)
    } else {
        (NOTHING, 0)
    }
}

/// The first cell of a frame's link class.
#[inline(always)]
fn row(link: Link, frame: &Frame) -> u32 {
    if frame.has_vlan_metadata() {
        cold_path();
        return cell(Link::Vlan, Transport::Tcp);
    }
    cell(link, Transport::Tcp)
}

#[inline(always)]
fn link(ethertype: u16) -> Link {
    match ethertype {
        IPV4 => Link::Ipv4,
        IPV6 => Link::Ipv6,
        ARP => Link::Arp,
        MPLS | MPLS_MULTICAST => Link::Mpls,
        VLAN | QINQ | QINQ_OLD => Link::Vlan,
        0..MIN_ETHERTYPE => Link::Llc,
        _ => Link::Other,
    }
}

#[inline(always)]
fn is_tag(ethertype: u16) -> bool {
    matches!(ethertype, VLAN | QINQ | QINQ_OLD)
}

/// In a cooked frame the kernel has gone past tags in the bytes already and tells their Ethertype only, so that the packet
/// has to speak for itself.
#[inline(always)]
fn behind_tag(frame: &Frame, row: u32, at: u32, walked: Walked) -> Progress {
    if config::begins_with(LinkHeader::Ethernet) {
        let what = frame.half(at + 2).unwrap_or(0).into();
        return Progress::At(Place { row, what, at: at + VLAN_TAG, walked });
    }
    let ethertype = match frame.byte(at).unwrap_or(0) >> 4 {
        4 => IPV4,
        6 => IPV6,
        _ => 0,
    };
    Progress::At(Place { row, what: ethertype.into(), at, walked })
}

#[inline(always)]
fn behind_ipv4(frame: &Frame, row: u32, at: u32) -> Option<Progress> {
    let column = ipv4(frame.half(at + 6)?, frame.byte(at + 9)?);
    Some(Progress::Cell(row + u32::from(column)))
}

/// What follows an IPv6 header at `at`.
#[inline(always)]
fn behind_ipv6(row: u32, header: u8, at: u32, walked: Walked) -> Progress {
    onward(row, header, at + IPV6_HEADER, Walked { ipv6_at: at as u16, ..walked })
}

#[inline(always)]
fn behind_extension(frame: &Frame, row: u32, header: u8, at: u32, walked: Walked) -> Option<Progress> {
    let extension = Extension::at(frame, header, at)?;
    if extension.fragment.is_later() {
        return Some(Progress::Cell(row + Transport::Fragment as u32));
    }
    let fragmented = walked.fragmented || extension.fragment.is_part();
    Some(onward(row, extension.next, extension.end, Walked { fragmented, ..walked }))
}

/// An IPv6 extension header.
pub(crate) struct Extension {
    /// The number of what follows.
    pub(crate) next: u8,
    /// Where that begins.
    pub(crate) end: u32,
    /// The place in the datagram; that of a whole one where this is no fragment header.
    pub(crate) fragment: FragmentField,
}

impl Extension {
    /// The header of that number at `at`; None when the frame does not hold it whole.
    #[inline(always)]
    pub(crate) fn at(frame: &Frame, header: u8, at: u32) -> Option<Self> {
        let next = frame.byte(at)?;
        // RFC 8200, section 4.5: the fragment header has no length, and a reserved byte in its place.
        let (length, fragment) = if header == FRAGMENT {
            (0, FragmentField(frame.half(at + 2)?))
        } else {
            (frame.byte(at + 1)?, FragmentField(0))
        };
        Some(Self { next, end: at + 8 + u32::from(length) * 8, fragment })
    }
}

/// Offset and flag of an IPv6 fragment header.
#[derive(Clone, Copy)]
pub(crate) struct FragmentField(u16);

impl FragmentField {
    const OFFSET_MASK: u16 = 0xfff8;
    const MORE: u16 = 1;

    /// Whether it is not the first fragment: there is no transport header.
    #[inline(always)]
    pub(crate) fn is_later(self) -> bool {
        self.0 & Self::OFFSET_MASK != 0
    }

    /// Whether there are other fragments. Without them it is a whole datagram (RFC 6946).
    #[inline(always)]
    pub(crate) fn is_part(self) -> bool {
        self.0 & (Self::OFFSET_MASK | Self::MORE) != 0
    }
}

/// What an IPv6 header's next one leads to.
#[inline(always)]
fn onward(row: u32, header: u8, at: u32, walked: Walked) -> Progress {
    match NEXT_HEADERS[header as usize] {
        EXTENSION => Progress::At(Place { row, what: Place::EXTENSION | u32::from(header), at, walked }),
        column => Progress::Cell(row + u32::from(column)),
    }
}

/// The class of an IPv4 packet. Its protocol stands in the fixed part of the header, so that the header's length does not
/// matter.
#[inline(always)]
fn ipv4(fragment: u16, protocol: u8) -> Column {
    const OFFSET_MASK: u16 = 0x1fff;
    if fragment & OFFSET_MASK != 0 {
        return Transport::Fragment as Column;
    }
    PROTOCOLS[protocol as usize]
}

/// The number of a transport class. Not the type itself: the compiler would know its range and leave out the check of the
/// cell's bounds, which the verifier wants to see.
type Column = u8;

const OTHER: u32 = Transport::Other as u32;
const NONE: u32 = Transport::None as u32;

/// In the place of a class: an extension header, behind which the walk goes on. AH and ESP are classes of their own and
/// end it.
const EXTENSION: Column = Column::MAX;

/// The classes of IP protocol numbers. A table, since one load is less than a dozen branches, and since the verifier then
/// knows as little about the number on one path as on every other, which it wants of an index without `CAP_PERFMON`.
static PROTOCOLS: [Column; 256] = {
    let mut table = [0; 256];
    let mut protocol = 0;
    while protocol < table.len() {
        table[protocol] = Transport::from_protocol(protocol as u8) as Column;
        protocol += 1;
    }
    table
};

/// The same for what follows an IPv6 header, with the extension headers marked.
static NEXT_HEADERS: [Column; 256] = {
    let mut table = PROTOCOLS;
    table[HOP_BY_HOP as usize] = EXTENSION;
    table[ROUTING as usize] = EXTENSION;
    table[FRAGMENT as usize] = EXTENSION;
    table[DESTINATION as usize] = EXTENSION;
    table
};
