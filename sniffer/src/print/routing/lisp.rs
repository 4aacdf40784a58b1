//! Messages of LISP that register where networks are.

use std::net::IpAddr;

use crate::decode::{Lisp, LispLocator, LispRecord, Payload};
use crate::print::line::Line;
use crate::print::{hex, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Lisp<'_>) {
    print_message(line, message).unwrap_or_else(|| line.truncated("lisp"));
}

/// Prints a message; `None` where it is cut.
fn print_message(line: &mut Line<'_>, message: &Lisp<'_>) -> Option<()> {
    let (len, kind, count) = (message.authentication_len()?, message.kind()?, message.record_count()?);
    tokens::print(line, MESSAGES, kind, ["unknown-type-", ""]);
    line.byte(b',');
    let flags = match kind {
        Lisp::MAP_REGISTER => REGISTER_FLAGS,
        Lisp::MAP_NOTIFY => NOTIFY_FLAGS,
        _ => return Some(()),
    };
    if line.is_verbose() {
        line.text(" flags [");
        tokens::print_flags(line, flags, message.head()?);
        line.labelled("],\n    ", count);
        line.text(" record(s), Authentication ");
        tokens::print_or(
            line,
            &[(0_u16, "None"), (1, "SHA1"), (2, "SHA256")],
            message.key()?,
            "unknown-type",
        );
        line.byte(b',');
        let proof = message.body().with_claim(len.into());
        hex::only_behind(line, "\n    Authentication-Data: ", proof.bytes());
        proof.all_captured()?;
    } else {
        line.labelled(" ", count);
        line.text(" record(s),");
    }
    if count == 0 {
        line.invalid();
        return Some(());
    }
    let mut rest = message.body().skip(len.into());
    for _ in 0..count {
        if rest.claimed() > 0 && !print_record(line, &mut rest)? {
            return Some(());
        }
    }
    print_end(line, message, rest);
    Some(())
}

const MESSAGES: &[(u8, &str)] = &[
    (0, "LISP-Reserved"),
    (1, "LISP-Map-Request"),
    (2, "LISP-Map-Reply"),
    (3, "LISP-Map-Register"),
    (4, "LISP-Map-Notify"),
    (8, "LISP-Encapsulated-Contol-Message"),
];

const REGISTER_FLAGS: &[(u32, &str)] = &[
    (0x0800_0000, "P-Proxy-Map-Reply"),
    (0x0400_0000, "S-LISP-SEC-Capable"),
    (0x0200_0000, "I-xTR-ID-Present"),
    (0x0100_0000, "R-Build-For-RTR"),
    (0x0000_0100, "M-Want-Map-Notify"),
];

const NOTIFY_FLAGS: &[(u32, &str)] = &[(0x0800_0000, "I-xTR-ID-Present"), (0x0400_0000, "R-Build-For-RTR")];

/// Prints a record and steps over it; tells whether its address could be read.
fn print_record(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<bool> {
    let record = LispRecord::new(*rest);
    let (family, prefix_len, locators) = (record.family()?, record.prefix_len()?, record.locators()?);
    line.byte(b'\n');
    if line.is_verbose() {
        let action = record.action()?;
        line.labelled("      Record TTL ", record.ttl()?);
        line.text(if action & 0x10 == 0 { ", Non-Authoritative, " } else { ", Authoritative, " });
        tokens::print_or(line, ACTIONS, action >> 5, "unknown");
        line.labelled(", Map Version: ", record.version()? & 0x0fff);
        line.byte(b',');
    }
    *rest = rest.skip(LispRecord::LEN);
    if !print_address(line, " EID ", family, rest)? {
        return Some(false);
    }
    line.labelled("/", prefix_len);
    line.labelled(", ", locators);
    line.text(" locator(s)");
    for _ in 0..locators {
        print_locator(line, rest)?;
    }
    Some(true)
}

const ACTIONS: &[(u8, &str)] =
    &[(0, "No-Action"), (1, "Natively-Forward"), (2, "Send-Map-Request"), (3, "Drop")];

/// Prints the address at the start and steps over it; tells whether its family is known.
fn print_address(line: &mut Line<'_>, label: &str, family: u16, rest: &mut Payload<'_>) -> Option<bool> {
    let address = match family {
        1 => IpAddr::V4(rest.read()?),
        2 => IpAddr::V6(rest.read()?),
        _ => return Some(false),
    };
    line.labelled_address(label, address);
    Some(true)
}

fn print_locator(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<()> {
    let locator = LispLocator::new(*rest);
    let family = locator.family()?;
    *rest = rest.skip(LispLocator::LEN);
    line.text(if line.is_verbose() { "\n       " } else { "" });
    print_address(line, " LOC ", family, rest)?;
    if line.is_verbose() {
        let [priority, weight, multicast_priority, multicast_weight] = locator.preferences()?;
        line.labelled("\n          Priority/Weight ", priority);
        line.labelled("/", weight);
        line.labelled(", Multicast Priority/Weight ", multicast_priority);
        line.labelled("/", multicast_weight);
        line.text(", flags [");
        tokens::print_flags(line, LOCATOR_FLAGS, locator.flags()?);
        line.text("],");
    }
    Some(())
}

const LOCATOR_FLAGS: &[(u16, &str)] = &[(4, "Local-Locator"), (2, "RLoc-Probed"), (1, "Reachable")];

/// What is behind the records: numbers of router and site, where the message tells of them.
fn print_end(line: &mut Line<'_>, message: &Lisp<'_>, rest: Payload<'_>) {
    if !message.has_site() {
        return hex::only_behind(line, "\n    Data: ", rest.bytes());
    }
    let (Some(router), Some(site)) = (rest.get::<[u8; 16]>(0), rest.get::<u64>(16)) else {
        return line.invalid();
    };
    hex::only_behind(line, "\n    xTR-ID: ", &router);
    line.labelled("\n    SITE-ID: ", site);
}
