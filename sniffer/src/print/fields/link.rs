//! Link layers, and the tags behind them.

use super::{Visit, VisitExt as _};
use crate::decode::{
    Arista, AristaTime, Chdlc, Ethernet, Ieee80211, Ieee80211Kind, LinuxSll, LinuxSll2, Llc, LlcControl,
    Loopback, Macsec, Ppp, PppFraming, Radiotap, Slarp, Snap, Vlan,
};

pub(super) fn ethernet(header: &Ethernet<'_>, visitor: &mut impl Visit) {
    visitor.mac("destination", &header.destination());
    visitor.mac("source", &header.source());
    visitor.number("type", header.type_or_length().into());
}

pub(super) fn vlan(tag: &Vlan<'_>, visitor: &mut impl Visit) {
    visitor.number("priority", tag.priority().into());
    visitor.flag("drop_eligible", tag.drop_eligible());
    visitor.number("id", tag.id().into());
    visitor.number("type", tag.type_or_length().into());
}

pub(super) fn llc(header: &Llc<'_>, visitor: &mut impl Visit) {
    visitor.number("dsap", header.dsap().into());
    visitor.number("ssap", header.ssap().into());
    let (form, control) = match header.control() {
        LlcControl::Unnumbered(control) => ("unnumbered", u16::from(control)),
        LlcControl::Supervisory(control) => ("supervisory", control),
        LlcControl::Information(control) => ("information", control),
    };
    visitor.word("form", form);
    visitor.number("control", control.into());
}

pub(super) fn snap(header: &Snap<'_>, visitor: &mut impl Visit) {
    visitor.number("oui", header.oui().into());
    visitor.number("protocol", header.protocol().into());
}

pub(super) fn linux_sll(header: &LinuxSll<'_>, visitor: &mut impl Visit) {
    visitor.number("packet_type", u8::from(header.packet_type()).into());
    visitor.number("hardware_type", header.hardware_type().into());
    visitor.mac("address", header.address());
    visitor.number("protocol", header.protocol().into());
}

pub(super) fn linux_sll2(header: &LinuxSll2<'_>, visitor: &mut impl Visit) {
    visitor.number("protocol", header.protocol().into());
    visitor.number_if("interface", Some(header.interface()));
    visitor.number("hardware_type", header.hardware_type().into());
    visitor.number("packet_type", u8::from(header.packet_type()).into());
    visitor.mac("address", header.address());
}

pub(super) fn loopback(header: &Loopback<'_>, visitor: &mut impl Visit) {
    visitor.number("family", header.family().into());
}

pub(super) fn radiotap(header: &Radiotap<'_>, visitor: &mut impl Visit) {
    visitor.number_if("flags", header.flags());
    visitor.number_if("frequency", header.frequency());
}

pub(super) fn ieee80211(frame: &Ieee80211<'_>, visitor: &mut impl Visit) {
    visitor.word(
        "type",
        match frame.kind() {
            Ieee80211Kind::Management => "management",
            Ieee80211Kind::Control => "control",
            Ieee80211Kind::Data => "data",
            Ieee80211Kind::Extension => "extension",
        },
    );
    visitor.number("subtype", frame.subtype().into());
    visitor.number("control", frame.control().into());
    let has_addresses = matches!(frame.kind(), Ieee80211Kind::Management | Ieee80211Kind::Data);
    if let Some((source, destination)) = frame.source_and_destination().filter(|_| has_addresses) {
        visitor.mac("source", &source);
        visitor.mac("destination", &destination);
    }
    visitor.mac_if("bssid", frame.network());
    let element =
        |kind| frame.elements()?.flatten().find(|element| element.0 == kind).map(|(_, value)| value);
    visitor.readable_if("ssid", element(Ieee80211::NAME));
    visitor.number_if("channel", element(Ieee80211::CHANNEL).and_then(|value| value.first().copied()));
}

pub(super) fn ppp(frame: &Ppp<'_>, visitor: &mut impl Visit) {
    match frame.framing() {
        PppFraming::Incoming => visitor.word("direction", "in"),
        PppFraming::Outgoing => visitor.word("direction", "out"),
        PppFraming::Plain | PppFraming::Serial | PppFraming::Ethernet => {}
        PppFraming::Foreign => return,
    }
    visitor.number("protocol", frame.protocol().into());
}

pub(super) fn chdlc(header: &Chdlc<'_>, visitor: &mut impl Visit) {
    visitor.number("address", header.address().into());
    visitor.number("protocol", header.protocol().into());
}

pub(super) fn slarp(message: &Slarp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("type", message.kind());
}

pub(super) fn macsec(tag: &Macsec<'_>, visitor: &mut impl Visit) {
    visitor.number("flags", tag.flags().into());
    visitor.number("association", tag.association().into());
    visitor.number("short_length", tag.short_length().into());
    visitor.number("packet_number", tag.packet_number().into());
    if let Some(channel) = tag.channel() {
        visitor.bytes("channel", &channel.to_be_bytes());
    }
}

pub(super) fn arista(header: &Arista<'_>, visitor: &mut impl Visit) {
    visitor.number("subtype", header.subtype().into());
    if header.subtype() != Arista::TIME_STAMP {
        return;
    }
    visitor.number_if("timescale", header.timescale());
    visitor.number_if("format", header.format());
    visitor.number_if("hardware", header.hardware());
    let (seconds, nanos) = match header.time() {
        Some(AristaTime::Full { seconds, nanos }) => (seconds, nanos),
        Some(AristaTime::Short { seconds, nanos }) => (seconds.into(), nanos),
        None => return,
    };
    visitor.number("seconds", seconds.into());
    visitor.number("nanoseconds", nanos.into());
    visitor.number_if("type", header.ether_type());
}
