//! Cisco's HDLC: the headers of frames, and SLARP, which keeps the line alive.

use crate::decode::{Chdlc, Slarp};
use crate::print::line::Line;
use crate::print::tokens::ETHER_TYPES;
use crate::print::{hex, tokens};

/// Prints a header of Cisco's HDLC.
pub(in crate::print) fn print(line: &mut Line<'_>, chdlc: &Chdlc<'_>) {
    let protocol = chdlc.protocol();
    if line.options.link_header {
        tokens::print_or_hex(line, &[(0x0f_u8, "unicast"), (0x8f, "bcast")], chdlc.address(), 2, ["", ""]);
        line.text(", ethertype ");
        tokens::print_with_hex(line, ETHER_TYPES, protocol, 4, "Unknown");
        line.labelled(", length ", chdlc.frame_len());
        line.text(": ");
    } else if !matches!(protocol, 0x0800 | 0x86dd | 0x8847 | 0x8848 | 0x8035 | 0xfefe) {
        line.labelled_hex("unknown CHDLC protocol (", protocol, 4);
        line.text(")");
    }
}

/// Prints what keeps a line of Cisco's HDLC alive.
pub(in crate::print) fn print_slarp(line: &mut Line<'_>, slarp: &Slarp<'_>) {
    print_slarp_message(line, slarp).unwrap_or_else(|| line.truncated("chdlc_slarp"));
}

fn print_slarp_message(line: &mut Line<'_>, slarp: &Slarp<'_>) -> Option<()> {
    let claimed = slarp.whole().claimed();
    line.labelled("SLARP (length: ", claimed);
    line.text("), ");
    slarp.whole().get::<[u8; Slarp::MIN_LEN]>(0)?;
    match slarp.kind()? {
        0 => line.text("request"),
        1 => {
            line.text("reply ");
            line.ipv4(slarp.address()?);
            line.byte(b'/');
            line.ipv4(slarp.mask()?);
        }
        2 => {
            line.text("keepalive: mineseen=");
            line.hex(slarp.sequence()?, 8);
            line.text(", yourseen=");
            line.hex(slarp.seen()?, 8);
            line.text(", reliability=");
            line.hex(slarp.reliability()?, 4);
            if claimed >= Slarp::UPTIME_LEN as u32 {
                print_uptime(line, slarp.uptime()? / 1000);
            }
        }
        kind => {
            line.hex(kind, 2);
            line.text(" unknown");
            if line.options.verbose < 2 {
                hex::only(line, slarp.whole().skip(4).bytes());
            }
        }
    }
    if line.is_verbose() && claimed > Slarp::UPTIME_LEN as u32 {
        line.labelled(", (trailing junk: ", claimed - Slarp::UPTIME_LEN as u32);
        line.text(" bytes)");
    }
    if line.options.verbose > 1 {
        hex::only(line, slarp.whole().skip(4).bytes());
    }
    Some(())
}

fn print_uptime(line: &mut Line<'_>, seconds: u32) {
    line.labelled(", link uptime=", seconds / 86_400);
    line.labelled("d", seconds / 3600 % 24);
    line.labelled("h", seconds / 60 % 60);
    line.labelled("m", seconds % 60);
    line.text("s");
}
