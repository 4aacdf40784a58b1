//! One packet: each layer in turn, then what stopped the decoding.

use std::net::{IpAddr, Ipv6Addr};

use super::flows::Segment;
use super::line::Line;
use super::options::Options;
use super::{application, hex, link, link_local, network, routing, transport, tunnel};
use crate::decode::{
    IpProtocol, Ipv4, Ipv6, Layer, Layers, Payload, Protocol, Stop, StopReason, TcpFlags, decode_payload,
};
use crate::packet::{Frame, LinkType};

/// What the network layer around a transport layer says.
#[derive(Clone, Copy)]
pub(super) enum Network<'a> {
    /// An IPv4 header.
    V4(Ipv4<'a>),
    /// An IPv6 header, and whether a fragment header followed.
    V6 { header: Ipv6<'a>, is_fragment: bool, routed_to: Option<Ipv6Addr> },
}

impl<'a> Network<'a> {
    /// What is the network layer from this layer on.
    fn enter(network: &mut Option<Self>, layer: &Layer<'a>) {
        match (layer, network) {
            (Layer::Ipv4(ip), network) => *network = Some(Self::V4(*ip)),
            (Layer::Ipv6(ip), network) => {
                *network = Some(Self::V6 { header: *ip, is_fragment: false, routed_to: None });
            }
            (Layer::Ipv6Extension(extension), Some(Self::V6 { routed_to, .. })) => {
                *routed_to = extension.final_destination().or(*routed_to);
            }
            (Layer::Ipv6Fragment(_), Some(Self::V6 { is_fragment, .. })) => *is_fragment = true,
            _ => {}
        }
    }
}

impl Network<'_> {
    pub(super) fn source(&self) -> IpAddr {
        match self {
            Self::V4(ip) => IpAddr::V4(ip.source()),
            Self::V6 { header, .. } => IpAddr::V6(header.source()),
        }
    }

    pub(super) fn destination(&self) -> IpAddr {
        match self {
            Self::V4(ip) => IpAddr::V4(ip.destination()),
            Self::V6 { header, .. } => IpAddr::V6(header.destination()),
        }
    }

    /// Where the packet ends in the end, which the checksum of its payload covers: the last stop of a source route.
    pub(super) fn final_destination(&self) -> IpAddr {
        match self {
            Self::V4(ip) => IpAddr::V4(ip.final_destination()),
            Self::V6 { header, routed_to, .. } => IpAddr::V6(routed_to.unwrap_or(header.destination())),
        }
    }

    /// What the IP header itself says that follows it.
    pub(super) fn protocol(&self) -> IpProtocol {
        match self {
            Self::V4(ip) => ip.protocol(),
            Self::V6 { header, .. } => header.next_header(),
        }
    }

    /// Whether this is a part of a packet.
    pub(super) fn is_fragment(&self) -> bool {
        match self {
            Self::V4(ip) => ip.more_fragments(),
            Self::V6 { is_fragment, .. } => *is_fragment,
        }
    }
}

/// The frame and what of it has been printed.
pub(super) struct Context<'a> {
    pub(super) frame: Option<Frame<'a>>,
    pub(super) network: Option<Network<'a>>,
    /// The station that sent the packet around what is being printed.
    source: Option<[u8; 6]>,
}

/// The longest frame that a savefile may claim, as in libpcap (`MAXIMUM_SNAPLEN`).
const MAX_LEN: u32 = 262_144;

/// What is wrong with the lengths of a frame that cannot be; nothing of one that can.
fn faults(frame: &Frame<'_>) -> impl Iterator<Item = &'static str> {
    let (captured, claimed) = (frame.data.len(), frame.original_len);
    let faults = [
        (captured == 0, " caplen==0"),
        (claimed == 0, " len==0"),
        (claimed > 0 && captured > claimed as usize, " len < caplen"),
        (claimed > MAX_LEN, " len > 262144"),
    ];
    faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, fault)| fault)
}

/// Whether the lengths of a frame cannot be; then nothing else is printed of it.
pub(super) fn is_impossible(frame: &Frame<'_>) -> bool {
    faults(frame).next().is_some()
}

