//! The elements of IS-IS with `-v`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::isis::print_id;
use super::osi;
use super::{isis_bridging, isis_neighbours, isis_routes};
use crate::decode::{IsisCursor, IsisElement, IsisError, IsisMetrics, Payload, Wire};
use crate::print::line::Line;
use crate::print::oui::OUIS;
use crate::print::{hex, tokens};

/// What the printer of an element needs: the message around it, and where in that its value begins.
#[derive(Clone, Copy)]
struct Place<'a> {
    whole: Payload<'a>,
    value_at: u32,
}

/// Prints the elements behind the headers of a message, of which `beyond` are the bytes that were captured and `left` those
/// that belong to it.
pub(super) fn print(
    line: &mut Line<'_>,
    whole: Payload<'_>,
    beyond: Payload<'_>,
    mut left: u32,
) -> Option<()> {
    let mut rest = beyond;
    while left > 0 {
        let element = IsisElement::read(&mut rest)?;
        left = left.checked_sub(2)?;
        let len = element.value.room();
        line.text("\n\t    ");
        tokens::print_or(line, NAMES, element.kind, "unknown");
        line.labelled(" TLV #", element.kind);
        line.labelled(", length: ", len);
        left = left.checked_sub(len.into())?;
        let value_at = element.value.beyond().offset() - whole.offset();
        match print_value(line, element, Place { whole, value_at }) {
            Ok(()) | Err(Ended::Element) => {}
            Err(Ended::Message) => return Some(()),
            Err(Ended::Capture) => return None,
        }
        hex::with_vv(line, "\n\t      ", element.value.rest().bytes());
    }
    Some(())
}

const NAMES: &[(u8, &str)] = &[
    (1, "Area address(es)"),
    (2, "IS Reachability"),
    (3, "ES Neighbor(s)"),
    (4, "Partition DIS"),
    (5, "Prefix Neighbors"),
    (6, "IS Neighbor(s)"),
    (7, "Instance Identifier"),
    (8, "Padding"),
    (9, "LSP entries"),
    (10, "Authentication"),
    (12, "Checksum"),
    (13, "Purge Originator Identifier"),
    (14, "LSP Buffersize"),
    (22, "Extended IS Reachability"),
    (24, "IS Alias ID"),
    (42, "DECnet Phase IV"),
    (66, "Lucent Proprietary"),
    (128, "IPv4 Internal Reachability"),
    (129, "Protocols supported"),
    (130, "IPv4 External Reachability"),
    (131, "Inter-Domain Information Type"),
    (132, "IPv4 Interface address(es)"),
    (133, "IPv4 authentication (deprecated)"),
    (134, "Traffic Engineering Router ID"),
    (135, "Extended IPv4 Reachability"),
    (137, "Hostname"),
    (138, "Shared Risk Link Group"),
    (143, "Multi-Topology-Aware Port Capability"),
    (144, "Multi-Topology Capability"),
    (176, "Nortel Proprietary"),
    (177, "Nortel Proprietary"),
    (211, "Restart Signaling"),
    (222, "Multi Topology IS Reachability"),
    (229, "Multi Topology"),
    (232, "IPv6 Interface address(es)"),
    (235, "Multi-Topology IPv4 Reachability"),
    (236, "IPv6 reachability"),
    (237, "Multi-Topology IP6 Reachability"),
    (240, "Point-to-point Adjacency State"),
    (241, "Hello PDU Sequence Number"),
    (242, "IS-IS Router Capability"),
    (250, "Vendor Private"),
];

/// Why the printing of an element ends early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// It has no room for what it should hold; the next one follows.
    Element,
    /// The capture ends.
    Capture,
    /// Nothing else is printed of the message.
    Message,
}

impl From<IsisError> for Ended {
    fn from(error: IsisError) -> Self {
        match error {
            IsisError::Short => Self::Element,
            IsisError::Truncated => Self::Capture,
        }
    }
}

pub(super) type Printed = Result<(), Ended>;

