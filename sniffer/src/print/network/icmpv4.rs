//! ICMP: what happened, and to which packet.

use crate::decode::{Checksum, EtherType, Icmpv4, Icmpv4Type, IpProtocol, Ipv4, Protocol};
use crate::print::line::Line;
use crate::print::names::PortProtocol;
use crate::print::packet::{self, Network};
use crate::print::{text, tokens};

/// A field that the message needs was not captured.
struct Truncated;

type Printed = Result<(), Truncated>;

pub(in crate::print) fn print(line: &mut Line<'_>, icmp: &Icmpv4<'_>, network: Option<Network<'_>>) {
    if matches!(network, Some(Network::V6 { .. })) {
        line.text("[ICMP requires IPv4]");
        return line.invalid();
    }
    let start = line.out.len();
    line.text("ICMP ");
    if print_message(line, icmp).is_err() {
        line.out.truncate(start);
        return line.truncated("icmp");
    }
    line.labelled(", length ", icmp.whole().claimed());
    if line.is_verbose() {
        print_checksum(line, icmp, network);
        if icmp.is_error() {
            print_quote(line, icmp);
        }
    }
}

fn print_checksum(line: &mut Line<'_>, icmp: &Icmpv4<'_>, network: Option<Network<'_>>) {
    let is_fragment = network.is_some_and(|network| network.is_fragment());
    let Some(found) = icmp.checksum().filter(|_| !is_fragment && !icmp.whole().is_truncated()) else {
        return;
    };
    let mut sum = Checksum::default();
    sum.add(icmp.whole().bytes());
    if let Some(expected) = sum.expected(found) {
        line.text(" (wrong icmp cksum ");
        line.hex_digits(found, 1);
        line.text(" (->");
        line.hex_digits(expected, 1);
        line.text(")!)");
    }
}

/// The packet that an error is about.
fn print_quote(line: &mut Line<'_>, icmp: &Icmpv4<'_>) {
    line.text("\n\t");
    let claimed = icmp.quoted().map_or(0, |ip| ip.total_len());
    let quote = icmp.quote().with_claim(claimed.into());
    packet::print_quoted(line, Protocol::EtherType(EtherType::Ipv4), quote);
}

fn print_message(line: &mut Line<'_>, icmp: &Icmpv4<'_>) -> Printed {
    match icmp.kind() {
        Icmpv4Type::EchoRequest => print_echo(line, icmp, "echo request"),
        Icmpv4Type::EchoReply => print_echo(line, icmp, "echo reply"),
        Icmpv4Type::Unreachable => print_unreachable(line, icmp),
        Icmpv4Type::Redirect => print_redirect(line, icmp),
        Icmpv4Type::RouterAdvertisement => print_router_advertisement(line, icmp),
        Icmpv4Type::TimeExceeded => {
            icmp.quoted().ok_or(Truncated)?;
            match icmp.code() {
                0 => line.text("time exceeded in-transit"),
                1 => line.text("ip reassembly time exceeded"),
                other => line.labelled("time exceeded-#", other),
            }
            Ok(())
        }
        Icmpv4Type::ParameterProblem => {
            if icmp.code() == 0 {
                let pointer = icmp.whole().bytes().get(4).ok_or(Truncated)?;
                line.labelled("parameter problem - octet ", *pointer);
            } else {
                line.labelled("parameter problem - code ", icmp.code());
            }
            Ok(())
        }
        Icmpv4Type::AddressMaskReply => {
            line.text("address mask is ");
            line.hex(icmp.u32_at(8).ok_or(Truncated)?, 8);
            Ok(())
        }
        Icmpv4Type::TimestampRequest => print_identified(line, icmp, "time stamp query"),
        Icmpv4Type::TimestampReply => print_times(line, icmp),
        other => {
            tokens::print(line, WORDS, other.into(), ["type-#", ""]);
            Ok(())
        }
    }
}

/// Messages that are told by their type alone.
const WORDS: &[(u8, &str)] = &[
    (4, "source quench"),
    (10, "router solicitation"),
    (15, "information request"),
    (16, "information reply"),
    (17, "address mask request"),
];

fn print_echo(line: &mut Line<'_>, icmp: &Icmpv4<'_>, word: &str) -> Printed {
    let sequence = icmp.sequence().ok_or(Truncated)?;
    line.text(word);
    line.labelled(", id ", icmp.identifier().ok_or(Truncated)?);
    line.labelled(", seq ", sequence);
    Ok(())
}

fn print_identified(line: &mut Line<'_>, icmp: &Icmpv4<'_>, word: &str) -> Printed {
    let sequence = icmp.sequence().ok_or(Truncated)?;
    line.text(word);
    line.labelled(" id ", icmp.identifier().ok_or(Truncated)?);
    line.labelled(" seq ", sequence);
    Ok(())
}

fn print_times(line: &mut Line<'_>, icmp: &Icmpv4<'_>) -> Printed {
    icmp.u32_at(16).ok_or(Truncated)?;
    print_identified(line, icmp, "time stamp reply")?;
    for (label, offset) in [(": org ", 8), (", recv ", 12), (", xmit ", 16)] {
        line.text(label);
        print_time_of_day(line, icmp.u32_at(offset).ok_or(Truncated)?);
    }
    Ok(())
}

