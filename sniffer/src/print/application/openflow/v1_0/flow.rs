//! `OpenFlow` 1.0: what packets a flow has, what is done with them, and the queues of a port.

use super::port::print_port_number;
use super::vendor::BIG_SWITCH;
use crate::decode::Payload;
use crate::decode::openflow::v1_0::{Action, Match, Mirror, Queue, QueueProperty, Vendor};
use crate::print::application::openflow::{invalid, print_data, print_vendor};
use crate::print::line::Line;
use crate::print::tokens;

/// The fields that packets must have, each behind `prefix`.
pub(super) fn print_match(line: &mut Line<'_>, prefix: &str, fields: &Match<'_>) -> Option<()> {
    let wildcards = fields.wildcards()?;
    let must = |bit: u32| wildcards & bit == 0;
    if wildcards >> 22 != 0 {
        line.text(prefix);
        line.labelled_hex("wildcards ", wildcards, 8);
        line.text(" (bogus)");
    }
    let label = |line: &mut Line<'_>, name: &str| print_label(line, prefix, name);
    if must(INPUT) {
        label(line, "in_port");
        print_port_number(line, "", fields.input()?);
    }
    if must(SOURCE) {
        label(line, "dl_src");
        line.mac(&fields.source()?);
    }
    if must(DESTINATION) {
        label(line, "dl_dst");
        line.mac(&fields.destination()?);
    }
    if must(VLAN) {
        label(line, "dl_vlan");
        print_vlan(line, fields.vlan()?);
    }
    if must(PRIORITY) {
        label(line, "dl_vlan_pcp");
        print_priority(line, fields.priority()?);
    }
    print_packet_match(line, prefix, fields)
}

fn print_label(line: &mut Line<'_>, prefix: &str, name: &str) {
    line.text(prefix);
    line.text("match ");
    line.text(name);
    line.byte(b' ');
}

/// The fields of the packet in a frame.
fn print_packet_match(line: &mut Line<'_>, prefix: &str, fields: &Match<'_>) -> Option<()> {
    let wildcards = fields.wildcards()?;
    let must = |bit: u32| wildcards & bit == 0;
    let label = |line: &mut Line<'_>, name: &str| print_label(line, prefix, name);
    let ether_type = fields.ether_type()?;
    if must(ETHER_TYPE) {
        label(line, "dl_type");
        line.hex(ether_type, 4);
    }
    if must(TOS) {
        label(line, "nw_tos");
        line.hex(fields.tos()?, 2);
    }
    let protocol = fields.protocol()?;
    if must(PROTOCOL) {
        label(line, if must(ETHER_TYPE) && ether_type == 0x0806 { "arp_opcode" } else { "nw_proto" });
        line.number(protocol);
    }
    let addresses = [("nw_src", 8, fields.ip_source()?), ("nw_dst", 14, fields.ip_destination()?)];
    for (name, shift, address) in addresses {
        let open = wildcards >> shift & 0x3f;
        if open < 32 {
            label(line, name);
            line.ipv4(address);
            line.labelled("/", 32 - open);
        }
    }
    let is_icmp = must(ETHER_TYPE) && ether_type == 0x0800 && must(PROTOCOL) && protocol == 1;
    if must(SOURCE_PORT) {
        label(line, if is_icmp { "icmp_type" } else { "tp_src" });
        line.number(fields.source_port()?);
    }
    let port = fields.destination_port()?;
    if must(DESTINATION_PORT) {
        label(line, if is_icmp { "icmp_code" } else { "tp_dst" });
        line.number(port);
    }
    Some(())
}

/// The bits that say that a field does not matter.
const INPUT: u32 = 0x01;
const VLAN: u32 = 0x02;
const SOURCE: u32 = 0x04;
const DESTINATION: u32 = 0x08;
const ETHER_TYPE: u32 = 0x10;
const PROTOCOL: u32 = 0x20;
const SOURCE_PORT: u32 = 0x40;
const DESTINATION_PORT: u32 = 0x80;
const PRIORITY: u32 = 0x10_0000;
const TOS: u32 = 0x20_0000;

fn print_vlan(line: &mut Line<'_>, vlan: u16) {
    match vlan {
        0xffff => line.text("NONE"),
        1..0x0fff => line.number(vlan),
        _ => {
            line.number(vlan);
            line.text(" (bogus)");
        }
    }
}

fn print_priority(line: &mut Line<'_>, priority: u8) {
    line.number(priority);
    line.text(if priority < 8 { "" } else { " (bogus)" });
}

/// What is done with packets, each action behind `prefix`.
pub(super) fn print_actions(line: &mut Line<'_>, prefix: &str, actions: Payload<'_>) -> Option<()> {
    let mut rest = actions;
    while rest.claimed() > 0 {
        if rest.claimed() < 8 {
            return invalid(line, rest);
        }
        let action = Action::new(rest);
        let (kind, len) = (action.kind()?, action.length()?);
        line.text(prefix);
        line.text("action type ");
        tokens::print_or_hex(line, ACTIONS, kind, 4, ["invalid (", ")"]);
        line.labelled(", len ", len);
        if len < 8 || u32::from(len) > rest.claimed() {
            return invalid(line, rest.skip(Action::HEADER_LEN));
        }
        let fits = match kind {
            4 | 5 | 11 => len == 16,
            0xffff => len.is_multiple_of(8),
            0..=11 => len == 8,
            _ => true,
        };
        if fits {
            print_action(line, kind, &action)?;
        } else {
            line.text(" (bogus)");
        }
        action.value().all_captured()?;
        rest = rest.skip(len.into());
    }
    Some(())
}

