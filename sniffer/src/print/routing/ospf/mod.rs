//! OSPF: a packet's type in one line, with `-v` what version 2 says of neighbours and links.

mod engineering;
mod lsa;
mod opaque;
mod v3;

use std::net::Ipv4Addr;

use crate::decode::{Ospf, OspfDescription, OspfHello, OspfLsa, OspfRequest, Payload};
use crate::print::line::Line;
use crate::print::packet::Network;
use crate::print::{text, tokens};

/// The option that says that a block of link-local signalling is behind the packet.
const SIGNALLING: u8 = 0x10;

pub(in crate::print) fn print(line: &mut Line<'_>, ospf: &Ospf<'_>, network: Option<Network<'_>>) {
    if matches!(network, Some(Network::V6 { .. })) {
        print_summary(line, ospf, ospf.whole(), ["unknown packet type (", ")"]);
        if line.is_verbose() && tokens::name(TYPES, ospf.kind()).is_some() {
            v3::print(line, ospf).unwrap_or_else(|| line.truncated("ospf3"));
        }
        return;
    }
    print_v2(line, ospf).unwrap_or_else(|| line.truncated("ospf2"));
}

fn print_summary(line: &mut Line<'_>, ospf: &Ospf<'_>, packet: Payload<'_>, unknown: [&str; 2]) {
    line.labelled("OSPFv", ospf.version());
    line.text(", ");
    tokens::print(line, TYPES, ospf.kind(), unknown);
    line.labelled(", length ", packet.claimed());
}

const TYPES: &[(u8, &str)] =
    &[(1, "Hello"), (2, "Database Description"), (3, "LS-Request"), (4, "LS-Update"), (5, "LS-Ack")];

fn print_v2(line: &mut Line<'_>, ospf: &Ospf<'_>) -> Option<()> {
    ospf.authentication_kind()?;
    let packet = ospf.without_digest();
    packet.get::<[u8; 2]>(0)?;
    print_summary(line, ospf, packet, ["unknown LS-type ", ""]);
    if !line.is_verbose() || tokens::name(TYPES, ospf.kind()).is_none() {
        return Some(());
    }
    let length = ospf.length()?;
    if packet.claimed() != u32::from(length) {
        line.labelled(" [len ", length);
        line.byte(b']');
    }
    print_sender(line, ospf)?;
    if !print_authentication(line, ospf)? {
        return Some(());
    }
    if ospf.version() != 2 {
        line.labelled(" ospf [version ", ospf.version());
        line.byte(b']');
        return Some(());
    }
    let body = packet.with_claim(packet.claimed().min(length.into())).skip(Ospf::V2_HEADER_LEN);
    let options = print_body(line, ospf.kind(), body)?;
    if packet.claimed() > length.into() && options & SIGNALLING != 0 {
        print_signalling(line, ospf, packet)?;
    }
    Some(())
}

/// The router that sends, and its area.
fn print_sender(line: &mut Line<'_>, ospf: &Ospf<'_>) -> Option<()> {
    line.labelled_address("\n\tRouter-ID ", ospf.router()?);
    match ospf.area()? {
        Ipv4Addr::UNSPECIFIED => line.text(", Backbone Area"),
        area => line.labelled_address(", Area ", area),
    }
    Some(())
}

/// Prints how the packet proves itself; tells whether that is known.
fn print_authentication(line: &mut Line<'_>, ospf: &Ospf<'_>) -> Option<bool> {
    let authentication = ospf.authentication()?;
    let kind = ospf.authentication_kind()?;
    line.text(", Authentication Type: ");
    tokens::print_numbered(line, &[(0, "none"), (1, "simple"), (Ospf::DIGEST, "MD5")], kind, "unknown");
    match kind {
        0 => {}
        1 => {
            line.text("\n\tSimple text password: ");
            line.untrusted(text::until_zero(&authentication));
        }
        Ospf::DIGEST => {
            let [_, _, key, len, sequence @ ..] = authentication;
            line.labelled("\n\tKey-ID: ", key);
            line.labelled(", Auth-Length: ", len);
            line.labelled_hex(", Crypto Sequence Number: ", u32::from_be_bytes(sequence), 8);
        }
        _ => return Some(false),
    }
    Some(true)
}

