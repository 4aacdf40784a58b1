//! The kernel's verdicts on live frames: on both ends of a wire, and on the loopback interface.

use std::os::fd::AsFd as _;
use std::slice;
use std::time::Duration;

use sniffer::capture::{Config, Event, Interface, LiveSource, Socket};
use sniffer::counters::Counters;
use sniffer::filter::Filter;
use sniffer::load::Pipeline;
use sniffer::packet::{Frame, LinkType};

use super::shown::{self, Shown};
use super::{filters, hex, keeps, see_through, stages};
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

/// Frames that are sent before the rings are emptied. A ring hands over a block after a millisecond, full or not, and so
/// has no empty one after some tens of them on a machine that sends slowly.
const BURST: usize = 64;

/// Frames of each sender that may be in the queue of received frames, which has room for a thousand.
const QUEUED: usize = 256;

#[test]
fn live_frames_get_the_evaluators_verdicts_on_a_wire_and_on_loopback() {
    check(LinkType::ETHERNET);
}

#[test]
fn live_cooked_frames_get_the_evaluators_verdicts() {
    check(LinkType::LINUX_SLL2);
}

fn check(link_type: LinkType) {
    if !skip::is_root() {
        return;
    }
    let specimens = specimens::ethernet().into_iter().filter(|frame| shown::is_receivable(frame));
    let (tagged, plain): (Vec<_>, Vec<_>) = specimens.partition(|frame| shown::is_tagged(frame));
    let filters = filters(link_type);
    for pipeline in stages(link_type) {
        let mut laboratory = Laboratory::new(link_type, pipeline);
        let all_series = [&plain, &tagged].map(|frames| laboratory.series(frames));
        for (expression, filter) in &filters {
            for series in &all_series {
                laboratory.check(expression, filter, series);
            }
        }
    }
}

#[test]
fn live_frames_get_the_evaluators_verdicts_at_every_layer() {
    if !skip::is_root() {
        return;
    }
    for (link_type, pipeline) in see_through::stages_seeing_through() {
        let mut laboratory = Laboratory::new(link_type, pipeline);
        for (round, (expression, filter)) in see_through::filters(link_type).enumerate() {
            let (tagged, plain): (Vec<_>, Vec<_>) =
                see_through::wire(round).into_iter().partition(|frame| shown::is_tagged(frame));
            for frames in [&plain, &tagged] {
                let series = laboratory.series(frames);
                laboratory.check_by(expression, &filter, &series, || see_through::judge(link_type, &filter));
            }
        }
    }
}

/// Frames, and what each tap shows of them; nothing of what a tap shows differently on different kernels.
struct Series<'f> {
    frames: &'f [Vec<u8>],
    shown: Vec<Option<Vec<Shown>>>,
}

/// One pipeline on several interfaces.
struct Laboratory {
    // The sockets are closed before the stages go.
    taps: Vec<Tap>,
    pipeline: Pipeline,
    link_type: LinkType,
    counters: Counters,
    senders: Vec<RawSender>,
    lab: Lab,
    loopback: End,
    markers: u32,
    /// Frames that each sender has sent.
    sent: u64,
    /// Frames that did not arrive at the other end.
    lost: u64,
}

impl Laboratory {
    /// Taps on both ends of a wire, and on loopback where the capture of all interfaces would not see that as well.
    fn new(link_type: LinkType, mut pipeline: Pipeline) -> Self {
        let lab = Lab::quiet();
        let loopback = lab.left.loopback();
        let tap = |end, side| Tap::new(end, side, link_type, &pipeline);
        let mut taps = vec![tap(&lab.left, Side::Sending), tap(&lab.right, Side::Receiving)];
        let mut senders = vec![RawSender::open(&lab.left)];
        if link_type == LinkType::ETHERNET {
            taps.push(tap(&loopback, Side::Loopback));
            senders.push(RawSender::open(&loopback));
        }
        let counters = counters(&mut pipeline);
        Self { taps, pipeline, link_type, counters, senders, lab, loopback, markers: 0, sent: 0, lost: 0 }
    }

