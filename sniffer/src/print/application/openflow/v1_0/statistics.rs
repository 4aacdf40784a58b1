//! `OpenFlow` 1.0: statistics that are asked for and given.

use super::flow::{print_actions, print_match};
use super::port::print_port_number;
use crate::decode::Payload;
use crate::decode::openflow::v1_0::{
    AggregateStatistics, Description, FlowStatistics, Match, PortStatistics, QueueStatistics, Statistics,
    StatisticsRequest, TableStatistics, Vendor,
};
use crate::print::application::openflow::{
    invalid, print_bits, print_bits_of, print_data, print_name, print_vendor,
};
use crate::print::line::Line;
use crate::print::tokens;

const KINDS: &[(u16, &str)] = &[
    (0, "DESC"),
    (1, "FLOW"),
    (2, "AGGREGATE"),
    (3, "TABLE"),
    (4, "PORT"),
    (5, "QUEUE"),
    (0xffff, "VENDOR"),
];

/// Prints the type of statistics and the flags, for which there are these words; gives the type and what is behind them.
fn print_kind<'a>(
    line: &mut Line<'_>,
    body: Payload<'a>,
    flag_names: &[(u32, &str)],
) -> Option<(u16, Payload<'a>)> {
    let statistics = Statistics::new(body);
    let (kind, flags) = (statistics.kind()?, statistics.flags()?);
    line.text("\n\t type ");
    tokens::print_or_hex(line, KINDS, kind, 4, ["invalid (", ")"]);
    line.labelled_hex(", flags ", flags, 4);
    print_bits(line, flag_names, flags.into());
    Some((kind, statistics.body()))
}

pub(super) fn print_statistics_request(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let (kind, body) = print_kind(line, body, &[])?;
    let request = StatisticsRequest::new(body);
    let len = match kind {
        0 | 3 => 0,
        1 | 2 => 44,
        4 | 5 => 8,
        0xffff => return print_vendor_data(line, body),
        _ => return Some(()),
    };
    if body.claimed() != len {
        return invalid(line, body);
    }
    match kind {
        1 | 2 => {
            print_match(line, "\n\t ", &Match::new(body))?;
            print_table(line, "\n\t table_id ", request.table()?);
            print_port_number(line, ", out_port ", request.output()?);
        }
        4 => print_port_number(line, "\n\t port_no ", request.port()?),
        5 => {
            print_port_number(line, "\n\t port_no ", request.port()?);
            line.text(", queue_id ");
            tokens::print(line, &[(u32::MAX, "ALL")], request.queue()?, ["", ""]);
        }
        _ => {}
    }
    body.all_captured()
}

fn print_table(line: &mut Line<'_>, label: &str, table: u8) {
    line.text(label);
    tokens::print(line, &[(0xfe_u8, "EMERG"), (0xff, "ALL")], table, ["", ""]);
}

/// Something of a vendor, of which nothing is known.
fn print_vendor_data(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    if body.claimed() < 4 {
        return invalid(line, body);
    }
    let vendor = Vendor::new(body);
    print_vendor(line, ", vendor ", vendor.vendor()?);
    print_data(line, vendor.data())
}

pub(super) fn print_statistics(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let (kind, body) = print_kind(line, body, &[(1, "MORE")])?;
    match kind {
        0 => print_description(line, body),
        1 => print_flows(line, body),
        2 => print_aggregate(line, body),
        3 => print_each(line, body, 64, print_table_statistics),
        4 => print_each(line, body, 104, print_port_statistics),
        5 => print_each(line, body, 32, print_queue_statistics),
        0xffff => print_vendor_data(line, body),
        _ => body.all_captured(),
    }
}

/// Entries of a length.
fn print_each(
    line: &mut Line<'_>,
    body: Payload<'_>,
    len: u32,
    print: fn(&mut Line<'_>, Payload<'_>) -> Option<()>,
) -> Option<()> {
    let mut rest = body;
    while rest.claimed() > 0 {
        if rest.claimed() < len {
            return invalid(line, rest);
        }
        let entry = rest.with_claim(len);
        print(line, entry)?;
        entry.all_captured()?;
        rest = rest.skip(len as usize);
    }
    Some(())
}

fn print_description(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    if body.claimed() != 1056 {
        return invalid(line, body);
    }
    let description = Description::new(body);
    print_name(line, "\n\t  mfr_desc '", &description.manufacturer()?);
    print_name(line, "\n\t  hw_desc '", &description.hardware()?);
    print_name(line, "\n\t  sw_desc '", &description.software()?);
    print_name(line, "\n\t  serial_num '", &description.serial()?);
    print_name(line, "\n\t  dp_desc '", &description.datapath()?);
    Some(())
}

