//! Packets whose lines with `-v` an installed tcpdump decides; without one, the golden files hold them.

mod access;
mod babel;
mod bgp;
mod cfm;
mod cisco;
mod collectors;
mod control;
mod dccp;
mod dns;
mod forced;
mod icmpv6;
mod isakmp;
mod isis;
mod ldp;
mod lisp;
mod multicast;
mod older;
mod openflow;
mod osi;
mod pgm;
mod ppp;
mod radius;
mod routers;
mod rpki;
mod rsvp;
mod switches;
mod timed;

use super::super::Case;
use super::super::build;
use crate::packet::LinkType;

/// Every case.
pub(in crate::print::tests) fn cases() -> Vec<Case> {
    let parts = [
        access::cases(),
        babel::cases(),
        control::cases(),
        bgp::cases(),
        cfm::cases(),
        cisco::cases(),
        switches::cases(),
        multicast::cases(),
        routers::cases(),
        forced::cases(),
        openflow::cases(),
        pgm::cases(),
        isis::cases(),
        ldp::cases(),
        lisp::cases(),
        timed::cases(),
        rpki::cases(),
        rsvp::cases(),
        isakmp::cases(),
        older::cases(),
        osi::cases(),
        ppp::cases(),
        radius::cases(),
        collectors::cases(),
        dccp::cases(),
        dns::cases(),
        icmpv6::cases(),
    ];
    parts.concat()
}

/// A case: a name and packets.
fn case(name: &'static str, link_type: LinkType, frames: Vec<Vec<u8>>) -> Case {
    Case { name, link_type, frames, forced_type: None, lines: Vec::new() }
}

/// Packets of IPv4 with a protocol.
fn over_ipv4(protocol: u8, payloads: &[Vec<u8>]) -> Vec<Vec<u8>> {
    payloads.iter().map(|payload| build::ipv4(protocol, payload)).collect()
}

/// Datagrams of IPv4 between two ports.
fn over_udp(ports: [u16; 2], payloads: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let datagrams: Vec<_> = payloads.iter().map(|payload| build::udp(ports[0], ports[1], payload)).collect();
    over_ipv4(17, &datagrams)
}

/// Segments of IPv4 between two ports.
fn over_tcp(ports: [u16; 2], payloads: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let segment = |payload: &Vec<u8>| {
        build::Tcp { ports, sequence: 1, acknowledgement: 1, flags: 0x18, options: &[], payload }.bytes()
    };
    over_ipv4(6, &payloads.iter().map(segment).collect::<Vec<_>>())
}

/// An element with a type and a length of one byte each.
fn tlv(kind: u8, value: &[u8]) -> Vec<u8> {
    [&[kind, value.len() as u8], value].concat()
}

/// An element with a type and a length of two bytes each.
fn tlv16(kind: u16, value: &[u8]) -> Vec<u8> {
    [&kind.to_be_bytes()[..], &(value.len() as u16).to_be_bytes(), value].concat()
}

/// Bytes that count upwards.
fn counting(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at * 5 + 1) as u8).collect()
}
