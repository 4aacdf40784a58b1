//! `OpenFlow` 1.0: what a switch can do, and its ports.

use crate::decode::Payload;
use crate::decode::openflow::v1_0::{Features, Port, PortMod};
use crate::print::application::openflow::{invalid, print_bits_of, print_labelled_bits, print_name};
use crate::print::line::Line;
use crate::print::tokens;

pub(super) fn print_features(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let features = Features::new(body);
    line.text("\n\t dpid ");
    line.hex(features.datapath()?, 16);
    line.labelled(", n_buffers ", features.buffers()?);
    line.labelled(", n_tables ", features.tables()?);
    let capabilities = features.capabilities()?;
    line.labelled_hex("\n\t capabilities ", capabilities, 8);
    print_bits_of(line, CAPABILITIES, 0xef, capabilities);
    print_labelled_bits(line, "\n\t actions ", ACTIONS, features.actions()?);
    let mut ports = features.ports();
    while ports.claimed() > 0 {
        if ports.claimed() < Port::LEN as u32 {
            return invalid(line, ports);
        }
        print_port(line, &Port::new(ports))?;
        ports = ports.skip(Port::LEN);
    }
    Some(())
}

/// Bit 4 has a name and no meaning.
const CAPABILITIES: &[(u32, &str)] = &[
    (0x01, "FLOW_STATS"),
    (0x02, "TABLE_STATS"),
    (0x04, "PORT_STATS"),
    (0x08, "STP"),
    (0x10, "RESERVED"),
    (0x20, "IP_REASM"),
    (0x40, "QUEUE_STATS"),
    (0x80, "ARP_MATCH_IP"),
];
const ACTIONS: &[(u32, &str)] = &[
    (0x001, "OUTPUT"),
    (0x002, "SET_VLAN_VID"),
    (0x004, "SET_VLAN_PCP"),
    (0x008, "STRIP_VLAN"),
    (0x010, "SET_DL_SRC"),
    (0x020, "SET_DL_DST"),
    (0x040, "SET_NW_SRC"),
    (0x080, "SET_NW_DST"),
    (0x100, "SET_NW_TOS"),
    (0x200, "SET_TP_SRC"),
    (0x400, "SET_TP_DST"),
    (0x800, "ENQUEUE"),
];

fn print_port(line: &mut Line<'_>, port: &Port<'_>) -> Option<()> {
    print_port_number(line, "\n\t  port_no ", port.number()?);
    line.text(", hw_addr ");
    line.mac(&port.address()?);
    print_name(line, ", name '", &port.name()?);
    if line.options.verbose > 1 {
        print_labelled_bits(line, "\n\t   config ", CONFIG, port.config()?);
        print_state(line, port.state()?);
        print_labelled_bits(line, "\n\t   curr ", FEATURES, port.current()?);
        print_labelled_bits(line, "\n\t   advertised ", FEATURES, port.advertised()?);
        print_labelled_bits(line, "\n\t   supported ", FEATURES, port.supported()?);
        print_labelled_bits(line, "\n\t   peer ", FEATURES, port.peer()?);
    }
    port.whole().with_claim(Port::LEN as u32).all_captured()
}

/// The state of the spanning tree, and that of the link.
fn print_state(line: &mut Line<'_>, state: u32) {
    line.labelled_hex("\n\t   state ", state, 8);
    line.text([" (STP_LISTEN", " (STP_LEARN", " (STP_FORWARD", " (STP_BLOCK"][(state >> 8 & 3) as usize]);
    line.text(if state & 1 == 1 { ", LINK_DOWN)" } else { ")" });
    line.text(if state & !0x301 == 0 { "" } else { " (bogus)" });
}

const CONFIG: &[(u32, &str)] = &[
    (0x01, "PORT_DOWN"),
    (0x02, "NO_STP"),
    (0x04, "NO_RECV"),
    (0x08, "NO_RECV_STP"),
    (0x10, "NO_FLOOD"),
    (0x20, "NO_FWD"),
    (0x40, "NO_PACKET_IN"),
];
const FEATURES: &[(u32, &str)] = &[
    (0x001, "10MB_HD"),
    (0x002, "10MB_FD"),
    (0x004, "100MB_HD"),
    (0x008, "100MB_FD"),
    (0x010, "1GB_HD"),
    (0x020, "1GB_FD"),
    (0x040, "10GB_FD"),
    (0x080, "COPPER"),
    (0x100, "FIBER"),
    (0x200, "AUTONEG"),
    (0x400, "PAUSE"),
    (0x800, "PAUSE_ASYM"),
];

pub(super) fn print_port_number(line: &mut Line<'_>, label: &str, port: u16) {
    line.text(label);
    tokens::print(line, PORTS, port, ["", ""]);
}

const PORTS: &[(u16, &str)] = &[
    (0xff00, "MAX"),
    (0xfff8, "IN_PORT"),
    (0xfff9, "TABLE"),
    (0xfffa, "NORMAL"),
    (0xfffb, "FLOOD"),
    (0xfffc, "ALL"),
    (0xfffd, "CONTROLLER"),
    (0xfffe, "LOCAL"),
    (0xffff, "NONE"),
];

pub(super) fn print_port_status(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    line.text("\n\t reason ");
    let reasons: &[(u8, &str)] = &[(0, "ADD"), (1, "DELETE"), (2, "MODIFY")];
    tokens::print_or_hex(line, reasons, body.get(0)?, 2, ["invalid (", ")"]);
    print_port(line, &Port::new(body.skip(8)))
}

pub(super) fn print_port_mod(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let port = PortMod::new(body);
    print_port_number(line, "\n\t port_no ", port.number()?);
    line.text(", hw_addr ");
    line.mac(&port.address()?);
    print_labelled_bits(line, "\n\t config ", CONFIG, port.config()?);
    print_labelled_bits(line, "\n\t mask ", CONFIG, port.mask()?);
    print_labelled_bits(line, "\n\t advertise ", FEATURES, port.advertise()?);
    body.all_captured()
}