fn print_value(line: &mut Line<'_>, element: IsisElement<'_>, place: Place<'_>) -> Printed {
    let mut value = element.value;
    match element.kind {
        1 => print_areas(line, value)?,
        2 => isis_neighbours::print_old(line, value)?,
        3 => isis_neighbours::print_end_systems(line, value)?,
        4 => print_systems(line, value, "\n\t      ")?,
        5 => print_prefix_neighbours(line, value)?,
        6 => print_systems(line, value, "\n\t      SNPA: ")?,
        7 => print_instance(line, value)?,
        9 => print_lists(line, value)?,
        10 => print_authentication(line, value)?,
        12 => print_checksum(line, value, place)?,
        13 => print_purge(line, value)?,
        14 => line.labelled("\n\t      LSP Buffersize: ", value.read::<u16>()?),
        22 | 222 => isis_neighbours::print(line, value, element.kind == 222)?,
        24 => isis_neighbours::print_aliases(line, value)?,
        128 | 130 => isis_routes::print_old(line, value)?,
        129 => print_protocols(line, value)?,
        131 => print_domain(line, value)?,
        132 => print_addresses::<Ipv4Addr>(line, value, "\n\t      IPv4 interface address: ")?,
        134 => line.labelled_address("\n\t      Traffic Engineering Router ID: ", value.read::<Ipv4Addr>()?),
        135 | 235 => isis_routes::print(line, value, false, element.kind == 235)?,
        137 => {
            line.text("\n\t      Hostname: ");
            line.zero_padded(value.rest()).ok_or(Ended::Capture)?;
        }
        138 => print_risks(line, value)?,
        143 => isis_bridging::print_ports(line, value)?,
        144 => isis_bridging::print_capability(line, value)?,
        211 => print_restart(line, value)?,
        229 => isis_routes::print_topologies(line, value)?,
        232 => print_addresses::<Ipv6Addr>(line, value, "\n\t      IPv6 interface address: ")?,
        236 | 237 => isis_routes::print(line, value, true, element.kind == 237)?,
        240 => print_adjacency(line, value)?,
        241 => line.labelled("\n\t      Sequence number: ", value.read::<u32>()?),
        242 => isis_routes::print_router(line, value)?,
        250 => print_vendor(line, value)?,
        8 => {}
        _ if line.options.verbose > 1 => {}
        _ => hex::only_behind(line, "\n\t\t", value.rest().bytes()),
    }
    Ok(())
}

fn print_addresses<T: Wire + Into<IpAddr>>(
    line: &mut Line<'_>,
    mut value: IsisCursor<'_>,
    label: &str,
) -> Printed {
    while value.room() > 0 {
        line.labelled_address(label, value.read::<T>()?);
    }
    Ok(())
}

fn print_areas(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    while value.room() > 0 {
        let len: u8 = value.read()?;
        let area = value.take(len)?;
        line.labelled("\n\t      Area address (length: ", len);
        line.text("): ");
        osi::print_address(line, area.bytes());
    }
    Ok(())
}

/// Systems, or what has as many bytes.
fn print_systems(line: &mut Line<'_>, mut value: IsisCursor<'_>, label: &str) -> Printed {
    while value.room() > 0 {
        let system: [u8; 6] = value.read()?;
        print_id(line, label, &system);
    }
    Ok(())
}

fn print_prefix_neighbours(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    let metrics = IsisMetrics(value.read()?);
    line.text("\n\t      Metric Block");
    isis_neighbours::print_metrics(line, metrics);
    while value.room() > 0 {
        // The length of a prefix is counted in halves of bytes.
        let halves: u8 = value.read()?;
        if halves < 2 {
            line.labelled("\n\t\tAddress: prefix length ", halves);
            line.text(" < 2");
            return Ok(());
        }
        let prefix = value.take(halves / 2)?;
        line.text("\n\t\tAddress: ");
        osi::print_address(line, prefix.bytes());
        line.labelled("/", u32::from(halves) * 4);
    }
    Ok(())
}

fn print_instance(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    if value.room() < 4 {
        return Err(Ended::Element);
    }
    let count = value.room() / 2 - 1;
    line.labelled("\n\t      Instance ID: ", value.read::<u16>()?);
    line.labelled(", ITIDs(", count);
    line.text("): ");
    for index in 0..count {
        line.labelled(if index > 0 { ", " } else { "" }, value.read::<u16>()?);
    }
    Ok(())
}

/// What the sender has of other systems' links.
fn print_lists(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    /// Bytes of what is said of each list.
    const LEN: u8 = 16;
    while value.room() > 0 {
        if value.room() < LEN {
            return Err(Ended::Element);
        }
        let (lifetime, id): (u16, [u8; 8]) = (value.read()?, value.read()?);
        print_id(line, "\n\t      lsp-id: ", &id);
        line.text(", seq: ");
        line.hex(value.read::<u32>()?, 8);
        line.text(", lifetime: ");
        line.padded(lifetime, 5);
        line.text("s, chksum: ");
        line.hex(value.read::<u16>()?, 4);
    }
    Ok(())
}

fn print_authentication(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    let kind: u8 = value.read()?;
    line.text("\n\t      ");
    tokens::print_or_hex(line, AUTHENTICATIONS, kind, 2, ["unknown Authentication type ", ""]);
    line.text(": ");
    match kind {
        1 => return line.zero_padded(value.rest()).ok_or(Ended::Capture),
        3 => {
            line.number(value.read::<u16>()?);
            line.text(", password: ");
            line.hex_bytes(value.rest().bytes());
        }
        54 => {
            line.hex_bytes(value.rest().bytes());
            if !value.rest().is_truncated() {
                line.text(if value.room() == 16 { "" } else { ", (invalid subTLV) " });
                line.text(" (unchecked)");
            }
        }
        _ => hex::only_behind(line, "\n\t\t  ", value.rest().bytes()),
    }
    if value.rest().is_truncated() { Err(Ended::Capture) } else { Ok(()) }
}

