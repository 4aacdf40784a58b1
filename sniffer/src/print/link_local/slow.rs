//! Slow protocols: in one line, and with `-v` the elements of LACP, marker and OAM.

use crate::decode::{Payload, Slow, SlowElement, u24};
use crate::print::hex;
use crate::print::line::Line;
use crate::print::oui::OUIS;
use crate::print::tokens::{self, name, print_flags};

pub(in crate::print) fn print(line: &mut Line<'_>, slow: &Slow<'_>) {
    print_frame(line, slow).unwrap_or_else(|| line.truncated("slow"));
}

fn print_frame(line: &mut Line<'_>, slow: &Slow<'_>) -> Option<()> {
    let (claimed, has_version) = (slow.whole().claimed(), |subtype| subtype < Slow::OAM && subtype > 0);
    if claimed == 0 {
        too_short_for_header(line);
        return Some(());
    }
    let subtype = slow.subtype()?;
    if has_version(subtype) {
        if claimed < 2 {
            too_short_for_header(line);
            return Some(());
        }
        let version = slow.version()?;
        tokens::print_or(line, PROTOCOLS, subtype, "");
        if version != 1 {
            line.labelled(" version ", version);
            line.text(" packet not supported");
            return Some(());
        }
        line.labelled("v", version);
    } else {
        tokens::print(line, PROTOCOLS, subtype, ["unknown (", ")"]);
    }
    line.labelled(", length ", claimed);
    match subtype {
        Slow::LACP | Slow::MARKER if line.is_verbose() => print_elements(line, subtype, slow.body()),
        Slow::OAM if line.is_verbose() => print_oam(line, slow),
        Slow::LACP..=Slow::OAM => Some(()),
        _ => {
            hex::only(line, slow.whole().bytes());
            Some(())
        }
    }
}

fn too_short_for_header(line: &mut Line<'_>) {
    if line.is_verbose() {
        too_short(line);
    } else {
        line.text(" (packet is too short)");
    }
}

fn too_short(line: &mut Line<'_>) {
    line.text("\n\t\t packet is too short");
}

const PROTOCOLS: &[(u8, &str)] = &[(Slow::LACP, "LACP"), (Slow::MARKER, "MARKER"), (Slow::OAM, "OAM")];

/// What a list of elements says of one whose length cannot be; `None` where the element fits.
fn fault_of_length(line: &mut Line<'_>, element: &SlowElement<'_>, room: u32) -> Option<()> {
    if element.len < SlowElement::HEADER_LEN {
        line.labelled("\n\t    ERROR: illegal length - should be >= ", SlowElement::HEADER_LEN);
    } else if u32::from(element.len) > room {
        too_short(line);
    } else {
        return None;
    }
    Some(())
}

fn print_elements(line: &mut Line<'_>, subtype: u8, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        let room = rest.claimed();
        if room < SlowElement::HEADER_LEN.into() {
            too_short(line);
            return Some(());
        }
        let element = SlowElement::read(&mut rest)?;
        line.text("\n\t");
        tokens::print_or(line, ELEMENTS, (subtype, element.kind), "Unknown");
        line.labelled_hex(" TLV (", element.kind, 2);
        line.labelled("), length ", element.len);
        if element.kind == SlowElement::TERMINATOR || fault_of_length(line, &element, room).is_some() {
            return Some(());
        }
        if element.value.is_truncated() {
            return None;
        }
        let is_known = print_element(line, subtype, &element)?;
        if !is_known || line.options.verbose > 1 {
            hex::only_behind(line, "\n\t  ", element.value.bytes());
        }
    }
    Some(())
}

const ELEMENTS: &[((u8, u8), &str)] = &[
    ((Slow::LACP, 0), "Terminator"),
    ((Slow::LACP, 1), "Actor Information"),
    ((Slow::LACP, 2), "Partner Information"),
    ((Slow::LACP, 3), "Collector Information"),
    ((Slow::MARKER, 0), "Terminator"),
    ((Slow::MARKER, 1), "Marker Information"),
];

