//! What messages of OLSR say: neighbours, networks, names.

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::olsr::print_time;
use crate::decode::{OlsrMessage, Payload, Wire};
use crate::print::line::Line;
use crate::print::{hex, text, tokens};

pub(super) const MESSAGES: &[(u8, &str)] = &[
    (1, "Hello"),
    (2, "TC"),
    (3, "MID"),
    (4, "HNA"),
    (128, "Powerinfo"),
    (130, "Nameservice"),
    (201, "Hello-LQ"),
    (202, "TC-LQ"),
];

/// Prints what is behind the header of a message; `None` where it is cut.
pub(super) fn print(line: &mut Line<'_>, message: &OlsrMessage<'_>) -> Option<()> {
    let (body, is_ipv6) = (message.body, message.originator.is_ipv6());
    match message.kind {
        1 => print_hello(line, body, print_neighbours),
        201 if is_ipv6 => print_hello(line, body, print_links::<Ipv6Addr>),
        201 => print_hello(line, body, print_links::<Ipv4Addr>),
        2 => print_topology(line, body, print_neighbours),
        202 if is_ipv6 => print_topology(line, body, print_links::<Ipv6Addr>),
        202 => print_topology(line, body, print_links::<Ipv4Addr>),
        3 if is_ipv6 => print_interfaces::<Ipv6Addr>(line, body),
        3 => print_interfaces::<Ipv4Addr>(line, body),
        4 if is_ipv6 => print_networks_v6(line, body),
        4 => print_networks(line, body),
        130 if is_ipv6 => print_names::<Ipv6Addr>(line, body),
        130 => print_names::<Ipv4Addr>(line, body),
        _ => {
            hex::only_behind(line, "\n\t    ", body.bytes());
            Some(())
        }
    }
}

/// Prints a list of neighbours.
type PrintList = fn(&mut Line<'_>, Payload<'_>) -> Option<()>;

/// The links of a station.
fn print_hello(line: &mut Line<'_>, mut rest: Payload<'_>, print_list: PrintList) -> Option<()> {
    let [_, _, interval, willingness]: [u8; 4] = rest.read()?;
    line.text("\n\t  hello-time ");
    print_time(line, interval);
    line.labelled(", MPR willingness ", willingness);
    while rest.claimed() >= 4 {
        let ([code, _], len): ([u8; 2], u16) = (rest.get(0)?, rest.get(2)?);
        line.text("\n\t    link-type ");
        line.text(["Unspecified", "Asymmetric", "Symmetric", "Lost"][usize::from(code & 3)]);
        line.text(", neighbor-type ");
        tokens::print_or(line, NEIGHBOURS, code >> 2, "Unknown");
        line.labelled(", len ", len);
        if len < 4 || u32::from(len) > rest.claimed() {
            line.invalid();
            break;
        }
        let list = rest.with_claim(len.into()).skip(4);
        list.all_captured()?;
        print_list(line, list)?;
        rest = rest.skip(len.into());
    }
    Some(())
}

const NEIGHBOURS: &[(u8, &str)] = &[(0, "Not-Neighbor"), (1, "Symmetric"), (2, "Symmetric-MPR")];

/// Whom a station has chosen to pass on what it says.
fn print_topology(line: &mut Line<'_>, mut rest: Payload<'_>, print_list: PrintList) -> Option<()> {
    let sequence: u16 = rest.get(0)?;
    rest.read::<u32>()?;
    line.text("\n\t    advertised neighbor seq ");
    line.hex(sequence, 4);
    print_list(line, rest)
}

/// Neighbours of IPv4, whatever the packet has.
fn print_neighbours(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    line.text("\n\t      neighbor\n\t\t");
    while rest.claimed() >= 4 {
        line.ipv4(rest.read()?);
        line.byte(b' ');
    }
    Some(())
}

/// Neighbours, with how good the link is in both directions.
fn print_links<A: Wire + Into<IpAddr>>(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() as usize >= size_of::<A>() + 4 {
        let neighbour: A = rest.read()?;
        let [quality, reverse, _, _]: [u8; 4] = rest.read()?;
        line.text("\n\t      neighbor ");
        line.address(neighbour.into());
        let (quality, reverse) = (f64::from(quality) / 2.55, f64::from(reverse) / 2.55);
        // A vector takes everything.
        let _ = write!(line.out, ", link-quality {quality:.2}%, neighbor-link-quality {reverse:.2}%");
    }
    Some(())
}

