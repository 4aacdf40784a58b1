//! How much is kept of each frame, against the decoder's opinion of where its headers end.

use sniffer::decode::{Layer, StopReason, decode};
use sniffer::filter::emit::{OnMatch, emit_rules};
use sniffer::filter::{Filter, Metadata, Packet, matches};
use sniffer::load::{Config, Pipeline, Reductions, SnapTo, TestFrame};
use sniffer::packet::{ChecksumState, Frame, LinkType, Timestamp};
use sniffer::pcap::Reader;

use crate::pipeline::{config, path_options, pipelines_of};
use crate::specimens;
use crate::support::expression::live;
use crate::support::lab::Lab;
use crate::support::process::sniffer;
use crate::support::sender::RawSender;
use crate::support::{frames, skip, wait};

/// How much a rule keeps behind the headers.
const EXTRA: u32 = 16;

/// The headers in front of a transport that the decoder does not know, but the kernel side does: UDP-Lite.
const UNDECODED: [(u8, u32); 1] = [(136, 8)];

/// Where the headers of an Ethernet frame end: those of the outermost IP packet and its transport. None without any. The
/// decoder gives up on headers that contradict themselves, and then there is nothing to compare with.
fn headers_end(data: &[u8]) -> Result<Option<u32>, StopReason> {
    let frame = Frame {
        timestamp: Timestamp::default(),
        link_type: LinkType::ETHERNET,
        data,
        original_len: data.len() as u32,
        interface: 0,
        packet_type: None,
        checksum: ChecksumState::default(),
    };
    let layers = decode(&frame);
    let (mut end, mut next, mut is_later_fragment) = (None, 0, false);
    for layer in layers.as_slice() {
        let (end_of_ip, protocol) = match (layer, end) {
            (Layer::Vlan(tag), None) if !is_tag(data, tag.payload().offset()) => return Ok(None),
            (Layer::Ethernet(_) | Layer::Vlan(_), None) => continue,
            (Layer::Ipv4(ip), None) => {
                is_later_fragment = ip.fragment_offset() > 0;
                (ip.payload().offset(), ip.protocol())
            }
            (Layer::Ipv6(ip), None) => (ip.payload().offset(), ip.next_header()),
            (Layer::Ipv6Extension(header), Some(_)) => (header.payload().offset(), header.next_header()),
            (Layer::Ipv6Fragment(header), Some(_)) => {
                is_later_fragment |= header.offset() > 0;
                (header.payload().offset(), header.next_header())
            }
            (Layer::Tcp(tcp), Some(at)) => return Ok(Some(at + tcp.header_len().max(20) as u32)),
            (Layer::Sctp(_), Some(at)) => return Ok(Some(at + 12)),
            (Layer::Gre(gre), Some(at)) => return Ok(Some(at + gre.header_len() as u32)),
            (Layer::Ah(ah), Some(at)) => return Ok(Some(at + ah.header_len() as u32)),
            (
                Layer::Udp(_) | Layer::Icmpv4(_) | Layer::Icmpv6(_) | Layer::Igmp(_) | Layer::Esp(_),
                Some(at),
            ) => {
                return Ok(Some(at + 8));
            }
            _ => return Ok(end),
        };
        (end, next) = (Some(end_of_ip), u8::from(protocol));
    }
    match layers.stop().reason {
        // The kernel side does not ask the lengths in headers, and takes what stands behind a packet for a part of it.
        StopReason::Truncated if end.is_some() && !layers.rest().is_truncated() => Err(StopReason::Truncated),
        // What there is of a header is kept.
        StopReason::Truncated if end.is_some() => Ok(Some(u32::MAX)),
        StopReason::Malformed => Err(StopReason::Malformed),
        _ => {
            let undecoded = UNDECODED.iter().find(|(number, _)| *number == next && !is_later_fragment);
            Ok(end.map(|end| end + undecoded.map_or(0, |(_, length)| *length)))
        }
    }
}

