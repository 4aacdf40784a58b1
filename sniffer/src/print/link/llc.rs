//! IEEE 802.2 LLC and SNAP.

use crate::decode::{Layer, Llc, LlcControl, Snap};
use crate::print::hex;
use crate::print::line::Line;
use crate::print::oui::OUIS;
use crate::print::tokens::{self, ETHER_TYPES, SAPS, name};

/// The part that only `-e` shows.
pub(in crate::print) fn print(line: &mut Line<'_>, llc: &Llc<'_>) {
    if !line.options.link_header {
        return;
    }
    if llc.is_raw_ipx() {
        return line.text("IPX 802.3: ");
    }
    print_sap(line, "LLC, dsap ", llc.dsap() & 0xfe);
    line.text(if llc.dsap() & 1 == 0 { " Individual" } else { " Group" });
    print_sap(line, ", ssap ", llc.ssap() & 0xfe);
    line.text(if llc.ssap() & 1 == 0 { " Command" } else { " Response" });
    line.text(", ctrl ");
    match llc.control() {
        LlcControl::Unnumbered(control) => line.hex(control, 2),
        LlcControl::Supervisory(control) | LlcControl::Information(control) => line.hex(control, 4),
    }
    line.text(": ");
    if llc.is_ipx() {
        line.text("IPX 802.2: ");
    }
}

fn print_sap(line: &mut Line<'_>, label: &str, sap: u8) {
    line.text(label);
    line.text(name(SAPS, sap).unwrap_or("Unknown"));
    line.labelled_hex(" (", sap, 2);
    line.text(")");
}

/// A frame of a service access point that is not decoded: addresses, access points, control field and bytes.
pub(in crate::print) fn print_payload(line: &mut Line<'_>, llc: &Llc<'_>, layers: &[Layer<'_>]) {
    if !line.options.link_header {
        let (dsap, ssap) = (llc.dsap() & 0xfe, llc.ssap() & 0xfe);
        let addresses = addresses(layers);
        if let Some((source, _)) = addresses {
            line.mac(&source);
            line.byte(b' ');
        }
        if dsap != ssap {
            tokens::print_or_hex(line, SAPS, ssap, 2, ["Unknown SSAP ", ""]);
            line.byte(b' ');
        }
        if addresses.is_some() || dsap != ssap {
            line.text("> ");
        }
        if let Some((_, destination)) = addresses {
            line.mac(&destination);
            line.byte(b' ');
        }
        tokens::print_or_hex(line, SAPS, dsap, 2, ["Unknown DSAP ", ""]);
        line.byte(b' ');
    }
    print_control(line, llc);
    match llc.control() {
        LlcControl::Supervisory(_) => {}
        LlcControl::Unnumbered(control) if control & 0xef == EXCHANGE => print_exchange(line, llc),
        _ => hex::unknown(line, llc.whole().bytes()),
    }
}

/// The command by which stations tell each other what they can.
const EXCHANGE: u8 = 0xaf;

fn print_exchange(line: &mut Line<'_>, llc: &Llc<'_>) {
    /// What stands in front of the form that IEEE 802.2 has.
    const FORM: u8 = 0x81;
    let payload = llc.payload();
    match payload.bytes() {
        [] if payload.claimed() == 0 => {}
        [] => line.truncated("llc"),
        [FORM, types, window, ..] => {
            line.text(": ");
            line.hex_bytes(&[*types]);
            line.text(" ");
            line.hex_bytes(&[*window]);
        }
        [FORM, ..] => {
            line.truncated("llc");
            hex::unknown(line, payload.bytes());
        }
        _ => hex::unknown(line, llc.whole().bytes()),
    }
}

/// Sender and receiver by the link layer around LLC.
/// Who has sent a frame to whom, with a blank behind, where `-e` does not show it.
pub(super) fn print_stations(line: &mut Line<'_>, layers: &[Layer<'_>]) {
    if let Some((source, destination)) = addresses(layers) {
        line.mac(&source);
        line.text(" > ");
        line.mac(&destination);
        line.byte(b' ');
    }
}

