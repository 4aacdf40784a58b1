//! Why a session of BGP ends.

use super::print_family;
use crate::decode::{BgpMessage, BgpNotification};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// What a notification says; nothing where it ends too early.
pub(super) fn print(line: &mut Line<'_>, message: &BgpMessage<'_>) -> Option<()> {
    let notification = BgpNotification::new(message.payload());
    let (code, subcode) = (notification.code()?, notification.subcode()?);
    line.text(", ");
    tokens::print_numbered(line, ERRORS, code, "Unknown Error");
    let Some((_, separator, names)) = SUBCODES.iter().find(|known| known.0 == code) else { return Some(()) };
    line.text(separator);
    line.text("subcode ");
    tokens::print_numbered(line, names, subcode, "Unknown");
    match (code, subcode) {
        (6, 1) if notification.most_prefixes().is_some() => {
            print_family(line, ", ", notification.family()?);
            line.labelled(", Max Prefixes: ", notification.most_prefixes()?);
        }
        (6, 2 | 4) if notification.data().claimed() > 0 => print_farewell(line, &notification)?,
        _ => {}
    }
    Some(())
}

/// What a peer says as it shuts down, RFC 9003.
fn print_farewell(line: &mut Line<'_>, notification: &BgpNotification<'_>) -> Option<()> {
    let (len, data) = (notification.farewell_len()?, notification.data());
    let text = data.skip(1);
    let behind = if u32::from(len) > text.claimed() {
        line.text(", invalid Shutdown Communication length");
        data
    } else if len == 0 {
        line.text(", empty Shutdown Communication");
        text
    } else {
        line.labelled(", Shutdown Communication (length: ", len);
        line.text("): \"");
        line.untrusted(text.with_claim(len.into()).bytes());
        line.byte(b'"');
        text.skip(len.into())
    };
    if behind.claimed() > 0 {
        line.labelled(", Data: (length: ", behind.claimed());
        line.byte(b')');
        hex::only_behind(line, "\n\t\t", behind.bytes());
    }
    Some(())
}

const ERRORS: &[(u8, &str)] = &[
    (1, "Message Header Error"),
    (2, "OPEN Message Error"),
    (3, "UPDATE Message Error"),
    (4, "Hold Timer Expired"),
    (5, "Finite State Machine Error"),
    (6, "Cease"),
    (7, "Capability Message Error"),
];

/// The subcodes of an error, and what is in front of them.
type Subcodes = (u8, &'static str, &'static [(u8, &'static str)]);

const SUBCODES: &[Subcodes] = &[
    (1, ", ", HEADER_ERRORS),
    (2, ", ", OPEN_ERRORS),
    (3, ", ", UPDATE_ERRORS),
    (5, " ", STATE_ERRORS),
    (6, ", ", CEASES),
    (7, " ", CAPABILITY_ERRORS),
];

const HEADER_ERRORS: &[(u8, &str)] =
    &[(1, "Connection Not Synchronized"), (2, "Bad Message Length"), (3, "Bad Message Type")];

const OPEN_ERRORS: &[(u8, &str)] = &[
    (1, "Unsupported Version Number"),
    (2, "Bad Peer AS"),
    (3, "Bad BGP Identifier"),
    (4, "Unsupported Optional Parameter"),
    (5, "Authentication Failure"),
    (6, "Unacceptable Hold Time"),
    (7, "Capability Message Error"),
];

const UPDATE_ERRORS: &[(u8, &str)] = &[
    (1, "Malformed Attribute List"),
    (2, "Unrecognized Well-known Attribute"),
    (3, "Missing Well-known Attribute"),
    (4, "Attribute Flags Error"),
    (5, "Attribute Length Error"),
    (6, "Invalid ORIGIN Attribute"),
    (7, "AS Routing Loop"),
    (8, "Invalid NEXT_HOP Attribute"),
    (9, "Optional Attribute Error"),
    (10, "Invalid Network Field"),
    (11, "Malformed AS_PATH"),
];

const STATE_ERRORS: &[(u8, &str)] = &[
    (0, "Unspecified Error"),
    (1, "In OpenSent State"),
    (2, "In OpenConfirm State"),
    (3, "In Established State"),
];

const CEASES: &[(u8, &str)] = &[
    (1, "Maximum Number of Prefixes Reached"),
    (2, "Administrative Shutdown"),
    (3, "Peer Unconfigured"),
    (4, "Administrative Reset"),
    (5, "Connection Rejected"),
    (6, "Other Configuration Change"),
    (7, "Connection Collision Resolution"),
];

const CAPABILITY_ERRORS: &[(u8, &str)] = &[
    (1, "Invalid Action Value"),
    (2, "Invalid Capability Length"),
    (3, "Malformed Capability Value"),
    (4, "Unsupported Capability Code"),
];
