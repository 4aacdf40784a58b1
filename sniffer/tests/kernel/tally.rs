//! The tables of a capture that only counts, exact to the frame and to the byte.

use std::collections::BTreeMap;
use std::net::IpAddr;

use sniffer::counters::{Counted, Host, Tallies, Tally, Traffic};
use sniffer::load::{Config, Pipeline, TallySizes, TestFrame};

use crate::pipeline::{config, counters, pipelines_of};
use crate::reductions::number;
use crate::support::frames::{self, Fragment, IPV4, IPV6, TCP, UDP};
use crate::support::skip;

const LEFT: [u8; 4] = [10, 0, 0, 1];
const RIGHT: [u8; 4] = [10, 0, 0, 2];
const LEFT6: [u16; 8] = [0xfd00, 0, 0, 0, 0, 0, 0, 1];
const RIGHT6: [u16; 8] = [0xfd00, 0, 0, 0, 0, 0, 0, 2];

/// Tables of these many flows, hosts and ports.
pub(crate) fn counting([flows, hosts, ports]: [u32; 3]) -> Config {
    let [flows, hosts, ports] = [flows, hosts, ports].map(number);
    Config { tally: Some(TallySizes { flows, hosts, ports }), ..config() }
}

fn v4(from: [u8; 4], to: [u8; 4], protocol: u8, fragment: Fragment, payload: &[u8]) -> Vec<u8> {
    let packet = frames::ipv4(from.into(), to.into(), protocol, fragment, payload);
    frames::ethernet([2; 6], [4; 6], IPV4, &packet)
}

fn v6(from: [u16; 8], to: [u16; 8], protocol: u8, payload: &[u8]) -> Vec<u8> {
    frames::ethernet([2; 6], [4; 6], IPV6, &frames::ipv6(from.into(), to.into(), protocol, payload))
}

fn whole(from: [u8; 4], to: [u8; 4], protocol: u8, payload: &[u8]) -> Vec<u8> {
    v4(from, to, protocol, Fragment::default(), payload)
}

/// Runs frames through the stages, which keep none of them.
fn run(pipeline: &Pipeline, frames: &[Vec<u8>]) {
    for frame in frames {
        assert_eq!(pipeline.run(&TestFrame::ethernet(frame)).expect("the frame is taken"), 0);
    }
}

fn read(tally: &mut Tally) -> Tallies {
    let mut tallies = Tallies::default();
    tally.read(&mut tallies).expect("the tables can be read");
    tallies
}

fn tally(pipeline: &mut Pipeline) -> Tally {
    Tally::new(pipeline.take_tally_maps().expect("nobody else has them")).expect("they are as expected")
}

/// Frames sent and received, and bytes sent and received.
type Numbers = [u64; 4];

fn numbers(traffic: Traffic) -> Numbers {
    [traffic.sent.frames, traffic.received.frames, traffic.sent.bytes, traffic.received.bytes]
}

/// A table by what its keys are called.
fn by_name<K: Copy, N: Ord>(counted: &Counted<K>, name: impl Fn(K) -> N) -> BTreeMap<N, Numbers> {
    let entries: BTreeMap<_, _> =
        counted.entries.iter().map(|(key, traffic)| (name(*key), numbers(*traffic))).collect();
    assert_eq!(entries.len(), counted.entries.len(), "each key is there once");
    entries
}

#[test]
fn flows_hosts_and_ports_are_what_was_sent() {
    if !skip::is_root() {
        return;
    }
    let later = Fragment { offset: 8, more: false };
    let sent = [
        whole(LEFT, RIGHT, TCP, &frames::tcp(1000, 80, b"request")),
        whole(RIGHT, LEFT, TCP, &frames::tcp(80, 1000, &[0; 500])),
        frames::tagged(0x8100, 5, &whole(RIGHT, LEFT, TCP, &frames::tcp(80, 1000, &[0; 600]))),
        whole(LEFT, RIGHT, UDP, &frames::udp(53, 53, &[0; 40])),
        // ICMP and later fragments have no ports.
        whole(LEFT, RIGHT, 1, &[8, 0, 0, 0, 0, 0, 0, 0]),
        v4(LEFT, RIGHT, UDP, later, &[0; 64]),
        v6(LEFT6, RIGHT6, UDP, &frames::udp(5353, 53, &[0; 40])),
        v6(RIGHT6, LEFT6, 58, &[128, 0, 0, 0]),
        // Not IP.
        frames::ethernet([0xff; 6], [4; 6], 0x0806, &[0; 46]),
    ];
    let len = |frame: usize| sent[frame].len() as u64;
    for mut pipeline in pipelines_of(&counting([100, 100, 100])) {
        let (counters, mut tally) = (counters(&mut pipeline), tally(&mut pipeline));
        run(&pipeline, &sent);
        let tallies = read(&mut tally);
        assert_eq!(counters.read().expect("readable").matched.total().frames, sent.len() as u64);

        let flows = by_name(&tallies.flows, |flow| {
            let hosts = flow.hosts().map(Host::address);
            (flow.protocol(), hosts, flow.ends().map(|end| end.port))
        });
        let (v4, v6) =
            ([IpAddr::from(LEFT), IpAddr::from(RIGHT)], [IpAddr::from(LEFT6), IpAddr::from(RIGHT6)]);
        let expected = BTreeMap::from([
            ((TCP, v4, [1000, 80]), [1, 2, len(0), len(1) + len(2)]),
            ((UDP, v4, [53, 53]), [1, 0, len(3), 0]),
            ((1, v4, [0, 0]), [1, 0, len(4), 0]),
            ((UDP, v4, [0, 0]), [1, 0, len(5), 0]),
            ((UDP, v6, [5353, 53]), [1, 0, len(6), 0]),
            ((58, v6, [0, 0]), [0, 1, 0, len(7)]),
        ]);
        assert_eq!(flows, expected, "{:?}", pipeline.path());

        let there = len(0) + len(3) + len(4) + len(5);
        let back = len(1) + len(2);
        let expected = BTreeMap::from([
            (v4[0], [4, 2, there, back]),
            (v4[1], [2, 4, back, there]),
            (v6[0], [1, 1, len(6), len(7)]),
            (v6[1], [1, 1, len(7), len(6)]),
        ]);
        assert_eq!(by_name(&tallies.hosts, Host::address), expected);

        let expected = BTreeMap::from([
            ((TCP, 80), [2, 1, back, len(0)]),
            ((TCP, 1000), [1, 2, len(0), back]),
            ((UDP, 53), [1, 1, len(3), len(6)]),
            ((UDP, 5353), [1, 0, len(6), 0]),
        ]);
        assert_eq!(by_name(&tallies.ports, |port| (port.protocol(), port.number())), expected);
        for left_out in [
            (tallies.flows.evicted, tallies.flows.missed),
            (tallies.hosts.evicted, tallies.hosts.missed),
            (tallies.ports.evicted, tallies.ports.missed),
        ] {
            assert_eq!(left_out, (0, 0));
        }
    }
}

