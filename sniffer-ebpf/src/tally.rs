//! The tally of a capture that only counts: the frames of flows, hosts and ports. Hosts and ports have tables of their own:
//! what the table of flows has forgotten would be missing in sums over it, just when very many flows come.
#![forbid(unsafe_code)]

use core::hint::cold_path;

use sniffer_common::{Flow, Host, Port, Table, TableEvent};

use crate::access::{Frame, Tallied, Way};
use crate::headers::Headers;
use crate::{count, maps};

/// Adds an IP packet to the tables; one without a transport header has no ports.
#[inline(always)]
pub(crate) fn count(frame: &Frame) {
    let headers = Headers::locate(frame);
    if !headers.is_ip() {
        return;
    }
    let [from, to] = headers.ends(frame);
    let length = u64::from(frame.len());
    let way = if from.is_below(&to) { Way::Sent } else { Way::Received };
    add(&maps::TALLY_FLOWS, Table::Flows, &Flow::between(from, to, headers.kind()), way, length);
    let hosts = [from, to].map(|end| Host::new(end.address, headers.is_ipv4()));
    add_both(&maps::TALLY_HOSTS, Table::Hosts, hosts, length);
    if let Some(protocol) = headers.ported() {
        let ports = [from, to].map(|end| Port::new(protocol, end.port));
        add_both(&maps::TALLY_PORTS, Table::Ports, ports, length);
    }
}

/// Adds a frame to the key that sends it and to the one that it is for. Where these are one, the frame is in its row once, so
/// that the row says how many frames there were.
#[inline(always)]
fn add_both<K: PartialEq>(map: &impl Tallied<K>, table: Table, [from, to]: [K; 2], length: u64) {
    add(map, table, &from, Way::Sent, length);
    if from != to {
        add(map, table, &to, Way::Received, length);
    }
}

/// Adds a frame to a key, which is entered if it is new. Where another processor enters the same key at once, it is there
/// for both.
#[inline(always)]
fn add<K>(map: &impl Tallied<K>, table: Table, key: &K, way: Way, length: u64) {
    if map.add(key, way, length) {
        return;
    }
    cold_path();
    if map.enter(key) {
        count::table_event(table, TableEvent::Entered);
    }
    if !map.add(key, way, length) {
        count::table_event(table, TableEvent::Missed);
    }
}
