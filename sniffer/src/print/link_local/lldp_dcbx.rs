//! Data center bridging in LLDP, for `-v`: the elements of IEEE 802.1 and the exchange that was before them (DCBX 1.01).

use super::lldp_private::print_kind;
use crate::decode::{LldpElements, Payload, u24};
use crate::print::hex;
use crate::print::line::Line;

/// Prints an element of IEEE 802.1 behind its name; tells whether its kind is known, and nothing where it is too short.
pub(super) fn print_8021(line: &mut Line<'_>, kind: u8, value: Payload<'_>) -> Option<bool> {
    match kind {
        8 => print_congestion(line, value)?,
        9 => print_transmission(line, value, true)?,
        10 => print_transmission(line, value, false)?,
        11 => print_flow_control(line, value)?,
        12 => print_applications(line, value)?,
        13 => print_edge(line, value)?,
        14 => print_channels(line, value)?,
        _ => return Some(false),
    }
    Some(true)
}

/// The bits of a byte from the lowest on, under their numbers.
fn print_bits(line: &mut Line<'_>, label: &str, bits: u8) {
    line.text("\n\t    ");
    line.text(label);
    line.text("\n\t     Priority : 0  1  2  3  4  5  6  7\n\t     Value    : ");
    for bit in 0..8 {
        line.number(bits >> bit & 1);
        line.text("  ");
    }
}

/// Numbers under each other, each in a column of three.
fn print_columns(line: &mut Line<'_>, values: impl Iterator<Item = u8>) {
    for (index, value) in values.enumerate() {
        line.text(if index > 0 { " " } else { "" });
        line.number(value);
        line.text(if value < 10 {
            "  "
        } else if value < 100 {
            " "
        } else {
            ""
        });
    }
}

fn print_congestion(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let [indicator, ready]: [u8; 2] = value.get(0)?;
    print_bits(line, "Pre-Priority CNPV Indicator", indicator);
    print_bits(line, "Pre-Priority Ready Indicator", ready);
    Some(())
}

/// Enhanced transmission selection: how a configuration or a recommendation shares a link.
fn print_transmission(line: &mut Line<'_>, value: Payload<'_>, is_configuration: bool) -> Option<()> {
    let (flags, priorities): (u8, [u8; 4]) = (value.get(0)?, value.get(1)?);
    let (bandwidths, algorithms): ([u8; 8], [u8; 8]) = (value.get(5)?, value.get(13)?);
    if is_configuration {
        line.labelled("\n\t    Willing:", flags >> 7);
        line.labelled(", CBS:", flags >> 6 & 2);
        line.labelled(", RES:", flags >> 3 & 7);
        line.labelled(", Max TCs:", flags & 7);
    } else {
        line.labelled("\n\t    RES: ", flags);
    }
    line.text("\n\t    Priority Assignment Table\n\t     Priority : 0   1   2   3   4   5   6   7\n\t     Value    : ");
    print_columns(line, priorities.iter().flat_map(|pair| [pair >> 4, pair & 0x0f]));
    line.text("\n\t    TC Bandwidth Table\n\t     TC%   : 0   1   2   3   4   5   6   7\n\t     Value : ");
    print_columns(line, bandwidths.into_iter());
    line.text("\n\t    TSA Assignment Table\n\t     Traffic Class: 0   1   2   3   4   5   6   7\n\t     Value        : ");
    print_columns(line, algorithms.into_iter());
    Some(())
}

fn print_flow_control(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let [flags, enabled]: [u8; 2] = value.get(0)?;
    line.labelled("\n\t    Willing: ", flags >> 7);
    line.labelled(", MBC: ", flags >> 6 & 1);
    line.labelled(", RES: ", flags >> 4 & 3);
    line.labelled(", PFC cap:", flags & 0x0f);
    line.byte(b' ');
    print_bits(line, "PFC Enable", enabled);
    Some(())
}

fn print_applications(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    line.labelled("\n\t    RES: ", value.read::<u8>()?);
    if value.claimed() == 0 || !value.claimed().is_multiple_of(3) {
        return None;
    }
    line.text("\n\t    Application Priority Table");
    while let Some([flags, high, low]) = value.read::<[u8; 3]>() {
        line.labelled("\n\t      Priority: ", flags >> 5);
        line.labelled(", RES: ", flags >> 3 & 3);
        line.labelled(", Sel: ", flags & 7);
        line.labelled(", Protocol ID: ", u16::from_be_bytes([high, low]));
    }
    Some(())
}

/// Edge virtual bridging.
fn print_edge(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let [bridge, station, retries, mode, alive]: [u8; 5] = value.get(0)?;
    line.labelled("\n\t    EVB Bridge Status\n\t      RES: ", bridge >> 3);
    line.labelled(", BGID: ", bridge >> 2 & 1);
    line.labelled(", RRCAP: ", bridge >> 1 & 1);
    line.labelled(", RRCTR: ", bridge & 1);
    line.labelled("\n\t    EVB Station Status\n\t      RES: ", station >> 4);
    line.labelled(", SGID: ", station >> 3 & 1);
    line.labelled(", RRREQ: ", station >> 2 & 1);
    line.labelled(",RRSTAT: ", station & 3);
    line.labelled("\n\t    R: ", retries >> 5);
    line.labelled(", RTE: ", retries & 0x1f);
    line.text(", EVB Mode: ");
    line.text(EDGE_MODES[usize::from(mode >> 6)]);
    line.labelled(" [", mode >> 6);
    line.labelled("]\n\t    ROL: ", mode >> 5 & 1);
    line.labelled(", RWD: ", mode & 0x1f);
    line.labelled(", RES: ", alive >> 6);
    line.labelled(", ROL: ", alive >> 5 & 1);
    line.labelled(", RKA: ", alive & 0x1f);
    Some(())
}