#[test]
fn a_frame_from_a_key_to_itself_is_in_its_row_once() {
    if !skip::is_root() {
        return;
    }
    let sent = [
        whole(LEFT, LEFT, TCP, &frames::tcp(1000, 80, &[0; 100])),
        whole(LEFT, LEFT, TCP, &frames::tcp(80, 1000, &[0; 200])),
        whole(LEFT, LEFT, UDP, &frames::udp(53, 53, &[0; 40])),
        v6(LEFT6, LEFT6, UDP, &frames::udp(123, 123, &[0; 40])),
        whole(LEFT, RIGHT, UDP, &frames::udp(123, 123, &[0; 30])),
    ];
    let len = |frame: usize| sent[frame].len() as u64;
    for mut pipeline in pipelines_of(&counting([100, 100, 100])) {
        let mut tally = tally(&mut pipeline);
        run(&pipeline, &sent);
        let tallies = read(&mut tally);
        let expected = BTreeMap::from([
            (IpAddr::from(LEFT), [4, 0, len(0) + len(1) + len(2) + len(4), 0]),
            (IpAddr::from(RIGHT), [0, 1, 0, len(4)]),
            (IpAddr::from(LEFT6), [1, 0, len(3), 0]),
        ]);
        assert_eq!(by_name(&tallies.hosts, Host::address), expected, "{:?}", pipeline.path());
        let expected = BTreeMap::from([
            ((TCP, 80), [1, 1, len(1), len(0)]),
            ((TCP, 1000), [1, 1, len(0), len(1)]),
            ((UDP, 53), [1, 0, len(2), 0]),
            ((UDP, 123), [2, 0, len(3) + len(4), 0]),
        ]);
        assert_eq!(by_name(&tallies.ports, |port| (port.protocol(), port.number())), expected);
        let of_flows: u64 = tallies.flows.entries.iter().map(|(_, traffic)| traffic.total().bytes).sum();
        assert_eq!(of_flows, (0..sent.len()).map(len).sum::<u64>());
    }
}

#[test]
fn hosts_and_ports_stay_right_when_the_table_of_flows_forgets() {
    const TABLE: u32 = 1024;
    const FLOWS: u16 = 6000;
    if !skip::is_root() {
        return;
    }
    for mut pipeline in pipelines_of(&counting([TABLE, 100, u32::from(FLOWS) * 4])) {
        let mut tally = tally(&mut pipeline);
        let frame = |port| whole(LEFT, RIGHT, UDP, &frames::udp(port, 53, &[0; 20]));
        let sent: Vec<_> = (1000..1000 + FLOWS).map(frame).collect();
        run(&pipeline, &sent);
        let tallies = read(&mut tally);
        let present = tallies.flows.entries.len() as u64;
        // The kernel forgets some at a time, and rounds the size up to a multiple of its processors.
        assert!((1..=2 * u64::from(TABLE)).contains(&present), "{present} flows");
        assert_eq!(tallies.flows.evicted, u64::from(FLOWS) - present);
        assert_eq!(tallies.flows.missed, 0);
        let total: u64 = tallies.flows.entries.iter().map(|(_, traffic)| traffic.total().frames).sum();
        assert_eq!(total, present, "a flow that is there has its one frame");

        let hosts = by_name(&tallies.hosts, Host::address);
        assert_eq!(hosts[&IpAddr::from(LEFT)][0], u64::from(FLOWS));
        assert_eq!(hosts[&IpAddr::from(RIGHT)][1], u64::from(FLOWS));
        let ports = by_name(&tallies.ports, |port| (port.protocol(), port.number()));
        assert_eq!(ports[&(UDP, 53)][1], u64::from(FLOWS));
        assert_eq!(ports.len(), usize::from(FLOWS) + 1);
    }
}
