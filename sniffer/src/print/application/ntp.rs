//! NTP: its version and mode in one line, with `-v` the clock behind it and its time stamps.

use std::io::Write as _;
use std::net::Ipv4Addr;

use jiff::Timestamp;

use crate::decode::{Ntp, Payload};
use crate::print::line::Line;
use crate::print::text;

/// Bytes of a message that tells the time, without what proves who sent it.
const TIME_LEN: u32 = 48;

/// Bytes of a control message at least.
const CONTROL_LEN: u32 = 12;

pub(super) fn print(line: &mut Line<'_>, ntp: &Ntp<'_>) {
    line.labelled("NTPv", ntp.version());
    line.text(", ");
    line.text(MODES[usize::from(ntp.mode())]);
    line.labelled(", length ", ntp.whole().claimed());
    if line.is_verbose() {
        print_details(line, ntp).unwrap_or_else(|| line.truncated("ntp"));
    }
}

const MODES: [&str; 8] = [
    "unspecified",
    "symmetric active",
    "symmetric passive",
    "Client",
    "Server",
    "Broadcast",
    "Control Message",
    "Reserved",
];

fn print_details(line: &mut Line<'_>, ntp: &Ntp<'_>) -> Option<()> {
    line.text("\n\tLeap indicator: ");
    line.text(["", "+1s", "-1s", "clock unsynchronized"][usize::from(ntp.leap() & 3)]);
    // tcpdump leaves the two bits where they are in their byte.
    line.labelled(" (", u16::from(ntp.leap()) << 6);
    line.text(")");
    let least = match ntp.mode() {
        0..=5 => TIME_LEN,
        6 => CONTROL_LEN,
        _ => 0,
    };
    if ntp.whole().claimed() < least {
        line.invalid();
        return ntp.whole().all_captured();
    }
    match ntp.mode() {
        0..=5 => print_clock(line, ntp.whole()),
        6 => print_control(line, ntp.whole()),
        _ => Some(()),
    }
}

/// What `ntpq` asks and is told, by its header.
fn print_control(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    let control: u8 = whole.get(1)?;
    line.text(if control & 0x80 == 0 { ", Request" } else { ", Response" });
    line.text(if control & 0x40 == 0 { ", OK" } else { ", Error" });
    line.text(if control & 0x20 == 0 { ", Last" } else { ", More" });
    line.labelled(", OpCode=", control & 0x1f);
    line.labelled("\n\tSequence=", whole.get::<u16>(2)?);
    line.text(", Status=");
    match whole.get::<u16>(4)? {
        0 => line.byte(b'0'),
        status => line.hex(status, 1),
    }
    line.labelled(", Assoc.=", whole.get::<u16>(6)?);
    line.labelled(", Offset=", whole.get::<u16>(8)?);
    let count: u16 = whole.get(10)?;
    line.labelled(", Count=", count);
    let data = whole.skip(CONTROL_LEN as usize);
    if u32::from(count) > data.claimed() {
        line.invalid();
        return whole.all_captured();
    }
    if count > 0 {
        data.with_claim(count.into()).all_captured()?;
        line.text("\n\tTO-BE-DONE: data not interpreted");
    }
    Some(())
}

fn print_clock(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    let stratum: u8 = whole.get(1)?;
    line.labelled(", Stratum ", stratum);
    line.text(match stratum {
        0 => " (unspecified)",
        1 => " (primary reference)",
        2..=15 => " (secondary reference)",
        _ => " (reserved)",
    });
    let poll = whole.get::<u8>(2)?.cast_signed();
    line.text(", poll ");
    line.signed(poll);
    if poll.unsigned_abs() < 32 {
        line.text(if poll < 0 { " (1/" } else { " (" });
        line.number(1_u32 << poll.unsigned_abs());
        line.text("s)");
    }
    line.text(", precision ");
    line.signed(whole.get::<u8>(3)?.cast_signed());
    line.text("\n\tRoot Delay: ");
    print_short(line, whole.get(4)?);
    line.text(", Root dispersion: ");
    print_short(line, whole.get(8)?);
    line.text(", Reference-ID: ");
    match stratum {
        0 => line.text("(unspec)"),
        1 => line.untrusted(&whole.get::<[u8; 4]>(12)?),
        62 | 63 => {
            line.ipv4(whole.get::<Ipv4Addr>(12)?);
            line.text(if stratum == 62 { " INFO_QUERY" } else { " INFO_REPLY" });
            return Some(());
        }
        _ => line.hex(whole.get::<u32>(12)?, 8),
    }
    print_stamps(line, whole)?;
    print_authentication(line, whole)
}

/// Seconds with sixteen bits behind the point.
fn print_short(line: &mut Line<'_>, value: u32) {
    line.number(value >> 16);
    line.byte(b'.');
    text::decimal_padded(line.out, (u64::from(value & 0xffff) * 1_000_000) >> 16, 6);
}

fn print_stamps(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    let labels = [
        ("\n\t  Reference Timestamp:  ", 16),
        ("\n\t  Originator Timestamp: ", 24),
        ("\n\t  Receive Timestamp:    ", 32),
        ("\n\t  Transmit Timestamp:   ", 40),
    ];
    for (label, at) in labels {
        let stamp = whole.get(at)?;
        line.text(label);
        print_stamp(line, stamp);
    }
    let originated = whole.get(24)?;
    line.text("\n\t    Originator - Receive Timestamp:  ");
    print_difference(line, originated, whole.get(32)?);
    line.text("\n\t    Originator - Transmit Timestamp: ");
    print_difference(line, originated, whole.get(40)?);
    Some(())
}

/// Seconds since 1900 with 32 bits behind the point, and the date that they are.
pub(super) fn print_stamp(line: &mut Line<'_>, stamp: u64) {
    /// 1970 in seconds since 1900.
    const UNIX: i64 = 2_208_988_800;
    print_seconds(line, stamp);
    let seconds = i64::from((stamp >> 32) as u32);
    if seconds == 0 {
        return;
    }
    if let Ok(time) = Timestamp::from_second(seconds - UNIX) {
        // A vector takes everything.
        let _ = write!(line.out, " ({})", time.strftime("%Y-%m-%dT%H:%M:%SZ"));
    }
}

fn print_seconds(line: &mut Line<'_>, stamp: u64) {
    line.number(stamp >> 32);
    line.byte(b'.');
    // As floating point, like tcpdump, so that the last digit is its own.
    let nanos = f64::from(stamp as u32) / 4_294_967_296.0 * 1_000_000_000.0;
    text::decimal_padded(line.out, nanos as u64, 9);
}

fn print_difference(line: &mut Line<'_>, from: u64, to: u64) {
    if from == 0 {
        return print_stamp(line, to);
    }
    line.text(if to > from { "+" } else { "-" });
    print_seconds(line, to.abs_diff(from));
}

/// The key's number and what was made with it, by the length.
fn print_authentication(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    let more = whole.claimed() - TIME_LEN;
    let digest_len = match more {
        0 => return Some(()),
        4 => 0,
        20 => 16,
        24 => 20,
        _ => {
            line.labelled("\n\t(", more);
            line.text(" more bytes after the header)");
            return Some(());
        }
    };
    line.labelled("\n\tKey id: ", whole.get::<u32>(48)?);
    if digest_len > 0 {
        let digest = whole.bytes().get(52..52 + digest_len)?;
        line.text("\n\tAuthentication: ");
        line.hex_bytes(digest);
    }
    Some(())
}
