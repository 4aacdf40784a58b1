//! Elements of connectivity fault management: states of ports, and who sends.

use super::cfm::{Printed, Stopped, captured};
use crate::decode::Payload;
use crate::print::hex;
use crate::print::line::Line;
use crate::print::oui::OUIS;
use crate::print::tokens::{self, ADDRESS_FAMILIES};

pub(super) fn print(line: &mut Line<'_>, mut rest: Payload<'_>) -> Printed {
    while rest.claimed() > 0 {
        let kind: u8 = captured(rest.get(0))?;
        line.text("\n\t");
        tokens::print_or(line, ELEMENTS, kind, "Unknown");
        line.labelled_hex(" TLV (", kind, 2);
        line.text(")");
        if kind == 0 {
            return Ok(());
        }
        if rest.claimed() < 3 {
            return Err(Stopped::TooShort);
        }
        let len: u16 = captured(rest.get(1))?;
        line.labelled(", length ", len);
        rest = rest.skip(3);
        if u32::from(len) > rest.claimed() {
            return Err(Stopped::TooShort);
        }
        let value = rest.with_claim(len.into());
        captured(value.all_captured())?;
        rest = print_element(line, kind, value, rest)?;
    }
    Ok(())
}

const ELEMENTS: &[(u8, &str)] = &[
    (0, "End"),
    (1, "Sender ID"),
    (2, "Port status"),
    (3, "Interface status"),
    (4, "Data"),
    (5, "Reply Ingress"),
    (6, "Reply Egress"),
    (31, "Organization Specific"),
];

/// Prints an element; gives what is behind it.
fn print_element<'a>(
    line: &mut Line<'_>,
    kind: u8,
    value: Payload<'_>,
    rest: Payload<'a>,
) -> Result<Payload<'a>, Stopped> {
    let (mut wants_hex, mut unread) = (false, value.bytes().len());
    match kind {
        1 => {
            let sender = print_sender(line, value);
            unread = sender.unread;
            wants_hex = sender.wants_hex;
            match sender.fault {
                None => {}
                // tcpdump goes on from where it has come to by what it has not read.
                Some(Fault::Element) => return Ok(rest.skip(sender.at + unread)),
                Some(Fault::Message) => return Err(Stopped::Said),
            }
        }
        2 => print_state(line, PORT_STATES, value)?,
        3 => print_state(line, INTERFACE_STATES, value)?,
        31 => {
            print_vendor(line, value)?;
            wants_hex = true;
        }
        _ => wants_hex = true,
    }
    if wants_hex || line.options.verbose > 1 {
        hex::only_behind(line, "\n\t  ", &value.bytes()[..unread]);
    }
    Ok(rest.skip(value.bytes().len()))
}

/// Says that an element has less than it must have.
fn too_short(line: &mut Line<'_>, least: u8) -> Stopped {
    line.labelled(" (too short, must be >= ", least);
    line.text(")");
    Stopped::Said
}

fn print_state(line: &mut Line<'_>, states: &[(u8, &'static str)], value: Payload<'_>) -> Printed {
    let Some(state) = value.get::<u8>(0) else { return Err(too_short(line, 1)) };
    line.text(", Status: ");
    tokens::print_numbered(line, states, state, "Unknown");
    Ok(())
}

const PORT_STATES: &[(u8, &str)] = &[(1, "Blocked"), (2, "Up")];
const INTERFACE_STATES: &[(u8, &str)] =
    &[(1, "Up"), (2, "Down"), (3, "Testing"), (5, "Dormant"), (6, "not present"), (7, "lower Layer down")];

fn print_vendor(line: &mut Line<'_>, value: Payload<'_>) -> Printed {
    let Some([a, b, c, kind]) = value.get::<[u8; 4]>(0) else { return Err(too_short(line, 4)) };
    let vendor = u32::from_be_bytes([0, a, b, c]);
    line.text(", Vendor: ");
    tokens::print_numbered(line, OUIS, vendor, "Unknown");
    line.labelled(", Sub-Type ", kind);
    Ok(())
}

/// What is wrong with the element of a sender, and that has been said.
enum Fault {
    /// It is passed over.
    Element,
    /// Nothing more of the message is printed.
    Message,
}

/// How far the element of a sender has been read.
#[derive(Default)]
struct Sender {
    at: usize,
    unread: usize,
    wants_hex: bool,
    fault: Option<Fault>,
}

