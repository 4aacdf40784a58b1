//! LDP: the router of a data unit in one line, with `-v` its messages and their elements.

mod classes;
mod elements;

use crate::decode::{Ldp, LdpMessage, Payload};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Why nothing more is printed.
enum Stopped {
    /// It was not captured whole.
    Truncated,
    /// It contradicts itself, and that has been said.
    Said,
}

type Printed = Result<(), Stopped>;

/// The value of a field that was captured.
fn captured<T>(field: Option<T>) -> Result<T, Stopped> {
    field.ok_or(Stopped::Truncated)
}

pub(in crate::print) fn print(line: &mut Line<'_>, unit: &Ldp<'_>) {
    if let Err(Stopped::Truncated) = print_units(line, unit.whole()) {
        line.truncated("ldp");
    }
}

fn print_units(line: &mut Line<'_>, mut rest: Payload<'_>) -> Printed {
    while rest.claimed() > u32::from(Ldp::HEADER_LEN + Ldp::MESSAGE_LEN) {
        let unit = Ldp::new(rest);
        let len = print_unit(line, &unit)?;
        if !line.is_verbose() {
            break;
        }
        print_messages(line, unit.behind_header(), len)?;
        let taken = u32::from(len) + u32::from(Ldp::HEADER_LEN);
        if rest.claimed() < taken {
            line.labelled(" [remaining length ", rest.claimed());
            line.labelled(" < ", taken);
            line.text("]");
            line.invalid();
            break;
        }
        rest = rest.skip(taken as usize);
    }
    Ok(())
}

/// Prints the header of a data unit; gives how many bytes of messages it claims.
fn print_unit(line: &mut Line<'_>, unit: &Ldp<'_>) -> Result<u16, Stopped> {
    let space = captured(unit.label_space())?;
    let (version, length, router) =
        (captured(unit.version())?, captured(unit.length())?, captured(unit.router())?);
    line.text(if line.is_verbose() { "\n\t" } else { "" });
    if version != 1 {
        line.labelled("LDP version ", version);
        line.text(" packet not supported");
        return Err(Stopped::Said);
    }
    let Some(len) = length.checked_sub(Ldp::HEADER_LEN - Ldp::UNCOUNTED) else {
        line.labelled("LDP, pdu-length: ", length);
        line.text(" (too short, < 6)");
        return Err(Stopped::Said);
    };
    line.labelled_address("LDP, Label-Space-ID: ", router);
    line.labelled(":", space);
    line.labelled(", pdu-length: ", length);
    Ok(len)
}

fn print_messages(line: &mut Line<'_>, mut rest: Payload<'_>, mut len: u16) -> Printed {
    while len > 0 {
        let message = LdpMessage::new(rest);
        let length = print_message(line, &message)?;
        rest = rest.skip(usize::from(length) + usize::from(Ldp::UNCOUNTED));
        // tcpdump goes on where a message is longer than its data unit.
        len = len.wrapping_sub(length.wrapping_add(Ldp::UNCOUNTED));
    }
    Ok(())
}

/// Prints a message; gives how many bytes are behind its length.
fn print_message(line: &mut Line<'_>, message: &LdpMessage<'_>) -> Result<u16, Stopped> {
    let id = captured(message.id())?;
    let (kind, length) = (captured(message.kind())?, captured(message.length())?);
    let flag = captured(message.kind_and_flag())? & 0x8000;
    line.text("\n\t  ");
    tokens::print_or(line, MESSAGES, kind, "Unknown");
    line.text(" Message (");
    line.hex(kind, 4);
    line.labelled("), length: ", length);
    let Some(len) = length.checked_sub(Ldp::MESSAGE_LEN - Ldp::UNCOUNTED) else {
        line.text(" (too short, < 4)");
        return Err(Stopped::Said);
    };
    line.text(", Message ID: ");
    line.hex(id, 8);
    line.text(if flag == 0 { ", Flags: [ignore" } else { ", Flags: [continue processing" });
    line.text(" if unknown]");
    captured(message.whole().bytes().get(..length.into()))?;
    let body = message.behind_header();
    let is_known = matches!(kind, 0x0001 | 0x0100 | 0x0200 | 0x0201 | 0x0300 | 0x0301 | 0x0400 | 0x0402);
    if is_known {
        elements::print(line, body, len)?;
    } else if line.options.verbose == 1 {
        hex::only_behind(line, "\n\t  ", body.with_claim(len.into()).bytes());
    }
    if line.options.verbose > 1 {
        hex::only_behind(line, "\n\t  ", body.with_claim(length.into()).bytes());
    }
    Ok(length)
}

const MESSAGES: &[(u16, &str)] = &[
    (0x0001, "Notification"),
    (0x0100, "Hello"),
    (0x0200, "Initialization"),
    (0x0201, "Keepalive"),
    (0x0300, "Address"),
    (0x0301, "Address Withdraw"),
    (0x0400, "Label Mapping"),
    (0x0401, "Label Request"),
    (0x0402, "Label Withdraw"),
    (0x0403, "Label Release"),
    (0x0404, "Label Abort Request"),
];
