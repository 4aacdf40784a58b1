//! OSPF version 3 with `-v`: hellos and descriptions, and with `-vv` advertisements.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::opaque;
use crate::decode::{
    Ospf, Ospf3Authentication, Ospf3Description, Ospf3External, Ospf3Hello, Ospf3IntraArea, Ospf3Kind,
    Ospf3Link, Ospf3Lsa, Ospf3Prefix, Ospf3PrefixError, Ospf3Request, Ospf3RouterLink, Ospf3Signalling,
    Payload,
};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// What is behind the line of a packet.
pub(super) fn print(line: &mut Line<'_>, packet: &Ospf<'_>) -> Option<()> {
    let (whole, length) = (packet.whole(), packet.length()?);
    if u32::from(length) > whole.claimed() {
        line.labelled(" [len ", length);
        line.byte(b']');
        return Some(());
    }
    super::print_sender(line, packet)?;
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
    if options & Ospf3Signalling::OPTION != 0 {
        trailer = trailer.skip(print_signalling(line, trailer)?);
    }
    print_authentication(line, trailer)
}

/// Prints what the packet says, and gives the options of a hello or a description.
fn print_body(line: &mut Line<'_>, kind: u8, body: Payload<'_>) -> Option<u32> {
    let is_full = line.options.verbose > 1;
    match kind {
        1 => return print_hello(line, &Ospf3Hello::new(body), is_full),
        2 => return print_description(line, &Ospf3Description::new(body), is_full),
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

fn print_hello(line: &mut Line<'_>, hello: &Ospf3Hello<'_>, is_full: bool) -> Option<u32> {
    let (interface, options) = (hello.interface()?, hello.priority_and_options()?);
    print_options(line, "\n\tOptions [", options);
    let (interval, dead) = (hello.interval()?, hello.dead_interval()?);
    line.labelled("\n\t  Hello Timer ", interval);
    line.labelled("s, Dead Timer ", dead);
    line.labelled_address("s, Interface-ID ", interface);
    line.labelled(", Priority ", options >> 24);
    super::print_designated(line, "\n\t  Designated Router ", hello.designated()?);
    super::print_designated(line, ", Backup Designated Router ", hello.backup()?);
    if is_full {
        line.text("\n\t  Neighbor List:");
        super::print_routers(line, "\n\t    ", hello.neighbors())?;
    }
    Some(options)
}

fn print_description(line: &mut Line<'_>, description: &Ospf3Description<'_>, is_full: bool) -> Option<u32> {
    let options = description.options()?;
    print_options(line, "\n\tOptions [", options);
    let flags = description.flags()?;
    line.text(", DD Flags [");
    tokens::print_flags(line, &[(0x04, "Init"), (0x02, "More"), (0x01, "Master"), (0x10, "IPv6 MTU")], flags);
    let (mtu, sequence) = (description.mtu()?, description.sequence()?);
    line.labelled("], MTU ", mtu);
    line.labelled_hex(", DD-Sequence ", sequence, 8);
    if is_full {
        print_headers(line, description.headers())?;
    }
    Some(options)
}

fn print_headers(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        print_header(line, rest)?;
        rest = rest.skip(Ospf3Lsa::HEADER_LEN.into());
    }
    Some(())
}

fn print_requests(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        let request = Ospf3Request::read(&mut rest)?;
        line.labelled_address("\n\t  Advertising Router ", request.router);
        print_kind(line, request.kind, request.id);
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
        let lsa = print_header(line, rest)?;
        let len = lsa
            .length
            .checked_sub(Ospf3Lsa::HEADER_LEN)
            .filter(|_| u32::from(lsa.length) <= rest.claimed())?;
        let behind = rest.skip(Ospf3Lsa::HEADER_LEN.into());
        print_advertisement(line, lsa.kind, behind.with_claim(len.into()))?;
        rest = behind.skip(len.into());
    }
    Some(())
}

/// Prints the header of an advertisement, and gives it.
fn print_header(line: &mut Line<'_>, at: Payload<'_>) -> Option<Ospf3Lsa> {
    let lsa = Ospf3Lsa::new(at)?;
    line.labelled_address("\n\t  Advertising Router ", lsa.router);
    line.labelled_hex(", seq ", lsa.sequence, 8);
    line.labelled(", age ", lsa.age);
    // tcpdump counts in 64 bits without a sign.
    line.labelled("s, length ", u64::from(lsa.length).wrapping_sub(Ospf3Lsa::HEADER_LEN.into()));
    print_kind(line, lsa.kind, lsa.id);
    Some(lsa)
}

