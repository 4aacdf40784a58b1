//! Application protocols by the ports they are at, and by their first bytes. Knows no header.

use crate::decode::{Dtls, GtpU, Quic, Smb, TextMessage, Tls};

/// A protocol over UDP or TCP that is told by a port. Where both ports tell one, the smaller counts: the order is that in
/// which tcpdump looks. What tcpdump does not know is told by its first bytes, at any port that tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Application {
    /// NFS in a datagram, by port 2049 and which way it goes.
    Nfs,
    /// DNS in a datagram, port 53.
    Dns,
    /// Multicast DNS, port 5353.
    MulticastDns,
    /// The synchronisation of BSD's clocks, port 525.
    Timed,
    /// TFTP, port 69.
    Tftp,
    /// DHCP and BOOTP, ports 67 and 68.
    Dhcp,
    /// RIP, port 520.
    Rip,
    /// AODV, port 654.
    Aodv,
    /// IKE, ports 500, 7500 and 8500.
    Isakmp,
    /// IKE or ESP through address translation, port 4500.
    NatTraversal,
    /// SNMP, ports 161 and 162.
    Snmp,
    /// NTP, port 123.
    Ntp,
    /// Kerberos, ports 88 and 750.
    Kerberos,
    /// L2TP, port 1701.
    L2tp,
    /// Sound of vat, to port 3456.
    Vat,
    /// `RIPng`, port 521.
    Ripng,
    /// DHCPv6, ports 546 and 547.
    Dhcpv6,
    /// Babel, ports 6696 and 6697.
    Babel,
    /// The whiteboard, to port 4567.
    Whiteboard,
    /// Auto-RP, port 496.
    AutoRp,
    /// RADIUS, ports 1812, 1813, 3799 and their predecessors.
    Radius,
    /// HSRP, to port 1985.
    Hsrp,
    /// LDP in datagrams, port 646.
    Ldp,
    /// OLSR, port 698.
    Olsr,
    /// LSP ping, port 3503.
    LspPing,
    /// Intercepted packets, from port 49152.
    InterceptShim,
    /// BFD over one hop, to port 3784.
    BfdControl,
    /// BFD over several hops, to port 4784.
    BfdMultihop,
    /// BFD for the links of an aggregate, to port 6784.
    BfdLag,
    /// The link management protocol, port 701.
    Lmp,
    /// VQP, port 1589.
    Vqp,
    /// sFlow, port 6343.
    Sflow,
    /// Control of access points, to port 12223.
    LwappToController,
    /// Control of access points, from port 12223.
    LwappFromController,
    /// Data of access points, port 12222.
    LwappData,
    /// SIP over UDP, ports 5060 and 5061.
    SipUdp,
    /// Syslog, port 514.
    Syslog,
    /// OTV, or VXLAN as Linux has it, port 8472.
    Otv,
    /// VXLAN, port 4789.
    Vxlan,
    /// Geneve, port 6081.
    Geneve,
    /// Control of LISP, port 4342.
    Lisp,
    /// MPLS in UDP, port 6635.
    MplsOverUdp,
    /// The precision time protocol, ports 319 and 320.
    Ptp,
    /// SOME/IP, port 30490.
    SomeIp,
    /// Telnet, port 23.
    Telnet,
    /// SMTP, port 25.
    Smtp,
    /// BGP, port 179.
    Bgp,
    /// The control connection of PPTP, port 1723.
    Pptp,
    /// The protocol of Redis, port 6379.
    Resp,
    /// `OpenFlow`, ports 6633 and 6653.
    OpenFlow,
    /// The control connection of FTP, port 21.
    Ftp,
    /// HTTP, ports 80, 8080 and 3128.
    Http,
    /// RTSP, ports 554 and 8554.
    Rtsp,
    /// DNS in a stream, port 53.
    DnsOverTcp,
    /// LDP in a stream, port 646.
    LdpOverTcp,
    /// The RPKI to router protocol, port 323.
    Rpki,
    /// NFS in a stream, by port 2049 and which way it goes.
    NfsOverTcp,
    /// TLS, by its first bytes.
    Tls,
    /// QUIC, by its first bytes.
    Quic,
    /// DTLS, by its first bytes.
    Dtls,
    /// SMB, by its first bytes.
    Smb,
    /// GTP-U, by its first byte at port 2152.
    GtpU,
    /// The line by which both sides of SSH begin, at port 22.
    Ssh,
    /// The same at other ports, by its first bytes.
    SshElsewhere,
    /// PGM in datagrams, which no port tells.
    Pgm,
    /// Calls of remote procedures, which no port tells.
    Rpc,
    /// `NetFlow`, which no port tells.
    NetFlow,
    /// ZMTP/1.0, which no port tells.
    Zmtp,
    /// RTP, which no port tells.
    Rtp,
    /// RTCP, which no port tells.
    Rtcp,
}

