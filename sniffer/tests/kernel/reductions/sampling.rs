//! Samples of frames and of flows.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, Ipv6Addr};

use sniffer::load::{Config, Reductions, TestFrame};
use sniffer_common::{End, Flow};

use super::{number, run};
use crate::pipeline::{config, counters, pipelines_of};
use crate::support::frames::{self, Fragment, IPV4, IPV6, TCP, UDP};
use crate::support::lab::Lab;
use crate::support::process::sniffer;
use crate::support::savefile::Savefile;
use crate::support::sender::RawSender;
use crate::support::{skip, wait};

#[test]
fn one_frame_in_so_many_is_kept() {
    const FRAMES: u32 = 100_000;
    if !skip::is_root() {
        return;
    }
    let reductions = Reductions { sample: Some(number(10)), ..Reductions::default() };
    for mut pipeline in pipelines_of(&Config { reductions, ..config() }) {
        let counters = counters(&mut pipeline);
        pipeline.time(&TestFrame::ethernet(&[0; 60]), FRAMES).expect("the frame is taken");
        let snapshot = counters.read().expect("the counters can be read");
        assert_eq!(snapshot.matched.total().frames, u64::from(FRAMES));
        let kept = FRAMES - snapshot.sampled_out.total().frames as u32;
        // Seven standard deviations of a binomial distribution are 664.
        assert!((9_336..=10_664).contains(&kept), "{:?}: {kept}", pipeline.path());
    }
}

/// A frame and the flow that it belongs to.
type Sent = (Vec<u8>, Option<Flow>);

/// The fields that make a flow.
#[derive(Clone, Copy)]
struct Fields {
    number: u16,
    protocol: u8,
}

impl Fields {
    fn v4(self) -> [Ipv4Addr; 2] {
        [Ipv4Addr::new(10, 1, 0, 1), Ipv4Addr::new(10, 1, (self.number >> 8) as u8, self.number as u8)]
    }

    fn v6(self) -> [Ipv6Addr; 2] {
        let [low, high] = self.v4().map(u32::from);
        [Ipv6Addr::from(u128::from(high) << 80 | 1), Ipv6Addr::from(0xfd00 << 112 | u128::from(low))]
    }

    fn ports(self) -> [u16; 2] {
        if matches!(self.protocol, TCP | UDP) { [1000 + self.number, 443] } else { [0, 0] }
    }

    fn payload(self, [from, to]: [u16; 2]) -> Vec<u8> {
        match self.protocol {
            TCP => frames::tcp(from, to, &[0; 8]),
            UDP => frames::udp(from, to, &[0; 8]),
            _ => vec![0x80; 28],
        }
    }

    /// Both directions over IPv4 and IPv6, plain and in every dress that does not change the flow.
    fn frames(self) -> Vec<Sent> {
        let ([a, b], [c, d], [port, server]) = (self.v4(), self.v6(), self.ports());
        let there = frames::ipv4(a, b, self.protocol, Fragment::default(), &self.payload([port, server]));
        let back = frames::ipv4(b, a, self.protocol, Fragment::default(), &self.payload([server, port]));
        let options = [&[self.protocol, 0, 1, 4, 0, 0, 0, 0][..], &self.payload([port, server])].concat();
        let v6 = [
            frames::ipv6(c, d, self.protocol, &self.payload([port, server])),
            frames::ipv6(d, c, self.protocol, &self.payload([server, port])),
            frames::ipv6(c, d, 60, &options),
        ];
        let end = |address: u128, port| End { address: [(address >> 64) as u64, address as u64], port };
        let flow = |version: u16, [a, b]: [u128; 2]| {
            Flow::between(end(a, port), end(b, server), version << 8 | u16::from(self.protocol))
        };
        let flow4 = flow(4, [a, b].map(|address| u32::from(address).into()));
        let flow6 = flow(6, [c, d].map(u128::from));
        let v4 = [there, back].map(|packet| (ethernet(IPV4, &packet), Some(flow4)));
        let v6 = v6.map(|packet| (ethernet(IPV6, &packet), Some(flow6)));
        let plain = v4.into_iter().chain(v6);
        plain
            .flat_map(|(frame, flow)| {
                let tagged = frames::tagged(0x8100, 7, &frame);
                [(frames::tagged(0x88a8, 9, &tagged), flow), (tagged, flow), (frame, flow)]
            })
            .collect()
    }
}