/// Prints what is wrong with the lengths of a frame that cannot be.
pub(super) fn print_impossible(frame: &Frame<'_>, out: &mut Vec<u8>) {
    let mut separator = "[Invalid header:";
    for fault in faults(frame) {
        out.extend_from_slice(separator.as_bytes());
        out.extend_from_slice(fault.as_bytes());
        separator = ",";
    }
    out.extend_from_slice(b"]\n");
}

/// How many layers a line shows, where that is not all of them: a tunnel that tcpdump does not know, or does not look into
/// without `-v`, is opaque to a line that is to be tcpdump's.
fn opaque_from(options: &Options, layers: &[Layer<'_>]) -> Option<usize> {
    let end = |(index, layer): (usize, &Layer<'_>)| match layer {
        Layer::GtpU(_) => Some(index),
        Layer::InterceptShim(_) => Some(index + 1),
        _ => None,
    };
    layers.iter().enumerate().find_map(end).filter(|_| options.verbose == 0)
}

/// The TCP segments of a frame whose numbers count from those of others, in the order in which they are printed; `None`
/// when the frame may quote others, and only printing tells.
pub(super) fn counted_segments<'l>(
    options: Options,
    layers: &'l Layers<'_>,
) -> Option<impl Iterator<Item = Segment> + 'l> {
    let layers = layers.as_slice();
    let layers = &layers[..opaque_from(&options, layers).unwrap_or(layers.len())];
    let may_quote = |layer: &Layer<'_>| match layer {
        Layer::Icmpv4(_) | Layer::Icmpv6(_) => true,
        Layer::Pim(_) => options.verbose > 0,
        Layer::OpenFlow(_) => options.verbose > 2,
        _ => false,
    };
    if layers.iter().any(may_quote) {
        return None;
    }
    let mut network = None;
    Some(layers.iter().filter_map(move |layer| {
        Network::enter(&mut network, layer);
        if let Layer::Tcp(tcp) = layer { transport::tcp::counted(&options, tcp, network) } else { None }
    }))
}

/// The most packets that are printed within each other: an error may quote an error.
const MAX_QUOTES: u8 = 4;

/// Prints the packet that an error quotes.
pub(super) fn print_quoted(line: &mut Line<'_>, protocol: Protocol, quote: Payload<'_>) {
    let link_header = std::mem::replace(&mut line.options.link_header, false);
    print_enclosed(line, protocol, quote);
    line.options.link_header = link_header;
}

/// Prints a packet that is in another one.
pub(super) fn print_enclosed(line: &mut Line<'_>, protocol: Protocol, quote: Payload<'_>) {
    if line.quoted == MAX_QUOTES {
        return;
    }
    line.quoted += 1;
    let layers = decode_payload(protocol, quote, line.options.forced_type);
    let mut context = Context { frame: None, network: None, source: None };
    print_layers(line, &mut context, &layers);
    line.quoted -= 1;
}

/// Prints all of a packet but time stamp and line end.
pub(super) fn print<'a>(line: &mut Line<'_>, frame: &Frame<'a>, layers: &Layers<'a>) {
    let mut context = Context { frame: Some(*frame), network: None, source: None };
    let is_raw = matches!(frame.link_type, LinkType::RAW | LinkType::IPV4 | LinkType::IPV6);
    if is_raw && line.options.link_header {
        line.text("ip: ");
    }
    print_layers(line, &mut context, layers);
}

/// Whether nothing is printed behind this layer: with `-q` nothing of what a datagram or a segment holds, but of a datagram
/// where somebody says what that is; with `-v` nothing behind the reason that a reset gives.
fn ends_quietly(options: &Options, layer: &Layer<'_>) -> bool {
    if let Layer::Tcp(segment) = layer
        && segment.flags().has(TcpFlags::RST)
        && options.verbose > 0
    {
        return true;
    }
    let is_transport = match layer {
        Layer::Udp(datagram) => datagram.forced().is_none(),
        layer => matches!(layer, Layer::Tcp(_)),
    };
    is_transport && options.quiet > 0
}

