//! Multicast listener discovery: version 1 (RFC 2710) and version 2 (RFC 3810).

use std::net::IpAddr;

use super::group_records;
use super::icmpv6::{Printed, Truncated};
use crate::decode::Icmpv6;
use crate::print::line::Line;
use crate::print::tokens;

/// Bytes of an MLDv1 message.
const MLD_LEN: u32 = 24;
/// Bytes of the shortest MLDv2 query.
const MLDV2_LEN: u32 = 28;

/// A query of either version, told by its length.
pub(super) fn print_query(line: &mut Line<'_>, icmp: &Icmpv6<'_>) -> Printed {
    let len = icmp.whole().claimed();
    if len == MLD_LEN {
        print_listener(line, icmp)
    } else if len >= MLDV2_LEN {
        line.text(" v2");
        print_query_v2(line, icmp)
    } else {
        line.labelled(" unknown-version (len ", len);
        line.text(") ");
        Ok(())
    }
}

/// A message of version 1: how long to wait and which group.
pub(super) fn print_listener(line: &mut Line<'_>, icmp: &Icmpv6<'_>) -> Printed {
    let group = icmp.target().ok_or(Truncated)?;
    line.labelled("max resp delay: ", icmp.u16_at(4).ok_or(Truncated)?);
    line.labelled_address(" addr: ", group);
    Ok(())
}

fn print_query_v2(line: &mut Line<'_>, icmp: &Icmpv6<'_>) -> Printed {
    let code = u32::from(icmp.u16_at(4).ok_or(Truncated)?);
    let delay = if code < 0x8000 { code } else { (code & 0x0fff | 0x1000) << ((code >> 12 & 7) + 3) };
    if line.is_verbose() {
        line.labelled(" [max resp delay=", delay);
        line.text("]");
    }
    let group = icmp.target().ok_or(Truncated)?;
    line.labelled_address(" [gaddr ", group);
    if line.is_verbose() {
        print_querier(line, icmp)?;
    }
    let sources = icmp.u16_at(26).ok_or(Truncated)?;
    if sources > 0 {
        if icmp.whole().claimed() < 28 + (u32::from(sources) << 4) {
            line.text(" [invalid number of sources]");
        } else {
            print_sources(line, icmp, 28, sources.into())?;
        }
    }
    line.text("]");
    Ok(())
}

/// What the querier wants of others: silence, robustness, interval in seconds (RFC 3810 section 5.1).
fn print_querier(line: &mut Line<'_>, icmp: &Icmpv6<'_>) -> Printed {
    let [flags, code] = icmp.u16_at(24).ok_or(Truncated)?.to_be_bytes();
    line.text(if flags & 8 == 0 { "" } else { " sflag" });
    if flags & 7 != 0 {
        line.labelled(" robustness=", flags & 7);
    }
    let code = u32::from(code);
    let interval = if code < 128 { code } else { (code & 0x0f | 0x10) << ((code >> 4 & 7) + 3) };
    if interval != 0 {
        line.labelled(" qqi=", interval);
    }
    Ok(())
}

/// A report of version 2.
pub(super) fn print_report(line: &mut Line<'_>, icmp: &Icmpv6<'_>) -> Printed {
    let len = icmp.whole().claimed();
    if len < 16 {
        line.labelled(" [invalid len ", len);
        line.text("]");
        return Ok(());
    }
    let groups = icmp.u16_at(6).ok_or(Truncated)?;
    line.labelled(", ", groups);
    line.text(" group record(s)");
    if line.is_verbose() { print_records(line, icmp, groups) } else { Ok(()) }
}

/// The group records of an MLDv2 report: group, kind, and how many or which sources.
fn print_records(line: &mut Line<'_>, icmp: &Icmpv6<'_>, groups: u16) -> Printed {
    let len = icmp.whole().claimed() as usize;
    let mut at = 8;
    for _ in 0..groups {
        if len < at + 20 {
            line.text(" [invalid number of groups]");
            return Ok(());
        }
        let group = icmp.address_at(at + 4).ok_or(Truncated)?;
        line.labelled_address(" [gaddr ", group);
        line.byte(b' ');
        let kind = *icmp.whole().bytes().get(at).ok_or(Truncated)?;
        tokens::print(line, group_records::KINDS, kind, [" [v2-report-#", "]"]);
        let sources = usize::from(icmp.u16_at(at + 2).ok_or(Truncated)?);
        if len < at + 20 + sources * 16 {
            line.labelled(" [invalid number of sources ", sources as u64);
            line.text("]");
            return Ok(());
        }
        print_sources(line, icmp, at + 20, sources)?;
        line.text("]");
        at += 20 + sources * 16;
    }
    Ok(())
}

fn print_sources(line: &mut Line<'_>, icmp: &Icmpv6<'_>, at: usize, sources: usize) -> Printed {
    let addresses = (0..sources).map(|index| icmp.address_at(at + index * 16).map(IpAddr::V6));
    group_records::print_sources(line, addresses).ok_or(Truncated)
}
