//! The records of samples of sFlow: what was seen of a packet, and counters.

use crate::decode::{SflowElement, SflowEthernet, SflowRawPacket, SflowSwitch};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// A record of a sample of packets.
pub(super) fn print_flow(line: &mut Line<'_>, record: &SflowElement<'_>) -> Option<()> {
    let enterprise = record.format >> 12;
    line.labelled("\n\t    enterprise ", enterprise);
    line.byte(b' ');
    print_kind(line, record, enterprise, FLOWS)?;
    match (enterprise, record.kind()) {
        (0, 1) => print_raw_packet(line, &SflowRawPacket::new(record.behind)),
        (0, 2) => {
            let frame = SflowEthernet::new(record.behind);
            let ether_type = frame.ether_type()?;
            line.labelled("\n\t      frame len ", frame.length()?);
            line.labelled(", type ", ether_type);
            Some(())
        }
        (0, 1001) => print_switch(line, &SflowSwitch::new(record.behind)),
        _ => {
            print_unknown(line, record, enterprise, FLOWS);
            Some(())
        }
    }
}

/// The name of a record's format among `names`, its number and length; nothing more of a record that does not fit.
fn print_kind(
    line: &mut Line<'_>,
    record: &SflowElement<'_>,
    enterprise: u32,
    names: &[(u32, &'static str)],
) -> Option<()> {
    let name = if enterprise == 0 { tokens::name(names, record.kind()) } else { None };
    line.text(name.unwrap_or("Unknown"));
    line.labelled(" (", record.kind());
    line.labelled(") length ", record.length);
    record.fits().then_some(())
}

/// The bytes of a record whose format has no name.
fn print_unknown(
    line: &mut Line<'_>,
    record: &SflowElement<'_>,
    enterprise: u32,
    names: &[(u32, &'static str)],
) {
    if enterprise == 0 && line.options.verbose < 2 && tokens::name(names, record.kind()).is_none() {
        hex::only_behind(line, "\n\t\t", record.value().bytes());
    }
}

const FLOWS: &[(u32, &str)] = &[
    (1, "Raw packet"),
    (2, "Ethernet frame"),
    (3, "IPv4 Data"),
    (4, "IPv6 Data"),
    (1001, "Extended Switch data"),
    (1002, "Extended Router data"),
    (1003, "Extended Gateway data"),
    (1004, "Extended User data"),
    (1005, "Extended URL data"),
    (1006, "Extended MPLS data"),
    (1007, "Extended NAT data"),
    (1008, "Extended MPLS tunnel"),
    (1009, "Extended MPLS VC"),
    (1010, "Extended MPLS FEC"),
    (1011, "Extended MPLS LVP FEC"),
    (1012, "Extended VLAN Tunnel"),
];

fn print_raw_packet(line: &mut Line<'_>, packet: &SflowRawPacket<'_>) -> Option<()> {
    let (protocol, header_len) = (packet.protocol()?, packet.header_len()?);
    line.text("\n\t      protocol ");
    tokens::print_or(line, &[(1_u32, "Ethernet"), (11, "IPv4"), (12, "IPv6")], protocol, "Unknown");
    line.labelled(" (", protocol);
    line.labelled("), length ", packet.length()?);
    line.labelled(", stripped bytes ", packet.stripped()?);
    line.labelled(", header_size ", header_len);
    Some(())
}

fn print_switch(line: &mut Line<'_>, switch: &SflowSwitch<'_>) -> Option<()> {
    let priority = switch.destination_priority()?;
    line.labelled("\n\t      src vlan ", switch.source_vlan()?);
    line.labelled(", src pri ", switch.source_priority()?);
    line.labelled(", dst vlan ", switch.destination_vlan()?);
    line.labelled(", dst pri ", priority);
    Some(())
}

/// A record of a sample of counters. Its enterprise is shown without the lower eight bits, as tcpdump does.
pub(super) fn print_counters(line: &mut Line<'_>, record: &SflowElement<'_>) -> Option<()> {
    let enterprise = record.format >> 20;
    line.labelled("\n\t    enterprise ", enterprise);
    line.text(", ");
    print_kind(line, record, enterprise, COUNTERS)?;
    let labels = LABELS.iter().find(|(kind, _)| enterprise == 0 && *kind == record.kind());
    let (Some((kind, labels)), Some(counters)) = (labels, record.counters()) else {
        print_unknown(line, record, enterprise, COUNTERS);
        return Some(());
    };
    if record.counters()?.any(|counter| counter.is_none()) {
        return None;
    }
    for (label, counter) in labels.iter().zip(counters.flatten()) {
        line.labelled(label, counter);
        if *kind == SflowElement::INTERFACE {
            print_meaning(line, label, counter);
        }
    }
    Some(())
}

const COUNTERS: &[(u32, &str)] = &[
    (1, "Generic counter"),
    (2, "Ethernet counter"),
    (3, "Token ring counter"),
    (4, "100 BaseVG counter"),
    (5, "Vlan counter"),
    (1001, "Processor counter"),
];

/// What stands in front of each number of a record of counters.
const LABELS: &[(u32, &[&str])] = &[
    (
        SflowElement::INTERFACE,
        &[
            "\n\t      ifindex ",
            ", iftype ",
            ", ifspeed ",
            DIRECTION,
            STATUS,
            "\n\t      In octets ",
            ", unicast pkts ",
            ", multicast pkts ",
            ", broadcast pkts ",
            ", discards ",
            "\n\t      In errors ",
            ", unknown protos ",
            "\n\t      Out octets ",
            ", unicast pkts ",
            ", multicast pkts ",
            ", broadcast pkts ",
            ", discards ",
            "\n\t      Out errors ",
            ", promisc mode ",
        ],
    ),
    (
        SflowElement::ETHERNET,
        &[
            "\n\t      align errors ",
            ", fcs errors ",
            ", single collision ",
            ", multiple collision ",
            ", test error ",
            "\n\t      deferred ",
            ", late collision ",
            ", excessive collision ",
            ", mac trans error ",
            "\n\t      carrier error ",
            ", frames too long ",
            ", mac receive errors ",
            ", symbol errors ",
        ],
    ),
    (
        SflowElement::ANY_LAN,
        &[
            "\n\t      in high prio frames ",
            ", in high prio octets ",
            "\n\t      in norm prio frames ",
            ", in norm prio octets ",
            "\n\t      in ipm errors ",
            ", oversized ",
            ", in data errors ",
            ", null addressed frames ",
            "\n\t      out high prio frames ",
            ", out high prio octets ",
            ", trans into frames ",
            "\n\t      in hc high prio octets ",
            ", in hc norm prio octets ",
            ", out hc high prio octets ",
        ],
    ),
    (
        SflowElement::VLAN,
        &[
            "\n\t      vlan_id ",
            ", octets ",
            ", unicast_pkt ",
            ", multicast_pkt ",
            ", broadcast_pkt ",
            ", discards ",
        ],
    ),
    (SflowElement::PROCESSOR, &["\n\t      5sec ", ", 1min ", ", 5min ", ", total_mem ", ", total_mem "]),
];

const DIRECTION: &str = ", ifdirection ";
const STATUS: &str = "\n\t      ifstatus ";

/// What two of an interface's numbers mean.
fn print_meaning(line: &mut Line<'_>, label: &str, value: u64) {
    let state = |bit: u64| if value >> bit & 1 == 1 { "up" } else { "down" };
    match label {
        DIRECTION => {
            line.text(" (");
            tokens::print_or(line, DIRECTIONS, value, "Unknown");
            line.byte(b')');
        }
        STATUS => {
            line.text(", adminstatus: ");
            line.text(state(0));
            line.text(", operstatus: ");
            line.text(state(1));
        }
        _ => {}
    }
}

const DIRECTIONS: &[(u64, &str)] =
    &[(0, "unknown"), (1, "full-duplex"), (2, "half-duplex"), (3, "in"), (4, "out")];
