//! Linux cooked captures: interface, direction, sender's address, type.

use super::ethernet::print_type;
use crate::decode::{EtherType, LinuxSll, LinuxSll2};
use crate::packet::PacketType;
use crate::print::line::Line;
use crate::print::text;

pub(in crate::print) fn print(line: &mut Line<'_>, sll: &LinuxSll<'_>) {
    if line.options.link_header {
        print_header(line, sll);
    }
}

/// What `-e` shows of version 1, and what is shown of a frame whose type is unknown.
pub(in crate::print) fn print_header(line: &mut Line<'_>, sll: &LinuxSll<'_>) {
    let direction = direction(sll.packet_type());
    line.text(&"   "[direction.len().min(3)..]);
    line.text(direction);
    line.byte(b' ');
    print_address(line, sll.address_len().into(), sll.address(), sll.mac_address());
    print_protocol(line, sll.protocol(), sll.payload().claimed() + 16);
}

/// Version 2 always says interface and direction. The index in its header is the kernel's, of which a savefile read on another
/// day or host knows no name.
pub(in crate::print) fn print_v2(line: &mut Line<'_>, sll2: &LinuxSll2<'_>) {
    print_place(line, sll2.packet_type());
    if line.options.link_header {
        print_header_v2(line, sll2);
    }
}

/// Where a frame was seen: its interface, and its direction in a column of four.
pub(in crate::print) fn print_place(line: &mut Line<'_>, packet_type: PacketType) {
    print_interface(line);
    let direction = direction(packet_type);
    line.text(direction);
    line.text(&"    "[direction.len().min(3)..]);
}

/// What `-e` adds in version 2, and what is added for a frame whose type is unknown.
pub(in crate::print) fn print_header_v2(line: &mut Line<'_>, sll2: &LinuxSll2<'_>) {
    line.labelled("ifindex ", sll2.interface());
    line.byte(b' ');
    print_address(line, sll2.address_len().into(), sll2.address(), sll2.mac_address());
    print_protocol(line, sll2.protocol(), sll2.payload().claimed() + 20);
}

/// The interface's name in a column of five, or a question mark.
fn print_interface(line: &mut Line<'_>) {
    let start = line.out.len();
    if !line.names.interface(line.interface, line.out) {
        line.byte(b'?');
    }
    if !line.out[start..].iter().all(u8::is_ascii_graphic) {
        // A savefile may call an interface anything.
        let name = line.out.split_off(start);
        text::untrusted(line.out, &name);
    }
    let len = line.out.len() - start;
    line.text(&"      "[len.min(5)..]);
}

fn direction(packet_type: PacketType) -> &'static str {
    match packet_type {
        PacketType::Host => "In",
        PacketType::Broadcast => "B",
        PacketType::Multicast => "M",
        PacketType::OtherHost => "P",
        PacketType::Outgoing => "Out",
        PacketType::Unknown(_) => "?",
    }
}

fn print_address(line: &mut Line<'_>, claimed: u32, address: &[u8], mac: [u8; 6]) {
    match claimed {
        1 => {
            line.mac(address);
            line.byte(b' ');
        }
        6 => {
            line.mac(&mac);
            line.byte(b' ');
        }
        _ => {}
    }
}

fn print_protocol(line: &mut Line<'_>, protocol: u16, length: u32) {
    if line.options.quiet > 0 {
        return;
    }
    match protocol {
        1 => line.text("802.3"),
        4 => line.text("802.2"),
        other if other <= EtherType::MAX_LENGTH => {
            line.labelled_hex("ethertype Unknown (", other, 4);
            line.text(")");
        }
        other => print_type(line, other),
    }
    line.labelled(", length ", length);
    line.text(": ");
}
