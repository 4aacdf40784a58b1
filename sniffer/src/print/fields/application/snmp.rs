//! SNMP: what a message says of itself, and its variables.

use crate::decode::{BerElement, Snmp, SnmpPdu, SnmpVariable};
use crate::print::fields::written::Written;
use crate::print::fields::{MAX_ITEMS, Visit, VisitExt as _};

pub(in crate::print::fields) fn snmp(message: &Snmp<'_>, visitor: &mut impl Visit) {
    let Some((header, pdu)) = message.parts() else { return };
    visitor.number_if("version", u64::try_from(header.version).ok());
    visitor.readable_if("community", header.community);
    visitor.number_if("flags", header.flags);
    visitor.readable_if("user", header.user);
    if let Some(pdu) = pdu {
        request(&pdu, visitor);
    }
}

fn request(pdu: &SnmpPdu<'_>, visitor: &mut impl Visit) {
    visitor.number("pdu_type", pdu.kind.into());
    if let Some([request, status, index]) = pdu.numbers {
        visitor.number("request", u64::from(request as u32));
        visitor.number("error_status", u64::from(status as u32));
        visitor.number("error_index", u64::from(index as u32));
    }
    if let Some(trap) = &pdu.trap {
        written("enterprise", &trap.enterprise, visitor);
        written("agent", &trap.agent, visitor);
        visitor.number("generic_trap", u64::from(trap.generic as u32));
        visitor.number("specific_trap", u64::from(trap.specific as u32));
        visitor.number("uptime", trap.uptime);
    }
    visitor.list("variables");
    for SnmpVariable { name, value } in pdu.variables().take(MAX_ITEMS) {
        visitor.item();
        written("name", &name, visitor);
        visitor.number("type", value.tag().into());
        written("value", &value, visitor);
    }
    visitor.end();
}

/// An element as text, or as bytes under the name `data` where it has no text.
fn written(name: &'static str, element: &BerElement<'_>, visitor: &mut impl Visit) {
    let mut text = Written::default();
    match element.tag() {
        0x02 => text.push_number(element.integer()),
        0x06 => text.push_separated(element.object(), b"."),
        0x40 => text.push_separated(element.content().iter().map(|byte| u32::from(*byte)), b"."),
        0x41..=0x43 | 0x46 => text.push_number(element.unsigned()),
        0x04 if element.content().iter().all(|byte| matches!(byte, b' '..=b'~')) => {
            return visitor.readable(name, element.content());
        }
        _ => return bytes(element, visitor),
    }
    match text.finish() {
        Some(text) => visitor.readable(name, text),
        None => bytes(element, visitor),
    }
}

fn bytes(element: &BerElement<'_>, visitor: &mut impl Visit) {
    if !element.content().is_empty() {
        visitor.bytes("data", element.content());
    }
}
