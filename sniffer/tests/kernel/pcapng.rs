//! What a pcapng file of a live capture tells besides its frames, as Wireshark's programs and tcpdump see it.

use std::fs;
use std::path::Path;

use crate::support::lab::Lab;
use crate::support::pcapng::{Block, STATISTICS, blocks};
use crate::support::process::{Running, sniffer};
use crate::support::scratch::Scratch;
use crate::support::sender::RawSender;
use crate::support::traffic::{self, Version};
use crate::support::{frames, skip};

/// Where the options of interface statistics begin, and those that count: received, lost by the interface itself, wanted,
/// lost, delivered.
const OPTIONS: usize = 12;
const COUNTS: [u16; 5] = [4, 5, 6, 7, 8];

fn blocks_of(file: &Scratch) -> Vec<Block> {
    blocks(&fs::read(&file.0).expect("the file is there"))
}

/// The counts of the only interface.
fn counts(file: &Scratch) -> [Option<u64>; 5] {
    let blocks = blocks_of(file);
    let statistics: Vec<&Block> = blocks.iter().filter(|block| block.kind == STATISTICS).collect();
    let [statistics] = statistics[..] else { panic!("one block of statistics expected: {blocks:?}") };
    COUNTS.map(|code| statistics.number(OPTIONS, code))
}

/// What a program prints of a file; `None`, and a line, where there is none.
fn shown(program: &str, lab: &Lab, args: &[&str]) -> Option<Vec<String>> {
    let path = skip::program("a pcapng file", program)?;
    Some(Running::start(&path, &lab.left.namespace, args).wait().expect_code(0).lines())
}

#[test]
fn a_file_tells_interface_filter_host_comment_and_counts() {
    if !skip::is_root() {
        return;
    }
    let (lab, file) = (Lab::quiet(), Scratch::new("facts.pcapng"));
    let args = ["-i", "left0", "-s", "200", "-w", file.path(), "--comment", "the morning after", "udp"];
    let running = sniffer(&lab.left.namespace, &args);
    let sender = RawSender::open(&lab.left);
    (0..5).for_each(|_| sender.send(&frames::udp_frame(&lab.left, &lab.right, 1, 2, &[0; 300])));
    (0..3).for_each(|_| sender.send(&frames::tcp_frame(&lab.left, &lab.right, 1, 2, b"unwanted")));
    running.interrupt().expect_code(0);
    assert_eq!(counts(&file), [8, 0, 5, 0, 5].map(Some));
    if let Some(facts) = shown("capinfos", &lab, &[file.path()]) {
        for expected in [
            "Capture comment:     the morning after",
            "Capture application: sniffer",
            "Capture oper-sys:    Linux",
            "Name = left0",
            "Speed = 10000000000",
            "Capture length = 200",
            "Operating system = Linux",
            "Filter string = udp",
            "Number of packets = 5",
        ] {
            assert!(facts.iter().any(|line| line.contains(expected)), "no {expected:?} in {facts:#?}");
        }
    }
    if let Some(lines) = shown("tcpdump", &lab, &["-n", "-r", file.path()]) {
        assert_eq!(lines.len(), 5);
    }
    let fields = ["-T", "fields", "-e", "frame.interface_name", "-e", "frame.packet_flags_direction"];
    if let Some(lines) = shown("tshark", &lab, &[&["-n", "-r", file.path()][..], &fields].concat()) {
        assert_eq!(lines, ["left0\t0x00000002"; 5], "sent by this host");
    }
}

#[test]
fn the_statistics_tell_what_was_lost() {
    if !skip::is_root() {
        return;
    }
    let (lab, file) = (Lab::quiet(), Scratch::new("loss.pcapng"));
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "-B", "64", "-w", file.path()]);
    // Nobody reads the ring while the program is stopped.
    running.stop();
    let frame = frames::udp_frame(&lab.left, &lab.right, 1, 2, &[0; 1000]);
    let sent = RawSender::open(&lab.left).flood(&[frame], 10_000).sent;
    running.signal(nix::sys::signal::Signal::SIGCONT);
    let outcome = running.interrupt();
    let summary = outcome.expect_code(0).summary();
    assert!(summary.dropped > 0);
    assert_eq!(counts(&file), [sent, 0, sent, summary.dropped, summary.captured].map(Some));
}

#[test]
fn every_interface_of_any_has_its_name() {
    if !skip::is_root() {
        return;
    }
    let (lab, file) = (Lab::new(), Scratch::new("any.pcapng"));
    let running =
        sniffer(&lab.left.namespace, &["-i", "any", "-w", file.path(), "udp port 7000 or udp port 7001"]);
    traffic::udp_exchange(&lab, Version::V4, 7000, b"over the pair");
    traffic::udp_to_itself(&lab.left, 7001, b"to myself");
    running.interrupt().expect_code(0);
    let fields = ["-T", "fields", "-e", "frame.interface_name"];
    let Some(mut lines) = shown("tshark", &lab, &[&["-n", "-r", file.path()][..], &fields].concat()) else {
        return;
    };
    lines.sort();
    lines.dedup();
    assert_eq!(lines, ["left0", "lo"]);
}

#[test]
fn each_file_of_a_series_is_complete() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let files = ["series.pcapng", "series.pcapng1", "series.pcapng2"].map(Scratch::new);
    let args = ["-i", "left0", "-C", "1", "-B", "65536", "-w", files[0].path(), "udp"];
    let running = sniffer(&lab.left.namespace, &args);
    let frame = frames::udp_frame(&lab.left, &lab.right, 1, 2, &[0; 950]);
    let sent = RawSender::open(&lab.left).flood(&[frame], 2400).sent;
    running.interrupt().expect_code(0);
    let mut delivered = 0;
    for file in &files {
        assert!(Path::new(file.path()).exists(), "{}", file.path());
        let [_, _, accepted, lost, here] = counts(file).map(|count| count.expect("a number"));
        delivered += here;
        assert_eq!(lost, 0);
        assert!(accepted <= sent, "since the capture began");
        if let Some(lines) = shown("tcpdump", &lab, &["-n", "-r", file.path()]) {
            assert_eq!(lines.len() as u64, here);
        }
    }
    assert_eq!(delivered, sent);
    assert_eq!(counts(&files[2])[..3], [sent, 0, sent].map(Some));
}
