//! Auto-RP: who offers to be the rendezvous point, or is, of which groups.

use std::net::Ipv4Addr;

use crate::decode::{AutoRp, Payload};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, message: &AutoRp<'_>) {
    print_message(line, message).unwrap_or_else(|| line.truncated("cisco_autorp"));
}

/// Prints a message; `None` where it is cut.
fn print_message(line: &mut Line<'_>, message: &AutoRp<'_>) -> Option<()> {
    if (message.whole().claimed() as usize) < AutoRp::HEADER_LEN {
        return None;
    }
    line.text(" auto-rp ");
    match message.kind()? {
        0x11 => line.text("candidate-advert"),
        0x12 => line.text("mapping"),
        kind => {
            line.text("type-");
            line.hex(kind, 2);
        }
    }
    let count = message.count()?;
    line.text(" Hold ");
    match message.hold()? {
        0 => line.text("FOREVER"),
        hold => tokens::print_duration(line, hold.into()),
    }
    let mut rest = message.body();
    (0..count).try_for_each(|_| print_point(line, &mut rest))
}

/// A rendezvous point and its groups.
fn print_point(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<()> {
    line.labelled_address(" RP ", rest.read::<Ipv4Addr>()?);
    let versions: u8 = rest.read()?;
    line.text([" PIMv?", " PIMv1", " PIMv2", " PIMv1+2"][usize::from(versions & 3)]);
    print_reserved(line, " ", versions);
    let groups: u8 = rest.read()?;
    for index in 0..groups {
        let [flags, prefix_len]: [u8; 2] = rest.read()?;
        let group = rest.read()?;
        line.byte(if index == 0 { b' ' } else { b',' });
        line.text(if flags & 1 == 0 { "" } else { "!" });
        line.ipv4(group);
        line.labelled("/", prefix_len);
        line.text(if flags & 2 == 0 { "" } else { " bidir" });
        print_reserved(line, "", flags);
    }
    Some(())
}

/// Bits that should be 0.
fn print_reserved(line: &mut Line<'_>, separator: &str, flags: u8) {
    let reserved = flags & 0xfc;
    if reserved != 0 {
        line.text(separator);
        line.text("[rsvd=");
        line.hex(reserved, 2);
        line.text("]");
    }
}
