//! The mobility header of IPv6, and with `-v` cookies and options.

use std::net::Ipv6Addr;

use crate::decode::{Mobility, Payload};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, header: &Mobility<'_>) {
    print_header(line, header).unwrap_or_else(|| line.truncated("mobility"));
}

fn print_header(line: &mut Line<'_>, header: &Mobility<'_>) -> Option<()> {
    let (len, kind) = (header.header_len()?, header.kind()?);
    let least = match kind {
        0 => Mobility::HEADER_LEN,
        1 | 2 => 16,
        3 | 4 | 7 => 24,
        5 | 6 => 12,
        _ => 0,
    };
    if len < least {
        line.labelled("(header length ", len as u64);
        line.labelled(" is too small for type ", kind);
        line.text(")");
        return None;
    }
    line.text("mobility: ");
    tokens::print(line, MESSAGES, kind, ["type-#", ""]);
    print_message(line, header, kind)?;
    if line.is_verbose() && least > 0 {
        print_options(line, header.whole().skip(least), (len - least) as u32)?;
    }
    Some(())
}

const MESSAGES: &[(u8, &str)] =
    &[(0, "BRR"), (1, "HoTI"), (2, "CoTI"), (3, "HoT"), (4, "CoT"), (5, "BU"), (6, "BA"), (7, "BE")];

fn print_message(line: &mut Line<'_>, header: &Mobility<'_>, kind: u8) -> Option<()> {
    let whole = header.whole();
    let way = if matches!(kind, 1 | 3) { " Home" } else { " Care-of" };
    match kind {
        1 | 2 if line.is_verbose() => print_words(line, way, " Init Cookie=", whole.skip(8))?,
        0..=2 => {}
        3 | 4 => {
            line.text(" nonce id=");
            line.hex(header.number()?, 1);
            if line.is_verbose() {
                print_words(line, way, " Init Cookie=", whole.skip(8))?;
                print_words(line, way, " Keygen Token=", whole.skip(16))?;
            }
        }
        5 => {
            line.labelled(" seq#=", header.number()?);
            let flags = whole.get::<u8>(8)?;
            let names = ["A", "H", "L", "K"].iter().enumerate();
            let mut separator = " ";
            for (_, name) in names.filter(|(bit, _)| flags & (0x80 >> bit) != 0) {
                line.text(std::mem::take(&mut separator));
                line.text(name);
            }
            line.labelled(" lifetime=", u32::from(whole.get::<u16>(10)?) * 4);
        }
        6 => {
            let [status, flags] = header.number()?.to_be_bytes();
            line.labelled(" status=", status);
            line.text(if flags & 0x80 == 0 { "" } else { " K" });
            line.labelled(" seq#=", whole.get::<u16>(8)?);
            line.labelled(" lifetime=", u32::from(whole.get::<u16>(10)?) * 4);
        }
        7 => {
            let [status, _] = header.number()?.to_be_bytes();
            line.labelled(" status=", status);
            let home = header.home()?;
            line.labelled_address(" homeaddr ", home);
        }
        _ => line.labelled(" len=", header.length()?),
    }
    Some(())
}

/// Two words of 32 bits with a colon between.
fn print_words(line: &mut Line<'_>, way: &str, label: &str, at: Payload<'_>) -> Option<()> {
    let (first, second): (u32, u32) = (at.get(0)?, at.get(4)?);
    line.text(way);
    line.text(label);
    line.hex_digits(first, 8);
    line.byte(b':');
    line.hex_digits(second, 8);
    Some(())
}

/// Prints the options in the next `room` bytes.
fn print_options(line: &mut Line<'_>, mut rest: Payload<'_>, mut room: u32) -> Option<()> {
    while room > 0 {
        let kind: u8 = rest.get(0)?;
        let len = if kind == 0 { 1 } else { rest.get::<u8>(1).map(|len| u32::from(len) + 2)? };
        // An option at the very end of the packet is cut for tcpdump, which looks for the byte behind it.
        if len > room || rest.bytes().len() <= len as usize {
            return None;
        }
        print_option(line, kind, rest.with_claim(len), room)?;
        rest = rest.skip(len as usize);
        room -= len;
    }
    Some(())
}

/// Prints an option; `room` is what is left of the header from it on.
fn print_option(line: &mut Line<'_>, kind: u8, option: Payload<'_>, room: u32) -> Option<()> {
    let (least, short) = match kind {
        2 => (4, "(refresh: trunc)"),
        3 => (18, "(altcoa: trunc)"),
        4 => (6, "(ni: trunc)"),
        5 => (12, "(auth: trunc)"),
        _ => (0, ""),
    };
    if room < least {
        line.text(short);
        return None;
    }
    match kind {
        0 => line.text("(pad1)"),
        1 => line.text("(padn)"),
        2 => {
            line.labelled("(refresh: ", u32::from(option.get::<u16>(2)?) * 4);
            line.text(")");
        }
        3 => {
            let address: Ipv6Addr = option.get(2)?;
            line.labelled_address("(alt-CoA: ", address);
            line.text(")");
        }
        4 => {
            let (home, care_of): (u16, u16) = (option.get(2)?, option.get(4)?);
            line.labelled_hex("(ni: ho=", home, 4);
            line.labelled_hex(" co=", care_of, 4);
            line.text(")");
        }
        5 => line.text("(auth)"),
        kind => {
            line.labelled_hex("(type-", kind, 2);
            line.labelled(": len=", option.get::<u8>(1)?);
            line.text(")");
        }
    }
    Some(())
}