impl Sender {
    /// Steps over `len` bytes.
    fn step(&mut self, len: usize) {
        self.at += len;
        self.unread -= len;
    }

    /// Says that the element ends too early.
    fn too_short(self, line: &mut Line<'_>, fault: Fault) -> Self {
        line.text("\n\t  (TLV too short)");
        Self { fault: Some(fault), ..self }
    }
}

/// The sender's chassis and how to reach who manages it.
fn print_sender(line: &mut Line<'_>, value: Payload<'_>) -> Sender {
    let bytes = value.bytes();
    let mut sender = Sender { unread: bytes.len(), ..Sender::default() };
    let Some(&chassis_len) = bytes.first() else {
        line.text(" (too short, must be >= 1)");
        return Sender { fault: Some(Fault::Element), ..sender };
    };
    sender.step(1);
    let chassis_len = usize::from(chassis_len);
    if chassis_len > 0 {
        let Some(kind) = value.get::<u8>(1) else { return sender.too_short(line, Fault::Element) };
        sender.unread -= 1;
        line.text("\n\t  Chassis-ID Type ");
        tokens::print_numbered(line, CHASSIS, kind, "Unknown");
        line.labelled(", Chassis-ID length ", chassis_len as u64);
        if sender.unread < chassis_len {
            return sender.too_short(line, Fault::Element);
        }
        sender.wants_hex = print_chassis(line, kind, value.skip(2).with_claim(chassis_len as u32));
        sender.at += 1;
        sender.step(chassis_len);
    }
    print_management(line, bytes, sender)
}

const CHASSIS: &[(u8, &str)] = &[
    (0, "Reserved"),
    (1, "Chassis component"),
    (2, "Interface alias"),
    (3, "Port component"),
    (4, "MAC address"),
    (5, "Network address"),
    (6, "Interface name"),
    (7, "Locally assigned"),
];

/// Prints what a chassis is called; tells whether that is to be seen in hexadecimal as well.
fn print_chassis(line: &mut Line<'_>, kind: u8, name: Payload<'_>) -> bool {
    match (kind, name.bytes()) {
        (4, address @ [_, _, _, _, _, _]) => {
            line.text("\n\t  MAC ");
            line.mac(address);
        }
        (4, _) => {
            line.text(" (invalid MAC address length)");
            return true;
        }
        (5, _) => return print_network_address(line, name).is_none(),
        (1..=3 | 6 | 7, _) => {
            // All of it has been captured.
            let _ = line.zero_padded(name);
        }
        _ => return true,
    }
    false
}

/// `None` where it cannot be read.
fn print_network_address(line: &mut Line<'_>, mut name: Payload<'_>) -> Option<()> {
    let family: u8 = name.read()?;
    line.text("\n\t  Network Address Type ");
    tokens::print_or(line, ADDRESS_FAMILIES, family.into(), "Unknown");
    line.labelled(" (", family);
    line.text(")");
    let (len, version) = match family {
        1 => (4, "4"),
        2 => (16, "6"),
        _ => return None,
    };
    if name.claimed() != len {
        line.text("(invalid IPv");
        line.text(version);
        line.labelled(" address length ", name.claimed());
        line.text(")");
        return None;
    }
    line.text(", ");
    if len == 4 {
        line.ipv4(name.get(0)?);
    } else {
        line.ipv6(name.get(0)?);
    }
    Some(())
}

fn print_management(line: &mut Line<'_>, bytes: &[u8], mut sender: Sender) -> Sender {
    for (index, label) in ["Management Address Domain", "Management Address"].iter().enumerate() {
        let is_address = index == 1;
        let Some(&len) = bytes.get(sender.at) else {
            if is_address {
                line.text(" (Management Address Length is missing)");
                sender.wants_hex = true;
            }
            return sender;
        };
        let len = usize::from(len);
        sender.step(1);
        line.text("\n\t  ");
        line.text(label);
        line.labelled(" Length ", len as u64);
        if len == 0 {
            return sender;
        }
        let Some(value) = bytes.get(sender.at..sender.at + len) else {
            return sender.too_short(line, if is_address { Fault::Message } else { Fault::Element });
        };
        hex::only_behind(line, if is_address { ADDRESS_INDENT } else { DOMAIN_INDENT }, value);
        sender.step(len);
    }
    sender
}

const DOMAIN_INDENT: &str = "\n\t  Management Address Domain: ";
const ADDRESS_INDENT: &str = "\n\t  Management Address: ";