/// Prints what an element holds, and tells whether its kind is known.
fn print_element(line: &mut Line<'_>, subtype: u8, element: &SlowElement<'_>) -> Option<bool> {
    let value = element.value;
    let expected = match (subtype, element.kind) {
        (Slow::LACP, 1 | 2) => SlowElement::END_LEN,
        (Slow::LACP, 3) | (Slow::MARKER, 1) => 14,
        _ => return Some(false),
    };
    if value.claimed() != expected {
        line.labelled("\n\t    ERROR: illegal length - should be ", expected + 2);
        return Some(true);
    }
    match (subtype, element.kind) {
        (Slow::LACP, 3) => line.labelled("\n\t  Max Delay ", value.get::<u16>(0)?),
        (Slow::LACP, _) => print_end(line, element)?,
        _ => {
            line.text("\n\t  Request System ");
            line.mac(&value.get::<[u8; 6]>(2)?);
            line.labelled(", Request Port ", value.get::<u16>(0)?);
            line.text(", Request Transaction ID ");
            line.hex(value.get::<u32>(8)?, 8);
        }
    }
    Some(true)
}

fn print_end(line: &mut Line<'_>, element: &SlowElement<'_>) -> Option<()> {
    let end = element.end()?;
    line.text("\n\t  System ");
    line.mac(&end.system);
    line.labelled(", System Priority ", end.system_priority);
    line.labelled(", Key ", end.key);
    line.labelled(", Port ", end.port);
    line.labelled(", Port Priority ", end.port_priority);
    line.text("\n\t  State Flags [");
    print_flags(line, END_STATES, end.state);
    line.text("]");
    Some(())
}

const END_STATES: &[(u8, &str)] = &[
    (0x01, "Activity"),
    (0x02, "Timeout"),
    (0x04, "Aggregation"),
    (0x08, "Synchronization"),
    (0x10, "Collecting"),
    (0x20, "Distributing"),
    (0x40, "Default"),
    (0x80, "Expired"),
];

fn print_oam(line: &mut Line<'_>, slow: &Slow<'_>) -> Option<()> {
    if slow.whole().claimed() < 4 {
        too_short(line);
        return Some(());
    }
    let (code, flags) = (slow.oam_code()?, slow.oam_flags()?);
    line.text("\n\tCode ");
    tokens::print(line, OAM_CODES, code, ["Unknown (", ")"]);
    line.text(" OAM PDU, Flags [");
    print_flags(line, OAM_FLAGS, flags);
    line.text("]");
    let mut body = slow.oam_body();
    match code {
        0 => print_oam_elements(line, body, OAM_INFORMATION, " Information Type (", print_information),
        1 if body.claimed() < 2 => {
            too_short(line);
            Some(())
        }
        1 => {
            line.labelled("\n\t  Sequence Number ", body.read::<u16>()?);
            print_oam_elements(line, body, OAM_EVENTS, " Link Event Type (", print_event)
        }
        4 if body.claimed() == 0 => {
            too_short(line);
            Some(())
        }
        4 => {
            let command = body.get::<u8>(0)?;
            line.text("\n\t  Command ");
            tokens::print_numbered(line, OAM_COMMANDS, command, "Unknown");
            Some(())
        }
        _ => {
            if line.options.verbose == 1 {
                hex::only_behind(line, "\n\t  ", body.bytes());
            }
            Some(())
        }
    }
}

/// Prints the value of an element as a whole, type and length among it, and tells whether it is one that is known.
type PrintValue = fn(&mut Line<'_>, Payload<'_>) -> Option<bool>;