const ACTIONS: &[(u16, &str)] = &[
    (0, "OUTPUT"),
    (1, "SET_VLAN_VID"),
    (2, "SET_VLAN_PCP"),
    (3, "STRIP_VLAN"),
    (4, "SET_DL_SRC"),
    (5, "SET_DL_DST"),
    (6, "SET_NW_SRC"),
    (7, "SET_NW_DST"),
    (8, "SET_NW_TOS"),
    (9, "SET_TP_SRC"),
    (10, "SET_TP_DST"),
    (11, "ENQUEUE"),
    (0xffff, "VENDOR"),
];

fn print_action(line: &mut Line<'_>, kind: u16, action: &Action<'_>) -> Option<()> {
    const CONTROLLER: u16 = 0xfffd;
    match kind {
        0 => {
            let port = action.number()?;
            print_port_number(line, ", port ", port);
            if port == CONTROLLER {
                line.labelled(", max_len ", action.max_len()?);
            }
        }
        1 => {
            line.text(", vlan_vid ");
            print_vlan(line, action.number()?);
        }
        2 => {
            line.text(", vlan_pcp ");
            print_priority(line, action.byte()?);
        }
        4 | 5 => {
            line.text(", dl_addr ");
            line.mac(&action.mac()?);
        }
        6 | 7 => line.labelled_address(", nw_addr ", action.address()?),
        8 => {
            line.text(", nw_tos ");
            line.hex(action.byte()?, 2);
        }
        9 | 10 => line.labelled(", tp_port ", action.number()?),
        11 => {
            print_port_number(line, ", port ", action.number()?);
            line.text(", queue_id ");
            tokens::print(line, &[(u32::MAX, "ALL")], action.queue()?, ["", ""]);
        }
        0xffff => {
            let vendor = Vendor::new(action.value());
            let number = vendor.vendor()?;
            print_vendor(line, ", vendor ", number);
            if number == BIG_SWITCH {
                return print_big_switch(line, &vendor);
            }
            return print_data(line, vendor.data());
        }
        _ => {}
    }
    Some(())
}

fn print_big_switch(line: &mut Line<'_>, action: &Vendor<'_>) -> Option<()> {
    if action.data().claimed() < 4 {
        return invalid(line, action.data());
    }
    let subtype = action.subtype()?;
    line.text("\n\t  subtype ");
    let names: &[(u32, &str)] = &[(1, "MIRROR"), (2, "SET_TUNNEL_DST"), (4, "CHECKSUM")];
    tokens::print_or_hex(line, names, subtype, 8, ["unknown (", ")"]);
    if subtype != 1 {
        return Some(());
    }
    if action.value().claimed() != 12 {
        return invalid(line, action.value());
    }
    let mirror = Mirror::new(action.value());
    line.labelled(", dest_port ", mirror.port()?);
    print_tag(line, mirror.tag()?);
    line.text(", copy_stage ");
    tokens::print(line, &[(0_u8, "INGRESS"), (1, "EGRESS")], mirror.stage()?, ["unknown (", ")"]);
    Some(())
}

/// The tag that a copy gets.
fn print_tag(line: &mut Line<'_>, tag: u32) {
    line.text(", vlan_tag ");
    match tag >> 16 {
        0 => line.text("none"),
        0x8100 => {
            line.labelled("802.1Q (vlan ", tag & 0xfff);
            line.labelled(", p ", tag >> 13 & 7);
            line.text(if tag >> 12 & 1 == 1 { ", DEI)" } else { ")" });
        }
        ether_type => {
            line.labelled_hex("unknown (", ether_type, 4);
            line.byte(b')');
        }
    }
}

/// The queues of a port.
pub(super) fn print_queues(line: &mut Line<'_>, queues: Payload<'_>) -> Option<()> {
    let mut rest = queues;
    while rest.claimed() > 0 {
        if rest.claimed() < Queue::HEADER_LEN as u32 {
            return invalid(line, rest);
        }
        let queue = Queue::new(rest);
        line.labelled("\n\t  queue_id ", queue.id()?);
        let len = u32::from(queue.length()?);
        line.labelled(", len ", len);
        if len < Queue::HEADER_LEN as u32 || len > rest.claimed() {
            return invalid(line, rest.skip(6));
        }
        let properties = rest.with_claim(len).skip(Queue::HEADER_LEN);
        if line.options.verbose > 1 {
            print_properties(line, properties)?;
        }
        properties.all_captured()?;
        rest = rest.skip(len as usize);
    }
    Some(())
}

fn print_properties(line: &mut Line<'_>, properties: Payload<'_>) -> Option<()> {
    let mut rest = properties;
    while rest.claimed() > 0 {
        if rest.claimed() < QueueProperty::HEADER_LEN as u32 {
            return invalid(line, rest);
        }
        let property = QueueProperty::new(rest);
        let (kind, len) = (property.kind()?, u32::from(property.length()?));
        line.text("\n\t   property ");
        tokens::print_or_hex(line, &[(0_u16, "NONE"), (1, "MIN_RATE")], kind, 4, ["invalid (", ")"]);
        line.labelled(", len ", len);
        if len < QueueProperty::HEADER_LEN as u32 || len > rest.claimed() {
            return invalid(line, rest.skip(4));
        }
        match (kind, len) {
            (1, 16) => print_rate(line, property.rate()?),
            (0, 8) | (2.., _) => {}
            _ => line.text(" (bogus)"),
        }
        rest.with_claim(len).all_captured()?;
        rest = rest.skip(len as usize);
    }
    Some(())
}

fn print_rate(line: &mut Line<'_>, rate: u16) {
    if rate > 1000 {
        return line.text(", rate disabled");
    }
    line.labelled(", rate ", rate / 10);
    line.labelled(".", rate % 10);
    line.byte(b'%');
}
