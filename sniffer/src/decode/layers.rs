//! What decoding gives: layers in the order of the wire, and the stop. Knows no protocol's fields.

use std::fmt;

use arrayvec::ArrayVec;

use super::walk::View as _;

#[cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "every decoder has a layer here"))]
use super::*;

/// The most layers that are taken apart; a frame with more stops with [`StopReason::Depth`].
pub const MAX_LAYERS: usize = 16;

/// Makes the enum of layers, lets each view become its layer, and asks the view of a layer.
macro_rules! layers {
    ($(#[$meta:meta])* pub enum Layer<'a> { $($(#[$doc:meta])* $layer:ident($view:ty),)* }) => {
        $(#[$meta])*
        pub enum Layer<'a> {
            $($(#[$doc])* $layer($view),)*
        }

        impl<'a> Layer<'a> {
            /// The bytes behind the header.
            pub fn behind(&self) -> Payload<'a> {
                match self {
                    $(Self::$layer(view) => view.next().1,)*
                }
            }
        }

        $(
            impl<'a> From<$view> for Layer<'a> {
                #[inline]
                fn from(view: $view) -> Self {
                    Self::$layer(view)
                }
            }
        )*
    };
}

layers! {
    /// One header of a frame: a view over its bytes.
    #[derive(Clone, Copy, Debug)]
    pub enum Layer<'a> {
        /// Ethernet II or the MAC header of IEEE 802.3.
        Ethernet(Ethernet<'a>),
        /// An IEEE 802.1Q or 802.1ad tag.
        Vlan(Vlan<'a>),
        /// IEEE 802.2 LLC.
        Llc(Llc<'a>),
        /// The SNAP header behind LLC.
        Snap(Snap<'a>),
        /// Linux cooked capture, version 1.
        LinuxSll(LinuxSll<'a>),
        /// Linux cooked capture, version 2.
        LinuxSll2(LinuxSll2<'a>),
        /// The address family in front of a packet of a BSD loopback.
        Loopback(Loopback<'a>),
        /// ARP and Reverse ARP.
        Arp(Arp<'a>),
        /// IPv4 with its options.
        Ipv4(Ipv4<'a>),
        /// The fixed IPv6 header.
        Ipv6(Ipv6<'a>),
        /// An IPv6 extension header of the common form.
        Ipv6Extension(Ipv6Extension<'a>),
        /// The IPv6 fragment header.
        Ipv6Fragment(Ipv6Fragment<'a>),
        /// TCP with its options.
        Tcp(Tcp<'a>),
        /// UDP.
        Udp(Udp<'a>),
        /// SCTP with its chunks.
        Sctp(Sctp<'a>),
        /// ICMP.
        Icmpv4(Icmpv4<'a>),
        /// ICMPv6 with neighbour discovery and MLD.
        Icmpv6(Icmpv6<'a>),
        /// IGMP.
        Igmp(Igmp<'a>),
        /// DNS or multicast DNS.
        Dns(Dns<'a>),
        /// HTTP, FTP, SMTP, RTSP or SIP.
        Text(TextMessage<'a>),
        /// DHCP or BOOTP.
        Dhcp(Dhcp<'a>),
        /// DHCPv6.
        Dhcpv6(Dhcpv6<'a>),
        /// NTP.
        Ntp(Ntp<'a>),
        /// TFTP.
        Tftp(Tftp<'a>),
        /// Syslog.
        Syslog(Syslog<'a>),
        /// RADIUS.
        Radius(Radius<'a>),
        /// BGP.
        Bgp(Bgp<'a>),
        /// GTP-U, with a packet inside.
        GtpU(GtpU<'a>),
        /// SNMP.
        Snmp(Snmp<'a>),
        /// QUIC with a long header.
        Quic(Quic<'a>),
        /// A TLS record.
        Tls(Tls<'a>),
        /// HSRP.
        Hsrp(Hsrp<'a>),
        /// BFD.
        Bfd(Bfd<'a>),
        /// VXLAN, with Ethernet inside.
        Vxlan(Vxlan<'a>),
        /// Geneve, with any protocol inside.
        Geneve(Geneve<'a>),
        /// GRE, with any protocol inside.
        Gre(Gre<'a>),
        /// ESP.
        Esp(Esp<'a>),
        /// An authentication header.
        Ah(Ah<'a>),
        /// An entry of an MPLS label stack.
        Mpls(Mpls<'a>),
        /// PPP over Ethernet.
        Pppoe(Pppoe<'a>),
        /// VRRP.
        Vrrp(Vrrp<'a>),
        /// CARP.
        Carp(Carp<'a>),
        /// OSPF.
        Ospf(Ospf<'a>),
        /// PIM version 2.
        Pim(Pim<'a>),
        /// EIGRP.
        Eigrp(Eigrp<'a>),
        /// A spanning tree message.
        Stp(Stp<'a>),
        /// LLDP.
        Lldp(Lldp<'a>),
        /// What a radio says of a frame of IEEE 802.11.
        Radiotap(Radiotap<'a>),
        /// A frame of IEEE 802.11.
        Ieee80211(Ieee80211<'a>),
        /// PPP.
        Ppp(Ppp<'a>),
        /// Cisco's HDLC.
        Chdlc(Chdlc<'a>),
        /// What keeps a line of Cisco's HDLC alive.
        Slarp(Slarp<'a>),
        /// A datagram of sFlow.
        Sflow(Sflow<'a>),
        /// A remote procedure's call or reply.
        Rpc(Rpc<'a>),
        /// SOME/IP.
        SomeIp(SomeIp<'a>),
        /// `NetFlow`.
        NetFlow(NetFlow<'a>),
        /// ZMTP/1.0.
        Zmtp(Zmtp<'a>),
        /// RTP.
        Rtp(Rtp<'a>),
        /// RTCP.
        Rtcp(Rtcp<'a>),
        /// Sound of vat or vt.
        Vat(Vat<'a>),
        /// The protocol of Redis.
        Resp(Resp<'a>),
        /// Commands of telnet.
        Telnet(Telnet<'a>),
        /// A control message of PPTP.
        Pptp(Pptp<'a>),
        /// The RPKI to router protocol.
        Rpki(Rpki<'a>),
        /// The synchronisation of BSD's clocks.
        Timed(Timed<'a>),
        /// `OpenFlow`.
        OpenFlow(OpenFlow<'a>),
        /// IKE or ESP through address translation.
        NatTraversal(NatTraversal<'a>),
        /// Kerberos.
        Kerberos(Kerberos<'a>),
        /// IS-IS.
        Isis(Isis<'a>),
        /// CLNP.
        Clnp(Clnp<'a>),
        /// ES-IS.
        EsIs(EsIs<'a>),
        /// A number of OSI in front of another protocol.
        Osi(Osi<'a>),
        /// IPX.
        Ipx(Ipx<'a>),
        /// IKE.
        Isakmp(Isakmp<'a>),
        /// The VLAN trunking protocol.
        Vtp(Vtp<'a>),
        /// Unidirectional link detection.
        Udld(Udld<'a>),
        /// The dynamic trunking protocol.
        Dtp(Dtp<'a>),
        /// The Cisco discovery protocol.
        Cdp(Cdp<'a>),
        /// Broadcom's header in front of intercepted packets.
        InterceptShim(InterceptShim<'a>),
        /// Babel.
        Babel(Babel<'a>),
        /// `GeoNetworking`.
        GeoNet(GeoNet<'a>),
        /// ATA over Ethernet.
        Aoe(Aoe<'a>),
        /// The precision time protocol.
        Ptp(Ptp<'a>),
        /// `MACsec`'s tag, with any EtherType behind.
        Macsec(Macsec<'a>),
        /// Arista's time stamp, with any EtherType behind.
        Arista(Arista<'a>),
        /// A slow protocol: LACP, marker or OAM.
        Slow(Slow<'a>),
        /// EAP over LANs.
        Eapol(Eapol<'a>),
        /// A test of the configuration of Ethernet.
        Ectp(Ectp<'a>),
        /// Connectivity fault management.
        Cfm(Cfm<'a>),
        /// A drawing on a whiteboard.
        Whiteboard(Whiteboard<'a>),
        /// Auto-RP.
        AutoRp(AutoRp<'a>),
        /// OLSR.
        Olsr(Olsr<'a>),
        /// VQP.
        Vqp(Vqp<'a>),
        /// IGRP.
        Igrp(Igrp<'a>),
        /// What LISP says of places in the network.
        Lisp(Lisp<'a>),
        /// A heartbeat of network load balancing.
        Nlb(Nlb<'a>),
        /// CALM FAST.
        CalmFast(CalmFast<'a>),
        /// Overlay transport virtualisation, or Linux's VXLAN, with Ethernet inside.
        Otv(Otv<'a>),
        /// AODV.
        Aodv(Aodv<'a>),
        /// RIP.
        Rip(Rip<'a>),
        /// `RIPng`.
        Ripng(Ripng<'a>),
        /// L2TP, with PPP inside.
        L2tp(L2tp<'a>),
        /// LDP.
        Ldp(Ldp<'a>),
        /// RSVP.
        Rsvp(Rsvp<'a>),
        /// LMP.
        Lmp(Lmp<'a>),
        /// LSP ping.
        LspPing(LspPing<'a>),
        /// LWAPP.
        Lwapp(Lwapp<'a>),
        /// A mobility header.
        Mobility(Mobility<'a>),
        /// IP payload compression.
        Ipcomp(Ipcomp<'a>),
        /// DCCP.
        Dccp(Dccp<'a>),
        /// PGM.
        Pgm(Pgm<'a>),
        /// NFS.
        Nfs(Nfs<'a>),
        /// A message of SMB.
        Smb(Smb<'a>),
        /// A DTLS record.
        Dtls(Dtls<'a>),
    }
}

/// Why decoding stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// Everything was decoded; what is left is opaque payload.
    End,
    /// The next header was not captured whole, or the headers in front of it leave it too little room.
    Truncated,
    /// The last layer contradicts itself, so that nothing behind it can be trusted.
    Malformed,
    /// There is no decoder for the next protocol.
    Unsupported,
    /// What follows is the middle of a fragmented packet.
    Fragment,
    /// The frame has more than [`MAX_LAYERS`] layers.
    Depth,
}

/// Where and why decoding stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The reason.
    pub reason: StopReason,
    /// What comes, or would come, next.
    pub protocol: Protocol,
    /// How many bytes of the frame were decoded.
    pub offset: u32,
}

/// The layers of one frame, outermost first, and the stop behind them.
#[derive(Clone)]
pub struct Layers<'a> {
    items: ArrayVec<Layer<'a>, MAX_LAYERS>,
    stop: Stop,
    rest: Payload<'a>,
    forced: Option<ForcedType>,
}

impl<'a> Layers<'a> {
    #[inline]
    pub(super) fn new(first: Protocol, rest: Payload<'a>, forced: Option<ForcedType>) -> Self {
        let stop = Stop { reason: StopReason::End, protocol: first, offset: rest.offset() };
        Self { items: ArrayVec::new(), stop, rest, forced }
    }

    /// Whether the innermost packet of IP so far is one of IPv6.
    pub(super) fn is_in_ipv6(&self) -> bool {
        let mut packets = self.items.iter().filter(|layer| matches!(layer, Layer::Ipv4(_) | Layer::Ipv6(_)));
        packets.next_back().is_some_and(|packet| matches!(packet, Layer::Ipv6(_)))
    }

    /// What packets are said to be.
    #[inline]
    pub(super) fn forced(&self) -> Option<ForcedType> {
        self.forced
    }

    /// Appends a layer; fails when there is no room for it.
    #[inline]
    pub(super) fn push(&mut self, layer: Layer<'a>) -> Result<(), StopReason> {
        self.items.try_push(layer).map_err(|_| StopReason::Depth)
    }

    #[inline]
    pub(super) fn stop_at(&mut self, reason: StopReason, protocol: Protocol, rest: Payload<'a>) {
        self.stop = Stop { reason, protocol, offset: rest.offset() };
        self.rest = rest;
    }

    /// The layers in the order of the wire.
    pub fn as_slice(&self) -> &[Layer<'a>] {
        &self.items
    }

    /// Where and why decoding stopped.
    pub fn stop(&self) -> Stop {
        self.stop
    }

    /// What was not decoded: the payload of the last layer, or the header that could not be read.
    pub fn rest(&self) -> Payload<'a> {
        self.rest
    }
}

impl fmt::Debug for Layers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Layers");
        out.field("layers", &self.as_slice()).field("stop", &self.stop).field("rest", &self.rest).finish()
    }
}
