//! A frame taken apart into layers, with the place and the reason where decoding stopped. Knows no text.
//!
//! Captured bytes are checked against headers, never against the lengths that a packet claims; what was decoded is
//! returned together with where and why it ended, so that a cut or damaged frame still gives its intact part.
//!
//! ```
//! use sniffer::decode::{decode, Layer, StopReason};
//! use sniffer::packet::{Frame, LinkType};
//!
//! let bytes = [0x45, 0, 0, 28, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 9, 0, 10, 0, 8, 0, 0];
//! let frame = Frame {
//!     timestamp: Default::default(),
//!     link_type: LinkType::RAW,
//!     data: &bytes,
//!     original_len: 28,
//!     interface: 0,
//!     packet_type: None,
//!     checksum: Default::default(),
//! };
//! let layers = decode(&frame);
//! let [Layer::Ipv4(ip), Layer::Udp(udp)] = layers.as_slice() else { panic!("{layers:?}") };
//! assert_eq!((ip.ttl(), udp.destination_port()), (64, 10));
//! assert_eq!(layers.stop().reason, StopReason::End);
//! ```
//!
//! What is asked of a frame is most often one of its layers, wherever that stands; [`Layers::stop`] tells whether there
//! would have been more:
//!
//! ```
//! use sniffer::decode::{Layer, StopReason, decode};
//! use sniffer::packet::Frame;
//!
//! /// The port that a connection is opened to, and whether the frame was captured whole.
//! fn opened(frame: &Frame<'_>) -> Option<(u16, bool)> {
//!     let layers = decode(frame);
//!     let port = layers.as_slice().iter().find_map(|layer| match layer {
//!         Layer::Tcp(tcp) if tcp.flags().has(sniffer::decode::TcpFlags::SYN) => Some(tcp.destination_port()),
//!         _ => None,
//!     })?;
//!     Some((port, layers.stop().reason != StopReason::Truncated))
//! }
//! # let bytes = [0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
//! #     0, 9, 0, 80, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 0, 0, 0, 0, 0, 0];
//! # let (timestamp, link_type) = (Default::default(), sniffer::packet::LinkType::RAW);
//! # let (data, checksum) = (&bytes[..], Default::default());
//! # let frame = Frame { timestamp, link_type, data, original_len: 40, interface: 0, packet_type: None, checksum };
//! # assert_eq!(opened(&frame), Some((80, true)));
//! ```
#![forbid(unsafe_code)]

mod bytes;
mod checksum;
mod layers;
mod message;
mod number;
mod payload;
mod walk;

mod ethernet;
mod ieee80211;
mod linux_sll;
mod linux_sll2;
mod llc;
mod loopback;
mod radiotap;
mod snap;
mod vlan;

mod arp;
mod ipv4;
mod ipv4_options;
mod ipv6;
mod ipv6_extension;
mod ipv6_options;

mod icmpv4;
mod icmpv6;
mod igmp;
mod sctp;
mod tcp;
mod tcp_options;
mod udp;

mod application;
mod ber;
mod bfd;
mod bgp;
mod bgp_prefix;
mod dhcp;
mod dhcpv6;
mod dns;
mod dtls;
mod hsrp;
mod ja4;
mod nfs;
mod ntp;
mod quic;
mod quic_initial;
mod radius;
mod smb;
mod snmp;
mod syslog;
mod text_message;
mod tftp;
mod tls;
mod tls_hello;

mod ah;
mod esp;
mod geneve;
mod gre;
mod gtpu;
mod mpls;
mod pppoe;
mod vxlan;

mod aoe;
mod arista;
mod babel;
mod calm_fast;
mod cdp;
mod chdlc;
mod dccp;
mod dtp;
mod eapol;
mod ectp;
mod eigrp;
mod geonet;
mod ipcomp;
mod isakmp;
mod isis;
mod kerberos;
mod l2tp;
mod lldp;
mod lwapp;
mod macsec;
mod mobility;
mod mpls_control;
mod nat_traversal;
mod nlb;
mod openflow;
mod ospf;
mod otv;
mod pgm;
mod pim;
mod ppp;
mod ptp;
mod resp;
mod rip;
mod sflow;
mod shim;
mod slow;
mod stp;
mod udld;
mod vrrp;
mod vtp;

