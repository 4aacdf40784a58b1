//! Control frames of IEEE 802.11: what their headers show with `-e`, and what the frames say.

use super::{le16, print_addresses};
use crate::decode::Ieee80211;
use crate::print::line::Line;
use crate::print::tokens;

const BLOCK_REQUEST: u8 = 8;

pub(super) const POWER_SAVE_POLL: u8 = 10;

const REQUEST_TO_SEND: u8 = 11;

const END: u8 = 14;

const END_WITH_ACKNOWLEDGEMENT: u8 = 15;

const CONTROLS: &[(u8, &str)] = &[
    (7, "Control Wrapper"),
    (BLOCK_REQUEST, "BAR"),
    (9, "BA"),
    (POWER_SAVE_POLL, "Power Save-Poll"),
    (REQUEST_TO_SEND, "Request-To-Send"),
    (12, "Clear-To-Send"),
    (13, "Acknowledgment"),
    (END, "CF-End"),
    (END_WITH_ACKNOWLEDGEMENT, "CF-End+CF-Ack"),
];

pub(super) fn print_control_header(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    match frame.subtype() {
        BLOCK_REQUEST => print_block_request(line, frame),
        POWER_SAVE_POLL => print_addresses(line, frame, &[("BSSID:", 4), ("TA:", 10)]),
        REQUEST_TO_SEND => print_addresses(line, frame, &[("RA:", 4), ("TA:", 10)]),
        END | END_WITH_ACKNOWLEDGEMENT => print_addresses(line, frame, &[("RA:", 4), ("BSSID:", 10)]),
        9 | 12 | 13 => print_addresses(line, frame, &[("RA:", 4)]),
        _ => {}
    }
}

pub(super) fn print_control(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    tokens::print_or(line, CONTROLS, frame.subtype(), "Unknown Ctrl Subtype");
    let has_header = line.options.link_header;
    let labels: &[(&str, usize)] = match frame.subtype() {
        POWER_SAVE_POLL => {
            line.text(" AID(");
            line.hex_digits(le16(frame.whole(), 2)?, 1);
            line.text(")");
            return Some(());
        }
        BLOCK_REQUEST if !has_header => {
            print_block_request(line, frame);
            return Some(());
        }
        REQUEST_TO_SEND => &[(" TA:", 10)],
        7 | BLOCK_REQUEST => return Some(()),
        _ => &[(" RA:", 4)],
    };
    if !has_header {
        print_addresses(line, frame, labels);
    }
    Some(())
}

fn print_block_request(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    line.byte(b' ');
    print_addresses(line, frame, &[("RA:", 4), ("TA:", 10)]);
    let (Some(control), Some(sequence)) = (le16(frame.whole(), 16), le16(frame.whole(), 18)) else { return };
    line.text("CTL(");
    line.hex_digits(control, 1);
    line.labelled(") SEQ(", sequence);
    line.text(") ");
}
