//! Forwarding equivalence classes of LDP: which packets a label is for.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::elements::has_room;
use crate::decode::Payload;
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Prints the first class of an element of `length` bytes; `None` where it is cut.
pub(super) fn print(line: &mut Line<'_>, mut value: Payload<'_>, length: u16) -> Option<()> {
    let kind: u8 = value.read()?;
    line.text("\n\t      ");
    tokens::print_or(line, CLASSES, kind, "Unknown");
    line.text(" FEC (");
    line.hex(kind, 2);
    line.text(")");
    let len = length - 1;
    match kind {
        2 if has_room(line, len, 2) => print_prefix(line, value, len - 2),
        0x80 if has_room(line, len, 7) => print_circuit(line, value, len),
        _ => Some(()),
    }
}

const CLASSES: &[(u8, &str)] = &[(1, "Wildcard"), (2, "Prefix"), (3, "Host address"), (0x80, "Martini VC")];

/// A network, of which `len` bytes are in the element behind the family.
fn print_prefix(line: &mut Line<'_>, mut value: Payload<'_>, len: u16) -> Option<()> {
    let family: u16 = value.read()?;
    let (words, bits) = match family {
        1 => (": IPv4 prefix ", 32),
        2 => (": IPv6 prefix ", 128),
        _ => {
            line.labelled(": Address family ", family);
            line.text(" prefix");
            return Some(());
        }
    };
    // What goes beyond the element is taken for cut.
    let mut rest = value.with_claim(len.into());
    let prefix_len: u8 = rest.read()?;
    if prefix_len > bits {
        line.text(words);
        line.text("(invalid length)");
        return Some(());
    }
    let bytes = usize::from(prefix_len).div_ceil(8);
    let mut address = [0; 16];
    address[..bytes].copy_from_slice(rest.bytes().get(..bytes)?);
    if !prefix_len.is_multiple_of(8) {
        address[bytes - 1] &= 0xff << (8 - prefix_len % 8);
    }
    match address {
        [a, b, c, d, ..] if family == 1 => line.labelled_address(words, Ipv4Addr::new(a, b, c, d)),
        _ => line.labelled_address(words, Ipv6Addr::from(address)),
    }
    line.labelled("/", prefix_len);
    Some(())
}

/// A circuit over MPLS, RFC 4906.
fn print_circuit(line: &mut Line<'_>, mut value: Payload<'_>, len: u16) -> Option<()> {
    /// Bytes in front of the parameters.
    const FIXED_LEN: u16 = 11;
    /// Bytes of the circuit's number, which count for the parameters.
    const NUMBER_LEN: u8 = 4;
    let (kind, info_len, group): (u16, u8, u32) = (value.read()?, value.read()?, value.read()?);
    if info_len > 0 && !has_room(line, len, FIXED_LEN) {
        return Some(());
    }
    let circuit: Option<u32> = if info_len > 0 { Some(value.read()?) } else { None };
    line.text(": ");
    tokens::print_or(line, CIRCUITS, kind & 0x7fff, "Unknown");
    line.text(if kind & 0x8000 == 0 { ", no control word" } else { ", control word" });
    line.labelled(", group-ID ", group);
    if let Some(circuit) = circuit {
        line.labelled(", VC-ID ", circuit);
    }
    line.labelled(", VC-info-length: ", info_len);
    if circuit.is_none() {
        return Some(());
    }
    let Some(parameters) = info_len.checked_sub(NUMBER_LEN) else {
        // tcpdump does not close what it opens.
        line.text(" (invalid, < 4");
        return Some(());
    };
    if !has_room(line, len - FIXED_LEN, parameters.into()) {
        return Some(());
    }
    print_parameters(line, value, parameters)
}

fn print_parameters(line: &mut Line<'_>, mut rest: Payload<'_>, mut room: u8) -> Option<()> {
    while room > 2 {
        let [kind, len]: [u8; 2] = rest.get(0)?;
        if len < 2 || len > room {
            break;
        }
        line.text("\n\t\tInterface Parameter: ");
        tokens::print_or(line, PARAMETERS, kind, "Unknown");
        line.text(" (");
        line.hex(kind, 2);
        line.labelled("), len ", len);
        let value = rest.skip(2);
        let bytes = value.with_claim(u32::from(len) - 2);
        match kind {
            1 => line.labelled(": ", value.get::<u16>(0)?),
            3 => {
                line.text(": ");
                line.untrusted(bytes.bytes());
                bytes.all_captured()?;
            }
            0x0c => print_verification(line, value.get(0)?),
            _ => hex::only_behind(line, "\n\t\t  ", bytes.bytes()),
        }
        room -= len;
        rest = rest.skip(len.into());
    }
    Some(())
}

const PARAMETERS: &[(u8, &str)] = &[(1, "MTU"), (3, "Description"), (0x0c, "VCCV")];

/// How a circuit may be verified.
fn print_verification(line: &mut Line<'_>, [channels, tests]: [u8; 2]) {
    const CHANNELS: &[(u8, &str)] =
        &[(1, "PWE3 control word"), (2, "MPLS Router Alert Label"), (4, "MPLS inner label TTL = 1")];
    const TESTS: &[(u8, &str)] = &[(1, "ICMP Ping"), (2, "LSP Ping"), (4, "BFD")];
    for (label, flags, table) in [("Control Channels", channels, CHANNELS), ("CV Types", tests, TESTS)] {
        line.text("\n\t\t  ");
        line.text(label);
        line.text(" (");
        line.hex(flags, 2);
        line.text(") = [");
        tokens::print_flags(line, table, flags);
        line.text("]");
    }
}

/// Circuits over MPLS (<https://www.iana.org/assignments/pwe3-parameters>).
const CIRCUITS: &[(u16, &str)] = &[
    (0x0000, "Reserved"),
    (0x0001, "Frame Relay DLCI (Martini Mode)"),
    (0x0002, "ATM AAL5 SDU VCC transport"),
    (0x0003, "ATM transparent cell transport"),
    (0x0004, "Ethernet VLAN"),
    (0x0005, "Ethernet"),
    (0x0006, "Cisco-HDLC"),
    (0x0007, "PPP"),
    (0x0008, "SONET/SDH Circuit Emulation Service over MPLS"),
    (0x0009, "ATM n-to-one VCC cell transport"),
    (0x000a, "ATM n-to-one VPC cell transport"),
    (0x000b, "IP Layer2 Transport"),
    (0x000c, "ATM one-to-one VCC Cell Mode"),
    (0x000d, "ATM one-to-one VPC Cell Mode"),
    (0x000e, "ATM AAL5 PDU VCC transport"),
    (0x000f, "Frame-Relay Port mode"),
    (0x0010, "SONET/SDH Circuit Emulation over Packet"),
    (0x0011, "Structure-agnostic E1 over Packet"),
    (0x0012, "Structure-agnostic T1 (DS1) over Packet"),
    (0x0013, "Structure-agnostic E3 over Packet"),
    (0x0014, "Structure-agnostic T3 (DS3) over Packet"),
    (0x0015, "CESoPSN basic mode"),
    (0x0016, "TDMoIP basic mode"),
    (0x0017, "CESoPSN TDM with CAS"),
    (0x0018, "TDMoIP TDM with CAS"),
    (0x0019, "Frame Relay DLCI"),
    (0x0040, "IP-interworking"),
];
