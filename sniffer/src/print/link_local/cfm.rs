//! Connectivity fault management: the operation, with `-v` what it says, and elements.

use std::io::Write as _;

use super::cfm_elements;
use crate::decode::{Cfm, Payload};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Why nothing more is printed of a message.
pub(super) enum Stopped {
    /// It was not captured whole.
    Truncated,
    /// It ends before it should.
    TooShort,
    /// It contradicts itself, and that has been said.
    Said,
}

pub(super) type Printed = Result<(), Stopped>;

/// The value of a field that was captured.
pub(super) fn captured<T>(field: Option<T>) -> Result<T, Stopped> {
    field.ok_or(Stopped::Truncated)
}

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Cfm<'_>) {
    match print_message(line, message) {
        Err(Stopped::Truncated) => line.truncated("cfm"),
        Err(Stopped::TooShort) => line.text("\n\t\t packet is too short"),
        Ok(()) | Err(Stopped::Said) => {}
    }
}

fn print_message(line: &mut Line<'_>, message: &Cfm<'_>) -> Printed {
    let claimed = message.whole().claimed();
    if (claimed as usize) < Cfm::HEADER_LEN {
        return Err(Stopped::TooShort);
    }
    let (flags, first) = (captured(message.flags())?, captured(message.first_element())?);
    line.labelled("CFMv", captured(message.version())?);
    if message.version() != Some(0) {
        line.labelled(" not supported, length ", claimed);
        return Ok(());
    }
    line.byte(b' ');
    tokens::print(line, OPERATIONS, captured(message.operation())?, ["unknown (", ")"]);
    line.labelled(", MD Level ", captured(message.level())?);
    line.labelled(", length ", claimed);
    if !line.is_verbose() {
        return Ok(());
    }
    line.labelled("\n\tFirst TLV offset ", first);
    let body = message.body();
    if u32::from(first) > body.claimed() {
        line.labelled(" (too large, must be <= ", body.claimed());
        line.text(")");
        return Ok(());
    }
    match message.operation() {
        Some(Cfm::CONTINUITY_CHECK) => {
            let fields = room(line, body, first, 1, 70)?;
            print_continuity_check(line, flags, fields)?;
        }
        Some(Cfm::TRACE) => {
            let fields = room(line, body, first, 4, 17)?;
            print_trace(line, flags, fields)?;
        }
        Some(Cfm::TRACE_REPLY) => {
            let fields = room(line, body, first, 5, 6)?;
            print_trace_reply(line, flags, fields)?;
        }
        _ => {
            let len = body.claimed() - u32::from(first);
            hex::only_behind(line, "\n\t  ", body.with_claim(len).bytes());
        }
    }
    cfm_elements::print(line, body.skip(first.into()))
}

const OPERATIONS: &[(u8, &str)] = &[
    (1, "Continuity Check Message"),
    (2, "Loopback Reply"),
    (3, "Loopback Message"),
    (4, "Linktrace Reply"),
    (5, "Linktrace Message"),
];

/// The fields of an operation, if elements begin behind them and they were captured whole.
fn room<'a>(
    line: &mut Line<'_>,
    body: Payload<'a>,
    first: u8,
    number: u8,
    len: u8,
) -> Result<Payload<'a>, Stopped> {
    if first < len {
        line.labelled(" (too small ", number);
        line.labelled(", must be >= ", len);
        line.text(")");
        return Err(Stopped::Said);
    }
    let fields = body.with_claim(len.into());
    captured(fields.all_captured())?;
    Ok(fields)
}

fn print_continuity_check(line: &mut Line<'_>, flags: u8, mut fields: Payload<'_>) -> Printed {
    /// Seconds between messages, by the lowest bits of the flags.
    const INTERVALS: [f32; 8] = [0.0, 0.003_333, 0.01, 0.1, 1.0, 10.0, 60.0, 600.0];
    /// Bytes of the names of domain and association.
    const NAMES_LEN: u32 = 48;
    let interval = usize::from(flags & 7);
    line.labelled(", Flags [CCM Interval ", interval as u64);
    line.text(if flags & 0x80 == 0 { "]" } else { ", RDI]" });
    if interval > 0 {
        let seconds = f64::from(INTERVALS[interval]);
        let (least, most) = (seconds * 3.25, seconds * 3.5);
        // A vector takes everything.
        let _ = write!(
            line.out,
            "\n\t  CCM Interval {seconds:.3}s, min CCM Lifetime {least:.3}s, max CCM Lifetime {most:.3}s"
        );
    }
    line.text("\n\t  Sequence Number ");
    line.hex(captured(fields.read::<u32>())?, 8);
    line.text(", MA-End-Point-ID ");
    line.hex(captured(fields.read::<u16>())?, 4);
    let association = print_domain(line, fields.with_claim(NAMES_LEN))?;
    print_association(line, association)
}

