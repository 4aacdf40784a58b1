//! From each header to the next: the one place that knows which decoder follows which number.

#[cfg_attr(
    not(test),
    expect(clippy::wildcard_imports, reason = "every decoder follows some number here")
)]
use super::*;
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
    /// A protocol of Cisco's behind SNAP.
    Cisco(u16),
    /// An entry of an MPLS label stack.
    Mpls,
    /// A frame of IEEE 802.11, whose header may be padded to four bytes.
    Ieee80211 {
        /// Whether it is.
        is_padded: bool,
    },
    /// PPP, with or without an address in front.
    Ppp,
    /// What keeps a line of Cisco's HDLC alive.
    Slarp,
    /// IS-IS behind LLC.
    Isis,
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
    decode_as(frame, None)
}

/// The same where somebody says what packets are, if that is so.
pub fn decode_as<'a>(frame: &Frame<'a>, forced: Option<ForcedType>) -> Layers<'a> {
    decode_payload(Protocol::Link(frame.link_type), Payload::new(frame.data, frame.original_len), forced)
}

/// Takes bytes apart that begin with `protocol`, such as the packet quoted in an ICMP error.
pub fn decode_payload(protocol: Protocol, payload: Payload<'_>, forced: Option<ForcedType>) -> Layers<'_> {
    let mut layers = Layers::new(protocol, payload, forced);
    let mut at = (protocol, payload);
    let (reason, protocol, rest) = loop {
        match step(&mut layers, at.0, at.1) {
            Err(reason) => break (reason, at.0, at.1),
            Ok((Next::Stop(reason, protocol), rest)) => break (reason, protocol, rest),
            Ok((Next::Decode(protocol), rest)) => at = (protocol, rest),
        }
    };
    layers.stop_at(reason, protocol, rest);
    layers
}

/// What follows a layer that has been pushed, or why there is none.
type Step<'a> = Result<(Next, Payload<'a>), StopReason>;

#[inline]
fn step<'a>(layers: &mut Layers<'a>, protocol: Protocol, at: Payload<'a>) -> Step<'a> {
    match protocol {
        Protocol::Link(link_type) => link(layers, link_type, at),
        Protocol::EtherType(ether_type) => by_ether_type(layers, ether_type, at),
        Protocol::Llc => one(layers, Llc::new(at), Layer::Llc, Llc::next),
        Protocol::Snap => one(layers, Snap::new(at), Layer::Snap, Snap::next),
        Protocol::Cisco(number) => by_cisco_number(layers, number, at),
        Protocol::Ip => by_version(layers, at),
        Protocol::IpProtocol(number) => by_ip_protocol(layers, number, at),
        Protocol::NextHeader(number) => by_next_header(layers, number, at),
        Protocol::Mpls => one(layers, Mpls::new(at), Layer::Mpls, Mpls::next),
        Protocol::Ieee80211 { is_padded } => ieee80211(layers, at, is_padded),
        Protocol::Ppp => one(layers, Ppp::new(at), Layer::Ppp, Ppp::next),
        Protocol::Slarp => one(layers, Some(Slarp::new(at)), Layer::Slarp, Slarp::next),
        Protocol::Isis => one(layers, Some(Isis::new(at)), Layer::Isis, Isis::next),
        Protocol::SpanningTree => one(layers, Some(Stp::new(at)), Layer::Stp, Stp::next),
        Protocol::Application(application) => by_application(layers, application, at),
        Protocol::LinuxProtocol(_) | Protocol::AddressFamily(_) => Err(StopReason::Unsupported),
        Protocol::Payload => Err(StopReason::End),
    }
}

#[inline]
fn link<'a>(layers: &mut Layers<'a>, link_type: LinkType, at: Payload<'a>) -> Step<'a> {
    match link_type {
        LinkType::ETHERNET => one(layers, Ethernet::new(at), Layer::Ethernet, Ethernet::next),
        LinkType::LINUX_SLL => one(layers, LinuxSll::new(at), Layer::LinuxSll, LinuxSll::next),
        LinkType::LINUX_SLL2 => one(layers, LinuxSll2::new(at), Layer::LinuxSll2, LinuxSll2::next),
        LinkType::NULL | LinkType::LOOP => one(layers, Loopback::new(at), Layer::Loopback, Loopback::next),
        LinkType::IEEE802_11 => ieee80211(layers, at, false),
        LinkType::IEEE802_11_RADIOTAP => one(layers, Radiotap::new(at), Layer::Radiotap, Radiotap::next),
        LinkType::IEEE802_11_AVS | LinkType::IEEE802_11_PRISM => {
            let is_prism = link_type == LinkType::IEEE802_11_PRISM;
            let behind = Radiotap::behind_other(at, is_prism).ok_or(StopReason::Truncated)?;
            Ok((Next::Decode(Protocol::Ieee80211 { is_padded: false }), behind))
        }
        LinkType::PPP => one(layers, Ppp::new(at), Layer::Ppp, Ppp::next),
        LinkType::PPP_HDLC if matches!(at.get(0), Some(0x0f_u8 | 0x8f)) => {
            one(layers, Chdlc::new(at), Layer::Chdlc, Chdlc::next)
        }
        LinkType::PPP_HDLC => one(layers, Ppp::serial(at), Layer::Ppp, Ppp::next),
        LinkType::PPP_ETHER => one(layers, Pppoe::new(at), Layer::Pppoe, Pppoe::next),
        LinkType::C_HDLC => one(layers, Chdlc::new(at), Layer::Chdlc, Chdlc::next),
        LinkType::RAW | LinkType::IPV4 | LinkType::IPV6 => by_version(layers, at),
        _ => Err(StopReason::Unsupported),
    }
}

