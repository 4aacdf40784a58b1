//! ZMTP/1.0: a line a frame, with `-v` its body.

use crate::decode::{Zmtp, ZmtpFrame};
use crate::print::hex;
use crate::print::line::Line;

/// The most bytes of a body that one `-v` shows.
const SHOWN: usize = 128;

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
