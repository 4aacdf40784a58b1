//! The messages of `OpenFlow` 1.0.

mod flow;
mod port;
mod statistics;
mod vendor;

use self::flow::{print_actions, print_match, print_queues};
use self::port::{print_features, print_port_mod, print_port_number, print_port_status};
use self::statistics::{print_statistics, print_statistics_request};
use self::vendor::print_vendor_message;
use super::{Kind, invalid, print_bits, print_data};
use crate::decode::openflow::v1_0::{FlowMod, FlowRemoved, Match, PacketIn, PacketOut, StatisticsRequest};
use crate::decode::{Payload, Protocol};
use crate::packet::LinkType;
use crate::print::line::Line;
use crate::print::{packet, tokens};

pub(super) const KINDS: &[Kind] = &[
    Kind::at_least("HELLO", 0, Some(print_data)),
    Kind::at_least("ERROR", 4, Some(print_error)),
    Kind::at_least("ECHO_REQUEST", 0, Some(print_data)),
    Kind::at_least("ECHO_REPLY", 0, Some(print_data)),
    Kind::at_least("VENDOR", 4, Some(print_vendor_message)),
    Kind::exactly("FEATURES_REQUEST", 0, None),
    Kind::at_least("FEATURES_REPLY", 24, Some(print_features)),
    Kind::exactly("GET_CONFIG_REQUEST", 0, None),
    Kind::exactly("GET_CONFIG_REPLY", 4, Some(print_config)),
    Kind::exactly("SET_CONFIG", 4, Some(print_config)),
    Kind::at_least("PACKET_IN", 10, Some(print_packet_in)),
    Kind::exactly("FLOW_REMOVED", 80, Some(print_flow_removed)),
    Kind::exactly("PORT_STATUS", 56, Some(print_port_status)),
    Kind::at_least("PACKET_OUT", 8, Some(print_packet_out)),
    Kind::at_least("FLOW_MOD", 64, Some(print_flow_mod)),
    Kind::exactly("PORT_MOD", 24, Some(print_port_mod)),
    Kind::at_least("STATS_REQUEST", 4, Some(print_statistics_request)),
    Kind::at_least("STATS_REPLY", 4, Some(print_statistics)),
    Kind::exactly("BARRIER_REQUEST", 0, None),
    Kind::exactly("BARRIER_REPLY", 0, None),
    Kind::exactly("QUEUE_GET_CONFIG_REQUEST", 4, Some(print_queue_request)),
    Kind::at_least("QUEUE_GET_CONFIG_REPLY", 8, Some(print_queue_reply)),
];

fn print_error(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    super::print_error(line, body, ERRORS, CODES)
}

const ERRORS: &[(u16, &str)] = &[
    (0, "HELLO_FAILED"),
    (1, "BAD_REQUEST"),
    (2, "BAD_ACTION"),
    (3, "FLOW_MOD_FAILED"),
    (4, "PORT_MOD_FAILED"),
    (5, "QUEUE_OP_FAILED"),
];

/// The codes of each type of error.
const CODES: &[&[&str]] = &[
    &["INCOMPATIBLE", "EPERM"],
    &[
        "BAD_VERSION",
        "BAD_TYPE",
        "BAD_STAT",
        "BAD_VENDOR",
        "BAD_SUBTYPE",
        "EPERM",
        "BAD_LEN",
        "BUFFER_EMPTY",
        "BUFFER_UNKNOWN",
    ],
    &[
        "BAD_TYPE",
        "BAD_LEN",
        "BAD_VENDOR",
        "BAD_VENDOR_TYPE",
        "BAD_OUT_PORT",
        "BAD_ARGUMENT",
        "EPERM",
        "TOO_MANY",
        "BAD_QUEUE",
    ],
    &["ALL_TABLES_FULL", "OVERLAP", "EPERM", "BAD_EMERG_TIMEOUT", "BAD_COMMAND", "UNSUPPORTED"],
    &["BAD_PORT", "BAD_HW_ADDR"],
    &["BAD_PORT", "BAD_QUEUE", "EPERM"],
];

fn print_config(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    super::print_config(line, body, &[])
}

