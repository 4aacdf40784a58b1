//! What routers of PIM send on, join, leave and assert.

use std::net::Ipv4Addr;

use super::GRAFT_ACK;
use super::address::{print_address, print_group, print_source};
use crate::decode::{EtherType, Payload, Pim, Protocol};
use crate::print::line::Line;
use crate::print::packet::print_quoted;
use crate::print::tokens;

/// The packet of a source that a router passes on to the rendezvous point.
pub(super) fn print_register(line: &mut Line<'_>, mut body: Payload<'_>) -> Option<()> {
    let flags: u32 = body.read()?;
    line.text(", Flags [ ");
    tokens::print_or(line, &[(0x8000_0000, "Border"), (0x4000_0000, "Null")], flags, "none");
    line.text(" ]\n\t");
    match body.get::<u8>(0)? >> 4 {
        0 => {
            let (source, destination): (Ipv4Addr, Ipv4Addr) = (body.get(12)?, body.get(16)?);
            line.labelled_address("IP-Null-header ", source);
            line.labelled_address(" > ", destination);
        }
        4 => print_quoted(line, Protocol::EtherType(EtherType::Ipv4), body),
        6 => print_quoted(line, Protocol::EtherType(EtherType::Ipv6), body),
        version => line.labelled("IP ver ", version),
    }
    Some(())
}

/// The groups and sources that a router wants, or no longer.
pub(super) fn print_join<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    if pim.kind() != GRAFT_ACK {
        print_address(line, ", upstream-neighbor: ", pim, &mut rest)?;
    }
    let ([_, groups], hold_time): ([u8; 2], u16) = (rest.read()?, rest.read()?);
    line.labelled("\n\t  ", groups);
    line.text(" group(s)");
    if pim.kind() != GRAFT_ACK {
        line.text(", holdtime: ");
        match hold_time {
            u16::MAX => line.text("infinite"),
            seconds => tokens::print_duration(line, seconds.into()),
        }
    }
    for index in 1..=u16::from(groups) {
        line.labelled("\n\t    group #", index);
        line.text(": ");
        print_group(line, "", pim, &mut rest)?;
        let (joined, pruned): (u16, u16) = (rest.read()?, rest.read()?);
        line.labelled(", joined sources: ", joined);
        line.labelled(", pruned sources: ", pruned);
        for (label, count) in [("\n\t      joined source #", joined), ("\n\t      pruned source #", pruned)] {
            for index in 1..=u32::from(count) {
                line.labelled(label, index);
                line.text(": ");
                print_source(line, pim.group(&mut rest)?);
            }
        }
    }
    Some(())
}

/// Whose packets to a group a router will forward, and how good its way is.
pub(super) fn print_assert<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    print_group(line, " group=", pim, &mut rest)?;
    print_address(line, " src=", pim, &mut rest)?;
    let (preference, metric): (u32, u32) = (rest.read()?, rest.read()?);
    line.text(if preference & 0x8000_0000 == 0 { "" } else { " RPT" });
    line.labelled(" pref=", preference & 0x7fff_ffff);
    line.labelled(" metric=", metric);
    Some(())
}