/// What an advertisement is about, and how far it goes.
fn print_kind(line: &mut Line<'_>, kind: Ospf3Kind, id: Ipv4Addr) {
    line.text("\n\t    ");
    tokens::print_or(line, KINDS, kind.number(), "Unknown");
    line.labelled(" LSA (", kind.number());
    line.text("), ");
    let scopes = &[(0x0000, "Link Local"), (0x2000, "Area Local"), (0x4000, "Domain Wide")];
    tokens::print_or(line, scopes, kind.scope(), "Unknown");
    line.text(if kind.is_transitive() { " Scope, transitive" } else { " Scope" });
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

fn print_advertisement(line: &mut Line<'_>, kind: Ospf3Kind, body: Payload<'_>) -> Option<()> {
    match kind.0 {
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
        0x4005 => print_external(line, &Ospf3External::new(body)),
        0x0008 => print_link(line, &Ospf3Link::new(body)),
        0x2009 => print_intra_area(line, &Ospf3IntraArea::new(body)),
        0x000b => opaque::print(line, 3, body)?.then_some(()),
        0x000a => opaque::print(line, 1, body)?.then_some(()),
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
        let adjacency = Ospf3RouterLink::read(&mut rest)?;
        line.text(match adjacency.kind {
            1 => "\n\t      Neighbor Router-ID ",
            2 => "\n\t      Neighbor Network-ID ",
            4 => "\n\t      Virtual Link: Neighbor Router-ID ",
            _ => {
                line.labelled_hex("\n\t      Unknown Router Links Type ", adjacency.kind, 2);
                return Some(());
            }
        });
        line.ipv4(adjacency.neighbor);
        line.labelled_address("\n\t      Neighbor Interface-ID ", adjacency.neighbor_interface);
        line.labelled_address(", Interface ", adjacency.interface);
        line.labelled(", metric ", adjacency.metric);
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
    super::print_routers(line, "\n\t\t", body.skip(4))
}

/// A prefix with its options; gives what stands in the place of its metric.
fn print_prefix(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<u16> {
    let prefix = match Ospf3Prefix::read(rest) {
        Ok(prefix) => prefix,
        Err(Ospf3PrefixError::Short) => return None,
        Err(Ospf3PrefixError::Illegal(len)) => {
            line.labelled(" bogus prefixlen /", len);
            return None;
        }
    };
    line.labelled_address("\n\t\t", prefix.address);
    line.labelled("/", prefix.len);
    if prefix.options != 0 {
        line.text(", Options [");
        tokens::print_flags(line, PREFIX_OPTIONS, prefix.options);
        line.byte(b']');
    }
    line.labelled(", metric ", prefix.metric);
    Some(prefix.metric)
}

const PREFIX_OPTIONS: &[(u8, &str)] = &[
    (0x01, "No Unicast"),
    (0x02, "Local address"),
    (0x04, "Deprecated"),
    (0x08, "Propagate"),
    (0x10, "Down"),
    (0x20, "N-bit"),
];

fn print_external(line: &mut Line<'_>, route: &Ospf3External<'_>) -> Option<()> {
    const FORWARDING: u32 = Ospf3External::FORWARDING;
    const TAG: u32 = Ospf3External::TAG;
    let flags = route.flags_and_metric()?;
    line.text("\n\t     Flags [");
    let names = &[(0x8000_0000, "External Type 2"), (FORWARDING, "Forwarding"), (TAG, "Tag")];
    tokens::print_flags(line, names, flags);
    line.labelled("] metric ", flags & 0x00ff_ffff);
    let mut rest = route.body();
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

fn print_link(line: &mut Line<'_>, interface: &Ospf3Link<'_>) -> Option<()> {
    let options = interface.priority_and_options()?;
    print_options(line, "\n\t      Options [", options);
    let (address, count) = (interface.address()?, interface.count()?);
    line.labelled("\n\t      Priority ", options >> 24);
    line.labelled_address(", Link-local address ", address);
    line.labelled(", Prefixes ", count);
    line.byte(b':');
    let mut rest = interface.prefixes();
    (0..count).try_for_each(|_| print_prefix(line, &mut rest).map(|_| ()))
}

fn print_intra_area(line: &mut Line<'_>, area: &Ospf3IntraArea<'_>) -> Option<()> {
    let (count, kind, id) = (area.count()?, area.kind()?, area.id()?);
    area.router()?;
    print_kind(line, Ospf3Kind(kind), id);
    line.labelled("\n\t      Prefixes ", count);
    line.byte(b':');
    let mut rest = area.prefixes();
    (0..count).try_for_each(|_| print_prefix(line, &mut rest).map(|_| ()))
}

/// Link-local signalling, RFC 5613; gives its length.
fn print_signalling(line: &mut Line<'_>, trailer: Payload<'_>) -> Option<usize> {
    const HEADER_LEN: u16 = Ospf3Signalling::HEADER_LEN;
    if trailer.claimed() == 0 {
        return Some(0);
    }
    if trailer.claimed() < HEADER_LEN.into() {
        return None;
    }
    let signalling = Ospf3Signalling::new(trailer);
    let checksum = signalling.checksum()?;
    line.labelled_hex("\n\tLLS Checksum ", checksum, 4);
    let len = signalling.length()?;
    line.labelled(", Data Length ", len);
    let is_whole = len >= HEADER_LEN && !trailer.with_claim(len.into()).is_truncated();
    (is_whole && u32::from(len) <= trailer.claimed()).then_some(len.into())
}

/// What proves who sent the packet, RFC 7166.
fn print_authentication(line: &mut Line<'_>, trailer: Payload<'_>) -> Option<()> {
    const HEADER_LEN: u16 = Ospf3Authentication::HEADER_LEN;
    if trailer.claimed() == 0 {
        return Some(());
    }
    if trailer.claimed() < HEADER_LEN.into() {
        return None;
    }
    let authentication = Ospf3Authentication::new(trailer);
    let kind = authentication.kind()?;
    line.text("\n\tAuthentication Type ");
    tokens::print_or_hex(line, &[(1, "HMAC")], kind, 4, ["unknown (", ")"]);
    let len = authentication.length()?;
    line.labelled(", Length ", len);
    if len < HEADER_LEN || u32::from(len) > trailer.claimed() {
        return None;
    }
    line.labelled(", SAID ", authentication.association()?);
    let (high, low) = (authentication.sequence_high()?, authentication.sequence_low()?);
    line.labelled_hex(", CSN ", high, 8);
    line.byte(b':');
    line.hex_digits(low, 8);
    let digest = authentication.digest(len);
    if digest.is_truncated() {
        return None;
    }
    hex::with_vv(line, "\n\tAuthentication Data ", digest.bytes());
    Some(())
}
