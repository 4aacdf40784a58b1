//! RIP and `RIPng`: in one line, and with `-v` their routes. Routes of `RIPng` are in the line without `-v`.

use crate::decode::{Payload, Rip, RipEntry, Ripng, RipngRoute};
use crate::print::line::Line;
use crate::print::tokens;
use crate::print::{hex, text};

pub(in crate::print) fn print(line: &mut Line<'_>, rip: &Rip<'_>) {
    print_message(line, rip).unwrap_or_else(|| line.truncated("rip"));
}

fn print_message(line: &mut Line<'_>, rip: &Rip<'_>) -> Option<()> {
    let (whole, len) = (rip.whole(), rip.whole().claimed());
    if whole.bytes().len() < Rip::HEADER_LEN {
        return None;
    }
    let (command, version) = (rip.command()?, rip.version()?);
    line.labelled(if line.is_verbose() { "\n\tRIPv" } else { "RIPv" }, version);
    if version == 0 {
        hex::only(line, whole.bytes());
        return Some(());
    }
    line.text(", ");
    tokens::print(line, COMMANDS, command, ["unknown command (", ")"]);
    line.labelled(", length: ", len);
    if !line.is_verbose() {
        return Some(());
    }
    match (command, version) {
        (1 | 2, 1) => {
            line.labelled(", routes: ", len / RipEntry::LEN as u32);
            print_entries(line, rip.body(), print_entry_of_version_1);
        }
        (1 | 2, 2) => {
            line.labelled(", routes: ", len / RipEntry::LEN as u32);
            line.text(" or less");
            print_entries(line, rip.body(), print_entry_of_version_2);
        }
        (1 | 2, _) => line.text(", unknown version"),
        (4..=6, _) => {}
        _ if line.options.verbose == 1 => hex::only(line, whole.bytes()),
        _ => {}
    }
    if line.options.verbose > 1 {
        hex::only(line, whole.bytes());
    }
    Some(())
}

const COMMANDS: &[(u8, &str)] =
    &[(1, "Request"), (2, "Response"), (3, "Trace on"), (4, "Trace off"), (5, "Poll"), (6, "Poll Entry")];

/// Prints the entry at the start of what was captured, and tells how many bytes it has; nothing where it is cut.
type PrintEntry = fn(&mut Line<'_>, Payload<'_>) -> Option<usize>;

fn print_entries(line: &mut Line<'_>, mut rest: Payload<'_>, print_entry: PrintEntry) {
    while !rest.bytes().is_empty() {
        let left = rest.bytes().len();
        match print_entry(line, rest) {
            None => return line.truncated("rip"),
            Some(len) if len > left => {
                line.labelled(" [remaining entries length ", left as u64);
                line.labelled(" < ", len as u64);
                line.text("]");
                return line.invalid();
            }
            Some(len) => rest = rest.skip(len),
        }
    }
}

