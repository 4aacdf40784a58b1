//! BGP: the messages of a segment with the attributes that most routes have, and the routes of every family.

use crate::decode::{
    Bgp, BgpAttribute, BgpBody, BgpCapability, BgpMessage, BgpPath, BgpRoute, BgpUpdate, BgpValue,
};
use crate::print::fields::written::Written;
use crate::print::fields::{MAX_ITEMS, Visit, VisitExt as _};

pub(in crate::print::fields) fn bgp(segment: &Bgp<'_>, visitor: &mut impl Visit) {
    visitor.list("messages");
    for message in segment.messages().take(MAX_ITEMS) {
        visitor.item();
        visitor.number("type", message.kind.into());
        visitor.number("length", message.length.into());
        message_body(&message, visitor);
    }
    visitor.end();
    visitor.list("routes");
    for (message, number) in segment.messages().take(MAX_ITEMS).zip(1..) {
        if let Some(update) = message.update() {
            routes(number, true, update.withdrawn(), visitor);
            routes(number, false, update.announced(), visitor);
        }
    }
    visitor.end();
}

fn message_body(message: &BgpMessage<'_>, visitor: &mut impl Visit) {
    match message.body() {
        Some(BgpBody::Open { version, system, hold_time, router, .. }) => {
            let systems = message.capabilities().filter_map(|option| match option.capability() {
                Some(BgpCapability::System(system)) => Some(system),
                _ => None,
            });
            visitor.number("version", version.into());
            visitor.number("as", system.into());
            visitor.number("hold_time", hold_time.into());
            visitor.address("router", router.into());
            visitor.number_if("long_as", systems.last());
        }
        Some(BgpBody::Update { withdrawn, attributes, announced }) => {
            visitor.number("withdrawn", withdrawn as u64);
            visitor.number("attributes_length", attributes as u64);
            visitor.number("announced", announced as u64);
            if let Some(update) = message.update() {
                path_attributes(&update, visitor);
            }
        }
        Some(BgpBody::Notification { code, subcode }) => {
            visitor.number("code", code.into());
            visitor.number("subcode", subcode.into());
        }
        Some(BgpBody::Other) | None => {}
    }
}

/// The attributes that most routes have; the first of each, for there should be one.
fn path_attributes(update: &BgpUpdate<'_>, visitor: &mut impl Visit) {
    let value = |kind| update.attributes().find(|attribute| attribute.kind == kind)?.decode();
    if let Some(BgpValue::Origin(origin)) = value(BgpAttribute::ORIGIN) {
        visitor.number("origin", origin.into());
    }
    if let Some(BgpValue::Path(path)) = value(BgpAttribute::PATH) {
        visitor.written("as_path", &written_path(path));
    }
    if let Some(BgpValue::Router(next_hop)) = value(BgpAttribute::NEXT_HOP) {
        visitor.address("next_hop", next_hop.into());
    }
    for (name, kind) in [("med", BgpAttribute::DISCRIMINATOR), ("local_preference", BgpAttribute::PREFERENCE)]
    {
        if let Some(BgpValue::Number(number)) = value(kind) {
            visitor.number(name, number.into());
        }
    }
    if let Some(BgpValue::Communities(communities)) = value(BgpAttribute::COMMUNITIES) {
        visitor.written("communities", &written_communities(communities));
    }
}

/// A path as most programs write it: sets in braces, the sequences and sets of confederations in other brackets.
fn written_path(mut path: BgpPath<'_>) -> Written {
    let mut text = Written::default();
    let mut between: &[u8] = b"";
    while let Some([kind, count]) = path.segment() {
        let (open, separator, close): (&[u8], &[u8], &[u8]) = match kind {
            1 => (b"{", b",", b"}"),
            3 => (b"(", b" ", b")"),
            4 => (b"[", b",", b"]"),
            _ => (b"", b" ", b""),
        };
        text.push(between);
        text.push(open);
        text.push_separated((0..count).map_while(|_| path.system()), separator);
        text.push(close);
        between = b" ";
    }
    text
}

/// Communities with blanks between, each as a system and its number.
fn written_communities(communities: &[[u8; 4]]) -> Written {
    let mut text = Written::default();
    for (index, [high, low, number @ ..]) in communities.iter().enumerate() {
        text.push(if index == 0 { b"" } else { b" " });
        text.push_number(u16::from_be_bytes([*high, *low]));
        text.push(b":");
        text.push_number(u16::from_be_bytes(*number));
    }
    text
}

fn routes(
    message: u64,
    are_withdrawn: bool,
    routes: impl Iterator<Item = BgpRoute>,
    visitor: &mut impl Visit,
) {
    for BgpRoute { path, prefix } in routes.take(MAX_ITEMS) {
        visitor.item();
        visitor.number("message", message);
        visitor.flag("withdrawn", are_withdrawn);
        if let Some(distinguisher) = prefix.distinguisher {
            visitor.bytes("distinguisher", &distinguisher);
        }
        visitor.address("prefix", prefix.address);
        visitor.number("prefix_length", prefix.len.into());
        visitor.number_if("label", prefix.label.map(|(label, _)| label));
        visitor.number_if("path", path);
    }
}
