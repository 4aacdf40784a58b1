//! Routing with RIP, tunnels of L2TP and OTV, paths of MPLS, access points, and the rarer protocols over IP.

use super::{Visit, VisitExt as _};
use crate::decode::{Dccp, L2tp, Layer, Rip, RipEntry, Ripng};

pub(super) fn name(layer: &Layer<'_>) -> Option<&'static str> {
    Some(match layer {
        Layer::Otv(_) => "otv",
        Layer::Rip(_) => "rip",
        Layer::Ripng(_) => "ripng",
        Layer::L2tp(_) => "l2tp",
        Layer::Ldp(_) => "ldp",
        Layer::Rsvp(_) => "rsvp",
        Layer::Lmp(_) => "lmp",
        Layer::LspPing(_) => "lsp_ping",
        Layer::Lwapp(_) => "lwapp",
        Layer::Mobility(_) => "mobility",
        Layer::Ipcomp(_) => "ipcomp",
        Layer::Dccp(_) => "dccp",
        Layer::Pgm(_) => "pgm",
        _ => return None,
    })
}

pub(super) fn visit(layer: &Layer<'_>, visitor: &mut impl Visit) {
    match layer {
        Layer::Otv(header) => {
            visitor.number("flags", header.flags().into());
            visitor.number("overlay", header.overlay().into());
            visitor.number("instance", header.instance().into());
        }
        Layer::Rip(message) => rip(message, visitor),
        Layer::Ripng(message) => ripng(message, visitor),
        Layer::L2tp(message) => l2tp(message, visitor),
        Layer::Ldp(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("length", message.length());
            visitor.address_if("router", message.router());
            visitor.number_if("label_space", message.label_space());
            visitor.number_if("message_type", message.first_message().map(|kind| kind & 0x7fff));
        }
        Layer::Rsvp(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("type", message.kind());
            visitor.number_if("ttl", message.ttl());
            visitor.number_if("length", message.length());
        }
        Layer::Lmp(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("flags", message.flags());
            visitor.number_if("type", message.kind());
            visitor.number_if("length", message.length());
        }
        Layer::LspPing(message) => {
            visitor.number_if("version", message.version());
            visitor.number_if("type", message.kind());
            visitor.number_if("reply_mode", message.reply_mode());
            visitor.number_if("return_code", message.return_code());
            visitor.number_if("sender", message.sender());
            visitor.number_if("sequence", message.sequence());
        }
        Layer::Lwapp(frame) => {
            visitor.number_if("version", frame.version());
            visitor.number_if("radio", frame.radio());
            visitor.number_if("flags", frame.flags());
            visitor.number_if("fragment", frame.fragment());
            visitor.number_if("length", frame.length());
            if let Some(address) = frame.access_point() {
                visitor.mac("access_point", &address);
            }
        }
        Layer::Mobility(header) => {
            visitor.number_if("next_header", header.next_header());
            visitor.number_if("type", header.kind());
            visitor.number_if("header_length", header.header_len().map(|len| len as u64));
            visitor.number_if("checksum", header.checksum());
        }
        Layer::Ipcomp(header) => {
            visitor.number_if("next_header", header.next_header());
            visitor.number_if("cpi", header.cpi());
        }
        Layer::Dccp(packet) => dccp(packet, visitor),
        Layer::Pgm(packet) => {
            visitor.number_if("source_port", packet.source_port());
            visitor.number_if("destination_port", packet.destination_port());
            visitor.number_if("type", packet.kind());
            visitor.number_if("options", packet.options());
            if let Some(id) = packet.source_id() {
                visitor.bytes("source_id", &id);
            }
            visitor.number_if("length", packet.length());
        }
        _ => {}
    }
}

fn rip(message: &Rip<'_>, visitor: &mut impl Visit) {
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

fn ripng(message: &Ripng<'_>, visitor: &mut impl Visit) {
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

fn l2tp(message: &L2tp<'_>, visitor: &mut impl Visit) {
    visitor.number("flags", message.flags().into());
    visitor.number("version", message.version().into());
    if message.version() != L2tp::VERSION {
        return;
    }
    visitor.number_if("length", message.length());
    visitor.number_if("tunnel", message.tunnel());
    visitor.number_if("session", message.session());
    if let Some((sequence, next)) = message.sequence() {
        visitor.number("sequence", sequence.into());
        visitor.number("next_sequence", next.into());
    }
    visitor.list("attributes");
    for attribute in message.attributes() {
        visitor.item();
        visitor.number("vendor", attribute.vendor.into());
        visitor.number("type", attribute.kind.into());
        visitor.flag("hidden", attribute.is_hidden);
        visitor.bytes("value", attribute.value.bytes());
    }
    visitor.end();
}

fn dccp(packet: &Dccp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("source_port", packet.source_port());
    visitor.number_if("destination_port", packet.destination_port());
    visitor.number_if("type", packet.kind());
    visitor.number_if("checksum", packet.checksum());
    visitor.number_if("sequence", packet.sequence());
    visitor.number_if("acknowledgement", packet.acknowledgement());
    visitor.number_if("service", packet.service());
    visitor.number_if("reset_code", packet.reset_code());
}
