//! Tests in plain words, one line each.

use super::tree::Node;
use super::{many, written};
use crate::filter::Resolve;
use crate::filter::ast::{
    Arith, Direction, Encapsulation, Id, IdKind, Kind, Primitive, Protocol, Qualifiers, Spanned,
};

/// What words depend on beside the syntax tree.
#[derive(Clone, Copy)]
pub(super) struct Context<'t> {
    /// The expression.
    pub(super) text: &'t str,
    /// Where sets are.
    pub(super) names: &'t dyn Resolve,
    /// Whether link-layer addresses are those of 802.11.
    pub(super) is_wlan: bool,
}

/// A condition, one line a test, indented by two blanks a level.
pub(super) fn node(node: &Node<'_, '_>, context: Context<'_>) -> Vec<String> {
    match node {
        Node::All(items) => group(true, items, context),
        Node::Any(items) => group(false, items, context),
        Node::Not(inner) => {
            let mut lines = self::node(inner, context);
            lines[0].insert_str(0, "not: ");
            lines
        }
        Node::Test(primitive) => vec![test(primitive, context)],
    }
}

fn group(are_all: bool, items: &[Node<'_, '_>], context: Context<'_>) -> Vec<String> {
    let mut lines = vec![if are_all { "all of:" } else { "any of:" }.to_owned()];
    let mut rest = items;
    while let Some(first) = rest.first() {
        let (count, words) = match many::run(rest, are_all, context) {
            Some((count, line)) if count == items.len() => return vec![line],
            Some((count, line)) => (count, vec![line]),
            None => (1, node(first, context)),
        };
        lines.extend(words.into_iter().map(|line| format!("  {line}")));
        rest = &rest[count..];
    }
    lines
}

fn test(primitive: &Spanned<Primitive<'_>>, context: Context<'_>) -> String {
    let text = context.text;
    match &primitive.node {
        Primitive::Member { qualifiers, elements } => many::member(*qualifiers, elements, context),
        Primitive::Qualified { qualifiers, id } => qualified(*qualifiers, id, text),
        Primitive::Protocol(protocol) => format!("{} packets", of_protocol(*protocol)),
        Primitive::Relation { op, lhs, rhs } => {
            let mut headers = Vec::new();
            collect_headers(lhs, &mut headers);
            collect_headers(rhs, &mut headers);
            format!("{}packets where {}", headers.concat(), written::relation(*op, lhs, rhs, text))
        }
        Primitive::Broadcast(word) => format!("{}packets to the broadcast address", layer(*word)),
        Primitive::Multicast(word) => format!("{}packets to a group address", layer(*word)),
        Primitive::Less(bytes) => format!("packets of at most {bytes} bytes on the wire"),
        Primitive::Greater(bytes) => format!("packets of at least {bytes} bytes on the wire"),
        Primitive::Inbound => "packets that this host did not send".to_owned(),
        Primitive::Outbound => "packets that this host sent".to_owned(),
        Primitive::IfIndex(index) => format!("packets of the interface with index {index}"),
        Primitive::Encapsulation(encapsulation, number) => {
            inside(*encapsulation, number.map(|number| number.node))
        }
        _ => format!("packets of which `{}` is true", primitive.span.of(text)),
    }
}

fn layer(word: Option<Spanned<Protocol>>) -> &'static str {
    match word.map(|word| word.node) {
        Some(Protocol::Ip) => "IPv4 ",
        Some(Protocol::Ip6) => "IPv6 ",
        _ => "link-layer ",
    }
}

fn inside(encapsulation: Encapsulation, number: Option<u32>) -> String {
    let (with, what) = match encapsulation {
        Encapsulation::Vlan => ("a VLAN tag", "VLAN"),
        Encapsulation::Mpls => ("an MPLS label", "label"),
        Encapsulation::Pppoed => ("PPPoE discovery", "session"),
        Encapsulation::Pppoes => ("a PPPoE session", "session"),
        Encapsulation::Geneve => ("a GENEVE tunnel", "network"),
        Encapsulation::Vxlan => ("a VXLAN tunnel", "network"),
    };
    let number = number.map_or_else(String::new, |number| format!(", {what} {number}"));
    format!("packets with {with}{number}")
}

