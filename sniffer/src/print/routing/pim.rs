//! PIM version 2: its type in one line, with `-v` what routers ask of each other.

use crate::decode::{Checksum, EtherType, IpProtocol, Payload, Pim, PimGroup, PimHello, Protocol};
use crate::print::line::Line;
use crate::print::packet::{Network, print_quoted};
use crate::print::{hex, tokens};

/// The types whose packets do not look like most.
const HELLO: u8 = 0;
const REGISTER: u8 = 1;
const GRAFT_ACK: u8 = 7;

pub(in crate::print) fn print(line: &mut Line<'_>, pim: &Pim<'_>, network: Option<Network<'_>>) {
    line.labelled("PIMv", pim.version());
    let is_verbose = line.is_verbose();
    if pim.version() == 2 && !is_verbose {
        line.text(", ");
        tokens::print_or(line, TYPES, pim.kind(), "Unknown Type");
    }
    line.labelled(", length ", pim.whole().claimed());
    if pim.version() == 2 && is_verbose {
        line.text("\n\t");
        tokens::print_or(line, TYPES, pim.kind(), "Unknown Type");
        print_details(line, pim, network).unwrap_or_else(|| line.truncated("pimv2"));
    }
}

const TYPES: &[(u8, &str)] = &[
    (0, "Hello"),
    (1, "Register"),
    (2, "Register Stop"),
    (3, "Join / Prune"),
    (4, "Bootstrap"),
    (5, "Assert"),
    (6, "Graft"),
    (7, "Graft Acknowledgement"),
    (8, "Candidate RP Advertisement"),
    (9, "Prune Refresh"),
    (10, "DF Election"),
    (11, "ECMP Redirect"),
];

fn print_details(line: &mut Line<'_>, pim: &Pim<'_>, network: Option<Network<'_>>) -> Option<()> {
    let claimed = pim.whole().claimed();
    if claimed < 2 {
        print_too_short(line, claimed, 2);
        return Some(());
    }
    if pim.address_len()? != 0 {
        line.text(", RFC2117-encoding");
    }
    if claimed < Pim::HEADER_LEN as u32 {
        print_too_short(line, claimed, 4);
        return Some(());
    }
    print_checksum(line, pim, network)?;
    let mut body = pim.body();
    match pim.kind() {
        HELLO => print_hello(line, pim, body),
        REGISTER => print_register(line, body),
        2 => {
            print_group(line, " group=", pim, &mut body)?;
            print_address(line, " source=", pim, &mut body)
        }
        3 | 6 | GRAFT_ACK => print_join(line, pim, body),
        4 => print_bootstrap(line, pim, body),
        5 => print_assert(line, pim, body),
        8 => print_candidate(line, pim, body),
        9 => {
            print_address(line, " src=", pim, &mut body)?;
            print_group(line, " grp=", pim, &mut body)?;
            print_address(line, " forwarder=", pim, &mut body)?;
            line.text(" TUNR ");
            tokens::print_duration(line, body.read::<u16>()?.into());
            Some(())
        }
        10 => print_election(line, pim, body),
        other => {
            line.labelled(" [type ", other);
            line.byte(b']');
            Some(())
        }
    }
}

fn print_too_short(line: &mut Line<'_>, claimed: u32, least: u8) {
    line.labelled("[length ", claimed);
    line.labelled(" < ", least);
    line.byte(b']');
    line.invalid();
}

fn print_checksum(line: &mut Line<'_>, pim: &Pim<'_>, network: Option<Network<'_>>) -> Option<()> {
    let found = pim.checksum()?;
    line.text(", cksum ");
    line.hex(found, 4);
    let whole = pim.whole();
    let is_right = |part: Payload<'_>| {
        let mut sum = match network? {
            Network::V4(_) => Checksum::default(),
            Network::V6 { .. } => {
                let (source, destination) = (network?.source(), network?.final_destination());
                Checksum::of_pseudo_header(source, destination, IpProtocol::Pim, part.claimed())
            }
        };
        sum.add(part.bytes());
        (!part.is_truncated()).then(|| sum.expected(found).is_none())
    };
    // The checksum of a register covers its header, or the whole by older routers.
    let header = whole.with_claim(8);
    let verdict = match pim.kind() {
        REGISTER if is_right(header) != Some(false) => is_right(header),
        _ => is_right(whole),
    };
    line.text(match verdict.filter(|_| found != 0) {
        Some(true) => " (correct)",
        Some(false) => " (incorrect)",
        None => " (unverified)",
    });
    Some(())
}