    fn series<'f>(&self, frames: &'f [Vec<u8>]) -> Series<'f> {
        let shown_by = |tap: &Tap| {
            // Kernels differ in where they see the network header of a frame sent with its tag in the bytes.
            let differs = self.link_type != LinkType::ETHERNET
                && tap.side == Side::Sending
                && frames.iter().any(|frame| shown::is_tagged(frame));
            (!differs).then(|| frames.iter().map(|frame| self.shown(tap.side, frame)).collect())
        };
        Series { frames, shown: self.taps.iter().map(shown_by).collect() }
    }

    fn shown(&self, side: Side, frame: &[u8]) -> Shown {
        match side {
            Side::Sending => shown::sent(self.link_type, frame, &self.lab.left),
            Side::Receiving => shown::received(self.link_type, frame, &self.lab.right),
            Side::Loopback => shown::received(self.link_type, frame, &self.loopback),
        }
    }

    /// Compares what each tap captures with what the evaluator keeps.
    fn check(&mut self, expression: &str, filter: &Filter, series: &Series<'_>) {
        self.check_by(expression, filter, series, || {
            |shown: &Shown| keeps(filter, &shown.data, shown.metadata)
        });
    }

    /// The same with another evaluator, a new one for each tap.
    fn check_by<J: FnMut(&Shown) -> bool>(
        &mut self,
        expression: &str,
        filter: &Filter,
        series: &Series<'_>,
        judge: impl Fn() -> J,
    ) {
        self.capture(filter, series.frames);
        for (tap, shown) in self.taps.iter_mut().zip(&series.shown) {
            let captured = tap.take();
            let Some(shown) = shown else { continue };
            let mut keeps = judge();
            let kept = series.frames.iter().zip(shown).filter(|(_, shown)| keeps(shown));
            let expected: Vec<_> =
                kept.map(|(frame, shown)| as_captured(self.link_type, frame, shown)).collect();
            compare(&captured, &expected, || {
                let path = self.pipeline.path();
                format!("{path:?}, {}, {:?}: {expression}", self.link_type, tap.side)
            });
        }
    }

    /// Lets each tap capture the series through the filter. The queue into a receiving interface is shared with all other
    /// traffic of the processor: when it had no room for a frame, the series is sent again.
    fn capture(&mut self, filter: &Filter, series: &[Vec<u8>]) {
        let program = filter.emit(&self.pipeline.target()).expect("the expression is small");
        loop {
            self.pipeline.set_program(&program).expect("the kernel takes the program");
            let arrived_whole = series.chunks(QUEUED).filter(|part| !self.send(part)).count() == 0;
            // The end of the series is told by a frame that every tap keeps. Another filter is set quickly; emptying the
            // slot takes the kernel a grace period.
            self.pipeline.set_filter(&always(KEEP)).expect("the kernel takes the program");
            let marker = self.send_marker();
            self.taps.iter_mut().for_each(|tap| tap.read_to(marker));
            if arrived_whole {
                return;
            }
            self.taps.iter_mut().for_each(|tap| drop(tap.take()));
        }
    }

    /// Sends numbered frames that are not in the corpus until one has arrived everywhere: its number.
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

    /// Sends frames and waits until all taps have had them; false when some did not arrive.
    fn send(&mut self, frames: &[Vec<u8>]) -> bool {
        for burst in frames.chunks(BURST) {
            for sender in &self.senders {
                sender.flood(burst, burst.len() as u64);
            }
            self.taps.iter_mut().for_each(Tap::read_what_there_is);
        }
        self.sent += frames.len() as u64;
        let all = self.sent * self.taps.len() as u64;
        let before = self.lost;
        wait::until_true("the frames are seen", || {
            let seen = self.counters.read().expect("the counters can be read").seen.total().frames;
            self.lost = all - seen;
            self.lost == before || seen == self.offered()
        });
        self.lost == before
    }

    /// The frames that the taps are given once all queues are empty: what arrives is what was sent and not dropped.
    fn offered(&self) -> u64 {
        let arriving = |end: &End| end.counters().tx_packets;
        let looped = if self.senders.len() > 1 { arriving(&self.loopback) } else { 0 };
        self.sent + arriving(&self.lab.left) + looped
    }
}

/// Where a tap is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Sending,
    Receiving,
    Loopback,
}

/// A capture in progress.
struct Tap {
    source: LiveSource,
    side: Side,
    captured: Vec<Vec<u8>>,
    /// The number of the marker that came last.
    marker: u32,
}

impl Tap {
    fn new(end: &End, side: Side, link_type: LinkType, pipeline: &Pipeline) -> Self {
        let source = end.namespace.run(|| {
            let name = if link_type == LinkType::ETHERNET { end.name } else { "any" };
            let mut config = Config::new(Interface::find(name).expect("the interface is there"));
            config.block_timeout = Duration::from_millis(1);
            let socket = Socket::open(&config).expect("root can capture");
            pipeline.attach(socket.as_fd()).expect("the stages are for sockets");
            socket.bind().expect("the interface can be bound to")
        });
        Self { source, side, captured: Vec::new(), marker: 0 }
    }

    /// The frames so far, markers left out.
    fn take(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.captured)
    }

    fn read_what_there_is(&mut self) {
        while self.read_block(Duration::ZERO) {}
    }

    fn read_to(&mut self, marker: u32) {
        while self.marker != marker {
            assert!(self.read_block(wait::DEADLINE), "{:?}: the marker comes", self.side);
        }
    }

    /// Reads the next block if one comes in that time.
    fn read_block(&mut self, timeout: Duration) -> bool {
        let event = self.source.next_block(Some(timeout)).expect("frames can be received");
        let Event::Block(mut block) = event else { return false };
        for frame in block.frames() {
            match marker_number(&frame) {
                Some(number) => self.marker = number,
                None => self.captured.push(without_cooked_header(&frame).to_vec()),
            }
        }
        true
    }
}

/// What the capture makes of a kept frame: it puts a tag back into Ethernet frames, and not into cooked ones.
fn as_captured<'a>(link_type: LinkType, frame: &'a [u8], shown: &'a Shown) -> &'a [u8] {
    if link_type == LinkType::ETHERNET { frame } else { &shown.data }
}

#[track_caller]
fn compare(captured: &[Vec<u8>], expected: &[&[u8]], what: impl FnOnce() -> String) {
    if captured == expected {
        return;
    }
    let differing = captured.iter().zip(expected).position(|(captured, expected)| captured != expected);
    let first = differing.unwrap_or_else(|| captured.len().min(expected.len()));
    let show = |frame: Option<&[u8]>| frame.map_or_else(|| "none".to_owned(), hex);
    panic!(
        "{}: {} frames captured, {} expected; number {first} is {} and should be {}",
        what(),
        captured.len(),
        expected.len(),
        show(captured.get(first).map(Vec::as_slice)),
        show(expected.get(first).copied())
    );
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
