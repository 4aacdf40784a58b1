//! What routers tell each other. The protocols with more to say have files of their own.

pub(super) mod bgp;
pub(super) mod mpls_control;
pub(super) mod osi;
pub(super) mod ospf;

use super::{Visit, VisitExt as _};
use crate::decode::{
    Aodv, AodvKind, AutoRp, Babel, BabelElement, Bfd, Carp, Eigrp, Hsrp, Igrp, Lisp, Olsr, Pim, Rip,
    RipEntry, Ripng, Vrrp,
};

pub(super) fn hsrp(message: &Hsrp<'_>, visitor: &mut impl Visit) {
    visitor.number("version", message.version().into());
    visitor.number_if("operation", message.operation());
    visitor.number_if("state", message.state());
    visitor.number_if("group", message.group());
    visitor.address_if("virtual_address", message.virtual_address());
    // Other operations have other fields there.
    if matches!(message.operation(), Some(0..=2)) {
        visitor.number_if("priority", message.priority());
        visitor.number_if("hello_time", message.hello_time());
        visitor.number_if("hold_time", message.hold_time());
    }
}

pub(super) fn vrrp(message: &Vrrp<'_>, visitor: &mut impl Visit) {
    visitor.number("version", message.version().into());
    visitor.number("type", message.kind().into());
    visitor.number("router", message.router().into());
    visitor.number("priority", message.priority().into());
    visitor.number("interval", message.interval().into());
    visitor.list("addresses");
    for address in message.addresses() {
        visitor.item();
        visitor.address("address", address);
    }
    visitor.end();
}

pub(super) fn carp(packet: &Carp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", packet.version());
    visitor.number_if("type", packet.kind());
    visitor.number_if("host", packet.host());
    visitor.number_if("skew", packet.skew());
    visitor.number_if("base", packet.base());
    visitor.number_if("counter", packet.counter());
}

pub(super) fn bfd(message: &Bfd<'_>, visitor: &mut impl Visit) {
    visitor.number("version", message.version().into());
    visitor.number("state", message.state().into());
    visitor.number("flags", message.flags().into());
    visitor.number("diagnostic", message.diagnostic().into());
    visitor.number("multiplier", message.multiplier().into());
    let [mine, yours] = message.discriminators();
    visitor.number("my_discriminator", mine.into());
    visitor.number("your_discriminator", yours.into());
    let [transmit, receive, echo] = message.intervals();
    visitor.number("transmit_interval", transmit.into());
    visitor.number("receive_interval", receive.into());
    visitor.number("echo_interval", echo.into());
}

pub(super) fn pim(message: &Pim<'_>, visitor: &mut impl Visit) {
    visitor.number("version", message.version().into());
    visitor.number("type", message.kind().into());
}

pub(super) fn eigrp(message: &Eigrp<'_>, visitor: &mut impl Visit) {
    visitor.number("version", message.version().into());
    visitor.number("operation", message.operation().into());
    visitor.number("flags", message.flags().into());
    visitor.number("sequence", message.sequence().into());
    visitor.number("acknowledgement", message.acknowledgement().into());
    visitor.number("router", message.router().into());
    visitor.number("as", message.system().into());
}

pub(super) fn rip(message: &Rip<'_>, visitor: &mut impl Visit) {
    visitor.number_if("command", message.command());
    visitor.number_if("version", message.version());
    visitor.list("entries");
    for entry in message.entries() {
        visitor.item();
        visitor.number("family", entry.family().into());
        visitor.number("tag", entry.tag().into());
        if entry.family() == RipEntry::AUTHENTICATION {
            continue;
        }
        visitor.address("prefix", entry.prefix().into());
        visitor.address("mask", std::net::Ipv4Addr::from(entry.mask()).into());
        visitor.address_if("next_hop", entry.next_hop());
        visitor.number("metric", entry.metric().into());
    }
    visitor.end();
}

pub(super) fn ripng(message: &Ripng<'_>, visitor: &mut impl Visit) {
    visitor.number_if("command", message.command());
    visitor.number_if("version", message.version());
    visitor.list("routes");
    for route in message.routes() {
        visitor.item();
        visitor.address("prefix", route.prefix.into());
        visitor.number("prefix_length", route.prefix_len.into());
        visitor.number("tag", route.tag.into());
        visitor.number("metric", route.metric.into());
    }
    visitor.end();
}

pub(super) fn babel(packet: &Babel<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", packet.version());
    visitor.list("elements");
    for element in packet.elements() {
        if let BabelElement::Value(kind, value) = element {
            visitor.item();
            visitor.number("type", kind.into());
            visitor.bytes("value", value);
        }
    }
    visitor.end();
}

pub(super) fn aodv(message: &Aodv<'_>, visitor: &mut impl Visit) {
    visitor.number_if("type", message.number());
    let request = message.request().filter(|_| message.kind() == Some(AodvKind::Request));
    if let Some((request, _)) = request {
        visitor.number("flags", request.flags.into());
        visitor.number("hops", request.hops.into());
        visitor.number("id", request.id.into());
        visitor.address("destination", request.destination);
        visitor.number("destination_sequence", request.destination_sequence.into());
        visitor.address("origin", request.origin);
        visitor.number("origin_sequence", request.origin_sequence.into());
    }
    let reply = message.reply().filter(|_| message.kind() == Some(AodvKind::Reply));
    if let Some((reply, _)) = reply {
        visitor.number("flags", reply.flags.into());
        visitor.number("prefix", reply.prefix.into());
        visitor.number("hops", reply.hops.into());
        visitor.address("destination", reply.destination);
        visitor.number("destination_sequence", reply.destination_sequence.into());
        visitor.address("origin", reply.origin);
        visitor.number("lifetime", reply.lifetime.into());
    }
    if message.kind() == Some(AodvKind::Error) {
        visitor.list("unreached");
        for (address, sequence) in message.unreached().flatten() {
            visitor.item();
            visitor.address("address", address);
            visitor.number("sequence", sequence.into());
        }
        visitor.end();
    }
}

pub(super) fn lisp(message: &Lisp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("type", message.kind());
    visitor.number_if("records", message.record_count());
    visitor.number_if("nonce", message.nonce());
    visitor.number_if("key", message.key());
}

pub(super) fn auto_rp(message: &AutoRp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("type", message.kind());
    visitor.number_if("points", message.count());
    visitor.number_if("holding_time", message.hold());
}

pub(super) fn olsr(packet: &Olsr<'_>, visitor: &mut impl Visit) {
    visitor.number_if("length", packet.length());
    visitor.number_if("sequence", packet.sequence());
}

pub(super) fn igrp(message: &Igrp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.first().map(|first| first >> 4));
    visitor.number_if("type", message.first().map(|first| first & 0x0f));
    visitor.number_if("edition", message.edition());
    visitor.number_if("system", message.system());
}