fn print_address<'a>(line: &mut Line<'_>, label: &str, pim: &Pim<'a>, rest: &mut Payload<'a>) -> Option<()> {
    line.text(label);
    let address = pim.address(rest)?;
    line.address(address);
    Some(())
}

fn print_mask(line: &mut Line<'_>, group: &PimGroup) {
    line.address(group.address);
    if group.mask_len != if group.address.is_ipv4() { 32 } else { 128 } {
        line.labelled("/", group.mask_len);
    }
}

fn print_group<'a>(line: &mut Line<'_>, label: &str, pim: &Pim<'a>, rest: &mut Payload<'a>) -> Option<()> {
    line.text(label);
    let group = pim.group(rest)?;
    print_mask(line, &group);
    if group.flags != 0 {
        line.byte(b'(');
        line.hex(group.flags, 2);
        line.byte(b')');
    }
    Some(())
}

fn print_source(line: &mut Line<'_>, source: PimGroup) {
    print_mask(line, &source);
    if source.flags == 0 {
        return;
    }
    line.byte(b'(');
    for (bit, letter) in [(4, "S"), (2, "W"), (1, "R")] {
        line.text(if source.flags & bit == 0 { "" } else { letter });
    }
    if source.flags & 0xf8 != 0 {
        line.byte(b'+');
        line.hex(source.flags & 0xf8, 2);
    }
    line.byte(b')');
}

fn print_hello<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    while rest.claimed() > 0 {
        let option = Pim::hello(&mut rest)?;
        line.text("\n\t  ");
        tokens::print_or(line, HELLO_OPTIONS, option.kind, "Unknown");
        line.labelled(" Option (", option.kind);
        line.labelled("), length ", option.value.claimed());
        line.text(", Value: ");
        if option.value.is_truncated() {
            return None;
        }
        if !print_hello_value(line, pim, &option)? {
            return Some(());
        }
        if line.options.verbose > 1 {
            hex::only_behind(line, "\n\t    ", option.value.bytes());
        }
    }
    Some(())
}

const HELLO_OPTIONS: &[(u16, &str)] = &[
    (1, "Hold Time"),
    (2, "LAN Prune Delay"),
    (18, "DR Priority (Old)"),
    (19, "DR Priority"),
    (20, "Generation ID"),
    (21, "State Refresh Capability"),
    (22, "Bi-Directional Capability"),
    (24, "Address List"),
    (65001, "Address List (Old)"),
];

/// Prints the value of an option; tells whether it has the length that its kind has.
fn print_hello_value<'a>(line: &mut Line<'_>, pim: &Pim<'a>, option: &PimHello<'a>) -> Option<bool> {
    let value = option.value;
    let len = match option.kind {
        1 => 2,
        2 | 20 | 21 => 4,
        18 | 19 if value.claimed() > 0 => 4,
        _ => value.claimed(),
    };
    if value.claimed() != len {
        line.labelled("[option length ", value.claimed());
        line.labelled(" != ", len);
        line.byte(b']');
        line.invalid();
        return Some(false);
    }
    match option.kind {
        1 => tokens::print_duration(line, value.get::<u16>(0)?.into()),
        2 => {
            let (delay, interval): (u16, u16) = (value.get(0)?, value.get(2)?);
            line.labelled("\n\t    T-bit=", delay >> 15);
            line.labelled(", LAN delay ", delay & 0x7fff);
            line.labelled("ms, Override interval ", interval);
            line.text("ms");
        }
        18 | 19 => match value.get::<u32>(0) {
            Some(priority) => line.number(priority),
            None => line.text("Bi-Directional Capability (Old)"),
        },
        20 => line.hex(value.get::<u32>(0)?, 8),
        21 => {
            let (version, interval, reserved): (u8, u8, u16) = (value.get(0)?, value.get(1)?, value.get(2)?);
            line.labelled("v", version);
            if interval != 0 {
                line.text(", interval ");
                tokens::print_duration(line, interval.into());
            }
            if reserved != 0 {
                line.text(" ?");
                line.hex(reserved, 4);
                line.byte(b'?');
            }
        }
        22 => {}
        24 | 65001 => print_address_list(line, pim, value)?,
        _ if line.options.verbose < 2 => hex::only_behind(line, "\n\t    ", value.bytes()),
        _ => {}
    }
    Some(true)
}

fn print_address_list<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    if line.options.verbose > 1 {
        while rest.claimed() > 0 {
            print_address(line, "\n\t    ", pim, &mut rest)?;
        }
    }
    Some(())
}

