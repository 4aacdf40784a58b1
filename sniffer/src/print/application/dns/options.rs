//! Options of EDNS in the OPT record of a message.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::names::{Printed, Stopped, print_name};
use crate::decode::{Dns, DnsOption, DnsRecord, Payload};
use crate::print::line::Line;
use crate::print::{text, tokens};

pub(super) fn print(line: &mut Line<'_>, dns: &Dns<'_>, record: &DnsRecord<'_>) -> Printed {
    line.labelled(" UDPsize=", record.class);
    line.text(if record.ttl & 0x8000 == 0 { "" } else { " DO" });
    let mut rest = dns.message().skip(record.data_at).with_claim(record.len.into());
    let mut separator = " [";
    while rest.claimed() > 0 {
        line.text(std::mem::replace(&mut separator, ","));
        let code: u16 = rest.get(0).ok_or(Stopped)?;
        tokens::print(line, OPTIONS, code, ["Opt", ""]);
        let option = DnsOption::next(&mut rest).ok_or(Stopped)?;
        if option.value.claimed() > 0 {
            line.byte(b' ');
            print_value(line, dns, &option);
        }
    }
    line.text(if record.len > 0 { "]" } else { "" });
    Ok(())
}

fn print_value(line: &mut Line<'_>, dns: &Dns<'_>, option: &DnsOption<'_>) {
    let bytes = option.value.bytes();
    match option.code {
        5 => print_numbers(line, SIGNATURES, bytes),
        6 => print_numbers(line, DIGESTS, bytes),
        7 => print_numbers(line, HASHES, bytes),
        8 => print_subnet(line, option.value).unwrap_or_else(|| line.invalid()),
        9 => print_seconds(line, bytes),
        10 => print_cookie(line, bytes),
        11 => print_tenths(line, bytes),
        12 => {
            line.labelled("(", bytes.len() as u64);
            line.text(")");
        }
        13 => {
            let at = option.value.offset() - dns.message().offset();
            // What is behind the name does not depend on it.
            let _ = print_name(line, dns.name_at(at as usize));
        }
        14 => print_key_tags(line, bytes),
        _ => line.hex_bytes(bytes),
    }
}

/// Numbers of algorithms by their names.
fn print_numbers(line: &mut Line<'_>, table: &[(u8, &'static str)], numbers: &[u8]) {
    let mut separator = "";
    for number in numbers {
        line.text(std::mem::replace(&mut separator, " "));
        tokens::print(line, table, *number, ["Alg_", ""]);
    }
}

/// The part of the client's network, RFC 7871; nothing where its lengths contradict each other.
fn print_subnet(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    let family: u16 = value.read()?;
    let [source_len, scope_len]: [u8; 2] = value.read()?;
    let bits = match family {
        1 => 32,
        2 => 128,
        _ => return None,
    };
    let known = value.bytes();
    if source_len > bits || scope_len > bits || usize::from(source_len).div_ceil(8) != known.len() {
        return None;
    }
    let mut address = [0; 16];
    address[..known.len()].copy_from_slice(known);
    match address {
        [a, b, c, d, ..] if family == 1 => text::ipv4(line.out, Ipv4Addr::new(a, b, c, d)),
        _ => text::ipv6(line.out, Ipv6Addr::from(address)),
    }
    line.labelled("/", source_len);
    line.labelled("/", scope_len);
    Some(())
}

fn print_seconds(line: &mut Line<'_>, bytes: &[u8]) {
    let Ok(seconds) = bytes.try_into() else { return line.invalid() };
    line.number(u32::from_be_bytes(seconds));
    line.text(" sec");
}

/// The client's cookie, and the server's behind it, RFC 7873.
fn print_cookie(line: &mut Line<'_>, bytes: &[u8]) {
    match bytes.split_first_chunk::<8>() {
        Some((client, server)) if matches!(server.len(), 0 | 8..=32) => {
            line.hex_bytes(client);
            line.text(if server.is_empty() { "" } else { " " });
            line.hex_bytes(server);
        }
        _ => line.invalid(),
    }
}

/// How long a connection stays open, in tenths of a second on the wire.
fn print_tenths(line: &mut Line<'_>, bytes: &[u8]) {
    let Ok(tenths) = bytes.try_into().map(u16::from_be_bytes) else { return line.invalid() };
    line.number(tenths / 10);
    line.labelled(".", tenths % 10);
    line.text(" sec");
}

fn print_key_tags(line: &mut Line<'_>, bytes: &[u8]) {
    let (tags, []) = bytes.as_chunks::<2>() else { return line.invalid() };
    let mut separator = "";
    for tag in tags {
        line.labelled(std::mem::replace(&mut separator, " "), u16::from_be_bytes(*tag));
    }
}

/// Options (<https://www.iana.org/assignments/dns-parameters>).
const OPTIONS: &[(u16, &str)] = &[
    (1, "LLQ"),
    (2, "UL"),
    (3, "NSID"),
    (5, "DAU"),
    (6, "DHU"),
    (7, "N3U"),
    (8, "ECS"),
    (9, "EXPIRE"),
    (10, "COOKIE"),
    (11, "KEEPALIVE"),
    (12, "PADDING"),
    (13, "CHAIN"),
    (14, "KEY-TAG"),
    (16, "CLIENT-TAG"),
    (17, "SERVER-TAG"),
];

/// Algorithms of signatures.
const SIGNATURES: &[(u8, &str)] = &[
    (0, "DELETE"),
    (1, "RSAMD5"),
    (2, "DH"),
    (3, "DS"),
    (5, "RSASHA1"),
    (6, "DSA-NSEC3-SHA1"),
    (7, "RSASHA1-NSEC3-SHA1"),
    (8, "RSASHA256"),
    (10, "RSASHA512"),
    (12, "ECC-GOST"),
    (13, "ECDSAP256SHA256"),
    (14, "ECDSAP384SHA384"),
    (15, "ED25519"),
    (16, "ED448"),
    (252, "INDIRECT"),
    (253, "PRIVATEDNS"),
    (254, "PRIVATEOID"),
];

/// Digests of delegations.
const DIGESTS: &[(u8, &str)] = &[(1, "SHA-1"), (2, "SHA-256"), (3, "GOST_R_34.11-94"), (4, "SHA-384")];

/// Hashes of names that do not exist.
const HASHES: &[(u8, &str)] = &[(1, "SHA-1")];
