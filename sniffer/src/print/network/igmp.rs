//! IGMP versions 1 to 3.

use std::net::IpAddr;

use super::{dvmrp, group_records};
use crate::decode::{Checksum, Igmp, IgmpType};
use crate::print::line::Line;
use crate::print::packet::Network;
use crate::print::routing::pim;
use crate::print::tokens;

/// A field that the message needs was not captured.
struct Truncated;

type Printed = Result<(), Truncated>;

pub(in crate::print) fn print(line: &mut Line<'_>, igmp: &Igmp<'_>, network: Option<Network<'_>>) {
    if matches!(network, Some(Network::V6 { .. })) {
        line.text("[IGMP requires IPv4]");
        return line.invalid();
    }
    if line.options.quiet > 0 {
        return line.text("igmp");
    }
    if print_message(line, igmp).is_err() {
        return line.truncated("igmp");
    }
    if line.is_verbose() && !igmp.whole().is_truncated() {
        print_checksum(line, igmp);
    }
}

/// The checksum, where it is wrong.
fn print_checksum(line: &mut Line<'_>, igmp: &Igmp<'_>) {
    let Some(found) = igmp.u16_at(2) else { return };
    let mut sum = Checksum::default();
    sum.add(igmp.whole().bytes());
    if sum.expected(found).is_some() {
        line.text(" bad igmp cksum ");
        line.hex_digits(found, 1);
        line.text("!");
    }
}

fn print_message(line: &mut Line<'_>, igmp: &Igmp<'_>) -> Printed {
    let len = igmp.whole().claimed();
    match igmp.kind() {
        IgmpType::Query => print_query(line, igmp),
        IgmpType::ReportV1 => {
            print_group(line, "igmp v1 report ", igmp)?;
            print_odd_len(line, len != 8, len);
            Ok(())
        }
        IgmpType::ReportV2 => print_group(line, "igmp v2 report ", igmp),
        IgmpType::ReportV3 => print_report_v3(line, igmp),
        IgmpType::Leave => print_group(line, "igmp leave ", igmp),
        IgmpType::Dvmrp => {
            line.text("igmp dvmrp");
            print_odd_len(line, len < 8, len);
            dvmrp::print_dvmrp(line, igmp);
            Ok(())
        }
        IgmpType::PimV1 => {
            line.text("igmp pimv1");
            pim::v1::print(line, igmp);
            Ok(())
        }
        IgmpType::Mtrace => print_trace(line, igmp, "mtrace"),
        IgmpType::MtraceResponse => print_trace(line, igmp, "mresp"),
        IgmpType::Unknown(other) => {
            line.labelled("igmp-", other);
            Ok(())
        }
    }
}

fn print_group(line: &mut Line<'_>, label: &str, igmp: &Igmp<'_>) -> Printed {
    let group = igmp.group().ok_or(Truncated)?;
    line.text(label);
    line.ipv4(group);
    Ok(())
}

fn print_odd_len(line: &mut Line<'_>, is_odd: bool, len: u32) {
    if is_odd {
        line.labelled(" [len ", len);
        line.text("]");
    }
}

fn print_query(line: &mut Line<'_>, igmp: &Igmp<'_>) -> Printed {
    let len = igmp.whole().claimed();
    line.text("igmp query");
    if len >= 12 {
        return print_query_v3(line, igmp);
    }
    match igmp.max_response().ok_or(Truncated)? {
        0 => line.text(" v1"),
        code => {
            line.text(" v2");
            if code != 100 {
                line.labelled(" [max resp time ", code);
                line.text("]");
            }
        }
    }
    let group = igmp.group().ok_or(Truncated)?;
    if !group.is_unspecified() {
        line.labelled_address(" [gaddr ", group);
        line.text("]");
    }
    print_odd_len(line, len != 8, len);
    Ok(())
}

fn print_query_v3(line: &mut Line<'_>, igmp: &Igmp<'_>) -> Printed {
    let len = igmp.whole().claimed();
    line.text(" v3");
    if !len.is_multiple_of(4) {
        line.labelled(" [invalid len ", len);
        line.text("]");
        return Ok(());
    }
    print_response_time(line, u32::from(igmp.max_response().ok_or(Truncated)?));
    let group = igmp.group().ok_or(Truncated)?;
    if group.is_unspecified() {
        return Ok(());
    }
    line.labelled_address(" [gaddr ", group);
    let sources = igmp.u16_at(10).ok_or(Truncated)?;
    if sources > 0 {
        print_sources(line, igmp, u32::from(sources))?;
    }
    line.text("]");
    Ok(())
}

