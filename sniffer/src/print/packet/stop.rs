//! What is behind the last layer: bytes that no decoder takes, and marks for headers that were not captured whole.

use super::{Context, Network};
use crate::decode::{IpProtocol, Layer, Payload, Protocol, Stop, StopReason};
use crate::print::line::Line;
use crate::print::{application, hex, link, network, transport};

pub(super) fn print_stop<'a>(
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
