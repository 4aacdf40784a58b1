//! The limit of frames and bytes a flow, and the table of flows.

use std::fs;

use sniffer::counters::FlowTable;
use sniffer::load::{Config, FlowLimit, Pipeline, Reductions, Share, TestFrame};
use sniffer::pcap::Reader;

use super::{flow_limit, number};
use crate::pipeline::{config, pipelines_of};
use crate::support::frames::{self, Fragment, IPV4, IPV6, TCP, UDP};
use crate::support::lab::Lab;
use crate::support::process::sniffer;
use crate::support::traffic::{Version, tcp_exchange};
use crate::support::{skip, wait};

/// Flags of a TCP header.
const FIN: u8 = 1;
const SYN: u8 = 2;
const RST: u8 = 4;
const ACK: u8 = 16;

/// Frames between two hosts, in one direction or the other.
#[derive(Clone, Copy)]
enum Way {
    There,
    Back,
}

use Way::{Back, There};

fn v4(way: Way, protocol: u8, fragment: Fragment, payload: &[u8]) -> Vec<u8> {
    let (left, right) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
    let (from, to) = match way {
        There => (left, right),
        Back => (right, left),
    };
    frames::ethernet([2; 6], [4; 6], IPV4, &frames::ipv4(from, to, protocol, fragment, payload))
}

fn ports(way: Way, port: u16) -> [u16; 2] {
    match way {
        There => [port, 80],
        Back => [80, port],
    }
}

fn udp(way: Way, port: u16, length: usize) -> Vec<u8> {
    let [from, to] = ports(way, port);
    v4(way, UDP, Fragment::default(), &frames::udp(from, to, &vec![0; length]))
}

fn tcp(way: Way, port: u16, flags: u8) -> Vec<u8> {
    let [from, to] = ports(way, port);
    let mut segment = frames::tcp(from, to, b"payload");
    segment[13] = flags;
    v4(way, TCP, Fragment::default(), &segment)
}

/// Runs frames in their order and says which are kept.
fn kept(pipeline: &Pipeline, frames: &[Vec<u8>]) -> Vec<bool> {
    let verdict = |frame| pipeline.run(&TestFrame::ethernet(frame)).expect("the frame is taken") != 0;
    frames.iter().map(|frame| verdict(frame)).collect()
}

/// Checks which frames are kept of those that are sent, in each way of reading packets.
#[track_caller]
fn check(share: Share, sent: &[(Vec<u8>, bool)]) {
    let frames: Vec<_> = sent.iter().map(|(frame, _)| frame.clone()).collect();
    let expected: Vec<_> = sent.iter().map(|(_, is_kept)| *is_kept).collect();
    for pipeline in pipelines_of(&Config { reductions: flow_limit(share), ..config() }) {
        assert_eq!(kept(&pipeline, &frames), expected, "{:?}", pipeline.path());
    }
}

#[test]
fn the_first_frames_of_a_flow_are_kept_in_both_directions_together() {
    if !skip::is_root() {
        return;
    }
    let arp = frames::ethernet([0xff; 6], [4; 6], 0x0806, &[0; 46]);
    check(
        Share::Frames(number(3)),
        &[
            (udp(There, 9, 20), true),
            (udp(Back, 9, 20), true),
            (udp(There, 10, 20), true),
            (frames::tagged(0x8100, 5, &udp(There, 9, 20)), true),
            (udp(Back, 9, 20), false),
            (udp(There, 9, 20), false),
            (frames::tagged(0x8100, 6, &udp(There, 9, 20)), false),
            (udp(Back, 10, 20), true),
            (udp(There, 10, 20), true),
            (udp(There, 10, 20), false),
            (arp.clone(), true),
            (arp.clone(), true),
            (arp.clone(), true),
            (arp, true),
        ],
    );
}

#[test]
fn frames_that_begin_within_the_first_bytes_of_a_flow_are_kept() {
    if !skip::is_root() {
        return;
    }
    // Headers of 42 bytes.
    check(
        Share::Bytes(number(1000)),
        &[
            (udp(There, 9, 458), true),
            (udp(Back, 9, 457), true),
            (udp(There, 9, 1000), true),
            (udp(There, 9, 20), false),
            (udp(There, 10, 2000), true),
            (udp(Back, 10, 20), false),
        ],
    );
}

#[test]
fn segments_that_begin_or_end_connections_are_kept_and_ports_can_be_used_again() {
    if !skip::is_root() {
        return;
    }
    check(
        Share::Frames(number(2)),
        &[
            (tcp(There, 9, SYN), true),
            (tcp(Back, 9, SYN | ACK), true),
            (tcp(There, 9, ACK), false),
            (tcp(Back, 9, ACK), false),
            // Sent again.
            (tcp(Back, 9, SYN | ACK), true),
            (tcp(There, 9, FIN | ACK), true),
            (tcp(Back, 9, FIN | ACK), true),
            (tcp(Back, 9, RST), true),
            (tcp(There, 9, ACK), false),
            // Another connection.
            (tcp(There, 9, SYN), true),
            (tcp(There, 9, ACK), true),
            (tcp(There, 9, ACK), false),
        ],
    );
}

