//! RSVP: the message in one line, with `-v` its objects. What an object says is a row of `forms`, or a function of `routes`,
//! `numbers` or `services`.

mod forms;
mod numbers;
mod routes;
mod services;
mod words;

use self::words::{CLASSES, FORMS, MESSAGES};
use crate::decode::{Payload, Rsvp, RsvpObject, RsvpObjectError};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Nothing more of the message is printed: what is wrong has been said.
struct Stopped;

/// Whether the bytes of an object are to be seen as well.
type Printed = Result<bool, Stopped>;

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Rsvp<'_>) {
    print_message(line, message).unwrap_or_else(|| line.truncated("rsvp"));
}

/// Prints a message; `None` where its header is cut.
fn print_message(line: &mut Line<'_>, message: &Rsvp<'_>) -> Option<()> {
    message.length()?;
    if !print_version(line, message)? {
        return Some(());
    }
    let (version, kind) = (message.version()?, message.kind()?);
    if !line.is_verbose() {
        line.labelled("RSVPv", version);
        line.byte(b' ');
        tokens::print(line, MESSAGES, kind, ["unknown (", ")"]);
        line.labelled(" Message, length: ", message.whole().claimed());
        return Some(());
    }
    if !print_header(line, "\n\t", message)? {
        return Some(());
    }
    match kind {
        BUNDLE => return print_bundle(line, message.body()),
        _ if tokens::name(MESSAGES, kind).is_some() => {
            // What stopped it has been said.
            let _ = print_objects(line, "\n\t  ", message.body());
        }
        _ => hex::only_behind(line, "\n\t    ", message.body().bytes()),
    }
    Some(())
}

/// A message of messages.
const BUNDLE: u8 = 12;

/// Whether the version is known; says so where it is not.
fn print_version(line: &mut Line<'_>, message: &Rsvp<'_>) -> Option<bool> {
    let version = message.version()?;
    if version != 1 {
        line.labelled("ERROR: RSVP version ", version);
        line.text(" packet not supported");
    }
    Some(version == 1)
}

/// Prints the fields of a header; tells whether its length has room for it.
fn print_header(line: &mut Line<'_>, indent: &str, message: &Rsvp<'_>) -> Option<bool> {
    let (kind, length) = (message.kind()?, message.length()?);
    line.text(indent);
    line.labelled("RSVPv", message.version()?);
    line.byte(b' ');
    tokens::print(line, MESSAGES, kind, ["unknown, type: ", ""]);
    line.labelled(" Message (", kind);
    line.text("), Flags: [");
    tokens::print_flags(line, &[(1_u8, "Refresh reduction capable")], message.flags()?);
    line.labelled("], length: ", length);
    line.labelled(", ttl: ", message.ttl()?);
    line.text(", checksum: ");
    line.hex(message.checksum()?, 4);
    if length < Rsvp::HEADER_LEN {
        line.labelled("ERROR: common header too short ", length);
        line.labelled(" < ", Rsvp::HEADER_LEN);
    }
    Some(length >= Rsvp::HEADER_LEN)
}

fn print_bundle(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        let message = Rsvp::new(rest);
        let length = message.length()?;
        if !print_version(line, &message)? || !print_header(line, "\n\t  ", &message)? {
            return Some(());
        }
        if u32::from(length) > rest.claimed() {
            line.labelled("ERROR: common header too large ", length);
            line.labelled(" > ", rest.claimed());
            return Some(());
        }
        if print_objects(line, "\n\t    ", message.body()).is_err() {
            return Some(());
        }
        rest = rest.skip(length.into());
    }
    Some(())
}

fn print_objects(line: &mut Line<'_>, indent: &str, mut rest: Payload<'_>) -> Result<(), Stopped> {
    loop {
        let room = rest.claimed();
        match RsvpObject::next(&mut rest) {
            None => return Ok(()),
            Some(Ok(object)) => print_object(line, indent, &object, room)?,
            Some(Err(error)) => {
                print_error(line, indent, error);
                return Err(Stopped);
            }
        }
    }
}

