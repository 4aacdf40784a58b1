//! The counters of a live capture, exact to the frame and to the byte.

use std::net::UdpSocket;
use std::os::fd::AsFd as _;

use sniffer::bpf::{Cond, Helper, Insn, Reg, Size, Width};
use sniffer::capture::{self, Event, Interface, LiveSource, Socket};
use sniffer::counters::{Cell, Counters, Link, Matrix, Snapshot, Transport};
use sniffer::load::{Config, LinkHeader, Pipeline};
use sniffer_common::{Slot, cell};

use crate::pipeline::{config, counters, pipelines_of};
use crate::support::frames::{self, Fragment};
use crate::support::lab::{End, Lab};
use crate::support::namespace::Namespace;
use crate::support::sender::RawSender;
use crate::support::{netlink, skip, wait};

/// How often each frame is sent.
const TIMES: u64 = 25;

/// Frames shorter than this do not match.
const SHORTEST_MATCH: u32 = 100;

/// What a cooked tap does not see.
const ETHERNET_HEADER: u32 = 14;

/// Headers and payload of a datagram on loopback.
const HEADERS: u64 = 14 + 20 + 8;
const PAYLOAD: u64 = 1000;

/// The offset of `len` in `struct __sk_buff`.
const LEN: i16 = 0;

/// A running capture.
struct Tap {
    // Dropped in this order: the socket goes before the stages that it runs.
    source: LiveSource,
    pipeline: Pipeline,
    counters: Counters,
}

impl Tap {
    /// Captures the frames of at least [`SHORTEST_MATCH`] bytes.
    fn start(namespace: &Namespace, interface: Interface, mut pipeline: Pipeline) -> Self {
        pipeline.set_filter(&longer(&pipeline)).expect("the kernel takes the filter");
        let counters = counters(&mut pipeline);
        let source = namespace.run(|| {
            let socket = Socket::open(&capture::Config::new(interface)).expect("root can capture");
            pipeline.attach(socket.as_fd()).expect("the stages are for sockets");
            socket.bind().expect("the interface can be bound to")
        });
        Self { source, pipeline, counters }
    }

    /// Ends the capture once this many frames were seen, which arrive on the receiving end a moment after they were sent: what
    /// was counted, how many frames came out of the ring, and how many it had no room for.
    fn end(mut self, frames: u64) -> (Snapshot, u64, u64) {
        let read = || self.counters.read().expect("the counters can be read");
        wait::until_true("all frames are seen", || read().seen.total().frames >= frames);
        // The last of them may be on its way through the stages; where the ring can be drained, none is any more.
        let mut delivered = 0;
        while let Some(mut block) = self.source.drain_block().expect("the ring can be drained") {
            delivered += block.frames().count() as u64;
        }
        (read(), delivered, self.source.statistics().expect("the counts can be read").drops)
    }
}

/// A filter that wants frames of at least [`SHORTEST_MATCH`] bytes.
fn longer(pipeline: &Pipeline) -> Vec<Insn> {
    vec![
        Insn::Load { size: Size::Word, dst: Reg::R0, base: Reg::R1, offset: LEN },
        Insn::JumpIf {
            width: Width::W32,
            cond: Cond::Lt,
            lhs: Reg::R0,
            rhs: SHORTEST_MATCH.into(),
            offset: 4,
        },
        Insn::LoadMap { dst: Reg::R2, fd: pipeline.stages_fd() },
        Insn::mov(Reg::R3, Slot::Accept as u32),
        Insn::Call(Helper::TailCall),
        Insn::mov(Reg::R0, 0),
        Insn::Exit,
    ]
}

/// A frame, its classes, and how many of its bytes a tap counts.
type Sent = (Vec<u8>, Link, Transport, u32);

