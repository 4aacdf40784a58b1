//! What the layers of a frame say, field by field: the one list behind JSON lines and chosen fields. Knows no text form
//! and no I/O.
//!
//! Names of protocols and fields are part of the program's output and documented in `docs/json.md`: they may be added to,
//! and do not change.

mod schema;

mod application;
mod link;
mod link_local;
mod message;
mod network;
mod osi;
mod rarer;
mod routing;
mod signalling;
mod snmp;
mod tls;
mod transport;
mod tunnel;
mod typed;

use std::net::IpAddr;

pub(super) use self::schema::SCHEMA;
use crate::decode::{Layer, Layers, Protocol, StopReason};

/// Takes the fields of a layer, one after the other, in the order of the wire.
pub(super) trait Visit {
    /// An unsigned number.
    fn number(&mut self, name: &'static str, value: u64);
    /// Whether something is so.
    fn flag(&mut self, name: &'static str, value: bool);
    /// A word of this program.
    fn word(&mut self, name: &'static str, value: &'static str);
    /// Bytes that have no better form.
    fn bytes(&mut self, name: &'static str, value: &[u8]);
    /// Bytes that a stranger chose and that are meant to be read, in pieces that belong together.
    fn text<'t>(&mut self, name: &'static str, pieces: impl Iterator<Item = &'t [u8]>);
    /// An address of IPv4 or IPv6.
    fn address(&mut self, name: &'static str, value: IpAddr);
    /// A link-layer address.
    fn mac(&mut self, name: &'static str, value: &[u8]);
    /// A list of groups of fields begins. Lists do not nest.
    fn list(&mut self, name: &'static str);
    /// The next group of the list begins.
    fn item(&mut self);
    /// The list ends.
    fn end(&mut self);
}

/// The conveniences of every visitor.
trait VisitExt: Visit {
    fn number_if(&mut self, name: &'static str, value: Option<impl Into<u64>>) {
        if let Some(value) = value {
            self.number(name, value.into());
        }
    }

    fn address_if(&mut self, name: &'static str, value: Option<impl Into<IpAddr>>) {
        if let Some(value) = value {
            self.address(name, value.into());
        }
    }

    fn flag_if(&mut self, name: &'static str, value: Option<bool>) {
        if let Some(value) = value {
            self.flag(name, value);
        }
    }

    fn readable(&mut self, name: &'static str, value: &[u8]) {
        self.text(name, std::iter::once(value));
    }
}

impl<V: Visit> VisitExt for V {}

/// What a layer is called.
pub(super) fn name(layer: &Layer<'_>) -> &'static str {
    match layer {
        Layer::Ethernet(_) => "ethernet",
        Layer::Vlan(_) => "vlan",
        Layer::Llc(_) => "llc",
        Layer::Snap(_) => "snap",
        Layer::LinuxSll(_) => "linux_sll",
        Layer::LinuxSll2(_) => "linux_sll2",
        Layer::Loopback(_) => "loopback",
        Layer::Radiotap(_) => "radiotap",
        Layer::Ieee80211(_) => "ieee80211",
        Layer::Ppp(_) => "ppp",
        Layer::Chdlc(_) => "chdlc",
        Layer::Slarp(_) => "slarp",
        Layer::Arp(_) => "arp",
        Layer::Ipv4(_) => "ipv4",
        Layer::Ipv6(_) => "ipv6",
        Layer::Ipv6Extension(_) => "ipv6_extension",
        Layer::Ipv6Fragment(_) => "ipv6_fragment",
        Layer::Tcp(_) => "tcp",
        Layer::Udp(_) => "udp",
        Layer::Sctp(_) => "sctp",
        Layer::Icmpv4(_) => "icmpv4",
        Layer::Icmpv6(_) => "icmpv6",
        Layer::Igmp(_) => "igmp",
        Layer::Gre(_) => "gre",
        Layer::Esp(_) => "esp",
        Layer::Ah(_) => "ah",
        Layer::Mpls(_) => "mpls",
        Layer::Pppoe(_) => "pppoe",
        Layer::GtpU(_) => "gtpu",
        Layer::Vxlan(_) => "vxlan",
        Layer::Geneve(_) => "geneve",
        layer => {
            let names = [
                application::name,
                routing::name,
                message::name,
                osi::name,
                link_local::name,
                signalling::name,
                typed::name,
                rarer::name,
            ];
            names.iter().find_map(|name| name(layer)).unwrap_or("unknown")
        }
    }
}

/// Shows the fields of a layer to a visitor.
pub(super) fn visit(layer: &Layer<'_>, visitor: &mut impl Visit) {
    match layer {
        Layer::Ethernet(header) => link::ethernet(header, visitor),
        Layer::Vlan(tag) => link::vlan(tag, visitor),
        Layer::Llc(header) => link::llc(header, visitor),
        Layer::Snap(header) => link::snap(header, visitor),
        Layer::LinuxSll(header) => link::linux_sll(header, visitor),
        Layer::LinuxSll2(header) => link::linux_sll2(header, visitor),
        Layer::Loopback(header) => visitor.number("family", header.family().into()),
        Layer::Radiotap(header) => link::radiotap(header, visitor),
        Layer::Ieee80211(frame) => link::ieee80211(frame, visitor),
        Layer::Ppp(frame) => link::ppp(frame, visitor),
        Layer::Chdlc(header) => link::chdlc(header, visitor),
        Layer::Slarp(message) => visitor.number_if("type", message.kind()),
        Layer::Arp(packet) => network::arp(packet, visitor),
        Layer::Ipv4(header) => network::ipv4(header, visitor),
        Layer::Ipv6(header) => network::ipv6(header, visitor),
        Layer::Ipv6Extension(header) => network::ipv6_extension(header, visitor),
        Layer::Ipv6Fragment(header) => network::ipv6_fragment(header, visitor),
        Layer::Tcp(segment) => transport::tcp(segment, visitor),
        Layer::Udp(datagram) => transport::udp(datagram, visitor),
        Layer::Sctp(packet) => transport::sctp(packet, visitor),
        Layer::Icmpv4(message) => transport::icmpv4(message, visitor),
        Layer::Icmpv6(message) => transport::icmpv6(message, visitor),
        Layer::Igmp(message) => transport::igmp(message, visitor),
        Layer::Gre(header) => tunnel::gre(header, visitor),
        Layer::Esp(header) => tunnel::esp(header, visitor),
        Layer::Ah(header) => tunnel::ah(header, visitor),
        Layer::Mpls(entry) => tunnel::mpls(entry, visitor),
        Layer::Pppoe(header) => tunnel::pppoe(header, visitor),
        Layer::GtpU(message) => tunnel::gtpu(message, visitor),
        Layer::Vxlan(header) => tunnel::vxlan(header, visitor),
        Layer::Geneve(header) => tunnel::geneve(header, visitor),
        layer => {
            application::visit(layer, visitor);
            routing::visit(layer, visitor);
            message::visit(layer, visitor);
            osi::visit(layer, visitor);
            link_local::visit(layer, visitor);
            signalling::visit(layer, visitor);
            typed::visit(layer, visitor);
            rarer::visit(layer, visitor);
        }
    }
}

/// Shows where and why decoding stopped, and how much is left.
pub(super) fn visit_stop(layers: &Layers<'_>, visitor: &mut impl Visit) {
    let stop = layers.stop();
    visitor.word(
        "reason",
        match stop.reason {
            StopReason::End => "end",
            StopReason::Truncated => "truncated",
            StopReason::Malformed => "malformed",
            StopReason::Unsupported => "unsupported",
            StopReason::Fragment => "fragment",
            StopReason::Depth => "depth",
        },
    );
    visitor.number("offset", stop.offset.into());
    match stop.protocol {
        Protocol::EtherType(number) => visitor.number("ether_type", u16::from(number).into()),
        Protocol::IpProtocol(number) | Protocol::NextHeader(number) => {
            visitor.number("ip_protocol", u8::from(number).into());
        }
        Protocol::Link(link_type) => visitor.number("link_type", link_type.0.into()),
        Protocol::Cisco(number) => visitor.number("cisco_protocol", number.into()),
        Protocol::LinuxProtocol(number) => visitor.number("linux_protocol", number.into()),
        Protocol::AddressFamily(number) => visitor.number("address_family", number.into()),
        _ => {}
    }
    visitor.number("captured", layers.rest().bytes().len() as u64);
    visitor.number("claimed", layers.rest().claimed().into());
}
