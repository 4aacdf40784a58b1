//! IPv6 and its extension headers.

use std::net::Ipv6Addr;

use super::ipv6_routing;
use crate::decode::{IpProtocol, Ipv6, Ipv6Extension, Ipv6Fragment, Ipv6Option};
use crate::print::line::Line;
use crate::print::tokens::{self, IP_PROTOCOLS};

/// Prints a packet's header; the addresses only where the next protocol does not print them with its ports.
pub(in crate::print) fn print(line: &mut Line<'_>, ip: &Ipv6<'_>) {
    print_word(line);
    if ip.version() != 6 {
        line.labelled("version error: ", ip.version());
        return line.text(" != 6");
    }
    if ip.missing_len() > 0 {
        line.labelled("truncated-ip6 - ", ip.missing_len());
        line.text(" bytes missing!");
    }
    if line.is_verbose() {
        print_header(line, ip);
    }
    if !ip.next_header().has_ports() {
        line.ipv6(ip.source());
        line.labelled_address(" > ", ip.destination());
        line.text(": ");
    }
}

/// The header's fields, in parentheses.
fn print_header(line: &mut Line<'_>, ip: &Ipv6<'_>) {
    line.text("(");
    if ip.traffic_class() != 0 {
        line.labelled_hex("class ", ip.traffic_class(), 2);
        line.text(", ");
    }
    if ip.flow_label() != 0 {
        line.labelled_hex("flowlabel ", ip.flow_label(), 5);
        line.text(", ");
    }
    line.labelled("hlim ", ip.hop_limit());
    line.text(", next-header ");
    let number = u8::from(ip.next_header());
    line.text(tokens::name(IP_PROTOCOLS, number).unwrap_or("unknown"));
    line.labelled(" (", number);
    line.labelled(") payload length: ", ip.payload_len());
    line.text(") ");
}

fn print_word(line: &mut Line<'_>) {
    if !line.options.link_header {
        line.text("IP6 ");
    }
}

pub(in crate::print) fn print_extension(line: &mut Line<'_>, extension: &Ipv6Extension<'_>) {
    match extension.kind() {
        IpProtocol::Routing => ipv6_routing::print(line, extension),
        IpProtocol::DestinationOptions => print_options(line, extension, "DSTOPT ", "dstopt"),
        _ => print_options(line, extension, "HBH ", "hbhopt"),
    }
}

fn print_options(line: &mut Line<'_>, extension: &Ipv6Extension<'_>, word: &str, protocol: &str) {
    if !extension.is_complete() {
        return line.truncated(protocol);
    }
    line.text(word);
    for option in extension.options() {
        if print_option(line, &option).is_err() {
            return line.truncated(protocol);
        }
    }
    if line.is_verbose() {
        line.byte(b' ');
    }
}

/// An option says more than it has room for; the packet is not printed further.
struct Truncated;

/// Prints what is wrong with an option, and with `-v` what it says.
fn print_option(line: &mut Line<'_>, option: &Ipv6Option<'_>) -> Result<(), Truncated> {
    let name = match option.kind {
        Ipv6Option::ROUTER_ALERT => "rtalert",
        Ipv6Option::JUMBO => "jumbo",
        Ipv6Option::HOME_ADDRESS => "homeaddr",
        _ => "",
    };
    let expected = match option.kind {
        Ipv6Option::ROUTER_ALERT => 2,
        Ipv6Option::JUMBO => 4,
        Ipv6Option::HOME_ADDRESS => 16,
        _ => option.len,
    };
    if !option.is_complete() {
        return Err(Truncated);
    }
    if option.len < expected || (option.len != expected && option.kind != Ipv6Option::HOME_ADDRESS) {
        line.text("(");
        line.text(name);
        line.labelled(": invalid len ", option.len);
        line.text(")");
        return Err(Truncated);
    }
    if line.is_verbose() {
        print_option_value(line, option);
    }
    Ok(())
}

fn print_option_value(line: &mut Line<'_>, option: &Ipv6Option<'_>) {
    match (option.kind, option.data) {
        (Ipv6Option::PAD_1, _) => line.text("(pad1)"),
        (Ipv6Option::PAD_N, _) => line.text("(padn)"),
        (Ipv6Option::ROUTER_ALERT, &[a, b]) => {
            line.labelled_hex("(rtalert: ", u16::from_be_bytes([a, b]), 4);
            line.text(") ");
        }
        (Ipv6Option::JUMBO, &[a, b, c, d]) => {
            line.labelled("(jumbo: ", u32::from_be_bytes([a, b, c, d]));
            line.text(") ");
        }
        (Ipv6Option::HOME_ADDRESS, data) => {
            if let Some(address) = data.first_chunk::<16>() {
                line.labelled_address("(homeaddr: ", Ipv6Addr::from(*address));
                line.text(")");
            }
        }
        (kind, _) => {
            line.labelled_hex("(opt_type ", kind, 2);
            line.labelled(": len=", option.len);
            line.text(")");
        }
    }
}

/// Where the fragment belongs and how long it is.
pub(in crate::print) fn print_fragment(line: &mut Line<'_>, fragment: &Ipv6Fragment<'_>) {
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
