//! Multipath TCP, RFC 6824 (version 0) and RFC 8684 (version 1): one option with many meanings.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::decode::{OptionError, TcpFlags, TcpOption};
use crate::print::line::Line;

/// Prints the option's length and what it says, and gives how many bytes of data it has.
pub(super) fn print(
    line: &mut Line<'_>,
    option: &TcpOption<'_>,
    flags: TcpFlags,
) -> Result<usize, OptionError> {
    let len = usize::from(option.len) - 2;
    if option.data.len() < len {
        return Err(OptionError::Truncated);
    }
    let (&first, rest) = option.data.split_first().ok_or(OptionError::BadLength)?;
    line.labelled(" ", option.len);
    let names = ["capable", "join", "dss", "add-addr", "rem-addr", "prio", "fail", "fast-close", "unknown"];
    line.byte(b' ');
    line.text(names[usize::from(first >> 4).min(names.len() - 1)]);
    let printed = match first >> 4 {
        0 => print_capable(line, first & 0x0f, rest, flags),
        1 => print_join(line, first & 1 != 0, rest, flags),
        2 => print_data_sequence(line, rest, flags),
        3 => print_add_address(line, first & 0x0f, rest),
        4 => print_remove_address(line, rest),
        5 => print_priority(line, first & 1 != 0, rest),
        6 => print_number(line, " seq ", rest),
        7 => print_number(line, " key ", rest),
        _ => Some(()),
    };
    printed.map(|()| len).ok_or(OptionError::BadLength)
}

fn key(bytes: &[u8]) -> Option<u64> {
    bytes.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))
}

fn word(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
}

/// The keys of a new connection: the sender's in a SYN, both in an acknowledgement.
fn print_capable(line: &mut Line<'_>, version: u8, rest: &[u8], flags: TcpFlags) -> Option<()> {
    let (is_syn, is_ack) = (flags.has(TcpFlags::SYN), flags.has(TcpFlags::ACK));
    let (&capabilities, keys) = rest.split_first()?;
    match keys.len() {
        0 | 8 if is_syn => {}
        16 | 18 if is_ack && !is_syn => {}
        _ => return None,
    }
    if version > 1 {
        line.labelled(" Unknown Version (", version);
        line.text(")");
        return Some(());
    }
    line.labelled(" v", version);
    line.text(if capabilities & 0x80 == 0 { "" } else { " csum" });
    if let Some(sender) = key(keys) {
        line.labelled_hex(" {", sender, 1);
        if let Some(receiver) = keys.get(8..).and_then(key) {
            line.byte(b',');
            line.hex(receiver, 1);
        }
        line.text("}");
    }
    Some(())
}

/// A further path: a token, then codes that prove the keys.
fn print_join(line: &mut Line<'_>, is_backup: bool, rest: &[u8], flags: TcpFlags) -> Option<()> {
    let (is_syn, is_ack) = (flags.has(TcpFlags::SYN), flags.has(TcpFlags::ACK));
    let (&id, rest) = rest.split_first()?;
    let print_id = |line: &mut Line<'_>| {
        line.text(if is_backup { " backup" } else { "" });
        line.labelled(" id ", id);
    };
    match rest.len() {
        8 if is_syn => {
            print_id(line);
            line.text(" token ");
            line.hex(word(rest)?, 1);
            line.text(" nonce ");
            line.hex(word(&rest[4..])?, 1);
        }
        12 if is_syn && is_ack => {
            print_id(line);
            line.text(" hmac ");
            line.hex(key(rest)?, 1);
            line.text(" nonce ");
            line.hex(word(&rest[8..])?, 1);
        }
        20 if is_ack => {
            line.text(" hmac 0x");
            line.hex_bytes(rest);
        }
        _ => return None,
    }
    Some(())
}

/// Which bytes of the whole stream this segment carries and acknowledges.
fn print_data_sequence(line: &mut Line<'_>, rest: &[u8], flags: TcpFlags) -> Option<()> {
    let (&what, mut rest) = rest.split_first()?;
    if flags.has(TcpFlags::SYN) {
        return None;
    }
    line.text(if what & 0x10 == 0 { "" } else { " fin" });
    let number = |line: &mut Line<'_>, rest: &mut &[u8], label: &str, is_long: bool| {
        line.text(label);
        let (value, len) = if is_long { (key(rest)?, 8) } else { (word(rest)?.into(), 4) };
        line.number(value);
        *rest = &rest[len..];
        Some(())
    };
    if what & 0x01 != 0 {
        number(line, &mut rest, " ack ", what & 0x02 != 0)?;
    }
    if what & 0x04 != 0 {
        number(line, &mut rest, " seq ", what & 0x08 != 0)?;
        number(line, &mut rest, " subseq ", false)?;
        let (len, behind) = rest.split_first_chunk::<2>()?;
        line.labelled(" len ", u16::from_be_bytes(*len));
        rest = behind;
        if let Some((sum, behind)) = rest.split_first_chunk::<2>() {
            line.labelled_hex(" csum ", u16::from_be_bytes(*sum), 1);
            rest = behind;
        }
    }
    rest.is_empty().then_some(())
}

/// An address of the sender, with a port and, in version 1, a code; the low bits tell the family in version 0.
fn print_add_address(line: &mut Line<'_>, family_or_echo: u8, rest: &[u8]) -> Option<()> {
    let (&id, rest) = rest.split_first()?;
    let (version, is_ipv4, has_code) = match (family_or_echo, rest.len()) {
        (4, 4 | 6) => (" v0-ip4", true, false),
        (6, 16 | 18) => (" v0-ip6", false, false),
        (0, 12 | 14) => (" v1", true, true),
        (0, 24 | 26) => (" v1", false, true),
        (1, 4 | 6) => (" v1-echo", true, false),
        (1, 16 | 18) => (" v1-echo", false, false),
        _ => return None,
    };
    line.text(version);
    line.labelled(" id ", id);
    line.byte(b' ');
    let mut rest = rest;
    if is_ipv4 {
        let (address, behind) = rest.split_first_chunk::<4>()?;
        line.ipv4(Ipv4Addr::from(*address));
        rest = behind;
    } else {
        let (address, behind) = rest.split_first_chunk::<16>()?;
        line.ipv6(Ipv6Addr::from(*address));
        rest = behind;
    }
    if !rest.len().is_multiple_of(8) {
        let (port, behind) = rest.split_first_chunk::<2>()?;
        line.labelled(":", u16::from_be_bytes(*port));
        rest = behind;
    }
    if has_code {
        line.text(" hmac ");
        line.hex(key(rest)?, 1);
    }
    Some(())
}

fn print_remove_address(line: &mut Line<'_>, ids: &[u8]) -> Option<()> {
    if ids.is_empty() {
        return None;
    }
    line.text(" id");
    for id in ids {
        line.labelled(" ", *id);
    }
    Some(())
}

fn print_priority(line: &mut Line<'_>, is_backup: bool, rest: &[u8]) -> Option<()> {
    if rest.len() > 1 {
        return None;
    }
    line.text(if is_backup { " backup" } else { " non-backup" });
    if let Some(id) = rest.first() {
        line.labelled(" id ", *id);
    }
    Some(())
}

/// A 64-bit number behind a reserved byte: the sequence number of a failure, the key of a fast close.
fn print_number(line: &mut Line<'_>, label: &str, rest: &[u8]) -> Option<()> {
    let (_, number) = rest.split_first()?;
    let number = u64::from_be_bytes(number.try_into().ok()?);
    line.text(label);
    if label == " key " {
        line.hex(number, 1);
    } else {
        line.number(number);
    }
    Some(())
}