fn ieee80211<'a>(layers: &mut Layers<'a>, at: Payload<'a>, is_padded: bool) -> Step<'a> {
    one(layers, Ieee80211::new(at, is_padded), Layer::Ieee80211, Ieee80211::next)
}

#[inline]
fn by_ether_type<'a>(layers: &mut Layers<'a>, ether_type: EtherType, at: Payload<'a>) -> Step<'a> {
    match ether_type {
        EtherType::Ipv4 => one(layers, Ipv4::new(at), Layer::Ipv4, Ipv4::next),
        EtherType::Ipv6 => one(layers, Ipv6::new(at), Layer::Ipv6, Ipv6::next),
        EtherType::Arp | EtherType::ReverseArp => one(layers, Arp::new(at), Layer::Arp, Arp::next),
        EtherType::Jumbo => one(layers, Llc::new(at), Layer::Llc, Llc::next),
        EtherType::Mpls | EtherType::MplsMulticast => one(layers, Mpls::new(at), Layer::Mpls, Mpls::next),
        EtherType::PppoeDiscovery | EtherType::PppoeSession => {
            one(layers, Pppoe::new(at), Layer::Pppoe, Pppoe::next)
        }
        EtherType::Lldp => one(layers, Some(Lldp::new(at)), Layer::Lldp, Lldp::next),
        EtherType::AtaOverEthernet => one(layers, Some(Aoe::new(at)), Layer::Aoe, Aoe::next),
        EtherType::GeoNet | EtherType::OldGeoNet => {
            one(layers, Some(GeoNet::new(at)), Layer::GeoNet, GeoNet::next)
        }
        EtherType::Ptp => one(layers, Some(Ptp::new(at)), Layer::Ptp, Ptp::next),
        EtherType::Slow => one(layers, Some(Slow::new(at)), Layer::Slow, Slow::next),
        EtherType::Eapol => one(layers, Some(Eapol::new(at)), Layer::Eapol, Eapol::next),
        EtherType::Macsec => one(layers, Macsec::new(at), Layer::Macsec, Macsec::next),
        EtherType::Arista => one(layers, Arista::new(at), Layer::Arista, Arista::next),
        EtherType::Ectp => one(layers, Some(Ectp::new(at)), Layer::Ectp, Ectp::next),
        EtherType::Nlb => one(layers, Some(Nlb::new(at)), Layer::Nlb, Nlb::next),
        EtherType::CalmFast => one(layers, Some(CalmFast::new(at)), Layer::CalmFast, CalmFast::next),
        EtherType::Unknown(_) => Err(StopReason::Unsupported),
        _ => one(layers, Vlan::new(at), Layer::Vlan, Vlan::next),
    }
}

fn by_cisco_number<'a>(layers: &mut Layers<'a>, number: u16, at: Payload<'a>) -> Step<'a> {
    match number {
        0x2000 => one(layers, Some(Cdp::new(at)), Layer::Cdp, Cdp::next),
        0x2003 => one(layers, Some(Vtp::new(at)), Layer::Vtp, Vtp::next),
        0x2004 => one(layers, Some(Dtp::new(at)), Layer::Dtp, Dtp::next),
        0x0111 => one(layers, Some(Udld::new(at)), Layer::Udld, Udld::next),
        0x010b | 0x010c => one(layers, Some(Stp::new(at)), Layer::Stp, Stp::next),
        _ => Err(StopReason::Unsupported),
    }
}

fn by_version<'a>(layers: &mut Layers<'a>, at: Payload<'a>) -> Step<'a> {
    match at.bytes().first().map(|first| first >> 4) {
        Some(6) => one(layers, Ipv6::new(at), Layer::Ipv6, Ipv6::next),
        Some(4) => one(layers, Ipv4::new(at), Layer::Ipv4, Ipv4::next),
        Some(_) => Err(StopReason::Malformed),
        None => Err(StopReason::Truncated),
    }
}

