//! TCP: ports, flags, numbers counted from the connection's first, options, length.

use super::checksum::{self, Verdict};
use super::flows::{Base, Endpoint};
use super::line::Line;
use super::names::PortProtocol;
use super::packet::Network;
use super::text;
use crate::decode::{IpProtocol, OptionError, Payload, Tcp, TcpFlags, TcpOption, TcpOptionKind};

pub(super) fn print(line: &mut Line<'_>, tcp: &Tcp<'_>, network: Option<Network<'_>>) {
    print_endpoints(line, network, tcp.source_port(), tcp.destination_port());
    let claimed = i64::from(tcp.whole().claimed());
    let header_len = tcp.header_len();
    if header_len < Tcp::MIN_HEADER_LEN {
        line.text(" tcp ");
        line.number((claimed - header_len as i64) as u32);
        line.labelled(" [bad hdr length ", header_len as u64);
        line.text(" - too short, < 20]");
        return;
    }
    if line.options.quiet > 0 {
        line.labelled("tcp ", (claimed - header_len as i64) as u32);
        return print_too_long(line, tcp);
    }
    print_flags(line, tcp);
    let numbers = Numbers::of(line, tcp, network);
    if header_len as i64 > claimed {
        return print_too_long(line, tcp);
    }
    print_checksum(line, tcp, network);
    print_numbers(line, tcp, &numbers);
    if print_options(line, tcp, &numbers).is_ok() {
        line.labelled(", length ", tcp.payload().claimed());
        print_reset_text(line, tcp);
    }
}

/// The reason that a reset gives in its data (RFC 9293 section 3.5.3 allows one), with `-v`.
fn print_reset_text(line: &mut Line<'_>, tcp: &Tcp<'_>) {
    /// The most characters that are shown.
    const MAX_LEN: u32 = 30;
    let payload = tcp.payload();
    if !line.is_verbose() || !tcp.flags().has(TcpFlags::RST) || payload.claimed() == 0 {
        return;
    }
    line.text(if payload.is_truncated() { " [!RST" } else { " [RST" });
    if payload.claimed() > MAX_LEN {
        line.byte(b'+');
    }
    line.byte(b' ');
    line.untrusted(payload.with_claim(payload.claimed().min(MAX_LEN)).bytes());
    line.text("]");
}

/// `a.b.c.d.port > e.f.g.h.port: `, without the addresses where extension headers came between.
fn print_endpoints(line: &mut Line<'_>, network: Option<Network<'_>>, source: u16, destination: u16) {
    let network = network.filter(|network| network.protocol() == IpProtocol::Tcp);
    if let Some(network) = network {
        line.address(network.source());
        line.byte(b'.');
    }
    line.port(PortProtocol::Tcp, source);
    line.text(" > ");
    if let Some(network) = network {
        line.address(network.destination());
        line.byte(b'.');
    }
    line.port(PortProtocol::Tcp, destination);
    line.text(": ");
}

/// A segment whose fixed header was not captured whole: the ports, if they were.
pub(super) fn print_truncated(line: &mut Line<'_>, rest: Payload<'_>, network: Option<Network<'_>>) {
    match *rest.bytes() {
        [s0, s1, d0, d1, ..] => {
            print_endpoints(line, network, u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1]));
        }
        _ => {
            if let Some(network) = network {
                line.address(network.source());
                line.text(" > ");
                line.address(network.destination());
                line.text(":");
            }
        }
    }
    line.truncated("tcp");
}

fn print_too_long(line: &mut Line<'_>, tcp: &Tcp<'_>) {
    if tcp.header_len() as u64 > u64::from(tcp.whole().claimed()) {
        line.labelled(" [bad hdr length ", tcp.header_len() as u64);
        line.labelled(" - too long, > ", tcp.whole().claimed());
        line.text("]");
    }
}

fn print_checksum(line: &mut Line<'_>, tcp: &Tcp<'_>, network: Option<Network<'_>>) {
    let verdict = checksum::verify(line, network, IpProtocol::Tcp, tcp.whole(), tcp.checksum());
    if verdict == Verdict::Unknown {
        return;
    }
    line.text(", cksum ");
    line.hex(tcp.checksum(), 4);
    match verdict {
        Verdict::Right => line.text(" (correct)"),
        Verdict::Wrong(expected) => {
            line.text(" (incorrect -> ");
            line.hex(expected, 4);
            line.text(")");
        }
        Verdict::NotReady | Verdict::Unknown => line.text(" (left to the network card)"),
    }
}