/// Short, long and not linear frames. `tag` is what a tap sees of a VLAN tag, in bytes.
fn traffic(lab: &Lab, tag: u32) -> Vec<Sent> {
    let (left, right) = (&lab.left, &lab.right);
    let short = frames::tcp_frame(left, right, 1, 2, &[]);
    let long = frames::udp_frame(left, right, 1, 2, &[0; 400]);
    // Beyond a page the kernel keeps all but the link header outside of the linear area.
    let not_linear = frames::tcp_frame(left, right, 1, 2, &[0; 9000]);
    let v6 = frames::ipv6(left.v6, right.v6, 58, &[0x80; 200]);
    let v6 = frames::ethernet(right.mac, left.mac, frames::IPV6, &v6);
    let later = Fragment { offset: 8, more: false };
    let later = frames::ipv4(left.v4, right.v4, frames::UDP, later, &[0; 6000]);
    let later = frames::ethernet(right.mac, left.mac, frames::IPV4, &later);
    let tagged = frames::tagged(0x8100, 7, &long);
    let untagged = [
        (short, Link::Ipv4, Transport::Tcp),
        (long, Link::Ipv4, Transport::Udp),
        (not_linear, Link::Ipv4, Transport::Tcp),
        (v6, Link::Ipv6, Transport::Icmpv6),
        (later, Link::Ipv4, Transport::Fragment),
        (frames::ethernet([0xff; 6], left.mac, 0x0806, &[0; 28]), Link::Arp, Transport::None),
    ];
    let mut sent: Vec<Sent> = untagged
        .into_iter()
        .map(|(frame, link, transport)| (frame.clone(), link, transport, frame.len() as u32))
        .collect();
    let length = tagged.len() as u32 - 4 + tag;
    sent.push((tagged, Link::Vlan, Transport::Udp, length));
    sent
}

/// What the counters must say of frames sent [`TIMES`] times each.
fn expected(sent: &[Sent]) -> (Matrix, Matrix) {
    let (mut seen, mut matched) = (Matrix::default(), Matrix::default());
    for (_, link, transport, length) in sent {
        let index = cell(*link, *transport) as usize;
        let counted = Cell { frames: TIMES, bytes: TIMES * u64::from(*length) };
        seen.cells[index] = seen.cells[index] + counted;
        if *length >= SHORTEST_MATCH {
            matched.cells[index] = matched.cells[index] + counted;
        }
    }
    (seen, matched)
}

/// Sends the frames and checks what a tap on `end` counts of them.
fn check(lab: &Lab, end: &End, interface: Interface, pipeline: Pipeline, sent: &[Sent]) {
    let tap = Tap::start(&end.namespace, interface, pipeline);
    let sender = RawSender::open(&lab.left);
    for (frame, ..) in sent {
        (0..TIMES).for_each(|_| send(lab, &sender, end, frame));
    }
    let (seen, matched) = expected(sent);
    let place = format!("{} with {:?} reads", end.name, tap.pipeline.path());
    let (snapshot, delivered, drops) = tap.end(TIMES * sent.len() as u64);
    assert_eq!(by_class(&snapshot.seen), by_class(&seen), "seen on {place}");
    assert_eq!(by_class(&snapshot.matched), by_class(&matched), "matched on {place}");
    assert_eq!(snapshot.kept_on_error, 0, "{place}");
    assert_eq!(delivered + drops, matched.total().frames, "{place}");
}

/// Sends one frame so that it passes `end`.
fn send(lab: &Lab, sender: &RawSender, end: &End, frame: &[u8]) {
    if end.name == lab.left.name { sender.send(frame) } else { sender.deliver(&lab.left, frame) }
}

/// The cells that are not empty, readable when a test fails.
fn by_class(matrix: &Matrix) -> Vec<(Link, Transport, Cell)> {
    let all = Link::ALL.iter().flat_map(|link| Transport::ALL.iter().map(move |class| (*link, *class)));
    all.map(|(link, class)| (link, class, matrix.get(link, class)))
        .filter(|(.., cell)| *cell != Cell::default())
        .collect()
}

