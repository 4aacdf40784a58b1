//! Elements of LDP: sessions, addresses, labels, failures.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Printed, captured, classes};
use crate::decode::{LdpElement, Payload};
use crate::print::hex;
use crate::print::line::Line;
use crate::print::tokens::{self, ADDRESS_FAMILIES};

/// Prints elements up to the end of their message.
pub(super) fn print(line: &mut Line<'_>, mut rest: Payload<'_>, mut room: u16) -> Printed {
    while room >= LdpElement::HEADER_LEN {
        let element = LdpElement::new(rest);
        let length = captured(element.length())?;
        let taken = u32::from(length) + u32::from(LdpElement::HEADER_LEN);
        if taken > u32::from(room) {
            line.text("\n\t\t TLV contents go past end of message");
            break;
        }
        print_element(line, &element, length)?;
        rest = rest.skip(taken as usize);
        room -= taken as u16;
    }
    Ok(())
}

fn print_element(line: &mut Line<'_>, element: &LdpElement<'_>, length: u16) -> Printed {
    let (kind, flags) = (captured(element.kind())?, captured(element.kind_and_flags())?);
    line.text("\n\t    ");
    tokens::print_or(line, ELEMENTS, kind, "Unknown");
    line.text(" TLV (");
    line.hex(kind, 4);
    line.labelled("), length: ", length);
    line.text(if flags & 0x8000 == 0 {
        ", Flags: [ignore and "
    } else {
        ", Flags: [continue processing and "
    });
    line.text(if flags & 0x4000 == 0 { "don't" } else { "do" });
    line.text(" forward if unknown]");
    let least = LEAST.iter().find(|(of, _)| *of == kind).map_or(0, |(_, least)| *least);
    let value = element.behind_header();
    if has_room(line, length, least) { captured(print_value(line, kind, value, length)) } else { Ok(()) }
}

/// Says so where an element has less than it needs.
pub(super) fn has_room(line: &mut Line<'_>, len: u16, least: u16) -> bool {
    if len < least {
        line.labelled(" [tlv length ", len);
        line.labelled(" < ", least);
        line.text("]");
        line.invalid();
    }
    len >= least
}

const ELEMENTS: &[(u16, &str)] = &[
    (0x0100, "FEC"),
    (0x0101, "Address List"),
    (0x0103, "Hop Count"),
    (0x0104, "Path Vector"),
    (0x0200, "Generic Label"),
    (0x0201, "ATM Label"),
    (0x0202, "Frame-Relay Label"),
    (0x0300, "Status"),
    (0x0301, "Extended Status"),
    (0x0302, "Returned PDU"),
    (0x0303, "Returned Message"),
    (0x0400, "Common Hello Parameters"),
    (0x0401, "IPv4 Transport Address"),
    (0x0402, "Configuration Sequence Number"),
    (0x0403, "IPv6 Transport Address"),
    (0x0500, "Common Session Parameters"),
    (0x0501, "ATM Session Parameters"),
    (0x0502, "Frame-Relay Session Parameters"),
    (0x0503, "Fault-Tolerant Session Parameters"),
    (0x0600, "Label Request Message ID"),
    (0x0601, "MTU"),
];

/// Bytes that elements need.
const LEAST: &[(u16, u16)] = &[
    (0x0100, 1),
    (0x0101, 2),
    (0x0200, 4),
    (0x0300, 8),
    (0x0400, 4),
    (0x0401, 4),
    (0x0402, 4),
    (0x0403, 16),
    (0x0500, 8),
    (0x0503, 12),
    (0x0601, 2),
];

