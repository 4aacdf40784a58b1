//! Several rings of one run: interfaces together, workers that share one, other namespaces, directions. The ledger adds
//! up in each.

use std::fs;
use std::os::fd::AsRawFd as _;

use serde_json::Value;
use sniffer::packet::Frame;
use sniffer::pcap::Reader;

use crate::support::lab::Lab;
use crate::support::namespace::Namespace;
use crate::support::process::{Outcome, Running, run_sniffer, sniffer};
use crate::support::sender::RawSender;
use crate::support::traffic::{Version, udp_exchange, udp_to_itself};
use crate::support::{frames, skip};

/// Asserts that the ledger and each ring add up, and gives the statistics.
#[track_caller]
fn balanced(outcome: &Outcome) -> Value {
    let statistics = outcome.expect_code(0).statistics();
    assert_eq!(statistics["ledger"]["balanced"], true, "{statistics}");
    assert!(!outcome.stderr.contains("add up"), "{}", outcome.stderr);
    let sum =
        |key: &str| rings(&statistics).iter().map(|ring| ring[key].as_u64().expect("a number")).sum::<u64>();
    assert_eq!(statistics["ledger"]["delivered"], sum("delivered"), "{statistics}");
    assert_eq!(statistics["ledger"]["matched"], sum("received"), "{statistics}");
    statistics
}

fn rings(statistics: &Value) -> &Vec<Value> {
    statistics["rings"].as_array().expect("a list")
}

/// One frame of each of 100 flows.
fn flows(lab: &Lab) -> Vec<Vec<u8>> {
    let flow = |port| frames::tcp_frame(&lab.left, &lab.right, port, 80, &[0x55; 60]);
    (1000..1100).map(flow).collect()
}

#[test]
fn several_interfaces_are_captured_on_together_and_named() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    let args = ["-n", "-t", "-i", "left0", "-i", "lo", "--stats=json", "udp port 7 or udp port 9"];
    let running = sniffer(&lab.left.namespace, &args);
    udp_exchange(&lab, Version::V4, 7, b"over the wire");
    udp_to_itself(&lab.left, 9, b"to itself");
    let outcome = running.interrupt();
    let statistics = balanced(&outcome);
    let names: Vec<&Value> = rings(&statistics).iter().map(|ring| &ring["name"]).collect();
    assert_eq!(names, ["left0", "lo"]);
    let lines = outcome.lines();
    let starts = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    assert!(starts("left0 Out IP 10.99.0.1.") > 0 && starts("left0 In  IP 10.99.0.2.7 > ") > 0, "{lines:?}");
    assert_eq!(starts("lo    In  IP 127.0.0.1."), 1, "{lines:?}");
    for name in ["left0", "lo"] {
        assert!(outcome.stderr.contains(&format!("listening on {name}, ")), "{}", outcome.stderr);
    }
}

#[test]
fn interfaces_that_cannot_be_captured_on_together_are_refused() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for (args, words) in [
        (&["-i", "left0", "-i", "left0"][..], "left0: the interface is named twice"),
        (&["-i", "any", "-i", "left0"], "any stands for all interfaces"),
        (&["-i", "left0", "-i", "nosuch0"], "nosuch0: No such device exists"),
        (&["-i", "left0", "--netns", "nosuch"], "network namespace nosuch: No such file"),
    ] {
        let outcome = run_sniffer(&lab.left.namespace, args);
        assert!(outcome.expect_code(1).stderr.contains(words), "{args:?}: {}", outcome.stderr);
    }
    for args in [&["-i", "left0", "--file-per-worker"][..], &["-i", "left0", "--workers", "0"]] {
        run_sniffer(&lab.left.namespace, args).expect_code(2);
    }
}

#[test]
fn workers_together_lose_nothing_that_is_not_counted() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for ring in ["512", "65536"] {
        let args = [
            "-i",
            "left0",
            "-s",
            "96",
            "-B",
            ring,
            "--workers",
            "3",
            "-w",
            "/dev/null",
            "--stats=json",
            "tcp",
        ];
        let running = sniffer(&lab.left.namespace, &args);
        let sent = RawSender::open(&lab.left).flood(&flows(&lab), 200_000).sent;
        let outcome = running.interrupt();
        let statistics = balanced(&outcome);
        assert_eq!(statistics["ledger"]["seen"], sent);
        assert_eq!(rings(&statistics).len(), 3);
        assert!(rings(&statistics).iter().all(|ring| ring["shortened"] == ring["delivered"]), "{statistics}");
        assert!(rings(&statistics).iter().all(|ring| ring["received"].as_u64() > Some(0)), "{statistics}");
    }
}

#[test]
fn time_stamp_types_are_those_of_tcpdump() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for interface in ["left0", "lo", "any"] {
        let ours = run_sniffer(&lab.left.namespace, &["-J", "-i", interface]);
        let Some(tcpdump) = skip::program("time stamp types", "tcpdump") else { return };
        let theirs = Running::start(&tcpdump, &lab.left.namespace, &["-J", "-i", interface]).wait();
        // It prints the list on standard error in some versions.
        let theirs = theirs.lines().into_iter().chain(theirs.stderr.lines().map(str::to_owned));
        assert_eq!(ours.expect_code(0).lines(), theirs.collect::<Vec<_>>());
    }
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "-j", "adapter_unsynced"]);
    let warning = "WARNING: When trying to set timestamp type 'adapter_unsynced' on left0: \
                   That type of time stamp is not supported by that device";
    assert!(running.interrupt().expect_code(0).stderr.contains(warning));
    run_sniffer(&lab.left.namespace, &["-i", "left0", "-j", "sundial"]).expect_code(2);
}

