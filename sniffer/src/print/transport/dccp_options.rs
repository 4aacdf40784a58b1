//! Options of DCCP, with `-vv`.

use crate::decode::{DccpOption, DccpOptionError, Payload};
use crate::print::line::Line;
use crate::print::tokens;

/// The options within angle brackets; `None` where the kind or length of one was not captured.
pub(super) fn print(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    let mut separator = " <";
    if rest.claimed() == 0 {
        return Some(());
    }
    while rest.claimed() > 0 {
        line.text(std::mem::replace(&mut separator, ", "));
        match DccpOption::next(&mut rest) {
            Ok(option) => print_option(line, &option),
            Err(DccpOptionError::HeadCut) => return None,
            Err(error) => {
                print_error(line, error);
                break;
            }
        }
    }
    line.text(">");
    Some(())
}

fn print_error(line: &mut Line<'_>, error: DccpOptionError) {
    match error {
        DccpOptionError::HeadCut | DccpOptionError::ValueCut => line.truncated("dccp"),
        DccpOptionError::TooShort(kind) => {
            print_kind(line, kind);
            line.text(" optlen too short");
        }
        DccpOptionError::TooLong(kind) => {
            print_kind(line, kind);
            line.text(" optlen goes past header length");
        }
    }
}

fn print_kind(line: &mut Line<'_>, kind: u8) {
    match kind {
        128.. => line.labelled("CCID option ", kind),
        _ => tokens::print(line, OPTIONS, kind, ["Option ", ""]),
    }
}

fn print_option(line: &mut Line<'_>, option: &DccpOption<'_>) {
    let value = option.value;
    print_kind(line, option.kind);
    match (option.kind, value.bytes()) {
        (32..=35, []) => line.text(" optlen too short"),
        (32..=35, [feature, values @ ..]) => {
            if let Some(name) = FEATURES.get(usize::from(*feature)) {
                line.byte(b' ');
                line.text(name);
                print_numbers(line, values);
            }
        }
        (36 | 38..=40, bytes @ [_, ..]) => {
            line.text(" 0x");
            line.hex_bytes(bytes);
        }
        (37, bytes) => print_numbers(line, bytes),
        (44, bytes @ [_, ..]) => {
            line.byte(b' ');
            line.hex_bytes(bytes);
        }
        (41, [_, _, _, _]) | (43 | 128.., [_, _] | [_, _, _, _]) => print_number(line, " ", value),
        (41, _) => line.text(" [optlen != 6]"),
        (42, _) => print_echo(line, value),
        (43, _) => line.text(" [optlen != 4 or 6]"),
        _ => {}
    }
}

fn print_numbers(line: &mut Line<'_>, numbers: &[u8]) {
    for number in numbers {
        line.labelled(" ", *number);
    }
}

/// A time of 16 or 32 bits.
fn print_number(line: &mut Line<'_>, label: &str, value: Payload<'_>) {
    let number = value.get::<u32>(0).or_else(|| value.get::<u16>(0).map(u32::from));
    line.labelled(label, number.unwrap_or_default());
}

/// The time stamp that is answered, and how long that took.
fn print_echo(line: &mut Line<'_>, value: Payload<'_>) {
    match value.claimed() {
        4 => print_number(line, " ", value),
        6 | 8 => {
            print_number(line, " ", value);
            print_number(line, " (elapsed time ", value.skip(4));
            line.text(")");
        }
        _ => line.text(" [optlen != 6 or 8 or 10]"),
    }
}

const OPTIONS: &[(u8, &str)] = &[
    (0, "nop"),
    (1, "mandatory"),
    (2, "slowreceiver"),
    (32, "change_l"),
    (33, "confirm_l"),
    (34, "change_r"),
    (35, "confirm_r"),
    (36, "initcookie"),
    (37, "ndp_count"),
    (38, "ack_vector0"),
    (39, "ack_vector1"),
    (40, "data_dropped"),
    (41, "timestamp"),
    (42, "timestamp_echo"),
    (43, "elapsed_time"),
    (44, "data_checksum"),
];

/// Features that both sides agree on, by their numbers.
const FEATURES: [&str; 10] = [
    "reserved",
    "ccid",
    "allow_short_seqno",
    "sequence_window",
    "ecn_incapable",
    "ack_ratio",
    "send_ack_vector",
    "send_ndp_count",
    "minimum checksum coverage",
    "check data checksum",
];
