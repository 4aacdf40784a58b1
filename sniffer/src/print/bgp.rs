//! BGP by name, and with `-v` its messages.

use super::line::Line;
use super::tokens;
use crate::decode::{Bgp, BgpBody, BgpMessage};

pub(super) fn print(line: &mut Line<'_>, bgp: &Bgp<'_>) {
    line.text(": BGP");
    if line.is_verbose() {
        bgp.messages().for_each(|message| print_message(line, &message));
    }
}

fn print_message(line: &mut Line<'_>, message: &BgpMessage<'_>) {
    if message.is_behind_others {
        line.truncated("bgp");
    }
    if message.length < BgpMessage::HEADER_LEN {
        line.labelled("\nmessage length ", message.length);
        line.labelled(" < ", BgpMessage::HEADER_LEN);
        return line.invalid();
    }
    if !message.is_complete() {
        line.text("\n[|BGP ");
        tokens::print_or(line, MESSAGES, message.kind, "Unknown Message Type");
        return line.text("]");
    }
    line.text("\n\t");
    tokens::print_or(line, MESSAGES, message.kind, "Unknown");
    line.labelled(" Message (", message.kind);
    line.labelled("), length: ", message.length);
    match message.body() {
        Some(BgpBody::Open { version, system, hold_time, router, parameters }) => {
            line.labelled("\n\t  Version ", version);
            line.labelled(", my AS ", system);
            line.labelled(", Holdtime ", hold_time);
            line.text("s, ID ");
            line.ipv4(router);
            line.labelled("\n\t  Optional parameters, length: ", parameters);
        }
        Some(BgpBody::Update { withdrawn, attributes, announced }) => {
            line.labelled("\n\t  Withdrawn routes: ", withdrawn as u64);
            line.labelled(", path attributes, length: ", attributes as u64);
            line.labelled(", updated routes: ", announced as u64);
        }
        Some(BgpBody::Notification { code, subcode }) => {
            line.text(", ");
            tokens::print_or(line, ERRORS, code, "Unknown Error");
            line.labelled(" (", code);
            line.labelled("), subcode ", subcode);
        }
        Some(BgpBody::Other) => {}
        None => line.truncated("bgp"),
    }
}

const MESSAGES: &[(u8, &str)] =
    &[(1, "Open"), (2, "Update"), (3, "Notification"), (4, "Keepalive"), (5, "Route Refresh")];

const ERRORS: &[(u8, &str)] = &[
    (1, "Message Header Error"),
    (2, "OPEN Message Error"),
    (3, "UPDATE Message Error"),
    (4, "Hold timer expired"),
    (5, "Finite State Machine Error"),
    (6, "Cease"),
];
