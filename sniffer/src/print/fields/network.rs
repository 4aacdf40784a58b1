//! Network layers, and what serves them.

use std::net::IpAddr;

use super::{MAX_ITEMS, Visit, VisitExt as _};
use crate::decode::{
    Arp, EtherType, Icmpv4, Icmpv6, Igmp, IgmpType, Ipv4, Ipv6, Ipv6Extension, Ipv6Fragment, Ipx, IpxAddress,
    Mobility,
};

pub(super) fn arp(packet: &Arp<'_>, visitor: &mut impl Visit) {
    visitor.number("hardware_type", packet.hardware_type().into());
    visitor.number("protocol_type", u16::from(packet.protocol_type()).into());
    visitor.number("operation", u16::from(packet.operation()).into());
    let fields = [
        (("sender_hardware", packet.sender_hardware()), ("sender_protocol", packet.sender_protocol())),
        (("target_hardware", packet.target_hardware()), ("target_protocol", packet.target_protocol())),
    ];
    for ((hardware_name, hardware), (protocol_name, protocol)) in fields {
        if let Some(address) = hardware {
            visitor.mac(hardware_name, address);
        }
        let ipv4 = protocol.and_then(|address| <[u8; 4]>::try_from(address).ok());
        match (packet.protocol_type(), ipv4, protocol) {
            (EtherType::Ipv4, Some(address), _) => visitor.address(protocol_name, IpAddr::from(address)),
            (_, _, Some(address)) => visitor.bytes(protocol_name, address),
            _ => {}
        }
    }
}

pub(super) fn ipv4(header: &Ipv4<'_>, visitor: &mut impl Visit) {
    visitor.number("version", header.version().into());
    visitor.number("header_length", header.header_len() as u64);
    visitor.number("tos", header.tos().into());
    visitor.number("total_length", header.total_len().into());
    visitor.number("id", header.id().into());
    visitor.flag("dont_fragment", header.dont_fragment());
    visitor.flag("more_fragments", header.more_fragments());
    visitor.number("fragment_offset", header.fragment_offset().into());
    visitor.number("ttl", header.ttl().into());
    visitor.number("protocol", u8::from(header.protocol()).into());
    visitor.number("checksum", header.checksum().into());
    visitor.address("source", header.source().into());
    visitor.address("destination", header.destination().into());
    if header.header_len() > Ipv4::MIN_HEADER_LEN {
        visitor.list("options");
        for option in header.options() {
            visitor.item();
            visitor.number("code", option.code.into());
            visitor.bytes("data", option.data);
        }
        visitor.end();
    }
}

pub(super) fn ipv6(header: &Ipv6<'_>, visitor: &mut impl Visit) {
    visitor.number("version", header.version().into());
    visitor.number("traffic_class", header.traffic_class().into());
    visitor.number("flow_label", header.flow_label().into());
    visitor.number("payload_length", header.payload_len().into());
    visitor.number("next_header", u8::from(header.next_header()).into());
    visitor.number("hop_limit", header.hop_limit().into());
    visitor.address("source", header.source().into());
    visitor.address("destination", header.destination().into());
}

pub(super) fn ipv6_extension(header: &Ipv6Extension<'_>, visitor: &mut impl Visit) {
    visitor.number("kind", u8::from(header.kind()).into());
    visitor.number("next_header", u8::from(header.next_header()).into());
    visitor.number("header_length", header.header_len() as u64);
    visitor.address_if("final_destination", header.final_destination());
    visitor.bytes("data", header.data());
}

pub(super) fn ipv6_fragment(header: &Ipv6Fragment<'_>, visitor: &mut impl Visit) {
    visitor.number("next_header", u8::from(header.next_header()).into());
    visitor.number("offset", header.offset().into());
    visitor.flag("more_fragments", header.more_fragments());
    visitor.number("id", header.id().into());
}

pub(super) fn icmpv4(message: &Icmpv4<'_>, visitor: &mut impl Visit) {
    visitor.number("type", u8::from(message.kind()).into());
    visitor.number("code", message.code().into());
    visitor.number_if("checksum", message.checksum());
    if message.is_error() {
        visitor.address_if("quoted_source", message.quoted().map(|ip| ip.source()));
        visitor.address_if("quoted_destination", message.quoted().map(|ip| ip.destination()));
    } else {
        visitor.number_if("id", message.identifier());
        visitor.number_if("sequence", message.sequence());
    }
}

pub(super) fn icmpv6(message: &Icmpv6<'_>, visitor: &mut impl Visit) {
    use crate::decode::Icmpv6Type as Type;
    visitor.number("type", u8::from(message.kind()).into());
    visitor.number_if("code", message.code());
    visitor.number_if("checksum", message.checksum());
    match message.kind() {
        Type::EchoRequest | Type::EchoReply => {
            visitor.number_if("id", message.identifier());
            visitor.number_if("sequence", message.sequence());
        }
        Type::NeighborSolicitation | Type::NeighborAdvertisement | Type::Redirect => {
            visitor.address_if("target", message.target());
        }
        _ if message.is_error() => {
            visitor.address_if("quoted_source", message.quoted().map(|ip| ip.source()));
            visitor.address_if("quoted_destination", message.quoted().map(|ip| ip.destination()));
        }
        _ => {}
    }
}

pub(super) fn igmp(message: &Igmp<'_>, visitor: &mut impl Visit) {
    visitor.number("type", u8::from(message.kind()).into());
    visitor.number_if("max_response", message.max_response());
    visitor.address_if("group", message.group());
    if message.kind() != IgmpType::ReportV3 {
        return;
    }
    visitor.list("records");
    for record in message.records().take(MAX_ITEMS) {
        visitor.item();
        visitor.number("type", record.kind.into());
        visitor.address("group", record.group.into());
        visitor.number("sources", record.sources.into());
    }
    visitor.end();
}

pub(super) fn mobility(header: &Mobility<'_>, visitor: &mut impl Visit) {
    visitor.number_if("next_header", header.next_header());
    visitor.number_if("type", header.kind());
    visitor.number_if("header_length", header.header_len().map(|len| len as u64));
    visitor.number_if("checksum", header.checksum());
}

pub(super) fn ipx(packet: &Ipx<'_>, visitor: &mut impl Visit) {
    visitor.number_if("type", packet.kind());
    visitor.number_if("length", packet.length());
    if let Some(source) = packet.source().map(IpxAddress::new) {
        visitor.bytes("source_network", &source.network);
        visitor.mac("source", &source.station);
        visitor.number("source_socket", source.socket.into());
    }
    if let Some(destination) = packet.destination().map(IpxAddress::new) {
        visitor.bytes("destination_network", &destination.network);
        visitor.mac("destination", &destination.station);
        visitor.number("destination_socket", destination.socket.into());
    }
}
