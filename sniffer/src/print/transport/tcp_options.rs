//! The options of a TCP header.

use super::mptcp;
use crate::decode::{OptionError, Tcp, TcpFlags, TcpOption, TcpOptionKind};
use crate::print::line::Line;

/// The options cannot be read to their end; the line stops there.
pub(super) struct Stopped;

/// Prints the options, with selective acknowledgements counted from `sack_base`.
pub(super) fn print(line: &mut Line<'_>, tcp: &Tcp<'_>, sack_base: u32) -> Result<(), Stopped> {
    let options = tcp.options();
    if options.claimed() == 0 {
        return Ok(());
    }
    line.text(", options [");
    let mut is_first = true;
    for option in options {
        if !is_first {
            line.byte(b',');
        }
        match option {
            Ok(option) => print_option(line, &option, tcp.flags(), sack_base, is_first)?,
            Err(OptionError::Truncated) => {
                line.truncated("tcp");
                return Err(Stopped);
            }
            Err(error) => return stop(line, error, is_first),
        }
        is_first = false;
    }
    line.byte(b']');
    Ok(())
}

/// tcpdump's two ways of giving up within the options.
fn stop(line: &mut Line<'_>, error: OptionError, is_first: bool) -> Result<(), Stopped> {
    match error {
        OptionError::BadLength => line.text(if is_first { "[bad opt]" } else { "[bad opt]]" }),
        OptionError::Truncated => {
            line.truncated("tcp");
            if !is_first {
                line.byte(b'>');
            }
        }
    }
    Err(Stopped)
}

fn print_option(
    line: &mut Line<'_>,
    option: &TcpOption<'_>,
    flags: TcpFlags,
    sack_base: u32,
    is_first: bool,
) -> Result<(), Stopped> {
    match option.kind {
        TcpOptionKind::Nop => line.text("nop"),
        TcpOptionKind::End => line.text("eol"),
        TcpOptionKind::Unknown(kind) => line.labelled("unknown-", kind),
        kind => line.text(option_name(kind)),
    }
    let result = match option.kind {
        TcpOptionKind::Nop | TcpOptionKind::End | TcpOptionKind::SackPermitted => Ok(0),
        TcpOptionKind::Sack => print_sack(line, option, sack_base),
        TcpOptionKind::Mptcp => mptcp::print(line, option, flags),
        _ => print_data(line, option),
    };
    match result {
        Ok(used) => {
            let expected = if option.len == 1 { 1 } else { used + 2 };
            if expected != option.len as usize {
                line.labelled("[len ", option.len);
                line.text("]");
            }
            Ok(())
        }
        Err(error) => stop(line, error, is_first),
    }
}

fn option_name(kind: TcpOptionKind) -> &'static str {
    match kind {
        TcpOptionKind::Mss => "mss",
        TcpOptionKind::WindowScale => "wscale",
        TcpOptionKind::SackPermitted => "sackOK",
        TcpOptionKind::Sack => "sack",
        TcpOptionKind::Echo => "echo",
        TcpOptionKind::EchoReply => "echoreply",
        TcpOptionKind::Timestamps => "TS",
        TcpOptionKind::ConnectionCount => "cc",
        TcpOptionKind::ConnectionCountNew => "ccnew",
        TcpOptionKind::Md5 => "md5",
        TcpOptionKind::Scps => "scps",
        TcpOptionKind::UserTimeout => "uto",
        TcpOptionKind::Ao => "tcp-ao",
        TcpOptionKind::Mptcp => "mptcp",
        TcpOptionKind::FastOpen => "tfo",
        TcpOptionKind::Experiment2 => "exp",
        _ => "",
    }
}

/// Checks that `count` bytes of data are there, by the option's length and by the capture.
fn data<'a>(option: &TcpOption<'a>, count: usize) -> Result<&'a [u8], OptionError> {
    if count + 2 > option.len as usize {
        return Err(OptionError::BadLength);
    }
    option.data.get(..count).ok_or(OptionError::Truncated)
}

fn u16_of(option: &TcpOption<'_>, at: usize) -> Result<u16, OptionError> {
    let bytes = data(option, at + 2)?;
    Ok(u16::from_be_bytes([bytes[at], bytes[at + 1]]))
}

fn u32_of(option: &TcpOption<'_>, at: usize) -> Result<u32, OptionError> {
    let bytes = data(option, at + 4)?;
    Ok(u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]))
}

