//! ZMTP/1.0 in segments and in data of PGM: a line a frame, with `-v` its body.

use crate::decode::{Payload, Zmtp, ZmtpFrame};
use crate::print::hex;
use crate::print::line::Line;

/// The most bytes of a body that one `-v` shows.
const SHOWN: usize = 128;

/// Data of PGM: where the first message begins, what of an earlier one is in front of it, and frames.
pub(in crate::print) fn print_datagram(line: &mut Line<'_>, data: Payload<'_>) {
    print_parts(line, data).unwrap_or_else(|| line.truncated("zmtp1"));
}

/// `None` where the data are cut.
fn print_parts(line: &mut Line<'_>, mut data: Payload<'_>) -> Option<()> {
    /// The place of the first message where none begins.
    const NONE: u16 = 0xffff;
    let place: u16 = data.read()?;
    line.text("\n\t frame offset ");
    line.hex(place, 4);
    let len = if place == NONE { data.claimed() } else { place.into() };
    if len > data.claimed() {
        line.text(" (exceeds datagram declared length)");
        return None;
    }
    if len > 0 {
        let earlier = data.with_claim(len);
        line.labelled("\n\t frame intermediate part, ", len);
        line.text(" bytes");
        if earlier.is_truncated() {
            line.labelled(" (", earlier.bytes().len() as u64);
            line.text(" captured)");
        }
        if line.is_verbose() {
            print_earlier(line, earlier.bytes());
        }
    }
    for frame in Zmtp::new(data.skip(len as usize)).frames() {
        print_frame(line, &frame);
    }
    Some(())
}

/// What of an earlier message goes on; a byte is not worth showing.
fn print_earlier(line: &mut Line<'_>, bytes: &[u8]) {
    let most = if line.options.verbose == 1 { SHOWN } else { usize::MAX };
    let bytes = &bytes[..bytes.len().min(most)];
    if bytes.len() > 1 {
        line.labelled(", first ", bytes.len() as u64);
        line.text(" byte(s):");
        hex::with_ascii_behind(line, "\n\t ", bytes);
    }
}

pub(super) fn print(line: &mut Line<'_>, zmtp: &Zmtp<'_>) {
    line.text(": ZMTP/1.0");
    for frame in zmtp.frames() {
        print_frame(line, &frame);
    }
}

fn print_frame(line: &mut Line<'_>, frame: &ZmtpFrame<'_>) {
    line.text("\n\t frame flags+body ");
    line.text(if frame.is_long { "(64-bit) length" } else { " (8-bit) length" });
    if let Some(len) = frame.len {
        line.labelled(" ", len);
    }
    if let Some(flags) = frame.flags {
        if frame.is_truncated() {
            line.labelled(" (", frame.captured() as u64);
            line.text(" captured)");
        }
        line.labelled_hex(", flags ", flags, 2);
        if line.is_verbose() {
            print_bits(line, flags);
            print_body(line, frame.body());
        }
    }
    if frame.is_truncated() {
        line.truncated("zmtp1");
    }
}

/// Each bit by its name: all but the lowest must be zero.
fn print_bits(line: &mut Line<'_>, flags: u8) {
    let mut separator = " (";
    for bit in (0..8).rev() {
        line.text(separator);
        line.text(match (flags >> bit & 1, bit) {
            (0, _) => "-",
            (_, 0) => "MORE",
            _ => "MBZ",
        });
        separator = "|";
    }
    line.byte(b')');
}

fn print_body(line: &mut Line<'_>, body: &[u8]) {
    let most = if line.options.verbose == 1 { SHOWN } else { usize::MAX };
    let body = &body[..body.len().min(most)];
    if body.is_empty() {
        return;
    }
    line.labelled(", first ", body.len() as u64);
    line.text(" byte(s) of body:");
    hex::with_ascii_behind(line, "\n\t ", body);
}
