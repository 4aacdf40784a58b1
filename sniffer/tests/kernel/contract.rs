//! What scripts written for tcpdump rely on: readiness line, summary, exit codes, signals, streams.

use std::io::{self, BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::{env, fs};

use nix::sys::signal::Signal;

use crate::support::lab::Lab;
use crate::support::process::{Running, SNIFFER, Summary, run_sniffer, sniffer};
use crate::support::savefile::Savefile;
use crate::support::sender::RawSender;
use crate::support::traffic::{self, Version};
use crate::support::{frames, skip, wait};

/// A UDP frame from left to right that carries `payload`.
fn datagram(lab: &Lab, payload: &[u8]) -> Vec<u8> {
    frames::udp_frame(&lab.left, &lab.right, 5000, 9999, payload)
}

#[test]
fn the_readiness_line_names_interface_link_type_and_snapshot_length() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let check = |args: &[&str], expected: &str| {
        let outcome = sniffer(&lab.left.namespace, args).interrupt();
        outcome.expect_code(0);
        let lines: Vec<&str> = outcome.stderr.lines().filter(|line| line.contains("listening on")).collect();
        let [line] = lines[..] else { panic!("{args:?}: one readiness line expected: {}", outcome.stderr) };
        // tcpdump puts its name in front with -v, where no other line comes before.
        assert_eq!(line.rsplit_once(": ").map_or(line, |(_, line)| line), expected, "{args:?}");
    };
    let ethernet = "listening on left0, link-type EN10MB (Ethernet), snapshot length 262144 bytes";
    check(&["-i", "left0"], ethernet);
    check(&["-ileft0", "-n"], ethernet);
    check(&["-nnvvSs0", "-ileft0", "-c1"], ethernet);
    check(&["-nepqs", "0", "-i", "left0"], ethernet);
    check(
        &["-i", "left0", "-s96"],
        "listening on left0, link-type EN10MB (Ethernet), snapshot length 96 bytes",
    );
    check(&["-i", "lo", "-p"], "listening on lo, link-type EN10MB (Ethernet), snapshot length 262144 bytes");
    check(
        &["-i", "any"],
        "listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes",
    );
}

#[test]
fn without_v_a_line_says_that_more_can_be_shown() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let hint = "verbose output suppressed, use -v[v]... for full protocol decode";
    let check = |args: &[&str], expected: bool| {
        let outcome = sniffer(&lab.left.namespace, args).interrupt();
        assert_eq!(outcome.stderr.contains(hint), expected, "{args:?}: {}", outcome.stderr);
    };
    check(&["-i", "left0"], true);
    check(&["-i", "left0", "-v"], false);
    check(&["-i", "left0", "-w", "/dev/null"], false);
}

#[test]
fn the_summary_counts_in_singular_and_plural() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let sender = RawSender::open(&lab.left);
    let check = |count: u64, captured: &str, received: &str| {
        let running = sniffer(&lab.left.namespace, &["-n", "-i", "left0", "udp port 9999"]);
        (0..count).for_each(|_| sender.send(&datagram(&lab, b"payload")));
        let outcome = running.interrupt();
        let last: Vec<&str> = outcome.expect_code(0).stderr.lines().rev().take(3).collect();
        assert_eq!(last, ["0 packets dropped by kernel", received, captured]);
        assert_eq!(outcome.lines().len() as u64, count);
    };
    check(0, "0 packets captured", "0 packets received by filter");
    check(1, "1 packet captured", "1 packet received by filter");
    check(2, "2 packets captured", "2 packets received by filter");
}

#[test]
fn a_count_ends_the_capture_with_status_0() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let sender = RawSender::open(&lab.left);
    for (args, count) in [(&["-c1", "-nileft0"][..], 1), (&["-i", "left0", "-c", "7", "-n"][..], 7)] {
        let running = sniffer(&lab.left.namespace, args);
        (0..10).for_each(|_| sender.send(&datagram(&lab, b"payload")));
        let outcome = running.wait();
        assert_eq!(outcome.expect_code(0).lines().len(), count, "{args:?}");
        assert_eq!(outcome.summary().captured, count as u64, "{args:?}");
    }
}