#[test]
fn fragments_are_flows_between_their_hosts() {
    if !skip::is_root() {
        return;
    }
    let v4 = |way, offset, more| v4(way, UDP, Fragment { offset, more }, &frames::udp(9, 80, &[0; 24]));
    let v6 = |offset: u16, more: u16| {
        let header = [UDP, 0, (offset >> 8) as u8, (offset | more) as u8, 0, 0, 0, 1];
        let packet = [&header[..], &frames::udp(9, 80, &[0; 24])].concat();
        let packet = frames::ipv6([1; 16].into(), [2; 16].into(), 44, &packet);
        frames::ethernet([2; 6], [4; 6], IPV6, &packet)
    };
    check(
        Share::Frames(number(2)),
        &[
            (v4(There, 0, true), true),
            (v4(Back, 32, false), true),
            (v4(There, 64, false), false),
            // Whole datagrams of the same ports are another flow.
            (udp(There, 9, 24), true),
            (v6(0, 1), true),
            (v6(32, 0), true),
            (v6(64, 1), false),
            // A fragment that is all of its datagram.
            (v6(0, 0), true),
        ],
    );
}

#[test]
fn flows_beyond_the_table_are_forgotten_and_counted() {
    const TABLE: u32 = 1024;
    const FLOWS: u16 = 6000;
    if !skip::is_root() {
        return;
    }
    let flow_limit = FlowLimit { share: Share::Frames(number(1)), table: number(TABLE) };
    let reductions = Reductions { flow_limit: Some(flow_limit), ..Reductions::default() };
    for mut pipeline in pipelines_of(&Config { reductions, ..config() }) {
        let (flows, events) = pipeline.take_flow_maps().expect("nobody else has taken them");
        let table = FlowTable::new(flows, events, TABLE).expect("the maps are as they should be");
        let frames: Vec<_> = (1000..1000 + FLOWS).map(|port| udp(There, port, 20)).collect();
        assert!(kept(&pipeline, &frames).into_iter().all(|is_kept| is_kept));
        let counts = table.read().expect("the table can be read");
        assert_eq!(counts.entered, u64::from(FLOWS));
        // The kernel forgets some at a time, and rounds the size up to a multiple of its processors.
        let present = counts.entered - counts.evicted;
        assert!((1..=2 * u64::from(TABLE)).contains(&present), "{counts:?}");
        // The first one comes again as if it were new, the last one does not.
        assert_eq!(kept(&pipeline, &[frames[frames.len() - 1].clone(), frames[0].clone()]), [false, true]);
        assert_eq!(table.read().expect("the table can be read").entered, u64::from(FLOWS) + 1);
    }
}

/// The TCP flags of all frames that a capture of IPv4 without options has saved.
fn flags(file: &[u8]) -> Vec<u8> {
    let mut reader = Reader::new(file).expect("a savefile");
    let mut flags = Vec::new();
    while let Some(frame) = reader.next_frame().expect("whole frames") {
        flags.push(frame.data[14 + 20 + 13]);
    }
    flags
}

#[test]
fn connections_of_real_sockets_keep_their_beginnings_and_ends() {
    const LIMIT: usize = 10;
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    let expression = "ip and tcp port 8080";
    let all = sniffer(&lab.left.namespace, &["-i", "left0", "-U", "-w", "-", "--stats=json", expression]);
    let limited = sniffer(
        &lab.left.namespace,
        &["-i", "left0", "-w", "-", "--flow-limit", "10pkts", "--stats=json", expression],
    );
    for _ in 0..3 {
        tcp_exchange(&lab, Version::V4, 8080, &vec![0x55; 400_000]);
    }
    // The last acknowledgments come on their own time. Where a socket is gone it has had them, and both captures before it.
    wait::until_true("the connections are over on this side", || {
        let sockets = lab.left.namespace.run(|| fs::read_to_string("/proc/thread-self/net/tcp"));
        sockets.expect("it can be read").lines().count() == 1
    });
    let (limited, all) = (limited.interrupt(), all.interrupt());
    let (statistics, kept) = (limited.expect_code(0).statistics(), flags(&limited.stdout));
    let count = |group: &str, name: &str| statistics[group][name].as_u64().expect("a number") as usize;
    let all = flags(&all.expect_code(0).stdout);
    let ends = |flags: &[u8]| flags.iter().filter(|flags| **flags & (FIN | RST) != 0).count();
    assert_eq!(ends(&kept), ends(&all), "all segments that end a connection are kept");
    assert_eq!(kept.len(), 3 * LIMIT + ends(&all));
    assert_eq!(count("reductions", "kept_over_flow_limit"), ends(&all));
    assert_eq!(count("reductions", "flows_entered"), 3);
    assert_eq!(count("reductions", "flows_evicted"), 0);
    assert_eq!(count("ledger", "wanted"), kept.len());
    assert_eq!(count("ledger", "matched"), all.len());
    assert_eq!(count("ledger", "over_flow_limit"), all.len() - kept.len());
}
