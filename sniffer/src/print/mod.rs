//! Layers become text: one line, verbose, hex, JSON, chosen fields. Does no I/O.
//!
//! The lines are tcpdump's, byte for byte, wherever tcpdump prints the same protocol.
#![forbid(unsafe_code)]

pub mod stats;

mod clock;
mod flows;
mod line;
mod lines;
mod names;
mod options;
mod oui;
mod packet;
mod printer;
mod style;
mod text;
mod tokens;

mod ethernet;
mod linux_cooked;
mod llc;

mod arp;
mod checksum;
mod ip_protocol;
mod ipv4;
mod ipv4_options;
mod ipv6;
mod ipv6_routing;

mod dvmrp;
mod icmpv4;
mod icmpv6;
mod icmpv6_node;
mod icmpv6_options;
mod igmp;
mod mld;
mod mptcp;
mod sctp;
mod tcp;
mod tcp_options;
mod udp;

mod fields;
mod json;
mod select;

mod aoe;
mod application;
mod babel;
mod bfd;
mod bgp;
mod bgp_attributes;
mod bgp_routes;
mod cisco;
mod dccp;
mod dhcp;
mod dhcp_options;
mod dhcpv6;
mod dns;
mod eapol;
mod eigrp;
mod endpoints;
mod geonet;
mod hex;
mod ieee80211;
mod ieee80211_words;
mod isakmp;
mod isis;
mod kerberos;
mod l2tp;
mod link_local;
mod link_tags;
mod lldp;
mod lldp_dcbx;
mod lldp_media;
mod lldp_private;
mod lwapp;
mod mobility;
mod mpls_control;
mod nfs;
mod ntp;
mod openflow;
mod ospf;
mod ospf_lsa;
mod ospf_opaque;
mod ospf_v3;
mod pim;
mod pim_v1;
mod ppp;
mod ptp;
mod quic;
mod radiotap;
mod redundancy;
mod resp;
mod rip;
mod sflow;
mod shim;
mod slow;
mod smb;
mod snmp;
mod stp;
mod tls;
mod tunnel;

mod taps;

#[cfg(test)]
mod tests;

pub use self::json::Json;
pub use self::lines::{Before, Lines};
pub use self::names::{Names, Numbers, PortProtocol};
pub use self::options::{HexDump, Options, TimeFormat, TimePrecision};
pub use self::printer::Printer;
pub use self::select::{Columns, Selection, UnknownField};
pub use self::taps::{TapReport, TappedNamespace};