/// Whether the kernel side takes what ends at `end` for a VLAN tag: libpcap knows fewer numbers than the decoder.
fn is_tag(data: &[u8], end: u32) -> bool {
    let at = end as usize - 6;
    [[0x81, 0], [0x88, 0xa8], [0x91, 0]].iter().any(|tpid| data[at..at + 2] == *tpid)
}

/// How many bytes of a frame are kept when those of the headers and so many more are asked for.
fn kept(data: &[u8], extra: u32) -> Option<u32> {
    let length = data.len() as u32;
    let end = headers_end(data).ok()?;
    Some(end.map_or(length, |end| end.saturating_add(extra).min(length)))
}

/// Some kernels want an IP header behind the link-layer header that they take off for a test run, and all no more than a
/// page.
fn has_test_run(frame: &[u8]) -> bool {
    (54..3000).contains(&frame.len())
}

fn snapping(snap: SnapTo) -> Vec<Pipeline> {
    pipelines_of(&Config { reductions: Reductions { snap, ..Reductions::default() }, ..config() })
}

/// Runs every specimen and compares what is kept of it.
fn check(pipeline: &Pipeline, expected: impl Fn(&[u8]) -> Option<u32>) {
    let (mut compared, mut cut) = (0, 0);
    for specimen in specimens::ethernet().iter().filter(|frame| has_test_run(frame)) {
        let Some(expected) = expected(specimen) else { continue };
        let verdict = pipeline.run(&TestFrame::ethernet(specimen)).expect("the kernel takes the frame");
        let length = specimen.len() as u32;
        assert_eq!(verdict.min(length), expected, "{:?}: {specimen:02x?}", pipeline.path());
        compared += 1;
        cut += u32::from(expected < length);
    }
    assert!(compared > 200 && cut > 50, "{compared} frames compared, {cut} of them cut");
}

#[test]
fn frames_are_cut_where_the_decoder_sees_their_headers_end() {
    if !skip::is_root() {
        return;
    }
    for pipeline in snapping(SnapTo::Headers(EXTRA)) {
        check(&pipeline, |frame| kept(frame, EXTRA));
    }
}

/// The rules of a test: expression and bytes behind the headers, none for the whole frame.
const RULES: [(&str, Option<u32>); 4] = [
    ("udp port 53", None),
    ("tcp[tcpflags] & tcp-syn != 0 or udp[8:4] = 0", Some(2)),
    ("tcp or vlan", Some(EXTRA)),
    ("ip6 and not udp", Some(0)),
];

#[test]
fn the_first_rule_that_matches_decides() {
    if !skip::is_root() {
        return;
    }
    let snaplen = config().snaplen;
    let rules: Vec<(Filter, Option<u32>)> = RULES
        .iter()
        .map(|(text, extra)| (live(LinkType::ETHERNET, text).expect("an expression"), *extra))
        .collect();
    let ends = rules.iter().map(|(filter, extra)| {
        let end = extra.map_or(OnMatch::Return(snaplen), |more| SnapTo::headers_in_rule(more, snaplen));
        (filter.hir(), end)
    });
    let ends: Vec<_> = ends.collect();
    for mut pipeline in snapping(SnapTo::Rules) {
        let program = emit_rules(&ends, OnMatch::Return(snaplen), pipeline.access()).expect("small rules");
        pipeline.set_snap(&program).expect("the kernel takes the program");
        check(&pipeline, |data| {
            let packet = Packet { data, original_len: data.len() as u32, metadata: Metadata::default() };
            let rule = rules.iter().find(|(filter, _)| matches(filter.hir(), &packet));
            match rule.and_then(|(_, extra)| *extra) {
                Some(extra) => kept(data, extra),
                None => Some(data.len() as u32),
            }
        });
    }
}