/// Prints layers and stop.
fn print_layers<'a>(line: &mut Line<'_>, context: &mut Context<'a>, layers: &Layers<'a>) {
    let end = opaque_from(&line.options, layers.as_slice());
    for layer in &layers.as_slice()[..end.unwrap_or(layers.as_slice().len())] {
        print_layer(line, context, layer);
        if ends_quietly(&line.options, layer) {
            return;
        }
    }
    if end.is_some() {
        return;
    }
    print_stop(line, context, layers.as_slice(), layers.stop(), layers.rest());
    let is_open = |layer: &&Layer<'_>| matches!(layer, Layer::L2tp(message) if message.data().is_some());
    for _ in layers.as_slice().iter().filter(is_open) {
        line.text("}");
    }
}

fn print_layer<'a>(line: &mut Line<'_>, context: &mut Context<'a>, layer: &Layer<'a>) {
    Network::enter(&mut context.network, layer);
    match layer {
        Layer::Ethernet(ethernet) => {
            context.source = Some(ethernet.source());
            link::ethernet::print(line, ethernet);
        }
        Layer::Vlan(vlan) => link::ethernet::print_vlan(line, vlan),
        Layer::Llc(header) => link::llc::print(line, header),
        Layer::Snap(header) => link::llc::print_snap(line, header),
        Layer::LinuxSll(sll) => link::linux_cooked::print(line, sll),
        Layer::LinuxSll2(sll2) => link::linux_cooked::print_v2(line, sll2),
        Layer::Loopback(loopback) => link::ethernet::print_loopback(line, loopback),
        Layer::Arp(packet) => network::arp::print(line, packet),
        Layer::Ipv4(ip) => network::ipv4::print(line, ip),
        Layer::Ipv6(ip) => network::ipv6::print(line, ip),
        Layer::Ipv6Extension(extension) => network::ipv6::print_extension(line, extension),
        Layer::Ipv6Fragment(fragment) => network::ipv6::print_fragment(line, fragment),
        Layer::Tcp(segment) => transport::tcp::print(line, segment, context.network),
        Layer::Udp(datagram) => transport::udp::print(line, datagram, context.network),
        Layer::Sctp(packet) => transport::sctp::print(line, packet, context.network),
        Layer::Icmpv4(message) => network::icmpv4::print(line, message, context.network),
        Layer::Icmpv6(message) => network::icmpv6::print(line, message, context.network),
        Layer::Igmp(message) => network::igmp::print(line, message, context.network),
        Layer::Gre(_)
        | Layer::Esp(_)
        | Layer::Ah(_)
        | Layer::Mpls(_)
        | Layer::Pppoe(_)
        | Layer::GtpU(_)
        | Layer::Vxlan(_)
        | Layer::Geneve(_) => tunnel::print(line, layer),
        Layer::Vrrp(_) | Layer::Carp(_) | Layer::Hsrp(_) => {
            routing::redundancy::print(line, layer, context.network);
        }
        Layer::Bfd(packet) => routing::bfd::print(line, packet),
        Layer::Eigrp(packet) => routing::eigrp::print(line, packet),
        Layer::Ospf(packet) => routing::ospf::print(line, packet, context.network),
        Layer::Pim(packet) => routing::pim::print(line, packet, context.network),
        Layer::Stp(message) => link_local::stp::print(line, message),
        Layer::Lldp(frame) => link_local::lldp::print(line, frame),
        Layer::Radiotap(header) => link::radiotap::print(line, header),
        Layer::Ieee80211(frame) => {
            context.source = frame.source_and_destination().map(|(source, _)| source);
            link::ieee80211::print(line, frame);
        }
        Layer::Ppp(frame) => link::ppp::print(line, frame),
        Layer::Chdlc(header) => link::ppp::print_chdlc(line, header),
        Layer::Slarp(message) => link::ppp::print_slarp(line, message),
        Layer::Isis(message) => routing::isis::print(line, message),
        Layer::Clnp(packet) => routing::clnp::print(line, packet),
        Layer::EsIs(message) => routing::es_is::print(line, message),
        Layer::Osi(packet) => routing::es_is::print_osi(line, packet),
        Layer::Ipx(packet) => network::ipx::print(line, packet),
        Layer::Aoe(message) => link_local::aoe::print(line, message),
        Layer::GeoNet(packet) => link_local::geonet::print(line, packet, context.source),
        Layer::Cdp(message) => link_local::cdp::print(line, message),
        Layer::Vtp(message) => link_local::vtp::print(line, message),
        Layer::Dtp(_) | Layer::Udld(_) => link_local::cisco::print(line, layer),
        Layer::Ptp(message) => link_local::ptp::print(line, message),
        Layer::Babel(packet) => routing::babel::print(line, packet),
        Layer::Isakmp(message) => application::isakmp::print(line, message),
        Layer::NatTraversal(datagram) => application::isakmp::print_traversal(line, datagram),
        Layer::Kerberos(message) => application::kerberos::print(line, message),
        Layer::Sflow(datagram) => application::sflow::print(line, datagram),
        Layer::Rpc(message) => application::rpc::print(line, message, context.network),
        Layer::Telnet(segment) => application::telnet::print(line, segment),
        Layer::Pptp(message) => application::pptp::print(line, message),
        Layer::Resp(segment) => application::resp::print(line, segment),
        Layer::Timed(message) => application::timed::print(line, message),
        Layer::Rpki(segment) => application::rpki::print(line, segment),
        Layer::OpenFlow(message) => application::openflow::print(line, message),
        Layer::Macsec(tag) => link::link_tags::print_macsec(line, tag),
        Layer::Arista(header) => link::link_tags::print_arista(line, header),
        Layer::Slow(frame) => link_local::slow::print(line, frame),
        Layer::Eapol(frame) => link_local::eapol::print(line, frame),
        Layer::Ectp(test) => link_local::print_ectp(line, test),
        Layer::Nlb(heartbeat) => link_local::print_nlb(line, heartbeat),
        Layer::CalmFast(frame) => link_local::print_calm_fast(line, frame, context.source),
        Layer::Otv(header) => tunnel::print_otv(line, header),
        Layer::Aodv(message) => routing::aodv::print(line, message),
        Layer::Rip(message) => routing::rip::print(line, message),
        Layer::Ripng(message) => routing::rip::print_ripng(line, message),
        Layer::L2tp(message) => tunnel::l2tp::print(line, message),
        Layer::Ldp(_) | Layer::Rsvp(_) | Layer::Lmp(_) | Layer::LspPing(_) => {
            routing::mpls_control::print(line, layer);
        }
        Layer::Lwapp(frame) => application::lwapp::print(line, frame),
        Layer::Mobility(header) => network::mobility::print(line, header),
        Layer::Ipcomp(header) => network::ip_protocol::print_ipcomp(line, header),
        Layer::Dccp(packet) => transport::dccp::print(line, packet, context.network),
        Layer::Pgm(packet) => transport::pgm::print(line, packet, context.network),
        Layer::InterceptShim(shim) => tunnel::shim::print(line, shim),
        _ => application::print(line, layer),
    }
}

