//! Who may use a network, or talk in secret: RADIUS and IKE.

use std::net::Ipv4Addr;

use crate::decode::{Isakmp, IsakmpPayload, Payload, Radius, RadiusAttribute};
use crate::print::fields::{Visit, VisitExt as _};

pub(in crate::print::fields) fn radius(message: &Radius<'_>, visitor: &mut impl Visit) {
    visitor.number("code", message.code().into());
    visitor.number("id", message.id().into());
    visitor.number("length", message.length().into());
    radius_attributes(message, visitor);
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
    let text = |kind| message.attribute(kind).map(Payload::bytes);
    let address = |kind| message.attribute(kind).and_then(|value| value.get::<Ipv4Addr>(0));
    visitor.readable_if("user_name", text(1));
    visitor.address_if("nas_address", address(4));
    visitor.readable_if("nas_identifier", text(32));
    visitor.address_if("framed_address", address(8));
    visitor.readable_if("reply_message", text(18));
    visitor.readable_if("called_station", text(30));
    visitor.readable_if("calling_station", text(31));
    visitor.number_if("accounting_status", message.attribute(40).and_then(|value| value.get::<u32>(0)));
    visitor.readable_if("session", text(44));
}

pub(in crate::print::fields) fn isakmp(message: &Isakmp<'_>, visitor: &mut impl Visit) {
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
        visitor.number_if(
            "notification",
            match (message.version(), kind) {
                (Some(1), IsakmpPayload::NOTIFICATION_V1) => payload.notification(),
                (Some(2), IsakmpPayload::NOTIFICATION_V2) => payload.word(),
                _ => None,
            },
        );
    }
    visitor.end();
}
