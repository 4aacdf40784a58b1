//! One set of expressions, one set of frames, four engines: the reference evaluator, the kernel by test run, and live
//! frames on both ends of a wire. All must agree, whichever way the kernel programs read.

use std::os::fd::AsFd as _;
use std::time::Duration;

use sniffer::capture::{Config, Event, Interface, LiveSource, Socket};
use sniffer::counters::Counters;
use sniffer::filter::{Filter, Metadata, Packet, matches};
use sniffer::load::{Pipeline, TestFrame};
use sniffer::packet::LinkType;

use crate::corpus;
use crate::pipeline::{counters, pipelines};
use crate::specimens;
use crate::support::expression::{instructions, live};
use crate::support::lab::{End, Lab};
use crate::support::sender::RawSender;
use crate::support::{frames, skip, wait};

/// The Ethertype of frames that end a series: the first one for local experiments (IEEE 802).
const MARKER: u16 = 0x88b5;

/// `skb->pkt_type` of a frame that this host sends.
const OUTGOING: u8 = 4;

/// The expressions of the corpus for Ethernet.
fn expressions() -> impl Iterator<Item = &'static str> {
    let all = corpus::expressions().into_iter();
    all.filter(|expression| expression.link_type == LinkType::ETHERNET).map(|expression| expression.text)
}

/// The bytes as far as they fit a line.
fn hex(bytes: &[u8]) -> String {
    format!("{:02x?}", &bytes[..bytes.len().min(100)])
}

#[test]
fn test_runs_give_the_evaluators_verdicts() {
    if !skip::is_root() {
        return;
    }
    let frames: Vec<_> = specimens::ethernet().into_iter().filter(|frame| has_test_run(frame)).collect();
    for mut pipeline in pipelines() {
        let path = pipeline.path();
        for expression in expressions() {
            let filter = live(expression);
            pipeline.set_filter(&instructions(&filter, &pipeline)).expect("the kernel takes the program");
            for frame in &frames {
                let metadata = Metadata { protocol: ethertype(frame), ..Metadata::default() };
                let expected = keeps(&filter, frame, metadata);
                let verdict = pipeline.run(&TestFrame::ethernet(frame)).expect("the kernel takes the frame");
                assert_eq!(verdict != 0, expected, "{path:?}: {expression} on {}", hex(frame));
            }
        }
    }
}

/// The kernel wants the IP header that the Ethertype promises behind the link-layer header that it takes off, which here
/// is the whole frame, and no more than a page.
fn has_test_run(frame: &[u8]) -> bool {
    let shortest = if ethertype(frame) == frames::IPV6 { 40 } else { 20 };
    (shortest..3000).contains(&frame.len())
}

fn ethertype(frame: &[u8]) -> u16 {
    u16::from_be_bytes([frame[12], frame[13]])
}

fn keeps(filter: &Filter, data: &[u8], metadata: Metadata) -> bool {
    matches(filter.hir(), &Packet { data, original_len: data.len() as u32, metadata })
}

/// A frame as the tap of the sending end shows it to a filter: all bytes in place.
fn kept_when_sent(filter: &Filter, frame: &[u8], index: u32) -> bool {
    let protocol = ethertype(frame);
    keeps(filter, frame, Metadata { protocol, packet_type: OUTGOING, ifindex: index, vlan_tci: None })
}

/// A frame as the tap of the receiving end shows it: the outer VLAN tag is taken out (`skb_vlan_untag`).
fn kept_when_received(filter: &Filter, frame: &[u8], index: u32) -> bool {
    let metadata = |frame: &[u8], vlan_tci| Metadata {
        protocol: ethertype(frame),
        packet_type: packet_type(frame),
        ifindex: index,
        vlan_tci,
    };
    if !is_tagged(frame) {
        return keeps(filter, frame, metadata(frame, None));
    }
    let untagged = [&frame[..12], &frame[16..]].concat();
    let tci = u16::from_be_bytes([frame[14], frame[15]]);
    keeps(filter, &untagged, metadata(&untagged, Some(tci)))
}

fn is_tagged(frame: &[u8]) -> bool {
    [0x8100, 0x88a8].contains(&ethertype(frame))
}

/// `skb->pkt_type` by the destination address (`eth_type_trans`).
fn packet_type(frame: &[u8]) -> u8 {
    match frame[..6] {
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff] => 1,
        [first, ..] if first & 1 == 1 => 2,
        [2, 0, 0, 0, 0, 2] => 0,
        _ => 3,
    }
}

/// The stages on both ends of a wire.
struct Taps {
    // The sockets are closed before the stages go.
    sending: LiveSource,
    receiving: LiveSource,
    pipeline: Pipeline,
    counters: Counters,
    sender: RawSender,
    lab: Lab,
    markers: u32,
}