fn print_oam_elements(
    line: &mut Line<'_>,
    mut rest: Payload<'_>,
    names: &[(u8, &'static str)],
    label: &str,
    print_value: PrintValue,
) -> Option<()> {
    while rest.claimed() > 0 {
        let (whole, room) = (rest, rest.claimed());
        if room < SlowElement::HEADER_LEN.into() {
            too_short(line);
            return Some(());
        }
        let element = SlowElement::read(&mut rest)?;
        line.text("\n\t  ");
        tokens::print_or(line, names, element.kind, "Reserved");
        line.labelled(label, element.kind);
        line.labelled("), length ", element.len);
        if element.kind == SlowElement::TERMINATOR || fault_of_length(line, &element, room).is_some() {
            return Some(());
        }
        let whole = whole.with_claim(element.len.into());
        if whole.is_truncated() {
            return None;
        }
        let is_known = name(names, element.kind).is_some() && element.kind < 5 && print_value(line, whole)?;
        if !is_known || line.options.verbose > 1 {
            hex::only_behind(line, "\n\t  ", whole.bytes());
        }
    }
    Some(())
}

/// Prints that an element is not as long as its kind is; `None` where it is.
fn fault_of_kind(line: &mut Line<'_>, whole: Payload<'_>, expected: u32) -> Option<()> {
    (whole.claimed() != expected)
        .then(|| line.labelled("\n\t    ERROR: illegal length - should be ", expected))
}

fn print_information(line: &mut Line<'_>, whole: Payload<'_>) -> Option<bool> {
    if fault_of_kind(line, whole, 16).is_some() {
        return Some(false);
    }
    let (state, [a, b, c]) = (whole.get::<u8>(5)?, whole.get::<[u8; 3]>(9)?);
    let organisation = u24([a, b, c]);
    line.labelled("\n\t    OAM-Version ", whole.get::<u8>(2)?);
    line.labelled(", Revision ", whole.get::<u16>(3)?);
    line.text("\n\t    State-Parser-Action ");
    tokens::print_or(line, PARSER_STATES, state & 0x03, "Reserved");
    line.text(", State-MUX-Action ");
    line.text(if state & 0x04 == 0 { "forwarding" } else { "discarding" });
    line.text("\n\t    OAM-Config Flags [");
    print_flags(line, OAM_CONFIGURATION, whole.get::<u8>(6)?);
    line.labelled("], OAM-PDU-Config max-PDU size ", whole.get::<u16>(7)? & 0x07ff);
    line.text("\n\t    OUI ");
    tokens::print_with_hex(line, OUIS, organisation, 6, "Unknown");
    line.text(", Vendor-Private ");
    line.hex(whole.get::<u32>(12)?, 8);
    Some(true)
}

fn print_event(line: &mut Line<'_>, whole: Payload<'_>) -> Option<bool> {
    if fault_of_kind(line, whole, 40).is_some() {
        return Some(false);
    }
    line.labelled("\n\t    Timestamp ", u32::from(whole.get::<u16>(2)?) * 100);
    line.labelled(" ms, Errored Window ", whole.get::<u64>(4)?);
    line.labelled("\n\t    Errored Threshold ", whole.get::<u64>(12)?);
    line.labelled("\n\t    Errors ", whole.get::<u64>(20)?);
    line.labelled("\n\t    Error Running Total ", whole.get::<u64>(28)?);
    line.labelled("\n\t    Event Running Total ", whole.get::<u32>(36)?);
    Some(true)
}

const OAM_FLAGS: &[(u16, &str)] = &[
    (0x0001, "Link Fault"),
    (0x0002, "Dying Gasp"),
    (0x0004, "Critical Event"),
    (0x0008, "Local Evaluating"),
    (0x0010, "Local Stable"),
    (0x0020, "Remote Evaluating"),
    (0x0040, "Remote Stable"),
];
const OAM_CODES: &[(u8, &str)] = &[
    (0, "Information"),
    (1, "Event Notification"),
    (2, "Variable Request"),
    (3, "Variable Response"),
    (4, "Loopback Control"),
    (0xfe, "Vendor Private"),
];
const OAM_INFORMATION: &[(u8, &str)] =
    &[(0, "End of TLV marker"), (1, "Local"), (2, "Remote"), (0xfe, "Organization specific")];
const OAM_EVENTS: &[(u8, &str)] = &[
    (0, "End of TLV marker"),
    (1, "Errored Symbol Period Event"),
    (2, "Errored Frame Event"),
    (3, "Errored Frame Period Event"),
    (4, "Errored Frame Seconds Summary Event"),
    (0xfe, "Organization specific"),
];
const OAM_COMMANDS: &[(u8, &str)] = &[(1, "Enable OAM Remote Loopback"), (2, "Disable OAM Remote Loopback")];
const PARSER_STATES: &[(u8, &str)] =
    &[(0, "forwarding"), (1, "looping back"), (2, "discarding"), (3, "reserved")];
const OAM_CONFIGURATION: &[(u8, &str)] = &[
    (0x01, "Active"),
    (0x02, "Unidirectional"),
    (0x04, "Remote-Loopback"),
    (0x08, "Link-Events"),
    (0x10, "Variable-Retrieval"),
];