/// The addresses of a station with several interfaces.
fn print_interfaces<A: Wire + Into<IpAddr>>(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() as usize >= size_of::<A>() {
        let address: A = rest.read()?;
        line.text("\n\t  interface address ");
        line.address(address.into());
    }
    Some(())
}

fn print_total(line: &mut Line<'_>, total: u32) {
    line.labelled("\n\t  Advertised networks (total ", total);
    line.text(")");
}

/// Networks of IPv6 behind a station.
fn print_networks_v6(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    print_total(line, rest.claimed() / 32);
    while rest.claimed() >= 32 {
        let (network, mask): (Ipv6Addr, [u8; 16]) = (rest.read()?, rest.read()?);
        line.text("\n\t    #0: ");
        line.ipv6(network);
        line.labelled("/", mask_len(mask));
    }
    Some(())
}

/// How many bits a mask covers, up to the first byte that is not all ones.
fn mask_len(mask: [u8; 16]) -> u32 {
    let full = mask.iter().take_while(|byte| **byte == 0xff).count();
    let partial = mask.get(full).filter(|byte| byte.leading_ones() == byte.count_ones());
    full as u32 * 8 + partial.map_or(0, |byte| byte.leading_ones())
}

/// Networks of IPv4 behind a station, or what it says of its way to the internet.
fn print_networks(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    print_total(line, rest.claimed() / 8);
    let mut column = 0;
    while rest.claimed() >= 8 {
        let (network, mask): (Ipv4Addr, [u8; 4]) = (rest.read()?, rest.read()?);
        line.text(if column == 0 { "\n\t    " } else { ", " });
        match mask {
            [0, flags, up, down] if flags > 0 && network.is_unspecified() => {
                print_gateway(line, flags, [up, down]);
            }
            mask => {
                let mask = u32::from_be_bytes(mask);
                line.ipv4(network);
                // What is no mask is -1, as a number without a sign.
                let is_mask = mask.leading_ones() == mask.count_ones();
                line.labelled("/", if is_mask { mask.leading_ones() } else { u32::MAX });
            }
        }
        column = (column + 1) % 4;
    }
    Some(())
}

fn print_gateway(line: &mut Line<'_>, flags: u8, speeds: [u8; 2]) {
    const FLAGS: [(u8, &str); 5] =
        [(1, " LINKSPEED"), (2, " IPV4"), (4, " IPV4-NAT"), (8, " IPV6"), (16, " IPv6-PREFIX")];
    line.text("Smart-Gateway:");
    for (_, word) in FLAGS.iter().filter(|(bit, _)| flags & bit != 0) {
        line.text(word);
    }
    let mut separator = " ";
    for speed in speeds {
        line.labelled(
            std::mem::replace(&mut separator, "/"),
            if flags & 1 == 0 { 0 } else { kilobits(speed) },
        );
    }
}

/// A speed of five bits and an exponent of ten.
fn kilobits(speed: u8) -> u32 {
    match speed {
        0 => 0,
        u8::MAX => 320_000_000,
        _ => u32::from((speed >> 3) + 1) * 10_u32.pow((speed & 7).into()),
    }
}

/// Names of stations.
fn print_names<A: Wire + Into<IpAddr>>(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    let entry_len = 4 + size_of::<A>() as u32;
    let [version, count]: [u16; 2] = [rest.read()?, rest.read()?];
    line.labelled("\n\t  Version ", version);
    line.labelled(", Entries ", count);
    if count == 0 || u32::from(count) * entry_len > rest.claimed() + 4 {
        line.invalid();
        return Some(());
    }
    for index in 0..count {
        if rest.claimed() < 4 {
            break;
        }
        let [kind, len]: [u16; 2] = [rest.read()?, rest.read()?];
        line.labelled("\n\t    #", index);
        line.text(": type ");
        line.text(if kind == 0 { "00" } else { "0x" });
        text::hex(line.out, kind.into(), 4);
        line.labelled(", length ", len);
        if len == 0 || size_of::<A>() as u32 + u32::from(len) > rest.claimed() {
            line.invalid();
            break;
        }
        let padded = size_of::<A>() + usize::from(len).next_multiple_of(4);
        let entry = rest.bytes().get(..padded)?;
        let address: A = rest.get(0)?;
        line.text(", address ");
        line.address(address.into());
        line.text(", name \"");
        line.untrusted(&entry[size_of::<A>()..size_of::<A>() + usize::from(len)]);
        line.byte(b'"');
        rest = rest.skip(padded);
    }
    Some(())
}