#[inline]
fn by_next_header<'a>(layers: &mut Layers<'a>, number: IpProtocol, at: Payload<'a>) -> Step<'a> {
    match number {
        IpProtocol::Fragment => one(layers, Ipv6Fragment::new(at), Layer::Ipv6Fragment, Ipv6Fragment::next),
        IpProtocol::HopByHop | IpProtocol::DestinationOptions | IpProtocol::Routing => {
            one(layers, Ipv6Extension::new(at, number), Layer::Ipv6Extension, Ipv6Extension::next)
        }
        IpProtocol::Mobility | IpProtocol::OldMobility => {
            one(layers, Some(Mobility::new(at)), Layer::Mobility, Mobility::next)
        }
        _ => by_ip_protocol(layers, number, at),
    }
}

#[inline]
fn by_ip_protocol<'a>(layers: &mut Layers<'a>, number: IpProtocol, at: Payload<'a>) -> Step<'a> {
    match number {
        IpProtocol::Tcp => {
            let segment = Tcp::new(at).map(|tcp| tcp.of_type(layers.forced()));
            one(layers, segment, Layer::Tcp, Tcp::next)
        }
        IpProtocol::Udp => {
            let datagram = Udp::new(at).map(|udp| udp.of_type(layers.forced()));
            one(layers, datagram, Layer::Udp, Udp::next)
        }
        IpProtocol::Sctp => one(layers, Sctp::new(at), Layer::Sctp, Sctp::next),
        IpProtocol::Icmpv4 => one(layers, Icmpv4::new(at), Layer::Icmpv4, Icmpv4::next),
        IpProtocol::Icmpv6 => one(layers, Icmpv6::new(at), Layer::Icmpv6, Icmpv6::next),
        IpProtocol::Igmp => one(layers, Igmp::new(at), Layer::Igmp, Igmp::next),
        IpProtocol::Ipv4 => one(layers, Ipv4::new(at), Layer::Ipv4, Ipv4::next),
        IpProtocol::Ipv6 => one(layers, Ipv6::new(at), Layer::Ipv6, Ipv6::next),
        IpProtocol::Gre => one(layers, Gre::new(at), Layer::Gre, Gre::next),
        IpProtocol::Esp => one(layers, Esp::new(at), Layer::Esp, Esp::next),
        IpProtocol::Ah => one(layers, Ah::new(at), Layer::Ah, Ah::next),
        IpProtocol::Eigrp => one(layers, Eigrp::new(at), Layer::Eigrp, Eigrp::next),
        IpProtocol::Ospf => one(layers, Ospf::new(at), Layer::Ospf, Ospf::next),
        IpProtocol::Pim => one(layers, Pim::new(at), Layer::Pim, Pim::next),
        IpProtocol::Vrrp if layers.forced().is_some_and(|forced| forced.is_carp) => {
            one(layers, Some(Carp::new(at)), Layer::Carp, Carp::next)
        }
        IpProtocol::Vrrp => one(layers, Vrrp::new(at), Layer::Vrrp, Vrrp::next),
        IpProtocol::Dccp => one(layers, Some(Dccp::new(at)), Layer::Dccp, Dccp::next),
        IpProtocol::Rsvp => one(layers, Some(Rsvp::new(at)), Layer::Rsvp, Rsvp::next),
        IpProtocol::Ipcomp => one(layers, Some(Ipcomp::new(at)), Layer::Ipcomp, Ipcomp::next),
        IpProtocol::Pgm => one(layers, Some(Pgm::new(at)), Layer::Pgm, Pgm::next),
        IpProtocol::NoNextHeader => Err(StopReason::End),
        _ => Err(StopReason::Unsupported),
    }
}

