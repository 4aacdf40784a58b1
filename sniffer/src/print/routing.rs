//! What routers and switches say to each other, in one line: VRRP, HSRP, OSPF, PIM, EIGRP, BFD, spanning tree, LLDP.

use std::net::IpAddr;

use super::line::Line;
use super::packet::Network;
use super::tokens;
use crate::decode::{Application, Bfd, Checksum, Eigrp, Hsrp, IpProtocol, Layer, Lldp, Ospf, Pim, Stp, Vrrp};

pub(super) fn print(line: &mut Line<'_>, layer: &Layer<'_>, network: Option<Network<'_>>) {
    match layer {
        Layer::Vrrp(vrrp) => print_vrrp(line, vrrp, network),
        Layer::Hsrp(hsrp) => print_hsrp(line, hsrp).unwrap_or_else(|| line.truncated("hsrp")),
        Layer::Ospf(ospf) => print_ospf(line, ospf),
        Layer::Pim(pim) => print_pim(line, pim),
        Layer::Eigrp(eigrp) => print_eigrp(line, eigrp),
        Layer::Bfd(bfd) => print_bfd(line, bfd),
        Layer::Stp(stp) => print_stp(line, stp),
        Layer::Lldp(lldp) => print_lldp(line, lldp),
        _ => {}
    }
}

fn print_vrrp(line: &mut Line<'_>, vrrp: &Vrrp<'_>, network: Option<Network<'_>>) {
    line.labelled("VRRPv", vrrp.version());
    line.text(", ");
    tokens::print(line, &[(1_u8, "Advertisement")], vrrp.kind(), ["unknown type (", ")"]);
    let ttl = match network {
        Some(Network::V4(ip)) => ip.ttl(),
        Some(Network::V6 { header, .. }) => header.hop_limit(),
        None => u8::MAX,
    };
    if ttl != u8::MAX {
        line.labelled(", (ttl ", ttl);
        line.text(")");
    }
    if !matches!(vrrp.version(), 2 | 3) || vrrp.kind() != 1 {
        return;
    }
    line.labelled(", vrid ", vrrp.router());
    line.labelled(", prio ", vrrp.priority());
    if vrrp.version() == 2 {
        line.text(", authtype ");
        tokens::print(line, VRRP_AUTHENTICATION, vrrp.authentication(), ["#", ""]);
        line.labelled(", intvl ", vrrp.interval());
        line.text("s");
    } else {
        line.labelled(", intvl ", vrrp.interval());
        line.text("cs");
    }
    line.labelled(", length ", vrrp.whole().claimed());
    if line.is_verbose() {
        print_vrrp_addresses(line, vrrp, network).unwrap_or_else(|| line.truncated("vrrp"));
    }
}

/// A wrong checksum, the addresses that the routers share, and a password in plain text.
fn print_vrrp_addresses(line: &mut Line<'_>, vrrp: &Vrrp<'_>, network: Option<Network<'_>>) -> Option<()> {
    let (whole, found) = (vrrp.whole(), vrrp.whole().get::<u16>(6)?);
    if !whole.is_truncated() {
        let mut sum = match network.filter(|_| vrrp.version() == 3) {
            Some(network) => {
                let (source, destination) = (network.source(), network.final_destination());
                Checksum::of_pseudo_header(source, destination, IpProtocol::Vrrp, whole.claimed())
            }
            None => Checksum::default(),
        };
        sum.add(whole.bytes());
        if sum.expected(found).is_some() {
            line.text(", (bad vrrp cksum ");
            super::text::hex(line.out, found.into(), 1);
            line.text(")");
        }
    }
    let count: u8 = whole.get(3)?;
    line.text(", addrs");
    if count > 1 {
        line.labelled("(", count);
        line.text(")");
    }
    line.byte(b':');
    let mut rest = whole.skip(8);
    for index in 0..count {
        let address = match network {
            Some(Network::V6 { .. }) => IpAddr::V6(rest.read()?),
            _ => IpAddr::V4(rest.read()?),
        };
        line.byte(if index == 0 { b' ' } else { b',' });
        line.address(address);
    }
    if vrrp.version() == 2 && vrrp.authentication() == 1 {
        let password = rest.get::<[u8; 8]>(0)?;
        let end = password.iter().position(|byte| *byte == 0).unwrap_or(password.len());
        line.text(" auth \"");
        line.untrusted(&password[..end]);
        line.text("\"");
    }
    Some(())
}

