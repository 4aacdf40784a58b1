//! ICMPv6 with neighbour discovery and multicast listener discovery.

use std::net::Ipv6Addr;

use super::{icmpv6_node, icmpv6_options, icmpv6_rpl, mld};
use crate::decode::{Icmpv6, Icmpv6Type, IpProtocol, Ipv6, Layer, Protocol, decode_payload};
use crate::print::checksum::{self, Verdict};
use crate::print::line::Line;
use crate::print::names::PortProtocol;
use crate::print::packet::Network;
use crate::print::{hex, tokens};

/// A field that the message needs was not captured.
pub(super) struct Truncated;

pub(super) type Printed = Result<(), Truncated>;

pub(in crate::print) fn print(line: &mut Line<'_>, icmp: &Icmpv6<'_>, network: Option<Network<'_>>) {
    if matches!(network, Some(Network::V4(_))) {
        line.text("[ICMPv6 requires IPv6]");
        return line.invalid();
    }
    print_checksum(line, icmp, network);
    line.text("ICMP6, ");
    tokens::print(line, TYPES, icmp.kind().into(), ["unknown icmp6 type (", ")"]);
    if line.is_verbose() && tells_len_early(icmp.kind()) {
        line.labelled(", length ", icmp.whole().claimed());
    }
    let Some(code) = icmp.code() else { return line.truncated("icmp6") };
    if print_message(line, icmp, code).is_err() {
        return line.truncated("icmp6");
    }
    match (icmp.kind(), code) {
        (Icmpv6Type::Unknown(_), _) => {
            line.labelled(", length ", icmp.whole().claimed());
            hex::only(line, icmp.whole().bytes());
        }
        (Icmpv6Type::Unreachable, 5..) => hex::only(line, icmp.whole().bytes()),
        _ if line.is_verbose() => {}
        _ => line.labelled(", length ", icmp.whole().claimed()),
    }
}

/// Whether `-v` tells the length in front of what the message says.
fn tells_len_early(kind: Icmpv6Type) -> bool {
    matches!(
        kind,
        Icmpv6Type::RouterSolicitation
            | Icmpv6Type::RouterAdvertisement
            | Icmpv6Type::NeighborSolicitation
            | Icmpv6Type::NeighborAdvertisement
            | Icmpv6Type::Redirect
            | Icmpv6Type::HomeAgentReply
            | Icmpv6Type::MobilePrefixAdvertisement
    )
}

fn print_checksum(line: &mut Line<'_>, icmp: &Icmpv6<'_>, network: Option<Network<'_>>) {
    let Some(found) = icmp.checksum() else { return };
    match checksum::verify(line, network, IpProtocol::Icmpv6, icmp.whole(), found) {
        Verdict::Unknown => {}
        Verdict::Right => line.text("[icmp6 sum ok] "),
        Verdict::NotReady => line.text("[icmp6 cksum left to the network card] "),
        Verdict::Wrong(expected) => {
            line.labelled_hex("[bad icmp6 cksum ", found, 4);
            line.labelled_hex(" -> ", expected, 4);
            line.text("!] ");
        }
    }
}

/// The options behind the first `offset` bytes of the message, with `-v`.
fn print_options(line: &mut Line<'_>, icmp: &Icmpv6<'_>, offset: usize) -> Printed {
    if !line.is_verbose() {
        return Ok(());
    }
    icmpv6_options::print(line, icmp.whole().skip(offset).bytes()).map_err(|_| Truncated)
}

