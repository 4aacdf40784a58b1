//! The RPKI to router protocol: that it is one, with `-v` its messages.

use crate::decode::{Payload, Rpki, RpkiPrefix};
use crate::print::line::Line;
use crate::print::{hex, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, rpki: &Rpki<'_>) {
    if !line.is_verbose() {
        return line.text(", RPKI-RTR");
    }
    let mut rest = rpki.whole();
    while rest.claimed() > 0 {
        match print_message(line, &Rpki::new(rest), "\n\t  ", true) {
            Some(len) => rest = rest.skip(len as usize),
            None => return line.truncated("rpki_rtr"),
        }
    }
}

/// Prints a message and gives how many bytes are done with; nothing where they were not captured.
fn print_message(line: &mut Line<'_>, message: &Rpki<'_>, indent: &str, is_outermost: bool) -> Option<u32> {
    let room = message.whole().claimed();
    if room < Rpki::HEADER_LEN {
        line.labelled("(", room);
        line.text(" bytes is too few to decode)");
        return print_invalid(line, message);
    }
    let version = message.version()?;
    if version != 0 {
        line.labelled("\n\tRPKI-RTRv", version);
        line.text(" (unknown)");
        return Some(room);
    }
    let (kind, len) = (message.kind()?, message.length()?);
    line.text("\n\tRPKI-RTRv0, ");
    tokens::print_or(line, KINDS, kind, "Unknown");
    line.labelled(" PDU (", kind);
    line.labelled("), length: ", len);
    let is_sound = (Rpki::HEADER_LEN..=room).contains(&len);
    if !is_sound || !print_body(line, message, indent, is_outermost)? {
        return print_invalid(line, message);
    }
    let whole = message.whole().with_claim(len);
    if !matches!(kind, 0..=4 | 6..=8 | 10) {
        if whole.is_truncated() {
            return None;
        }
        hex::only_behind(line, "\n\t  ", whole.bytes());
    } else if line.options.verbose > 1 {
        hex::only_behind(line, "\n\t  ", whole.bytes());
    }
    Some(len)
}

fn print_invalid(line: &mut Line<'_>, message: &Rpki<'_>) -> Option<u32> {
    line.invalid();
    (!message.whole().is_truncated()).then_some(message.whole().claimed())
}

const KINDS: &[(u8, &str)] = &[
    (0, "Serial Notify"),
    (1, "Serial Query"),
    (2, "Reset Query"),
    (3, "Cache Response"),
    (4, "IPV4 Prefix"),
    (6, "IPV6 Prefix"),
    (7, "End of Data"),
    (8, "Cache Reset"),
    (10, "Error Report"),
];

/// Prints what is behind the header; tells whether it has the right length.
fn print_body(line: &mut Line<'_>, message: &Rpki<'_>, indent: &str, is_outermost: bool) -> Option<bool> {
    let (kind, len) = (message.kind()?, message.length()?);
    match (kind, len) {
        (0 | 1 | 7, 12) => {
            let serial = message.serial()?;
            print_session(line, message, indent)?;
            line.labelled(", Serial: ", serial);
        }
        (2 | 8, 8) => {}
        (3, 8) => print_session(line, message, indent)?,
        (4, 20) => print_prefix(line, indent, "IPv4", message.prefix()?),
        (6, 32) => print_prefix(line, indent, "IPv6", message.prefix()?),
        (10, 12..) => return print_error(line, message, indent, is_outermost),
        (0..=4 | 6..=8 | 10, _) => return Some(false),
        _ => {}
    }
    Some(true)
}

fn print_session(line: &mut Line<'_>, message: &Rpki<'_>, indent: &str) -> Option<()> {
    line.text(indent);
    line.text("Session ID: ");
    line.hex(message.session()?, 4);
    Some(())
}

fn print_prefix(line: &mut Line<'_>, indent: &str, family: &str, prefix: RpkiPrefix) {
    line.text(indent);
    line.text(family);
    line.labelled_address(" Prefix ", prefix.address);
    line.labelled("/", prefix.len);
    line.labelled("-", prefix.longest);
    line.labelled(", origin-as ", prefix.system);
    line.labelled_hex(", flags ", prefix.flags, 2);
}

/// An error, the message that it is about, and a text. A message in a message in a message is passed over.
fn print_error(line: &mut Line<'_>, message: &Rpki<'_>, indent: &str, is_outermost: bool) -> Option<bool> {
    let (error, code) = (message.error()?, message.session()?);
    let room = message.length()? - Rpki::HEADER_LEN - 4;
    line.text(indent);
    line.text("Error code: ");
    tokens::print_numbered(line, ERRORS, code, "Unknown");
    line.labelled(", Encapsulated PDU length: ", error.about_len);
    let Some(room) = room.checked_sub(error.about_len) else { return Some(false) };
    if error.about_len > 0 {
        let about = error.about.with_claim(error.about_len);
        if is_outermost {
            line.text("\n\t    -----encapsulated PDU-----");
            print_message(line, &Rpki::new(about), "\n\t    ", false)?;
        } else if about.is_truncated() {
            return None;
        }
    }
    print_text(line, indent, error.about.skip(error.about_len as usize), room)
}

/// The text of an error in so many bytes; tells whether there is room for it.
fn print_text(line: &mut Line<'_>, indent: &str, mut rest: Payload<'_>, room: u32) -> Option<bool> {
    let Some(room) = room.checked_sub(4) else { return Some(false) };
    let len: u32 = rest.read()?;
    if len > room {
        return Some(false);
    }
    if len > 0 {
        let text = rest.with_claim(len);
        line.text(indent);
        line.text("Error text: ");
        line.untrusted(text.bytes());
        if text.is_truncated() {
            return None;
        }
    }
    Some(true)
}

const ERRORS: &[(u16, &str)] = &[
    (0, "Corrupt Data"),
    (1, "Internal Error"),
    (2, "No Data Available"),
    (3, "Invalid Request"),
    (4, "Unsupported Protocol Version"),
    (5, "Unsupported PDU Type"),
    (6, "Withdrawal of Unknown Record"),
    (7, "Duplicate Announcement Received"),
];
