//! What stays on a link: tags in front of an EtherType, and what neighbours say to each other.

use super::{Visit, VisitExt as _};
use crate::decode::{Arista, AristaTime, Eapol, Layer, Macsec, Slow};

pub(super) fn name(layer: &Layer<'_>) -> Option<&'static str> {
    Some(match layer {
        Layer::Macsec(_) => "macsec",
        Layer::Arista(_) => "arista",
        Layer::Slow(_) => "slow",
        Layer::Eapol(_) => "eapol",
        Layer::Ectp(_) => "ectp",
        Layer::Nlb(_) => "nlb",
        Layer::CalmFast(_) => "calm_fast",
        _ => return None,
    })
}

pub(super) fn visit(layer: &Layer<'_>, visitor: &mut impl Visit) {
    match layer {
        Layer::Macsec(tag) => macsec(tag, visitor),
        Layer::Arista(header) => arista(header, visitor),
        Layer::Slow(frame) => slow(frame, visitor),
        Layer::Eapol(frame) => eapol(frame, visitor),
        Layer::Ectp(test) => {
            visitor.number_if("skip_count", test.skip_count());
            visitor.number_if("function", test.function());
        }
        Layer::Nlb(heartbeat) => {
            visitor.number_if("priority", heartbeat.priority());
            visitor.address_if("cluster", heartbeat.cluster());
            visitor.address_if("host", heartbeat.host());
        }
        Layer::CalmFast(frame) => {
            visitor.number_if("source", frame.source());
            visitor.number_if("destination", frame.destination());
        }
        _ => {}
    }
}

fn macsec(tag: &Macsec<'_>, visitor: &mut impl Visit) {
    visitor.number("flags", tag.flags().into());
    visitor.number("association", tag.association().into());
    visitor.number("short_length", tag.short_length().into());
    visitor.number("packet_number", tag.packet_number().into());
    if let Some(channel) = tag.channel() {
        visitor.bytes("channel", &channel.to_be_bytes());
    }
}

fn arista(header: &Arista<'_>, visitor: &mut impl Visit) {
    visitor.number("subtype", header.subtype().into());
    if header.subtype() != Arista::TIME_STAMP {
        return;
    }
    visitor.number_if("timescale", header.timescale());
    visitor.number_if("format", header.format());
    visitor.number_if("hardware", header.hardware());
    let (seconds, nanos) = match header.time() {
        Some(AristaTime::Full { seconds, nanos }) => (seconds, nanos),
        Some(AristaTime::Short { seconds, nanos }) => (seconds.into(), nanos),
        None => return,
    };
    visitor.number("seconds", seconds.into());
    visitor.number("nanoseconds", nanos.into());
    visitor.number_if("type", header.ether_type());
}

fn slow(frame: &Slow<'_>, visitor: &mut impl Visit) {
    visitor.number_if("subtype", frame.subtype());
    if frame.subtype() == Some(Slow::OAM) {
        visitor.number_if("flags", frame.oam_flags());
        visitor.number_if("code", frame.oam_code());
        return;
    }
    visitor.number_if("version", frame.version());
    visitor.list("elements");
    for element in frame.elements() {
        visitor.item();
        visitor.number("type", element.kind.into());
        let is_end = frame.subtype() == Some(Slow::LACP) && matches!(element.kind, 1 | 2);
        match element.end().filter(|_| is_end) {
            Some(end) => {
                visitor.mac("system", &end.system);
                visitor.number("system_priority", end.system_priority.into());
                visitor.number("key", end.key.into());
                visitor.number("port", end.port.into());
                visitor.number("port_priority", end.port_priority.into());
                visitor.number("state", end.state.into());
            }
            None => visitor.bytes("value", element.value.bytes()),
        }
    }
    visitor.end();
}

fn eapol(frame: &Eapol<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", frame.version());
    visitor.number_if("type", frame.kind());
    visitor.number_if("length", frame.length());
    let Some(eap) = frame.eap() else { return };
    visitor.number_if("eap_code", eap.code());
    visitor.number_if("eap_id", eap.id());
    visitor.number_if("eap_length", eap.length());
    visitor.number_if("eap_type", eap.kind());
    if let Some(identity) = eap.identity() {
        visitor.readable("eap_identity", identity);
    }
}