pub use self::ah::Ah;
pub use self::aoe::Aoe;
pub use self::application::Application;
pub use self::arista::{Arista, AristaTime};
pub use self::arp::{Arp, ArpOperation};
pub use self::babel::{Babel, BabelElement};
pub use self::ber::{BerElement, BerError, BerReader};
pub use self::bfd::Bfd;
pub use self::bgp::{Bgp, BgpBody, BgpMessage, BgpMessages};
pub use self::bgp_prefix::{BgpPrefix, BgpPrefixError, BgpPrefixForm, has_path_ids};
pub use self::calm_fast::CalmFast;
pub use self::cdp::{Cdp, CdpElement};
pub use self::chdlc::{Chdlc, Slarp};
pub use self::checksum::Checksum;
pub use self::dccp::Dccp;
pub use self::dhcp::{Dhcp, DhcpOption, DhcpOptions};
pub use self::dhcpv6::Dhcpv6;
pub use self::dns::{Dns, DnsLabels, DnsName, DnsNameError, DnsQuestion, DnsReader, DnsRecord, DnsTransport};
pub use self::dtls::Dtls;
pub use self::dtp::Dtp;
pub use self::eapol::{Eap, Eapol};
pub use self::ectp::Ectp;
pub use self::eigrp::{Eigrp, EigrpElement};
pub use self::esp::Esp;
pub use self::ethernet::Ethernet;
pub use self::geneve::Geneve;
pub use self::geonet::GeoNet;
pub use self::gre::Gre;
pub use self::gtpu::GtpU;
pub use self::hsrp::Hsrp;
pub use self::icmpv4::{Icmpv4, Icmpv4Type};
pub use self::icmpv6::{Icmpv6, Icmpv6Type};
pub use self::ieee80211::{Ieee80211, Ieee80211Kind};
pub use self::igmp::{Igmp, IgmpType};
pub use self::ipcomp::Ipcomp;
pub use self::ipv4::Ipv4;
pub use self::ipv4_options::{Ipv4Option, Ipv4Options};
pub use self::ipv6::Ipv6;
pub use self::ipv6_extension::{Ipv6Extension, Ipv6Fragment};
pub use self::ipv6_options::{Ipv6Option, Ipv6Options};
pub use self::isakmp::Isakmp;
pub use self::isis::{Isis, IsisBody};
pub use self::ja4::Ja4;
pub use self::kerberos::Kerberos;
pub use self::l2tp::{L2tp, L2tpAttribute};
pub use self::layers::{Layer, Layers, MAX_LAYERS, Stop, StopReason};
pub use self::linux_sll::LinuxSll;
pub use self::linux_sll2::LinuxSll2;
pub use self::llc::{Llc, LlcControl};
pub use self::lldp::{Lldp, LldpElement, LldpElements};
pub use self::loopback::Loopback;
pub use self::lwapp::Lwapp;
pub use self::macsec::Macsec;
pub use self::mobility::Mobility;
pub use self::mpls::Mpls;
pub use self::mpls_control::{Ldp, Lmp, LspPing, Rsvp};
pub use self::nat_traversal::{NatTraversal, NatTraversalKind};
pub use self::nfs::Nfs;
pub use self::nlb::Nlb;
pub use self::ntp::Ntp;
pub use self::number::{EtherType, IpProtocol};
pub use self::openflow::OpenFlow;
pub use self::ospf::{Ospf, OspfLsa};
pub use self::otv::Otv;
pub use self::payload::{Payload, Wire};
pub use self::pgm::Pgm;
pub use self::pim::{Pim, PimGroup, PimHello};
pub use self::ppp::{Ppp, PppFraming};
pub use self::pppoe::Pppoe;
pub use self::ptp::Ptp;
pub use self::quic::{Quic, QuicType, QuicVersion};
pub use self::quic_initial::QuicCrypto;
pub use self::radiotap::{Radiotap, RadiotapField, RadiotapFields};
pub use self::radius::Radius;
pub use self::resp::{Resp, RespValue};
pub use self::rip::{Rip, RipEntry, Ripng, RipngRoute};
pub use self::sctp::{Sctp, SctpBody, SctpChunk, SctpChunks, SctpError};
pub use self::sflow::Sflow;
pub use self::shim::InterceptShim;
pub use self::slow::{LacpEnd, Slow, SlowElement};
pub use self::smb::{Smb, SmbForm};
pub use self::snap::Snap;
pub use self::snmp::{Snmp, SnmpHeader, SnmpPdu, SnmpVariable};
pub use self::stp::{Stp, StpBridge, StpInstance, StpShortestPath};
pub use self::syslog::Syslog;
pub use self::tcp::{Tcp, TcpFlags};
pub use self::tcp_options::{OptionError, TcpOption, TcpOptionKind, TcpOptions};
pub use self::text_message::{TextLine, TextMessage, TextStart};
pub use self::tftp::Tftp;
pub use self::tls::Tls;
pub use self::tls_hello::{TlsExtension, TlsHello};
pub use self::udld::Udld;
pub use self::udp::Udp;
pub use self::vlan::Vlan;
pub use self::vrrp::Vrrp;
pub use self::vtp::Vtp;
pub use self::vxlan::Vxlan;
pub use self::walk::{Protocol, decode, decode_payload};
