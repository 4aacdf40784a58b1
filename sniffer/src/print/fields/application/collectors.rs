//! What switches and routers tell of the traffic through them: sFlow and `NetFlow`.

use crate::decode::{NetFlow, Sflow};
use crate::print::fields::{Visit, VisitExt as _};

pub(in crate::print::fields) fn sflow(datagram: &Sflow<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", datagram.version());
    visitor.address_if("agent", datagram.agent());
    visitor.number_if("agent_id", datagram.agent_id());
    sflow_samples(datagram, visitor);
}

fn sflow_samples(datagram: &Sflow<'_>, visitor: &mut impl Visit) {
    visitor.number_if("sequence", datagram.sequence());
    visitor.number_if("uptime", datagram.uptime());
    visitor.list("samples");
    for sample in datagram.elements() {
        visitor.item();
        visitor.number("type", sample.kind().into());
        visitor.number("length", sample.length.into());
        visitor.bytes("value", sample.value().bytes());
    }
    visitor.end();
}

pub(in crate::print::fields) fn net_flow(flows: &NetFlow<'_>, visitor: &mut impl Visit) {
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