fn print_message(line: &mut Line<'_>, icmp: &Icmpv6<'_>, code: u8) -> Printed {
    match icmp.kind() {
        Icmpv6Type::Unreachable => print_unreachable(line, icmp, code),
        Icmpv6Type::PacketTooBig => {
            line.labelled(", mtu ", icmp.u32_at(4).ok_or(Truncated)?);
            Ok(())
        }
        Icmpv6Type::TimeExceeded => print_time_exceeded(line, icmp, code),
        Icmpv6Type::ParameterProblem => print_parameter_problem(line, icmp, code),
        Icmpv6Type::EchoRequest | Icmpv6Type::EchoReply => {
            let sequence = icmp.sequence().ok_or(Truncated)?;
            line.labelled(", id ", icmp.identifier().ok_or(Truncated)?);
            line.labelled(", seq ", sequence);
            Ok(())
        }
        Icmpv6Type::ListenerQuery => mld::print_query(line, icmp),
        Icmpv6Type::ListenerReport | Icmpv6Type::ListenerDone => mld::print_listener(line, icmp),
        Icmpv6Type::ListenerReportV2 => mld::print_report(line, icmp),
        Icmpv6Type::RouterSolicitation => print_options(line, icmp, 8),
        Icmpv6Type::RouterAdvertisement => print_router_advertisement(line, icmp),
        Icmpv6Type::NeighborSolicitation => {
            print_target(line, ", who has ", icmp.target())?;
            print_options(line, icmp, 24)
        }
        Icmpv6Type::NeighborAdvertisement => print_neighbor_advertisement(line, icmp),
        Icmpv6Type::Redirect => {
            let target = icmp.target().ok_or(Truncated)?;
            print_target(line, ", ", icmp.address_at(24))?;
            print_target(line, " to ", Some(target))?;
            print_options(line, icmp, 40)
        }
        Icmpv6Type::NodeInformationQuery
        | Icmpv6Type::NodeInformationReply
        | Icmpv6Type::RouterRenumbering => {
            // tcpdump goes on with the length behind its mark.
            icmpv6_node::print(line, icmp, code).unwrap_or_else(|| line.truncated("icmp6"));
            Ok(())
        }
        Icmpv6Type::Rpl => {
            icmpv6_rpl::print(line, code, icmp.whole().skip(4)).unwrap_or_else(|| line.truncated("icmp6"));
            Ok(())
        }
        _ => Ok(()),
    }
}

fn print_target(line: &mut Line<'_>, label: &str, target: Option<Ipv6Addr>) -> Printed {
    let target = target.ok_or(Truncated)?;
    line.text(label);
    line.ipv6(target);
    Ok(())
}

fn print_neighbor_advertisement(line: &mut Line<'_>, icmp: &Icmpv6<'_>) -> Printed {
    print_target(line, ", tgt is ", icmp.target())?;
    if line.is_verbose() {
        line.text(", Flags [");
        let table = [(1 << 31, "router"), (1 << 30, "solicited"), (1 << 29, "override")];
        tokens::print_flags(line, &table, icmp.u32_at(4).ok_or(Truncated)?);
        line.text("]");
    }
    print_options(line, icmp, 24)
}

/// What a router offers, with `-v`.
fn print_router_advertisement(line: &mut Line<'_>, icmp: &Icmpv6<'_>) -> Printed {
    if !line.is_verbose() {
        return Ok(());
    }
    let retransmission = icmp.u32_at(12).ok_or(Truncated)?;
    let &[_, _, _, _, hop_limit, flags, ..] = icmp.whole().bytes() else { return Err(Truncated) };
    line.labelled("\n\thop limit ", hop_limit);
    line.text(", Flags [");
    let table = [(0x80, "managed"), (0x40, "other stateful"), (0x20, "home agent"), (0x02, "ipv6 only")];
    tokens::print_flags(line, &table, flags);
    line.text("], pref ");
    line.text(icmpv6_options::preference(flags));
    line.labelled(", router lifetime ", icmp.u16_at(6).ok_or(Truncated)?);
    line.labelled("s, reachable time ", icmp.u32_at(8).ok_or(Truncated)?);
    line.labelled("ms, retrans timer ", retransmission);
    line.text("ms");
    print_options(line, icmp, 16)
}

fn print_unreachable(line: &mut Line<'_>, icmp: &Icmpv6<'_>, code: u8) -> Printed {
    line.text(", ");
    tokens::print(line, UNREACHABLE, code, ["unknown unreach code (", ")"]);
    let quoted = icmp.quoted().ok_or(Truncated)?;
    match code {
        0 | 1 | 3 => {
            line.byte(b' ');
            line.ipv6(quoted.destination());
            Ok(())
        }
        2 => {
            line.byte(b' ');
            line.ipv6(quoted.destination());
            line.labelled_address(", source address ", quoted.source());
            Ok(())
        }
        4 => print_port_unreachable(line, icmp),
        _ => Ok(()),
    }
}

