//! Protocols whose fields stand at fixed places.

use super::{Visit, VisitExt as _};
use crate::decode::{
    Babel, BabelElement, CiscoElement, IsakmpPayload, Layer, NatTraversalKind, OpenFlow, Resp, RespValue,
    Rpki, Sflow,
};

pub(super) fn name(layer: &Layer<'_>) -> Option<&'static str> {
    Some(match layer {
        Layer::Ptp(_) => "ptp",
        Layer::Aoe(_) => "aoe",
        Layer::GeoNet(_) => "geonet",
        Layer::Babel(_) => "babel",
        Layer::Isakmp(_) => "isakmp",
        Layer::NatTraversal(_) => "nat_traversal",
        Layer::Kerberos(_) => "kerberos",
        Layer::Sflow(_) => "sflow",
        Layer::Resp(_) => "resp",
        Layer::Rpki(_) => "rpki",
        Layer::OpenFlow(_) => "openflow",
        Layer::InterceptShim(_) => "intercept_shim",
        Layer::Cdp(_) => "cdp",
        Layer::Dtp(_) => "dtp",
        Layer::Udld(_) => "udld",
        Layer::Vtp(_) => "vtp",
        _ => return None,
    })
}

pub(super) fn visit(layer: &Layer<'_>, visitor: &mut impl Visit) {
    match layer {
        Layer::Ptp(message) => {
            visitor.number_if("type", message.kind());
            visitor.number_if("version", message.version());
            visitor.number_if("length", message.length());
            visitor.number_if("domain", message.domain());
            visitor.number_if("flags", message.flags());
            visitor.number_if("clock", message.clock());
            visitor.number_if("port", message.port());
            visitor.number_if("sequence", message.sequence());
        }
        Layer::Aoe(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("flags", message.flags());
            visitor.number_if("error", message.error());
            visitor.number_if("major", message.major());
            visitor.number_if("minor", message.minor());
            visitor.number_if("command", message.command());
            visitor.number_if("tag", message.tag());
        }
        Layer::GeoNet(packet) => {
            visitor.number_if("version", packet.version());
            visitor.number_if("next_header", packet.next_header());
            visitor.number_if("type", packet.kind().map(|(kind, _)| kind));
            visitor.number_if("subtype", packet.kind().map(|(_, subtype)| subtype));
            visitor.number_if("payload_length", packet.payload_len());
            visitor.number_if("hop_limit", packet.hop_limit());
            if let Some(address) = packet.address() {
                visitor.mac("address", &address);
            }
            visitor.number_if("latitude", packet.latitude());
            visitor.number_if("longitude", packet.longitude());
        }
        Layer::Babel(packet) => babel(packet, visitor),
        Layer::InterceptShim(shim) => {
            visitor.number("direction", shim.direction().into());
            visitor.number("type", shim.kind().into());
            visitor.number("tags", shim.tags().into());
            visitor.number("id", shim.id().into());
        }
        Layer::Isakmp(message) => {
            if let (Some(initiator), Some(responder)) = (message.initiator(), message.responder()) {
                visitor.bytes("initiator", &initiator);
                visitor.bytes("responder", &responder);
            }
            visitor.number_if("version", message.version());
            visitor.number_if("exchange", message.exchange());
            visitor.number_if("flags", message.flags());
            visitor.number_if("id", message.id());
            visitor.number_if("length", message.length());
            visitor.list("payloads");
            for (kind, payload) in message.elements() {
                visitor.item();
                visitor.number("type", kind.into());
                visitor.bytes("value", payload.behind(IsakmpPayload::HEADER_LEN).bytes());
            }
            visitor.end();
        }
        Layer::NatTraversal(datagram) => {
            visitor.flag("keep_alive", datagram.kind() == NatTraversalKind::KeepAlive);
        }
        Layer::Kerberos(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("type", message.kind());
        }
        Layer::Sflow(datagram) => {
            visitor.number_if("version", datagram.version());
            visitor.address_if("agent", datagram.agent());
            visitor.number_if("agent_id", datagram.agent_id());
            sflow(datagram, visitor);
        }
        Layer::Resp(segment) => resp(segment, visitor),
        Layer::Rpki(first) => rpki(first, visitor),
        Layer::OpenFlow(first) => openflow(first, visitor),
        Layer::Cdp(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("ttl", message.ttl());
            cisco_elements(message.elements(), visitor);
        }
        Layer::Dtp(message) => {
            visitor.number_if("version", message.version());
            cisco_elements(message.elements(), visitor);
        }
        Layer::Udld(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("operation", message.operation());
            visitor.number_if("flags", message.flags());
        }
        Layer::Vtp(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("type", message.kind());
            if let Some(domain) = message.domain() {
                visitor.readable("domain", domain.bytes());
            }
            visitor.number_if("revision", message.revision());
        }
        _ => {}
    }
}

fn babel(packet: &Babel<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", packet.version());
    visitor.list("elements");
    for element in packet.elements() {
        if let BabelElement::Value(kind, value) = element {
            visitor.item();
            visitor.number("type", kind.into());
            visitor.bytes("value", value);
        }
    }
    visitor.end();
}

fn rpki(first: &Rpki<'_>, visitor: &mut impl Visit) {
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

fn resp(segment: &Resp<'_>, visitor: &mut impl Visit) {
    visitor.list("values");
    for value in segment.values() {
        if let RespValue::Text(text) = value {
            visitor.item();
            visitor.readable("text", text);
        }
    }
    visitor.end();
}

fn sflow(datagram: &Sflow<'_>, visitor: &mut impl Visit) {
    visitor.number_if("sequence", datagram.sequence());
    visitor.number_if("uptime", datagram.uptime());
    visitor.list("samples");
    for sample in datagram.elements() {
        visitor.item();
        visitor.number("type", sample.kind().into());
        visitor.number("length", sample.length.into());
        visitor.bytes("value", sample.value().bytes());
    }
    visitor.end();
}

fn openflow(first: &OpenFlow<'_>, visitor: &mut impl Visit) {
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

fn cisco_elements<'e>(elements: impl Iterator<Item = CiscoElement<'e>>, visitor: &mut impl Visit) {
    visitor.list("elements");
    for element in elements {
        visitor.item();
        visitor.number("type", element.kind.into());
        visitor.bytes("value", element.value.bytes());
    }
    visitor.end();
}