/// Prints what the packet says, and gives the options of a hello or a description.
fn print_body(line: &mut Line<'_>, kind: u8, body: Payload<'_>) -> Option<u8> {
    match kind {
        1 => return print_hello(line, &OspfHello::new(body)),
        2 => return print_description(line, &OspfDescription::new(body)),
        3 => print_requests(line, body)?,
        4 => print_update(line, body)?,
        _ => {
            // tcpdump looks for the next header until there is none.
            let mut rest = body;
            while let Header::Printed(_) = print_header(line, rest)? {
                rest = rest.skip(OspfLsa::HEADER_LEN.into());
            }
        }
    }
    Some(0)
}

fn print_options(line: &mut Line<'_>, label: &str, options: u8) {
    line.text(label);
    tokens::print_flags(line, OPTIONS, options);
    line.byte(b']');
}

const OPTIONS: &[(u8, &str)] = &[
    (0x01, "MultiTopology"),
    (0x02, "External"),
    (0x04, "Multicast"),
    (0x08, "NSSA"),
    (0x10, "LLS"),
    (0x20, "Demand Circuit"),
    (0x40, "Opaque"),
    (0x80, "Up/Down"),
];

fn print_hello(line: &mut Line<'_>, hello: &OspfHello<'_>) -> Option<u8> {
    let options = hello.options()?;
    print_options(line, "\n\tOptions [", options);
    let (mask, interval) = (hello.mask()?, hello.interval()?);
    let (priority, dead) = (hello.priority()?, hello.dead_interval()?);
    line.labelled("\n\t  Hello Timer ", interval);
    line.labelled("s, Dead Timer ", dead);
    line.labelled_address("s, Mask ", mask);
    line.labelled(", Priority ", priority);
    print_designated(line, "\n\t  Designated Router ", hello.designated()?);
    print_designated(line, ", Backup Designated Router ", hello.backup()?);
    if hello.neighbors().claimed() > 0 {
        line.text("\n\t  Neighbor List:");
    }
    print_routers(line, "\n\t    ", hello.neighbors())?;
    Some(options)
}

/// A designated router, if there is one.
fn print_designated(line: &mut Line<'_>, label: &str, router: Ipv4Addr) {
    if !router.is_unspecified() {
        line.labelled_address(label, router);
    }
}

/// A list of routers, each behind `before`.
fn print_routers(line: &mut Line<'_>, before: &str, mut routers: Payload<'_>) -> Option<()> {
    while routers.claimed() > 0 {
        line.labelled_address(before, routers.read::<Ipv4Addr>()?);
    }
    Some(())
}

fn print_description(line: &mut Line<'_>, description: &OspfDescription<'_>) -> Option<u8> {
    let options = description.options()?;
    print_options(line, "\n\tOptions [", options);
    let flags = description.flags()?;
    line.text(", DD Flags [");
    let names = &[(0x04, "Init"), (0x02, "More"), (0x01, "Master"), (0x08, "OOBResync")];
    tokens::print_flags(line, names, flags);
    line.byte(b']');
    let mtu = description.mtu()?;
    if mtu != 0 {
        line.labelled(", MTU: ", mtu);
    }
    let sequence = description.sequence()?;
    line.labelled_hex(", Sequence: ", sequence, 8);
    let mut rest = description.headers();
    while rest.claimed() > 0 && matches!(print_header(line, rest)?, Header::Printed(_)) {
        rest = rest.skip(OspfLsa::HEADER_LEN.into());
    }
    Some(options)
}

fn print_requests(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        let OspfRequest { kind, id, router } = OspfRequest::read(&mut rest)?;
        line.labelled_address("\n\t  Advertising Router: ", router);
        line.text(", ");
        let name = u8::try_from(kind).ok().and_then(|kind| tokens::name(lsa::KINDS, kind));
        line.text(name.unwrap_or("unknown"));
        line.labelled(" LSA (", kind);
        line.byte(b')');
        if matches!(kind, 9..=11) {
            lsa::print_opaque_id(line, ", Opaque-Type: ", ", Opaque-ID: ", id);
        } else {
            line.labelled_address(", LSA-ID: ", id);
        }
    }
    Some(())
}

