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
    /// A protocol of OSI, which begins with its number.
    Osi,
    /// Novell's IPX behind LLC or without it.
    Ipx,
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

/// A view of one header or message of a frame: it becomes a layer, and says what is behind it.
pub(super) trait View<'a>: Copy + Into<Layer<'a>> {
    /// What the bytes behind are, and these.
    fn next(&self) -> (Next, Payload<'a>);
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
        Protocol::Llc => one(layers, Llc::new(at)),
        Protocol::Snap => one(layers, Snap::new(at)),
        Protocol::Cisco(number) => by_cisco_number(layers, number, at),
        Protocol::Ip => by_version(layers, at),
        Protocol::IpProtocol(number) => by_ip_protocol(layers, number, at),
        Protocol::NextHeader(number) => by_next_header(layers, number, at),
        Protocol::Mpls => one(layers, Mpls::new(at)),
        Protocol::Ieee80211 { is_padded } => ieee80211(layers, at, is_padded),
        Protocol::Ppp => one(layers, Ppp::new(at)),
        Protocol::Slarp => one(layers, Some(Slarp::new(at))),
        Protocol::Osi => by_osi_number(layers, at),
        Protocol::Ipx => one(layers, Some(Ipx::new(at))),
        Protocol::SpanningTree => one(layers, Some(Stp::new(at))),
        Protocol::Application(application) => by_application(layers, application, at),
        Protocol::LinuxProtocol(_) | Protocol::AddressFamily(_) => Err(StopReason::Unsupported),
        Protocol::Payload => Err(StopReason::End),
    }
}

#[inline]
fn link<'a>(layers: &mut Layers<'a>, link_type: LinkType, at: Payload<'a>) -> Step<'a> {
    match link_type {
        LinkType::ETHERNET => one(layers, Ethernet::new(at)),
        LinkType::LINUX_SLL => one(layers, LinuxSll::new(at)),
        LinkType::LINUX_SLL2 => one(layers, LinuxSll2::new(at)),
        LinkType::NULL | LinkType::LOOP => one(layers, Loopback::new(at)),
        LinkType::IEEE802_11 => ieee80211(layers, at, false),
        LinkType::IEEE802_11_RADIOTAP => one(layers, Radiotap::new(at)),
        LinkType::IEEE802_11_AVS | LinkType::IEEE802_11_PRISM => {
            let is_prism = link_type == LinkType::IEEE802_11_PRISM;
            let behind = Radiotap::behind_other(at, is_prism).ok_or(StopReason::Truncated)?;
            Ok((Next::Decode(Protocol::Ieee80211 { is_padded: false }), behind))
        }
        LinkType::PPP => one(layers, Ppp::new(at)),
        LinkType::PPP_HDLC if matches!(at.get(0), Some(0x0f_u8 | 0x8f)) => one(layers, Chdlc::new(at)),
        LinkType::PPP_HDLC => one(layers, Ppp::serial(at)),
        LinkType::PPP_ETHER => one(layers, Pppoe::new(at)),
        LinkType::C_HDLC => one(layers, Chdlc::new(at)),
        LinkType::RAW | LinkType::IPV4 | LinkType::IPV6 => by_version(layers, at),
        _ => Err(StopReason::Unsupported),
    }
}

fn ieee80211<'a>(layers: &mut Layers<'a>, at: Payload<'a>, is_padded: bool) -> Step<'a> {
    one(layers, Ieee80211::new(at, is_padded))
}

#[inline]
fn by_ether_type<'a>(layers: &mut Layers<'a>, ether_type: EtherType, at: Payload<'a>) -> Step<'a> {
    match ether_type {
        EtherType::Ipv4 => one(layers, Ipv4::new(at)),
        EtherType::Ipv6 => one(layers, Ipv6::new(at)),
        EtherType::Arp | EtherType::ReverseArp => one(layers, Arp::new(at)),
        EtherType::Jumbo => one(layers, Llc::new(at)),
        EtherType::Mpls | EtherType::MplsMulticast => one(layers, Mpls::new(at)),
        EtherType::PppoeDiscovery | EtherType::PppoeSession => one(layers, Pppoe::new(at)),
        EtherType::Lldp => one(layers, Some(Lldp::new(at))),
        EtherType::AtaOverEthernet => one(layers, Some(Aoe::new(at))),
        EtherType::GeoNet | EtherType::OldGeoNet => one(layers, Some(GeoNet::new(at))),
        EtherType::Ptp => one(layers, Some(Ptp::new(at))),
        EtherType::Slow => one(layers, Some(Slow::new(at))),
        EtherType::Eapol => one(layers, Some(Eapol::new(at))),
        EtherType::Macsec => one(layers, Macsec::new(at)),
        EtherType::Arista => one(layers, Arista::new(at)),
        EtherType::Ectp => one(layers, Some(Ectp::new(at))),
        EtherType::Cfm | EtherType::OldCfm => one(layers, Some(Cfm::new(at))),
        EtherType::Ppp => one(layers, Ppp::new(at).map(Ppp::over_ethernet)),
        EtherType::Nlb => one(layers, Some(Nlb::new(at))),
        EtherType::CalmFast => one(layers, Some(CalmFast::new(at))),
        EtherType::Ipx => one(layers, Some(Ipx::new(at))),
        EtherType::Osi => by_osi_number(layers, at.skip(1)),
        EtherType::Unknown(_) => Err(StopReason::Unsupported),
        _ => one(layers, Vlan::new(at)),
    }
}

