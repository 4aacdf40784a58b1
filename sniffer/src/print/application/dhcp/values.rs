//! The values of DHCP's options that are written in a way of their own, which also says what is too short.

use super::options::{name, print_bytes, print_text};
use crate::decode::Payload;
use crate::print::line::Line;
use crate::print::{hex, text, tokens};

fn print_too_short(line: &mut Line<'_>, least: u8) {
    line.fault(&["[ERROR: length < ", ["1", "2", "3", "", "5"][usize::from(least - 1)], " bytes]"]);
}

pub(super) fn print_message_type(line: &mut Line<'_>, data: Payload<'_>) {
    match data.bytes() {
        [kind] => tokens::print(line, MESSAGE_TYPES, *kind, ["Unknown (", ")"]),
        bytes => print_bytes(line, bytes),
    }
}

const MESSAGE_TYPES: &[(u8, &str)] = &[
    (1, "Discover"),
    (2, "Offer"),
    (3, "Request"),
    (4, "Decline"),
    (5, "ACK"),
    (6, "NACK"),
    (7, "Release"),
    (8, "Inform"),
    (10, "LeaseQuery"),
    (11, "LeaseUnassigned"),
    (12, "LeaseUnknown"),
    (13, "LeaseActive"),
];

/// The options that a client asks for, four a line.
pub(super) fn print_requested(line: &mut Line<'_>, data: Payload<'_>) {
    for (index, code) in data.bytes().iter().enumerate() {
        line.text(if index % 4 == 0 { "\n\t      " } else { ", " });
        line.text(name(*code));
        line.labelled(" (", *code);
        line.byte(b')');
    }
}

/// The name of a value of one byte, and how much follows it.
fn print_named(line: &mut Line<'_>, data: Payload<'_>, names: &[(u8, &'static str)]) {
    let [value, rest @ ..] = data.bytes() else { return print_too_short(line, 1) };
    tokens::print(line, names, *value, ["#", ""]);
    if !rest.is_empty() {
        line.labelled("\n\t  trailing data length ", rest.len() as u64);
    }
}

pub(super) fn print_node_type(line: &mut Line<'_>, data: Payload<'_>) {
    print_named(line, data, &[(1, "b-node"), (2, "p-node"), (4, "m-node"), (8, "h-node")]);
}

pub(super) fn print_overload(line: &mut Line<'_>, data: Payload<'_>) {
    print_named(line, data, &[(1, "file"), (2, "sname"), (3, "file+sname")]);
}

pub(super) fn print_client_id(line: &mut Line<'_>, data: Payload<'_>) {
    match data.bytes() {
        [] => print_too_short(line, 1),
        [0, name @ ..] => print_text(line, name),
        [kind, address @ ..] => {
            tokens::print(line, HARDWARE_TYPES, *kind, ["hardware-type ", ","]);
            line.byte(b' ');
            text::mac(line.out, address);
        }
    }
}

const HARDWARE_TYPES: &[(u8, &str)] = &[
    (0x01, "ether"),
    (0x06, "ieee802"),
    (0x07, "arcnet"),
    (0x0f, "frelay"),
    (0x17, "strip"),
    (0x18, "ieee1394"),
];

pub(super) fn print_user_class(line: &mut Line<'_>, mut data: Payload<'_>) {
    if data.claimed() < 2 {
        return print_too_short(line, 2);
    }
    let mut index: u64 = 1;
    while let Some(len) = data.read::<u8>() {
        line.labelled("\n\t      instance#", index);
        line.text(": ");
        if len == 0 {
            return line.fault(&["[ERROR: suboption length must be non-zero]"]);
        }
        let Some(class) = data.bytes().get(..len.into()) else {
            return line.fault(&["[ERROR: invalid option]"]);
        };
        print_text(line, class);
        line.labelled(", length ", len);
        data = data.skip(len.into());
        index += 1;
    }
}

/// Routes: as many bytes of the destination as its mask has, and the router.
pub(super) fn print_routes(line: &mut Line<'_>, mut data: Payload<'_>) {
    if data.claimed() < 5 {
        return print_too_short(line, 5);
    }
    let mut separator = "(";
    while let Some(width) = data.read::<u8>() {
        let len = usize::from(width.div_ceil(8));
        if width > 32 || data.claimed() < len as u32 + 4 {
            line.text(separator.trim_end_matches('('));
            return print_bad_route(line, width, data.claimed(), len);
        }
        line.text(separator);
        separator = ",(";
        if width == 0 {
            line.text("default");
        } else {
            let mut octets = [0; 4];
            octets[..len].copy_from_slice(&data.bytes()[..len]);
            print_bytes(line, &octets);
            line.labelled("/", width);
        }
        data = data.skip(len);
        line.byte(b':');
        if let Some(router) = data.read() {
            line.ipv4(router);
        }
        line.byte(b')');
    }
}

fn print_bad_route(line: &mut Line<'_>, width: u8, left: u32, len: usize) {
    if width > 32 {
        line.labelled("[ERROR: Mask width (", width);
        return line.text(") > 32]");
    }
    line.labelled("[ERROR: Remaining length (", left);
    line.labelled(") < ", len as u64 + 4);
    line.text(" bytes]");
}

pub(super) fn print_domain_name(line: &mut Line<'_>, data: Payload<'_>) {
    let [flags, forward, reverse, name @ ..] = data.bytes() else { return print_too_short(line, 3) };
    if flags & 0xf0 != 0 {
        line.labelled_hex("[ERROR: MBZ nibble ", flags >> 4, 1);
        line.text(" != 0] ");
    }
    if flags & 0x0f != 0 {
        line.byte(b'[');
        for (bit, letter) in [(1, "S"), (2, "O"), (4, "E"), (8, "N")] {
            line.text(if flags & bit != 0 { letter } else { "" });
        }
        line.text("] ");
    }
    if *forward != 0 || *reverse != 0 {
        line.number(*forward);
        line.labelled("/", *reverse);
        line.byte(b' ');
    }
    print_text(line, name);
}

/// What a relay says of where a client is.
pub(super) fn print_relay(line: &mut Line<'_>, mut data: Payload<'_>) {
    const NAMES: &[(u8, &str)] = &[(1, "Circuit-ID"), (2, "Remote-ID"), (6, "Subscriber-ID")];
    while let Some([code, len]) = data.read::<[u8; 2]>() {
        line.text("\n\t      ");
        tokens::print_or(line, NAMES, code, "Unknown");
        line.labelled(" SubOption ", code);
        line.labelled(", length ", len);
        line.text(": ");
        let Some(value) = data.bytes().get(..len.into()) else {
            return line.text("length goes past end of option");
        };
        match tokens::name(NAMES, code) {
            Some(_) => line.untrusted(value),
            None => hex::only_behind(line, "\n\t\t", value),
        }
        data = data.skip(len.into());
    }
    if data.claimed() > 0 {
        line.labelled("\n\t  trailing data length ", data.claimed());
    }
}
