//! Protocols that few networks have, most of them at ports of their own.

use super::{Visit, VisitExt as _};
use crate::decode::{Layer, Telnet};

pub(super) fn name(layer: &Layer<'_>) -> Option<&'static str> {
    Some(match layer {
        Layer::Telnet(_) => "telnet",
        Layer::Pptp(_) => "pptp",
        _ => return None,
    })
}

pub(super) fn visit(layer: &Layer<'_>, visitor: &mut impl Visit) {
    match layer {
        Layer::Telnet(segment) => telnet(segment, visitor),
        Layer::Pptp(message) => {
            visitor.number_if("length", message.length());
            visitor.number_if("type", message.kind());
            visitor.number_if("control_type", message.control());
        }
        _ => {}
    }
}

fn telnet(segment: &Telnet<'_>, visitor: &mut impl Visit) {
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