impl Taps {
    fn new(mut pipeline: Pipeline) -> Self {
        let lab = Lab::quiet();
        let (sending, receiving) = (tap(&lab.left, &pipeline), tap(&lab.right, &pipeline));
        let counters = counters(&mut pipeline);
        let sender = RawSender::open(&lab.left);
        Self { sending, receiving, pipeline, counters, sender, lab, markers: 0 }
    }

    /// What each end captures of the series through the filter. The queue into the receiving end is shared with all
    /// other traffic of the processor: when it had no room for a frame, the series is sent again.
    fn captured(&mut self, filter: &Filter, series: &[Vec<u8>]) -> [Vec<Vec<u8>>; 2] {
        let instructions = instructions(filter, &self.pipeline);
        loop {
            self.pipeline.set_filter(&instructions).expect("the kernel takes the program");
            let arrived_whole = series.chunks(500).filter(|part| !self.send(part)).count() == 0;
            // The end of the series is told by a frame that no filter is asked about.
            self.pipeline.clear_filter().expect("the slot can be emptied");
            let marker = self.send_marker();
            let captured = [up_to(&mut self.sending, &marker), up_to(&mut self.receiving, &marker)];
            if arrived_whole {
                return captured;
            }
        }
    }

    /// Sends frames and waits until the taps of both ends have had them; false when some did not arrive.
    fn send(&self, frames: &[Vec<u8>]) -> bool {
        let before = self.lab.left.counters();
        let seen = self.seen();
        let sent = self.sender.flood(frames, frames.len() as u64).sent;
        let arriving = self.lab.left.counters().tx_packets - before.tx_packets;
        wait::until_true("the frames are seen", || self.seen() >= seen + sent + arriving);
        arriving == sent
    }

    fn seen(&self) -> u64 {
        self.counters.read().expect("the counters can be read").seen.total().frames
    }

    /// Sends frames that are not in the corpus until one has arrived: that one.
    fn send_marker(&mut self) -> Vec<u8> {
        loop {
            self.markers += 1;
            let (left, right) = (&self.lab.left, &self.lab.right);
            let marker = frames::ethernet(right.mac, left.mac, MARKER, &self.markers.to_be_bytes());
            if self.send(std::slice::from_ref(&marker)) {
                return marker;
            }
        }
    }
}

fn tap(end: &End, pipeline: &Pipeline) -> LiveSource {
    end.namespace.run(|| {
        let mut config = Config::new(Interface::find(end.name).expect("the interface is there"));
        config.block_timeout = Duration::from_millis(1);
        let socket = Socket::open(&config).expect("root can capture");
        pipeline.attach(socket.as_fd()).expect("the stages are for sockets");
        socket.bind().expect("the interface can be bound to")
    })
}

/// The frames that come before the marker, other markers left out.
fn up_to(source: &mut LiveSource, marker: &[u8]) -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    while frames.last().is_none_or(|last| last != marker) {
        match source.next_block(Some(wait::DEADLINE)).expect("frames can be received") {
            Event::Block(mut block) => frames.extend(block.frames().map(|frame| frame.data.to_vec())),
            event => panic!("the marker comes: {event:?}"),
        }
    }
    frames.retain(|frame| ethertype(frame) != MARKER);
    frames
}

#[test]
fn live_frames_get_the_evaluators_verdicts_on_both_ends_of_a_wire() {
    if !skip::is_root() {
        return;
    }
    let series: Vec<_> = specimens::ethernet().into_iter().filter(|frame| can_be_untagged(frame)).collect();
    for pipeline in pipelines() {
        let path = pipeline.path();
        let mut taps = Taps::new(pipeline);
        for expression in expressions() {
            let filter = live(expression);
            let [sent, received] = taps.captured(&filter, &series);
            let indices = [taps.lab.left.index, taps.lab.right.index];
            let expected = |keeps: fn(&Filter, &[u8], u32) -> bool, index| {
                series.iter().filter(|frame| keeps(&filter, frame, index)).cloned().collect::<Vec<_>>()
            };
            compare(&sent, &expected(kept_when_sent, indices[0]), &format!("{path:?}, sent: {expression}"));
            compare(
                &received,
                &expected(kept_when_received, indices[1]),
                &format!("{path:?}, received: {expression}"),
            );
        }
    }
}

/// The kernel drops a received frame whose tag is not followed by a whole header (`skb_vlan_untag`).
fn can_be_untagged(frame: &[u8]) -> bool {
    !is_tagged(frame) || frame.len() >= 20
}

#[track_caller]
fn compare(captured: &[Vec<u8>], expected: &[Vec<u8>], what: &str) {
    let differing = captured.iter().zip(expected).position(|(captured, expected)| captured != expected);
    let first = differing.unwrap_or_else(|| captured.len().min(expected.len()));
    let show = |frames: &[Vec<u8>]| frames.get(first).map_or_else(|| "none".to_owned(), |frame| hex(frame));
    assert!(
        captured == expected,
        "{what}: {} frames captured, {} expected; number {first} is {} and should be {}",
        captured.len(),
        expected.len(),
        show(captured),
        show(expected)
    );
}