const VRRP_AUTHENTICATION: &[(u8, &str)] = &[(0, "none"), (1, "simple"), (2, "ah")];

fn print_hsrp(line: &mut Line<'_>, hsrp: &Hsrp<'_>) -> Option<()> {
    line.labelled("HSRPv", hsrp.version());
    if hsrp.version() != 0 {
        return Some(());
    }
    line.byte(b'-');
    tokens::print(line, HSRP_OPERATIONS, hsrp.operation()?, ["unknown (", ")"]);
    line.labelled(" ", hsrp.whole().claimed());
    line.text(": state=");
    tokens::print(line, HSRP_STATES, hsrp.state()?, ["Unknown (", ")"]);
    line.labelled(" group=", hsrp.group()?);
    line.byte(b' ');
    let reserved = hsrp.reserved()?;
    if reserved != 0 {
        line.labelled("[reserved=", reserved);
        line.text("!] ");
    }
    let address = hsrp.virtual_address()?;
    line.text("addr=");
    line.ipv4(address);
    Some(())
}

const HSRP_OPERATIONS: &[(u8, &str)] = &[(0, "hello"), (1, "coup"), (2, "resign")];
const HSRP_STATES: &[(u8, &str)] =
    &[(0, "initial"), (1, "learn"), (2, "listen"), (4, "speak"), (8, "standby"), (16, "active")];

fn print_ospf(line: &mut Line<'_>, ospf: &Ospf<'_>) {
    line.labelled("OSPFv", ospf.version());
    line.text(", ");
    tokens::print(line, OSPF_TYPES, ospf.kind(), ["unknown packet type (", ")"]);
    line.labelled(", length ", ospf.whole().claimed());
}

const OSPF_TYPES: &[(u8, &str)] =
    &[(1, "Hello"), (2, "Database Description"), (3, "LS-Request"), (4, "LS-Update"), (5, "LS-Ack")];

fn print_pim(line: &mut Line<'_>, pim: &Pim<'_>) {
    line.labelled("PIMv", pim.version());
    if pim.version() == 2 {
        line.text(", ");
        line.text(tokens::name(PIM_TYPES, pim.kind()).unwrap_or("Unknown-Type"));
    }
    line.labelled(", length ", pim.whole().claimed());
}

const PIM_TYPES: &[(u8, &str)] = &[
    (0, "Hello"),
    (1, "Register"),
    (2, "Register Stop"),
    (3, "Join / Prune"),
    (4, "Bootstrap"),
    (5, "Assert"),
    (6, "Graft"),
    (7, "Graft-ACK"),
    (8, "Candidate RP Advertisement"),
    (9, "Prune-Refresh"),
    (10, "DF Election"),
    (11, "ECMP Redirect"),
];

fn print_eigrp(line: &mut Line<'_>, eigrp: &Eigrp<'_>) {
    if eigrp.version() != 2 {
        line.labelled("EIGRP version ", eigrp.version());
        return line.text(" packet not supported");
    }
    line.text("EIGRP ");
    tokens::print(line, EIGRP_OPERATIONS, eigrp.operation(), ["unknown, type: ", ""]);
    line.labelled(", length: ", eigrp.whole().claimed());
}

const EIGRP_OPERATIONS: &[(u8, &str)] =
    &[(1, "Update"), (3, "Query"), (4, "Reply"), (5, "Hello"), (6, "IPX SAP"), (7, "Probe")];

