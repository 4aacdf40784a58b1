//! The protocols of OSI.

use crate::decode::{Clnp, EsIs, Isis, IsisBody, IsisCircuit, IsisElement, Osi};
use crate::print::fields::{Visit, VisitExt as _};

pub(in crate::print::fields) fn isis(message: &Isis<'_>, visitor: &mut impl Visit) {
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
    let host_name = message.elements().find(|element| element.kind == IsisElement::HOST_NAME);
    visitor.readable_if("host_name", host_name.map(|element| element.value.rest().bytes()));
}

pub(in crate::print::fields) fn clnp(packet: &Clnp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", packet.version());
    visitor.number_if("lifetime", packet.lifetime());
    visitor.number_if("type", packet.type_field().map(|field| field & 0x1f));
}

pub(in crate::print::fields) fn esis(message: &EsIs<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("type", message.type_field().map(|field| field & 0x1f));
    visitor.number_if("holding_time", message.holding_time());
}

pub(in crate::print::fields) fn osi(packet: &Osi<'_>, visitor: &mut impl Visit) {
    visitor.number("protocol", packet.protocol().into());
}