#[test]
fn all_interfaces_together_keep_ethernet_headers_in_pcapng() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let path = std::env::temp_dir().join(format!("sniffer-{}-any.pcapng", std::process::id()));
    let file = path.to_str().expect("a plain path");
    let running = sniffer(&lab.left.namespace, &["-i", "any", "-w", file, "--stats=json", "udp"]);
    let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, b"with its header");
    RawSender::open(&lab.left).send(&frame);
    RawSender::open(&lab.left).send(&frames::tcp_frame(&lab.left, &lab.right, 1, 2, b"unwanted"));
    udp_to_itself(&lab.left, 9, b"to itself");
    balanced(&running.interrupt());
    let frames = saved(&path);
    let names: Vec<&[u8]> = frames.iter().map(|frame| &frame[frame.len() - 9..]).collect();
    assert_eq!((frames.len(), &frames[0], names[1]), (2, &frame, &b"to itself"[..]), "{names:?}");
    assert_eq!(frames[1][..14], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0]);
    fs::remove_file(&path).expect("it is ours");
}

/// The frames of a savefile.
fn saved(path: &std::path::Path) -> Vec<Vec<u8>> {
    let bytes = fs::read(path).expect("the file is there");
    let mut reader = Reader::new(bytes.as_slice()).expect("a savefile");
    let mut frames = Vec::new();
    while let Some(Frame { data, .. }) = reader.next_frame().expect("the file is whole") {
        frames.push(data.to_vec());
    }
    frames
}

#[test]
fn each_worker_writes_its_flows_to_its_file() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let directory = std::env::temp_dir().join(format!("sniffer-{}-workers", std::process::id()));
    fs::create_dir_all(&directory).expect("a temporary directory");
    let file = directory.join("flows.pcap");
    let file = file.to_str().expect("a plain path");
    let args = ["-i", "left0", "--workers", "2", "--file-per-worker", "-w", file, "--stats=json"];
    let running = sniffer(&lab.left.namespace, &args);
    let sent = RawSender::open(&lab.left).flood(&flows(&lab), 1000).sent;
    let statistics = balanced(&running.interrupt());
    assert_eq!((&statistics["ledger"]["written"], rings(&statistics).len()), (&sent.into(), 2));
    let files = [0, 1].map(|worker| saved(&directory.join(format!("flows-{worker}.pcap"))));
    assert_eq!(files.iter().map(Vec::len).sum::<usize>() as u64, sent);
    for flow in flows(&lab) {
        let counts = files.each_ref().map(|frames| frames.iter().filter(|frame| **frame == flow).count());
        assert!(counts == [10, 0] || counts == [0, 10], "{counts:?}");
    }
    fs::remove_dir_all(&directory).expect("it is ours");
}

#[test]
fn a_limit_holds_for_all_workers_together() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let args = ["-n", "-t", "-i", "left0", "--workers", "2", "-c", "70", "--stats=json"];
    let running = sniffer(&lab.left.namespace, &args);
    RawSender::open(&lab.left).flood(&flows(&lab), 1000);
    let outcome = running.wait();
    let statistics = balanced(&outcome);
    assert_eq!((outcome.lines().len(), &statistics["ledger"]["written"]), (70, &70.into()));
}

#[test]
fn a_direction_is_that_of_tcpdump() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    for (direction, expected) in [("in", [0, 1]), ("out", [1, 0]), ("inout", [1, 1])] {
        for workers in ["1", "2"] {
            let args = [
                "-n",
                "-t",
                "-i",
                "left0",
                "--workers",
                workers,
                "-Q",
                direction,
                "--stats=json",
                "udp port 7",
            ];
            let running = sniffer(&lab.left.namespace, &args);
            udp_exchange(&lab, Version::V4, 7, b"datagram");
            let outcome = running.interrupt();
            balanced(&outcome);
            let lines = outcome.lines();
            let count = |words: &str| lines.iter().filter(|line| line.contains(words)).count().min(1);
            let counts = [count("> 10.99.0.2.7: "), count("10.99.0.2.7 > ")];
            assert_eq!(counts, expected, "-Q {direction} with {workers} workers: {lines:?}");
        }
    }
}

#[test]
fn a_capture_in_another_namespace_is_as_one_from_inside() {
    if !skip::is_root() {
        return;
    }
    let (lab, elsewhere) = (Lab::new(), Namespace::new().expect("root can make namespaces"));
    let path = format!("/proc/{}/fd/{}", std::process::id(), lab.left.namespace.file().as_raw_fd());
    let listed = run_sniffer(&elsewhere, &["-D", "--netns", &path]);
    assert!(listed.expect_code(0).lines().iter().any(|line| line.contains("left0")), "{listed:?}");
    for interface in ["left0", "any"] {
        let args = ["-n", "-t", "-i", interface, "--netns", &path, "--stats=json", "udp port 7"];
        let running = sniffer(&elsewhere, &args);
        udp_exchange(&lab, Version::V4, 7, b"datagram");
        let outcome = running.interrupt();
        balanced(&outcome);
        let lines = outcome.lines();
        assert!(lines.iter().any(|line| line.contains("IP 10.99.0.2.7 > 10.99.0.1.")), "{lines:?}");
        assert_eq!(lines.iter().all(|line| line.starts_with("left0 ")), interface == "any", "{lines:?}");
    }
}