fn print_bfd(line: &mut Line<'_>, bfd: &Bfd<'_>) {
    match bfd.version() {
        1 => {
            line.text(match bfd.application() {
                Application::BfdMultihop => "BFDv1, Multihop, State ",
                Application::BfdLag => "BFDv1, Lag, State ",
                _ => "BFDv1, Control, State ",
            });
            line.text(["AdminDown", "Down", "Init", "Up"][usize::from(bfd.state())]);
        }
        version => {
            line.labelled("BFDv", version);
            line.text(", Control");
        }
    }
    if bfd.version() < 2 {
        line.text(", Flags: [");
        tokens::print_flags(line, BFD_FLAGS, bfd.flags());
        line.text("]");
    }
    line.labelled(", length: ", bfd.whole().claimed());
}

const BFD_FLAGS: &[(u8, &str)] = &[
    (0x20, "Poll"),
    (0x10, "Final"),
    (0x08, "Control Plane Independent"),
    (0x04, "Authentication Present"),
    (0x02, "Demand"),
    (0x01, "Reserved"),
];

fn print_stp(line: &mut Line<'_>, stp: &Stp<'_>) {
    if stp.protocol() != 0 {
        line.text("Unknown STP protocol (");
        line.hex(stp.protocol(), 2);
        return line.text(")");
    }
    line.text("STP ");
    tokens::print(line, STP_VERSIONS, stp.version(), ["Unknown STP protocol (", ")"]);
    match (stp.version(), stp.kind()) {
        (0 | 2 | 3 | 4, 0 | 2) => print_configuration(line, stp),
        (_, 0x80) => {
            line.text(", Topology Change");
        }
        _ => {
            line.text(", Unknown BPDU Type (");
            line.hex(stp.kind(), 2);
            line.text(")");
        }
    }
}

const STP_VERSIONS: &[(u8, &str)] = &[(0, "802.1d"), (2, "802.1w"), (3, "802.1s"), (4, "802.1aq")];

/// Bytes of a message of the multiple spanning tree protocol at least.
const MULTIPLE_LEN: u32 = 102;

fn print_configuration(line: &mut Line<'_>, stp: &Stp<'_>) {
    let (Some(flags), Some((priority, address)), Some(port)) = (stp.flags(), stp.bridge(), stp.port()) else {
        return line.truncated("stp");
    };
    let is_multiple = stp.version() > 2 && stp.kind() == 2;
    line.text(if stp.kind() == 0 { ", Config" } else { ", Rapid STP" });
    if is_multiple && stp.whole().claimed() < MULTIPLE_LEN {
        return line.invalid();
    }
    line.text(if is_multiple { ", CIST Flags [" } else { ", Flags [" });
    tokens::print_flags(line, STP_FLAGS, flags & 0xf3);
    line.text("]");
    if !is_multiple {
        line.text(", bridge-id ");
        super::text::hex(line.out, priority.into(), 4);
        line.byte(b'.');
        super::text::mac(line.out, &address);
        line.byte(b'.');
        super::text::hex(line.out, port.into(), 4);
    }
    line.labelled(", length ", stp.whole().claimed());
}

const STP_FLAGS: &[(u8, &str)] = &[
    (0x01, "Topology change"),
    (0x02, "Proposal"),
    (0x10, "Learn"),
    (0x20, "Forward"),
    (0x40, "Agreement"),
    (0x80, "Topology change ACK"),
];

fn print_lldp(line: &mut Line<'_>, lldp: &Lldp<'_>) {
    /// The end of the list.
    const END: u8 = 0;
    /// The system's name.
    const SYSTEM_NAME: u8 = 5;
    line.labelled("LLDP, length ", lldp.whole().claimed());
    let mut elements = lldp.elements();
    for element in elements.by_ref() {
        if element.kind == END && element.len == 0 {
            return;
        }
        if element.value.len() < usize::from(element.len) {
            return line.truncated("lldp");
        }
        if element.kind == SYSTEM_NAME {
            line.text(": ");
            line.untrusted(element.value);
        }
    }
    if lldp.whole().is_truncated() || !elements.is_at_end() {
        line.truncated("lldp");
    }
}
