//! The options of neighbour discovery, RFC 4861 section 4.6 and later, for `-v`.

use std::net::Ipv6Addr;

use crate::print::line::Line;
use crate::print::{hex, text, tokens};

/// An option was not captured whole, or has no length.
pub(super) struct Truncated;

type Printed = Result<(), Truncated>;

/// Prints the options in `rest`, each on its own line.
pub(super) fn print(line: &mut Line<'_>, mut rest: &[u8]) -> Printed {
    while !rest.is_empty() {
        let &[kind, units, ..] = rest else { return Err(Truncated) };
        let len = usize::from(units) * 8;
        if units == 0 {
            return Err(Truncated);
        }
        let (option, behind) = rest.split_at_checked(len).ok_or(Truncated)?;
        line.text("\n\t  ");
        tokens::print_or(line, NAMES, kind, "unknown");
        line.labelled(" option (", kind);
        line.labelled("), length ", len as u64);
        line.labelled(" (", units);
        line.text("): ");
        print_value(line, kind, &option[2..])?;
        hex::with_vv(line, "\n\t    ", &option[2..]);
        rest = behind;
    }
    Ok(())
}

const NAMES: &[(u8, &str)] = &[
    (1, "source link-address"),
    (2, "destination link-address"),
    (3, "prefix info"),
    (4, "redirected header"),
    (5, "mtu"),
    (7, "advertisement interval"),
    (8, "homeagent information"),
    (24, "route info"),
    (25, "rdnss"),
    (31, "dnssl"),
];

fn print_value(line: &mut Line<'_>, kind: u8, value: &[u8]) -> Printed {
    match kind {
        1 | 2 => text::mac(line.out, value),
        3 => print_prefix(line, value)?,
        5 => line.labelled(" ", u32_at(value, 2)?),
        7 => {
            line.labelled(" ", u32_at(value, 2)?);
            line.text("ms");
        }
        25 => {
            line.labelled(" lifetime ", u32_at(value, 2)?);
            line.text("s,");
            for address in value[6..].as_chunks::<16>().0 {
                line.labelled_address(" addr: ", Ipv6Addr::from(*address));
            }
        }
        8 => {
            let preference_and_life = u32_at(value, 2)?;
            line.labelled(" preference ", preference_and_life >> 16);
            line.labelled(", lifetime ", preference_and_life & 0xffff);
        }
        24 => print_route(line, value)?,
        31 => print_search_list(line, value)?,
        _ => hex::without_vv(line, "\n\t  ", value),
    }
    Ok(())
}

fn u32_at(value: &[u8], at: usize) -> Result<u32, Truncated> {
    let bytes = value.get(at..).and_then(<[u8]>::first_chunk).ok_or(Truncated)?;
    Ok(u32::from_be_bytes(*bytes))
}

/// A prefix of the link: its flags and how long it lasts.
fn print_prefix(line: &mut Line<'_>, value: &[u8]) -> Printed {
    let &[len, flags, ..] = value else { return Err(Truncated) };
    let prefix = value.get(14..).and_then(<[u8]>::first_chunk::<16>).ok_or(Truncated)?;
    line.ipv6(Ipv6Addr::from(*prefix));
    line.labelled("/", len);
    line.text(if value.len() == 30 { "" } else { "badlen" });
    line.text(", Flags [");
    tokens::print_flags(line, &[(0x80, "onlink"), (0x40, "auto"), (0x20, "router")], flags);
    line.text("], valid time ");
    print_lifetime(line, u32_at(value, 2)?);
    line.text(", pref. time ");
    print_lifetime(line, u32_at(value, 6)?);
    Ok(())
}

/// A route, RFC 4191: prefix, preference, lifetime.
fn print_route(line: &mut Line<'_>, value: &[u8]) -> Printed {
    let &[len, flags, ..] = value else { return Err(Truncated) };
    let mut prefix = [0; 16];
    let given = value.get(6..).unwrap_or_default();
    let count = given.len().min(16);
    prefix[..count].copy_from_slice(&given[..count]);
    line.byte(b' ');
    line.ipv6(Ipv6Addr::from(prefix));
    line.labelled("/", len);
    line.text(", pref=");
    line.text(preference(flags));
    line.text(", lifetime=");
    print_lifetime(line, u32_at(value, 2)?);
    Ok(())
}

/// Domains in which names are looked up, RFC 8106: each a list of labels, with zeros behind the last.
fn print_search_list(line: &mut Line<'_>, value: &[u8]) -> Printed {
    line.labelled(" lifetime ", u32_at(value, 2)?);
    line.text("s, domain(s):");
    let mut rest = value.get(6..).unwrap_or_default();
    while rest.first().is_some_and(|len| *len != 0) {
        line.byte(b' ');
        while let [len, behind @ ..] = rest
            && *len > 0
        {
            let (label, behind) = behind.split_at_checked(usize::from(*len)).ok_or(Truncated)?;
            line.untrusted(label);
            line.byte(b'.');
            rest = behind;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    Ok(())
}

/// The preference of a router or route, RFC 4191 section 2.1.
pub(super) fn preference(flags: u8) -> &'static str {
    ["medium", "high", "rsv", "low"][usize::from(flags >> 3 & 3)]
}

fn print_lifetime(line: &mut Line<'_>, seconds: u32) {
    if seconds == u32::MAX {
        return line.text("infinity");
    }
    line.number(seconds);
    line.text("s");
}