fn print_packet_in(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let packet = PacketIn::new(body);
    line.text("\n\t buffer_id ");
    print_buffer(line, packet.buffer()?);
    line.labelled(", total_len ", packet.total_len()?);
    print_port_number(line, ", in_port ", packet.input()?);
    line.text(", reason ");
    tokens::print_or_hex(line, &[(0_u8, "NO_MATCH"), (1, "ACTION")], packet.reason()?, 2, ["invalid (", ")"]);
    body.with_claim(PacketIn::HEADER_LEN).all_captured()?;
    print_frame(line, packet.data())
}

fn print_buffer(line: &mut Line<'_>, buffer: u32) {
    tokens::print_or_hex(line, &[(u32::MAX, "NONE")], buffer, 8, ["", ""]);
}

/// How long a frame is; with `-vvv` the frame, as without.
fn print_frame(line: &mut Line<'_>, frame: Payload<'_>) -> Option<()> {
    if frame.claimed() == 0 {
        return Some(());
    }
    line.labelled("\n\t data (", frame.claimed());
    line.text(" octets)");
    if line.options.verbose < 3 {
        return frame.all_captured();
    }
    line.text(", frame decoding below\n");
    line.options.verbose -= 3;
    packet::print_enclosed(line, Protocol::Link(LinkType::ETHERNET), frame);
    line.options.verbose += 3;
    Some(())
}

fn print_flow_removed(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    print_match(line, "\n\t ", &Match::new(body))?;
    let flow = FlowRemoved::new(body);
    line.text("\n\t cookie ");
    line.hex(flow.cookie()?, 16);
    print_unless_zero(line, ", priority ", flow.priority()?);
    line.text(", reason ");
    let reasons: &[(u8, &str)] = &[(0, "IDLE_TIMEOUT"), (1, "HARD_TIMEOUT"), (2, "DELETE")];
    tokens::print_or_hex(line, reasons, flow.reason()?, 2, ["unknown (", ")"]);
    line.labelled(", duration_sec ", flow.seconds()?);
    line.labelled(", duration_nsec ", flow.nanos()?);
    print_unless_zero(line, ", idle_timeout ", flow.idle_timeout()?);
    line.labelled(", packet_count ", flow.packets()?);
    line.labelled(", byte_count ", flow.bytes()?);
    Some(())
}

fn print_unless_zero(line: &mut Line<'_>, label: &str, value: u16) {
    if value > 0 {
        line.labelled(label, value);
    }
}

fn print_packet_out(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let packet = PacketOut::new(body);
    line.text("\n\t buffer_id ");
    line.hex(packet.buffer()?, 8);
    print_port_number(line, ", in_port ", packet.input()?);
    let actions_len = u32::from(packet.actions_len()?);
    let rest = packet.rest();
    if actions_len > rest.claimed() {
        return invalid(line, rest);
    }
    print_actions(line, "\n\t ", rest.with_claim(actions_len))?;
    print_frame(line, rest.skip(actions_len as usize))
}

fn print_flow_mod(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    print_match(line, "\n\t ", &Match::new(body))?;
    let flow = FlowMod::new(body);
    line.text("\n\t cookie ");
    line.hex(flow.cookie()?, 16);
    let command = flow.command()?;
    line.text(", command ");
    tokens::print_or_hex(line, COMMANDS, command, 4, ["invalid (", ")"]);
    print_unless_zero(line, ", idle_timeout ", flow.idle_timeout()?);
    print_unless_zero(line, ", hard_timeout ", flow.hard_timeout()?);
    print_unless_zero(line, ", priority ", flow.priority()?);
    if command < 3 {
        line.text(", buffer_id ");
        print_buffer(line, flow.buffer()?);
    }
    if matches!(command, 3 | 4) {
        print_port_number(line, ", out_port ", flow.output()?);
    }
    let flags = flow.flags()?;
    line.labelled_hex(", flags ", flags, 4);
    print_bits(line, &[(1, "SEND_FLOW_REM"), (2, "CHECK_OVERLAP"), (4, "EMERG")], flags.into());
    print_actions(line, "\n\t ", flow.actions())
}

const COMMANDS: &[(u16, &str)] =
    &[(0, "ADD"), (1, "MODIFY"), (2, "MODIFY_STRICT"), (3, "DELETE"), (4, "DELETE_STRICT")];

fn print_queue_request(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    print_port_number(line, "\n\t port ", StatisticsRequest::new(body).port()?);
    body.all_captured()
}

fn print_queue_reply(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    print_port_number(line, "\n\t port ", StatisticsRequest::new(body).port()?);
    print_queues(line, body.skip(8))
}