/// The letters of the flags, in the order of their bits.
const FLAGS: [(TcpFlags, u8); 8] = [
    (TcpFlags::FIN, b'F'),
    (TcpFlags::SYN, b'S'),
    (TcpFlags::RST, b'R'),
    (TcpFlags::PSH, b'P'),
    (TcpFlags::ACK, b'.'),
    (TcpFlags::URG, b'U'),
    (TcpFlags::ECE, b'E'),
    (TcpFlags::CWR, b'W'),
];

fn print_flags(line: &mut Line<'_>, tcp: &Tcp<'_>) {
    line.text("Flags [");
    let flags = tcp.flags();
    if flags == TcpFlags(0) {
        line.text("none");
    }
    line.out.extend(FLAGS.iter().filter(|(flag, _)| flags.has(*flag)).map(|(_, letter)| *letter));
    line.text("]");
}

/// Sequence numbers as they are shown, and what selective acknowledgements are counted from.
struct Numbers {
    sequence: u32,
    acknowledgement: u32,
    sack_base: u32,
}

impl Numbers {
    fn of(line: &mut Line<'_>, tcp: &Tcp<'_>, network: Option<Network<'_>>) -> Self {
        let (sequence, acknowledgement) = (tcp.sequence(), tcp.acknowledgement());
        let absolute = Self { sequence, acknowledgement, sack_base: 0 };
        let Some(network) = network else { return absolute };
        if line.options.absolute_sequence || !tcp.flags().has(TcpFlags::ACK) {
            return absolute;
        }
        let source = Endpoint { port: tcp.source_port(), address: network.source() };
        let destination = Endpoint { port: tcp.destination_port(), address: network.destination() };
        let first = Base { sent: sequence, received: acknowledgement.wrapping_sub(1) };
        match line.flows.base(source, destination, tcp.flags().has(TcpFlags::SYN), first) {
            None => Self { sack_base: first.received, ..absolute },
            Some(base) => Self {
                sequence: sequence.wrapping_sub(base.sent),
                acknowledgement: acknowledgement.wrapping_sub(base.received),
                sack_base: base.received,
            },
        }
    }
}

fn print_numbers(line: &mut Line<'_>, tcp: &Tcp<'_>, numbers: &Numbers) {
    let flags = tcp.flags();
    let length = tcp.payload().claimed();
    let marks = TcpFlags(TcpFlags::SYN.0 | TcpFlags::FIN.0 | TcpFlags::RST.0);
    if line.options.verbose > 1 || length > 0 || flags.has(marks) {
        line.labelled(", seq ", numbers.sequence);
        if length > 0 {
            line.labelled(":", numbers.sequence.wrapping_add(length));
        }
    }
    if flags.has(TcpFlags::ACK) {
        line.labelled(", ack ", numbers.acknowledgement);
    }
    line.labelled(", win ", tcp.window());
    if flags.has(TcpFlags::URG) {
        line.labelled(", urg ", tcp.urgent());
    }
}

/// The options cannot be read to their end; the line stops there.
struct Stopped;

fn print_options(line: &mut Line<'_>, tcp: &Tcp<'_>, numbers: &Numbers) -> Result<(), Stopped> {
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
            Ok(option) => print_option(line, &option, numbers, is_first)?,
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
    numbers: &Numbers,
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
        TcpOptionKind::Sack => print_sack(line, option, numbers),
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
            text::hex_bytes(line.out, digest);
            Ok(16)
        }
        TcpOptionKind::Scps => {
            let bytes = data(option, 2)?;
            line.text(" cap ");
            text::hex_bytes(line.out, &bytes[..1]);
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
                text::hex_bytes(line.out, option.data);
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
        text::hex_bytes(line.out, &bytes[2..]);
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
        text::hex_bytes(line.out, cookie);
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
        text::hex(line.out, magic.into(), 4);
    }
    Ok(len)
}

fn print_sack(line: &mut Line<'_>, option: &TcpOption<'_>, numbers: &Numbers) -> Result<usize, OptionError> {
    let len = option.len as usize - 2;
    if !len.is_multiple_of(8) {
        line.text(" invalid sack");
        return Ok(len);
    }
    line.labelled(" ", (len / 8) as u64);
    line.byte(b' ');
    for at in (0..len).step_by(8) {
        let (start, end) = (u32_of(option, at)?, u32_of(option, at + 4)?);
        line.labelled("{", start.wrapping_sub(numbers.sack_base));
        line.labelled(":", end.wrapping_sub(numbers.sack_base));
        line.text("}");
    }
    Ok(len)
}
