//! Control messages of PPTP: each is a list of fields, of which a table says what they are.

use super::pptp_fields::{Field, MESSAGES};
use crate::decode::{Payload, Pptp};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Pptp<'_>) {
    line.text(": pptp");
    print_message(line, message).unwrap_or_else(|| line.truncated("pptp"));
}

fn print_message(line: &mut Line<'_>, message: &Pptp<'_>) -> Option<()> {
    if line.is_verbose() {
        line.labelled(" Length=", message.length()?);
        line.text(match message.kind()? {
            1 => " CTRL-MSG",
            2 => " MGMT-MSG",
            _ => " UNKNOWN-MSG-TYPE",
        });
    }
    let cookie = message.cookie()?;
    if cookie != Pptp::COOKIE {
        line.text(" UNEXPECTED Magic-Cookie!!(");
        line.hex_digits(cookie, 8);
        line.text(")");
    }
    if line.is_verbose() || cookie != Pptp::COOKIE {
        line.text(" Magic-Cookie=");
        line.hex_digits(cookie, 8);
    }
    let control = message.control()?;
    let Some((name, fields)) = MESSAGES.get(usize::from(control)) else {
        line.labelled(" UNKNOWN_CTRL_MSGTYPE(", control);
        line.text(")");
        print_reserved(line, message.reserved()?);
        return Some(());
    };
    line.text(" CTRL_MSGTYPE=");
    line.text(name);
    print_reserved(line, message.reserved()?);
    let mut body = message.body();
    fields.iter().try_for_each(|field| print_field(line, field, &mut body))
}

/// A field that has to be 0, and is shown where it is not.
fn print_reserved(line: &mut Line<'_>, value: u16) {
    if value != 0 {
        line.labelled(" [ERROR: reserved=", value);
        line.text(" must be zero]");
    }
}

fn print_field(line: &mut Line<'_>, field: &Field, rest: &mut Payload<'_>) -> Option<()> {
    match *field {
        Field::Reserved8 => {
            print_reserved(line, rest.read::<u8>()?.into());
            return Some(());
        }
        Field::Reserved16 => {
            print_reserved(line, rest.read()?);
            return Some(());
        }
        Field::Phones(numbers, is_padded) => return print_phones(line, numbers, is_padded, rest),
        Field::Number16(label) => print_label(line, label, rest.read::<u16>()?),
        Field::Number32(label) => print_label(line, label, rest.read::<u32>()?),
        Field::Bits(label) => {
            let bits: u32 = rest.read()?;
            print_open(line, label);
            line.hex(bits, 8);
        }
        Field::Version => {
            let [major, minor]: [u8; 2] = rest.read()?;
            print_label(line, "PROTO_VER", major);
            line.labelled(".", minor);
        }
        Field::Named8(label, names) => {
            let value: u8 = rest.read()?;
            print_label(line, label, value);
            if line.is_verbose() {
                line.byte(b':');
                tokens::print_or(line, names, value.into(), "?");
            }
        }
        Field::Named32(label, names) => {
            let value: u32 = rest.read()?;
            print_open(line, label);
            tokens::print_or(line, names, value, "?");
        }
        Field::Letters(label, names) => {
            let value: u32 = rest.read()?;
            print_open(line, label);
            tokens::print_letters(line, names, value);
        }
        Field::Text(label, room) => {
            print_open(line, label);
            line.zero_padded(rest.with_claim(room))?;
            *rest = rest.skip(room as usize);
        }
    }
    line.text(")");
    Some(())
}

fn print_open(line: &mut Line<'_>, label: &str) {
    line.byte(b' ');
    line.text(label);
    line.text("(");
}

fn print_label(line: &mut Line<'_>, label: &str, value: impl Into<u64>) {
    print_open(line, label);
    line.number(value);
}

/// Lengths of telephone numbers, and the numbers.
fn print_phones(
    line: &mut Line<'_>,
    numbers: &[(&str, &str)],
    is_padded: bool,
    rest: &mut Payload<'_>,
) -> Option<()> {
    /// Bytes of the room for a number.
    const ROOM: u16 = 64;
    let mut lengths = *rest;
    for (_, label) in numbers {
        print_label(line, label, rest.read::<u16>()?);
        line.text(")");
    }
    if is_padded {
        print_reserved(line, rest.read()?);
    }
    for (label, _) in numbers {
        let len: u16 = lengths.read()?;
        print_open(line, label);
        line.zero_padded(rest.with_claim(len.min(ROOM).into()))?;
        line.text(")");
        *rest = rest.skip(ROOM.into());
    }
    Some(())
}
