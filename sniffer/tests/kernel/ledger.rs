//! The loss ledger: seen, matched, delivered and dropped add up to the frame, whatever the speed.

use crate::pipeline::path_options;
use crate::support::lab::Lab;
use crate::support::process::{Outcome, sniffer};
use crate::support::sender::RawSender;
use crate::support::{frames, skip, wait};

/// How many frames each test sends.
const FRAMES: u64 = 1_000_000;

/// The ledger of a finished run.
#[derive(Debug, PartialEq, Eq)]
struct Ledger {
    seen: u64,
    matched: u64,
    delivered: u64,
    /// For whatever reason the ring was full.
    ring_full: u64,
}

impl Ledger {
    fn of(outcome: &Outcome) -> Self {
        let statistics = outcome.expect_code(0).statistics();
        let count = |name: &str| {
            statistics["ledger"][name].as_u64().unwrap_or_else(|| panic!("no ledger.{name} in {statistics}"))
        };
        Self {
            seen: count("seen"),
            matched: count("matched"),
            delivered: count("delivered"),
            ring_full: count("ring_full") + count("writer_late"),
        }
    }
}

/// Three frames out of four are TCP.
fn frames(lab: &Lab) -> Vec<Vec<u8>> {
    let tcp = frames::tcp_frame(&lab.left, &lab.right, 1000, 80, &[0x55; 60]);
    let udp = frames::udp_frame(&lab.left, &lab.right, 1000, 53, &[0x55; 60]);
    vec![tcp.clone(), udp, tcp.clone(), tcp]
}

#[test]
fn a_million_frames_on_the_sending_side_add_up() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for path in path_options() {
        // A ring that is too small for the speed, so that there is loss to account for.
        let args =
            ["-i", "left0", "-B", "256", "-w", "/dev/null", "--stats=json", "--kernel-path", path, "tcp"];
        let running = sniffer(&lab.left.namespace, &args);
        let sent = RawSender::open(&lab.left).flood(&frames(&lab), FRAMES).sent;
        let outcome = running.interrupt();
        let ledger = Ledger::of(&outcome);
        assert_eq!((ledger.seen, ledger.matched), (sent, sent / 4 * 3), "{path}");
        assert_eq!(ledger.delivered + ledger.ring_full, ledger.matched, "{path}");
        let summary = outcome.summary();
        assert_eq!((summary.captured, summary.dropped), (ledger.delivered, ledger.ring_full), "{path}");
        assert_eq!(summary.received, ledger.matched, "{path}");
    }
}

#[test]
fn a_million_frames_on_the_receiving_side_add_up() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let args = ["-i", "right0", "-n", "--stats=json", "tcp"];
    let running = sniffer(&lab.right.namespace, &args);
    RawSender::open(&lab.left).flood(&frames(&lab), FRAMES);
    // What the queue into the interface had no room for did not arrive; what it took is received a moment later.
    let arrived = lab.left.counters().tx_packets;
    wait::until_true("all frames are seen", || running.statistics_so_far()["ledger"]["seen"] == arrived);
    let outcome = running.interrupt();
    let ledger = Ledger::of(&outcome);
    assert_eq!(ledger.seen, arrived);
    assert_eq!(ledger.delivered + ledger.ring_full, ledger.matched);
    assert_eq!(outcome.lines().len() as u64, ledger.delivered);
}

#[test]
fn a_ring_that_is_large_enough_loses_nothing() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let args = ["-i", "left0", "-s", "64", "-B", "32768", "-w", "/dev/null", "--stats=json"];
    let running = sniffer(&lab.left.namespace, &args);
    // Not quite 200 bytes of the ring each, its header included.
    let sent = RawSender::open(&lab.left).flood(&frames(&lab), FRAMES / 10).sent;
    let expected = Ledger { seen: sent, matched: sent, delivered: sent, ring_full: 0 };
    assert_eq!(Ledger::of(&running.interrupt()), expected);
}
