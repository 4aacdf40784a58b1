//! The packets by which the peers of PPP negotiate (RFC 1661 section 5): what is said, and with `-v` all but the options.

use super::options::{OptionKinds, print_options};
use super::{PROTOCOLS, print_protocol};
use crate::decode::{Payload, Ppp, PppControl, u24};
use crate::print::line::Line;
use crate::print::oui::OUIS;
use crate::print::{hex, tokens};

/// A packet of a protocol that negotiates: what is said, its identifier and length, with `-v` the rest of it.
pub(super) fn print_control(line: &mut Line<'_>, ppp: &Ppp<'_>) -> Option<()> {
    let (protocol, payload) = (ppp.protocol(), ppp.payload());
    print_protocol(line, protocol, "unknown ctrl-proto (");
    line.text(", ");
    let Some(control) = PppControl::new(payload) else {
        print_cut(line, protocol);
        return Some(());
    };
    tokens::print_with_hex(line, CODES, control.code, 2, "Unknown Opcode");
    line.labelled(", id ", control.id);
    line.labelled(", length ", payload.claimed() + 2);
    if line.is_verbose() { print_details(line, ppp, &control) } else { Some(()) }
}

const CODES: &[(u8, &str)] = &[
    (0, "Vendor-Extension"),
    (1, "Conf-Request"),
    (2, "Conf-Ack"),
    (3, "Conf-Nack"),
    (4, "Conf-Reject"),
    (5, "Term-Request"),
    (6, "Term-Ack"),
    (7, "Code-Reject"),
    (8, "Prot-Reject"),
    (9, "Echo-Request"),
    (10, "Echo-Reply"),
    (11, "Disc-Req"),
    (12, "Ident"),
    (13, "Time-Rem"),
    (14, "Reset-Req"),
    (15, "Reset-Ack"),
];

/// The mark for a packet of a protocol that negotiates, where it was not captured whole.
fn print_cut(line: &mut Line<'_>, protocol: u16) {
    line.text("[|");
    print_protocol(line, protocol, "unknown ctrl-proto (");
    line.text("]");
}

/// Prints what is behind the first line of a packet.
fn print_details(line: &mut Line<'_>, ppp: &Ppp<'_>, control: &PppControl<'_>) -> Option<()> {
    // Two bytes more than the packet are shown: its protocol.
    let protocol_at = ppp.payload().offset().saturating_sub(ppp.whole().offset() + 2);
    let with_protocol = ppp.whole().skip(protocol_at as usize);
    let len = u32::from(control.len?);
    let room = control.data.claimed() + PppControl::HEADER_LEN;
    line.labelled("\n\tencoded length ", len);
    if len < PppControl::HEADER_LEN {
        line.text(" (< 4))");
        return Some(());
    }
    if len > room {
        line.labelled(" (> packet length ", room);
        line.text("))");
        return Some(());
    }
    let data_len = len - PppControl::HEADER_LEN;
    line.labelled(" (=Option(s) length ", data_len);
    line.text(")");
    if data_len == 0 {
        return Some(());
    }
    if line.options.verbose > 1 {
        hex::only(line, with_protocol.with_claim(6).bytes());
    }
    let data = control.data;
    match control.code {
        0 if data_len >= 7 => {
            print_magic(line, data)?;
            print_vendor(line, " Vendor: ", data.skip(4))
        }
        1..=4 => {
            let kinds = OptionKinds::of(ppp.protocol());
            kinds.map_or(Some(()), |kinds| print_options(line, kinds, data, data_len))
        }
        8 if data_len >= 2 => print_rejected(line, data.with_claim(data_len)),
        9..=11 if data_len >= 4 => {
            print_magic(line, data)?;
            print_trailer(line, ppp.protocol(), data.with_claim(data_len).skip(4));
            Some(())
        }
        12 if data_len >= 4 => print_identification(line, ppp.protocol(), data.with_claim(data_len)),
        13 if data_len >= 8 => {
            print_magic(line, data)?;
            line.labelled(", Seconds-Remaining ", data.get::<u32>(4)?);
            line.text("s");
            Some(())
        }
        0 | 5..=13 => Some(()),
        _ => {
            hex::without_vv(line, "\n\t  ", with_protocol.with_claim(len + 2).bytes());
            Some(())
        }
    }
}

fn print_magic(line: &mut Line<'_>, data: Payload<'_>) -> Option<()> {
    let magic: u32 = data.get(0)?;
    line.labelled_hex("\n\t  Magic-Num ", magic, 8);
    Some(())
}

pub(super) fn print_vendor(line: &mut Line<'_>, label: &str, data: Payload<'_>) -> Option<()> {
    let vendor = u24(data.get(0)?);
    line.text(label);
    tokens::print_numbered(line, OUIS, vendor, "Unknown");
    Some(())
}

/// The packet of a protocol that the peer does not have.
fn print_rejected(line: &mut Line<'_>, data: Payload<'_>) -> Option<()> {
    let protocol: u16 = data.get(0)?;
    line.text("\n\t  Rejected ");
    tokens::print_or(line, PROTOCOLS, protocol, "unknown");
    line.labelled_hex(" Protocol (", protocol, 4);
    line.text(")");
    let packet = data.skip(2);
    if packet.claimed() > 0 {
        line.text("\n\t  Rejected Packet");
        hex::only_behind(line, "\n\t    ", packet.bytes());
    }
    Some(())
}

fn print_trailer(line: &mut Line<'_>, protocol: u16, trailer: Payload<'_>) {
    if trailer.claimed() == 0 {
        return;
    }
    line.text("\n\t  -----trailing data-----");
    if trailer.is_truncated() {
        print_cut(line, protocol);
    } else {
        hex::only_behind(line, "\n\t  ", trailer.bytes());
    }
}

fn print_identification(line: &mut Line<'_>, protocol: u16, data: Payload<'_>) -> Option<()> {
    print_magic(line, data)?;
    let message = data.skip(4);
    if message.claimed() > 0 {
        line.text("\n\t  Message\n\t    ");
        line.untrusted(message.bytes());
        if message.is_truncated() {
            print_cut(line, protocol);
        }
    }
    Some(())
}
