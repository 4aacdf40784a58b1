//! From each header to the next: the one place that knows which decoder follows which number.

use super::{
    Ah, Application, Arp, Bfd, Dhcp, Dhcpv6, Dns, DnsTransport, Eigrp, Esp, EtherType, Ethernet, Geneve, Gre,
    Hsrp, Icmpv4, Icmpv6, Igmp, IpProtocol, Ipv4, Ipv6, Ipv6Extension, Ipv6Fragment, Layer, Layers, LinuxSll,
    LinuxSll2, Llc, Lldp, Loopback, Mpls, Ntp, Ospf, Payload, Pim, Pppoe, Radius, Snap, StopReason, Stp,
    Syslog, Tcp, TextMessage, Tftp, Udp, Vlan, Vrrp, Vxlan,
};
use crate::packet::{Frame, LinkType};

/// What a run of bytes holds, as far as the header in front of it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// The frame's first byte.
    Link(LinkType),
    /// The protocol of an EtherType.
    EtherType(EtherType),
    /// IEEE 802.2 LLC.
    Llc,
    /// SNAP behind LLC.
    Snap,
    /// IPv4 or IPv6, as the version nibble tells.
    Ip,
    /// A protocol number of IPv4.
    IpProtocol(IpProtocol),
    /// A next header of IPv6: an extension header or a protocol number.
    NextHeader(IpProtocol),
    /// An entry of an MPLS label stack.
    Mpls,
    /// The spanning tree protocol behind LLC.
    SpanningTree,
    /// What a port tells.
    Application(Application),
    /// A link-layer protocol number that is no EtherType (`ETH_P_` below 0x0600 of `linux/if_ether.h`).
    LinuxProtocol(u16),
    /// A BSD address family that has no decoder.
    AddressFamily(u32),
    /// Nothing that a header names.
    Payload,
}

/// What a decoder says of the bytes behind its header.
pub(super) enum Next {
    /// Go on with this protocol.
    Decode(Protocol),
    /// Stop here for this reason; the protocol names what would have followed.
    Stop(StopReason, Protocol),
}

impl Next {
    /// The bytes behind are opaque.
    pub(super) const END: Self = Self::Stop(StopReason::End, Protocol::Payload);
    /// The header contradicts itself.
    pub(super) const MALFORMED: Self = Self::Stop(StopReason::Malformed, Protocol::Payload);
}

/// Takes a frame apart. Never fails and never allocates: what cannot be read is what the stop tells.
pub fn decode<'a>(frame: &Frame<'a>) -> Layers<'a> {
    decode_payload(Protocol::Link(frame.link_type), Payload::new(frame.data, frame.original_len))
}

