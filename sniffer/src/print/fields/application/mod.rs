//! Applications. Those with more to say have files of their own.

pub(super) mod access;
pub(super) mod calls;
pub(super) mod collectors;
pub(super) mod dhcp;
pub(super) mod dns;
pub(super) mod media;
pub(super) mod snmp;
pub(super) mod tls;

use super::{Visit, VisitExt as _};
use crate::decode::{
    Application, Kerberos, Lwapp, Ntp, OpenFlow, Resp, RespValue, Rpki, SomeIp, Syslog, Telnet, TextMessage,
    TextStart, Tftp, Timed, Whiteboard, Zmtp,
};

/// What a protocol of text is called.
pub(super) fn text_name(message: &TextMessage<'_>) -> &'static str {
    match message.application() {
        Application::Http => "http",
        Application::Ftp => "ftp",
        Application::Smtp => "smtp",
        Application::Rtsp => "rtsp",
        Application::SipUdp => "sip",
        Application::Ssh | Application::SshElsewhere => "ssh",
        _ => "text",
    }
}

pub(super) fn text(message: &TextMessage<'_>, visitor: &mut impl Visit) {
    if message.is_request_or_response()
        && let Some(line) = message.first_line()
    {
        visitor.readable("first_line", line.text);
    }
    match message.start() {
        Some(TextStart::Request { method, target }) => {
            visitor.readable("method", method);
            visitor.readable_if("target", target);
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
        visitor.readable_if(name, message.header(header));
    }
}

pub(super) fn ntp(message: &Ntp<'_>, visitor: &mut impl Visit) {
    visitor.number("leap", message.leap().into());
    visitor.number("version", message.version().into());
    visitor.number("mode", message.mode().into());
}

pub(super) fn timed(message: &Timed<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("type", message.kind());
    visitor.number_if("sequence", message.sequence());
}

pub(super) fn tftp(message: &Tftp<'_>, visitor: &mut impl Visit) {
    visitor.number("operation", message.operation().into());
    visitor.number_if("number", message.number());
    let text = |at, index| message.strings(at).nth(index).map(|(text, _)| text);
    match message.operation() {
        1 | 2 => {
            visitor.readable_if("file", text(2, 0));
            visitor.readable_if("mode", text(2, 1));
        }
        5 => visitor.readable_if("error", text(4, 0)),
        _ => {}
    }
}

pub(super) fn syslog(message: &Syslog<'_>, visitor: &mut impl Visit) {
    visitor.number("facility", message.facility().into());
    visitor.number("severity", message.severity().into());
    visitor.readable("text", message.text().bytes());
}

pub(super) fn lwapp(frame: &Lwapp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", frame.version());
    visitor.number_if("radio", frame.radio());
    visitor.number_if("flags", frame.flags());
    visitor.number_if("fragment", frame.fragment());
    visitor.number_if("length", frame.length());
    visitor.mac_if("access_point", frame.access_point());
}

pub(super) fn kerberos(message: &Kerberos<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("type", message.kind());
}

pub(super) fn resp(segment: &Resp<'_>, visitor: &mut impl Visit) {
    visitor.list("values");
    for value in segment.values() {
        if let RespValue::Text(text) = value {
            visitor.item();
            visitor.readable("text", text);
        }
    }
    visitor.end();
}

pub(super) fn zmtp(frames: &Zmtp<'_>, visitor: &mut impl Visit) {
    visitor.list("frames");
    for frame in frames.frames() {
        visitor.item();
        visitor.number_if("length", frame.len);
        visitor.number_if("flags", frame.flags);
        visitor.bytes("body", frame.body());
    }
    visitor.end();
}

pub(super) fn someip(message: &SomeIp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("service", message.service());
    visitor.flag_if("event", message.is_event());
    visitor.number_if("method", message.method());
    visitor.number_if("length", message.length());
    visitor.number_if("client", message.client());
    visitor.number_if("session", message.session());
    visitor.number_if("protocol_version", message.protocol_version());
    visitor.number_if("interface_version", message.interface_version());
    visitor.number_if("type", message.kind());
    visitor.number_if("return_code", message.return_code());
}

pub(super) fn rpki(first: &Rpki<'_>, visitor: &mut impl Visit) {
    visitor.list("messages");
    for message in first.messages() {
        visitor.item();
        visitor.number_if("version", message.version());
        visitor.number_if("type", message.kind());
        visitor.number_if("length", message.length());
        if let Some(prefix) = message.prefix() {
            visitor.address("prefix", prefix.address);
            visitor.number("prefix_length", prefix.len.into());
            visitor.number("system", prefix.system.into());
        }
    }
    visitor.end();
}

pub(super) fn openflow(first: &OpenFlow<'_>, visitor: &mut impl Visit) {
    visitor.list("messages");
    for message in first.messages() {
        visitor.item();
        visitor.number_if("version", message.version());
        visitor.number_if("type", message.kind());
        visitor.number_if("length", message.length());
        visitor.number_if("transaction", message.transaction());
    }
    visitor.end();
}

pub(super) fn telnet(segment: &Telnet<'_>, visitor: &mut impl Visit) {
    visitor.list("commands");
    for command in segment.commands().flatten() {
        visitor.item();
        visitor.number("code", command.code.into());
        visitor.number_if("option", command.option);
        if let Some(parameters) = command.parameters {
            visitor.bytes("parameters", parameters);
        }
    }
    visitor.end();
}

pub(super) fn whiteboard(packet: &Whiteboard<'_>, visitor: &mut impl Visit) {
    visitor.number_if("source", packet.source());
    visitor.number_if("time", packet.time());
    visitor.number_if("version", packet.version());
    visitor.number_if("type", packet.kind());
    visitor.number_if("flags", packet.flags());
}
