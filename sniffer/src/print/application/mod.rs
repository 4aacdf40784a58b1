//! Application protocols: what datagrams and segments hold. Text protocols, TFTP and syslog stand here themselves.

mod dhcp;
mod dhcpv6;
mod dns;
pub(super) mod isakmp;
pub(super) mod kerberos;
pub(super) mod lwapp;
mod media;
mod net_flow;
mod nfs;
mod ntp;
pub(super) mod openflow;
pub(super) mod pptp;
mod pptp_fields;
mod quic;
mod radius;
pub(super) mod resp;
pub(super) mod rpc;
pub(super) mod rpki;
pub(super) mod sflow;
mod sflow_records;
mod smb;
mod snmp;
mod someip;
pub(super) mod telnet;
pub(super) mod timed;
mod tls;
pub(super) mod whiteboard;
pub(super) mod zmtp;

use crate::decode::{Application, Layer, Payload, Syslog, TextMessage, Tftp};
use crate::print::line::Line;
use crate::print::routing::bgp;
use crate::print::tokens;

pub(super) fn print(line: &mut Line<'_>, layer: &Layer<'_>) {
    match layer {
        Layer::Dns(message) => dns::print(line, message),
        Layer::Text(message) => print_text(line, message),
        Layer::Dhcp(message) => dhcp::print(line, message).unwrap_or_else(|| line.truncated("bootp")),
        Layer::Dhcpv6(message) => dhcpv6::print(line, message),
        Layer::Ntp(message) => ntp::print(line, message),
        Layer::Tftp(packet) => print_tftp(line, packet).unwrap_or_else(|| line.truncated("tftp")),
        Layer::Syslog(message) => print_syslog(line, message),
        Layer::Radius(packet) => radius::print(line, packet),
        Layer::Bgp(messages) => bgp::print(line, messages),
        Layer::Snmp(message) => snmp::print(line, message),
        Layer::Quic(packet) => quic::print(line, packet),
        Layer::Tls(record) => tls::print(line, record),
        Layer::Dtls(record) => tls::print_dtls(line, record),
        Layer::Smb(message) => smb::print(line, message),
        Layer::SomeIp(message) => someip::print(line, message),
        Layer::NetFlow(flows) => net_flow::print(line, flows),
        Layer::Zmtp(frames) => zmtp::print(line, frames),
        Layer::Rtp(packet) => media::print_rtp(line, packet),
        Layer::Rtcp(packets) => media::print_rtcp(line, packets),
        Layer::Vat(sound) => media::print_vat(line, sound),
        Layer::Nfs(message) => nfs::print(line, message),
        _ => {}
    }
}

/// A message that is too short for its first fields.
pub(super) fn print_truncated(line: &mut Line<'_>, application: Application, rest: Payload<'_>) {
    let word = match application {
        Application::Dns | Application::MulticastDns | Application::DnsOverTcp => {
            return dns::print_truncated(line, application, rest);
        }
        Application::Dhcp => "bootp",
        Application::Dhcpv6 => {
            line.text("dhcp6");
            "dhcp6"
        }
        Application::L2tp => "l2tp",
        Application::MplsOverUdp if rest.claimed() < 4 => {
            line.text("MPLS");
            return line.invalid();
        }
        Application::MplsOverUdp => "mpls",
        Application::Otv => return crate::print::tunnel::print_truncated_otv(line, rest),
        Application::Ntp => "ntp",
        Application::Tftp => "tftp",
        Application::Syslog if !rest.is_truncated() => return line.invalid(),
        Application::Syslog => "syslog",
        Application::Radius => "radius",
        Application::Hsrp => "hsrp",
        Application::BfdControl | Application::BfdMultihop | Application::BfdLag => "bfd",
        Application::Vxlan => "vxlan",
        Application::Babel => "babel",
        Application::InterceptShim => return crate::print::tunnel::shim::print_truncated(line, rest),
        Application::Ptp => "ptp",
        Application::Isakmp => "isakmp",
        Application::NatTraversal => "isakmp_rfc3948",
        Application::Kerberos => "krb",
        Application::Sflow => "sflow",
        Application::Resp => "resp",
        Application::Rpki => "rpki_rtr",
        Application::Timed => "timed",
        Application::OpenFlow => "openflow",
        Application::Geneve => {
            line.text("Geneve");
            "geneve"
        }
        Application::SipUdp => "sip",
        Application::Smtp => "smtp",
        Application::Bgp => "bgp",
        Application::Ftp => "ftp",
        Application::Http => "http",
        Application::Rtsp => "rtsp",
        Application::Ssh => "ssh",
        // A message of these is never too short.
        Application::Snmp => "snmp",
        Application::Rip => "rip",
        Application::Aodv => "aodv",
        Application::Nfs | Application::NfsOverTcp => "nfs",
        Application::Ripng => "ripng",
        Application::Ldp | Application::LdpOverTcp => "ldp",
        Application::LspPing => "lspping",
        Application::Lmp => "lmp",
        Application::Pgm => "pgm",
        Application::Rpc => "sunrpc",
        Application::SomeIp => "someip",
        Application::NetFlow => "cnfp",
        Application::Zmtp => "zmtp1",
        Application::Rtp => "rtp",
        Application::Rtcp => "rtcp",
        Application::Lisp => "lisp",
        Application::Whiteboard => "wb",
        Application::AutoRp => "cisco_autorp",
        Application::Olsr => "olsr",
        Application::Vqp => "vqp",
        Application::Telnet => "telnet",
        Application::Pptp => "pptp",
        Application::Vat => "vat",
        Application::LwappToController | Application::LwappFromController => "lwapp_control",
        Application::LwappData => "lwapp_data",
        // tcpdump does not know them.
        Application::Tls
        | Application::Quic
        | Application::SshElsewhere
        | Application::GtpU
        | Application::Dtls
        | Application::Smb => return,
    };
    line.truncated(word);
}

