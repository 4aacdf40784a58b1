//! What no port tells, or hardly one: what packets hold because somebody says so.

use super::{Visit, VisitExt as _};
use crate::decode::{Aodv, AodvKind, Layer, NetFlow, Rpc, Rtcp, Rtp, SomeIp, Vat, Zmtp};

pub(super) fn name(layer: &Layer<'_>) -> Option<&'static str> {
    Some(match layer {
        Layer::Rtp(_) => "rtp",
        Layer::Rtcp(_) => "rtcp",
        Layer::Vat(_) => "vat",
        Layer::Aodv(_) => "aodv",
        Layer::Rpc(_) => "rpc",
        Layer::SomeIp(_) => "someip",
        Layer::NetFlow(_) => "netflow",
        Layer::Zmtp(_) => "zmtp",
        _ => return None,
    })
}

pub(super) fn visit(layer: &Layer<'_>, visitor: &mut impl Visit) {
    match layer {
        Layer::Rtp(packet) => rtp(packet, visitor),
        Layer::Rtcp(packets) => rtcp(packets, visitor),
        Layer::Vat(sound) => vat(sound, visitor),
        Layer::Aodv(message) => aodv(message, visitor),
        Layer::Rpc(message) => rpc(message, visitor),
        Layer::SomeIp(message) => someip(message, visitor),
        Layer::NetFlow(flows) => net_flow(flows, visitor),
        Layer::Zmtp(frames) => zmtp(frames, visitor),
        _ => {}
    }
}

fn rtp(packet: &Rtp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", packet.version());
    visitor.number_if("payload_type", packet.payload_type());
    visitor.flag_if("marker", packet.marker());
    visitor.flag_if("extended", packet.is_extended());
    visitor.number_if("mixed", packet.mixed());
    visitor.number_if("sequence", packet.sequence());
    visitor.number_if("timestamp", packet.timestamp());
    visitor.number_if("source", packet.source().filter(|_| !packet.is_draft()));
}

fn rtcp(packets: &Rtcp<'_>, visitor: &mut impl Visit) {
    visitor.list("packets");
    for packet in packets.packets().flatten() {
        visitor.item();
        visitor.number("type", packet.kind().into());
        visitor.number("count", packet.count().into());
        visitor.number("length", packet.length().into());
        visitor.number("source", packet.source().into());
    }
    visitor.end();
    visitor.list("reports");
    for report in packets.packets().flatten().flat_map(|packet| packet.reports().flatten()) {
        visitor.item();
        visitor.number("source", report.source.into());
        visitor.number("fraction_lost", report.fraction_lost.into());
        visitor.number("lost", report.lost.into());
        visitor.number("highest", report.highest.into());
        visitor.number("jitter", report.jitter.into());
    }
    visitor.end();
}

fn vat(sound: &Vat<'_>, visitor: &mut impl Visit) {
    if sound.is_vt() == Some(false) {
        visitor.number_if("conference", sound.conference());
        visitor.flag_if("start", sound.is_start());
        visitor.number_if("format", sound.format());
        visitor.number_if("sources", sound.sources());
        visitor.number_if("timestamp", sound.timestamp());
    }
}

fn rpc(message: &Rpc<'_>, visitor: &mut impl Visit) {
    visitor.number_if("xid", message.xid());
    visitor.flag_if("reply", message.is_call().map(|is_call| !is_call));
    if let Some(reply) = message.reply() {
        visitor.number_if("reply_status", reply.reply_status());
        return visitor.number_if("rejection", reply.rejection());
    }
    visitor.number_if("program", message.program());
    visitor.number_if("version", message.version());
    visitor.number_if("procedure", message.procedure());
}

fn someip(message: &SomeIp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("service", message.service());
    visitor.flag_if("event", message.is_event());
    visitor.number_if("method", message.method());
    visitor.number_if("length", message.length());
    visitor.number_if("client", message.client());
    visitor.number_if("session", message.session());
    visitor.number_if("protocol_version", message.protocol_version());
    visitor.number_if("interface_version", message.interface_version());
    visitor.number_if("type", message.kind());
    visitor.number_if("return_code", message.return_code());
}

fn net_flow(flows: &NetFlow<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", flows.version());
    visitor.number_if("count", flows.count());
    visitor.number_if("uptime", flows.uptime());
    visitor.number_if("seconds", flows.seconds());
    visitor.number_if("sequence", flows.sequence().filter(|_| flows.version() != Some(1)));
    visitor.list("records");
    for record in flows.records().flatten() {
        visitor.item();
        visitor.address_if("source", record.source());
        visitor.address_if("destination", record.destination());
        visitor.address_if("next_hop", record.next_hop());
        visitor.number_if("input", record.input());
        visitor.number_if("output", record.output());
        visitor.number_if("packets", record.packets());
        visitor.number_if("octets", record.octets());
        visitor.number_if("first", record.first());
        visitor.number_if("last", record.last());
        visitor.number_if("source_port", record.source_port());
        visitor.number_if("destination_port", record.destination_port());
        visitor.number_if("protocol", record.protocol());
        visitor.number_if("tos", record.tos());
        visitor.number_if("tcp_flags", flows.flags(&record));
    }
    visitor.end();
}

fn zmtp(frames: &Zmtp<'_>, visitor: &mut impl Visit) {
    visitor.list("frames");
    for frame in frames.frames() {
        visitor.item();
        visitor.number_if("length", frame.len);
        visitor.number_if("flags", frame.flags);
        visitor.bytes("body", frame.body());
    }
    visitor.end();
}

fn aodv(message: &Aodv<'_>, visitor: &mut impl Visit) {
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
