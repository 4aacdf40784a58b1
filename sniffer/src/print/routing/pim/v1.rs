//! PIM version 1, in messages of IGMP: its type in one line, with `-v` sources and groups.

use std::net::Ipv4Addr;

use crate::decode::{Igmp, Payload};
use crate::print::line::Line;
use crate::print::tokens;

/// What is behind `igmp pimv1`.
pub(in crate::print) fn print(line: &mut Line<'_>, igmp: &Igmp<'_>) {
    print_message(line, igmp.whole()).unwrap_or_else(|| line.truncated("pimv1"));
}

fn print_message(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    let kind: u8 = whole.get(1)?;
    line.byte(b' ');
    tokens::print(line, TYPES, kind, ["[type ", "]"]);
    match kind {
        0 => print_query(line, whole)?,
        1 => {
            whole.get::<[u8; 28]>(0)?;
            print_path(line, whole.get(20)?, whole.get(24)?);
        }
        2 => print_path(line, whole.get(8)?, whole.get(12)?),
        3 | 6 | 7 if line.is_verbose() => print_join(line, whole.skip(8))?,
        4 if line.is_verbose() => print_reachable(line, whole)?,
        5 => print_assert(line, whole)?,
        _ => {}
    }
    let version = whole.get::<u8>(4)? >> 4;
    if version != 1 {
        line.labelled(" [v", version);
        line.text("]");
    }
    Some(())
}

fn print_query(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    match whole.get::<u8>(8).map(|byte| byte >> 4) {
        Some(0) => line.text(" Dense-mode"),
        Some(1) => line.text(" Sparse-mode"),
        Some(2) => line.text(" Sparse-Dense-mode"),
        Some(mode) => line.labelled(" mode-", mode),
        None => {}
    }
    if line.is_verbose() {
        line.text(" (Hold-time ");
        tokens::print_duration(line, whole.get::<u16>(10)?.into());
        line.byte(b')');
    }
    Some(())
}

fn print_reachable(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    line.labelled_address(" group ", whole.get::<Ipv4Addr>(8)?);
    print_mask(line, whole.get(12)?);
    line.labelled_address(" RP ", whole.get::<Ipv4Addr>(16)?);
    line.text(" hold ");
    tokens::print_duration(line, whole.get::<u16>(22)?.into());
    Some(())
}

/// A mask that leaves something out.
fn print_mask(line: &mut Line<'_>, mask: Ipv4Addr) {
    if mask != Ipv4Addr::BROADCAST {
        line.byte(b'/');
        line.ipv4(mask);
    }
}

/// The sources of groups that a router wants, or no longer: of a single one all, of more with `-vv`.
fn print_join(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    const SINGLE_LEN: u32 = 30;
    let whole = rest;
    if whole.get::<[u8; SINGLE_LEN as usize]>(0).is_some() && whole.get::<u8>(11)? == 1 {
        let (joined, pruned): (u16, u16) = (whole.get(20)?, whole.get(22)?);
        if u32::from(joined) + u32::from(pruned) == 1 {
            return print_single(line, whole, joined == 1);
        }
    }
    let is_full = line.options.verbose > 1;
    let line_end = if is_full { "\n" } else { "" };
    line.text(line_end);
    let neighbor: Ipv4Addr = rest.read()?;
    line.labelled_address(" Upstream Nbr: ", neighbor);
    line.text(line_end);
    line.text(" Hold time: ");
    rest.read::<u16>()?;
    tokens::print_duration(line, rest.read::<u16>()?.into());
    if !is_full {
        return Some(());
    }
    let [_, _, _, groups]: [u8; 4] = rest.read()?;
    for _ in 0..groups {
        line.labelled_address("\n\tGroup: ", rest.read::<Ipv4Addr>()?);
        print_mask(line, rest.read()?);
        let (joined, pruned): (u16, u16) = (rest.read()?, rest.read()?);
        line.labelled(" joined: ", joined);
        line.labelled(" pruned: ", pruned);
        for index in 0..u32::from(joined) + u32::from(pruned) {
            let ([flags, mask], source): ([u8; 2], Ipv4Addr) = (rest.read()?, rest.read()?);
            line.text(if index < joined.into() { "\n\tJoin  " } else { "\n\tPrune " });
            line.text(if flags & 0x01 == 0 { "Dense " } else { "Sparse " });
            line.text(if mask & 0x80 == 0 { "" } else { "WC " });
            line.text(if mask & 0x40 == 0 { "SPT " } else { "RP " });
            line.ipv4(source);
            line.labelled("/", mask & 0x3f);
        }
    }
    Some(())
}

/// A single source of a single group.
fn print_single(line: &mut Line<'_>, whole: Payload<'_>, is_join: bool) -> Option<()> {
    line.labelled_address(" RPF ", whole.get::<Ipv4Addr>(0)?);
    line.byte(b' ');
    let hold_time: u16 = whole.get(6)?;
    if hold_time != 180 {
        line.text("Hold ");
        tokens::print_duration(line, hold_time.into());
    }
    let [flags, mask]: [u8; 2] = whole.get(24)?;
    line.text(if is_join { "Join (" } else { "Prune (" });
    line.ipv4(whole.get(26)?);
    line.labelled("/", mask & 0x3f);
    line.labelled_address(", ", whole.get::<Ipv4Addr>(12)?);
    print_mask(line, whole.get(16)?);
    line.text(if flags & 0x01 == 0 { ") Dense" } else { ") Sparse" });
    line.text(if mask & 0x80 == 0 { "" } else { " WC" });
    line.text(if mask & 0x40 == 0 { " SPT" } else { " RP" });
    Some(())
}

fn print_path(line: &mut Line<'_>, from: Ipv4Addr, to: Ipv4Addr) {
    line.labelled_address(" for ", from);
    line.labelled_address(" > ", to);
}

/// Whose packets to a group a router will forward, and how good its way is.
fn print_assert(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    print_path(line, whole.get(16)?, whole.get(8)?);
    print_mask(line, whole.get(12)?);
    let preference: u32 = whole.get(20)?;
    let metric: u32 = whole.get(24)?;
    line.text(if preference & 0x8000_0000 == 0 { " SPT" } else { " RP-tree" });
    line.labelled(" pref ", preference & 0x7fff_ffff);
    line.labelled(" metric ", metric);
    Some(())
}

const TYPES: &[(u8, &str)] = &[
    (0, "Query"),
    (1, "Register"),
    (2, "Register-Stop"),
    (3, "Join/Prune"),
    (4, "RP-reachable"),
    (5, "Assert"),
    (6, "Graft"),
    (7, "Graft-ACK"),
];
