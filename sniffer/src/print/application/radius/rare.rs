//! RADIUS: the values of attributes that are hardly ever seen.

use std::io::Write as _;
use std::net::Ipv6Addr;

use jiff::Timestamp;

use super::attributes::Form;
use super::words::{ERROR_CAUSES, FEATURES};
use crate::decode::Payload;
use crate::print::application::ntp::print_stamp;
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// A value of one of these forms; nothing where the capture ends within it.
pub(super) fn print_rare_value(line: &mut Line<'_>, form: Form, value: Payload<'_>) -> Option<()> {
    let mut rest = value;
    match form {
        Form::Address6 => line.ipv6(rest.read()?),
        Form::Prefix6 => return print_prefix(line, value),
        Form::HomePrefix => {
            let (len, prefix): (u8, Ipv6Addr) = (rest.read()?, rest.read()?);
            print_prefix_of(line, prefix, len);
        }
        Form::Time => {
            let seconds: u32 = rest.read()?;
            if let Ok(time) = Timestamp::from_second(seconds.into()) {
                // A vector takes everything.
                let _ = write!(line.out, "{}", time.strftime("%a %b %e %H:%M:%S %Y"));
            }
        }
        Form::ArapPassword => {
            line.text("User_challenge (");
            line.upper_hex_bytes(&rest.read::<[u8; 8]>()?);
            line.text(") User_resp(");
            line.upper_hex_bytes(&rest.read::<[u8; 8]>()?);
            line.byte(b')');
        }
        Form::ArapFeatures => return print_arap_features(line, value),
        Form::ArapResponse if value.claimed() < 8 => {
            line.labelled("ERROR: length ", value.claimed());
            line.text(" != 8");
        }
        Form::ArapResponse => line.upper_hex_bytes(&rest.read::<[u8; 8]>()?),
        Form::ErrorCause => {
            let cause: u32 = rest.read()?;
            line.labelled("Error cause ", cause);
            line.text(": ");
            tokens::print(line, ERROR_CAUSES, cause, ["Error-Cause ", " not known"]);
        }
        Form::Features => {
            let features: u64 = rest.read()?;
            line.byte(b'[');
            tokens::print_flags_or(line, FEATURES, features, "");
            line.byte(b']');
        }
        _ => return print_place(line, form, value),
    }
    Some(())
}

fn print_arap_features(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let mut rest = value;
    let [may_change, least]: [u8; 2] = rest.read()?;
    line.text(if may_change > 0 { "User can change password" } else { "User cannot change password" });
    line.labelled(", Min password length: ", least);
    for label in [", created at: ", ", expires in: ", ", Current Time: "] {
        line.text(label);
        line.upper_hex_bytes(&rest.read::<[u8; 4]>()?);
    }
    Some(())
}

/// A prefix of any length behind a reserved byte and how many of its bits count.
fn print_prefix(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let len = value.claimed();
    if !(2..=18).contains(&len) {
        line.labelled("ERROR: length ", len);
        line.text(" not in range (2..18)");
        return Some(());
    }
    if value.is_truncated() {
        return None;
    }
    let mut rest = value;
    let [_, bits]: [u8; 2] = rest.read()?;
    let mut octets = [0; 16];
    octets[..rest.bytes().len()].copy_from_slice(rest.bytes());
    print_prefix_of(line, octets.into(), bits);
    if bits <= 128 && u32::from(bits) > 8 * (len - 2) {
        line.text(" (inconsistent prefix length)");
    }
    Some(())
}

fn print_prefix_of(line: &mut Line<'_>, prefix: Ipv6Addr, bits: u8) {
    if bits > 128 {
        line.labelled("ERROR: netmask ", bits);
        return line.text(" not in range (0..128)");
    }
    line.ipv6(prefix);
    line.labelled("/", bits);
}

/// Who operates a network, and where somebody is, RFC 5580.
fn print_place(line: &mut Line<'_>, form: Form, value: Payload<'_>) -> Option<()> {
    if value.is_truncated() {
        return None;
    }
    let least = match form {
        Form::Operator => 2,
        Form::Location => 21,
        Form::LocationData => 3,
        _ => 10,
    };
    if value.claimed() < least {
        line.labelled("ERROR: length ", value.claimed());
        line.labelled(" < ", least);
        return Some(());
    }
    let mut rest = value;
    match form {
        Form::Operator => {
            line.byte(b'[');
            let spaces: &[(u8, &str)] = &[(0x30, "TADIG"), (0x31, "REALM"), (0x32, "E212"), (0x33, "ICC")];
            tokens::print(line, spaces, rest.read()?, ["unknown namespace ", ""]);
            line.text("] ");
            line.untrusted(rest.bytes());
        }
        Form::Location => {
            line.labelled("index ", rest.read::<u16>()?);
            line.text(", code ");
            tokens::print(line, &[(0_u8, "Civic"), (1, "Geospatial")], rest.read()?, ["Unknown (", ")"]);
            line.text(", entity ");
            tokens::print(line, &[(0_u8, "User"), (1, "RADIUS")], rest.read()?, ["Unknown (", ")"]);
            line.text(", sighting time ");
            print_stamp(line, rest.read()?);
            line.text(", time to live ");
            print_stamp(line, rest.read()?);
            print_in_quotes(line, ", method \"", rest);
        }
        Form::LocationData => {
            line.labelled("index ", rest.read::<u16>()?);
            line.text(", location");
            hex::with_ascii_behind(line, "\n\t    ", rest.bytes());
        }
        _ => {
            line.text("flags [");
            print_policy_flags(line, rest.read()?);
            line.text("], retention expires ");
            print_stamp(line, rest.read()?);
            if rest.claimed() > 0 {
                print_in_quotes(line, ", note well \"", rest);
            }
        }
    }
    Some(())
}

fn print_in_quotes(line: &mut Line<'_>, label: &str, text: Payload<'_>) {
    line.text(label);
    line.untrusted(text.bytes());
    line.byte(b'"');
}

/// The highest bit allows retransmission; the others must be zero, and are numbered from the highest on.
fn print_policy_flags(line: &mut Line<'_>, flags: u16) {
    let mut separator = "";
    for bit in (0..16_u16).filter(|bit| flags >> bit & 1 == 1) {
        line.text(separator);
        separator = ", ";
        if bit == 15 {
            line.text("Retransmission Allowed");
        } else {
            line.labelled("MBZ-", 15 - bit);
        }
    }
    line.text(if flags == 0 { "none" } else { "" });
}