const AUTHENTICATIONS: &[(u8, &str)] = &[
    (1, "simple text password"),
    (3, "Generic Crypto key-id"),
    (54, "HMAC-MD5 password"),
    (255, "Routing Domain private password"),
];

fn print_checksum(line: &mut Line<'_>, mut value: IsisCursor<'_>, place: Place<'_>) -> Printed {
    let checksum: u16 = value.read()?;
    line.labelled_hex("\n\t      checksum: ", checksum, 4);
    line.text(" ");
    osi::print_checksum(line, place.whole, checksum, place.value_at as usize);
    Ok(())
}

/// Who withdrew a list, and whom the sender heard it from.
fn print_purge(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    let count: u8 = value.read()?;
    if count == 0 {
        line.text(" No system IDs supplied");
        return Ok(());
    }
    print_id(line, "\n\t      Purge Originator System-ID: ", &value.read::<[u8; 6]>()?);
    if count > 1 {
        print_id(line, "\n\t      Received from System-ID: ", &value.read::<[u8; 6]>()?);
    }
    Ok(())
}

fn print_protocols(line: &mut Line<'_>, value: IsisCursor<'_>) -> Printed {
    line.text("\n\t      NLPID(s): ");
    osi::print_protocols(line, value.rest()).ok_or(Ended::Capture)
}

/// Where routes from other domains come from.
fn print_domain(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    let kind: u8 = value.read()?;
    line.text("\n\t      Inter-Domain Information Type: ");
    tokens::print_or_hex(line, DOMAINS, kind, 2, ["Unknown (", ")"]);
    match kind {
        2 => line.labelled("AS Number: ", value.read::<u16>()?),
        _ => hex::only_behind(line, "\n\t      ", value.rest().bytes()),
    }
    Ok(())
}

const DOMAINS: &[(u8, &str)] = &[(0, "Reserved"), (1, "Routing-Domain Specific"), (2, "AS Number Tag")];

/// A link, and the numbers of the groups of links that fail together with it.
fn print_risks(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    print_id(line, "\n\t      IS Neighbor: ", &value.read::<[u8; 7]>()?);
    let flags: u8 = value.read()?;
    line.text(if flags & 1 == 0 { ", Flags: [unnumbered]" } else { ", Flags: [numbered]" });
    line.labelled_address("\n\t      IPv4 interface address: ", value.read::<Ipv4Addr>()?);
    line.labelled_address("\n\t      IPv4 neighbor address: ", value.read::<Ipv4Addr>()?);
    while value.room() > 0 {
        let risk: u32 = value.read()?;
        line.labelled_hex("\n\t      Link-ID: ", risk, 8);
    }
    Ok(())
}

fn print_restart(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    let flags: u8 = value.read()?;
    line.text("\n\t      Flags [");
    tokens::print_flags(line, RESTART_FLAGS, flags);
    line.text("]");
    line.labelled(", Remaining holding time ", value.read::<u16>()?);
    line.text("s");
    if value.room() == 6 {
        print_id(line, ", for ", &value.read::<[u8; 6]>()?);
    }
    Ok(())
}

const RESTART_FLAGS: &[(u8, &str)] =
    &[(1, "Restart Request"), (2, "Restart Acknowledgement"), (4, "Suppress adjacency advertisement")];

/// The state of a circuit between two systems. What is left out at the end of it is told by the length alone.
fn print_adjacency(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    let state: u8 = value.read()?;
    line.text("\n\t      Adjacency State: ");
    tokens::print_numbered(line, STATES, state, "unknown");
    let circuit: u32 = value.read()?;
    line.labelled_hex("\n\t      Extended Local circuit-ID: ", circuit, 8);
    print_id(line, "\n\t      Neighbor System-ID: ", &value.read::<[u8; 6]>()?);
    let circuit: u32 = value.read()?;
    line.labelled_hex("\n\t      Neighbor Extended Local circuit-ID: ", circuit, 8);
    Ok(())
}

const STATES: &[(u8, &str)] = &[(0, "Up"), (1, "Initializing"), (2, "Down")];

fn print_vendor(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    let vendor = value.read_u24()?;
    line.text("\n\t      Vendor: ");
    tokens::print_numbered(line, OUIS, vendor, "Unknown");
    hex::only_behind(line, "\n\t\t", value.rest().bytes());
    Ok(())
}
