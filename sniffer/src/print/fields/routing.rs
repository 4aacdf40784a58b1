//! What routers and switches tell each other.

use super::{Visit, VisitExt as _};
use crate::decode::{Layer, Lldp, Stp};

pub(super) fn name(layer: &Layer<'_>) -> Option<&'static str> {
    Some(match layer {
        Layer::Hsrp(_) => "hsrp",
        Layer::Bfd(_) => "bfd",
        Layer::Vrrp(_) => "vrrp",
        Layer::Carp(_) => "carp",
        Layer::Ospf(_) => "ospf",
        Layer::Pim(_) => "pim",
        Layer::Eigrp(_) => "eigrp",
        Layer::Stp(_) => "stp",
        Layer::Lldp(_) => "lldp",
        _ => return None,
    })
}

pub(super) fn visit(layer: &Layer<'_>, visitor: &mut impl Visit) {
    match layer {
        Layer::Hsrp(message) => {
            visitor.number("version", message.version().into());
            visitor.number_if("operation", message.operation());
            visitor.number_if("state", message.state());
            visitor.number_if("group", message.group());
            visitor.address_if("virtual_address", message.virtual_address());
        }
        Layer::Bfd(message) => {
            visitor.number("version", message.version().into());
            visitor.number("state", message.state().into());
            visitor.number("flags", message.flags().into());
        }
        Layer::Vrrp(message) => {
            visitor.number("version", message.version().into());
            visitor.number("type", message.kind().into());
            visitor.number("router", message.router().into());
            visitor.number("priority", message.priority().into());
        }
        Layer::Carp(packet) => {
            visitor.number_if("version", packet.version());
            visitor.number_if("type", packet.kind());
            visitor.number_if("host", packet.host());
            visitor.number_if("skew", packet.skew());
            visitor.number_if("base", packet.base());
            visitor.number_if("counter", packet.counter());
        }
        Layer::Ospf(message) => {
            visitor.number("version", message.version().into());
            visitor.number("type", message.kind().into());
        }
        Layer::Pim(message) => {
            visitor.number("version", message.version().into());
            visitor.number("type", message.kind().into());
        }
        Layer::Eigrp(message) => {
            visitor.number("version", message.version().into());
            visitor.number("operation", message.operation().into());
        }
        Layer::Stp(message) => stp(message, visitor),
        Layer::Lldp(message) => lldp(message, visitor),
        _ => {}
    }
}

fn stp(message: &Stp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("type", message.kind());
    visitor.number_if("flags", message.flags());
    if let Some((priority, address)) = message.bridge() {
        visitor.number("bridge_priority", priority.into());
        visitor.mac("bridge", &address);
    }
    visitor.number_if("port", message.port());
}

fn lldp(message: &Lldp<'_>, visitor: &mut impl Visit) {
    visitor.list("elements");
    for element in message.elements() {
        visitor.item();
        visitor.number("type", element.kind.into());
        visitor.bytes("value", element.value.bytes());
    }
    visitor.end();
}