fn print_text(line: &mut Line<'_>, message: &TextMessage<'_>) {
    match message.application() {
        Application::Ssh => return print_ssh(line, message),
        Application::SshElsewhere => return print_ssh_elsewhere(line, message),
        _ => {}
    }
    let (word, protocol) = match message.application() {
        Application::Ftp => (": FTP", "ftp"),
        Application::Smtp => (": SMTP", "smtp"),
        Application::Rtsp => (": RTSP", "rtsp"),
        Application::SipUdp => ("SIP", "sip"),
        _ => (": HTTP", "http"),
    };
    line.text(word);
    if !message.is_request_or_response() {
        return;
    }
    if line.is_verbose() {
        return print_lines(line, message, protocol);
    }
    let Some(first) = message.first_line() else { return };
    line.text(": ");
    line.untrusted(first.text);
    if !first.is_complete {
        line.truncated(protocol);
    }
}

/// The line by which both sides begin, where it is one.
fn print_ssh(line: &mut Line<'_>, message: &TextMessage<'_>) {
    let first = message.first_line().filter(|first| !first.text.contains(&b'\t'));
    match first {
        Some(first) if first.is_complete => {
            line.text(": SSH: ");
            line.untrusted(first.text);
        }
        Some(_) if message.whole().is_truncated() => line.truncated("ssh"),
        _ => {}
    }
}

/// The same under the packet's line with `-v`: at such a port tcpdump says nothing of it.
fn print_ssh_elsewhere(line: &mut Line<'_>, message: &TextMessage<'_>) {
    let Some(first) = message.first_line().filter(|_| line.is_verbose()) else { return };
    line.text("\n\tSSH: ");
    line.untrusted(first.text);
    if !first.is_complete {
        line.truncated("ssh");
    }
}

/// The whole message, a line under the other.
fn print_lines(line: &mut Line<'_>, message: &TextMessage<'_>, protocol: &str) {
    line.labelled(", length: ", message.whole().claimed());
    for text in message.lines() {
        line.text("\n\t");
        line.untrusted(text.text);
        if !text.is_complete {
            line.truncated(protocol);
        }
    }
}

fn print_tftp(line: &mut Line<'_>, tftp: &Tftp<'_>) -> Option<()> {
    line.labelled("TFTP, length ", tftp.whole().claimed());
    line.text(", ");
    tokens::print(line, TFTP_OPERATIONS, tftp.operation(), ["tftp-#", ""]);
    match tftp.operation() {
        1 | 2 | 6 => print_strings(line, tftp),
        3 | 4 => {
            line.labelled(" block ", tftp.number()?);
            Some(())
        }
        5 => {
            line.byte(b' ');
            tokens::print(line, TFTP_ERRORS, tftp.number()?, ["tftp-err-#", ""]);
            let (text, is_terminated) = tftp.strings(4).next()?;
            line.text(" \"");
            line.untrusted(text);
            line.byte(b'"');
            is_terminated.then_some(())
        }
        _ => Some(()),
    }
}

/// The file's name in quotes, then mode and options.
fn print_strings(line: &mut Line<'_>, tftp: &Tftp<'_>) -> Option<()> {
    let is_request = tftp.operation() != 6;
    let mut count = 0;
    for (text, is_terminated) in tftp.strings(2) {
        let quote = if is_request && count == 0 { "\"" } else { "" };
        line.byte(b' ');
        line.text(quote);
        line.untrusted(text);
        line.text(quote);
        if !is_terminated {
            return None;
        }
        count += 1;
    }
    let is_whole = !tftp.whole().is_truncated() && (count > 1 || !is_request);
    is_whole.then_some(())
}

const TFTP_OPERATIONS: &[(u16, &str)] =
    &[(1, "RRQ"), (2, "WRQ"), (3, "DATA"), (4, "ACK"), (5, "ERROR"), (6, "OACK")];
const TFTP_ERRORS: &[(u16, &str)] = &[
    (0, "EUNDEF"),
    (1, "ENOTFOUND"),
    (2, "EACCESS"),
    (3, "ENOSPACE"),
    (4, "EBADOP"),
    (5, "EBADID"),
    (6, "EEXISTS"),
    (7, "ENOUSER"),
];

fn print_syslog(line: &mut Line<'_>, syslog: &Syslog<'_>) {
    line.text("SYSLOG ");
    tokens::print(line, FACILITIES, syslog.facility(), ["unknown (", ")"]);
    line.byte(b'.');
    tokens::print(line, SEVERITIES, syslog.severity(), ["unknown (", ")"]);
    line.labelled(", length: ", syslog.whole().claimed());
}

const FACILITIES: &[(u16, &str)] = &[
    (0, "kernel"),
    (1, "user"),
    (2, "mail"),
    (3, "daemon"),
    (4, "auth"),
    (5, "syslog"),
    (6, "lpr"),
    (7, "news"),
    (8, "uucp"),
    (9, "cron"),
    (10, "authpriv"),
    (11, "ftp"),
    (12, "ntp"),
    (13, "security"),
    (14, "console"),
    (15, "cron"),
    (16, "local0"),
    (17, "local1"),
    (18, "local2"),
    (19, "local3"),
    (20, "local4"),
    (21, "local5"),
    (22, "local6"),
    (23, "local7"),
];
const SEVERITIES: &[(u16, &str)] = &[
    (0, "emergency"),
    (1, "alert"),
    (2, "critical"),
    (3, "error"),
    (4, "warning"),
    (5, "notice"),
    (6, "info"),
    (7, "debug"),
];
