//! OSPF version 3 with `-v`: hellos and descriptions, and with `-vv` advertisements.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{ospf, ospf_opaque};
use crate::decode::{Ospf, Payload};
use crate::print::line::Line;
use crate::print::{hex, text, tokens};

/// Bytes of an advertisement's header.
const LSA_HEADER_LEN: u16 = 20;
/// The option that says that a block of link-local signalling is behind the packet.
const SIGNALLING: u32 = 0x0200;

/// What is behind the line of a packet.
pub(super) fn print(line: &mut Line<'_>, packet: &Ospf<'_>) -> Option<()> {
    let (whole, length) = (packet.whole(), packet.length()?);
    if u32::from(length) > whole.claimed() {
        line.labelled(" [len ", length);
        line.byte(b']');
        return Some(());
    }
    ospf::print_sender(line, packet)?;
    let instance = packet.instance()?;
    if instance != 0 {
        line.labelled(", Instance ", instance);
    }
    if packet.version() != 3 {
        return Some(());
    }
    let body = whole.with_claim(length.into()).skip(Ospf::V3_HEADER_LEN);
    let options = print_body(line, packet.kind(), body)?;
    let mut trailer = whole.skip(length.into());
    if options & SIGNALLING != 0 {
        trailer = trailer.skip(print_signalling(line, trailer)?);
    }
    print_authentication(line, trailer)
}

/// Prints what the packet says, and gives the options of a hello or a description.
fn print_body(line: &mut Line<'_>, kind: u8, body: Payload<'_>) -> Option<u32> {
    let is_full = line.options.verbose > 1;
    match kind {
        1 => return print_hello(line, body, is_full),
        2 => return print_description(line, body, is_full),
        3 if is_full => print_requests(line, body)?,
        4 if is_full => print_update(line, body)?,
        5 if is_full => print_headers(line, body)?,
        _ => {}
    }
    Some(0)
}

fn print_options(line: &mut Line<'_>, label: &str, options: u32) {
    line.text(label);
    tokens::print_flags(line, OPTIONS, options);
    line.byte(b']');
}

const OPTIONS: &[(u32, &str)] = &[
    (0x0001, "V6"),
    (0x0002, "External"),
    (0x0004, "Deprecated"),
    (0x0008, "NSSA"),
    (0x0010, "Router"),
    (0x0020, "Demand Circuit"),
    (0x0100, "AFs Support"),
    (0x0200, "LLS"),
    (0x0400, "Authentication Trailer"),
];

fn print_hello(line: &mut Line<'_>, body: Payload<'_>, is_full: bool) -> Option<u32> {
    let (interface, options): (Ipv4Addr, u32) = (body.get(0)?, body.get(4)?);
    print_options(line, "\n\tOptions [", options);
    let (interval, dead): (u16, u16) = (body.get(8)?, body.get(10)?);
    line.labelled("\n\t  Hello Timer ", interval);
    line.labelled("s, Dead Timer ", dead);
    line.labelled_address("s, Interface-ID ", interface);
    line.labelled(", Priority ", options >> 24);
    for (label, at) in [("\n\t  Designated Router ", 12), (", Backup Designated Router ", 16)] {
        let router: Ipv4Addr = body.get(at)?;
        if !router.is_unspecified() {
            line.labelled_address(label, router);
        }
    }
    if is_full {
        line.text("\n\t  Neighbor List:");
        let mut rest = body.skip(20);
        while rest.claimed() > 0 {
            line.labelled_address("\n\t    ", rest.read::<Ipv4Addr>()?);
        }
    }
    Some(options)
}

fn print_description(line: &mut Line<'_>, body: Payload<'_>, is_full: bool) -> Option<u32> {
    let options: u32 = body.get(0)?;
    print_options(line, "\n\tOptions [", options);
    let flags: u8 = body.get(7)?;
    line.text(", DD Flags [");
    tokens::print_flags(line, &[(0x04, "Init"), (0x02, "More"), (0x01, "Master"), (0x10, "IPv6 MTU")], flags);
    let (mtu, sequence): (u16, u32) = (body.get(4)?, body.get(8)?);
    line.labelled("], MTU ", mtu);
    line.text(", DD-Sequence ");
    line.hex(sequence, 8);
    if is_full {
        print_headers(line, body.skip(12))?;
    }
    Some(options)
}

fn print_headers(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        print_header(line, rest)?;
        rest = rest.skip(LSA_HEADER_LEN.into());
    }
    Some(())
}

fn print_requests(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        let ([_, kind], id, router): ([[u8; 2]; 2], Ipv4Addr, Ipv4Addr) =
            ([rest.read()?, rest.read()?], rest.read()?, rest.read()?);
        line.labelled_address("\n\t  Advertising Router ", router);
        print_kind(line, u16::from_be_bytes(kind), id);
    }
    Some(())
}

fn print_update(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let count: u32 = body.get(0)?;
    let mut rest = body.skip(4);
    for _ in 0..count {
        if rest.claimed() == 0 {
            break;
        }
        let (kind, length) = print_header(line, rest)?;
        let len = length.checked_sub(LSA_HEADER_LEN).filter(|_| u32::from(length) <= rest.claimed())?;
        let behind = rest.skip(LSA_HEADER_LEN.into());
        print_advertisement(line, kind, behind.with_claim(len.into()))?;
        rest = behind.skip(len.into());
    }
    Some(())
}

