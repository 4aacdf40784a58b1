//! The network protocols of OSI and Novell's, and the clocks of BSD.

use super::{Visit, VisitExt as _};
use crate::decode::{Ipx, IpxAddress, Isis, IsisBody, IsisCircuit, Layer};

pub(super) fn name(layer: &Layer<'_>) -> Option<&'static str> {
    Some(match layer {
        Layer::Isis(_) => "isis",
        Layer::Clnp(_) => "clnp",
        Layer::EsIs(_) => "esis",
        Layer::Osi(_) => "osi",
        Layer::Ipx(_) => "ipx",
        Layer::Timed(_) => "timed",
        _ => return None,
    })
}

pub(super) fn visit(layer: &Layer<'_>, visitor: &mut impl Visit) {
    match layer {
        Layer::Isis(message) => isis(message, visitor),
        Layer::Clnp(packet) => {
            visitor.number_if("version", packet.version());
            visitor.number_if("lifetime", packet.lifetime());
            visitor.number_if("type", packet.type_field().map(|field| field & 0x1f));
        }
        Layer::EsIs(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("type", message.type_field().map(|field| field & 0x1f));
            visitor.number_if("holding_time", message.holding_time());
        }
        Layer::Osi(packet) => visitor.number("protocol", packet.protocol().into()),
        Layer::Ipx(packet) => ipx(packet, visitor),
        Layer::Timed(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("type", message.kind());
            visitor.number_if("sequence", message.sequence());
        }
        _ => {}
    }
}

fn ipx(packet: &Ipx<'_>, visitor: &mut impl Visit) {
    visitor.number_if("type", packet.kind());
    visitor.number_if("length", packet.length());
    if let Some(source) = packet.source().map(IpxAddress::new) {
        visitor.bytes("source_network", &source.network);
        visitor.mac("source", &source.station);
        visitor.number("source_socket", source.socket.into());
    }
    if let Some(destination) = packet.destination().map(IpxAddress::new) {
        visitor.bytes("destination_network", &destination.network);
        visitor.mac("destination", &destination.station);
        visitor.number("destination_socket", destination.socket.into());
    }
}

fn isis(message: &Isis<'_>, visitor: &mut impl Visit) {
    visitor.number_if("type", message.kind());
    match message.body() {
        Some(IsisBody::Hello(hello)) => {
            visitor.number("levels", hello.levels.into());
            visitor.bytes("source", &hello.source);
            visitor.number("holding_time", hello.holding_time.into());
            if let IsisCircuit::Lan { lan, priority } = hello.circuit {
                visitor.bytes("lan", &lan);
                visitor.number("priority", priority.into());
            }
        }
        Some(IsisBody::Links(links)) => {
            visitor.bytes("lsp", &links.id);
            visitor.number("sequence", links.sequence.into());
            visitor.number("lifetime", links.lifetime.into());
        }
        Some(IsisBody::SequenceNumbers { source, .. }) => visitor.bytes("source", &source),
        None => {}
    }
    visitor.list("elements");
    for element in message.elements() {
        visitor.item();
        visitor.number("type", element.kind.into());
        visitor.bytes("value", element.value.rest().bytes());
    }
    visitor.end();
}
