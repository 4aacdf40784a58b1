//! RPL, the routing protocol of networks that lose much (RFC 6550): its messages in ICMPv6.

use std::net::Ipv6Addr;

use crate::decode::Payload;
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Prints what is behind the checksum, by the code of the message; `None` where it is cut.
pub(super) fn print(line: &mut Line<'_>, code: u8, body: Payload<'_>) -> Option<()> {
    if code & 0x80 != 0 {
        line.text(", (SEC) [worktodo]");
        return Some(());
    }
    line.text(", (CLR)");
    tokens::print(line, MESSAGES, code, ["RPL message, unknown code ", ""]);
    match code {
        1 if line.is_verbose() => print_information(line, body),
        2 if line.is_verbose() => print_advertisement(line, body),
        3 if line.is_verbose() => print_acknowledgement(line, body),
        _ => Some(()),
    }
}

const MESSAGES: &[(u8, &str)] = &[
    (0, "DODAG Information Solicitation"),
    (1, "DODAG Information Object"),
    (2, "Destination Advertisement Object"),
    (3, "Destination Advertisement Object Ack"),
];

/// The graph that a router belongs to, and its place in it.
fn print_information(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    /// Bytes in front of the options.
    const LEN: u32 = 24;
    if rest.claimed() < LEN {
        line.labelled(" [length ", rest.claimed());
        line.labelled(" < ", LEN);
        line.text("]");
        line.invalid();
        return Some(());
    }
    let [instance, _]: [u8; 2] = rest.read()?;
    let rank: u16 = rest.read()?;
    let [mode, sequence, _, _]: [u8; 4] = rest.read()?;
    let graph: Ipv6Addr = rest.read()?;
    line.labelled_address(" [dagid:", graph);
    line.labelled(",seq:", sequence);
    line.labelled(",instance:", instance);
    line.labelled(",rank:", rank);
    line.text(if mode & 0x80 == 0 { "," } else { ",grounded," });
    line.text("mop:");
    tokens::print(line, MODES, mode >> 3 & 7, ["mop", ""]);
    line.labelled(",prf:", mode & 7);
    line.text("]");
    print_options(line, rest)
}

const MODES: &[(u8, &str)] =
    &[(0, "nonstoring"), (1, "storing"), (2, "nonstoring-multicast"), (3, "storing-multicast")];

/// Bytes of an advertisement and of its acknowledgement without the graph.
const SHORT_LEN: usize = 4;

/// What can be reached through a node.
fn print_advertisement(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    // tcpdump wants the graph's bytes even where there are other ones in their place.
    whole.get::<[u8; SHORT_LEN + 16]>(0)?;
    let [instance, flags, _, sequence]: [u8; SHORT_LEN] = whole.get(0)?;
    let has_graph = flags & 0x40 != 0;
    let rest = print_graph(line, whole.skip(SHORT_LEN), has_graph)?;
    line.labelled(",seq:", sequence);
    line.labelled(",instance:", instance);
    line.text(if flags & 0x80 == 0 { "" } else { ",acK" });
    line.text(if has_graph { ",Dagid" } else { "" });
    line.byte(b',');
    line.hex_digits(flags, 2);
    line.text("]");
    print_options(line, rest)
}

/// The answer to it.
fn print_acknowledgement(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    let [instance, flags, sequence, status]: [u8; SHORT_LEN] = whole.get(0)?;
    let rest = print_graph(line, whole.skip(SHORT_LEN), flags & 0x80 != 0)?;
    line.labelled(",seq:", sequence);
    line.labelled(",instance:", instance);
    line.labelled(",status:", status);
    line.text("]");
    print_options(line, rest)
}

/// Prints the graph where there is one, and gives what is behind it.
fn print_graph<'a>(line: &mut Line<'_>, mut rest: Payload<'a>, has_graph: bool) -> Option<Payload<'a>> {
    let graph: Option<Ipv6Addr> = if has_graph { Some(rest.read()?) } else { None };
    line.text(" [dagid:");
    match graph {
        Some(graph) => line.ipv6(graph),
        None => line.text("<elided>"),
    }
    Some(rest)
}

fn print_options(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    if line.options.verbose < 2 {
        return Some(());
    }
    while rest.claimed() > 0 {
        let kind: u8 = rest.read()?;
        if kind == 0 {
            line.text(" opt:pad1");
            continue;
        }
        let len: u8 = rest.read()?;
        line.text(" opt:");
        tokens::print(line, OPTIONS, kind, ["subopt:", ""]);
        line.labelled(" len:", u16::from(len) + 2);
        line.byte(b' ');
        let value = rest.bytes().get(..len.into())?;
        if line.options.verbose > 2 {
            hex::only_behind(line, " ", value);
        }
        rest = rest.skip(len.into());
    }
    Some(())
}

const OPTIONS: &[(u8, &str)] = &[
    (1, "padN"),
    (2, "metrics"),
    (3, "routinginfo"),
    (4, "config"),
    (5, "rpltarget"),
    (6, "transitinfo"),
    (8, "destprefix"),
    (9, "rpltargetdesc"),
];