fn by_osi_number<'a>(layers: &mut Layers<'a>, at: Payload<'a>) -> Step<'a> {
    match at.get(0) {
        Some(0x81_u8) => one(layers, Some(Clnp::new(at))),
        Some(0x82) => one(layers, Some(EsIs::new(at))),
        Some(0x83) => one(layers, Some(Isis::new(at))),
        _ => one(layers, Osi::new(at)),
    }
}

fn by_cisco_number<'a>(layers: &mut Layers<'a>, number: u16, at: Payload<'a>) -> Step<'a> {
    match number {
        0x2000 => one(layers, Some(Cdp::new(at))),
        0x2003 => one(layers, Some(Vtp::new(at))),
        0x2004 => one(layers, Some(Dtp::new(at))),
        0x0111 => one(layers, Some(Udld::new(at))),
        0x010b | 0x010c => one(layers, Some(Stp::new(at))),
        _ => Err(StopReason::Unsupported),
    }
}

fn by_version<'a>(layers: &mut Layers<'a>, at: Payload<'a>) -> Step<'a> {
    match at.bytes().first().map(|first| first >> 4) {
        Some(6) => one(layers, Ipv6::new(at)),
        Some(4) => one(layers, Ipv4::new(at)),
        Some(_) => Err(StopReason::Malformed),
        None => Err(StopReason::Truncated),
    }
}

#[inline]
fn by_next_header<'a>(layers: &mut Layers<'a>, number: IpProtocol, at: Payload<'a>) -> Step<'a> {
    match number {
        IpProtocol::Fragment => one(layers, Ipv6Fragment::new(at)),
        IpProtocol::HopByHop | IpProtocol::DestinationOptions | IpProtocol::Routing => {
            one(layers, Ipv6Extension::new(at, number))
        }
        IpProtocol::Mobility | IpProtocol::OldMobility => one(layers, Some(Mobility::new(at))),
        _ => by_ip_protocol(layers, number, at),
    }
}

#[inline]
fn by_ip_protocol<'a>(layers: &mut Layers<'a>, number: IpProtocol, at: Payload<'a>) -> Step<'a> {
    match number {
        IpProtocol::Tcp => {
            let segment = Tcp::new(at).map(|tcp| tcp.of_type(layers.forced()));
            one(layers, segment)
        }
        IpProtocol::Udp => {
            let datagram = Udp::new(at).map(|udp| udp.of_type(layers.forced()));
            one(layers, datagram)
        }
        IpProtocol::Sctp => one(layers, Sctp::new(at)),
        IpProtocol::Icmpv4 => one(layers, Icmpv4::new(at)),
        IpProtocol::Icmpv6 => one(layers, Icmpv6::new(at)),
        IpProtocol::Igmp => one(layers, Igmp::new(at)),
        IpProtocol::Ipv4 => one(layers, Ipv4::new(at)),
        IpProtocol::Ipv6 => one(layers, Ipv6::new(at)),
        IpProtocol::Gre => one(layers, Gre::new(at)),
        IpProtocol::Esp => one(layers, Esp::new(at)),
        IpProtocol::Ah => one(layers, Ah::new(at)),
        IpProtocol::Igrp => one(layers, Some(Igrp::new(at))),
        IpProtocol::Eigrp => one(layers, Eigrp::new(at)),
        IpProtocol::Ospf => one(layers, Ospf::new(at)),
        IpProtocol::Pim => one(layers, Pim::new(at)),
        IpProtocol::Vrrp if layers.forced().is_some_and(|forced| forced.is_carp) => {
            one(layers, Some(Carp::new(at)))
        }
        IpProtocol::Vrrp => one(layers, Vrrp::new(at)),
        IpProtocol::Dccp => one(layers, Some(Dccp::new(at))),
        IpProtocol::Rsvp => one(layers, Some(Rsvp::new(at))),
        IpProtocol::Ipcomp => one(layers, Some(Ipcomp::new(at))),
        IpProtocol::Pgm => one(layers, Some(Pgm::new(at))),
        IpProtocol::NoNextHeader => Err(StopReason::End),
        _ => Err(StopReason::Unsupported),
    }
}

