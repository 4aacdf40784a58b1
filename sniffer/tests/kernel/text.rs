//! The same traffic printed by the sniffer and by an installed tcpdump at the same time.

use std::thread;

use crate::support::lab::Lab;
use crate::support::process::{Running, sniffer, tcpdump};
use crate::support::sender::{RawSender, pin_to_last_cpu};
use crate::support::traffic::{self, Version};
use crate::support::{frames, namespace, skip, wait};

/// The port of the datagrams around each comparison, so that what was on its way when only one program was ready, or
/// still is when one has ended, is left out.
const MARKER_PORT: u16 = 65_000;
const BEGIN: &[u8] = b"begin";
const END: &[u8] = b"the end";

/// Runs both programs on left's side with `options` while `traffic` passes, and compares what they print.
fn check(lab: &Lab, options: &[&str], traffic: impl FnOnce() + Send) {
    let test = format!("comparison of {options:?}");
    // tcpdump hands frames over late without the first of these, and then has room for as many frames as the buffer has
    // slots of the longest frame's size.
    let theirs =
        tcpdump(&test, &lab.left.namespace, &[&["-l", "--immediate-mode", "-B", "65536"], options].concat());
    let Some(theirs) = theirs else { return };
    let ours = sniffer(&lab.left.namespace, &[&["-l"], options].concat());
    compare(lab, options, [ours, theirs], traffic);
}

/// Lets `traffic` pass by two programs that print it, and compares their lines.
pub(super) fn compare(lab: &Lab, options: &[&str], programs: [Running; 2], traffic: impl FnOnce() + Send) {
    thread::scope(|scope| {
        let sending = scope.spawn(|| {
            // Each processor has a queue of received frames; in one of them the marker stays behind the traffic.
            pin_to_last_cpu();
            traffic::udp_exchange(lab, Version::V4, MARKER_PORT, BEGIN);
            traffic();
            traffic::udp_exchange(lab, Version::V4, MARKER_PORT, END);
        });
        namespace::join(sending);
    });
    let [ours, theirs] = programs.map(lines_between_markers);
    for (number, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        assert_eq!(ours, theirs, "{options:?}, line {}", number + 1);
    }
    assert_eq!(ours.len(), theirs.len(), "{options:?}");
}

/// What the program prints from the answer that begins the traffic to the one that ends it.
fn lines_between_markers(running: Running) -> Vec<String> {
    wait::until_true("the last datagram is printed", || {
        let text = String::from_utf8_lossy(&running.stdout_so_far()).into_owned();
        text.lines().any(|line| is_marker(line, END))
    });
    let outcome = running.interrupt();
    let lines = outcome.expect_code(0).lines();
    let marker =
        |payload| lines.iter().position(|line| is_marker(line, payload)).expect("the marker is printed");
    lines[marker(BEGIN)..=marker(END)].to_vec()
}

fn is_marker(line: &str, payload: &[u8]) -> bool {
    line.contains(&format!(".{MARKER_PORT} > ")) && line.ends_with(&format!("length {}", payload.len()))
}

#[test]
fn connections_datagrams_and_pings_are_printed_as_tcpdump_prints_them() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    for options in [
        &["-n", "-t", "-i", "left0"][..],
        &["-n", "-t", "-e", "-i", "left0"],
        &["-n", "-t", "-q", "-i", "left0"],
        &["-n", "-t", "-S", "-i", "left0"],
        &["-n", "-t", "-i", "any"],
        &["-n", "-t", "-e", "-i", "any"],
        &["-n", "-t", "-e", "-i", "any", "-y", "LINUX_SLL"],
    ] {
        check(&lab, options, || {
            for version in [Version::V4, Version::V6] {
                traffic::tcp_exchange(&lab, version, 7777, b"request and answer");
                traffic::udp_exchange(&lab, version, 4000, b"datagram");
                traffic::ping("the printing of pings", &lab, version, 2);
            }
        });
    }
}

#[test]
fn a_filter_selects_the_lines_that_it_selects_in_tcpdump() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    for filter in [
        "",
        "tcp port 7777 or udp",
        "ip6 or udp port 65000",
        "udp and not port 4000",
        "src host 10.99.0.1 and tcp or udp port 65000",
        "udp port 65000 or (src net fd99::/64 and tcp)",
        "portrange 7000-8000 or 65000",
        "icmp or icmp6 or port 65000",
        "arp or ether src 02:00:00:00:00:02",
        "greater 80 or udp port 65000",
    ] {
        check(&lab, &["-n", "-t", "-i", "left0", filter], || {
            for version in [Version::V4, Version::V6] {
                traffic::tcp_exchange(&lab, version, 7777, b"request and answer");
                traffic::udp_exchange(&lab, version, 4000, b"datagram");
                traffic::ping("the filtering of pings", &lab, version, 1);
            }
        });
    }
}

#[test]
fn vlan_tags_are_back_in_their_place_on_both_sides_of_the_wire() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    let to_left = frames::udp_frame(&lab.right, &lab.left, 5000, 6000, b"tagged");
    let to_right = frames::udp_frame(&lab.left, &lab.right, 5000, 6000, b"tagged");
    for options in
        [&["-n", "-t", "-e", "-i", "left0"][..], &["-n", "-t", "-e", "-i", "left0", "udp port 65000 or vlan"]]
    {
        check(&lab, options, || {
            for tags in
                [&[(0x8100, 0x2005)][..], &[(0x8100, 7), (0x8100, 0x6064)], &[(0x8100, 7), (0x88a8, 100)]]
            {
                let add = |frame: &[u8]| {
                    tags.iter().fold(frame.to_vec(), |frame, &(tpid, tci)| frames::tagged(tpid, tci, &frame))
                };
                // The tag of a received frame is in the kernel's metadata, that of a sent one in its bytes.
                RawSender::open(&lab.left).send(&add(&to_right));
                RawSender::open(&lab.right).deliver(&lab.right, &add(&to_left));
            }
        });
    }
}
