//! IPv4: addresses, and with `-v` the header.

use super::line::Line;
use crate::decode::{Ipv4, Payload};

/// Prints a packet's header; the addresses only where the next protocol does not print them with its ports.
pub(super) fn print(line: &mut Line<'_>, ip: &Ipv4<'_>) {
    if ip.version() != 4 {
        return print_wrong_version(line, ip.version());
    }
    print_word(line);
    if ip.header_len() < Ipv4::MIN_HEADER_LEN {
        return line.labelled("bad-hlen ", ip.header_len() as u64);
    }
    if ip.missing_len() > 0 {
        line.labelled("truncated-ip - ", ip.missing_len());
        line.text(" bytes missing! ");
    }
    if (ip.packet_len() as usize) < ip.header_len() {
        return line.labelled("bad-len ", ip.packet_len());
    }
    if ip.fragment_offset() != 0 {
        return print_later_fragment(line, ip);
    }
    if !ip.protocol().has_ports() {
        print_addresses(line, ip, ": ");
    }
    if !ip.is_complete() {
        line.labelled(" [remaining caplen(", ip.whole().bytes().len() as u64);
        line.labelled(") < header length(", ip.header_len() as u64);
        line.text(")]");
    }
}

fn print_word(line: &mut Line<'_>) {
    if !line.options.link_header {
        line.text("IP ");
    }
}

fn print_addresses(line: &mut Line<'_>, ip: &Ipv4<'_>, behind: &str) {
    line.ipv4(ip.source());
    line.text(" > ");
    line.ipv4(ip.destination());
    line.text(behind);
}

/// A fragment without the next protocol's header: only that protocol's name can be told.
fn print_later_fragment(line: &mut Line<'_>, ip: &Ipv4<'_>) {
    if line.options.quiet > 1 {
        return;
    }
    print_addresses(line, ip, ": ");
    let number = ip.protocol().into();
    if !line.names.protocol(number, line.out) {
        line.labelled("ip-proto-", number);
    }
}

/// A packet whose fixed header was not captured whole, or for which the link layer leaves no room.
pub(super) fn print_truncated(line: &mut Line<'_>, rest: Payload<'_>) {
    match rest.bytes().first().map(|first| first >> 4) {
        Some(4) => {
            print_word(line);
            line.truncated("ip");
        }
        Some(version) => print_wrong_version(line, version),
        None => line.truncated("ip"),
    }
}

fn print_wrong_version(line: &mut Line<'_>, version: u8) {
    if version == 6 {
        line.text("IP6, wrong link-layer encapsulation");
    } else {
        line.labelled("IP", version);
    }
    line.invalid();
}