/// The domain's name; gives what is behind it.
fn print_domain<'a>(line: &mut Line<'_>, mut names: Payload<'a>) -> Result<Payload<'a>, Stopped> {
    /// There is none.
    const NONE: u8 = 1;
    let format: u8 = captured(names.read())?;
    line.text("\n\t  MD Name Format ");
    tokens::print_numbered(line, DOMAIN_FORMATS, format, "Unknown");
    if format == NONE {
        return Ok(names);
    }
    let len: u8 = captured(names.read())?;
    line.labelled(", MD Name length ", len);
    if u32::from(len) > names.claimed() - 3 {
        line.labelled(" (too large, must be <= ", names.claimed() - 2);
        line.text(")");
        return Err(Stopped::Said);
    }
    let name = names.with_claim(len.into());
    line.text("\n\t  MD Name: ");
    match (format, name.bytes()) {
        (2 | 4, _) => captured(line.zero_padded(name))?,
        (3, address @ [_, _, _, _, _, _]) => {
            line.text("\n\t  MAC ");
            line.mac(address);
        }
        (3, _) => line.text("\n\t  MAC (length invalid)"),
        (_, bytes) => hex::only_behind(line, "\n\t    ", bytes),
    }
    Ok(names.skip(len.into()))
}

const DOMAIN_FORMATS: &[(u8, &str)] = &[
    (0, "IEEE 802.1"),
    (1, "No MD Name present"),
    (2, "DNS string"),
    (3, "MAC + 16Bit Integer"),
    (4, "Character string"),
];

/// The name of the association within the domain.
fn print_association(line: &mut Line<'_>, mut names: Payload<'_>) -> Printed {
    /// A name that is text.
    const TEXT: u8 = 2;
    let [format, len]: [u8; 2] = captured(names.read())?;
    line.text("\n\t  MA Name-Format ");
    tokens::print_numbered(line, ASSOCIATION_FORMATS, format, "Unknown");
    line.labelled(", MA name length ", len);
    if u32::from(len) > names.claimed() {
        line.labelled(" (too large, must be <= ", names.claimed());
        line.text(")");
        return Err(Stopped::Said);
    }
    let name = names.with_claim(len.into());
    line.text("\n\t  MA Name: ");
    if format == TEXT {
        return captured(line.zero_padded(name));
    }
    hex::only_behind(line, "\n\t    ", name.bytes());
    Ok(())
}

const ASSOCIATION_FORMATS: &[(u8, &str)] = &[
    (0, "IEEE 802.1"),
    (1, "Primary VID"),
    (2, "Character string"),
    (3, "16Bit Integer"),
    (4, "RFC2685 VPN-ID"),
];

fn print_transaction(line: &mut Line<'_>, fields: &mut Payload<'_>) -> Printed {
    line.text("\n\t  Transaction-ID ");
    line.hex(captured(fields.read::<u32>())?, 8);
    line.labelled(", ttl ", captured(fields.read::<u8>())?);
    Ok(())
}

fn print_trace(line: &mut Line<'_>, flags: u8, mut fields: Payload<'_>) -> Printed {
    line.text(", Flags [");
    tokens::print_flags(line, &[(0x80_u8, "Use Forwarding-DB only")], flags);
    line.text("]");
    print_transaction(line, &mut fields)?;
    line.text("\n\t  Original-MAC ");
    line.mac(&captured(fields.read::<[u8; 6]>())?);
    line.text(", Target-MAC ");
    line.mac(&captured(fields.read::<[u8; 6]>())?);
    Ok(())
}

fn print_trace_reply(line: &mut Line<'_>, flags: u8, mut fields: Payload<'_>) -> Printed {
    line.text(", Flags [");
    tokens::print_flags(line, &[(0x80_u8, "UseFDB Only"), (0x40, "FwdYes"), (0x20, "Terminal MEP")], flags);
    line.text("]");
    print_transaction(line, &mut fields)?;
    let action: u8 = captured(fields.read())?;
    line.text("\n\t  Replay-Action ");
    tokens::print_numbered(
        line,
        &[(1_u8, "Exact Match"), (2, "Filtering DB"), (3, "MIP CCM DB")],
        action,
        "Unknown",
    );
    Ok(())
}
