//! The precision time protocol.

use crate::decode::{Payload, Ptp};
use crate::print::line::Line;
use crate::print::tokens::{self, print_flags};

/// The word before a time stamp in messages that tell when they were sent.
const ORIGIN: &str = ", originTimeStamp :";
/// The word before the time stamp of an earlier message.
const PRECISE_ORIGIN: &str = ", preciseOriginTimeStamp :";
/// The word before the time at which a request came in.
const RECEIVED: &str = ", receiveTimeStamp :";

pub(in crate::print) fn print(line: &mut Line<'_>, ptp: &Ptp<'_>) {
    let claimed = ptp.whole().claimed();
    if claimed < Ptp::HEADER_LEN as u32 {
        line.labelled(" [length ", claimed);
        line.text(" < 34]");
        return line.invalid();
    }
    print_message(line, ptp).unwrap_or_else(|| line.truncated("ptp"));
}

fn print_message(line: &mut Line<'_>, ptp: &Ptp<'_>) -> Option<()> {
    let version = ptp.version()?;
    line.labelled("PTPv", version);
    match version {
        1 => line.text(" (not implemented)"),
        2 => return print_header(line, ptp),
        _ => {}
    }
    Some(())
}

fn print_header(line: &mut Line<'_>, ptp: &Ptp<'_>) -> Option<()> {
    let (first, kind) = (ptp.first()?, ptp.kind()?);
    line.text(if first & 0x10 == 0 { ", v1 compat : no" } else { ", v1 compat : yes" });
    line.text(", msg type : ");
    tokens::print_or(line, TYPES, kind, "Reserved");
    line.labelled(", length : ", ptp.length()?);
    line.labelled(", domain : ", ptp.domain()?);
    line.labelled(", reserved1 : ", ptp.reserved()?);
    line.text(", Flags [");
    print_flags(line, FLAGS, ptp.flags()?);
    line.labelled("], NS correction : ", be48(ptp.correction()?));
    line.labelled(", sub NS correction : ", ptp.fine_correction()?);
    line.labelled(", reserved2 : ", ptp.specific()?);
    line.text(", clock identity : ");
    line.hex(ptp.clock()?, 1);
    line.labelled(", port id : ", ptp.port()?);
    line.labelled(", seq id : ", ptp.sequence()?);
    let control = ptp.control()?;
    line.labelled(", control : ", control);
    line.text(" (");
    tokens::print_or(line, CONTROLS, control, "Reserved");
    line.labelled("), log message interval : ", ptp.interval()?);
    print_body(line, kind, ptp.whole().skip(Ptp::HEADER_LEN))
}

fn print_body(line: &mut Line<'_>, kind: u8, mut at: Payload<'_>) -> Option<()> {
    match kind {
        0 | 1 => print_time(line, ORIGIN, " seconds,", &mut at),
        8 => print_time(line, PRECISE_ORIGIN, " seconds,", &mut at),
        2 | 10 => {
            print_time(line, PRECISE_ORIGIN, " seconds,", &mut at)?;
            print_port(line, &mut at)
        }
        3 | 9 => {
            print_time(line, RECEIVED, " seconds,", &mut at)?;
            print_port(line, &mut at)
        }
        11 => print_announcement(line, &mut at),
        12 => print_port(line, &mut at),
        13 => print_management(line, &mut at),
        _ => Some(()),
    }
}

fn print_time(line: &mut Line<'_>, label: &str, unit: &str, at: &mut Payload<'_>) -> Option<()> {
    line.text(label);
    line.labelled(" ", be48(at.read()?));
    line.text(unit);
    line.labelled(" ", at.read::<u32>()?);
    line.text(" nanoseconds");
    Some(())
}

fn print_port(line: &mut Line<'_>, at: &mut Payload<'_>) -> Option<()> {
    line.text(", port identity : ");
    line.hex(at.read::<u64>()?, 1);
    line.labelled(", port id : ", at.read::<u16>()?);
    Some(())
}

fn print_announcement(line: &mut Line<'_>, at: &mut Payload<'_>) -> Option<()> {
    print_time(line, ORIGIN, " seconds", at)?;
    line.labelled(", origin cur utc :", at.read::<u16>()?);
    line.labelled(", rsvd : ", at.read::<u8>()?);
    line.labelled(", gm priority_1 : ", at.read::<u8>()?);
    line.labelled(", gm clock class : ", at.read::<u8>()?);
    line.labelled(", gm clock accuracy : ", at.read::<u8>()?);
    line.labelled(", gm clock variance : ", at.read::<u16>()?);
    line.labelled(", gm priority_2 : ", at.read::<u8>()?);
    line.text(", gm clock id : ");
    line.hex(at.read::<u64>()?, 1);
    line.labelled(", steps removed : ", at.read::<u16>()?);
    line.text(", time source : ");
    line.hex(at.read::<u8>()?, 1);
    Some(())
}

fn print_management(line: &mut Line<'_>, at: &mut Payload<'_>) -> Option<()> {
    print_port(line, at)?;
    line.labelled(", , start boundary hops  ", at.read::<u8>()?);
    line.labelled(", , boundary hops  ", at.read::<u8>()?);
    line.text(", , flags  ");
    line.hex(at.read::<u8>()?, 1);
    line.text(", , reserved  ");
    line.hex(at.read::<u8>()?, 1);
    Some(())
}

fn be48(bytes: [u8; 6]) -> u64 {
    bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

const TYPES: &[(u8, &str)] = &[
    (0, "sync msg"),
    (1, "delay req msg"),
    (2, "peer delay req msg"),
    (3, "peer delay resp msg"),
    (8, "follow up msg"),
    (9, "delay resp msg"),
    (10, "pdelay resp fup msg"),
    (11, "announce msg"),
    (12, "signalling msg"),
    (13, "management msg"),
];

const CONTROLS: &[(u8, &str)] =
    &[(0, "Sync"), (1, "Delay_Req"), (2, "Follow_Up"), (3, "Delay_Resp"), (4, "Management"), (5, "Other")];

const FLAGS: &[(u16, &str)] = &[
    (0x0001, "l1 61"),
    (0x0002, "l1 59"),
    (0x0004, "utc reasonable"),
    (0x0008, "timescale"),
    (0x0010, "time tracable"),
    (0x0020, "frequency tracable"),
    (0x0100, "alternate master"),
    (0x0200, "two step"),
    (0x0400, "unicast"),
    (0x1000, "profile specific 1"),
    (0x2000, "profile specific 2"),
    (0x4000, "security mask"),
    (0x18c0, "unknown"),
];
