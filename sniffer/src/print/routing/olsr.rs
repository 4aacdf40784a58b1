//! OLSR: the packet in one line, with `-v` its messages.

use std::io::Write as _;

use super::olsr_messages;
use crate::decode::{Olsr, OlsrMessage};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, packet: &Olsr<'_>) {
    line.text(if packet.is_ipv6() { "OLSRv6" } else { "OLSRv4" });
    print_packet(line, packet).unwrap_or_else(|| line.truncated("olsr"));
}

/// Prints a packet; `None` where it is cut.
fn print_packet(line: &mut Line<'_>, packet: &Olsr<'_>) -> Option<()> {
    let (sequence, room) = (packet.sequence()?, packet.room());
    line.text(", seq ");
    line.hex(sequence, 4);
    line.labelled(", length ", room);
    let mut at = Olsr::HEADER_LEN;
    while line.is_verbose() && (at as u64) < u64::from(room) {
        let message = packet.message_at(at)?;
        if message.kind == 0 || message.length == 0 {
            break;
        }
        let is_valid = message.length >= message.header_len() && u32::from(message.length) <= room;
        print_header(line, &message);
        if !is_valid {
            line.invalid();
            break;
        }
        olsr_messages::print(line, &message)?;
        at += usize::from(message.length);
    }
    Some(())
}

fn print_header(line: &mut Line<'_>, message: &OlsrMessage<'_>) {
    line.text("\n\t");
    tokens::print_or(line, olsr_messages::MESSAGES, message.kind, "Unknown");
    line.text(" Message (");
    line.hex(message.kind, 2);
    line.labelled_address("), originator ", message.originator);
    line.labelled(", ttl ", message.ttl);
    line.labelled(", hop ", message.hops);
    line.text("\n\t  vtime ");
    print_time(line, message.validity);
    line.text(", msg-seq ");
    line.hex(message.sequence, 4);
    line.labelled(", length ", message.length);
}

/// A time of four bits and an exponent, in sixteenths of a second.
pub(super) fn print_time(line: &mut Line<'_>, time: u8) {
    let seconds = 0.0625 * (1.0 + f64::from(time >> 4) / 16.0) * f64::from(1_u32 << (time & 0x0f));
    // A vector takes everything.
    let _ = write!(line.out, "{seconds:.3}s");
}