const EDGE_MODES: [&str; 4] =
    ["Not Supported", "EVB Bridge", "EVB Station", "Reserved for future Standardization"];

fn print_channels(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let (flags, capability): (u8, u16) = (value.get(0)?, value.get(2)?);
    line.labelled("\n\t    Role: ", flags >> 7);
    line.labelled(", RES: ", flags >> 4 & 7);
    line.labelled(", Scomp: ", flags >> 3 & 1);
    line.labelled(" ChnCap: ", capability & 0x0fff);
    let mut rest = value.skip(4);
    if !rest.claimed().is_multiple_of(3) {
        return None;
    }
    while let Some([a, b, c]) = rest.read::<[u8; 3]>() {
        let pair = u24([a, b, c]);
        line.labelled("\n\t    SCID: ", pair >> 12);
        line.labelled(", SVID: ", pair & 0x0fff);
    }
    Some(())
}

/// Prints the exchange of version 1.01; tells whether its last element is known.
pub(super) fn print_exchange(line: &mut Line<'_>, kind: u8, value: Payload<'_>) -> Option<bool> {
    print_kind(line, EXCHANGES, kind);
    if kind == 1 {
        return Some(false);
    }
    let mut is_known = true;
    for element in LldpElements::new(value) {
        is_known = true;
        if element.kind == 0 || element.value.claimed() == 0 || element.value.is_truncated() {
            break;
        }
        is_known = print_feature(line, element.kind, element.value)?;
        if line.options.verbose > 1 || !is_known {
            hex::only_behind(line, "\n\t    ", element.value.bytes());
        }
    }
    Some(is_known)
}

const EXCHANGES: &[(u8, &str)] =
    &[(1, "DCB Capability Exchange Protocol Rev 1"), (2, "DCB Capability Exchange Protocol Rev 1.01")];

/// Prints a feature; tells whether it is known, and nothing where it is too short.
fn print_feature(line: &mut Line<'_>, kind: u8, value: Payload<'_>) -> Option<bool> {
    let (name, least) = match kind {
        1 => ("Control - Protocol Control", 10),
        2 => ("Feature - Priority Group", 17),
        3 => ("Feature - Priority Flow Control", 6),
        4 => ("Feature - Application", 4),
        _ => return Some(false),
    };
    if value.claimed() < least {
        return None;
    }
    line.text("\n\t    ");
    line.text(name);
    line.labelled_hex(" (type ", kind, 1);
    line.labelled(", length ", value.claimed());
    line.byte(b')');
    let [operating, highest, flags, subtype]: [u8; 4] = value.get(0)?;
    line.labelled("\n\t      Oper_Version: ", operating);
    line.labelled("\n\t      Max_Version: ", highest);
    if kind == 1 {
        line.labelled("\n\t      Sequence Number: ", value.get::<u32>(2)?);
        line.labelled("\n\t      Acknowledgement Number: ", value.get::<u32>(6)?);
        return Some(true);
    }
    line.text("\n\t      Info block(0x");
    line.upper_hex_bytes(&[flags]);
    line.labelled("): Enable bit: ", flags >> 7);
    line.labelled(", Willing bit: ", flags >> 6 & 1);
    line.labelled(", Error Bit: ", flags >> 5 & 1);
    line.labelled("\n\t      SubType: ", subtype);
    match kind {
        2 => print_groups(line, value)?,
        3 => print_enabled(line, value)?,
        _ => print_protocols(line, value.skip(4)),
    }
    Some(true)
}

fn print_groups(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let (groups, shares): (u32, [u8; 8]) = (value.get(4)?, value.get(8)?);
    line.text("\n\t      Priority Allocation");
    for index in 0..8_u32 {
        line.labelled("\n\t          PgId_", index);
        line.labelled(": ", groups >> (28 - 4 * index) & 0x0f);
    }
    line.text("\n\t      Priority Group Allocation");
    for (index, share) in shares.iter().enumerate() {
        line.labelled("\n\t          Pg percentage[", index as u64);
        line.labelled("]: ", *share);
    }
    line.labelled("\n\t      NumTCsSupported: ", value.get::<u8>(16)?);
    Some(())
}

fn print_enabled(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let [enabled, count]: [u8; 2] = value.get(4)?;
    line.text("\n\t      PFC Config (0x");
    line.upper_hex_bytes(&[enabled]);
    line.byte(b')');
    for bit in 0..8_u8 {
        line.labelled("\n\t          Priority Bit ", bit);
        line.text(if enabled >> bit & 1 == 1 { ": Enabled" } else { ": Disabled" });
    }
    line.labelled("\n\t      NumTCPFCSupported: ", count);
    Some(())
}

fn print_protocols(line: &mut Line<'_>, mut rest: Payload<'_>) {
    while let Some([high, low, a, b, c, priorities]) = rest.read::<[u8; 6]>() {
        let organisation = u24([a, b, c]);
        let selector = organisation >> 22;
        line.labelled_hex(
            "\n\t      Application Value\n\t          Application Protocol ID: ",
            u16::from_be_bytes([high, low]),
            4,
        );
        line.labelled_hex("\n\t          SF (", selector, 1);
        line.text(") Application Protocol ID is ");
        line.text(if selector == 0 { "L2 EtherType" } else { "Socket Number" });
        line.labelled_hex("\n\t          OUI: ", organisation & 0x3f_ffff, 6);
        line.labelled_hex("\n\t          User Priority Map: ", priorities, 2);
    }
}