/// Takes bytes apart that begin with `protocol`, such as the packet quoted in an ICMP error.
pub fn decode_payload(protocol: Protocol, payload: Payload<'_>) -> Layers<'_> {
    let mut layers = Layers::new(protocol, payload);
    let mut at = (protocol, payload);
    loop {
        match step(at.0, at.1) {
            Err(reason) => {
                layers.stop_at(reason, at.0, at.1);
                return layers;
            }
            Ok((layer, next, rest)) => {
                if let Err(reason) = layers.push(layer) {
                    layers.stop_at(reason, at.0, at.1);
                    return layers;
                }
                match next {
                    Next::Decode(protocol) => at = (protocol, rest),
                    Next::Stop(reason, protocol) => {
                        layers.stop_at(reason, protocol, rest);
                        return layers;
                    }
                }
            }
        }
    }
}

type Step<'a> = Result<(Layer<'a>, Next, Payload<'a>), StopReason>;

fn step(protocol: Protocol, at: Payload<'_>) -> Step<'_> {
    match protocol {
        Protocol::Link(link_type) => link(link_type, at),
        Protocol::EtherType(ether_type) => by_ether_type(ether_type, at),
        Protocol::Llc => one(Llc::new(at), Layer::Llc, Llc::next),
        Protocol::Snap => one(Snap::new(at), Layer::Snap, Snap::next),
        Protocol::Ip => by_version(at),
        Protocol::IpProtocol(number) => by_ip_protocol(number, at),
        Protocol::NextHeader(number) => by_next_header(number, at),
        Protocol::Mpls => one(Mpls::new(at), Layer::Mpls, Mpls::next),
        Protocol::SpanningTree => one(Stp::new(at), Layer::Stp, Stp::next),
        Protocol::Application(application) => by_application(application, at),
        Protocol::LinuxProtocol(_) | Protocol::AddressFamily(_) => Err(StopReason::Unsupported),
        Protocol::Payload => Err(StopReason::End),
    }
}

fn link(link_type: LinkType, at: Payload<'_>) -> Step<'_> {
    match link_type {
        LinkType::ETHERNET => one(Ethernet::new(at), Layer::Ethernet, Ethernet::next),
        LinkType::LINUX_SLL => one(LinuxSll::new(at), Layer::LinuxSll, LinuxSll::next),
        LinkType::LINUX_SLL2 => one(LinuxSll2::new(at), Layer::LinuxSll2, LinuxSll2::next),
        LinkType::NULL | LinkType::LOOP => one(Loopback::new(at), Layer::Loopback, Loopback::next),
        LinkType::RAW | LinkType::IPV4 | LinkType::IPV6 => by_version(at),
        _ => Err(StopReason::Unsupported),
    }
}

fn by_ether_type(ether_type: EtherType, at: Payload<'_>) -> Step<'_> {
    match ether_type {
        EtherType::Ipv4 => one(Ipv4::new(at), Layer::Ipv4, Ipv4::next),
        EtherType::Ipv6 => one(Ipv6::new(at), Layer::Ipv6, Ipv6::next),
        EtherType::Arp | EtherType::ReverseArp => one(Arp::new(at), Layer::Arp, Arp::next),
        EtherType::Jumbo => one(Llc::new(at), Layer::Llc, Llc::next),
        EtherType::Mpls | EtherType::MplsMulticast => one(Mpls::new(at), Layer::Mpls, Mpls::next),
        EtherType::PppoeDiscovery | EtherType::PppoeSession => one(Pppoe::new(at), Layer::Pppoe, Pppoe::next),
        EtherType::Lldp => one(Some(Lldp::new(at)), Layer::Lldp, Lldp::next),
        EtherType::Unknown(_) => Err(StopReason::Unsupported),
        _ => one(Vlan::new(at), Layer::Vlan, Vlan::next),
    }
}

fn by_version(at: Payload<'_>) -> Step<'_> {
    match at.bytes().first().map(|first| first >> 4) {
        Some(6) => one(Ipv6::new(at), Layer::Ipv6, Ipv6::next),
        Some(4) => one(Ipv4::new(at), Layer::Ipv4, Ipv4::next),
        Some(_) => Err(StopReason::Malformed),
        None => Err(StopReason::Truncated),
    }
}

fn by_next_header(number: IpProtocol, at: Payload<'_>) -> Step<'_> {
    match number {
        IpProtocol::Fragment => one(Ipv6Fragment::new(at), Layer::Ipv6Fragment, Ipv6Fragment::next),
        IpProtocol::HopByHop | IpProtocol::DestinationOptions | IpProtocol::Routing => {
            one(Ipv6Extension::new(at, number), Layer::Ipv6Extension, Ipv6Extension::next)
        }
        _ => by_ip_protocol(number, at),
    }
}

fn by_ip_protocol(number: IpProtocol, at: Payload<'_>) -> Step<'_> {
    match number {
        IpProtocol::Tcp => one(Tcp::new(at), Layer::Tcp, Tcp::next),
        IpProtocol::Udp => one(Udp::new(at), Layer::Udp, Udp::next),
        IpProtocol::Icmpv4 => one(Icmpv4::new(at), Layer::Icmpv4, Icmpv4::next),
        IpProtocol::Icmpv6 => one(Icmpv6::new(at), Layer::Icmpv6, Icmpv6::next),
        IpProtocol::Igmp => one(Igmp::new(at), Layer::Igmp, Igmp::next),
        IpProtocol::Ipv4 => one(Ipv4::new(at), Layer::Ipv4, Ipv4::next),
        IpProtocol::Ipv6 => one(Ipv6::new(at), Layer::Ipv6, Ipv6::next),
        IpProtocol::Gre => one(Gre::new(at), Layer::Gre, Gre::next),
        IpProtocol::Esp => one(Esp::new(at), Layer::Esp, Esp::next),
        IpProtocol::Ah => one(Ah::new(at), Layer::Ah, Ah::next),
        IpProtocol::Eigrp => one(Eigrp::new(at), Layer::Eigrp, Eigrp::next),
        IpProtocol::Ospf => one(Ospf::new(at), Layer::Ospf, Ospf::next),
        IpProtocol::Pim => one(Pim::new(at), Layer::Pim, Pim::next),
        IpProtocol::Vrrp => one(Vrrp::new(at), Layer::Vrrp, Vrrp::next),
        IpProtocol::NoNextHeader => Err(StopReason::End),
        _ => Err(StopReason::Unsupported),
    }
}

fn by_application(application: Application, at: Payload<'_>) -> Step<'_> {
    let dns = |transport| one(Dns::new(at, transport), Layer::Dns, Dns::next);
    match application {
        Application::Dns => dns(DnsTransport::Udp),
        Application::DnsOverTcp => dns(DnsTransport::Tcp),
        Application::MulticastDns => dns(DnsTransport::Multicast),
        Application::Dhcp => one(Dhcp::new(at), Layer::Dhcp, Dhcp::next),
        Application::Dhcpv6 => one(Dhcpv6::new(at), Layer::Dhcpv6, Dhcpv6::next),
        Application::Tftp => one(Tftp::new(at), Layer::Tftp, Tftp::next),
        Application::Ntp => one(Ntp::new(at), Layer::Ntp, Ntp::next),
        Application::Syslog => one(Syslog::new(at), Layer::Syslog, Syslog::next),
        Application::Radius => one(Radius::new(at), Layer::Radius, Radius::next),
        Application::Hsrp => one(Hsrp::new(at), Layer::Hsrp, Hsrp::next),
        Application::BfdControl | Application::BfdMultihop | Application::BfdLag => {
            one(Bfd::new(at, application), Layer::Bfd, Bfd::next)
        }
        Application::Vxlan => one(Vxlan::new(at), Layer::Vxlan, Vxlan::next),
        Application::Geneve => one(Geneve::new(at), Layer::Geneve, Geneve::next),
        Application::Bgp => Err(StopReason::Unsupported),
        Application::SipUdp
        | Application::Smtp
        | Application::Ftp
        | Application::Http
        | Application::Rtsp => one(Some(TextMessage::new(at, application)), Layer::Text, TextMessage::next),
    }
}

/// One decoded header as a layer, with what follows it.
fn one<'a, T: Copy>(
    view: Option<T>,
    layer: fn(T) -> Layer<'a>,
    next: fn(&T) -> (Next, Payload<'a>),
) -> Step<'a> {
    let view = view.ok_or(StopReason::Truncated)?;
    let (next, rest) = next(&view);
    Ok((layer(view), next, rest))
}