fn print_error(line: &mut Line<'_>, indent: &str, error: RsvpObjectError) {
    match error {
        RsvpObjectError::Truncated => line.truncated("rsvp"),
        RsvpObjectError::Unaligned(length) => {
            line.text(indent);
            line.labelled("ERROR: object header size ", length);
            line.text(" not a multiple of 4");
        }
        RsvpObjectError::TooShort(length) => {
            line.text(indent);
            line.labelled("ERROR: object header too short ", length);
            line.labelled(" < ", RsvpObject::HEADER_LEN);
        }
    }
}

fn print_object(
    line: &mut Line<'_>,
    indent: &str,
    object: &RsvpObject<'_>,
    room: u32,
) -> Result<(), Stopped> {
    let RsvpObject { length, class, kind, body } = *object;
    line.text(indent);
    tokens::print_or(line, CLASSES, class, "Unknown");
    line.labelled(" Object (", class);
    line.text(match class {
        0..0x80 => ") Flags: [reject",
        0x80..0xc0 => ") Flags: [ignore silently",
        _ => ") Flags: [ignore and forward",
    });
    line.text(" if unknown], Class-Type: ");
    tokens::print_or(line, FORMS, (class, kind), "Unknown");
    line.labelled(" (", kind);
    line.labelled("), length: ", length);
    if u32::from(length) > room {
        line.text(indent);
        line.text("ERROR: object goes past end of objects TLV");
        return Err(Stopped);
    }
    if body.is_truncated() {
        line.truncated("rsvp");
        return Err(Stopped);
    }
    if print_body(line, indent, object)? || line.options.verbose > 1 {
        hex::only_behind(line, "\n\t    ", body.bytes());
    }
    Ok(())
}

fn print_body(line: &mut Line<'_>, indent: &str, object: &RsvpObject<'_>) -> Printed {
    if let Some(form) = forms::of(object.class, object.kind) {
        return forms::print(line, indent, form, object);
    }
    let body = object.body;
    match (object.class, object.kind) {
        (9 | 12 | 13, 2) => services::print(line, indent, body),
        (20 | 21, 1) => routes::print_route(line, indent, body),
        (16 | 34 | 35 | 129, 1) => {
            routes::print_labels(line, indent, body);
            Ok(false)
        }
        (19, 1..=4) => routes::print_label_request(line, indent, object.kind, body),
        (36, 1) => routes::print_label_set(line, indent, body),
        (63, 7) => routes::print_detours(line, indent, body),
        (4, 1) => numbers::print_integrity(line, indent, body),
        (6, 1..=4) => numbers::print_failure(line, indent, object.kind, body),
        (23..=25, 1 | 2) => numbers::print_message_ids(line, indent, body),
        (66 | 125, 1) => numbers::print_class_type(line, indent, body),
        (134, 1) => numbers::print_capability(line, indent, body),
        (196, 1) => numbers::print_status(line, indent, body),
        (204, 1) => numbers::print_properties(line, indent, body),
        (205, 1 | 7) => numbers::print_reroute(line, indent, object.kind, body),
        (207, 7) => numbers::print_session_attribute(line, indent, body),
        (229, 1) => numbers::print_user_interface(line, indent, body),
        _ => Ok(true),
    }
}

/// The error of an object that has less than its form needs.
fn too_short(line: &mut Line<'_>, indent: &str) -> Stopped {
    line.text(indent);
    line.text("ERROR: object is too short");
    Stopped
}

/// The first `N` bytes of an object, if it has them.
fn fixed<const N: usize>(line: &mut Line<'_>, indent: &str, body: Payload<'_>) -> Result<[u8; N], Stopped> {
    body.get(0).ok_or_else(|| too_short(line, indent))
}