#[test]
fn rules_behind_one_for_all_frames_are_never_asked() {
    if !skip::is_root() {
        return;
    }
    let (all, none) = (live(LinkType::ETHERNET, "").expect("blank"), live(LinkType::ETHERNET, "1 = 2"));
    let (none, tcp) = (none.expect("never"), live(LinkType::ETHERNET, "tcp").expect("an expression"));
    let keep = |bytes| OnMatch::Return(bytes);
    for mut pipeline in snapping(SnapTo::Rules) {
        let mut check = |rules: &[(&Filter, u32)], expected: u32| {
            let rules: Vec<_> = rules.iter().map(|(filter, bytes)| (filter.hir(), keep(*bytes))).collect();
            let program = emit_rules(&rules, keep(99), pipeline.access()).expect("small rules");
            pipeline.set_snap(&program).expect("the kernel takes the program");
            assert_eq!(pipeline.run(&TestFrame::ethernet(&[0; 60])).expect("the frame is taken"), expected);
        };
        check(&[(&all, 1), (&tcp, 2)], 1);
        check(&[(&none, 1), (&tcp, 2), (&all, 3), (&tcp, 4)], 3);
        check(&[(&none, 1), (&tcp, 2)], 99);
    }
}

/// What a capture saved of each frame: bytes kept, and length on the wire.
fn saved(file: &[u8]) -> Vec<(u32, u32)> {
    let mut reader = Reader::new(file).expect("a savefile");
    let mut saved = Vec::new();
    while let Some(frame) = reader.next_frame().expect("whole frames") {
        saved.push((frame.data.len() as u32, frame.original_len));
    }
    saved
}

#[test]
fn live_frames_of_every_shape_are_cut_behind_their_headers() {
    if !skip::is_root() {
        return;
    }
    let specimens: Vec<_> =
        specimens::ethernet().into_iter().filter(|frame| kept(frame, EXTRA).is_some()).collect();
    let expected: Vec<_> =
        specimens.iter().map(|frame| (kept(frame, EXTRA).expect("filtered"), frame.len() as u32)).collect();
    for path in path_options() {
        let lab = Lab::quiet();
        let args = ["-i", "left0", "-U", "-w", "-", "--snap", "headers+16", "--kernel-path", path];
        let running = sniffer(&lab.left.namespace, &args);
        let sender = RawSender::open(&lab.left);
        for frame in &specimens {
            sender.send(frame);
        }
        let outcome = running.interrupt();
        let saved = saved(&outcome.expect_code(0).stdout);
        assert_eq!(saved.len(), expected.len(), "{path}");
        for ((saved, expected), specimen) in saved.iter().zip(&expected).zip(&specimens) {
            assert_eq!(saved, expected, "{path}: {specimen:02x?}");
        }
    }
}

#[test]
fn tags_beside_the_bytes_move_no_header() {
    if !skip::is_root() {
        return;
    }
    for path in path_options() {
        let lab = Lab::quiet();
        let rules = "udp port 53:full,vlan and tcp:headers+4,udp:headers";
        let args = ["-i", "right0", "-U", "-w", "-", "--snap", rules, "--kernel-path", path, "--stats=json"];
        let running = sniffer(&lab.right.namespace, &args);
        let udp = |port| frames::udp_frame(&lab.left, &lab.right, 1000, port, &[0x55; 100]);
        let tcp = frames::tcp_frame(&lab.left, &lab.right, 1000, 80, &[0x55; 100]);
        let tagged = |frame: &[u8]| frames::tagged(0x8100, 7, frame);
        let sent = [udp(53), udp(54), tagged(&udp(54)), tcp.clone(), tagged(&tcp)];
        let sender = RawSender::open(&lab.left);
        for frame in &sent {
            sender.deliver(&lab.left, frame);
        }
        wait::until_true("all frames are seen", || running.statistics_so_far()["ledger"]["seen"] == 5);
        let outcome = running.interrupt();
        let expected = [(142, 142), (42, 142), (46, 146), (154, 154), (62, 158)];
        assert_eq!(saved(&outcome.expect_code(0).stdout), expected, "{path}");
    }
}
