//! The options of an IPv4 header, for `-v`.

use std::net::Ipv4Addr;

use crate::decode::{Ipv4, Ipv4Option};
use crate::print::line::Line;
use crate::print::tokens;

const END: u8 = 0;
const NOP: u8 = 1;
const RECORD_ROUTE: u8 = 7;
const TIMESTAMP: u8 = 68;
const LOOSE_ROUTE: u8 = 131;
const STRICT_ROUTE: u8 = 137;
const ROUTER_ALERT: u8 = 148;

const NAMES: &[(u8, &str)] = &[
    (END, "EOL"),
    (NOP, "NOP"),
    (TIMESTAMP, "timestamp"),
    (130, "security"),
    (RECORD_ROUTE, "RR"),
    (STRICT_ROUTE, "SSRR"),
    (LOOSE_ROUTE, "LSRR"),
    (ROUTER_ALERT, "RA"),
    (82, "traceroute"),
];

/// The options were not captured whole.
pub(super) struct Truncated;

pub(super) fn print(line: &mut Line<'_>, ip: &Ipv4<'_>) -> Result<(), Truncated> {
    let mut options = ip.options();
    let mut is_first = true;
    loop {
        let left = options.claimed();
        if left == 0 {
            return Ok(());
        }
        let option = options.next().ok_or(Truncated)?;
        if !is_first {
            line.byte(b',');
        }
        is_first = false;
        tokens::print(line, NAMES, option.code, ["unknown ", ""]);
        if matches!(option.code, END | NOP) {
            continue;
        }
        if option.len < 2 || u32::from(option.len) > left {
            line.labelled(" [bad length ", option.len);
            line.text("]");
            return Ok(());
        }
        if option.data.len() + 2 < usize::from(option.len) {
            return Err(Truncated);
        }
        print_data(line, &option);
    }
}

fn print_data(line: &mut Line<'_>, option: &Ipv4Option<'_>) {
    match (option.code, option.data) {
        (TIMESTAMP, data) => print_times(line, option.len, data),
        (RECORD_ROUTE | STRICT_ROUTE | LOOSE_ROUTE, data) => print_route(line, option.len, data),
        (ROUTER_ALERT, &[a, b, ..]) => {
            let value = u16::from_be_bytes([a, b]);
            if value != 0 {
                line.labelled(" value ", value);
            }
        }
        (ROUTER_ALERT, _) => print_bad_len(line, " ", option.len),
        _ => {}
    }
}

fn print_bad_len(line: &mut Line<'_>, before: &str, len: u8) {
    line.text(before);
    line.labelled("[bad length ", len);
    line.text("]");
}

/// Addresses, with a comma behind those that the pointer has passed.
fn print_route(line: &mut Line<'_>, len: u8, data: &[u8]) {
    let Some((&pointer, addresses)) = data.split_first() else { return print_bad_len(line, " ", len) };
    if (len + 1) & 3 != 0 {
        print_bad_len(line, " ", len);
    }
    let at = pointer.wrapping_sub(1);
    if at < 3 || (u16::from(at) + 1) & 3 != 0 || u16::from(at) > u16::from(len) + 1 {
        line.labelled(" [bad ptr ", pointer);
        line.text("]");
    }
    for (index, address) in addresses.as_chunks::<4>().0.iter().enumerate() {
        line.byte(b' ');
        line.ipv4(Ipv4Addr::from(*address));
        if usize::from(at) > 3 + index * 4 {
            line.byte(b',');
        }
    }
}

/// Time stamps, with or without addresses; the next to be filled in is behind a caret.
fn print_times(line: &mut Line<'_>, len: u8, data: &[u8]) {
    let &[pointer, overflow_flag, ref entries @ ..] = data else { return print_bad_len(line, "", len) };
    line.text(" TS{");
    let flag = overflow_flag & 0x0f;
    let width = if flag == 0 { 4 } else { 8 };
    if usize::from(len - 4) & (width - 1) != 0 {
        print_bad_len(line, "", len);
    }
    let at = usize::from(pointer.wrapping_sub(1));
    if at < 4 || (at - 4) & (width - 1) != 0 || at > usize::from(len) + 1 {
        line.labelled("[bad ptr ", pointer);
        line.text("]");
    }
    match flag {
        0 => line.text("TSONLY"),
        1 => line.text("TS+ADDR"),
        3 => line.text("PRESPEC"),
        other => {
            line.labelled("[bad ts type ", other);
            line.text("]");
        }
    }
    if matches!(flag, 0 | 1 | 3) {
        print_entries(line, at, width, entries);
    }
    match overflow_flag >> 4 {
        0 => line.text("}"),
        missed => {
            line.labelled(" [", missed);
            line.text(" hops not recorded]} ");
        }
    }
}

fn print_entries(line: &mut Line<'_>, at: usize, width: usize, entries: &[u8]) {
    let mut place = 4;
    for entry in entries.chunks_exact(width) {
        line.text(if at == place { " ^ " } else { " " });
        let time = entry.last_chunk::<4>().copied().map_or(0, u32::from_be_bytes);
        line.number(time);
        line.byte(b'@');
        if let (8, Some(address)) = (width, entry.first_chunk::<4>()) {
            line.ipv4(Ipv4Addr::from(*address));
        }
        place += width;
    }
    if at == place {
        line.text(" ^ ");
    }
}