/// Prints an option's data and gives how many bytes of it there should be.
fn print_data(line: &mut Line<'_>, option: &TcpOption<'_>) -> Result<usize, OptionError> {
    match option.kind {
        TcpOptionKind::Mss => {
            line.labelled(" ", u16_of(option, 0)?);
            Ok(2)
        }
        TcpOptionKind::WindowScale => {
            line.labelled(" ", data(option, 1)?[0]);
            Ok(1)
        }
        TcpOptionKind::Timestamps => {
            let (value, echo) = (u32_of(option, 0)?, u32_of(option, 4)?);
            line.labelled(" val ", value);
            line.labelled(" ecr ", echo);
            Ok(8)
        }
        TcpOptionKind::Echo
        | TcpOptionKind::EchoReply
        | TcpOptionKind::ConnectionCount
        | TcpOptionKind::ConnectionCountNew
        | TcpOptionKind::ConnectionCountEcho => {
            line.labelled(" ", u32_of(option, 0)?);
            Ok(4)
        }
        _ => print_rare(line, option),
    }
}

fn print_rare(line: &mut Line<'_>, option: &TcpOption<'_>) -> Result<usize, OptionError> {
    let len = option.len as usize - 2;
    match option.kind {
        TcpOptionKind::Md5 => {
            let digest = data(option, 16)?;
            line.text(" shared secret not supplied with -M, can't check - ");
            line.hex_bytes(digest);
            Ok(16)
        }
        TcpOptionKind::Scps => {
            let bytes = data(option, 2)?;
            line.text(" cap ");
            line.hex_bytes(&bytes[..1]);
            line.labelled(" id ", bytes[1]);
            Ok(2)
        }
        TcpOptionKind::UserTimeout => {
            let value = u16_of(option, 0)?;
            let seconds = if value & 1 == 1 { u32::from(value >> 1) * 60 } else { u32::from(value >> 1) };
            line.byte(b' ');
            line.hex(value, 1);
            line.labelled(" ", seconds);
            Ok(2)
        }
        TcpOptionKind::Ao => print_authentication(line, option, len),
        TcpOptionKind::FastOpen => {
            let cookie = data(option, len)?;
            line.text("  ");
            print_cookie(line, cookie);
            Ok(len)
        }
        TcpOptionKind::Experiment2 => print_experiment(line, option, len),
        _ => {
            if len > 0 {
                line.text(" 0x");
                line.hex_bytes(option.data);
            }
            data(option, len).map(|_| len)
        }
    }
}

fn print_authentication(
    line: &mut Line<'_>,
    option: &TcpOption<'_>,
    len: usize,
) -> Result<usize, OptionError> {
    if len < 2 {
        line.invalid();
        return Ok(len);
    }
    let bytes = data(option, len)?;
    line.labelled(" keyid ", bytes[0]);
    line.labelled(" rnextkeyid ", bytes[1]);
    if len > 2 {
        line.text(" mac 0x");
        line.hex_bytes(&bytes[2..]);
    }
    Ok(len)
}

/// A cookie of fast open: the request for one is empty.
fn print_cookie(line: &mut Line<'_>, cookie: &[u8]) {
    if cookie.is_empty() {
        line.text("cookiereq");
    } else if !cookie.len().is_multiple_of(2) || !(4..=16).contains(&cookie.len()) {
        line.text("invalid");
    } else {
        line.text("cookie ");
        line.hex_bytes(cookie);
    }
}

/// An experiment, named by its magic number (RFC 6994); fast open began as one.
fn print_experiment(line: &mut Line<'_>, option: &TcpOption<'_>, len: usize) -> Result<usize, OptionError> {
    let magic = u16_of(option, 0)?;
    let bytes = data(option, len)?;
    line.byte(b'-');
    if magic == 0xf989 {
        line.text("tfo ");
        print_cookie(line, &bytes[2..]);
    } else {
        line.hex_digits(magic, 4);
    }
    Ok(len)
}

fn print_sack(line: &mut Line<'_>, option: &TcpOption<'_>, sack_base: u32) -> Result<usize, OptionError> {
    let len = option.len as usize - 2;
    if !len.is_multiple_of(8) {
        line.text(" invalid sack");
        return Ok(len);
    }
    line.labelled(" ", (len / 8) as u64);
    line.byte(b' ');
    for at in (0..len).step_by(8) {
        let (start, end) = (u32_of(option, at)?, u32_of(option, at + 4)?);
        line.labelled("{", start.wrapping_sub(sack_base));
        line.labelled(":", end.wrapping_sub(sack_base));
        line.text("}");
    }
    Ok(len)
}