/// The packet of a source that a router passes on to the rendezvous point.
fn print_register(line: &mut Line<'_>, mut body: Payload<'_>) -> Option<()> {
    let flags: u32 = body.read()?;
    line.text(", Flags [ ");
    tokens::print_or(line, &[(0x8000_0000, "Border"), (0x4000_0000, "Null")], flags, "none");
    line.text(" ]\n\t");
    match body.get::<u8>(0)? >> 4 {
        0 => {
            let (source, destination) = (body.get(12)?, body.get(16)?);
            line.text("IP-Null-header ");
            line.ipv4(source);
            line.text(" > ");
            line.ipv4(destination);
        }
        4 => print_quoted(line, Protocol::EtherType(EtherType::Ipv4), body),
        6 => print_quoted(line, Protocol::EtherType(EtherType::Ipv6), body),
        version => line.labelled("IP ver ", version),
    }
    Some(())
}

/// The groups and sources that a router wants, or no longer.
fn print_join<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
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

/// The rendezvous points of each group.
fn print_bootstrap<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    let tag: u16 = rest.read()?;
    line.text(" tag=");
    crate::print::text::hex(line.out, tag.into(), 1);
    line.labelled(" hashmlen=", rest.read::<u8>()?);
    let [priority, _]: [u8; 2] = rest.get(0)?;
    line.labelled(" BSRprio=", priority);
    rest = rest.skip(1);
    print_address(line, " BSR=", pim, &mut rest)?;
    let mut index = 0_u32;
    while rest.claimed() > 0 {
        line.labelled(" (group", index);
        line.text(": ");
        print_group(line, "", pim, &mut rest)?;
        line.labelled(" RPcnt=", rest.read::<u8>()?);
        let points: u8 = rest.read()?;
        line.labelled(" FRPcnt=", points);
        rest = rest.skip(2);
        for point in 0..points {
            if rest.claimed() == 0 {
                break;
            }
            line.labelled(" RP", point);
            print_address(line, "=", pim, &mut rest)?;
            line.text(",holdtime=");
            tokens::print_duration(line, rest.read::<u16>()?.into());
            line.labelled(",prio=", rest.read::<u8>()?);
            rest = rest.skip(1);
        }
        line.byte(b')');
        index += 1;
    }
    Some(())
}

/// Whose packets to a group a router will forward, and how good its way is.
fn print_assert<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    print_group(line, " group=", pim, &mut rest)?;
    print_address(line, " src=", pim, &mut rest)?;
    let (preference, metric): (u32, u32) = (rest.read()?, rest.read()?);
    line.text(if preference & 0x8000_0000 == 0 { "" } else { " RPT" });
    line.labelled(" pref=", preference & 0x7fff_ffff);
    line.labelled(" metric=", metric);
    Some(())
}

fn print_candidate<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    let count: u8 = rest.read()?;
    line.labelled(" prefix-cnt=", count);
    line.labelled(" prio=", rest.read::<u8>()?);
    line.text(" holdtime=");
    tokens::print_duration(line, rest.read::<u16>()?.into());
    print_address(line, " RP=", pim, &mut rest)?;
    for index in 0..count {
        if rest.claimed() == 0 {
            break;
        }
        line.labelled(" Group", index);
        print_group(line, "=", pim, &mut rest)?;
    }
    Some(())
}

/// The election of the designated forwarder of a shared tree, RFC 5015.
fn print_election<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    const BACKOFF: u8 = 3;
    const PASS: u8 = 4;
    let subtype = pim.subtype()?;
    line.text("\n\t  ");
    tokens::print_or(
        line,
        &[(1, "Offer"), (2, "Winner"), (BACKOFF, "Backoff"), (PASS, "Pass")],
        subtype,
        "Unknown",
    );
    line.byte(b',');
    print_address(line, " rpa=", pim, &mut rest)?;
    line.labelled(" sender pref=", rest.read::<u32>()?);
    line.labelled(" sender metric=", rest.read::<u32>()?);
    let who = match subtype {
        BACKOFF => "offer",
        PASS => "new winner",
        _ => return Some(()),
    };
    line.text("\n\t  ");
    line.text(who);
    print_address(line, " addr=", pim, &mut rest)?;
    for (label, value) in [(" pref=", rest.read::<u32>()?), (" metric=", rest.read::<u32>()?)] {
        line.byte(b' ');
        line.text(who);
        line.labelled(label, value);
    }
    if subtype == BACKOFF {
        line.labelled(" interval ", rest.read::<u16>()?);
        line.text("ms");
    }
    Some(())
}