fn print_sources(line: &mut Line<'_>, igmp: &Igmp<'_>, sources: u32) -> Printed {
    if igmp.whole().claimed() < 12 + sources * 4 {
        line.text(" [invalid number of sources]");
    } else if line.options.verbose > 1 {
        line.text(" {");
        for index in 0..sources as usize {
            let source = igmp.address_at(12 + index * 4).ok_or(Truncated)?;
            line.byte(b' ');
            line.ipv4(source);
        }
        line.text(" }");
    } else {
        line.labelled(", ", sources);
        line.text(" source(s)");
    }
    Ok(())
}

/// The maximum response time, unless it is the usual ten seconds (RFC 3376 section 4.1.1).
fn print_response_time(line: &mut Line<'_>, code: u32) {
    if code == 100 {
        return;
    }
    let tenths = if code < 128 { code } else { (code & 0x0f | 0x10) << ((code >> 4 & 7) + 3) };
    line.text(" [max resp time ");
    if tenths < 600 {
        line.number(tenths / 10);
        line.labelled(".", tenths % 10);
        line.text("s");
    } else {
        print_duration(line, tenths / 10);
    }
    line.text("]");
}

/// Seconds in weeks, days, hours, minutes and seconds.
fn print_duration(line: &mut Line<'_>, mut seconds: u32) {
    for (unit, len) in [("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)] {
        if seconds >= len {
            line.number(seconds / len);
            line.text(unit);
            seconds %= len;
        }
    }
}

fn print_report_v3(line: &mut Line<'_>, igmp: &Igmp<'_>) -> Printed {
    let len = igmp.whole().claimed();
    line.text("igmp v3 report");
    if len < 16 || !len.is_multiple_of(4) {
        line.labelled(" [invalid len ", len);
        line.text("]");
        return Ok(());
    }
    let groups = igmp.u16_at(6).ok_or(Truncated)?;
    line.labelled(", ", groups);
    line.text(" group record(s)");
    if line.is_verbose() { print_records(line, igmp, groups) } else { Ok(()) }
}

fn print_records(line: &mut Line<'_>, igmp: &Igmp<'_>, groups: u16) -> Printed {
    let len = igmp.whole().claimed() as usize;
    let mut at = 8;
    for _ in 0..groups {
        if len < at + 8 {
            line.text(" [invalid number of groups]");
            return Ok(());
        }
        let group = igmp.address_at(at + 4).ok_or(Truncated)?;
        line.labelled_address(" [gaddr ", group);
        let kind = *igmp.whole().bytes().get(at).ok_or(Truncated)?;
        line.byte(b' ');
        tokens::print(line, group_records::KINDS, kind, [" [v3-report-#", "]"]);
        let sources = usize::from(igmp.u16_at(at + 2).ok_or(Truncated)?);
        if len < at + 8 + sources * 4 {
            line.labelled(" [invalid number of sources ", sources as u64);
            line.text("]");
            return Ok(());
        }
        let addresses = (0..sources).map(|index| igmp.address_at(at + 8 + index * 4).map(IpAddr::V4));
        group_records::print_sources(line, addresses).ok_or(Truncated)?;
        line.text("]");
        at += 8 + sources * 4;
    }
    Ok(())
}

/// Multicast traceroute: identifier, source, destination and where the answer goes.
fn print_trace(line: &mut Line<'_>, igmp: &Igmp<'_>, word: &str) -> Printed {
    let len = igmp.whole().claimed();
    if len < 24 {
        line.labelled(" [invalid len ", len);
        line.text("]");
        return Ok(());
    }
    let reply_to = igmp.address_at(16).ok_or(Truncated)?;
    let ttl_and_id = u32::from(igmp.address_at(20).ok_or(Truncated)?);
    line.text(word);
    line.labelled(" ", ttl_and_id & 0x00ff_ffff);
    line.text(": ");
    line.ipv4(igmp.address_at(8).ok_or(Truncated)?);
    line.text(" to ");
    line.ipv4(igmp.address_at(12).ok_or(Truncated)?);
    line.labelled_address(" reply-to ", reply_to);
    if reply_to.is_multicast() {
        line.labelled(" with-ttl ", ttl_and_id >> 24);
    }
    Ok(())
}