fn print_port_unreachable(line: &mut Line<'_>, icmp: &Icmpv6<'_>) -> Printed {
    let quoted = icmp.quoted().ok_or(Truncated)?;
    let behind = icmp.quote().skip(Ipv6::HEADER_LEN);
    let layers = decode_payload(Protocol::NextHeader(quoted.next_header()), behind, None);
    let extensions = layers.as_slice().iter();
    let transport = extensions.rev().find_map(|layer| match layer {
        Layer::Tcp(tcp) => Some((" tcp port ", PortProtocol::Tcp, tcp.destination_port())),
        Layer::Udp(udp) => Some((" udp port ", PortProtocol::Udp, udp.destination_port())),
        _ => None,
    });
    let cut = || match (layers.stop().protocol, layers.rest().bytes()) {
        (Protocol::NextHeader(IpProtocol::Tcp), &[_, _, d0, d1, ..]) => {
            Some((" tcp port ", PortProtocol::Tcp, u16::from_be_bytes([d0, d1])))
        }
        (Protocol::NextHeader(IpProtocol::Udp), &[_, _, d0, d1, ..]) => {
            Some((" udp port ", PortProtocol::Udp, u16::from_be_bytes([d0, d1])))
        }
        _ => None,
    };
    let (words, protocol, port) = transport.or_else(cut).ok_or(Truncated)?;
    line.labelled_address(", ", quoted.destination());
    line.text(words);
    line.port(protocol, port);
    Ok(())
}

fn print_time_exceeded(line: &mut Line<'_>, icmp: &Icmpv6<'_>, code: u8) -> Printed {
    let quoted = icmp.quoted().ok_or(Truncated)?;
    match code {
        0 => {
            line.labelled_address(" for ", quoted.destination());
        }
        1 => line.text(" (reassembly)"),
        other => {
            line.labelled(", unknown code (", other);
            line.text(")");
        }
    }
    Ok(())
}

fn print_parameter_problem(line: &mut Line<'_>, icmp: &Icmpv6<'_>, code: u8) -> Printed {
    icmp.quoted().ok_or(Truncated)?;
    let pointer = icmp.u32_at(4).ok_or(Truncated)?;
    match code {
        0 => line.labelled(", erroneous - octet ", pointer),
        1 => line.labelled(", next header - octet ", pointer),
        2 => line.labelled(", option - octet ", pointer),
        3 => line.labelled(", incomplete header chain - octet ", pointer),
        other => line.labelled(", code-#", other),
    }
    Ok(())
}

/// Names of the types.
const TYPES: &[(u8, &str)] = &[
    (128, "echo request"),
    (129, "echo reply"),
    (135, "neighbor solicitation"),
    (136, "neighbor advertisement"),
    (133, "router solicitation"),
    (134, "router advertisement"),
    (1, "destination unreachable"),
    (2, "packet too big"),
    (3, "time exceeded in-transit"),
    (4, "parameter problem"),
    (130, "multicast listener query"),
    (131, "multicast listener report"),
    (132, "multicast listener done"),
    (137, "redirect"),
    (138, "router renumbering"),
    (139, "who-are-you request"),
    (140, "who-are-you reply"),
    (141, "inverse neighbor solicitation"),
    (142, "inverse neighbor advertisement"),
    (143, "multicast listener report v2"),
    (144, "ha discovery request"),
    (145, "ha discovery reply"),
    (146, "mobile router solicitation"),
    (147, "mobile router advertisement"),
    (201, "mtrace message"),
    (200, "mtrace response"),
    (155, "RPL"),
];

/// Names of the codes of unreachable.
const UNREACHABLE: &[(u8, &str)] = &[
    (0, "unreachable route"),
    (1, " unreachable prohibited"),
    (2, "beyond scope"),
    (3, "unreachable address"),
    (4, "unreachable port"),
];