fn qualified(qualifiers: Qualifiers, id: &Id<'_>, text: &str) -> String {
    let protocol = qualifiers.protocol.map(|word| word.node);
    let name = id.span.of(text);
    let ends = ends(qualifiers.direction.map(|word| word.node));
    match qualifiers.kind.map(|word| word.node) {
        None | Some(Kind::Host) => format!("{} packets {ends} {name}", of_address(protocol, id)),
        Some(Kind::Net) => format!("{} packets {ends} an address in {name}", of_address(protocol, id)),
        Some(Kind::Port) => format!("{} packets {ends} port {name}", of_transport(protocol)),
        Some(Kind::PortRange) => format!("{} packets {ends} a port in {name}", of_transport(protocol)),
        Some(Kind::Proto) => {
            let of = match protocol {
                None => "IPv4 and IPv6",
                Some(Protocol::Link) => "link-layer",
                Some(protocol) => of_protocol(protocol),
            };
            format!("{of} packets of protocol {}", name.trim_start_matches('\\'))
        }
        Some(Kind::ProtoChain) => {
            let name = name.trim_start_matches('\\');
            format!("packets with protocol {name} anywhere in their chain of IP headers")
        }
        Some(Kind::Gateway) => {
            format!("packets by way of {name}: its link-layer address, not its IP address")
        }
    }
}

pub(super) fn ends(direction: Option<Direction>) -> &'static str {
    match direction {
        Some(Direction::Src) => "from",
        Some(Direction::Dst) => "to",
        None | Some(Direction::SrcOrDst) => "from or to",
        Some(Direction::SrcAndDst) => "both from and to",
        Some(Direction::Wlan(_)) => "with the 802.11 address",
    }
}

fn of_address(protocol: Option<Protocol>, id: &Id<'_>) -> &'static str {
    match (protocol, &id.kind) {
        (Some(protocol), _) => of_protocol(protocol),
        (None, IdKind::Ipv6(_) | IdKind::Ipv6Prefix(..)) => "IPv6",
        (None, IdKind::Name(_)) => "IP, ARP and RARP",
        (None, _) => "IPv4, ARP and RARP",
    }
}

pub(super) fn of_transport(protocol: Option<Protocol>) -> &'static str {
    protocol.map_or("TCP, UDP and SCTP", of_protocol)
}

/// What must be there for the headers that a value reads, each with a blank behind it.
fn collect_headers(value: &Arith, headers: &mut Vec<String>) {
    match value {
        Arith::Number(_) | Arith::Length => {}
        Arith::Negate(inner) => collect_headers(inner, headers),
        Arith::Binary { lhs, rhs, .. } => {
            collect_headers(lhs, headers);
            collect_headers(rhs, headers);
        }
        Arith::Load { protocol, index, .. } => {
            if !matches!(protocol.node, Protocol::Link | Protocol::Radio) {
                let header = format!("{} ", of_protocol(protocol.node));
                if !headers.contains(&header) {
                    headers.push(header);
                }
            }
            collect_headers(index, headers);
        }
    }
}

/// The protocol's name as people write it.
pub(super) fn of_protocol(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Link => "link-layer",
        Protocol::Ip => "IPv4",
        Protocol::Ip6 => "IPv6",
        Protocol::Arp => "ARP",
        Protocol::Rarp => "RARP",
        Protocol::Tcp => "TCP",
        Protocol::Udp => "UDP",
        Protocol::Sctp => "SCTP",
        Protocol::Icmp => "ICMP",
        Protocol::Icmp6 => "ICMPv6",
        Protocol::Igmp => "IGMP",
        Protocol::Igrp => "IGRP",
        Protocol::Pim => "PIM",
        Protocol::Vrrp => "VRRP",
        Protocol::Carp => "CARP",
        Protocol::Ah => "AH",
        Protocol::Esp => "ESP",
        Protocol::Atalk => "AppleTalk",
        Protocol::Aarp => "AppleTalk ARP",
        Protocol::Decnet => "DECnet",
        Protocol::Lat => "LAT",
        Protocol::Sca => "SCA",
        Protocol::Moprc => "MOP remote console",
        Protocol::Mopdl => "MOP dump and load",
        Protocol::Iso => "OSI",
        Protocol::Esis => "ES-IS",
        Protocol::Isis => "IS-IS",
        Protocol::Clnp => "CLNP",
        Protocol::L1 => "IS-IS level 1",
        Protocol::L2 => "IS-IS level 2",
        Protocol::Iih => "IS-IS hello",
        Protocol::Lsp => "IS-IS link state",
        Protocol::Snp => "IS-IS sequence number",
        Protocol::Csnp => "IS-IS complete sequence number",
        Protocol::Psnp => "IS-IS partial sequence number",
        Protocol::Stp => "spanning tree",
        Protocol::Ipx => "IPX",
        Protocol::Netbeui => "NetBEUI",
        Protocol::Radio => "radio",
    }
}