fn by_application<'a>(layers: &mut Layers<'a>, application: Application, at: Payload<'a>) -> Step<'a> {
    let dns = |layers: &mut Layers<'a>, transport| one(layers, Dns::new(at, transport));
    match application {
        Application::Dns => dns(layers, DnsTransport::Udp),
        Application::DnsOverTcp => dns(layers, DnsTransport::Tcp),
        Application::MulticastDns => dns(layers, DnsTransport::Multicast),
        Application::Dhcp => one(layers, Dhcp::new(at)),
        Application::Dhcpv6 => one(layers, Dhcpv6::new(at)),
        Application::Tftp => one(layers, Tftp::new(at)),
        Application::Ntp => one(layers, Ntp::new(at)),
        Application::Syslog => one(layers, Syslog::new(at)),
        Application::Radius => one(layers, Radius::new(at)),
        Application::Isakmp => one(layers, Some(Isakmp::new(at))),
        Application::NatTraversal => one(layers, NatTraversal::new(at)),
        Application::Kerberos => one(layers, Some(Kerberos::new(at))),
        Application::Sflow => one(layers, Some(Sflow::new(at))),
        Application::Resp => one(layers, Some(Resp::new(at))),
        Application::Telnet => one(layers, Some(Telnet::new(at))),
        Application::Pptp => one(layers, Some(Pptp::new(at))),
        Application::Rpki => one(layers, Some(Rpki::new(at))),
        Application::Timed => one(layers, Some(Timed::new(at))),
        Application::OpenFlow => one(layers, Some(OpenFlow::new(at))),
        Application::Babel => one(layers, Some(Babel::new(at))),
        Application::InterceptShim => one(layers, InterceptShim::new(at)),
        Application::Ptp => one(layers, Some(Ptp::new(at))),
        Application::Hsrp => one(layers, Hsrp::new(at)),
        Application::BfdControl | Application::BfdMultihop | Application::BfdLag => {
            one(layers, Bfd::new(at, application))
        }
        Application::Nfs => one(layers, Nfs::new(at, false)),
        Application::NfsOverTcp => one(layers, Nfs::new(at, true)),
        Application::Smb => one(layers, Smb::new(at)),
        Application::Dtls => one(layers, Dtls::new(at)),
        Application::Aodv => {
            let is_ipv6 = layers.is_in_ipv6();
            one(layers, Some(Aodv::new(at, is_ipv6)))
        }
        Application::Rip => one(layers, Some(Rip::new(at))),
        Application::Ripng => one(layers, Some(Ripng::new(at))),
        Application::L2tp => one(layers, L2tp::new(at)),
        Application::Ldp | Application::LdpOverTcp => one(layers, Some(Ldp::new(at))),
        Application::LspPing => one(layers, Some(LspPing::new(at))),
        Application::Lmp => one(layers, Some(Lmp::new(at))),
        Application::LwappToController | Application::LwappFromController | Application::LwappData => {
            one(layers, Some(Lwapp::new(at, application)))
        }
        Application::Otv => one(layers, Otv::new(at)),
        Application::MplsOverUdp => one(layers, Mpls::new(at)),
        Application::Vxlan => one(layers, Vxlan::new(at)),
        Application::Whiteboard => one(layers, Some(Whiteboard::new(at))),
        Application::AutoRp => one(layers, Some(AutoRp::new(at))),
        Application::Olsr => {
            let is_ipv6 = layers.is_in_ipv6();
            one(layers, Some(Olsr::new(at, is_ipv6)))
        }
        Application::Vqp => one(layers, Some(Vqp::new(at))),
        Application::Lisp => one(layers, Some(Lisp::new(at))),
        Application::Geneve => one(layers, Geneve::new(at)),
        Application::Snmp => one(layers, Some(Snmp::new(at))),
        Application::GtpU => one(layers, GtpU::new(at)),
        Application::Pgm => one(layers, Some(Pgm::new(at))),
        Application::Rpc => one(layers, Some(Rpc::new(at))),
        Application::SomeIp => one(layers, Some(SomeIp::new(at))),
        Application::NetFlow => one(layers, Some(NetFlow::new(at))),
        Application::Zmtp => one(layers, Some(Zmtp::new(at))),
        Application::Rtp => one(layers, Some(Rtp::new(at))),
        Application::Rtcp => one(layers, Some(Rtcp::new(at))),
        Application::Vat => one(layers, Some(Vat::new(at))),
        Application::Quic => one(layers, Quic::new(at)),
        Application::Tls => one(layers, Tls::new(at)),
        Application::Bgp => one(layers, Some(Bgp::new(at))),
        Application::SipUdp
        | Application::Smtp
        | Application::Ftp
        | Application::Http
        | Application::Rtsp
        | Application::Ssh
        | Application::SshElsewhere => one(layers, Some(TextMessage::new(at, application))),
    }
}

/// Pushes one decoded header as a layer, and says what follows it.
#[inline]
fn one<'a>(layers: &mut Layers<'a>, view: Option<impl View<'a>>) -> Step<'a> {
    let view = view.ok_or(StopReason::Truncated)?;
    layers.push(view.into())?;
    Ok(view.next())
}
