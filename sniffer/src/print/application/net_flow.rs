//! `NetFlow`: the exporter's clock, then three lines a flow.

use std::net::Ipv4Addr;

use crate::decode::{IpProtocol, NetFlow, NetFlowRecord, TcpFlags};
use crate::print::line::Line;
use crate::print::text;

pub(super) fn print(line: &mut Line<'_>, flows: &NetFlow<'_>) {
    print_datagram(line, flows).unwrap_or_else(|| line.truncated("cnfp"));
}

fn print_datagram(line: &mut Line<'_>, flows: &NetFlow<'_>) -> Option<()> {
    /// Bytes of the shortest header.
    const SHORTEST: usize = 16;
    let version = flows.version().filter(|_| flows.whole().bytes().len() >= SHORTEST)?;
    if flows.is_known() && !flows.has_header() {
        return None;
    }
    line.text("NetFlow v");
    line.hex_digits(version, 1);
    if !flows.is_known() {
        return Some(());
    }
    print_millis(line, ", ", flows.uptime()?);
    line.labelled(" uptime, ", flows.seconds()?);
    line.byte(b'.');
    text::decimal_padded(line.out, flows.nanos()?.into(), 9);
    if version > 1 {
        line.labelled(", #", flows.sequence()?);
    }
    line.text(", ");
    line.padded(flows.count()?, 2);
    line.text(" recs");
    flows.records().try_for_each(|record| print_record(line, flows, &record?))
}

fn print_record(line: &mut Line<'_>, flows: &NetFlow<'_>, record: &NetFlowRecord<'_>) -> Option<()> {
    let version = flows.version()?;
    let of_networks = |mask: Option<u8>, system: Option<u16>| mask.zip(system).filter(|_| version > 1);
    print_millis(line, "\n  started ", record.first()?);
    print_millis(line, ", last ", record.last()?);
    line.text("\n    ");
    let network = of_networks(record.source_mask(), record.source_as());
    print_end(line, record.source()?, network, record.source_port()?);
    line.text(" > ");
    let network = of_networks(record.destination_mask(), record.destination_as());
    print_end(line, record.destination()?, network, record.destination_port()?);
    line.text(" >> ");
    text::ipv4(line.out, record.next_hop()?);
    line.text("\n    ");
    print_protocol(line, record.protocol()?, flows.flags(record)?);
    line.labelled("tos ", record.tos()?);
    line.labelled(", ", record.packets()?);
    line.labelled(" (", record.octets()?);
    line.text(" octets) ");
    if version == 6 {
        line.labelled("(", record.input_encapsulation()?);
        line.labelled("<>", record.output_encapsulation()?);
        line.text(" encaps)");
    }
    Some(())
}

/// Seconds with three digits behind the point.
fn print_millis(line: &mut Line<'_>, label: &str, millis: u32) {
    line.labelled(label, millis / 1000);
    line.byte(b'.');
    text::decimal_padded(line.out, (millis % 1000).into(), 3);
}

/// One end of a flow; its hosts have no names.
fn print_end(line: &mut Line<'_>, address: Ipv4Addr, network: Option<(u8, u16)>, port: u16) {
    text::ipv4(line.out, address);
    if let Some((mask, system)) = network {
        line.labelled("/", mask);
        line.labelled(":", system);
    }
    line.labelled(":", port);
}

/// The protocol, and of TCP the flags.
fn print_protocol(line: &mut Line<'_>, protocol: u8, flags: u8) {
    if !line.names.protocol(protocol, line.out) {
        line.number(protocol);
    }
    line.byte(b' ');
    if IpProtocol::from(protocol) != IpProtocol::Tcp || flags == 0 {
        return;
    }
    for (_, letter) in FLAGS.iter().filter(|(flag, _)| TcpFlags(flags).has(*flag)) {
        line.text(letter);
    }
    line.byte(b' ');
}

const FLAGS: &[(TcpFlags, &str)] = &[
    (TcpFlags::FIN, "F"),
    (TcpFlags::SYN, "S"),
    (TcpFlags::RST, "R"),
    (TcpFlags::PSH, "P"),
    (TcpFlags::ACK, "A"),
    (TcpFlags::URG, "U"),
];
