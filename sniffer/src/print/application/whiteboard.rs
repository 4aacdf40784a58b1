//! The whiteboard: who is there, what is missing, with `-v` what is drawn.

use std::net::Ipv4Addr;

use crate::decode::{Payload, Whiteboard};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, packet: &Whiteboard<'_>) {
    print_packet(line, packet).unwrap_or_else(|| line.truncated("wb"));
}

/// Prints a packet; `None` where it is cut.
fn print_packet(line: &mut Line<'_>, packet: &Whiteboard<'_>) -> Option<()> {
    if (packet.whole().claimed() as usize) < Whiteboard::HEADER_LEN {
        line.invalid();
        return Some(());
    }
    let (kind, flags) = (packet.kind()?, packet.flags()?);
    line.text(if flags == 0 { "" } else { "*" });
    let Some((_, word, least, print_body)) = KINDS.iter().find(|(number, ..)| *number == kind) else {
        if kind == KILL {
            line.text(" wb-kill");
        } else {
            line.labelled(" wb-", kind);
            line.text("!");
            line.invalid();
        }
        return Some(());
    };
    line.text(word);
    if packet.body().claimed() < *least {
        line.invalid();
        return Some(());
    }
    print_body(line, packet.body())
}

/// Somebody leaves.
const KILL: u8 = 4;

/// Prints what is behind the header.
type PrintBody = fn(&mut Line<'_>, Payload<'_>) -> Option<()>;

/// What a packet is, the word for it, bytes that it needs behind the header, and how they are printed.
const KINDS: &[(u8, &str, u32, PrintBody)] = &[
    (0, " wb-dop:", 16, print_drawing),
    (1, " wb-id:", 28, print_site),
    (2, " wb-rreq:", 20, print_repair_request),
    (3, " wb-rrep:", 20, print_repair),
    (5, " wb-preq:", 16, print_page_request),
    (7, " wb-prep:", 4, print_pages),
];

/// A page: the site that began it, and its number there.
fn print_page(line: &mut Line<'_>, label: &str, rest: &mut Payload<'_>) -> Option<()> {
    line.labelled_address(label, rest.read::<Ipv4Addr>()?);
    line.labelled(":", rest.read::<u32>()?);
    Some(())
}

/// Prints the numbers of drawings from the first to the last, and gives them.
fn print_range(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<[u32; 2]> {
    let [first, last]: [u32; 2] = [rest.read()?, rest.read()?];
    line.labelled("<", first);
    line.labelled(":", last);
    line.text(">");
    Some([first, last])
}

/// What sites have drawn: who, and how much.
fn print_offsets(line: &mut Line<'_>, rest: &mut Payload<'_>, count: u16) -> Option<()> {
    for index in 0..count {
        line.labelled_address(if index == 0 { "<" } else { "," }, rest.read::<Ipv4Addr>()?);
        line.labelled(":", rest.read::<u32>()?);
    }
    line.text(">");
    Some(())
}

/// Who is there.
fn print_site(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    let (mut newest, mut current) = (whole, whole.skip(12));
    let (most, slot): (u32, u32) = (newest.read()?, current.read()?);
    line.labelled(" ", slot);
    print_page(line, "/", &mut current)?;
    line.labelled(" (max ", most);
    print_page(line, "/", &mut newest)?;
    line.text(") ");
    let [count, _]: [u16; 2] = [current.read()?, current.read()?];
    if u32::from(count) * 8 > current.claimed() {
        line.invalid();
        return Some(());
    }
    if count == 0 {
        // tcpdump does not open what it closes.
        line.text("> \"");
    } else {
        print_offsets(line, &mut current, count)?;
        line.text(" \"");
    }
    line.zero_padded(current)?;
    line.text("\"");
    Some(())
}

/// What is missing.
fn print_repair_request(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    line.labelled_address(" please repair ", rest.read::<Ipv4Addr>()?);
    print_page(line, " ", &mut rest)?;
    print_range(line, &mut rest)?;
    Some(())
}

fn print_page_request(line: &mut Line<'_>, rest: Payload<'_>) -> Option<()> {
    rest.get::<[u8; 16]>(0)?;
    line.labelled(" need ", rest.get::<u32>(8)?);
    print_page(line, "/", &mut rest.with_claim(8))
}

fn print_pages(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    let count: u32 = rest.read()?;
    for _ in 0..count {
        line.labelled(" ", rest.read::<u32>()?);
        print_page(line, "/", &mut rest)?;
        // The number of sites is taken from the upper half of its field.
        let [sites, _, _, _]: [u8; 4] = rest.read()?;
        print_offsets(line, &mut rest, sites.into())?;
    }
    Some(())
}

/// What was missing.
fn print_repair(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    line.labelled_address(" for ", rest.read::<Ipv4Addr>()?);
    print_drawing(line, rest)
}

fn print_drawing(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    print_page(line, " ", &mut rest)?;
    let range = print_range(line, &mut rest)?;
    if line.is_verbose() { print_operations(line, rest, range) } else { Some(()) }
}

fn print_operations(line: &mut Line<'_>, mut rest: Payload<'_>, [mut at, last]: [u32; 2]) -> Option<()> {
    /// Operations that stand for several, up to the number in them.
    const RUNS: std::ops::RangeInclusive<u8> = 14..=15;
    line.text(" <");
    while at <= last {
        let (number, len): (u32, u16) = (rest.get(0)?, rest.get(4)?);
        let kind: u8 = rest.get(7)?;
        line.byte(b' ');
        tokens::print(line, OPERATIONS, kind, ["dop-", "!"]);
        if RUNS.contains(&kind) {
            line.number(number.wrapping_sub(at).wrapping_add(1));
            if at > number || number > last {
                line.text("[|]");
            }
            if number < at {
                return Some(());
            }
            at = number;
        }
        rest = rest.skip((usize::from(len) + 8).next_multiple_of(4));
        at = at.wrapping_add(1);
    }
    line.text(" >");
    Some(())
}

const OPERATIONS: &[(u8, &str)] = &[
    (2, "RECT"),
    (3, "LINE"),
    (4, "ML"),
    (5, "DEL"),
    (6, "XFORM"),
    (7, "ELL"),
    (8, "CHAR"),
    (9, "STR"),
    (10, "NOP"),
    (11, "PSCODE"),
    (12, "PSCOMP"),
    (13, "REF"),
    (14, "SKIP"),
    (15, "HOLE"),
];
