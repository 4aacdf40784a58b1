//! Radiotap: what the radio says of a frame.

use super::ieee80211::print_half;
use crate::decode::{Radiotap, RadiotapField};
use crate::print::line::Line;
use crate::print::tokens;

/// The field of the channel in its longer form, which stands for the shorter.
const LONG_CHANNEL: u32 = 18;
/// The field of high throughput.
const THROUGHPUT: u32 = 19;

pub(in crate::print) fn print(line: &mut Line<'_>, radiotap: &Radiotap<'_>) {
    for field in radiotap.fields() {
        match field.value {
            Some(value) => print_field(line, &field, value),
            None if field.kind > 21 || matches!(field.kind, 15..=17) => {
                line.labelled("[bit ", field.kind);
                line.text("] ");
            }
            None => line.truncated("802.11_radio"),
        }
    }
}

fn print_field(line: &mut Line<'_>, field: &RadiotapField<'_>, value: &[u8]) {
    match (field.kind, value) {
        (0, _) => print_number(line, le(value), "us tsft "),
        (Radiotap::FLAGS, &[flags]) => {
            tokens::print_letters(line, FLAGS, flags);
        }
        (2, &[rate @ 0x80..=0x8f]) => {
            line.labelled("MCS ", rate & 0x7f);
            line.byte(b' ');
        }
        (2, &[rate]) => {
            print_half(line, rate);
            line.text(" Mb/s ");
        }
        (Radiotap::CHANNEL, &[f0, f1, c0, c1]) if field.present & 1 << LONG_CHANNEL == 0 => {
            let flags = u32::from(u16::from_le_bytes([c0, c1]));
            print_channel(line, u16::from_le_bytes([f0, f1]), flags, field.present);
        }
        (4, &[set, pattern]) => {
            line.labelled("fhset ", set);
            line.labelled(" fhpat ", pattern);
            line.byte(b' ');
        }
        (5, &[level]) => print_signed(line, level.cast_signed().into(), "dBm signal "),
        (6, &[level]) => print_signed(line, level.cast_signed().into(), "dBm noise "),
        (7, _) => print_number(line, le(value), " sq "),
        (8, &[low, high]) => {
            print_signed(line, -i32::from(i16::from_le_bytes([low, high])), " tx power ");
        }
        (9, &[level]) => print_signed(line, -i32::from(level.cast_signed()), "dB tx attenuation "),
        (10, &[level]) => print_signed(line, level.cast_signed().into(), "dBm tx power "),
        (11, &[antenna]) => {
            line.labelled("antenna ", antenna);
            line.byte(b' ');
        }
        (12, &[level]) => print_number(line, level.into(), "dB signal "),
        (13, &[level]) => print_number(line, level.into(), "dB noise "),
        (LONG_CHANNEL, &[c0, c1, c2, c3, f0, f1, ..]) => {
            let flags = u32::from_le_bytes([c0, c1, c2, c3]);
            print_channel(line, u16::from_le_bytes([f0, f1]), flags, field.present);
        }
        (THROUGHPUT, &[known, flags, index]) => print_throughput(line, known, flags, index),
        (21, value) => print_very_high_throughput(line, value),
        _ => {}
    }
}

