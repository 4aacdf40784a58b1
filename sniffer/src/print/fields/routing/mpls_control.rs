//! What sets up and tests paths of MPLS.

use crate::decode::{Ldp, Lmp, LspPing, Rsvp};
use crate::print::fields::{MAX_ITEMS, Visit, VisitExt as _};

pub(in crate::print::fields) fn ldp(message: &Ldp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("length", message.length());
    visitor.address_if("router", message.router());
    visitor.number_if("label_space", message.label_space());
    visitor.number_if("message_type", message.first_message().map(|kind| kind & 0x7fff));
}

pub(in crate::print::fields) fn rsvp(message: &Rsvp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("type", message.kind());
    visitor.number_if("ttl", message.ttl());
    visitor.number_if("length", message.length());
    visitor.list("objects");
    for object in message.objects().take(MAX_ITEMS) {
        visitor.item();
        visitor.number("class", object.class.into());
        visitor.number("type", object.kind.into());
        visitor.bytes("data", object.body.bytes());
    }
    visitor.end();
}

pub(in crate::print::fields) fn lmp(message: &Lmp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("flags", message.flags());
    visitor.number_if("type", message.kind());
    visitor.number_if("length", message.length());
}

pub(in crate::print::fields) fn lsp_ping(message: &LspPing<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("type", message.kind());
    visitor.number_if("reply_mode", message.reply_mode());
    visitor.number_if("return_code", message.return_code());
    visitor.number_if("sender", message.sender());
    visitor.number_if("sequence", message.sequence());
}
