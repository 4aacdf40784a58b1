//! The kernel's verdicts on live frames, on both ends of a wire.

use std::os::fd::AsFd as _;
use std::slice;
use std::time::Duration;

use sniffer::capture::{Config, Event, Interface, LiveSource, Socket};
use sniffer::counters::Counters;
use sniffer::filter::Filter;
use sniffer::load::Pipeline;
use sniffer::packet::{Frame, LinkType};

use super::shown::{self, Shown};
use super::{filters, hex, keeps, stages};
use crate::pipeline::{always, counters};
use crate::specimens;
use crate::support::lab::{End, Lab};
use crate::support::sender::RawSender;
use crate::support::{frames, skip, wait};

/// The Ethertype of frames that end a series: the first one for local experiments (IEEE 802).
const MARKER: u16 = 0x88b5;

/// As many bytes of a frame as any has.
const KEEP: i32 = 0xffff;

/// Bytes of the header that the capture puts in front of cooked frames.
const COOKED_HEADER: usize = 20;

#[test]
fn live_frames_get_the_evaluators_verdicts_on_both_ends_of_a_wire() {
    if !skip::is_root() {
        return;
    }
    let specimens = specimens::ethernet().into_iter().filter(|frame| shown::is_receivable(frame));
    let (tagged, plain): (Vec<_>, Vec<_>) = specimens.partition(|frame| shown::is_tagged(frame));
    for (link_type, pipeline) in stages() {
        let mut taps = Taps::new(link_type, pipeline);
        for (expression, filter) in filters(link_type) {
            for series in [&plain, &tagged] {
                taps.check(expression, &filter, series);
            }
        }
    }
}

/// What the capture makes of a kept frame: it puts a tag back into Ethernet frames, and not into cooked ones.
fn as_captured(link_type: LinkType, frame: &[u8], shown: Shown) -> Vec<u8> {
    if link_type == LinkType::ETHERNET { frame.to_vec() } else { shown.data }
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

/// The stages on both ends of a wire.
struct Taps {
    // The sockets are closed before the stages go.
    sending: LiveSource,
    receiving: LiveSource,
    pipeline: Pipeline,
    link_type: LinkType,
    counters: Counters,
    sender: RawSender,
    lab: Lab,
    markers: u32,
}

impl Taps {
    fn new(link_type: LinkType, mut pipeline: Pipeline) -> Self {
        let lab = Lab::quiet();
        let tap = |end| tap(end, link_type, &pipeline);
        let (sending, receiving) = (tap(&lab.left), tap(&lab.right));
        let counters = counters(&mut pipeline);
        let sender = RawSender::open(&lab.left);
        Self { sending, receiving, pipeline, link_type, counters, sender, lab, markers: 0 }
    }

    /// Compares what each end captures with what the evaluator keeps.
    fn check(&mut self, expression: &str, filter: &Filter, series: &[Vec<u8>]) {
        let [sent, received] = self.captured(filter, series);
        let expected = |end: &End, show: fn(LinkType, &[u8], u32) -> Shown| {
            let shown = series.iter().map(|frame| (frame, show(self.link_type, frame, end.index)));
            let kept = shown.filter(|(_, shown)| keeps(filter, &shown.data, shown.metadata));
            kept.map(|(frame, shown)| as_captured(self.link_type, frame, shown)).collect::<Vec<_>>()
        };
        let what = |end| format!("{:?}, {}, {end}: {expression}", self.pipeline.path(), self.link_type);
        compare(&received, &expected(&self.lab.right, shown::received), &what("received"));
        // Kernels differ in where they see the network header of a frame sent with its tag in the bytes.
        if self.link_type == LinkType::ETHERNET || !series.iter().any(|frame| shown::is_tagged(frame)) {
            compare(&sent, &expected(&self.lab.left, shown::sent), &what("sent"));
        }
    }

    /// What each end captures of the series through the filter. The queue into the receiving end is shared with all
    /// other traffic of the processor: when it had no room for a frame, the series is sent again.
    fn captured(&mut self, filter: &Filter, series: &[Vec<u8>]) -> [Vec<Vec<u8>>; 2] {
        let program = filter.emit(&self.pipeline.target()).expect("the expression is small");
        loop {
            self.pipeline.set_filter(&program.insns).expect("the kernel takes the program");
            let arrived_whole = series.chunks(500).filter(|part| !self.send(part)).count() == 0;
            // The end of the series is told by a frame that every end keeps. Another filter is set quickly; emptying the
            // slot takes the kernel a grace period.
            self.pipeline.set_filter(&always(KEEP)).expect("the kernel takes the program");
            let marker = self.send_marker();
            let captured = [up_to(&mut self.sending, marker), up_to(&mut self.receiving, marker)];
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

    /// Sends numbered frames that are not in the corpus until one has arrived: its number.
    fn send_marker(&mut self) -> u32 {
        loop {
            self.markers += 1;
            let (left, right) = (&self.lab.left, &self.lab.right);
            let marker = frames::ethernet(right.mac, left.mac, MARKER, &self.markers.to_be_bytes());
            if self.send(slice::from_ref(&marker)) {
                return self.markers;
            }
        }
    }
}

fn tap(end: &End, link_type: LinkType, pipeline: &Pipeline) -> LiveSource {
    end.namespace.run(|| {
        let name = if link_type == LinkType::ETHERNET { end.name } else { "any" };
        let mut config = Config::new(Interface::find(name).expect("the interface is there"));
        config.block_timeout = Duration::from_millis(1);
        let socket = Socket::open(&config).expect("root can capture");
        pipeline.attach(socket.as_fd()).expect("the stages are for sockets");
        socket.bind().expect("the interface can be bound to")
    })
}

/// The frames that come before the marker of that number, other markers left out.
fn up_to(source: &mut LiveSource, marker: u32) -> Vec<Vec<u8>> {
    let (mut frames, mut last_marker) = (Vec::new(), None);
    while last_marker != Some(marker) {
        match source.next_block(Some(wait::DEADLINE)).expect("frames can be received") {
            Event::Block(mut block) => block.frames().for_each(|frame| match marker_number(&frame) {
                Some(number) => last_marker = Some(number),
                None => frames.push(without_cooked_header(&frame).to_vec()),
            }),
            event => panic!("the marker comes: {event:?}"),
        }
    }
    frames
}

fn without_cooked_header<'f>(frame: &Frame<'f>) -> &'f [u8] {
    if frame.link_type == LinkType::ETHERNET { frame.data } else { &frame.data[COOKED_HEADER..] }
}

fn marker_number(frame: &Frame<'_>) -> Option<u32> {
    let ethertype =
        if frame.link_type == LinkType::ETHERNET { &frame.data[12..14] } else { &frame.data[..2] };
    let number = frame.data.last_chunk().copied().map(u32::from_be_bytes);
    number.filter(|_| ethertype == MARKER.to_be_bytes())
}