/// Prints what is in an element; `None` where that is cut.
fn print_value(line: &mut Line<'_>, kind: u16, mut value: Payload<'_>, length: u16) -> Option<()> {
    match kind {
        0x0100 => return classes::print(line, value, length),
        0x0101 => return print_addresses(line, value, length),
        0x0200 => line.labelled("\n\t      Label: ", value.get::<u32>(0)? & 0x000f_ffff),
        0x0300 => return print_status(line, value),
        0x0400 => return print_hello(line, value),
        0x0401 => line.labelled_address("\n\t      IPv4 Transport Address: ", value.read::<Ipv4Addr>()?),
        0x0402 => line.labelled("\n\t      Sequence Number: ", value.get::<u32>(0)?),
        0x0403 => line.labelled_address("\n\t      IPv6 Transport Address: ", value.read::<Ipv6Addr>()?),
        0x0500 => return print_session(line, value),
        0x0503 => return print_fault_tolerance(line, value),
        0x0601 => line.labelled("\n\t      MTU: ", value.get::<u16>(0)?),
        _ if line.options.verbose > 1 => {}
        _ => hex::only_behind(line, "\n\t      ", value.with_claim(length.into()).bytes()),
    }
    Some(())
}

fn print_hello(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    let [hold, flags]: [u16; 2] = [value.read()?, value.read()?];
    line.labelled("\n\t      Hold Time: ", hold);
    line.text(if flags & 0x8000 == 0 { "s, Flags: [Link Hello" } else { "s, Flags: [Targeted Hello" });
    line.text(if flags & 0x4000 == 0 { "]" } else { ", Request for targeted Hellos]" });
    Some(())
}

fn print_addresses(line: &mut Line<'_>, mut value: Payload<'_>, length: u16) -> Option<()> {
    let family: u16 = value.read()?;
    line.text("\n\t      Address Family: ");
    tokens::print(line, ADDRESS_FAMILIES, family, ["Unknown (", ")"]);
    line.text(", addresses");
    let len = length - 2;
    match family {
        1 => (0..len / 4).try_for_each(|_| {
            line.labelled_address(" ", value.read::<Ipv4Addr>()?);
            Some(())
        }),
        2 => (0..len / 16).try_for_each(|_| {
            line.labelled_address(" ", value.read::<Ipv6Addr>()?);
            Some(())
        }),
        _ => Some(()),
    }
}

fn print_session(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    let [version, interval, _, flags]: [u16; 4] =
        [value.read()?, value.read()?, value.read()?, value.read()?];
    line.labelled("\n\t      Version: ", version);
    line.labelled(", Keepalive: ", interval);
    line.text("s, Flags: [Downstream ");
    line.text(if flags & 0x8000 == 0 { "Unsolicited" } else { "On Demand" });
    line.text(if flags & 0x4000 == 0 { ", Loop Detection Disabled]" } else { ", Loop Detection Enabled]" });
    Some(())
}

fn print_status(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    let status: u32 = value.read()?;
    line.text("\n\t      Status: ");
    line.hex(status & 0x3fff_ffff, 2);
    line.text(if status >> 31 == 0 {
        ", Flags: [Advisory Notification and "
    } else {
        ", Flags: [Fatal error and "
    });
    line.text(if status & 0x4000_0000 == 0 { "don't forward]" } else { "do forward]" });
    let cause: u32 = value.read()?;
    if cause != 0 {
        line.text(", causing Message ID: ");
        line.hex(cause, 8);
    }
    Some(())
}

/// What a session keeps when it breaks.
fn print_fault_tolerance(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    let flags: u16 = value.read()?;
    let word = |bit: u16, unset: &'static str, set: &'static str| if flags & bit == 0 { unset } else { set };
    line.text("\n\t      Flags: [");
    line.text(word(0x8000, "No ", ""));
    line.text("Reconnect, ");
    line.text(word(8, "Don't ", ""));
    line.text("Save State, ");
    line.text(word(4, "No ", ""));
    line.text("All-Label Protection, ");
    line.text(word(2, "All Labels", "Sequence Numbered Label"));
    line.text(" Checkpoint, ");
    line.text(word(1, "Don't ", ""));
    line.text("Re-Learn State]");
    value.read::<u16>()?;
    for label in [", Reconnect Timeout: ", ", Recovery Time: "] {
        let time: u32 = value.read()?;
        if time != 0 {
            line.labelled(label, time);
            line.text("ms");
        }
    }
    Some(())
}