impl Application {
    /// The protocol of a datagram between these ports.
    #[inline]
    pub fn by_udp_ports(source: u16, destination: u16) -> Option<Self> {
        let by_source = match source {
            49152 => Some(Self::InterceptShim),
            12223 => Some(Self::LwappFromController),
            _ => by_udp_port(source),
        };
        let by_destination = match destination {
            12223 => Some(Self::LwappToController),
            3456 => Some(Self::Vat),
            4567 => Some(Self::Whiteboard),
            1985 => Some(Self::Hsrp),
            3784 => Some(Self::BfdControl),
            4784 => Some(Self::BfdMultihop),
            6784 => Some(Self::BfdLag),
            _ => by_udp_port(destination),
        };
        first(by_source, by_destination)
    }

    /// The protocol of a segment between these ports.
    #[inline]
    pub fn by_tcp_ports(source: u16, destination: u16) -> Option<Self> {
        first(by_tcp_port(source), by_tcp_port(destination))
    }

    /// The protocol of a datagram whose ports tell none that tcpdump knows, by its first bytes.
    #[inline]
    pub fn by_udp_content(source: u16, destination: u16, bytes: &[u8]) -> Option<Self> {
        const GTP_U: u16 = 2152;
        if Quic::is_long_header(bytes) {
            Some(Self::Quic)
        } else if Dtls::is_record(bytes) {
            Some(Self::Dtls)
        } else if (source == GTP_U || destination == GTP_U) && GtpU::is_message(bytes) {
            Some(Self::GtpU)
        } else {
            None
        }
    }

    /// The protocol of a segment whose ports tell none, by its first bytes.
    #[inline]
    pub fn by_tcp_content(source: u16, destination: u16, bytes: &[u8]) -> Option<Self> {
        const SSH: u16 = 22;
        if source == SSH || destination == SSH {
            TextMessage::may_be_ssh(bytes).then_some(Self::Ssh)
        } else if Tls::is_record(bytes) {
            Some(Self::Tls)
        } else if TextMessage::is_ssh(bytes) {
            Some(Self::SshElsewhere)
        } else if Smb::is_message(bytes) {
            Some(Self::Smb)
        } else {
            None
        }
    }
}

#[inline]
fn first(one: Option<Application>, other: Option<Application>) -> Option<Application> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn by_udp_port(port: u16) -> Option<Application> {
    Some(match port {
        53 => Application::Dns,
        67 | 68 => Application::Dhcp,
        69 => Application::Tftp,
        123 => Application::Ntp,
        88 | 750 => Application::Kerberos,
        496 => Application::AutoRp,
        500 | 7500 | 8500 => Application::Isakmp,
        4342 => Application::Lisp,
        4500 => Application::NatTraversal,
        6343 => Application::Sflow,
        319 | 320 => Application::Ptp,
        161 | 162 => Application::Snmp,
        514 => Application::Syslog,
        520 => Application::Rip,
        521 => Application::Ripng,
        525 => Application::Timed,
        646 => Application::Ldp,
        654 => Application::Aodv,
        698 => Application::Olsr,
        701 => Application::Lmp,
        1589 => Application::Vqp,
        1701 => Application::L2tp,
        3503 => Application::LspPing,
        6635 => Application::MplsOverUdp,
        8472 => Application::Otv,
        12222 => Application::LwappData,
        546 | 547 => Application::Dhcpv6,
        1645 | 1646 | 1812 | 1813 | 1700 | 3799 => Application::Radius,
        4789 => Application::Vxlan,
        5060 | 5061 => Application::SipUdp,
        6696 | 6697 => Application::Babel,
        5353 => Application::MulticastDns,
        6081 => Application::Geneve,
        30490 => Application::SomeIp,
        _ => return None,
    })
}

fn by_tcp_port(port: u16) -> Option<Application> {
    Some(match port {
        21 => Application::Ftp,
        23 => Application::Telnet,
        25 => Application::Smtp,
        53 => Application::DnsOverTcp,
        80 | 3128 | 8080 => Application::Http,
        179 => Application::Bgp,
        323 => Application::Rpki,
        646 => Application::LdpOverTcp,
        1723 => Application::Pptp,
        6379 => Application::Resp,
        6633 | 6653 => Application::OpenFlow,
        554 | 8554 => Application::Rtsp,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_port_tells_the_protocol_and_the_order_decides() {
        assert_eq!(Application::by_udp_ports(40000, 53), Some(Application::Dns));
        assert_eq!(Application::by_udp_ports(123, 68), Some(Application::Dhcp));
        assert_eq!(Application::by_udp_ports(123, 161), Some(Application::Snmp));
        assert_eq!(Application::by_udp_ports(161, 5353), Some(Application::MulticastDns));
        assert_eq!(Application::by_tcp_ports(8080, 25), Some(Application::Smtp));
        assert_eq!(Application::by_tcp_ports(40000, 40001), None);
    }
}