fn print_stop<'a>(
    line: &mut Line<'_>,
    context: &Context<'a>,
    layers: &[Layer<'a>],
    stop: Stop,
    rest: Payload<'a>,
) {
    match (stop.reason, stop.protocol) {
        (StopReason::Truncated, _) => print_truncation(line, context, layers, stop.protocol, rest),
        (StopReason::Unsupported, Protocol::IpProtocol(number) | Protocol::NextHeader(number)) => {
            network::ip_protocol::print(line, number, rest);
        }
        (StopReason::Unsupported, _) => print_unknown(line, context, layers, rest),
        (
            StopReason::End,
            Protocol::IpProtocol(IpProtocol::NoNextHeader) | Protocol::NextHeader(IpProtocol::NoNextHeader),
        ) => line.text("no next header"),
        (StopReason::Malformed, Protocol::Link(_)) => print_bad_version(line, rest),
        (StopReason::Depth, _) => line.text(" [too many layers]"),
        (StopReason::End | StopReason::Malformed | StopReason::Fragment, _) => {}
    }
}

/// The mark for a header that was not captured whole, with what of it can still be said.
fn print_truncation<'a>(
    line: &mut Line<'_>,
    context: &Context<'a>,
    layers: &[Layer<'a>],
    protocol: Protocol,
    rest: Payload<'a>,
) {
    match layers.last() {
        // Its options are.
        Some(Layer::Tcp(_)) if protocol == Protocol::Payload => return,
        Some(Layer::Ipv6Extension(extension)) if !extension.is_complete() => return,
        Some(Layer::Ipv4(ip)) if !ip.is_complete() => return line.truncated("ip"),
        _ => {}
    }
    match protocol {
        Protocol::IpProtocol(number) | Protocol::NextHeader(number) => match number {
            IpProtocol::Tcp => transport::tcp::print_truncated(line, rest, context.network),
            IpProtocol::Udp => transport::udp::print_truncated(line, rest, context.network),
            IpProtocol::Icmpv6 if rest.claimed() == 0 => {
                line.text("ICMP6, length 0");
                line.invalid();
            }
            IpProtocol::HopByHop if rest.claimed() == 0 => {
                line.text("HBH [No valid Jumbo Payload Hop-by-Hop option found]");
                line.invalid();
            }
            IpProtocol::Routing => {
                line.text("RT6");
                line.truncated("rt6");
            }
            IpProtocol::Ospf if matches!(context.network, Some(Network::V6 { .. })) => {
                line.truncated("ospf3");
            }
            IpProtocol::Sctp => transport::sctp::print_truncated(line, rest),
            _ => network::ip_protocol::print_truncated(line, number),
        },
        Protocol::EtherType(ether_type) => link::ethernet::print_truncated(line, ether_type, rest),
        Protocol::Application(application) => application::print_truncated(line, application, rest),
        Protocol::Osi => line.truncated("isoclns"),
        Protocol::Ipx => line.truncated("ipx"),
        Protocol::Ieee80211 { .. } => line.truncated("802.11"),
        Protocol::Ppp => line.truncated("ppp"),
        Protocol::Slarp => line.truncated("chdlc_slarp"),
        Protocol::Mpls => line.truncated("mpls"),
        Protocol::Llc => line.truncated("llc"),
        Protocol::Snap => line.truncated("snap"),
        Protocol::Link(link_type) => link::ethernet::print_truncated_link(line, link_type),
        Protocol::SpanningTree
        | Protocol::Cisco(_)
        | Protocol::Ip
        | Protocol::LinuxProtocol(_)
        | Protocol::AddressFamily(_)
        | Protocol::Payload => {}
    }
}

