//! SNMP: what a message says of itself, and its variables.

use arrayvec::ArrayVec;

use super::{Visit, VisitExt as _};
use crate::decode::{BerElement, Snmp, SnmpPdu, SnmpVariable};

/// The most variables that are shown.
const MAX_VARIABLES: usize = 256;
/// The longest value that is shown as text; an object identifier has 128 numbers at most.
const MAX_TEXT: usize = 128 * 11;

pub(super) fn snmp(message: &Snmp<'_>, visitor: &mut impl Visit) {
    let Some((header, pdu)) = message.parts() else { return };
    visitor.number_if("version", u64::try_from(header.version).ok());
    if let Some(community) = header.community {
        visitor.readable("community", community);
    }
    visitor.number_if("flags", header.flags);
    if let Some(user) = header.user {
        visitor.readable("user", user);
    }
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
    visitor.list("variables");
    for SnmpVariable { name, value } in pdu.variables().take(MAX_VARIABLES) {
        visitor.item();
        written("name", &name, visitor);
        visitor.number("type", value.tag().into());
        written("value", &value, visitor);
    }
    visitor.end();
}

/// An element as text, or as bytes under the name `data` where it has no text.
fn written(name: &'static str, element: &BerElement<'_>, visitor: &mut impl Visit) {
    let mut text = ArrayVec::<u8, MAX_TEXT>::new();
    let is_text = match element.tag() {
        0x02 => push_signed(&mut text, element.integer()),
        0x06 => push_separated(&mut text, element.object()),
        0x40 => push_separated(&mut text, element.content().iter().map(|byte| u32::from(*byte))),
        0x41..=0x43 | 0x46 => push_number(&mut text, element.unsigned()),
        0x04 if element.content().iter().all(|byte| matches!(byte, b' '..=b'~')) => {
            return visitor.readable(name, element.content());
        }
        _ => false,
    };
    match element.content() {
        _ if is_text => visitor.readable(name, &text),
        [] => {}
        content => visitor.bytes("data", content),
    }
}

fn push_number(text: &mut ArrayVec<u8, MAX_TEXT>, number: u64) -> bool {
    text.try_extend_from_slice(itoa::Buffer::new().format(number).as_bytes()).is_ok()
}

fn push_signed(text: &mut ArrayVec<u8, MAX_TEXT>, number: i32) -> bool {
    text.try_extend_from_slice(itoa::Buffer::new().format(number).as_bytes()).is_ok()
}

/// Numbers with dots between.
fn push_separated(text: &mut ArrayVec<u8, MAX_TEXT>, numbers: impl Iterator<Item = u32>) -> bool {
    let mut fits = true;
    for (index, number) in numbers.enumerate() {
        let dot: &[u8] = if index == 0 { b"" } else { b"." };
        fits = fits && text.try_extend_from_slice(dot).is_ok() && push_number(text, number.into());
    }
    fits
}
