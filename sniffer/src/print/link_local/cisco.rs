//! What Cisco's switches say to each other of a link, behind SNAP: DTP and UDLD, in one line and with `-v` in full.

use crate::decode::{CiscoElement, Dtp, Layer, Payload, Udld};
use crate::print::line::Line;
use crate::print::tokens::{self, print_flags};

pub(in crate::print) fn print(line: &mut Line<'_>, layer: &Layer<'_>) {
    match layer {
        Layer::Dtp(dtp) => print_dtp(line, dtp).unwrap_or_else(|| line.truncated("dtp")),
        Layer::Udld(udld) => print_udld(line, udld).unwrap_or_else(|| line.truncated("udld")),
        _ => {}
    }
}

fn print_dtp(line: &mut Line<'_>, dtp: &Dtp<'_>) -> Option<()> {
    let claimed = dtp.whole().claimed();
    if claimed == 0 {
        line.text("[zero packet length]");
        line.invalid();
        return Some(());
    }
    line.labelled("DTPv", dtp.version()?);
    line.labelled(", length ", claimed);
    if line.is_verbose() { print_dtp_elements(line, dtp) } else { Some(()) }
}

fn print_dtp_elements(line: &mut Line<'_>, dtp: &Dtp<'_>) -> Option<()> {
    let mut rest = dtp.body();
    while rest.claimed() > 0 {
        let before = rest;
        let room = before.claimed();
        if room < CiscoElement::HEADER_LEN as u32 {
            line.labelled("[", room);
            line.text(" bytes remaining]");
            line.invalid();
            return before.all_captured();
        }
        let element = CiscoElement::read(&mut rest)?;
        if element.kind == 0 {
            return Some(());
        }
        line.text("\n\t");
        tokens::print_with_hex(line, DTP_ELEMENTS, element.kind, 4, "Unknown");
        line.labelled(" TLV, length ", element.len);
        let can_be = usize::from(element.len) >= CiscoElement::HEADER_LEN && u32::from(element.len) <= room;
        if !can_be {
            line.labelled("[invalid TLV length ", element.len);
            line.text("]");
        }
        if !can_be || !print_dtp_value(line, &element)? {
            line.invalid();
            return before.all_captured();
        }
    }
    Some(())
}

const DTP_ELEMENTS: &[(u16, &str)] = &[(1, "Domain"), (2, "Status"), (3, "DTP type"), (4, "Neighbor")];

/// Prints the value of an element; tells whether it can be so long.
fn print_dtp_value(line: &mut Line<'_>, element: &CiscoElement<'_>) -> Option<bool> {
    let value = element.value;
    match (element.kind, value.claimed()) {
        (1, _) => {
            line.text(", ");
            line.zero_padded(value)?;
        }
        (2 | 3, 1) => {
            let state: u8 = value.get(0)?;
            line.labelled_hex(", ", state, 1);
        }
        (4, 6) => {
            let neighbour: [u8; 6] = value.get(0)?;
            line.text(", ");
            line.mac(&neighbour);
        }
        (2..=4, _) => return Some(false),
        _ if value.is_truncated() => return None,
        _ => {}
    }
    Some(true)
}

fn print_udld(line: &mut Line<'_>, udld: &Udld<'_>) -> Option<()> {
    let claimed = udld.whole().claimed();
    if claimed < Udld::HEADER_LEN as u32 {
        line.invalid();
        return udld.whole().all_captured();
    }
    let (version, operation, flags) = (udld.version()?, udld.operation()?, udld.flags()?);
    line.labelled("UDLDv", version);
    line.text(", Code ");
    tokens::print_or(line, UDLD_OPERATIONS, operation, "Reserved");
    line.text(" (");
    line.hex_digits(operation, 1);
    line.text("), Flags [");
    print_flags(line, UDLD_FLAGS, flags);
    line.labelled_hex("] (", flags, 2);
    line.labelled("), length ", claimed);
    if line.is_verbose() {
        return print_udld_elements(line, udld);
    }
    udld.whole().all_captured()
}

fn print_udld_elements(line: &mut Line<'_>, udld: &Udld<'_>) -> Option<()> {
    let checksum = udld.checksum()?;
    line.labelled_hex("\n\tChecksum ", checksum, 4);
    line.text(" (unverified)");
    let mut rest = udld.whole().skip(Udld::HEADER_LEN);
    while rest.claimed() >= 4 {
        let (kind, len): (u16, u16) = (rest.read()?, rest.read()?);
        line.text("\n\t");
        tokens::print_with_hex(line, UDLD_ELEMENTS, kind, 4, "Unknown");
        line.labelled(" TLV, length ", len);
        let value = rest.with_claim(u32::from(len).saturating_sub(4));
        let fits = match kind {
            4 | 5 => len == 5,
            7 => len == 8,
            _ => len > 4,
        };
        if !fits || value.claimed() > rest.claimed() {
            line.invalid();
            return rest.all_captured();
        }
        print_udld_value(line, kind, value)?;
        value.all_captured()?;
        rest = rest.skip(value.claimed() as usize);
    }
    if rest.claimed() > 0 {
        line.invalid();
    }
    rest.all_captured()
}

fn print_udld_value(line: &mut Line<'_>, kind: u16, value: Payload<'_>) -> Option<()> {
    match kind {
        1 | 2 | 6 => {
            line.text(", ");
            line.zero_padded(value)?;
        }
        3 => {
            line.text(", ");
            line.untrusted(value.bytes());
        }
        4 | 5 => {
            line.labelled(", ", value.get::<u8>(0)?);
            line.byte(b's');
        }
        7 => line.labelled(", ", value.get::<u32>(0)?),
        _ => {}
    }
    Some(())
}

const UDLD_ELEMENTS: &[(u16, &str)] = &[
    (1, "Device-ID TLV"),
    (2, "Port-ID TLV"),
    (3, "Echo TLV"),
    (4, "Message Interval TLV"),
    (5, "Timeout Interval TLV"),
    (6, "Device Name TLV"),
    (7, "Sequence Number TLV"),
];

const UDLD_OPERATIONS: &[(u8, &str)] = &[(1, "Probe message"), (2, "Echo message"), (3, "Flush message")];

const UDLD_FLAGS: &[(u8, &str)] = &[
    (0x01, "RT"),
    (0x02, "RSY"),
    (0x04, "MBZ-2"),
    (0x08, "MBZ-3"),
    (0x10, "MBZ-4"),
    (0x20, "MBZ-5"),
    (0x40, "MBZ-6"),
    (0x80, "MBZ-7"),
];
