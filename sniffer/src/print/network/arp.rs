//! ARP and Reverse ARP.

use std::net::Ipv4Addr;

use crate::decode::{Arp, ArpOperation, EtherType};
use crate::print::hex;
use crate::print::line::Line;
use crate::print::tokens::{self, ETHER_TYPES};

/// The old trailer encapsulation, whose ARP packets carry IPv4 addresses too.
const TRAILER: EtherType = EtherType::Unknown(0x1000);

pub(in crate::print) fn print(line: &mut Line<'_>, arp: &Arp<'_>) {
    if !arp.is_complete() {
        line.truncated("arp");
        return;
    }
    if !line.options.link_header {
        line.text("ARP, ");
    }
    let is_plain = matches!(arp.protocol_type(), EtherType::Ipv4 | TRAILER)
        && arp.protocol_len() == 4
        && arp.hardware_len() != 0;
    if !is_plain || line.is_verbose() {
        print_kinds(line, arp);
    }
    let is_known = !is_plain && !line.is_verbose() || print_operation(line, arp);
    if is_known {
        line.labelled(", length ", arp.claimed_len());
    } else {
        hex::with_ascii(line, arp.whole().bytes());
    }
}

/// `Ethernet (len 6), IPv4 (len 4)`.
fn print_kinds(line: &mut Line<'_>, arp: &Arp<'_>) {
    tokens::print(line, HARDWARE, arp.hardware_type(), ["Unknown Hardware (", ")"]);
    line.labelled(" (len ", arp.hardware_len());
    line.text("), ");
    tokens::print_or_hex(line, ETHER_TYPES, arp.protocol_type().into(), 4, ["Unknown Protocol (", ")"]);
    line.labelled(" (len ", arp.protocol_len());
    line.text(")");
    if line.is_verbose() {
        line.text(", ");
    }
}

/// Says what is asked or answered, and whether that is known.
fn print_operation(line: &mut Line<'_>, arp: &Arp<'_>) -> bool {
    let sender_hardware = arp.sender_hardware().unwrap_or_default();
    let target_hardware = arp.target_hardware().unwrap_or_default();
    match arp.operation() {
        ArpOperation::Request => {
            line.text("Request who-has ");
            print_protocol_address(line, arp, arp.target_protocol());
            if target_hardware.iter().any(|byte| *byte != 0) {
                line.text(" (");
                line.mac(target_hardware);
                line.text(")");
            }
            line.text(" tell ");
            print_protocol_address(line, arp, arp.sender_protocol());
        }
        ArpOperation::Reply => {
            line.text("Reply ");
            print_protocol_address(line, arp, arp.sender_protocol());
            line.text(" is-at ");
            line.mac(sender_hardware);
        }
        ArpOperation::ReverseRequest => {
            print_question(line, "Reverse Request who-is ", target_hardware, sender_hardware);
        }
        ArpOperation::ReverseReply => {
            line.text("Reverse Reply ");
            line.mac(target_hardware);
            line.text(" at ");
            print_protocol_address(line, arp, arp.target_protocol());
        }
        ArpOperation::InverseRequest => {
            print_question(line, "Inverse Request who-is ", target_hardware, sender_hardware);
        }
        ArpOperation::InverseReply => {
            line.text("Inverse Reply ");
            line.mac(sender_hardware);
            line.text(" at ");
            print_protocol_address(line, arp, arp.sender_protocol());
        }
        ArpOperation::Nack => {
            line.text("NACK Reply ");
            return false;
        }
        ArpOperation::Unknown(other) => {
            line.labelled("Unknown (", other);
            line.text(") ");
            return false;
        }
    }
    true
}

fn print_question(line: &mut Line<'_>, question: &str, target: &[u8], sender: &[u8]) {
    line.text(question);
    line.mac(target);
    line.text(" tell ");
    line.mac(sender);
}

fn print_protocol_address(line: &mut Line<'_>, arp: &Arp<'_>, address: Option<&[u8]>) {
    let is_ip = matches!(arp.protocol_type(), EtherType::Ipv4 | TRAILER);
    match address.and_then(|address| <[u8; 4]>::try_from(address).ok()) {
        Some(address) if is_ip => line.ipv4(Ipv4Addr::from(address)),
        Some(_) => line.text("<wrong proto type>"),
        None => line.text("<wrong len>"),
    }
}

/// Hardware types.
const HARDWARE: &[(u16, &str)] = &[
    (1, "Ethernet"),
    (6, "TokenRing"),
    (7, "ArcNet"),
    (15, "FrameRelay"),
    (19, "ATM"),
    (23, "Strip"),
    (24, "IEEE 1394"),
    (32, "InfiniBand"),
];
