//! Application protocols, and by which ports and first bytes they are told.

mod ports;

mod dhcp;
mod dhcpv6;
mod dns;
mod ntp;
mod syslog;
mod tftp;
mod timed;

mod dtls;
mod ja4;
mod quic;
mod quic_initial;
mod text_message;
mod tls;
mod tls_hello;

mod ber;
mod snmp;

mod isakmp;
mod kerberos;
mod lwapp;
mod net_flow;
mod nfs;
pub mod openflow;
mod pptp;
mod radius;
mod resp;
mod rpc;
mod rpki;
mod rtcp;
mod rtp;
mod sflow;
mod smb;
mod someip;
mod telnet;
mod vat;
mod whiteboard;
mod zmtp;

pub use self::ber::{BerElement, BerError, BerReader};
pub use self::dhcp::{Dhcp, DhcpOption, DhcpOptions};
pub use self::dhcpv6::{Dhcpv6, Dhcpv6Authentication, Dhcpv6Identifier, Dhcpv6Value};
pub use self::dns::{
    Dns, DnsLabels, DnsName, DnsNameError, DnsOption, DnsQuestion, DnsReader, DnsRecord, DnsTransport,
};
pub use self::dtls::Dtls;
pub use self::isakmp::{Isakmp, IsakmpAttribute, IsakmpAttributeError, IsakmpPayload};
pub use self::ja4::Ja4;
pub use self::kerberos::Kerberos;
pub use self::lwapp::Lwapp;
pub use self::net_flow::{NetFlow, NetFlowRecord};
pub use self::nfs::Nfs;
pub use self::ntp::Ntp;
pub use self::openflow::{OpenFlow, OpenFlowConfig, OpenFlowError};
pub use self::ports::Application;
pub use self::pptp::Pptp;
pub use self::quic::{Quic, QuicType, QuicVersion};
pub use self::quic_initial::QuicCrypto;
pub use self::radius::{Radius, RadiusAttribute};
pub use self::resp::{Resp, RespValue};
pub use self::rpc::Rpc;
pub use self::rpki::{Rpki, RpkiError, RpkiPrefix};
pub use self::rtcp::{Rtcp, RtcpPacket, RtcpReport, RtcpSender};
pub use self::rtp::{Rtp, RtpFault};
pub use self::sflow::{
    Sflow, SflowElement, SflowEthernet, SflowExpandedSample, SflowRawPacket, SflowSample, SflowSwitch,
};
pub use self::smb::{Smb, SmbForm};
pub use self::snmp::{Snmp, SnmpHeader, SnmpPdu, SnmpTrap, SnmpVariable};
pub use self::someip::SomeIp;
pub use self::syslog::Syslog;
pub use self::telnet::{Telnet, TelnetCommand, TelnetError};
pub use self::text_message::{TextLine, TextMessage, TextStart};
pub use self::tftp::Tftp;
pub use self::timed::Timed;
pub use self::tls::Tls;
pub use self::tls_hello::{TlsExtension, TlsHello};
pub use self::vat::Vat;
pub use self::whiteboard::Whiteboard;
pub use self::zmtp::{Zmtp, ZmtpFrame};
