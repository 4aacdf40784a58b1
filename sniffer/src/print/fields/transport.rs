//! Transports.

use super::{Visit, VisitExt as _};
use crate::decode::{Dccp, Pgm, Sctp, SctpBody, Tcp, TcpFlags, TcpOption, TcpOptionKind, Udp};

/// The flags by name, from the highest bit to the lowest.
const FLAGS: [(&str, TcpFlags); 8] = [
    ("cwr", TcpFlags::CWR),
    ("ece", TcpFlags::ECE),
    ("urg", TcpFlags::URG),
    ("ack", TcpFlags::ACK),
    ("psh", TcpFlags::PSH),
    ("rst", TcpFlags::RST),
    ("syn", TcpFlags::SYN),
    ("fin", TcpFlags::FIN),
];

pub(super) fn tcp(segment: &Tcp<'_>, visitor: &mut impl Visit) {
    visitor.number("source_port", segment.source_port().into());
    visitor.number("destination_port", segment.destination_port().into());
    visitor.number("sequence", segment.sequence().into());
    visitor.number("acknowledgement", segment.acknowledgement().into());
    visitor.number("header_length", segment.header_len() as u64);
    visitor.number("flags", segment.flags().0.into());
    for (name, flag) in FLAGS {
        visitor.flag(name, segment.flags().has(flag));
    }
    visitor.number("window", segment.window().into());
    visitor.number("checksum", segment.checksum().into());
    visitor.number("urgent", segment.urgent().into());
    if segment.header_len() > Tcp::MIN_HEADER_LEN {
        visitor.list("options");
        segment.options().flatten().for_each(|option| tcp_option(&option, visitor));
        visitor.end();
    }
    visitor.number("payload_length", segment.payload().claimed().into());
}

/// One option: its kind, and its value in the form that the common kinds have.
fn tcp_option(option: &TcpOption<'_>, visitor: &mut impl Visit) {
    visitor.item();
    visitor.number("kind", u8::from(option.kind).into());
    match (option.kind, option.data) {
        (TcpOptionKind::Mss, &[a, b]) => {
            visitor.number("mss", u16::from_be_bytes([a, b]).into());
        }
        (TcpOptionKind::WindowScale, &[shift]) => visitor.number("shift", shift.into()),
        (TcpOptionKind::Timestamps, data) if let ([value, echo], []) = data.as_chunks::<4>() => {
            visitor.number("value", u32::from_be_bytes(*value).into());
            visitor.number("echo", u32::from_be_bytes(*echo).into());
        }
        (_, []) => {}
        (_, data) => visitor.bytes("data", data),
    }
}

pub(super) fn udp(datagram: &Udp<'_>, visitor: &mut impl Visit) {
    visitor.number("source_port", datagram.source_port().into());
    visitor.number("destination_port", datagram.destination_port().into());
    visitor.number("length", datagram.length().into());
    visitor.number("checksum", datagram.checksum().into());
    visitor.number("payload_length", datagram.payload_len().into());
}

pub(super) fn sctp(packet: &Sctp<'_>, visitor: &mut impl Visit) {
    visitor.number("source_port", packet.source_port().into());
    visitor.number("destination_port", packet.destination_port().into());
    visitor.number("tag", packet.tag().into());
    visitor.number("checksum", packet.checksum().into());
    visitor.list("chunks");
    for chunk in packet.chunks().flatten() {
        visitor.item();
        visitor.number("type", chunk.kind.into());
        visitor.number("flags", chunk.flags.into());
        visitor.number("length", chunk.length.into());
        match chunk.body() {
            Some(SctpBody::Data { tsn, stream, sequence, protocol, .. }) => {
                visitor.number("tsn", tsn.into());
                visitor.number("stream", stream.into());
                visitor.number("sequence", sequence.into());
                visitor.number("protocol", protocol.into());
            }
            Some(SctpBody::Init { tag, window, outbound, inbound, tsn }) => {
                visitor.number("initiate_tag", tag.into());
                visitor.number("window", window.into());
                visitor.number("outbound_streams", outbound.into());
                visitor.number("inbound_streams", inbound.into());
                visitor.number("tsn", tsn.into());
            }
            Some(SctpBody::Sack { tsn, window, gaps, duplicates, .. }) => {
                visitor.number("tsn", tsn.into());
                visitor.number("window", window.into());
                visitor.number("gaps", gaps.into());
                visitor.number("duplicates", duplicates.into());
            }
            Some(SctpBody::Other) | None => {}
        }
    }
    visitor.end();
}

pub(super) fn dccp(packet: &Dccp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("source_port", packet.source_port());
    visitor.number_if("destination_port", packet.destination_port());
    visitor.number_if("type", packet.kind());
    visitor.number_if("checksum", packet.checksum());
    visitor.number_if("sequence", packet.sequence());
    visitor.number_if("acknowledgement", packet.acknowledgement());
    visitor.number_if("service", packet.service());
    visitor.number_if("reset_code", packet.reset_code());
}

pub(super) fn pgm(packet: &Pgm<'_>, visitor: &mut impl Visit) {
    visitor.number_if("source_port", packet.source_port());
    visitor.number_if("destination_port", packet.destination_port());
    visitor.number_if("type", packet.kind());
    visitor.number_if("options", packet.options());
    if let Some(id) = packet.source_id() {
        visitor.bytes("source_id", &id);
    }
    visitor.number_if("length", packet.length());
}
