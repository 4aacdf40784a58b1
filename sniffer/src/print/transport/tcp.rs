//! TCP: ports, flags, numbers counted from the connection's first, options, length.

use super::endpoints;
use super::tcp_options;
use crate::decode::{IpProtocol, Payload, Tcp, TcpFlags};
use crate::print::checksum::{self, Verdict};
use crate::print::flows::{Base, Endpoint, Segment};
use crate::print::line::Line;
use crate::print::names::PortProtocol;
use crate::print::options::Options;
use crate::print::packet::Network;
use crate::print::style::{Style, styled};

const PORTS: (IpProtocol, PortProtocol) = (IpProtocol::Tcp, PortProtocol::Tcp);

pub(in crate::print) fn print(line: &mut Line<'_>, tcp: &Tcp<'_>, network: Option<Network<'_>>) {
    endpoints::with_ports(line, network, PORTS, [tcp.source_port(), tcp.destination_port()]);
    let claimed = i64::from(tcp.whole().claimed());
    let header_len = tcp.header_len();
    if header_len < Tcp::MIN_HEADER_LEN {
        line.labelled(" tcp ", (claimed - header_len as i64) as u32);
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
    if tcp_options::print(line, tcp, numbers.sack_base).is_ok() {
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

/// A segment whose fixed header was not captured whole: the ports, if they were.
pub(in crate::print) fn print_truncated(
    line: &mut Line<'_>,
    rest: Payload<'_>,
    network: Option<Network<'_>>,
) {
    match *rest.bytes() {
        [s0, s1, d0, d1, ..] => {
            let ports = [[s0, s1], [d0, d1]].map(u16::from_be_bytes);
            endpoints::with_ports(line, network, PORTS, ports);
        }
        _ => endpoints::without_ports(line, network, ":"),
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
    line.labelled_hex(", cksum ", tcp.checksum(), 4);
    match verdict {
        Verdict::Right => line.text(" (correct)"),
        Verdict::Wrong(expected) => {
            line.labelled_hex(" (incorrect -> ", expected, 4);
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
    styled(line.options.color, Style::Flags, line.out, |out| {
        if flags == TcpFlags(0) {
            out.extend_from_slice(b"none");
        }
        out.extend(FLAGS.iter().filter(|(flag, _)| flags.has(*flag)).map(|(_, letter)| *letter));
    });
    line.text("]");
}

/// Sequence numbers as they are shown, and what selective acknowledgements are counted from.
struct Numbers {
    sequence: u32,
    acknowledgement: u32,
    sack_base: u32,
}

/// What decides what the numbers of a segment count from; `None` when they are not printed or stay as they were sent.
pub(in crate::print) fn counted(
    options: &Options,
    tcp: &Tcp<'_>,
    network: Option<Network<'_>>,
) -> Option<Segment> {
    let is_cut_short = options.quiet > 0 || tcp.header_len() < Tcp::MIN_HEADER_LEN;
    if is_cut_short || options.absolute_sequence || !tcp.flags().has(TcpFlags::ACK) {
        return None;
    }
    let network = network?;
    Some(Segment {
        source: Endpoint { port: tcp.source_port(), address: network.source() },
        destination: Endpoint { port: tcp.destination_port(), address: network.destination() },
        is_first: tcp.flags().has(TcpFlags::SYN),
        first: Base { sent: tcp.sequence(), received: tcp.acknowledgement().wrapping_sub(1) },
    })
}

impl Numbers {
    fn of(line: &mut Line<'_>, tcp: &Tcp<'_>, network: Option<Network<'_>>) -> Self {
        let (sequence, acknowledgement) = (tcp.sequence(), tcp.acknowledgement());
        let absolute = Self { sequence, acknowledgement, sack_base: 0 };
        let Some(segment) = counted(&line.options, tcp, network) else { return absolute };
        match line.bases.of(&segment) {
            None => Self { sack_base: segment.first.received, ..absolute },
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
