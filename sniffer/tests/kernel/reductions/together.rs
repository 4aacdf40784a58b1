//! The rate limit, and all reductions at once, under a flood: the ledger adds up to the frame.

use std::time::{Duration, Instant};
use std::{slice, thread};

use serde_json::Value;

use crate::pipeline::path_options;
use crate::support::frames::{self, Fragment};
use crate::support::lab::Lab;
use crate::support::process::{run_sniffer, sniffer};
use crate::support::savefile::Savefile;
use crate::support::sender::RawSender;
use crate::support::skip;

/// How many frames a flood has.
const FRAMES: u64 = 500_000;

/// The ledger of a capture during which a flood came by, the frames it saved, how many there were, and how long it took.
struct Flood {
    statistics: Value,
    saved: Vec<Vec<u8>>,
    sent: u64,
    time: Duration,
}

impl Flood {
    fn pass(frames: &[Vec<u8>], lab: &Lab, options: &[&str]) -> Self {
        let args = [&["-i", "left0", "-w", "-", "--stats=json"], options].concat();
        let start = Instant::now();
        let running = sniffer(&lab.left.namespace, &args);
        let sent = RawSender::open(&lab.left).flood(frames, FRAMES).sent;
        let outcome = running.interrupt();
        let time = start.elapsed();
        let statistics = outcome.expect_code(0).statistics();
        assert!(!outcome.stderr.contains("do not add up"), "{}", outcome.stderr);
        Self { statistics, saved: Savefile::parse(&outcome.stdout).frames, sent, time }
    }

    fn count(&self, name: &str) -> u64 {
        self.statistics["ledger"][name].as_u64().unwrap_or_else(|| panic!("{name} in {}", self.statistics))
    }

    /// Every difference of the chain has its name.
    fn check_chain(&self) {
        let count = |name| self.count(name);
        let left_out = count("sampled_out") + count("over_flow_limit") + count("over_rate");
        assert_eq!(count("seen"), self.sent);
        assert_eq!(count("matched") - left_out, count("wanted"));
        assert_eq!(count("wanted"), count("delivered") + count("ring_full"));
        assert_eq!(count("kept_on_error") + count("malformed"), 0);
        assert_eq!(self.statistics["reductions"]["kept_unreduced"], 0);
        assert_eq!(count("written"), self.saved.len() as u64);
        assert_eq!(self.statistics["ledger"]["balanced"], true);
    }
}

#[test]
fn no_more_frames_are_kept_than_the_rate_and_one_burst() {
    const RATE: u64 = 20_000;
    const BURST: u64 = RATE / 10;
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let frame = frames::udp_frame(&lab.left, &lab.right, 1, 2, &[0; 18]);
    for path in path_options() {
        let flood = Flood::pass(slice::from_ref(&frame), &lab, &["--rate", "20000/s", "--kernel-path", path]);
        flood.check_chain();
        let wanted = flood.count("wanted");
        let processors = thread::available_parallelism().map_or(1, usize::from) as u64;
        let most = RATE * flood.time.as_millis() as u64 / 1000 + BURST + processors;
        assert!(wanted <= most, "{path}: {wanted} kept, at most {most} in {:?}", flood.time);
        assert!(wanted >= BURST, "{path}: {wanted} kept of {FRAMES}");
        assert_eq!(flood.count("over_rate"), flood.sent - flood.count("wanted"));
    }
}