fn print_flows(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let mut rest = body;
    while rest.claimed() > 0 {
        if rest.claimed() < FlowStatistics::HEADER_LEN as u32 {
            return invalid(line, rest);
        }
        let flow = FlowStatistics::new(rest);
        let len = u32::from(flow.length()?);
        line.labelled("\n\t length ", len);
        if len < FlowStatistics::HEADER_LEN as u32 || len > rest.claimed() {
            return invalid(line, rest);
        }
        print_flow(line, &flow)?;
        print_actions(line, "\n\t  ", rest.with_claim(len).skip(FlowStatistics::HEADER_LEN))?;
        rest = rest.skip(len as usize);
    }
    Some(())
}

fn print_flow(line: &mut Line<'_>, flow: &FlowStatistics<'_>) -> Option<()> {
    print_table(line, ", table_id ", flow.table()?);
    print_match(line, "\n\t  ", &flow.matched())?;
    line.labelled("\n\t  duration_sec ", flow.seconds()?);
    line.labelled(", duration_nsec ", flow.nanos()?);
    line.labelled(", priority ", flow.priority()?);
    line.labelled(", idle_timeout ", flow.idle_timeout()?);
    line.labelled(", hard_timeout ", flow.hard_timeout()?);
    line.text(", cookie ");
    line.hex(flow.cookie()?, 16);
    line.labelled(", packet_count ", flow.packets()?);
    line.labelled(", byte_count ", flow.bytes()?);
    Some(())
}

fn print_aggregate(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    if body.claimed() != 24 {
        return invalid(line, body);
    }
    let flows = AggregateStatistics::new(body);
    line.labelled("\n\t packet_count ", flows.packets()?);
    line.labelled(", byte_count ", flows.bytes()?);
    line.labelled(", flow_count ", flows.flows()?);
    body.all_captured()
}

fn print_table_statistics(line: &mut Line<'_>, entry: Payload<'_>) -> Option<()> {
    let table = TableStatistics::new(entry);
    print_table(line, "\n\t table_id ", table.table()?);
    print_name(line, ", name '", &table.name()?);
    let wildcards = table.wildcards()?;
    line.labelled_hex("\n\t  wildcards ", wildcards, 8);
    print_bits_of(line, WILDCARDS, 0x3f_ffff, wildcards);
    line.labelled("\n\t  max_entries ", table.max_entries()?);
    line.labelled(", active_count ", table.active()?);
    line.labelled(", lookup_count ", table.lookups()?);
    line.labelled(", matched_count ", table.matched()?);
    Some(())
}

/// Between the ports and the priority stand how many bits of addresses do not matter.
const WILDCARDS: &[(u32, &str)] = &[
    (0x01, "IN_PORT"),
    (0x02, "DL_VLAN"),
    (0x04, "DL_SRC"),
    (0x08, "DL_DST"),
    (0x10, "DL_TYPE"),
    (0x20, "NW_PROTO"),
    (0x40, "TP_SRC"),
    (0x80, "TP_DST"),
    (0x10_0000, "DL_VLAN_PCP"),
    (0x20_0000, "NW_TOS"),
];

fn print_port_statistics(line: &mut Line<'_>, entry: Payload<'_>) -> Option<()> {
    let port = PortStatistics::new(entry);
    print_port_number(line, "\n\t  port_no ", port.port()?);
    if line.options.verbose < 2 {
        return Some(());
    }
    for (label, counter) in PORT_COUNTERS.iter().zip(port.counters()) {
        line.labelled(label, counter?);
    }
    Some(())
}

const PORT_COUNTERS: [&str; 12] = [
    ", rx_packets ",
    ", tx_packets ",
    ", rx_bytes ",
    ", tx_bytes ",
    ", rx_dropped ",
    ", tx_dropped ",
    ", rx_errors ",
    ", tx_errors ",
    ", rx_frame_err ",
    ", rx_over_err ",
    ", rx_crc_err ",
    ", collisions ",
];

fn print_queue_statistics(line: &mut Line<'_>, entry: Payload<'_>) -> Option<()> {
    let queue = QueueStatistics::new(entry);
    print_port_number(line, "\n\t  port_no ", queue.port()?);
    line.labelled(", queue_id ", queue.queue()?);
    line.labelled(", tx_bytes ", queue.bytes()?);
    line.labelled(", tx_packets ", queue.packets()?);
    line.labelled(", tx_errors ", queue.errors()?);
    Some(())
}