/// Milliseconds since midnight UTC.
fn print_time_of_day(line: &mut Line<'_>, millis: u32) {
    let seconds = millis / 1000;
    for (index, part) in [seconds / 3600, seconds / 60 % 60, seconds % 60].into_iter().enumerate() {
        if index > 0 {
            line.byte(b':');
        }
        text::decimal_padded(line.out, part.into(), 2);
    }
    line.byte(b'.');
    text::decimal_padded(line.out, u64::from(millis % 1000), 3);
}

fn print_unreachable(line: &mut Line<'_>, icmp: &Icmpv4<'_>) -> Printed {
    let quoted = icmp.quoted().ok_or(Truncated)?;
    match icmp.code() {
        2 => {
            line.ipv4(quoted.destination());
            line.labelled(" protocol ", u8::from(quoted.protocol()));
            line.text(" unreachable");
        }
        3 => return print_port_unreachable(line, &quoted),
        4 => {
            line.ipv4(quoted.destination());
            line.text(" unreachable - need to frag");
            let mtu = icmp.sequence().ok_or(Truncated)?;
            if mtu != 0 {
                line.labelled(" (mtu ", mtu);
                line.text(")");
            }
        }
        code => print_unreachable_code(line, code, &quoted),
    }
    Ok(())
}

fn print_port_unreachable(line: &mut Line<'_>, quoted: &Ipv4<'_>) -> Printed {
    // The offset of the quoted transport header is the quoted header's own claim, however small.
    let transport = quoted.whole().bytes().get(quoted.header_len()..).unwrap_or_default();
    let &[_, _, d0, d1, ..] = transport else { return Err(Truncated) };
    let port = u16::from_be_bytes([d0, d1]);
    line.ipv4(quoted.destination());
    match quoted.protocol() {
        IpProtocol::Tcp => {
            line.text(" tcp port ");
            line.port(PortProtocol::Tcp, port);
        }
        IpProtocol::Udp => {
            line.text(" udp port ");
            line.port(PortProtocol::Udp, port);
        }
        other => {
            line.labelled(" protocol ", u8::from(other));
            line.labelled(" port ", port);
        }
    }
    line.text(" unreachable");
    Ok(())
}

fn print_unreachable_code(line: &mut Line<'_>, code: u8, quoted: &Ipv4<'_>) {
    let (before, behind) = match code {
        0 => ("net ", " unreachable"),
        1 => ("host ", " unreachable"),
        5 => ("", " unreachable - source route failed"),
        6 => ("net ", " unreachable - unknown"),
        7 => ("host ", " unreachable - unknown"),
        8 => ("", " unreachable - source host isolated"),
        9 => ("net ", " unreachable - admin prohibited"),
        10 => ("host ", " unreachable - admin prohibited"),
        11 => ("net ", " unreachable - tos prohibited"),
        12 => ("host ", " unreachable - tos prohibited"),
        13 => ("host ", " unreachable - admin prohibited filter"),
        14 => ("host ", " unreachable - host precedence violation"),
        15 => ("host ", " unreachable - precedence cutoff"),
        _ => ("", " unreachable - #"),
    };
    line.text(before);
    line.ipv4(quoted.destination());
    line.text(behind);
    if code > 15 {
        line.number(code);
    }
}

fn print_redirect(line: &mut Line<'_>, icmp: &Icmpv4<'_>) -> Printed {
    let quoted = icmp.quoted().ok_or(Truncated)?;
    let (before, between) = match icmp.code() {
        0 => ("redirect ", " to net "),
        1 => ("redirect ", " to host "),
        2 => ("redirect-tos ", " to net "),
        3 => ("redirect-tos ", " to host "),
        _ => ("redirect-#", " to "),
    };
    line.text(before);
    if icmp.code() > 3 {
        line.number(icmp.code());
        line.byte(b' ');
    }
    line.ipv4(quoted.destination());
    line.text(between);
    line.ipv4(icmp.gateway().ok_or(Truncated)?);
    Ok(())
}

fn print_router_advertisement(line: &mut Line<'_>, icmp: &Icmpv4<'_>) -> Printed {
    let lifetime = u32::from(icmp.u16_at(6).ok_or(Truncated)?);
    let &[_, _, _, _, count, size, ..] = icmp.whole().bytes() else { return Err(Truncated) };
    line.text("router advertisement lifetime ");
    print_lifetime(line, lifetime);
    line.labelled(" ", count);
    line.text(":");
    if size != 2 {
        line.labelled(" [size ", size);
        line.text("]");
        return Ok(());
    }
    for entry in 0..usize::from(count) {
        let at = 8 + entry * 8;
        let preference = icmp.u32_at(at + 4).ok_or(Truncated)?;
        line.text(" {");
        line.ipv4(icmp.u32_at(at).ok_or(Truncated)?.into());
        line.labelled(" ", preference);
        line.text("}");
    }
    Ok(())
}

fn print_lifetime(line: &mut Line<'_>, seconds: u32) {
    match seconds {
        0..60 => line.number(seconds),
        60..3600 => {
            line.number(seconds / 60);
            line.byte(b':');
            text::decimal_padded(line.out, u64::from(seconds % 60), 2);
        }
        _ => {
            line.number(seconds / 3600);
            for part in [seconds / 60 % 60, seconds % 60] {
                line.byte(b':');
                text::decimal_padded(line.out, part.into(), 2);
            }
        }
    }
}