fn addresses(layers: &[Layer<'_>]) -> Option<([u8; 6], [u8; 6])> {
    layers.iter().rev().find_map(|layer| match layer {
        Layer::Ethernet(ethernet) => Some((ethernet.source(), ethernet.destination())),
        Layer::Ieee80211(frame) => frame.source_and_destination(),
        _ => None,
    })
}

fn print_control(line: &mut Line<'_>, llc: &Llc<'_>) {
    let is_response = llc.ssap() & 1 != 0;
    let poll = match llc.control() {
        LlcControl::Unnumbered(control) => {
            line.text("Unnumbered, ");
            match name(COMMANDS, control & 0xef) {
                Some(command) => line.text(command),
                None => line.hex_digits(u64::from(control & 0xef), 2),
            }
            control & 0x10 != 0
        }
        LlcControl::Supervisory(control) => {
            line.text("Supervisory, ");
            line.text(["Receiver Ready", "Receiver not Ready", "Reject", "?"][control as usize >> 2 & 3]);
            line.labelled(", rcv seq ", control >> 9);
            control & 0x100 != 0
        }
        LlcControl::Information(control) => {
            line.labelled("Information, send seq ", control >> 1 & 0x7f);
            line.labelled(", rcv seq ", control >> 9);
            control & 0x100 != 0
        }
    };
    line.text(", Flags [");
    line.text(match (is_response, poll) {
        (false, false) => "Command",
        (false, true) => "Poll",
        (true, false) => "Response",
        (true, true) => "Final",
    });
    line.labelled("], length ", llc.whole().claimed());
}

/// Unnumbered commands, without their poll/final bit.
const COMMANDS: &[(u8, &str)] = &[
    (0x03, "ui"),
    (0xe3, "test"),
    (0xaf, "xid"),
    (0x63, "ua"),
    (0x43, "disc"),
    (0x0f, "dm"),
    (0x6f, "sabme"),
    (0x87, "frmr"),
];

/// The part of SNAP that only `-e` shows.
pub(in crate::print) fn print_snap(line: &mut Line<'_>, snap: &Snap<'_>) {
    if !line.options.link_header {
        return;
    }
    print_oui(line, snap);
    line.labelled(", length ", snap.payload().claimed());
    line.text(": ");
}

fn print_oui(line: &mut Line<'_>, snap: &Snap<'_>) {
    line.text("oui ");
    tokens::print_with_hex(line, OUIS, snap.oui(), 6, "Unknown");
    line.text(", ");
    print_protocol(line, snap);
}

/// The protocol by the name that the organisation has for it.
fn print_protocol(line: &mut Line<'_>, snap: &Snap<'_>) {
    line.text(if snap.oui() == Snap::OUI_ETHERNET { "ethertype " } else { "pid " });
    let table = match snap.oui() {
        Snap::OUI_ETHERNET | Snap::OUI_CISCO_90 | APPLETALK => ETHER_TYPES,
        Snap::OUI_CISCO => CISCO_PROTOCOLS,
        Snap::OUI_BRIDGED => BRIDGED_PROTOCOLS,
        _ => &[],
    };
    tokens::print_with_hex(line, table, snap.protocol(), 4, "Unknown");
}

/// A SNAP frame of a protocol that is not decoded.
pub(in crate::print) fn print_snap_payload(line: &mut Line<'_>, snap: &Snap<'_>, layers: &[Layer<'_>]) {
    if !line.options.link_header {
        print_stations(line, layers);
        line.text("SNAP, ");
        match snap.oui() {
            Snap::OUI_ETHERNET => print_protocol(line, snap),
            _ => print_oui(line, snap),
        }
        line.labelled(", length ", snap.payload().claimed());
        line.text(": ");
    }
    if let [.., Layer::Llc(llc), Layer::Snap(_)] = layers {
        hex::unknown(line, llc.whole().bytes());
    }
}

const APPLETALK: u32 = 0x08_0007;

/// Cisco's protocols behind SNAP.
const CISCO_PROTOCOLS: &[(u16, &str)] = &[
    (0x2000, "CDP"),
    (0x2003, "VTP"),
    (0x2004, "DTP"),
    (0x0111, "UDLD"),
    (0x010c, "VLAN Bridge"),
    (0x010b, "PVST"),
];

/// What may be bridged, RFC 2684.
const BRIDGED_PROTOCOLS: &[(u16, &str)] = &[
    (0x01, "Ethernet + FCS"),
    (0x07, "Ethernet w/o FCS"),
    (0x02, "802.4 + FCS"),
    (0x08, "802.4 w/o FCS"),
    (0x03, "Token Ring + FCS"),
    (0x09, "Token Ring w/o FCS"),
    (0x04, "FDDI + FCS"),
    (0x0a, "FDDI w/o FCS"),
    (0x05, "802.6 + FCS"),
    (0x0b, "802.6 w/o FCS"),
    (0x0e, "BPDU"),
];