/// Prints the header of an advertisement, and gives its type and length.
fn print_header(line: &mut Line<'_>, at: Payload<'_>) -> Option<(u16, u16)> {
    let (age, kind, id): (u16, u16, Ipv4Addr) = (at.get(0)?, at.get(2)?, at.get(4)?);
    let (router, sequence, length): (Ipv4Addr, u32, u16) = (at.get(8)?, at.get(12)?, at.get(18)?);
    line.labelled_address("\n\t  Advertising Router ", router);
    line.text(", seq ");
    line.hex(sequence, 8);
    line.labelled(", age ", age);
    // tcpdump counts in 64 bits without a sign.
    line.labelled("s, length ", u64::from(length).wrapping_sub(LSA_HEADER_LEN.into()));
    print_kind(line, kind, id);
    Some((kind, length))
}

/// What an advertisement is about, and how far it goes.
fn print_kind(line: &mut Line<'_>, kind: u16, id: Ipv4Addr) {
    line.text("\n\t    ");
    tokens::print_or(line, KINDS, kind & 0x1fff, "Unknown");
    line.labelled(" LSA (", kind & 0x1fff);
    line.text("), ");
    let scopes = &[(0x0000, "Link Local"), (0x2000, "Area Local"), (0x4000, "Domain Wide")];
    tokens::print_or(line, scopes, kind & 0x6000, "Unknown");
    line.text(if kind & 0x8000 == 0 { " Scope" } else { " Scope, transitive" });
    line.labelled_address(", LSA-ID ", id);
}

const KINDS: &[(u16, &str)] = &[
    (1, "Router"),
    (2, "Network"),
    (3, "Inter-Area Prefix"),
    (4, "Inter-Area Router"),
    (5, "External"),
    (6, "Deprecated"),
    (7, "NSSA"),
    (8, "Link"),
    (9, "Intra-Area Prefix"),
    (10, "Intra-Area TE"),
    (11, "Grace"),
    (12, "Router Information"),
    (13, "Inter-AS-TE"),
    (14, "Layer 1 VPN"),
];

fn print_advertisement(line: &mut Line<'_>, kind: u16, body: Payload<'_>) -> Option<()> {
    match kind {
        0x2001 => print_router(line, body),
        0x2002 => print_network(line, body),
        0x2003 => {
            line.labelled(", metric ", body.get::<u32>(0)? & 0x00ff_ffff);
            let mut rest = body.skip(4);
            while rest.claimed() > 0 {
                print_prefix(line, &mut rest)?;
            }
            Some(())
        }
        0x4005 => print_external(line, body),
        0x0008 => print_link(line, body),
        0x2009 => print_intra_area(line, body),
        0x000b => ospf_opaque::print(line, 3, body)?.then_some(()),
        0x000a => ospf_opaque::print(line, 1, body)?.then_some(()),
        _ => {
            hex::only_behind(line, "\n\t      ", body.bytes());
            Some(())
        }
    }
}

fn print_router(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let options: u32 = body.get(0)?;
    print_options(line, "\n\t      Options [", options);
    line.text(", RLA-Flags [");
    tokens::print_flags(line, ROUTER_FLAGS, options >> 24);
    line.byte(b']');
    let mut rest = body.skip(4);
    while rest.claimed() > 0 {
        let ([kind, _], metric): ([u8; 2], u16) = (rest.read()?, rest.read()?);
        let (interface, their_interface, neighbor): (Ipv4Addr, Ipv4Addr, Ipv4Addr) =
            (rest.read()?, rest.read()?, rest.read()?);
        line.text(match kind {
            1 => "\n\t      Neighbor Router-ID ",
            2 => "\n\t      Neighbor Network-ID ",
            4 => "\n\t      Virtual Link: Neighbor Router-ID ",
            _ => {
                line.text("\n\t      Unknown Router Links Type ");
                line.hex(kind, 2);
                return Some(());
            }
        });
        line.ipv4(neighbor);
        line.labelled_address("\n\t      Neighbor Interface-ID ", their_interface);
        line.labelled_address(", Interface ", interface);
        line.labelled(", metric ", metric);
    }
    Some(())
}

const ROUTER_FLAGS: &[(u32, &str)] = &[
    (0x01, "ABR"),
    (0x02, "External"),
    (0x04, "Virtual-Link Endpoint"),
    (0x08, "Deprecated"),
    (0x10, "NSSA Translator"),
];

fn print_network(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    print_options(line, "\n\t      Options [", body.get(0)?);
    line.text("\n\t      Connected Routers:");
    let mut rest = body.skip(4);
    while rest.claimed() > 0 {
        line.labelled_address("\n\t\t", rest.read::<Ipv4Addr>()?);
    }
    Some(())
}

