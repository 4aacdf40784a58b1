//! IEEE 802.11: headers with `-e`, and what encrypted frames show. Management and control frames have files of their own.

mod control;
mod management;
mod words;

use self::control::{POWER_SAVE_POLL, print_control, print_control_header};
use self::management::print_management;
use crate::decode::{Ieee80211, Ieee80211Kind, Payload};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    if frame.known_header_len().is_none() {
        return match frame.kind() {
            Ieee80211Kind::Control => {
                line.labelled("unknown 802.11 ctrl frame subtype (", frame.subtype());
                line.text(")");
            }
            _ => line.text("unknown 802.11 frame type (3)"),
        };
    }
    if line.options.link_header {
        print_header(line, frame);
    }
    let printed = match frame.kind() {
        Ieee80211Kind::Management => print_management(line, frame),
        Ieee80211Kind::Control => print_control(line, frame),
        Ieee80211Kind::Data if !frame.is_null() && frame.is_protected() => {
            line.text("Data");
            print_encryption(line, frame.payload())
        }
        Ieee80211Kind::Data | Ieee80211Kind::Extension => Some(()),
    };
    if printed.is_none() {
        line.truncated("802.11");
    }
}

/// Flags and addresses.
fn print_header(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    if line.is_verbose() {
        print_flags(line, frame);
    }
    match frame.kind() {
        Ieee80211Kind::Management => print_addresses(line, frame, &[("BSSID:", 16), ("DA:", 4), ("SA:", 10)]),
        Ieee80211Kind::Control => print_control_header(line, frame),
        Ieee80211Kind::Data => print_data_header(line, frame),
        Ieee80211Kind::Extension => {}
    }
}

fn print_flags(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    const FLAGS: &[(u16, &str)] = &[
        (0x2000, "More Data "),
        (0x0400, "More Fragments "),
        (0x1000, "Pwr Mgmt "),
        (0x0800, "Retry "),
        (0x8000, "Strictly Ordered "),
        (0x4000, "Protected "),
    ];
    tokens::print_letters(line, FLAGS, frame.control());
    let has_duration = frame.kind() != Ieee80211Kind::Control || frame.subtype() != POWER_SAVE_POLL;
    if has_duration && let Some(duration) = le16(frame.whole(), 2) {
        line.number(duration);
        line.text("us ");
    }
}

/// Addresses, each behind a word and with a blank behind it.
fn print_addresses(line: &mut Line<'_>, frame: &Ieee80211<'_>, addresses: &[(&str, usize)]) {
    for (label, offset) in addresses {
        let Some(address) = frame.address(*offset) else { return };
        line.text(label);
        line.mac(&address);
        line.byte(b' ');
    }
}

fn print_data_header(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    let (acknowledges, polls) = (frame.subtype() & 1 != 0, frame.subtype() & 2 != 0);
    if acknowledges || polls || frame.has_quality() {
        line.text("CF ");
        line.text(match (acknowledges, polls) {
            (true, true) => "Ack/Poll",
            (true, false) => "Ack",
            (false, true) => "Poll",
            (false, false) => "",
        });
        line.text(if frame.has_quality() { "+QoS " } else { " " });
    }
    let addresses: &[(&str, usize)] = match (frame.to_distribution(), frame.from_distribution()) {
        (false, false) => &[("DA:", 4), ("SA:", 10), ("BSSID:", 16)],
        (false, true) => &[("DA:", 4), ("BSSID:", 10), ("SA:", 16)],
        (true, false) => &[("BSSID:", 4), ("SA:", 10), ("DA:", 16)],
        (true, true) => &[("RA:", 4), ("TA:", 10), ("DA:", 16), ("SA:", 24)],
    };
    print_addresses(line, frame, addresses);
}

fn print_encryption(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let word = u32::from_le_bytes(body.get(0)?);
    line.text(" IV:");
    let start = line.out.len();
    line.hex_digits(word & 0x00ff_ffff, 1);
    let width = line.out.len() - start;
    line.out.splice(start..start, std::iter::repeat_n(b' ', 3_usize.saturating_sub(width)));
    line.text(" Pad ");
    line.hex_digits(word >> 24 & 0x3f, 1);
    line.text(" KeyID ");
    line.hex_digits(word >> 30, 1);
    Some(())
}

/// Half of a number, with one decimal.
pub(super) fn print_half(line: &mut Line<'_>, twice: u8) {
    line.number(twice / 2);
    line.text(if twice.is_multiple_of(2) { ".0" } else { ".5" });
}

fn le16(payload: Payload<'_>, at: usize) -> Option<u16> {
    payload.get(at).map(u16::from_le_bytes)
}