fn ethernet(ethertype: u16, payload: &[u8]) -> Vec<u8> {
    frames::ethernet([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2], ethertype, payload)
}

#[test]
fn the_same_flows_are_sampled_in_every_capture_whatever_their_frames_wear() {
    const ONE_IN: u32 = 3;
    if !skip::is_root() {
        return;
    }
    let flows = (0..60).flat_map(|number| [TCP, UDP, 58].map(|protocol| Fields { number, protocol }));
    let mut sent: Vec<Sent> = flows.flat_map(Fields::frames).collect();
    // What belongs to no flow is kept.
    sent.push((ethernet(0x0806, &[0; 46]), None));
    sent.push((ethernet(0x8847, &[0x45; 46]), None));
    let is_sampled = |flow: &Flow| flow.hash() < u32::MAX / ONE_IN;
    let reductions = Reductions { sample_flows: Some(number(ONE_IN)), ..Reductions::default() };
    let frames: Vec<_> = sent.iter().map(|(frame, _)| frame.clone()).collect();
    for (verdicts, snapshot) in run(reductions, &frames) {
        let mut kept = 0;
        for (verdict, (frame, flow)) in verdicts.iter().zip(&sent) {
            let expected = flow.as_ref().is_none_or(is_sampled);
            assert_eq!(*verdict != 0, expected, "{frame:02x?}");
            kept += u64::from(expected);
        }
        let total = |matrix: &sniffer::counters::Matrix| matrix.total().frames;
        assert_eq!(total(&snapshot.matched) - total(&snapshot.sampled_out), kept);
        assert!(kept > 500 && kept < 1500, "{kept} of {}", sent.len());
    }
}

/// The source ports of the datagrams in a savefile.
fn ports(file: &[u8]) -> BTreeSet<u16> {
    Savefile::parse(file).frames.iter().map(|frame| u16::from_be_bytes([frame[34], frame[35]])).collect()
}

#[test]
fn captures_on_both_ends_of_a_wire_keep_the_same_flows() {
    const FLOWS: u16 = 400;
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let args = |interface| ["-i", interface, "-w", "-", "--sample-flows", "1/4", "--stats=json"];
    let here = sniffer(&lab.left.namespace, &args("left0"));
    let there = sniffer(&lab.right.namespace, &args("right0"));
    let sender = RawSender::open(&lab.left);
    for port in 1000..1000 + FLOWS {
        // One is enough; the queue into the other end may be full.
        for _ in 0..3 {
            sender.send(&frames::udp_frame(&lab.left, &lab.right, port, 53, b"datagram"));
        }
    }
    let arrived = lab.left.counters().tx_packets;
    wait::until_true("all frames are seen", || there.statistics_so_far()["ledger"]["seen"] == arrived);
    let (here, there) = (here.interrupt(), there.interrupt());
    let ledger = &here.expect_code(0).statistics()["ledger"];
    let count = |name: &str| ledger[name].as_u64().expect("a number");
    assert_eq!(count("sampled_out") + count("wanted"), 3 * u64::from(FLOWS));
    assert_eq!(count("written"), count("wanted"));
    let (here, there) = (ports(&here.stdout), ports(&there.expect_code(0).stdout));
    assert_eq!(here, there);
    assert!((60..140).contains(&here.len()), "{} of {FLOWS} flows", here.len());
    assert_eq!(count("wanted"), 3 * here.len() as u64);
}