/// A prefix with its options; gives what stands in the place of its metric.
fn print_prefix(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<u16> {
    let ([len, options], metric): ([u8; 2], u16) = (rest.read()?, rest.read()?);
    let count = usize::from(len).div_ceil(32) * 4;
    let mut octets = [0; 16];
    let Some(prefix) = octets.get_mut(..count) else {
        line.labelled(" bogus prefixlen /", len);
        return None;
    };
    prefix.copy_from_slice(rest.bytes().get(..count)?);
    *rest = rest.skip(count);
    line.labelled_address("\n\t\t", Ipv6Addr::from(octets));
    line.labelled("/", len);
    if options != 0 {
        line.text(", Options [");
        tokens::print_flags(line, PREFIX_OPTIONS, options);
        line.byte(b']');
    }
    line.labelled(", metric ", metric);
    Some(metric)
}

const PREFIX_OPTIONS: &[(u8, &str)] = &[
    (0x01, "No Unicast"),
    (0x02, "Local address"),
    (0x04, "Deprecated"),
    (0x08, "Propagate"),
    (0x10, "Down"),
    (0x20, "N-bit"),
];

fn print_external(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    const FORWARDING: u32 = 0x0200_0000;
    const TAG: u32 = 0x0100_0000;
    let flags: u32 = body.get(0)?;
    line.text("\n\t     Flags [");
    tokens::print_flags(
        line,
        &[(0x8000_0000, "External Type 2"), (FORWARDING, "Forwarding"), (TAG, "Tag")],
        flags,
    );
    line.labelled("] metric ", flags & 0x00ff_ffff);
    let mut rest = body.skip(4);
    let referenced = print_prefix(line, &mut rest)?;
    if flags & FORWARDING != 0 {
        line.labelled_address(" forward ", rest.read::<Ipv6Addr>()?);
    }
    if flags & TAG != 0 {
        line.labelled_address(" tag ", rest.read::<Ipv4Addr>()?);
    }
    // tcpdump looks at the upper byte of the referenced type alone.
    if referenced >> 8 != 0 {
        line.labelled_address(" RefLSID: ", rest.read::<Ipv4Addr>()?);
    }
    Some(())
}

fn print_link(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let options: u32 = body.get(0)?;
    print_options(line, "\n\t      Options [", options);
    let (address, count): (Ipv6Addr, u32) = (body.get(4)?, body.get(20)?);
    line.labelled("\n\t      Priority ", options >> 24);
    line.labelled_address(", Link-local address ", address);
    line.labelled(", Prefixes ", count);
    line.byte(b':');
    let mut rest = body.skip(24);
    (0..count).try_for_each(|_| print_prefix(line, &mut rest).map(|_| ()))
}

fn print_intra_area(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let (count, kind, id): (u16, u16, Ipv4Addr) = (body.get(0)?, body.get(2)?, body.get(4)?);
    body.get::<Ipv4Addr>(8)?;
    print_kind(line, kind, id);
    line.labelled("\n\t      Prefixes ", count);
    line.byte(b':');
    let mut rest = body.skip(12);
    (0..count).try_for_each(|_| print_prefix(line, &mut rest).map(|_| ()))
}

/// Link-local signalling, RFC 5613; gives its length.
fn print_signalling(line: &mut Line<'_>, trailer: Payload<'_>) -> Option<usize> {
    const HEADER_LEN: u16 = 4;
    if trailer.claimed() == 0 {
        return Some(0);
    }
    if trailer.claimed() < HEADER_LEN.into() {
        return None;
    }
    let checksum: u16 = trailer.get(0)?;
    line.text("\n\tLLS Checksum ");
    line.hex(checksum, 4);
    let len: u16 = trailer.get(2)?;
    line.labelled(", Data Length ", len);
    let is_whole = len >= HEADER_LEN && !trailer.with_claim(len.into()).is_truncated();
    (is_whole && u32::from(len) <= trailer.claimed()).then_some(len.into())
}

/// What proves who sent the packet, RFC 7166.
fn print_authentication(line: &mut Line<'_>, trailer: Payload<'_>) -> Option<()> {
    const HEADER_LEN: u16 = 16;
    if trailer.claimed() == 0 {
        return Some(());
    }
    if trailer.claimed() < HEADER_LEN.into() {
        return None;
    }
    let kind: u16 = trailer.get(0)?;
    line.text("\n\tAuthentication Type ");
    tokens::print_or_hex(line, &[(1, "HMAC")], kind, 4, ["unknown (", ")"]);
    let len: u16 = trailer.get(2)?;
    line.labelled(", Length ", len);
    if len < HEADER_LEN || u32::from(len) > trailer.claimed() {
        return None;
    }
    line.labelled(", SAID ", trailer.get::<u16>(6)?);
    let (high, low): (u32, u32) = (trailer.get(8)?, trailer.get(12)?);
    line.text(", CSN ");
    line.hex(high, 8);
    line.byte(b':');
    text::hex(line.out, low.into(), 8);
    let digest = trailer.with_claim(len.into()).skip(HEADER_LEN.into());
    if digest.is_truncated() {
        return None;
    }
    if line.options.verbose > 1 {
        hex::only_behind(line, "\n\tAuthentication Data ", digest.bytes());
    }
    Some(())
}
