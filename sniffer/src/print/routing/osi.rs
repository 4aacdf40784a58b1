//! What the protocols of OSI share: addresses, the names of their network protocols, and the mark of a checksum.

use crate::decode::{OsiChecksum, Payload};
use crate::print::line::Line;
use crate::print::tokens;

/// The longest address.
const MAX_ADDRESS_LEN: usize = 20;

/// An address of a network service: its first byte, then pairs of bytes.
pub(super) fn print_address(line: &mut Line<'_>, address: &[u8]) {
    if !(1..=MAX_ADDRESS_LEN).contains(&address.len()) {
        return line.text("isonsap_string: illegal length");
    }
    for (index, byte) in address.iter().enumerate() {
        line.text(if index % 2 == 1 { "." } else { "" });
        line.hex_digits(*byte, 2);
    }
}

/// Network protocols by one byte (ISO/IEC TR 9577).
pub(in crate::print) const PROTOCOLS: &[(u8, &str)] = &[
    (0x00, "NULLNS"),
    (0x08, "Q.933"),
    (0x09, "LMI"),
    (0x80, "SNAP"),
    (0x81, "CLNP"),
    (0x82, "ES-IS"),
    (0x83, "IS-IS"),
    (0x84, "CONS"),
    (0x85, "IDRP"),
    (0xb1, "FRF.15"),
    (0xcc, "IPv4"),
    (0xcf, "PPP"),
    (0x8a, "X25 ES-IS"),
    (0x8e, "IPv6"),
];

/// Which protocol follows, as `-e` shows it.
pub(super) fn print_protocol(line: &mut Line<'_>, whole: Payload<'_>) {
    let Some(protocol) = whole.get::<u8>(0).filter(|_| line.options.link_header) else { return };
    line.text("OSI NLPID ");
    tokens::print_with_hex(line, PROTOCOLS, protocol, 2, "Unknown");
    line.text(": ");
}

/// `IPv4 (0xcc), IPv6 (0x8e)`; nothing where not all of them were captured.
pub(super) fn print_protocols(line: &mut Line<'_>, protocols: Payload<'_>) -> Option<()> {
    for (index, protocol) in protocols.bytes().iter().enumerate() {
        tokens::print_or(line, PROTOCOLS, *protocol, "unknown");
        line.labelled_hex(" (", *protocol, 2);
        line.text(if index as u32 + 1 < protocols.claimed() { "), " } else { ")" });
    }
    protocols.all_captured()
}

/// Says what is wrong with the length of a header, and shows the bytes of one that is too short; tells whether nothing is.
pub(super) fn print_header_fault(line: &mut Line<'_>, whole: Payload<'_>, len: u8, least: u8) -> bool {
    if u32::from(len) > whole.claimed() {
        line.labelled(" length indicator(", len);
        line.labelled(") > PDU size (", whole.claimed());
        line.text(")!");
        return false;
    }
    if len < least {
        line.labelled(" length indicator ", len);
        line.text(" < min PDU size:");
        line.upper_hex_bytes(whole.bytes());
        return false;
    }
    true
}

/// Whether a checksum at `place` is that of the bytes around it.
pub(super) fn print_checksum(line: &mut Line<'_>, covered: Payload<'_>, checksum: u16, place: usize) {
    match OsiChecksum::of(covered, checksum, place) {
        OsiChecksum::Unverified => line.text(" (unverified)"),
        OsiChecksum::Correct => line.text(" (correct)"),
        OsiChecksum::Incorrect(expected) => {
            line.fault(&[" (incorrect should be "]);
            line.hex(expected, 4);
            line.text(")");
        }
    }
}
