//! Packets of each protocol and the lines that tcpdump prints of them.

mod additions;
mod application;
mod bgp;
mod dns;
mod icmp;
mod link;
mod link_local;
mod message;
mod network;
mod nfs;
mod own;
mod ppp;
mod routing;
mod sctp;
mod signalling;
mod snmp;
mod tcp;
mod tunnel;
mod verbose;
mod wireless;

pub(super) use self::additions::additions;
pub(super) use self::verbose::cases as verbose;
use super::Case;
use crate::packet::LinkType;

/// Every case.
pub(super) fn cases() -> Vec<Case> {
    let parts = [
        link::cases(),
        link_local::cases(),
        network::cases(),
        icmp::cases(),
        tcp::cases(),
        dns::cases(),
        application::cases(),
        additions::cases(),
        sctp::cases(),
        bgp::cases(),
        snmp::cases(),
        tunnel::cases(),
        routing::cases(),
        message::cases(),
        signalling::cases(),
        nfs::cases(),
        ppp::cases(),
        wireless::cases(),
        verbose::cases(),
        own::cases(),
    ];
    parts.concat()
}

/// A case: a name, packets of one capture in order, and their lines by options.
fn case(
    name: &'static str,
    link_type: LinkType,
    frames: Vec<Vec<u8>>,
    lines: &[(&'static str, &[&'static str])],
) -> Case {
    let lines = lines.iter().map(|(flags, lines)| (*flags, lines.to_vec())).collect();
    Case { name, link_type, frames, forced_type: None, lines }
}
