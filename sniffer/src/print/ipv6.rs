//! IPv6 and its extension headers.

use super::line::Line;
use crate::decode::{IpProtocol, Ipv6, Ipv6Extension, Ipv6Fragment, Payload};

/// Prints a packet's header; the addresses only where the next protocol does not print them with its ports.
pub(super) fn print(line: &mut Line<'_>, ip: &Ipv6<'_>) {
    print_word(line);
    if ip.version() != 6 {
        line.labelled("version error: ", ip.version());
        return line.text(" != 6");
    }
    if ip.missing_len() > 0 {
        line.labelled("truncated-ip6 - ", ip.missing_len());
        line.text(" bytes missing!");
    }
    if !ip.next_header().has_ports() {
        line.ipv6(ip.source());
        line.text(" > ");
        line.ipv6(ip.destination());
        line.text(": ");
    }
}

fn print_word(line: &mut Line<'_>) {
    if !line.options.link_header {
        line.text("IP6 ");
    }
}

/// A packet whose fixed header was not captured whole.
pub(super) fn print_truncated(line: &mut Line<'_>, _rest: Payload<'_>) {
    print_word(line);
    line.truncated("ip6");
}

pub(super) fn print_extension(line: &mut Line<'_>, extension: &Ipv6Extension<'_>) {
    match extension.kind() {
        IpProtocol::Routing => print_routing(line, extension),
        IpProtocol::DestinationOptions => print_options(line, extension, "DSTOPT ", "dstopt"),
        _ => print_options(line, extension, "HBH ", "hbhopt"),
    }
}

fn print_options(line: &mut Line<'_>, extension: &Ipv6Extension<'_>, word: &str, protocol: &str) {
    if !extension.is_complete() {
        return line.truncated(protocol);
    }
    line.text(word);
}

fn print_routing(line: &mut Line<'_>, extension: &Ipv6Extension<'_>) {
    let &[kind, segments_left, ..] = extension.data() else { return line.truncated("srcrt") };
    line.labelled("srcrt (len=", extension.len_units());
    line.labelled(", type=", kind);
    line.labelled(", segleft=", segments_left);
    if !extension.is_complete() {
        return line.truncated("srcrt");
    }
    line.text(") ");
}

/// Where the fragment belongs and how long it is.
pub(super) fn print_fragment(line: &mut Line<'_>, fragment: &Ipv6Fragment<'_>) {
    line.text("frag (");
    if line.is_verbose() {
        line.hex(fragment.id(), 8);
        line.byte(b':');
    }
    line.number(fragment.offset());
    line.labelled("|", fragment.payload().claimed());
    line.text(")");
    if fragment.offset() == 0 {
        line.byte(b' ');
    }
}
