//! Link-layer headers: Ethernet, VLAN tags, BSD loopback; and the marks for headers that are cut.

use crate::decode::{EtherType, Ethernet, Loopback, Payload, Vlan};
use crate::packet::LinkType;
use crate::print::line::Line;
use crate::print::tokens::{self, ETHER_TYPES, name};

pub(in crate::print) fn print(line: &mut Line<'_>, ethernet: &Ethernet<'_>) {
    if line.options.link_header {
        print_header(line, ethernet);
    }
    print_novell(line, ethernet.type_or_length());
}

/// tcpdump says of IPX that it has an EtherType, which it has not behind LLC.
fn print_novell(line: &mut Line<'_>, ether_type: u16) {
    line.text(if EtherType::from(ether_type) == EtherType::Ipx { "(NOV-ETHII) " } else { "" });
}

/// Addresses, type and length: what `-e` shows, and what is shown of a frame whose type is unknown.
pub(in crate::print) fn print_header(line: &mut Line<'_>, ethernet: &Ethernet<'_>) {
    line.mac(&ethernet.source());
    line.text(" > ");
    line.mac(&ethernet.destination());
    let field = ethernet.type_or_length();
    let length = match field {
        0..=EtherType::MAX_LENGTH => ethernet.payload().claimed().min(field.into()),
        _ => ethernet.frame_len(),
    };
    if field <= EtherType::MAX_LENGTH {
        line.text(", 802.3");
    } else if line.options.quiet > 0 {
        line.text(", ");
        tokens::print_or_hex(line, ETHER_TYPES, field, 4, ["Unknown Ethertype (", ")"]);
    } else {
        line.text(", ");
        print_type(line, field);
    }
    line.labelled(", length ", length);
    line.text(": ");
}

/// `ethertype IPv4 (0x0800)`.
pub(super) fn print_type(line: &mut Line<'_>, ether_type: u16) {
    line.text("ethertype ");
    line.text(name(ETHER_TYPES, ether_type).unwrap_or("Unknown"));
    line.text(" (");
    line.hex(ether_type, 4);
    line.text(")");
}

pub(in crate::print) fn print_vlan(line: &mut Line<'_>, vlan: &Vlan<'_>) {
    if line.options.link_header {
        print_tag(line, vlan);
    }
    print_novell(line, vlan.type_or_length());
}

fn print_tag(line: &mut Line<'_>, vlan: &Vlan<'_>) {
    line.labelled("vlan ", vlan.id());
    line.labelled(", p ", vlan.priority());
    line.text(if vlan.drop_eligible() { ", DEI, " } else { ", " });
    let field = vlan.type_or_length();
    if field > EtherType::MAX_LENGTH {
        print_type(line, field);
        line.text(", ");
    } else {
        line.text("802.3");
    }
}

pub(in crate::print) fn print_loopback(line: &mut Line<'_>, loopback: &Loopback<'_>) {
    if line.options.link_header {
        print_loopback_header(line, loopback, loopback.payload().claimed() + 4);
    }
}

/// Address family and length.
pub(in crate::print) fn print_loopback_header(line: &mut Line<'_>, loopback: &Loopback<'_>, length: u32) {
    let family = loopback.family();
    if line.options.quiet > 0 {
        tokens::print(line, ADDRESS_FAMILIES, family, ["AF ", ""]);
    } else {
        line.text("AF ");
        line.text(name(ADDRESS_FAMILIES, family).unwrap_or("Unknown"));
        line.labelled(" (", family);
        line.text(")");
    }
    line.labelled(", length ", length);
    line.text(": ");
}

/// Address families of the systems whose loopback has this header.
const ADDRESS_FAMILIES: &[(u32, &str)] =
    &[(2, "IPv4"), (7, "ISO"), (16, "Appletalk"), (23, "IPX"), (24, "IPv6"), (28, "IPv6"), (30, "IPv6")];

/// What is left of a packet whose network header was cut.
pub(in crate::print) fn print_truncated(line: &mut Line<'_>, ether_type: EtherType, rest: Payload<'_>) {
    match ether_type {
        EtherType::Ipv4 => crate::print::network::ipv4::print_truncated(line, rest),
        EtherType::Ipv6 => line.truncated("ip6"),
        EtherType::Arp | EtherType::ReverseArp => line.truncated("arp"),
        EtherType::Jumbo => line.truncated("llc"),
        EtherType::Osi if rest.bytes().is_empty() => line.truncated("osi"),
        EtherType::Osi => line.truncated("isoclns"),
        EtherType::Macsec => line.truncated("macsec"),
        EtherType::Arista => line.truncated("arista"),
        EtherType::Ppp => line.truncated("ppp"),
        _ => line.truncated("vlan"),
    }
}

/// A frame that is too short for its link-layer header.
pub(in crate::print) fn print_truncated_link(line: &mut Line<'_>, link_type: LinkType) {
    line.truncated(match link_type {
        LinkType::ETHERNET => "ether",
        LinkType::LINUX_SLL => "sll",
        LinkType::LINUX_SLL2 => "sll2",
        LinkType::NULL | LinkType::LOOP => "null",
        LinkType::RAW => "raw",
        LinkType::IPV4 => "ip",
        LinkType::IPV6 => "ip6",
        LinkType::IEEE802_11 => "802.11",
        LinkType::IEEE802_11_RADIOTAP => "802.11_radio",
        LinkType::IEEE802_11_AVS => "802.11_radio_avs",
        LinkType::IEEE802_11_PRISM => "prism",
        LinkType::PPP => "ppp",
        LinkType::PPP_HDLC => "ppp_hdlc",
        LinkType::PPP_ETHER => "pppoe",
        LinkType::C_HDLC => "chdlc",
        _ => "link",
    });
}
