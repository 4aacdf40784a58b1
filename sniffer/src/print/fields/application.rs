//! Applications.

use std::net::IpAddr;

use super::{Visit, VisitExt as _, snmp, tls};
use crate::decode::{
    Application, Bgp, BgpBody, Dhcp, DhcpOption, Dns, DnsName, DnsReader, DnsRecord, Layer, Nfs, Radius,
    RadiusAttribute, Smb, SmbForm, TextMessage, TextStart,
};

/// The most questions or records that are shown of a section: what a message claims costs nothing.
const MAX_RECORDS: usize = 256;

pub(super) fn name(layer: &Layer<'_>) -> Option<&'static str> {
    Some(match layer {
        Layer::Dns(_) => "dns",
        Layer::Text(message) => match message.application() {
            Application::Http => "http",
            Application::Ftp => "ftp",
            Application::Smtp => "smtp",
            Application::Rtsp => "rtsp",
            Application::SipUdp => "sip",
            Application::Ssh | Application::SshElsewhere => "ssh",
            _ => "text",
        },
        Layer::Dhcp(_) => "dhcp",
        Layer::Dhcpv6(_) => "dhcpv6",
        Layer::Ntp(_) => "ntp",
        Layer::Tftp(_) => "tftp",
        Layer::Syslog(_) => "syslog",
        Layer::Radius(_) => "radius",
        Layer::Tls(_) => "tls",
        Layer::Dtls(_) => "dtls",
        Layer::Nfs(_) => "nfs",
        Layer::Smb(_) => "smb",
        Layer::Quic(_) => "quic",
        Layer::Snmp(_) => "snmp",
        Layer::Bgp(_) => "bgp",
        _ => return None,
    })
}

pub(super) fn visit(layer: &Layer<'_>, visitor: &mut impl Visit) {
    match layer {
        Layer::Dns(message) => dns(message, visitor),
        Layer::Text(message) => text(message, visitor),
        Layer::Dhcp(message) => dhcp(message, visitor),
        Layer::Bgp(messages) => bgp(messages, visitor),
        Layer::Snmp(message) => snmp::snmp(message, visitor),
        Layer::Quic(packet) => tls::quic(packet, visitor),
        Layer::Tls(record) => tls::tls(record, visitor),
        Layer::Dtls(record) => tls::dtls(record, visitor),
        Layer::Nfs(message) => nfs(message, visitor),
        Layer::Smb(message) => smb(message, visitor),
        Layer::Dhcpv6(message) => {
            visitor.number("type", message.kind().into());
            if message.is_relayed() {
                visitor.address_if("link", message.link());
                visitor.address_if("peer", message.peer());
            } else {
                visitor.number("transaction", message.transaction().into());
            }
        }
        Layer::Ntp(message) => {
            visitor.number("leap", message.leap().into());
            visitor.number("version", message.version().into());
            visitor.number("mode", message.mode().into());
        }
        Layer::Tftp(message) => {
            visitor.number("operation", message.operation().into());
            visitor.number_if("number", message.number());
        }
        Layer::Syslog(message) => {
            visitor.number("facility", message.facility().into());
            visitor.number("severity", message.severity().into());
            visitor.readable("text", message.text().bytes());
        }
        Layer::Radius(message) => {
            visitor.number("code", message.code().into());
            visitor.number("id", message.id().into());
            visitor.number("length", message.length().into());
            radius_attributes(message, visitor);
        }
        _ => {}
    }
}

fn radius_attributes(message: &Radius<'_>, visitor: &mut impl Visit) {
    visitor.list("attributes");
    let mut rest = message.attributes();
    while let Some(attribute) = RadiusAttribute::next(&mut rest) {
        visitor.item();
        visitor.number("type", attribute.kind.into());
        visitor.bytes("value", attribute.value.bytes());
    }
    visitor.end();
}

fn nfs(message: &Nfs<'_>, visitor: &mut impl Visit) {
    visitor.number_if("xid", message.xid());
    visitor.flag("reply", message.is_reply());
    visitor.number_if("version", message.version());
    visitor.number_if("procedure", message.procedure());
    if let Some(name) = message.file_name() {
        visitor.readable("name", name);
    }
    visitor.number_if("reply_status", message.reply_status());
    visitor.number_if("rejection", message.rejection());
}

fn smb(message: &Smb<'_>, visitor: &mut impl Visit) {
    visitor.word(
        "form",
        match message.form() {
            SmbForm::V1 => "smb1",
            SmbForm::V2 => "smb2",
            SmbForm::Encrypted => "encrypted",
            SmbForm::Compressed => "compressed",
        },
    );
    visitor.number_if("command", message.command());
    visitor.flag_if("response", message.is_response());
    visitor.number_if("status", message.status());
    visitor.number_if("message_id", message.message_id());
    visitor.number_if("tree", message.tree());
    visitor.number_if("session", message.session());
}

fn text(message: &TextMessage<'_>, visitor: &mut impl Visit) {
    if message.is_request_or_response()
        && let Some(line) = message.first_line()
    {
        visitor.readable("first_line", line.text);
    }
    match message.start() {
        Some(TextStart::Request { method, target }) => {
            visitor.readable("method", method);
            if let Some(target) = target {
                visitor.readable("target", target);
            }
        }
        Some(TextStart::Response { status }) => visitor.number("status", status.into()),
        None => return,
    }
    let headers: &[(&str, &[u8])] = match message.application() {
        Application::Http => {
            &[("host", b"Host"), ("user_agent", b"User-Agent"), ("content_type", b"Content-Type")]
        }
        Application::SipUdp => &[("from", b"From"), ("to", b"To"), ("call_id", b"Call-ID")],
        _ => &[("cseq", b"CSeq"), ("session", b"Session")],
    };
    for (name, header) in headers {
        if let Some(value) = message.header(header) {
            visitor.readable(name, value);
        }
    }
}

fn bgp(messages: &Bgp<'_>, visitor: &mut impl Visit) {
    visitor.list("messages");
    for message in messages.messages().take(MAX_RECORDS) {
        visitor.item();
        visitor.number("type", message.kind.into());
        visitor.number("length", message.length.into());
        match message.body() {
            Some(BgpBody::Open { version, system, hold_time, router, .. }) => {
                visitor.number("version", version.into());
                visitor.number("as", system.into());
                visitor.number("hold_time", hold_time.into());
                visitor.address("router", router.into());
            }
            Some(BgpBody::Update { withdrawn, attributes, announced }) => {
                visitor.number("withdrawn", withdrawn as u64);
                visitor.number("attributes_length", attributes as u64);
                visitor.number("announced", announced as u64);
            }
            Some(BgpBody::Notification { code, subcode }) => {
                visitor.number("code", code.into());
                visitor.number("subcode", subcode.into());
            }
            Some(BgpBody::Other) | None => {}
        }
    }
    visitor.end();
}

fn dhcp(message: &Dhcp<'_>, visitor: &mut impl Visit) {
    visitor.number("operation", message.operation().into());
    visitor.number_if("hardware_type", message.hardware_type());
    visitor.number_if("hops", message.hops());
    visitor.number_if("transaction", message.transaction());
    visitor.number_if("seconds", message.seconds());
    visitor.number_if("flags", message.flags());
    visitor.address_if("client", message.client());
    visitor.address_if("your", message.your());
    visitor.address_if("server", message.server());
    visitor.address_if("gateway", message.gateway());
    if let Some(address) = message.hardware_address() {
        visitor.mac("client_hardware", &address);
    }
    visitor.number_if("message_type", message.message_type());
    visitor.list("options");
    let options = message.options().take_while(|option| option.code != DhcpOption::END);
    for option in options.filter(|option| option.code != DhcpOption::PAD) {
        visitor.item();
        visitor.number("code", option.code.into());
        visitor.bytes("data", option.data.bytes());
    }
    visitor.end();
}

fn dns(message: &Dns<'_>, visitor: &mut impl Visit) {
    visitor.number("id", message.id().into());
    visitor.flag("response", message.is_response());
    visitor.number("operation", message.operation().into());
    visitor.flag("authoritative", message.is_authoritative());
    visitor.flag("truncated", message.is_truncated());
    visitor.flag("recursion_desired", message.recursion_desired());
    visitor.flag("recursion_available", message.recursion_available());
    visitor.number("response_code", message.response_code().into());
    let mut reader = message.reader();
    visitor.list("questions");
    for _ in 0..usize::from(message.question_count()).min(MAX_RECORDS) {
        let Some(question) = reader.question() else { break };
        visitor.item();
        domain("name", question.name, visitor);
        visitor.number("type", question.kind.into());
        visitor.number("class", question.class.into());
    }
    visitor.end();
    records("answers", message.answer_count(), message, &mut reader, visitor);
    records("authorities", message.authority_count(), message, &mut reader, visitor);
    records("additionals", message.additional_count(), message, &mut reader, visitor);
}

fn records(
    list: &'static str,
    count: u16,
    message: &Dns<'_>,
    reader: &mut DnsReader<'_>,
    visitor: &mut impl Visit,
) {
    visitor.list(list);
    for _ in 0..usize::from(count).min(MAX_RECORDS) {
        let Some(record) = reader.record() else { break };
        visitor.item();
        domain("name", record.name, visitor);
        visitor.number("type", record.kind.into());
        visitor.number("class", record.class.into());
        visitor.number("ttl", record.ttl.into());
        record_data(message, &record, visitor);
    }
    visitor.end();
}

/// The data of a record: an address, a name, or bytes (the types of RFC 1035 section 3.2.2 and RFC 3596).
fn record_data(message: &Dns<'_>, record: &DnsRecord<'_>, visitor: &mut impl Visit) {
    const A: u16 = 1;
    const NS: u16 = 2;
    const CNAME: u16 = 5;
    const PTR: u16 = 12;
    const AAAA: u16 = 28;
    let ipv4 = <[u8; 4]>::try_from(record.data).map(IpAddr::from);
    let ipv6 = <[u8; 16]>::try_from(record.data).map(IpAddr::from);
    match (record.kind, ipv4, ipv6) {
        (A, Ok(address), _) | (AAAA, _, Ok(address)) => visitor.address("address", address),
        (NS | CNAME | PTR, ..) => domain("target", message.name_at(record.data_at), visitor),
        _ => visitor.bytes("data", record.data),
    }
}

/// A domain name with dots, as far as it can be read.
fn domain(name: &'static str, domain: DnsName<'_>, visitor: &mut impl Visit) {
    let labels = domain.labels().map_while(Result::ok);
    let mut is_first = true;
    let pieces = labels.flat_map(|label| {
        let dot: &[u8] = if std::mem::take(&mut is_first) { b"" } else { b"." };
        [dot, label]
    });
    visitor.text(name, pieces);
}
