//! EAP over LANs: in one line, and with `-v` what EAP asks and answers.

use crate::decode::{Eap, Eapol};
use crate::print::line::Line;
use crate::print::text;
use crate::print::tokens::{self, print_flags};

pub(in crate::print) fn print(line: &mut Line<'_>, eapol: &Eapol<'_>) {
    print_frame(line, eapol).unwrap_or_else(|| line.truncated("eap"));
}

fn print_frame(line: &mut Line<'_>, eapol: &Eapol<'_>) -> Option<()> {
    let (version, kind, length) = (eapol.version()?, eapol.kind()?, eapol.length()?);
    tokens::print_numbered(line, FRAMES, kind, "unknown");
    line.labelled(" v", version);
    line.labelled(", len ", length);
    let Some(eap) = eapol.eap().filter(|_| line.is_verbose()) else { return Some(()) };
    if length == 0 {
        return None;
    }
    line.text(", ");
    print_packet(line, &eap, length.into())
}

/// A packet of EAP that has so much room.
pub(in crate::print) fn print_packet(line: &mut Line<'_>, eap: &Eap<'_>, room: u32) -> Option<()> {
    let (code, len) = (eap.code()?, eap.length()?);
    if u32::from(len) != room {
        line.text("EAP fragment?");
        return Some(());
    }
    print_eap(line, eap, code, len)
}

const FRAMES: &[(u8, &str)] = &[
    (0, "EAP packet"),
    (1, "EAPOL start"),
    (2, "EAPOL logoff"),
    (3, "EAPOL key"),
    (4, "Encapsulated ASF alert"),
];

fn print_eap(line: &mut Line<'_>, eap: &Eap<'_>, code: u8, len: u16) -> Option<()> {
    tokens::print_or(line, CODES, code, "unknown");
    line.labelled(" (", code);
    line.labelled("), id ", eap.id()?);
    line.labelled(", len ", len);
    if len < 4 {
        line.text(" (too short for EAP header)");
        return Some(());
    }
    if eap.whole().bytes().len() < len.into() {
        return None;
    }
    if !matches!(code, Eap::REQUEST | Eap::RESPONSE) {
        return Some(());
    }
    if len < 5 {
        line.text(" (too short for EAP request/response)");
        return Some(());
    }
    print_method(line, eap, len)
}

const CODES: &[(u8, &str)] = &[(1, "Request"), (2, "Response"), (3, "Success"), (4, "Failure")];

fn print_method(line: &mut Line<'_>, eap: &Eap<'_>, len: u16) -> Option<()> {
    let (kind, data) = (eap.kind()?, eap.data().bytes());
    line.text("\n\t\t Type ");
    print_kind(line, kind);
    let short_of = match kind {
        2 => " (too short for EAP Notification request/response)",
        3 => " (too short for EAP Legacy NAK request/response)",
        13 | 21 => " (too short for EAP TLS/TTLS request/response)",
        43 => " (too short for EAP FAST request/response)",
        18 | 23 => " (too short for EAP SIM/AKA request/response)",
        _ => "",
    };
    if data.is_empty() {
        line.text(short_of);
        return Some(());
    }
    match kind {
        Eap::IDENTITY => print_text(line, ", Identity: ", data),
        2 => print_text(line, ", Notification: ", data),
        3 => {
            for (index, method) in data.iter().enumerate() {
                line.text(if index == 0 { " " } else { ", " });
                print_kind(line, *method);
            }
        }
        13 | 21 | 43 => print_tls(line, eap, kind, len)?,
        18 | 23 => {
            let subtype = eap.flags()?;
            line.text(" subtype [");
            tokens::print_or(line, SIM_SUBTYPES, subtype, "unknown");
            line.labelled_hex("] ", subtype, 2);
        }
        _ => {}
    }
    Some(())
}

fn print_kind(line: &mut Line<'_>, kind: u8) {
    tokens::print_numbered(line, KINDS, kind, "unknown");
}

/// Text that ends with the first zero byte.
fn print_text(line: &mut Line<'_>, label: &str, data: &[u8]) {
    line.text(label);
    line.untrusted(text::until_zero(data));
}

/// The flags of a method with TLS, and the length of the message that it is a part of.
fn print_tls(line: &mut Line<'_>, eap: &Eap<'_>, kind: u8, len: u16) -> Option<()> {
    let flags = eap.flags()?;
    match kind {
        21 => line.labelled(" TTLSv", flags & 0x07),
        43 => line.labelled(" FASTv", flags & 0x07),
        _ => {}
    }
    line.text(" flags [");
    print_flags(line, TLS_FLAGS, flags);
    line.labelled_hex("] ", flags, 2);
    if flags & 0x80 == 0 {
        return Some(());
    }
    if len < 10 {
        line.text(match kind {
            43 => " (too short for EAP FAST request/response with length)",
            _ => " (too short for EAP TLS/TTLS request/response with length)",
        });
        return Some(());
    }
    line.labelled(", len ", eap.tls_length()?);
    Some(())
}

const KINDS: &[(u8, &str)] = &[
    (0, "No proposed"),
    (1, "Identity"),
    (2, "Notification"),
    (3, "Nak"),
    (4, "MD5-challenge"),
    (5, "OTP"),
    (6, "GTC"),
    (13, "TLS"),
    (18, "SIM"),
    (21, "TTLS"),
    (23, "AKA"),
    (43, "FAST"),
    (254, "Expanded types"),
    (255, "Experimental"),
];
const TLS_FLAGS: &[(u8, &str)] = &[(0x80, "L bit"), (0x40, "More fragments bit"), (0x20, "Start bit")];
const SIM_SUBTYPES: &[(u8, &str)] = &[
    (1, "Challenge"),
    (2, "Auth reject"),
    (4, "Sync failure"),
    (5, "Identity"),
    (10, "Start"),
    (11, "Challenge"),
    (12, "Notification"),
    (13, "Reauth"),
    (14, "Client error"),
];
