//! What each layer is called, and which function shows its fields: one row a layer.

use super::{Visit, application, link, link_local, network, routing, transport, tunnel};
use crate::decode::Layer;

/// Makes the two look-ups from the table. Only the layer of text protocols has a name that depends on the message.
macro_rules! layers {
    ($($layer:ident $name:literal $visit:path;)*) => {
        /// What a layer is called.
        pub(in crate::print) fn name(layer: &Layer<'_>) -> &'static str {
            match layer {
                Layer::Text(message) => application::text_name(message),
                $(Layer::$layer(_) => $name,)*
            }
        }

        /// Shows the fields of a layer to a visitor.
        pub(in crate::print) fn visit(layer: &Layer<'_>, visitor: &mut impl Visit) {
            match layer {
                Layer::Text(message) => application::text(message, visitor),
                $(Layer::$layer(view) => $visit(view, visitor),)*
            }
        }
    };
}

layers! {
    Ethernet "ethernet" link::ethernet;
    Vlan "vlan" link::vlan;
    Llc "llc" link::llc;
    Snap "snap" link::snap;
    LinuxSll "linux_sll" link::linux_sll;
    LinuxSll2 "linux_sll2" link::linux_sll2;
    Loopback "loopback" link::loopback;
    Radiotap "radiotap" link::radiotap;
    Ieee80211 "ieee80211" link::ieee80211;
    Ppp "ppp" link::ppp;
    Chdlc "chdlc" link::chdlc;
    Slarp "slarp" link::slarp;
    Macsec "macsec" link::macsec;
    Arista "arista" link::arista;
    Stp "stp" link_local::stp;
    Lldp "lldp" link_local::lldp;
    Slow "slow" link_local::slow;
    Eapol "eapol" link_local::eapol;
    Cdp "cdp" link_local::cdp;
    Vtp "vtp" link_local::vtp;
    Dtp "dtp" link_local::dtp;
    Udld "udld" link_local::udld;
    Ptp "ptp" link_local::ptp;
    Aoe "aoe" link_local::aoe;
    GeoNet "geonet" link_local::geonet;
    Ectp "ectp" link_local::ectp;
    Vqp "vqp" link_local::vqp;
    Cfm "cfm" link_local::cfm;
    Nlb "nlb" link_local::nlb;
    CalmFast "calm_fast" link_local::calm_fast;
    Arp "arp" network::arp;
    Ipv4 "ipv4" network::ipv4;
    Ipv6 "ipv6" network::ipv6;
    Ipv6Extension "ipv6_extension" network::ipv6_extension;
    Ipv6Fragment "ipv6_fragment" network::ipv6_fragment;
    Icmpv4 "icmpv4" network::icmpv4;
    Icmpv6 "icmpv6" network::icmpv6;
    Igmp "igmp" network::igmp;
    Mobility "mobility" network::mobility;
    Ipx "ipx" network::ipx;
    Tcp "tcp" transport::tcp;
    Udp "udp" transport::udp;
    Sctp "sctp" transport::sctp;
    Dccp "dccp" transport::dccp;
    Pgm "pgm" transport::pgm;
    Gre "gre" tunnel::gre;
    Esp "esp" tunnel::esp;
    Ah "ah" tunnel::ah;
    Mpls "mpls" tunnel::mpls;
    Pppoe "pppoe" tunnel::pppoe;
    GtpU "gtpu" tunnel::gtpu;
    Vxlan "vxlan" tunnel::vxlan;
    Geneve "geneve" tunnel::geneve;
    Otv "otv" tunnel::otv;
    L2tp "l2tp" tunnel::l2tp;
    Pptp "pptp" tunnel::pptp;
    Ipcomp "ipcomp" tunnel::ipcomp;
    NatTraversal "nat_traversal" tunnel::nat_traversal;
    InterceptShim "intercept_shim" tunnel::intercept_shim;
    Hsrp "hsrp" routing::hsrp;
    Vrrp "vrrp" routing::vrrp;
    Carp "carp" routing::carp;
    Bfd "bfd" routing::bfd;
    Pim "pim" routing::pim;
    Eigrp "eigrp" routing::eigrp;
    Rip "rip" routing::rip;
    Ripng "ripng" routing::ripng;
    Babel "babel" routing::babel;
    Aodv "aodv" routing::aodv;
    Ospf "ospf" routing::ospf::ospf;
    Bgp "bgp" routing::bgp::bgp;
    Isis "isis" routing::osi::isis;
    Clnp "clnp" routing::osi::clnp;
    EsIs "esis" routing::osi::esis;
    Osi "osi" routing::osi::osi;
    AutoRp "auto_rp" routing::auto_rp;
    Olsr "olsr" routing::olsr;
    Igrp "igrp" routing::igrp;
    Lisp "lisp" routing::lisp;
    Ldp "ldp" routing::mpls_control::ldp;
    Rsvp "rsvp" routing::mpls_control::rsvp;
    Lmp "lmp" routing::mpls_control::lmp;
    LspPing "lsp_ping" routing::mpls_control::lsp_ping;
    Dns "dns" application::dns::dns;
    Dhcp "dhcp" application::dhcp::dhcp;
    Dhcpv6 "dhcpv6" application::dhcp::dhcpv6;
    Radius "radius" application::access::radius;
    Isakmp "isakmp" application::access::isakmp;
    Snmp "snmp" application::snmp::snmp;
    Tls "tls" application::tls::tls;
    Dtls "dtls" application::tls::dtls;
    Quic "quic" application::tls::quic;
    Rpc "rpc" application::calls::rpc;
    Nfs "nfs" application::calls::nfs;
    Smb "smb" application::calls::smb;
    Rtp "rtp" application::media::rtp;
    Rtcp "rtcp" application::media::rtcp;
    Vat "vat" application::media::vat;
    Sflow "sflow" application::collectors::sflow;
    NetFlow "netflow" application::collectors::net_flow;
    Ntp "ntp" application::ntp;
    Timed "timed" application::timed;
    Tftp "tftp" application::tftp;
    Syslog "syslog" application::syslog;
    Lwapp "lwapp" application::lwapp;
    Kerberos "kerberos" application::kerberos;
    Resp "resp" application::resp;
    Zmtp "zmtp" application::zmtp;
    SomeIp "someip" application::someip;
    Rpki "rpki" application::rpki;
    OpenFlow "openflow" application::openflow;
    Whiteboard "wb" application::whiteboard;
    Telnet "telnet" application::telnet;
}
