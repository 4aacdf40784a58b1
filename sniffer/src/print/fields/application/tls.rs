//! TLS, DTLS and QUIC, and the hello that they share.

use crate::decode::{Dtls, Quic, QuicType, Tls, TlsHello};
use crate::print::fields::{Visit, VisitExt as _};

pub(in crate::print::fields) fn tls(record: &Tls<'_>, visitor: &mut impl Visit) {
    visitor.number("content_type", record.content_type().into());
    visitor.number("record_version", record.version().into());
    visitor.number("length", record.length().into());
    if let Some(message) = record.hello() {
        hello(&message, b't', visitor);
    }
}

pub(in crate::print::fields) fn dtls(record: &Dtls<'_>, visitor: &mut impl Visit) {
    visitor.number("content_type", record.content_type().into());
    visitor.number("record_version", record.version().into());
    visitor.number("epoch", record.epoch().into());
    visitor.number("sequence", record.sequence());
    visitor.number("length", record.length().into());
    if let Some(message) = record.hello() {
        hello(&message, b'd', visitor);
    }
}

pub(in crate::print::fields) fn quic(packet: &Quic<'_>, visitor: &mut impl Visit) {
    visitor.word(
        "type",
        match packet.kind() {
            QuicType::Initial => "initial",
            QuicType::ZeroRtt => "0-rtt",
            QuicType::Handshake => "handshake",
            QuicType::Retry => "retry",
        },
    );
    visitor.number("version", packet.version_number().into());
    visitor.bytes("destination", packet.destination());
    visitor.bytes("source", packet.source());
    if let Some(token) = packet.token().filter(|_| packet.kind() == QuicType::Initial) {
        visitor.bytes("token", token);
    }
    visitor.number_if("length", packet.length());
    if let Some(crypto) = packet.crypto()
        && let Some(message) = crypto.hello()
    {
        hello(&message, b'q', visitor);
    }
}

/// A hello and, of a client, its fingerprint with the letter of its transport.
fn hello(hello: &TlsHello<'_>, transport: u8, visitor: &mut impl Visit) {
    visitor.number("handshake_type", hello.kind().into());
    visitor.flag("complete", hello.is_complete());
    visitor.flag("retry", hello.is_retry());
    visitor.number("legacy_version", hello.legacy_version().into());
    numbers("versions", "version", hello.versions(), visitor);
    numbers("cipher_suites", "suite", hello.cipher_suites(), visitor);
    numbers("extensions", "type", hello.extensions().map(|extension| extension.kind), visitor);
    visitor.readable_if("server_name", hello.server_name());
    visitor.list("alpn");
    for name in hello.protocols() {
        visitor.item();
        visitor.readable("protocol", name);
    }
    visitor.end();
    if let Some(fingerprint) = hello.ja4(transport) {
        visitor.readable("ja4", fingerprint.as_bytes());
    }
}

fn numbers(
    list: &'static str,
    name: &'static str,
    numbers: impl Iterator<Item = u16>,
    visitor: &mut impl Visit,
) {
    visitor.list(list);
    for number in numbers {
        visitor.item();
        visitor.number(name, number.into());
    }
    visitor.end();
}