fn by_application<'a>(layers: &mut Layers<'a>, application: Application, at: Payload<'a>) -> Step<'a> {
    let dns =
        |layers: &mut Layers<'a>, transport| one(layers, Dns::new(at, transport), Layer::Dns, Dns::next);
    match application {
        Application::Dns => dns(layers, DnsTransport::Udp),
        Application::DnsOverTcp => dns(layers, DnsTransport::Tcp),
        Application::MulticastDns => dns(layers, DnsTransport::Multicast),
        Application::Dhcp => one(layers, Dhcp::new(at), Layer::Dhcp, Dhcp::next),
        Application::Dhcpv6 => one(layers, Dhcpv6::new(at), Layer::Dhcpv6, Dhcpv6::next),
        Application::Tftp => one(layers, Tftp::new(at), Layer::Tftp, Tftp::next),
        Application::Ntp => one(layers, Ntp::new(at), Layer::Ntp, Ntp::next),
        Application::Syslog => one(layers, Syslog::new(at), Layer::Syslog, Syslog::next),
        Application::Radius => one(layers, Radius::new(at), Layer::Radius, Radius::next),
        Application::Isakmp => one(layers, Some(Isakmp::new(at)), Layer::Isakmp, Isakmp::next),
        Application::NatTraversal => {
            one(layers, NatTraversal::new(at), Layer::NatTraversal, NatTraversal::next)
        }
        Application::Kerberos => one(layers, Some(Kerberos::new(at)), Layer::Kerberos, Kerberos::next),
        Application::Sflow => one(layers, Some(Sflow::new(at)), Layer::Sflow, Sflow::next),
        Application::Resp => one(layers, Some(Resp::new(at)), Layer::Resp, Resp::next),
        Application::OpenFlow => one(layers, Some(OpenFlow::new(at)), Layer::OpenFlow, OpenFlow::next),
        Application::Babel => one(layers, Some(Babel::new(at)), Layer::Babel, Babel::next),
        Application::InterceptShim => {
            one(layers, InterceptShim::new(at), Layer::InterceptShim, InterceptShim::next)
        }
        Application::Ptp => one(layers, Some(Ptp::new(at)), Layer::Ptp, Ptp::next),
        Application::Hsrp => one(layers, Hsrp::new(at), Layer::Hsrp, Hsrp::next),
        Application::BfdControl | Application::BfdMultihop | Application::BfdLag => {
            one(layers, Bfd::new(at, application), Layer::Bfd, Bfd::next)
        }
        Application::Nfs => one(layers, Nfs::new(at, false), Layer::Nfs, Nfs::next),
        Application::NfsOverTcp => one(layers, Nfs::new(at, true), Layer::Nfs, Nfs::next),
        Application::Smb => one(layers, Smb::new(at), Layer::Smb, Smb::next),
        Application::Dtls => one(layers, Dtls::new(at), Layer::Dtls, Dtls::next),
        Application::Rip => one(layers, Some(Rip::new(at)), Layer::Rip, Rip::next),
        Application::Ripng => one(layers, Some(Ripng::new(at)), Layer::Ripng, Ripng::next),
        Application::L2tp => one(layers, L2tp::new(at), Layer::L2tp, L2tp::next),
        Application::Ldp | Application::LdpOverTcp => one(layers, Some(Ldp::new(at)), Layer::Ldp, Ldp::next),
        Application::LspPing => one(layers, Some(LspPing::new(at)), Layer::LspPing, LspPing::next),
        Application::Lmp => one(layers, Some(Lmp::new(at)), Layer::Lmp, Lmp::next),
        Application::LwappToController | Application::LwappFromController | Application::LwappData => {
            one(layers, Some(Lwapp::new(at, application)), Layer::Lwapp, Lwapp::next)
        }
        Application::Otv => one(layers, Otv::new(at), Layer::Otv, Otv::next),
        Application::MplsOverUdp => one(layers, Mpls::new(at), Layer::Mpls, Mpls::next),
        Application::Vxlan => one(layers, Vxlan::new(at), Layer::Vxlan, Vxlan::next),
        Application::Geneve => one(layers, Geneve::new(at), Layer::Geneve, Geneve::next),
        Application::Snmp => one(layers, Some(Snmp::new(at)), Layer::Snmp, Snmp::next),
        Application::GtpU => one(layers, GtpU::new(at), Layer::GtpU, GtpU::next),
        Application::Pgm => one(layers, Some(Pgm::new(at)), Layer::Pgm, Pgm::next),
        Application::Quic => one(layers, Quic::new(at), Layer::Quic, Quic::next),
        Application::Tls => one(layers, Tls::new(at), Layer::Tls, Tls::next),
        Application::Bgp => one(layers, Some(Bgp::new(at)), Layer::Bgp, Bgp::next),
        Application::SipUdp
        | Application::Smtp
        | Application::Ftp
        | Application::Http
        | Application::Rtsp
        | Application::Ssh
        | Application::SshElsewhere => {
            one(layers, Some(TextMessage::new(at, application)), Layer::Text, TextMessage::next)
        }
    }
}

/// Pushes one decoded header as a layer, and says what follows it.
#[inline]
fn one<'a, T: Copy>(
    layers: &mut Layers<'a>,
    view: Option<T>,
    layer: impl FnOnce(T) -> Layer<'a>,
    next: impl FnOnce(&T) -> (Next, Payload<'a>),
) -> Step<'a> {
    let view = view.ok_or(StopReason::Truncated)?;
    layers.push(layer(view))?;
    Ok(next(&view))
}