#[test]
fn a_signal_ends_the_capture_with_status_0_and_delivers_what_the_ring_holds() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let sender = RawSender::open(&lab.left);
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let running = sniffer(&lab.left.namespace, &["-n", "-i", "left0", "-B", "16384"]);
        // The tap on the sending side runs inside the system call: all frames are in the ring when it returns.
        let sent = sender.flood(&[datagram(&lab, b"payload")], 5000).sent;
        running.signal(signal);
        let outcome = running.wait();
        assert_eq!(outcome.expect_code(0).lines().len() as u64, sent, "{signal}");
        assert_eq!(outcome.summary(), Summary { captured: sent, received: sent, dropped: 0 }, "{signal}");
    }
}

#[test]
fn sigusr1_reports_while_the_capture_goes_on() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let running = sniffer(&lab.left.namespace, &["-l", "-n", "-i", "left0"]);
    RawSender::open(&lab.left).send(&datagram(&lab, b"one"));
    wait::until_true("the first line is printed", || !running.stdout_so_far().is_empty());
    running.signal(Signal::SIGUSR1);
    wait::until_true("the counts are printed", || running.stderr_so_far().contains("1 packet captured"));
    RawSender::open(&lab.left).send(&datagram(&lab, b"two"));
    let outcome = running.interrupt();
    assert_eq!(outcome.expect_code(0).lines().len(), 2);
    assert!(outcome.stderr.contains("2 packets captured"), "{}", outcome.stderr);
}

#[test]
fn the_log_of_the_kernel_side_is_shown_when_asked_for() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let attached = "program attached";
    let running = sniffer(&lab.left.namespace, &["-n", "-vv", "-i", "left0", "udp"]);
    RawSender::open(&lab.left).send(&datagram(&lab, b"the first frame"));
    wait::until_true("the kernel side says it", || running.stderr_so_far().contains(attached));
    running.interrupt().expect_code(0);

    let running = sniffer(&lab.left.namespace, &["-n", "-i", "left0", "udp"]);
    RawSender::open(&lab.left).send(&datagram(&lab, b"the first frame"));
    let outcome = running.interrupt();
    assert_eq!(outcome.expect_code(0).lines().len(), 1);
    assert!(!outcome.stderr.contains(attached), "{}", outcome.stderr);
}

#[test]
fn standard_output_of_w_dash_is_the_savefile_and_nothing_else() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let sent: Vec<Vec<u8>> = (1..=20).map(|len| datagram(&lab, &vec![len; usize::from(len)])).collect();
    for args in [&["-w", "-", "-U"][..], &["-w-"][..]] {
        let running = sniffer(&lab.left.namespace, &[&["-i", "left0"], args].concat());
        let sender = RawSender::open(&lab.left);
        for frame in &sent {
            sender.send(frame);
        }
        let outcome = running.interrupt();
        let file = Savefile::parse(&outcome.expect_code(0).stdout);
        assert_eq!((file.link_type, file.snapshot_length), (1, 262_144));
        assert_eq!(file.frames, sent, "{args:?}");
    }
}

#[test]
fn u_hands_each_frame_over_at_once() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "-U", "-w", "-"]);
    let sender = RawSender::open(&lab.left);
    for number in 1..=3 {
        sender.send(&datagram(&lab, &[number]));
        wait::until_true("the frame is in the stream", || {
            Savefile::parse_whole_records(&running.stdout_so_far()).frames.len() == usize::from(number)
        });
    }
    running.interrupt().expect_code(0);
}

