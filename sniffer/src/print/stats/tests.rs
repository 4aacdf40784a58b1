//! Numbers as they are told.

use serde_json::Value;
use sniffer_common::cell;

use super::*;
use crate::counters::{Cell, FlowCounts, FragmentCounts, Link, Transport};

/// The report of these numbers.
fn report<'a>(ledger: &'a Ledger, snapshot: &'a Snapshot, rings: &'a [RingAccount]) -> Report<'a> {
    Report { ledger, snapshot, rings, one_in: None }
}

/// Seven frames seen, three of them matched, one of those lost.
fn example() -> (Ledger, Snapshot) {
    let mut snapshot = Snapshot::default();
    let mut count = |link, transport, seen: u64, matched: u64, size: u64| {
        let index = cell(link, transport) as usize;
        snapshot.seen.cells[index] = Cell { frames: seen, bytes: seen * size };
        snapshot.matched.cells[index] = Cell { frames: matched, bytes: matched * size };
    };
    count(Link::Ipv4, Transport::Tcp, 4, 2, 1514);
    count(Link::Ipv6, Transport::Tcp, 1, 1, 74);
    count(Link::Arp, Transport::None, 2, 0, 42);
    let ledger = Ledger { ring_full: 1, delivered: 2, written: 2, ..Ledger::of_kernel(&snapshot) };
    (ledger, snapshot)
}

#[test]
fn the_table_shows_every_class_that_was_seen_and_no_other() {
    let (ledger, snapshot) = example();
    let mut out = String::new();
    text(&report(&ledger, &snapshot, &[]), &mut out);
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    for expected in [
        "seen 7",
        "not matched 4",
        "matched 3",
        "ring full 1",
        "delivered 2",
        "written 2",
        "ipv4 4 6056 2 3028",
        "ipv6 1 74 1 74",
        "arp 2 84 0 0",
        "tcp 5 6130 3 3102",
        "none 2 84 0 0",
    ] {
        let expected: Vec<&str> = expected.split(' ').collect();
        assert!(rows.contains(&expected), "{expected:?} is missing in\n{out}");
    }
    assert_eq!(rows.len(), 14, "\n{out}");
}

#[test]
fn the_table_shows_what_was_left_out_and_why_where_that_was_asked_for() {
    let (_, mut snapshot) = example();
    let index = cell(Link::Ipv4, Transport::Tcp) as usize;
    snapshot.over_flow_limit.cells[index] = Cell { frames: 2, bytes: 3028 };
    snapshot.flows = Some(FlowCounts { entered: 5, evicted: 1, kept_over_limit: 0 });
    snapshot.fragments =
        Some(FragmentCounts { first: 2, followed: 3, evicted: 1, ..FragmentCounts::default() });
    let ledger = Ledger { delivered: 1, written: 1, ..Ledger::of_kernel(&snapshot) };
    let mut out = String::new();
    text(&Report { one_in: NonZeroU32::new(8), ..report(&ledger, &snapshot, &[]) }, &mut out);
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    let expected = [
        "seen 7",
        "not matched 4",
        "matched 3",
        "over flow limit 2",
        "wanted 1",
        "delivered 1",
        "written 1",
        "reductions count",
        "flows entered 5",
        "flows evicted 1",
        "budget keeps one in 8",
        "fragments count",
        "first ones 2",
        "followed the first 3",
        "verdicts evicted 1",
    ];
    for (row, expected) in rows[1..].iter().zip(expected) {
        assert_eq!(row.join(" "), expected, "\n{out}");
    }
}