/// A little-endian number of any length.
fn le(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

fn print_number(line: &mut Line<'_>, value: u64, unit: &str) {
    line.number(value);
    line.text(unit);
}

fn print_signed(line: &mut Line<'_>, value: i32, unit: &str) {
    line.text(if value < 0 { "-" } else { "" });
    line.number(value.unsigned_abs());
    line.text(unit);
}

const FLAGS: &[(u8, &str)] =
    &[(0x01, "cfp "), (0x02, "short preamble "), (0x04, "wep "), (0x08, "fragmented "), (0x40, "bad-fcs ")];

/// Frequency, and which amendment of 802.11 the channel is of.
fn print_channel(line: &mut Line<'_>, frequency: u16, flags: u32, present: u32) {
    const TURBO: u32 = 0x10;
    const HALF: u32 = 0x4000;
    const QUARTER: u32 = 0x8000;
    line.number(frequency);
    line.text(" MHz");
    let width = match flags {
        _ if flags & HALF != 0 => "/10Mhz",
        _ if flags & QUARTER != 0 => "/5Mhz",
        _ => "",
    };
    if present & 1 << THROUGHPUT != 0 {
        line.text(" 11n");
    } else {
        let is = |bits: u32| flags & bits == bits;
        line.text(if is(0x0880) { " FHSS" } else { "" });
        if is(0x0140) {
            line.text(" 11a");
            line.text(width);
        }
        if is(0x00c0) || is(0x0480) {
            line.text(" 11g");
            line.text(width);
        } else if is(0x00a0) {
            line.text(" 11b");
        }
        line.text(if is(TURBO) { " Turbo" } else { "" });
    }
    line.text(match flags {
        _ if flags & 0x1_0000 != 0 => " ht/20",
        _ if flags & 0x4_0000 != 0 => " ht/40-",
        _ if flags & 0x2_0000 != 0 => " ht/40+",
        _ => "",
    });
    line.byte(b' ');
}

fn print_throughput(line: &mut Line<'_>, known: u8, flags: u8, index: u8) {
    const BANDWIDTHS: [&str; 4] = ["20 MHz ", "40 MHz ", "20 MHz (L) ", "20 MHz (U) "];
    let is_wide = flags & 3 == 1;
    let has_short_guard = flags & 4 != 0;
    if known & 0x02 != 0 {
        let column = usize::from(is_wide) * 2 + usize::from(has_short_guard);
        let rates = HIGH_THROUGHPUT.get(usize::from(index)).filter(|_| known & 0x05 != 0);
        let rate = rates.map(|rates| rates[column]).filter(|rate| *rate > 0);
        if let Some(rate) = rate {
            line.number(rate / 10);
            line.labelled(".", rate % 10);
            line.text(" Mb/s ");
        }
        line.labelled("MCS ", index);
        line.byte(b' ');
    }
    if known & 0x01 != 0 {
        line.text(BANDWIDTHS[usize::from(flags & 3)]);
    }
    let choices: [(u8, u8, &str, &str); 3] = [
        (0x04, 0x04, "short GI ", "long GI "),
        (0x08, 0x08, "greenfield ", "mixed "),
        (0x10, 0x10, "LDPC FEC ", "BCC FEC "),
    ];
    for (known_bit, bit, yes, no) in choices {
        if known & known_bit != 0 {
            line.text(if flags & bit != 0 { yes } else { no });
        }
    }
    if known & 0x20 != 0 {
        line.labelled("RX-STBC", flags >> 5 & 3);
        line.byte(b' ');
    }
}

fn print_very_high_throughput(line: &mut Line<'_>, value: &[u8]) {
    let &[k0, k1, flags, bandwidth, ref users @ .., coding, _, _, _] = value else { return };
    let known = u16::from_le_bytes([k0, k1]);
    for (user, byte) in users.iter().enumerate() {
        let streams = byte & 0x0f;
        if streams == 0 {
            continue;
        }
        line.labelled("User ", user as u64);
        line.labelled(" MCS ", byte >> 4);
        line.text(if coding & 1 << user != 0 { " LDPC FEC " } else { " BCC FEC " });
    }
    if known & 0x0040 != 0 {
        let index = bandwidth & 0x1f;
        if let Some(name) = VERY_HIGH_BANDWIDTHS.get(usize::from(index)) {
            line.text(name);
        } else {
            line.labelled("unknown (", index);
            line.text(")");
        }
        line.byte(b' ');
    }
    if known & 0x0004 != 0 {
        line.text(if flags & 0x04 != 0 { "short GI " } else { "long GI " });
    }
}

const VERY_HIGH_BANDWIDTHS: &[&str] = &[
    "20 MHz",
    "40 MHz",
    "20 MHz (L)",
    "20 MHz (U)",
    "80 MHz",
    "80 MHz (L)",
    "80 MHz (U)",
    "80 MHz (LL)",
    "80 MHz (LU)",
    "80 MHz (UL)",
    "80 MHz (UU)",
    "160 MHz",
    "160 MHz (L)",
    "160 MHz (U)",
    "160 MHz (LL)",
    "160 MHz (LU)",
    "160 MHz (UL)",
    "160 MHz (UU)",
    "160 MHz (LLL)",
    "160 MHz (LLU)",
    "160 MHz (LUL)",
    "160 MHz (UUU)",
    "160 MHz (ULL)",
    "160 MHz (ULU)",
    "160 MHz (UUL)",
    "160 MHz (UUU)",
];

/// Rates of high throughput in tenths of Mb/s by their index: in 20 MHz with a long and a short guard interval, then in
/// 40 MHz.
const HIGH_THROUGHPUT: &[[u16; 4]] = &[
    [65, 72, 135, 150],
    [130, 144, 270, 300],
    [195, 217, 405, 450],
    [260, 289, 540, 600],
    [390, 433, 810, 900],
    [520, 578, 1080, 1200],
    [585, 650, 1215, 1350],
    [650, 722, 1350, 1500],
    [130, 144, 270, 300],
    [260, 289, 540, 600],
    [390, 433, 810, 900],
    [520, 578, 1080, 1200],
    [780, 867, 1620, 1800],
    [1040, 1156, 2160, 2400],
    [1170, 1300, 2430, 2700],
    [1300, 1444, 2700, 3000],
    [195, 217, 405, 450],
    [390, 433, 810, 900],
    [585, 650, 1215, 1350],
    [780, 867, 1620, 1800],
    [1170, 1300, 2430, 2700],
    [1560, 1733, 3240, 3600],
    [1755, 1950, 3645, 4050],
    [1950, 2167, 4050, 4500],
    [260, 289, 540, 600],
    [520, 578, 1080, 1200],
    [780, 867, 1620, 1800],
    [1040, 1156, 2160, 2400],
    [1560, 1733, 3240, 3600],
    [2080, 2311, 4320, 4800],
    [2340, 2600, 4860, 5400],
    [2600, 2889, 5400, 6000],
    [0, 0, 60, 67],
    [390, 433, 810, 900],
    [520, 578, 1080, 1200],
    [650, 722, 1350, 1500],
    [585, 650, 1215, 1350],
    [780, 867, 1620, 1800],
    [975, 1083, 2025, 2250],
    [520, 578, 1080, 1200],
    [650, 722, 1350, 1500],
    [650, 722, 1350, 1500],
    [780, 867, 1620, 1800],
    [910, 1011, 1890, 2100],
    [910, 1011, 1890, 2100],
    [1040, 1156, 2160, 2400],
    [780, 867, 1620, 1800],
    [975, 1083, 2025, 2250],
    [975, 1083, 2025, 2250],
    [1170, 1300, 2430, 2700],
    [1365, 1517, 2835, 3150],
    [1365, 1517, 2835, 3150],
    [1560, 1733, 3240, 3600],
    [650, 722, 1350, 1500],
    [780, 867, 1620, 1800],
    [910, 1011, 1890, 2100],
    [780, 867, 1620, 1800],
    [910, 1011, 1890, 2100],
    [1040, 1156, 2160, 2400],
    [1170, 1300, 2430, 2700],
    [1040, 1156, 2160, 2400],
    [1170, 1300, 2430, 2700],
    [1300, 1444, 2700, 3000],
    [1300, 1444, 2700, 3000],
    [1430, 1589, 2970, 3300],
    [975, 1083, 2025, 2250],
    [1170, 1300, 2430, 2700],
    [1365, 1517, 2835, 3150],
    [1170, 1300, 2430, 2700],
    [1365, 1517, 2835, 3150],
    [1560, 1733, 3240, 3600],
    [1755, 1950, 3645, 4050],
    [1560, 1733, 3240, 3600],
    [1755, 1950, 3645, 4050],
    [1950, 2167, 4050, 4500],
    [1950, 2167, 4050, 4500],
    [2145, 2383, 4455, 4950],
];