fn print_bad_version(line: &mut Line<'_>, rest: Payload<'_>) {
    if let Some(first) = rest.bytes().first() {
        line.labelled("unknown ip ", first >> 4);
    }
}

/// A frame whose payload has no decoder: its link-layer header, unless that has been printed, and its bytes.
fn print_unknown<'a>(line: &mut Line<'_>, context: &Context<'a>, layers: &[Layer<'a>], rest: Payload<'a>) {
    match layers.last() {
        Some(Layer::Llc(header)) => return link::llc::print_payload(line, header, layers),
        Some(Layer::Gre(gre)) => {
            line.text("gre-proto-");
            return line.hex(gre.protocol(), 1);
        }
        Some(Layer::Geneve(geneve)) => {
            line.text("geneve-proto-");
            return line.hex(geneve.protocol(), 1);
        }
        Some(Layer::Snap(header)) => return link::llc::print_snap_payload(line, header, layers),
        Some(Layer::Macsec(tag)) => return link::link_tags::print_encrypted(line, tag, layers, rest),
        _ => {}
    }
    if !line.options.link_header {
        match layers.first() {
            Some(Layer::Ethernet(ethernet)) => link::ethernet::print_header(line, ethernet),
            Some(Layer::LinuxSll(sll)) => link::linux_cooked::print_header(line, sll),
            Some(Layer::LinuxSll2(sll2)) => link::linux_cooked::print_header_v2(line, sll2),
            Some(Layer::Loopback(loopback)) => {
                let length = context.frame.map_or(0, |frame| frame.original_len);
                link::ethernet::print_loopback_header(line, loopback, length);
            }
            _ => {}
        }
    }
    hex::unknown(line, rest.bytes());
}