fn print_update(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let count: u32 = body.get(0)?;
    line.labelled(", ", count);
    line.text(if count == 1 { " LSA" } else { " LSAs" });
    let mut rest = body.skip(4);
    for index in 1..=count {
        line.labelled("\n\t  LSA #", index);
        let Header::Printed(lsa) = print_header(line, rest)? else { return None };
        let behind = rest.skip(OspfLsa::HEADER_LEN.into());
        let len = lsa.length - OspfLsa::HEADER_LEN;
        lsa::print(line, &lsa, behind.with_claim(len.into()))?;
        rest = behind.skip(len.into());
    }
    Some(())
}

/// A header as it was found.
enum Header {
    /// It was printed.
    Printed(OspfLsa),
    /// Its length cannot be, which was said.
    Bogus,
}

fn print_header(line: &mut Line<'_>, at: Payload<'_>) -> Option<Header> {
    let length: u16 = at.get(18)?;
    if length < OspfLsa::HEADER_LEN {
        line.labelled("\n\t    Bogus length ", length);
        line.text(" < header (20)");
        return Some(Header::Bogus);
    }
    let lsa = OspfLsa::new(at)?;
    line.labelled_address("\n\t  Advertising Router ", lsa.router);
    line.labelled_hex(", seq ", lsa.sequence, 8);
    line.labelled(", age ", lsa.age);
    line.labelled("s, length ", length - OspfLsa::HEADER_LEN);
    line.text("\n\t    ");
    tokens::print_or(line, lsa::KINDS, lsa.kind, "unknown");
    line.labelled(" LSA (", lsa.kind);
    line.byte(b')');
    if matches!(lsa.kind, 9..=11) {
        lsa::print_opaque_id(line, ", Opaque-Type ", ", Opaque-ID ", lsa.id);
    } else {
        line.labelled_address(", LSA-ID: ", lsa.id);
    }
    print_options(line, "\n\t    Options: [", lsa.options);
    Some(Header::Printed(lsa))
}

/// Link-local signalling, RFC 5613, behind the packet and its digest.
fn print_signalling(line: &mut Line<'_>, ospf: &Ospf<'_>, packet: Payload<'_>) -> Option<()> {
    let digest_len = match ospf.authentication_kind()? {
        Ospf::DIGEST => usize::from(ospf.authentication()?[3]),
        _ => 0,
    };
    let mut rest = packet.skip(usize::from(ospf.length()?) + digest_len);
    if rest.claimed() == 0 {
        line.text("\n\t[LLS truncated]");
        return Some(());
    }
    let checksum: u16 = rest.read()?;
    line.labelled_hex("\n\t  LLS: checksum: ", checksum, 4);
    line.labelled(", length: ", rest.read::<u16>()?);
    while rest.claimed() > 0 {
        let kind: u16 = rest.read()?;
        line.text("\n\t    ");
        tokens::print_numbered(
            line,
            &[(1, "Extended Options"), (2, "MD5 Authentication")],
            kind,
            "Unknown TLV",
        );
        let mut len: u16 = rest.read()?;
        line.labelled(", length: ", len);
        let right_len = match kind {
            1 => 4,
            2 => 20,
            _ => len,
        };
        if len != right_len {
            line.labelled(" [should be ", right_len);
            line.byte(b']');
            len = right_len;
        }
        print_signal(line, kind, rest)?;
        rest = rest.skip(len.into());
    }
    Some(())
}

fn print_signal(line: &mut Line<'_>, kind: u16, value: Payload<'_>) -> Option<()> {
    const RESTART: &[(u32, &str)] = &[(1, "LSDB resync"), (2, "Restart")];
    match kind {
        1 => {
            let flags: u32 = value.get(0)?;
            line.labelled_hex("\n\t      Options: ", flags, 8);
            line.text(" [");
            match flags & 3 {
                0 => line.byte(b'?'),
                _ => tokens::print_flags(line, RESTART, flags),
            }
            line.byte(b']');
        }
        2 => {
            let sequence: u32 = value.get(0)?;
            line.labelled_hex("\n\t      Sequence number: ", sequence, 8);
        }
        _ => {}
    }
    Some(())
}
