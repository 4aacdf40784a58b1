//! Sound, pictures, and how they arrive: RTP, RTCP and vat.

use crate::decode::{Rtcp, Rtp, Vat};
use crate::print::fields::{Visit, VisitExt as _};

pub(in crate::print::fields) fn rtp(packet: &Rtp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", packet.version());
    visitor.number_if("payload_type", packet.payload_type());
    visitor.flag_if("marker", packet.marker());
    visitor.flag_if("extended", packet.is_extended());
    visitor.number_if("mixed", packet.mixed());
    visitor.number_if("sequence", packet.sequence());
    visitor.number_if("timestamp", packet.timestamp());
    visitor.number_if("source", packet.source().filter(|_| !packet.is_draft()));
}

pub(in crate::print::fields) fn rtcp(packets: &Rtcp<'_>, visitor: &mut impl Visit) {
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

pub(in crate::print::fields) fn vat(sound: &Vat<'_>, visitor: &mut impl Visit) {
    if sound.is_vt() == Some(false) {
        visitor.number_if("conference", sound.conference());
        visitor.flag_if("start", sound.is_start());
        visitor.number_if("format", sound.format());
        visitor.number_if("sources", sound.sources());
        visitor.number_if("timestamp", sound.timestamp());
    }
}