#[test]
fn all_reductions_together_leave_a_ledger_that_adds_up() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let udp = |port| frames::udp_frame(&lab.left, &lab.right, port, 53, &[0x55; 200]);
    let mut sent: Vec<_> = (1000..1050).map(udp).collect();
    sent.push(frames::tcp_frame(&lab.left, &lab.right, 1, 80, &[0x55; 60]));
    for path in path_options() {
        let options = [
            ["--sample", "1/2"],
            ["--sample-flows", "1/2"],
            ["--flow-limit", "3000pkts"],
            ["--rate", "100000/s"],
            ["--snap", "udp:headers+4"],
            ["--kernel-path", path],
        ];
        let flood = Flood::pass(&sent, &lab, &[&options.concat()[..], &["udp"]].concat());
        flood.check_chain();
        assert!(flood.count("matched") < flood.count("seen"), "{path}: TCP does not match");
        assert!(flood.count("sampled_out") > 0, "{path}");
        assert!(flood.count("over_flow_limit") > 0, "{path}");
        // No flow is kept beyond its limit, but one frame for each processor that is at the same flow at once.
        assert!(flood.count("wanted") <= 50 * 3001, "{path}");
        assert!(flood.saved.iter().all(|frame| frame.len() == 14 + 20 + 8 + 4), "{path}");
        assert!(!flood.saved.is_empty(), "{path}");
        let ring = &flood.statistics["rings"][0];
        assert_eq!((&ring["shortened"], &ring["truncated"]), (&ring["delivered"], &0.into()), "{path}");
        let by_protocol = &flood.statistics["sampled_out"]["transport"]["udp"]["frames"];
        assert_eq!(by_protocol.as_u64(), Some(flood.count("sampled_out")), "{path}");
    }
}

#[test]
fn what_needs_no_headers_goes_together_with_seeing_through_tunnels() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    // The addresses that the expression asks for are those inside the tunnel, behind GRE.
    let inner = &frames::udp_frame(&lab.right, &lab.left, 1, 2, &[0x55; 60])[14..];
    let gre = [&[0, 0, 8, 0], inner].concat();
    let outer = frames::ipv4(lab.left.v4, lab.right.v4, 47, Fragment::default(), &gre);
    let tunnelled = frames::ethernet(lab.right.mac, lab.left.mac, frames::IPV4, &outer);
    let plain = frames::udp_frame(&lab.left, &lab.right, 1, 2, &[0x55; 60]);
    let expression = ["src host 10.99.0.2 and udp"];
    for path in path_options() {
        for (options, left_out) in [(["--sample", "1/2"], "sampled_out"), (["--rate", "1000/s"], "over_rate")]
        {
            let options = [&options[..], &["--see-through", "--kernel-path", path], &expression].concat();
            let flood = Flood::pass(&[tunnelled.clone(), plain.clone()], &lab, &options);
            flood.check_chain();
            assert_eq!(flood.count("matched"), flood.sent / 2, "{path}");
            assert!(flood.count(left_out) > 0 && flood.count("wanted") > 0, "{path}");
            assert!(flood.saved.iter().all(|frame| *frame == tunnelled), "{path}");
        }
    }
}

#[test]
fn savefiles_and_nonsense_are_refused() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for (args, message) in [
        (&["-r", "/dev/null", "--sample", "1/2"][..], "cannot be used with"),
        (&["-r", "/dev/null", "--snap", "headers"], "cannot be used with"),
        (&["--see-through", "--flow-limit", "9"], "cannot be used with"),
        (&["--see-through", "--sample-flows", "1/2"], "cannot be used with"),
        (&["--see-through", "--snap", "headers"], "cannot be used with"),
        (&["--sample", "0.5"], "expected 1/N"),
        (&["--rate", "0/s"], "from 1 to 10000000"),
        (&["--flow-limit", "10GB"], "kB, MB"),
        (&["--flow-table", "4096"], "--flow-limit"),
        (&["--flow-limit", "9", "--flow-table", "9"], "1024"),
        (&["--snap", "tcp:half"], "headers+N"),
    ] {
        let outcome = run_sniffer(&lab.left.namespace, &[&["-i", "left0"][..], args].concat());
        let outcome = if args.contains(&"-r") { run_sniffer(&lab.left.namespace, args) } else { outcome };
        assert!(outcome.expect_code(2).stderr.contains(message), "{args:?}: {}", outcome.stderr);
    }
    let outcome = run_sniffer(&lab.left.namespace, &["-i", "left0", "--snap", "tcq:headers"]);
    let message = &outcome.expect_code(1).stderr;
    assert!(message.contains("--snap") && message.contains("tcq"), "{message}");
}