#[test]
fn every_frame_of_a_veth_pair_counts_once_in_its_class_with_its_bytes() {
    if !skip::is_root() {
        return;
    }
    for pipeline in pipelines_of(&config()) {
        let lab = Lab::quiet();
        let interface = lab.left.namespace.run(|| Interface::find(lab.left.name)).expect("it is there");
        // On the sending side the tag is among the bytes.
        check(&lab, &lab.left, interface, pipeline, &traffic(&lab, 4));
    }
    for pipeline in pipelines_of(&config()) {
        let lab = Lab::quiet();
        let interface = lab.right.namespace.run(|| Interface::find(lab.right.name)).expect("it is there");
        // The receiving side has taken the tag out.
        check(&lab, &lab.right, interface, pipeline, &traffic(&lab, 0));
    }
}

#[test]
fn cooked_frames_count_in_the_same_classes() {
    if !skip::is_root() {
        return;
    }
    for pipeline in pipelines_of(&Config { link_header: LinkHeader::None, ..config() }) {
        let lab = Lab::quiet();
        let mut sent = traffic(&lab, 0);
        for (.., length) in &mut sent {
            *length -= ETHERNET_HEADER;
        }
        check(&lab, &lab.right, Interface::any(), pipeline, &sent);
    }
}

#[test]
fn loopback_frames_count_once() {
    if !skip::is_root() {
        return;
    }
    for pipeline in pipelines_of(&Config { loopback_ifindex: Some(1), ..config() }) {
        let namespace = Namespace::new().expect("root can make namespaces");
        let interface = namespace.run(|| {
            netlink::set_up(1).expect("lo can be set up");
            Interface::find("lo").expect("lo is there")
        });
        let tap = Tap::start(&namespace, interface, pipeline);
        namespace.run(|| {
            let receiver = UdpSocket::bind("127.0.0.1:0").expect("lo has an address");
            let sender = UdpSocket::bind("127.0.0.1:0").expect("lo has an address");
            let to = receiver.local_addr().expect("it is bound");
            for _ in 0..TIMES {
                sender.send_to(&[0; PAYLOAD as usize], to).expect("lo takes datagrams");
                // The frame has passed both taps when it is received.
                receiver.recv(&mut [0; 2000]).expect("lo delivers");
            }
        });
        let path = tap.pipeline.path();
        let (snapshot, delivered, drops) = tap.end(TIMES);
        let once = Cell { frames: TIMES, bytes: TIMES * (HEADERS + PAYLOAD) };
        let expected = vec![(Link::Ipv4, Transport::Udp, once)];
        assert_eq!(by_class(&snapshot.seen), expected, "{path:?}");
        assert_eq!(by_class(&snapshot.matched), expected, "{path:?}");
        assert_eq!((delivered, drops), (TIMES, 0));
    }
}

#[test]
fn a_tap_that_waits_is_woken_by_matched_frames_only() {
    if !skip::is_root() {
        return;
    }
    for pipeline in pipelines_of(&config()) {
        let lab = Lab::quiet();
        let interface = lab.left.namespace.run(|| Interface::find(lab.left.name)).expect("it is there");
        let mut tap = Tap::start(&lab.left.namespace, interface, pipeline);
        let sender = RawSender::open(&lab.left);
        let short = frames::tcp_frame(&lab.left, &lab.right, 1, 2, &[]);
        let long = frames::tcp_frame(&lab.left, &lab.right, 1, 2, &[0; 200]);
        (0..TIMES).for_each(|_| sender.send(&short));
        sender.send(&long);
        let frames = match tap.source.next_block(Some(wait::DEADLINE)).expect("frames can be received") {
            Event::Block(mut block) => block.frames().map(|frame| frame.data.len()).collect::<Vec<_>>(),
            other => panic!("no frame came: {other:?}"),
        };
        assert_eq!(frames, [long.len()], "{:?}", tap.pipeline.path());
        assert_eq!(tap.end(TIMES + 1).0.matched.total().frames, 1);
    }
}