fn print_entry_of_version_1(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<usize> {
    let entry = RipEntry::read(&mut rest)?;
    let has_zeros = entry.tag() == 0 && entry.mask() == 0 && entry.next_hop().is_none();
    match entry.family() {
        0 | 2 if !has_zeros => hex::only_behind(line, "\n\t  ", entry.whole().bytes()),
        family @ (0 | 2) => {
            line.text(if family == 0 { "\n\t  AFI 0, " } else { "\n\t  " });
            line.ipv4(entry.prefix());
            line.labelled(", metric: ", entry.metric());
        }
        family => {
            line.text("\n\t AFI ");
            tokens::print(line, FAMILIES, family, ["Unknown (", ")"]);
            line.text(", ");
            hex::only_behind(line, "\n\t  ", entry.whole().skip(4).bytes());
        }
    }
    Some(RipEntry::LEN)
}

fn print_entry_of_version_2(line: &mut Line<'_>, rest: Payload<'_>) -> Option<usize> {
    let (family, tag): (u16, u16) = (rest.get(0)?, rest.get(2)?);
    let value = rest.skip(4);
    if family == RipEntry::AUTHENTICATION {
        return print_authentication(line, tag, value);
    }
    if !matches!(family, 0 | 2) {
        line.text("\n\t  AFI ");
        tokens::print(line, FAMILIES, family, ["Unknown (", ")"]);
        let shown = value.bytes().len().min(RipEntry::LEN - 4);
        hex::only_behind(line, "\n\t  ", &value.bytes()[..shown]);
        return Some(RipEntry::LEN);
    }
    let entry = RipEntry::read(&mut { rest })?;
    line.text("\n\t  AFI ");
    tokens::print(line, FAMILIES, family, ["", ""]);
    line.text(", ");
    print_prefix(line, &entry);
    line.labelled_hex(", tag ", tag, 4);
    line.labelled(", metric: ", entry.metric());
    line.text(", next-hop: ");
    match entry.next_hop() {
        Some(router) => line.ipv4(router),
        None => line.text("self"),
    }
    Some(RipEntry::LEN)
}

/// Network and length in columns; a mask that is no prefix has the length -1.
fn print_prefix(line: &mut Line<'_>, entry: &RipEntry<'_>) {
    line.padded_ipv4(entry.prefix());
    line.byte(b'/');
    let (mask, ones) = (entry.mask(), entry.mask().leading_ones());
    if mask.count_ones() != ones {
        return line.text("-1");
    }
    line.number(ones);
    if ones < 10 {
        line.byte(b' ');
    }
}

fn print_authentication(line: &mut Line<'_>, kind: u16, value: Payload<'_>) -> Option<usize> {
    match kind {
        2 => {
            line.text("\n\t  Simple Text Authentication data: ");
            let text = value.bytes();
            let text = &text[..text.len().min(16)];
            line.untrusted(text::until_zero(text));
            if !text.contains(&0) && text.len() < 16 {
                return None;
            }
        }
        3 => {
            let _ = value.get::<[u8; 16]>(0)?;
            line.text("\n\t  Auth header:");
            line.labelled(" Packet Len ", value.get::<u16>(0)?);
            line.labelled(", Key-ID ", value.get::<u8>(2)?);
            line.labelled(", Auth Data Len ", value.get::<u8>(3)?);
            line.labelled(", SeqNo ", value.get::<u32>(4)?);
            line.labelled(", MBZ ", value.get::<u32>(8)?);
            line.labelled(", MBZ ", value.get::<u32>(12)?);
        }
        _ => {
            if kind == 1 {
                line.text("\n\t  Auth trailer:");
            } else {
                line.labelled("\n\t  Unknown (", kind);
                line.text(") Authentication data:");
            }
            hex::only_behind(line, "\n\t  ", value.bytes());
            return Some(4 + value.bytes().len());
        }
    }
    Some(RipEntry::LEN)
}

/// Address families of BSD, where RIP comes from.
const FAMILIES: &[(u16, &str)] = &[
    (2, "IPv4"),
    (6, "NS"),
    (7, "ISO"),
    (16, "Appletalk"),
    (23, "IPX"),
    (24, "IPv6"),
    (28, "IPv6"),
    (30, "IPv6"),
];

pub(in crate::print) fn print_ripng(line: &mut Line<'_>, message: &Ripng<'_>) {
    print_ripng_message(line, message).unwrap_or_else(|| line.truncated("ripng"));
}

fn print_ripng_message(line: &mut Line<'_>, message: &Ripng<'_>) -> Option<()> {
    let (version, claimed) = (message.version()?, message.whole().claimed());
    if version != 1 {
        line.labelled(" [vers ", version);
        line.text("]");
        line.invalid();
        return Some(());
    }
    let is_request = match message.command()? {
        1 => true,
        2 => false,
        command => {
            line.labelled(" ripng-", command);
            line.labelled(" ?? ", claimed);
            line.invalid();
            return Some(());
        }
    };
    let mut rest = message.body();
    if claimed < Ripng::HEADER_LEN as u32 {
        line.invalid();
        return Some(());
    }
    let (count, left) = (rest.claimed() / Ripng::ROUTE_LEN as u32, rest.claimed() % Ripng::ROUTE_LEN as u32);
    if is_request && count == 1 {
        let all = RipngRoute::read(&mut { rest })?;
        if all.metric == RipngRoute::INFINITY && all.prefix.is_unspecified() {
            line.text(" ripng-req dump");
            return Some(());
        }
    }
    line.labelled(if is_request { " ripng-req " } else { " ripng-resp " }, count);
    if left != 0 {
        line.labelled("[", claimed);
        line.text("]");
    }
    line.text(":");
    for _ in 0..count {
        line.text(if line.options.verbose > 1 { "\n\t" } else { " " });
        print_route(line, &RipngRoute::read(&mut rest)?, !is_request);
    }
    if left != 0 {
        line.invalid();
    }
    Some(())
}

fn print_route(line: &mut Line<'_>, route: &RipngRoute, shows_metric: bool) {
    line.ipv6(route.prefix);
    line.labelled("/", route.prefix_len);
    if route.tag != 0 {
        line.labelled(" [", route.tag);
        line.text("]");
    }
    if route.metric != 0 && shows_metric {
        line.labelled(" (", route.metric);
        line.text(")");
    }
}
