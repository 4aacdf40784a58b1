//! Which printer prints which layer.

use super::{Context, Network};
use crate::decode::Layer;
use crate::print::line::Line;
use crate::print::{application, link, link_local, network, routing, transport, tunnel};

pub(super) fn print_layer<'a>(line: &mut Line<'_>, context: &mut Context<'a>, layer: &Layer<'a>) {
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
        Layer::Stp(message) => link_local::stp::print(line, message),
        Layer::Lldp(frame) => link_local::lldp::print(line, frame),
        Layer::Radiotap(header) => link::radiotap::print(line, header),
        Layer::Ieee80211(frame) => {
            context.source = frame.source_and_destination().map(|(source, _)| source);
            link::ieee80211::print(line, frame);
        }
        Layer::Ppp(frame) => link::ppp::print(line, frame),
        Layer::Chdlc(header) => link::chdlc::print(line, header),
        Layer::Slarp(message) => link::chdlc::print_slarp(line, message),
        Layer::Ipx(packet) => network::ipx::print(line, packet),
        Layer::Aoe(message) => link_local::aoe::print(line, message),
        Layer::GeoNet(packet) => link_local::geonet::print(line, packet, context.source),
        Layer::Cdp(message) => link_local::cdp::print(line, message),
        Layer::Vtp(message) => link_local::vtp::print(line, message),
        Layer::Dtp(_) | Layer::Udld(_) => link_local::cisco::print(line, layer),
        Layer::Ptp(message) => link_local::ptp::print(line, message),
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
        Layer::Cfm(message) => link_local::cfm::print(line, message),
        Layer::Nlb(heartbeat) => link_local::print_nlb(line, heartbeat),
        Layer::CalmFast(frame) => link_local::print_calm_fast(line, frame, context.source),
        Layer::Otv(header) => tunnel::print_otv(line, header),
        Layer::L2tp(message) => tunnel::l2tp::print(line, message),
        Layer::Lmp(_) | Layer::LspPing(_) => routing::mpls_control::print(line, layer),
        Layer::Ldp(unit) => routing::ldp::print(line, unit),
        Layer::Whiteboard(message) => application::whiteboard::print(line, message),
        Layer::Vqp(message) => link_local::vqp::print(line, message),
        Layer::Lwapp(frame) => application::lwapp::print(line, frame),
        Layer::Mobility(header) => network::mobility::print(line, header),
        Layer::Ipcomp(header) => network::ip_protocol::print_ipcomp(line, header),
        Layer::Dccp(packet) => transport::dccp::print(line, packet, context.network),
        Layer::Pgm(packet) => transport::pgm::print(line, packet, context.network),
        Layer::InterceptShim(shim) => tunnel::shim::print(line, shim),
        _ => print_routing(line, context, layer),
    }
}

/// What routers tell each other, or an application.
fn print_routing<'a>(line: &mut Line<'_>, context: &Context<'a>, layer: &Layer<'a>) {
    match layer {
        Layer::Bfd(packet) => routing::bfd::print(line, packet),
        Layer::Eigrp(packet) => routing::eigrp::print(line, packet),
        Layer::Ospf(packet) => routing::ospf::print(line, packet, context.network),
        Layer::Pim(packet) => routing::pim::print(line, packet, context.network),
        Layer::Isis(message) => routing::isis::print(line, message),
        Layer::Clnp(packet) => routing::clnp::print(line, packet),
        Layer::EsIs(message) => routing::es_is::print(line, message),
        Layer::Osi(packet) => routing::es_is::print_osi(line, packet),
        Layer::Babel(packet) => routing::babel::print(line, packet),
        Layer::Aodv(message) => routing::aodv::print(line, message),
        Layer::Rip(message) => routing::rip::print(line, message),
        Layer::Ripng(message) => routing::rip::print_ripng(line, message),
        Layer::Rsvp(message) => routing::rsvp::print(line, message),
        Layer::AutoRp(message) => routing::auto_rp::print(line, message),
        Layer::Olsr(packet) => routing::olsr::print(line, packet),
        Layer::Igrp(message) => routing::igrp::print(line, message),
        Layer::Lisp(message) => routing::lisp::print(line, message),
        _ => application::print(line, layer),
    }
}