#[test]
fn the_table_shows_rings_when_there_are_several_or_frames_were_cut() {
    let (ledger, snapshot) = example();
    let ring = RingAccount {
        name: "eth0".to_owned(),
        received: 3,
        delivered: 2,
        dropped: 1,
        ..RingAccount::default()
    };
    let shows = |rings: &[RingAccount]| {
        let mut out = String::new();
        text(&report(&ledger, &snapshot, rings), &mut out);
        out.lines().filter(|line| line.contains("eth0")).count()
    };
    assert_eq!(shows(std::slice::from_ref(&ring)), 0);
    assert_eq!(shows(&[ring.clone(), ring.clone()]), 2);
    assert_eq!(shows(&[RingAccount { truncated: 1, ..ring.clone() }]), 1);
    assert_eq!(shows(&[RingAccount { shortened: 1, ..ring }]), 1);
}

#[test]
fn a_ledger_that_does_not_add_up_is_never_hidden() {
    let (mut ledger, snapshot) = example();
    ledger.delivered += 1;
    let (mut table, mut line) = (String::new(), String::new());
    text(&report(&ledger, &snapshot, &[]), &mut table);
    json(&report(&ledger, &snapshot, &[]), &mut line);
    assert!(table.contains("do not add up"), "{table}");
    assert!(line.contains("\"balanced\":false"), "{line}");
}

#[test]
fn json_is_one_line_of_numbers_with_every_documented_key() {
    let (ledger, snapshot) = example();
    let mut line = String::new();
    let ring = |name: &str| RingAccount {
        name: name.to_owned(),
        received: 3,
        truncated: 1,
        ..RingAccount::default()
    };
    let rings = [ring("eth0"), ring("a\\\"b\u{1}")];
    json(&Report { one_in: NonZeroU32::new(4), ..report(&ledger, &snapshot, &rings) }, &mut line);
    assert!(!line.contains('\n'));
    let read: Value = serde_json::from_str(&line).expect("valid JSON");
    for (path, expected) in [
        ("/ledger/seen", 7),
        ("/ledger/not_matched", 4),
        ("/ledger/matched", 3),
        ("/ledger/sampled_out", 0),
        ("/ledger/over_flow_limit", 0),
        ("/ledger/over_rate", 0),
        ("/ledger/wanted", 3),
        ("/ledger/kept_on_error", 0),
        ("/ledger/ring_full", 1),
        ("/ledger/writer_late", 0),
        ("/ledger/malformed", 0),
        ("/ledger/delivered", 2),
        ("/ledger/not_written", 0),
        ("/ledger/written", 2),
        ("/seen/frames", 7),
        ("/seen/bytes", 6214),
        ("/seen/link/ipv4/bytes", 6056),
        ("/seen/transport/tcp/frames", 5),
        ("/seen/transport/none/frames", 2),
        ("/reductions/kept_unreduced", 0),
        ("/reductions/kept_over_flow_limit", 0),
        ("/reductions/flows_entered", 0),
        ("/reductions/flows_evicted", 0),
        ("/reductions/budget_one_in", 4),
        ("/fragments/first", 0),
        ("/fragments/followed", 0),
        ("/fragments/orphaned", 0),
        ("/fragments/unremembered", 0),
        ("/fragments/evicted", 0),
        ("/over_rate/link/ipv4/frames", 0),
        ("/over_flow_limit/frames", 0),
        ("/sampled_out/transport/tcp/bytes", 0),
        ("/matched/frames", 3),
        ("/matched/link/arp/frames", 0),
        ("/matched/transport/tcp/bytes", 3102),
    ] {
        assert_eq!(read.pointer(path).and_then(Value::as_u64), Some(expected), "{path} in {line}");
    }
    assert_eq!(read["ledger"]["balanced"], true);
    assert_eq!((&read["rings"][0]["name"], &read["rings"][0]["received"]), (&"eth0".into(), &3.into()));
    assert_eq!(
        (&read["rings"][1]["name"], &read["rings"][1]["truncated"]),
        (&"a\\\"b\u{1}".into(), &1.into())
    );
    for (group, count) in [("link", Link::COUNT), ("transport", Transport::COUNT)] {
        assert_eq!(read["matched"][group].as_object().map(serde_json::Map::len), Some(count as usize));
    }
}
