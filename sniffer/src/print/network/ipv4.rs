//! IPv4: addresses, and with `-v` the header.

use super::ipv4_options::{self, Truncated};
use crate::decode::{Checksum, Ipv4, Payload};
use crate::print::line::Line;
use crate::print::tokens::{self, IP_PROTOCOLS};

/// Prints a packet's header; the addresses only where the next protocol does not print them with its ports.
pub(in crate::print) fn print(line: &mut Line<'_>, ip: &Ipv4<'_>) {
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
    if line.is_verbose() && print_header(line, ip).is_err() {
        return print_addresses(line, ip, ": ");
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

/// The header's fields, in parentheses, and a new line.
fn print_header(line: &mut Line<'_>, ip: &Ipv4<'_>) -> Result<(), Truncated> {
    line.labelled_hex("(tos ", ip.tos(), 1);
    line.text(["", ",ECT(1)", ",ECT(0)", ",CE"][usize::from(ip.tos() & 3)]);
    if ip.ttl() > 0 {
        line.labelled(", ttl ", ip.ttl());
    }
    line.labelled(", id ", ip.id());
    line.labelled(", offset ", ip.fragment_offset());
    line.text(", flags [");
    print_flags(line, ip);
    line.text("], proto ");
    let number = u8::from(ip.protocol());
    line.text(tokens::name(IP_PROTOCOLS, number).unwrap_or("unknown"));
    line.labelled(" (", number);
    line.labelled("), length ", ip.total_len());
    let options = if ip.header_len() > Ipv4::MIN_HEADER_LEN {
        line.text(", options (");
        let printed = ipv4_options::print(line, ip);
        line.text(if printed.is_err() { " [truncated-option])" } else { ")" });
        printed
    } else {
        Ok(())
    };
    print_checksum(line, ip);
    line.text(")\n    ");
    options
}

fn print_flags(line: &mut Line<'_>, ip: &Ipv4<'_>) {
    let flags = [(ip.more_fragments(), "+"), (ip.dont_fragment(), "DF"), (ip.is_reserved_set(), "rsvd")];
    let mut separator = "";
    for (_, name) in flags.iter().filter(|(is_set, _)| *is_set) {
        line.text(separator);
        line.text(name);
        separator = ", ";
    }
    if separator.is_empty() {
        line.text("none");
    }
}

/// The header's checksum, where it is wrong.
fn print_checksum(line: &mut Line<'_>, ip: &Ipv4<'_>) {
    if line.options.trust_checksums || !ip.is_complete() {
        return;
    }
    let mut sum = Checksum::default();
    sum.add(&ip.whole().bytes()[..ip.header_len()]);
    if let Some(expected) = sum.expected(ip.checksum()) {
        line.text(", bad cksum ");
        line.hex_digits(ip.checksum(), 1);
        line.text(" (->");
        line.hex_digits(expected, 1);
        line.text(")!");
    }
}

fn print_word(line: &mut Line<'_>) {
    if !line.options.link_header {
        line.text("IP ");
    }
}

fn print_addresses(line: &mut Line<'_>, ip: &Ipv4<'_>, behind: &str) {
    line.ipv4(ip.source());
    line.labelled_address(" > ", ip.destination());
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
pub(in crate::print) fn print_truncated(line: &mut Line<'_>, rest: Payload<'_>) {
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
