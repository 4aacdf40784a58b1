//! The first packet of a QUIC datagram under its line, with `-v`: tcpdump says nothing of it.

use super::tls;
use crate::decode::{Quic, QuicType, QuicVersion};
use crate::print::line::Line;

pub(super) fn print(line: &mut Line<'_>, packet: &Quic<'_>) {
    if !line.is_verbose() {
        return;
    }
    line.text(match packet.version() {
        QuicVersion::V1 => "\n\tQUICv1, ",
        QuicVersion::V2 => "\n\tQUICv2, ",
    });
    line.text(match packet.kind() {
        QuicType::Initial => "Initial",
        QuicType::ZeroRtt => "0-RTT",
        QuicType::Handshake => "Handshake",
        QuicType::Retry => "Retry",
    });
    for (word, connection) in [(", dcid 0x", packet.destination()), (", scid 0x", packet.source())] {
        if !connection.is_empty() {
            line.text(word);
            line.hex_bytes(connection);
        }
    }
    if let Some(token) = packet.token().filter(|token| !token.is_empty()) {
        line.labelled(", token length ", token.len() as u64);
    }
    match packet.length() {
        Some(length) => line.labelled(", length ", length),
        None if packet.kind() == QuicType::Retry => {}
        None => line.truncated("quic"),
    }
    if let Some(crypto) = packet.crypto()
        && let Some(hello) = crypto.hello()
    {
        tls::print_hello(line, &hello, b'q');
    }
}
