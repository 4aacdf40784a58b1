//! The bodies of link state advertisements of OSPF version 2, for `-v`. What opaque ones hold is `opaque`'s.

use std::net::Ipv4Addr;

use super::opaque;
use crate::decode::{OspfLsa, OspfMetric, OspfRouterLink, OspfVertex, Payload, u24};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// The types of advertisements.
pub(super) const KINDS: &[(u8, &str)] = &[
    (1, "Router"),
    (2, "Network"),
    (3, "Summary"),
    (4, "ASBR Summary"),
    (5, "External"),
    (6, "Multicast Group"),
    (7, "NSSA"),
    (9, "Link Local Opaque"),
    (10, "Area Local Opaque"),
    (11, "Domain Wide Opaque"),
];

/// Prints the body of an advertisement; nothing where it was not captured whole.
pub(super) fn print(line: &mut Line<'_>, lsa: &OspfLsa, body: Payload<'_>) -> Option<()> {
    let is_good = match lsa.kind {
        1 => print_router(line, body)?,
        9..=11 => opaque::print(line, lsa.id.octets()[0], body)?,
        kind => {
            print_by_kind(line, kind, body)?;
            true
        }
    };
    // tcpdump shows no bytes behind what is not as it should be.
    if is_good && line.options.verbose > 1 {
        hex::only_behind(line, "\n\t    ", body.bytes());
    }
    Some(())
}

/// The advertisements that cannot be wrong.
fn print_by_kind(line: &mut Line<'_>, kind: u8, body: Payload<'_>) -> Option<()> {
    match kind {
        2 => print_network(line, body),
        3 => {
            print_mask(line, body)?;
            print_metrics(line, body.skip(4))
        }
        // The mask of these is not used.
        4 => print_metrics(line, body.skip(4)),
        5 | 7 => {
            print_mask(line, body)?;
            print_external(line, body.skip(4))
        }
        6 => print_group(line, body),
        _ => Some(()),
    }
}

/// The type and the number that are the identifier of an opaque advertisement.
pub(super) fn print_opaque_id(line: &mut Line<'_>, kind_label: &str, id_label: &str, id: Ipv4Addr) {
    let [kind, id @ ..] = id.octets();
    let [a, b, c] = id;
    line.text(kind_label);
    let names = &[(1, "Traffic Engineering"), (3, "Graceful restart"), (4, "Router Information")];
    tokens::print_or(line, names, kind, "unknown");
    line.labelled(" LSA (", kind);
    line.byte(b')');
    line.labelled(id_label, u24([a, b, c]));
}

/// Prints a router's links; tells whether all of them are of known types.
fn print_router(line: &mut Line<'_>, mut body: Payload<'_>) -> Option<bool> {
    let [flags, _]: [u8; 2] = body.read()?;
    line.text("\n\t    Router LSA Options: [");
    tokens::print_flags(line, ROUTER_FLAGS, flags);
    line.byte(b']');
    let count: u16 = body.read()?;
    body.get::<[u8; 12]>(0)?;
    for _ in 0..count {
        let adjacency = OspfRouterLink::read(&mut body)?;
        let (id_label, data_label) = match adjacency.kind {
            1 => ("\n\t      Neighbor Router-ID: ", ", Interface Address: "),
            2 => ("\n\t      Neighbor Network-ID: ", ", Interface Address: "),
            3 => ("\n\t      Stub Network: ", ", Mask: "),
            4 => ("\n\t      Virtual Link: Neighbor Router-ID: ", ", Interface Address: "),
            _ => {
                line.labelled("\n\t      Unknown Router Link Type (", adjacency.kind);
                line.byte(b')');
                return Some(false);
            }
        };
        line.labelled_address(id_label, adjacency.id);
        line.labelled_address(data_label, adjacency.data);
        for index in 0..=adjacency.more_metrics {
            let metric = OspfMetric::read_short(&mut body)?;
            print_topology(line, if index == 0 { 0 } else { metric.topology }, ", metric ");
            line.number(metric.metric);
        }
    }
    Some(true)
}

const ROUTER_FLAGS: &[(u8, &str)] =
    &[(0x01, "ABR"), (0x02, "ASBR"), (0x04, "Virtual"), (0x08, "Wildcard"), (0x10, "Nt"), (0x80, "Host")];

fn print_topology(line: &mut Line<'_>, topology: u8, behind: &str) {
    line.text("\n\t\ttopology ");
    tokens::print_numbered(line, &[(0, "default"), (1, "multicast"), (2, "management")], topology, "Unknown");
    line.text(behind);
}

fn print_network(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    print_mask(line, body)?;
    line.text("\n\t    Connected Routers:");
    super::print_routers(line, "\n\t      ", body.skip(4))
}

fn print_mask(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    line.labelled_address("\n\t    Mask ", body.get::<Ipv4Addr>(0)?);
    Some(())
}

fn print_metrics(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        let metric = OspfMetric::read(&mut rest)?;
        print_topology(line, metric.topology, " metric ");
        line.number(metric.metric);
    }
    Some(())
}

fn print_external(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        let metric = OspfMetric::read(&mut rest)?;
        print_topology(line, metric.topology, ", type ");
        line.text(if metric.is_type_2 { "2, metric" } else { "1, metric" });
        match metric.metric {
            OspfMetric::INFINITE => line.text(" infinite"),
            metric => line.labelled(" ", metric),
        }
        for label in [", forward ", ", tag "] {
            let value: Ipv4Addr = rest.read()?;
            if !value.is_unspecified() {
                line.labelled_address(label, value);
            }
        }
    }
    Some(())
}

fn print_group(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        let OspfVertex { kind, id } = OspfVertex::read(&mut rest)?;
        match kind {
            1 => line.labelled_address("\n\t    Router Router-ID ", id),
            2 => line.labelled_address("\n\t    Network Designated Router ", id),
            _ => {
                line.labelled("\n\t    unknown VertexType (", kind);
                line.byte(b')');
            }
        }
    }
    Some(())
}