#[test]
fn what_is_written_reads_back_as_it_was_printed() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    let path = env::temp_dir().join(format!("sniffer-contract-{}.pcap", std::process::id()));
    let file = path.to_str().expect("a plain path");
    let running =
        sniffer(&lab.left.namespace, &["-i", "left0", "--print", "-n", "-w", file, "tcp port 7777"]);
    traffic::tcp_exchange(&lab, Version::V4, 7777, b"request");
    traffic::tcp_exchange(&lab, Version::V6, 7777, b"request");
    let live = running.interrupt();
    assert!(live.expect_code(0).lines().len() >= 10, "two connections: {:?}", live.lines());

    let read = run_sniffer(&lab.left.namespace, &["-n", "-r", file]);
    assert_eq!(read.expect_code(0).lines(), live.lines());
    assert!(read.stderr.contains(", link-type EN10MB (Ethernet), snapshot length 262144"), "{}", read.stderr);

    let input = fs::File::open(&path).expect("the savefile is there");
    let mut command = Command::new(SNIFFER);
    command.args(["-n", "-r", "-"]).stdin(Stdio::from(input));
    let piped = Running::start_command(&lab.left.namespace, &mut command).wait();
    assert_eq!(piped.expect_code(0).lines(), live.lines());

    if let Some(tcpdump) = skip::program("reading our savefile", "tcpdump") {
        let oracle = Running::start(&tcpdump, &lab.left.namespace, &["-n", "-r", file]).wait();
        assert_eq!(live.lines(), oracle.expect_code(0).lines());
    }
    fs::remove_file(&path).expect("the savefile can be removed");
}

#[test]
fn a_reader_that_goes_away_is_a_success() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let (reader, writer) = io::pipe().expect("a pipe can be made");
    let mut command = Command::new(SNIFFER);
    command.args(["-l", "-n", "-i", "left0"]).stdin(Stdio::null());
    let running = Running::start_into(&lab.left.namespace, &mut command, Stdio::from(writer));
    drop(command);
    running.wait_until_ready();
    let sender = RawSender::open(&lab.left);
    sender.send(&datagram(&lab, b"for the reader"));
    let mut line = String::new();
    BufReader::new(reader).read_line(&mut line).expect("the first line arrives");
    assert!(line.contains("10.99.0.1.5000 > 10.99.0.2.9999"), "{line}");
    sender.send(&datagram(&lab, b"for nobody"));
    running.wait().expect_code(0);
}

#[test]
fn interfaces_are_listed_as_tcpdump_lists_them_and_taken_by_number() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let list = run_sniffer(&lab.left.namespace, &["-D"]);
    let lines = list.expect_code(0).lines();
    let numbered: Vec<(&str, &str)> = lines.iter().filter_map(|line| line.split_once('.')).collect();
    for (position, (number, _)) in numbered.iter().enumerate() {
        assert_eq!(*number, (position + 1).to_string(), "{lines:?}");
    }
    if let Some(tcpdump) = skip::program("the list of interfaces", "tcpdump") {
        let oracle = Running::start(&tcpdump, &lab.left.namespace, &["-D"]).wait().lines();
        for name in ["left0", "lo", "any"] {
            let theirs =
                oracle.iter().filter_map(|line| line.split_once('.')).find(|line| line.1.starts_with(name));
            let theirs = theirs.expect("tcpdump lists it").1;
            assert!(numbered.iter().any(|line| line.1 == theirs), "{theirs} is not in {lines:?}");
        }
    }
    let left = numbered.iter().find(|line| line.1.starts_with("left0")).expect("the list has it");
    let outcome = sniffer(&lab.left.namespace, &["-i", left.0]).interrupt();
    assert!(outcome.expect_code(0).stderr.contains("listening on left0,"), "{}", outcome.stderr);
}

#[test]
fn counting_prints_the_number_of_frames_in_place_of_the_frames() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let path = env::temp_dir().join(format!("sniffer-count-{}.pcap", std::process::id()));
    let file = path.to_str().expect("a plain path");
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "-w", file]);
    let sender = RawSender::open(&lab.left);
    (1..=3).for_each(|len| sender.send(&datagram(&lab, &vec![0; len])));
    running.interrupt().expect_code(0);
    let check = |filter: &str, expected: &str| {
        let outcome = run_sniffer(&lab.left.namespace, &["-r", file, "--count", filter]);
        assert_eq!(outcome.expect_code(0).lines(), [expected], "{filter}");
    };
    check("tcp", "0 packets");
    check("less 43", "1 packet");
    check("udp", "3 packets");
    fs::remove_file(&path).expect("the savefile can be removed");
}
