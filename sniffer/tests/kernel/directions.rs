//! Captures on several interfaces, loopback among them: each frame is taken once, and is known to come or to go.

use std::collections::BTreeMap;

use crate::interfaces::check_ledger;
use crate::support::lab::Lab;
use crate::support::process::{Outcome, sniffer};
use crate::support::sender::RawSender;
use crate::support::traffic::udp_to_itself;
use crate::support::{frames, skip, wait};

/// How many frames go, come, and do both on loopback. The first source port of each kind tells them apart.
const EACH: u16 = 20;
const GOING: u16 = 1000;
const COMING: u16 = 2000;
const LOOPED: u16 = 3000;

/// What a capture is told, and which of the frames it keeps.
struct Case {
    direction: Option<&'static str>,
    filter: &'static str,
    kept: &'static [u16],
}

const CASES: [Case; 7] = [
    Case { direction: None, filter: "udp", kept: &[GOING, COMING, LOOPED] },
    // Of frames on loopback the copies that come are kept.
    Case { direction: None, filter: "udp and inbound", kept: &[COMING, LOOPED] },
    Case { direction: None, filter: "udp and not outbound", kept: &[COMING, LOOPED] },
    Case { direction: None, filter: "outbound and udp", kept: &[GOING] },
    Case { direction: Some("in"), filter: "udp", kept: &[COMING, LOOPED] },
    Case { direction: Some("out"), filter: "udp", kept: &[GOING] },
    Case { direction: Some("inout"), filter: "udp portrange 2000-3999", kept: &[COMING, LOOPED] },
];

/// Lets frames of each kind pass.
fn send(lab: &Lab) {
    let (there, back) = (RawSender::open(&lab.left), RawSender::open(&lab.right));
    for number in 0..EACH {
        there.send(&frames::udp_frame(&lab.left, &lab.right, GOING + number, 9, b"there"));
        back.deliver(&lab.right, &frames::udp_frame(&lab.right, &lab.left, COMING + number, 9, b"back"));
        udp_to_itself(&lab.left, LOOPED + number, b"to itself");
    }
}

/// How often frames were printed as of that interface, as going that way, and from that port.
fn printed(outcome: &Outcome) -> BTreeMap<(String, String, u16), u32> {
    let mut printed = BTreeMap::new();
    for line in outcome.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [interface, way, _, from, ..] = words[..] else { panic!("{line:?} is no line of a frame") };
        let port = from.rsplit_once('.').and_then(|(_, port)| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("no port in {line:?}"));
        *printed.entry((interface.to_owned(), way.to_owned(), port)).or_default() += 1;
    }
    printed
}

fn expected(kept: &[u16]) -> BTreeMap<(String, String, u16), u32> {
    let one = |kind: u16, number| {
        let (interface, way) = match kind {
            GOING => ("left0", "Out"),
            COMING => ("left0", "In"),
            _ => ("lo", "In"),
        };
        ((interface.to_owned(), way.to_owned(), kind + number), 1)
    };
    kept.iter().flat_map(|kind| (0..EACH).map(move |number| one(*kind, number))).collect()
}

fn check(lab: &Lab, interfaces: &[&str], workers: &str, case: &Case) {
    let direction = case.direction.map(|direction| ["-Q", direction]);
    let common = ["-n", "-t", "--stats=json", "--workers", workers];
    let args = [&common, interfaces, direction.as_slice().as_flattened(), &[case.filter]].concat();
    let running = sniffer(&lab.left.namespace, &args);
    send(lab);
    // Where only those are wanted that come, the kernel need not show the others.
    let shown = if case.direction == Some("in") { 2 } else { 3 };
    let kept = case.kept.len() as u64 * u64::from(EACH);
    wait::until_true("all frames are seen", || {
        let ledger = &running.statistics_so_far()["ledger"];
        ledger["seen"].as_u64() >= Some(shown * u64::from(EACH)) && ledger["matched"].as_u64() >= Some(kept)
    });
    let outcome = running.interrupt();
    assert_eq!(printed(&outcome), expected(case.kept), "{args:?}");
    check_ledger(&outcome, kept);
}

#[test]
fn each_frame_of_several_interfaces_is_taken_once_and_goes_the_right_way() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for interfaces in [&["-i", "left0", "-i", "lo"][..], &["-i", "any"]] {
        for workers in ["1", "2"] {
            for case in &CASES {
                check(&lab, interfaces, workers, case);
            }
        }
    }
}
