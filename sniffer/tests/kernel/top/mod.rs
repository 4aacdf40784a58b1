//! `sniffer top`: what it tells is what was sent.

mod keys;
mod options;
mod terminal;
mod terminals;

use serde_json::Value;

use crate::support::frames;
use crate::support::lab::Lab;
use crate::support::process::{Running, run_sniffer, sniffer};
use crate::support::sender::RawSender;
use crate::support::{skip, wait};

/// The last whole line of standard output.
fn last(running: &Running) -> Option<Value> {
    let out = running.stdout_so_far();
    let whole = out.iter().rposition(|byte| *byte == b'\n')?;
    let line = out[..whole].rsplit(|byte| *byte == b'\n').next()?;
    Some(serde_json::from_slice(line).expect("a line is an object"))
}

/// The last object, as soon as so many frames were seen and those of them that match are in all tables: these are read more
/// seldom, one after another, and frames come between. There are few enough rows for all of them to be in it.
fn when_told(watching: &Running, seen: u64) -> Value {
    wait::until("all frames are told", || {
        let object = last(watching)?;
        let in_table =
            |table: &str| object[table]["top"].as_array().expect("rows").iter().map(in_row).sum::<u64>();
        let flows = object["flows"]["top"].as_array().expect("rows");
        // A frame is in the rows of both its ends, unless that is one row.
        let in_ends = |member: &str| {
            let rows = |flow: &Value| {
                in_row(flow) * if flow["first"][member] == flow["second"][member] { 1 } else { 2 }
            };
            flows.iter().map(rows).sum::<u64>()
        };
        let told = object["seen"]["frames"] == seen && object["matched"]["frames"] == in_table("flows");
        (told && in_table("hosts") == in_ends("address") && in_table("ports") == in_ends("port"))
            .then_some(object)
    })
}

/// The frames of a row of a table, in both directions.
fn in_row(row: &Value) -> u64 {
    ["sent", "received"].into_iter().filter_map(|way| row[way]["frames"].as_u64()).sum()
}

#[test]
fn json_of_each_interval_has_all_that_was_sent_and_the_tables_only_what_matched() {
    const DATAGRAMS: u64 = 40;
    const SEGMENTS: u64 = 10;
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let watching =
        sniffer(&lab.left.namespace, &["top", "-i", "left0", "--json", "-d", "100", "udp port 53"]);
    let sender = RawSender::open(&lab.left);
    let datagram = frames::udp_frame(&lab.left, &lab.right, 4000, 53, &[0; 58]);
    let segment = frames::tcp_frame(&lab.left, &lab.right, 4000, 80, &[0; 46]);
    assert_eq!([datagram.len(), segment.len()], [100, 100]);
    sender.flood(&[datagram], DATAGRAMS);
    sender.flood(&[segment], SEGMENTS);
    let object = when_told(&watching, DATAGRAMS + SEGMENTS);
    assert_eq!(object["seen"]["bytes"], 100 * (DATAGRAMS + SEGMENTS));
    assert_eq!(object["matched"]["frames"], DATAGRAMS);
    assert_eq!(object["ledger"]["not_matched"], SEGMENTS);
    assert_eq!(object["interface"], "left0");
    let only = |table: &str| {
        assert_eq!(object[table]["evicted"], 0);
        let rows = object[table]["top"].as_array().expect("rows").clone();
        assert_eq!(object[table]["count"], rows.len());
        rows
    };
    let flows = only("flows");
    assert_eq!(flows.len(), 1);
    let end = |end: &str| (flows[0][end]["address"].clone(), flows[0][end]["port"].clone());
    assert_eq!(end("first"), (lab.left.v4.to_string().into(), 4000.into()));
    assert_eq!(end("second"), (lab.right.v4.to_string().into(), 53.into()));
    assert_eq!(flows[0]["sent"]["bytes"], 100 * DATAGRAMS);
    assert_eq!(flows[0]["received"]["frames"], 0);
    let right = only("hosts").into_iter().find(|host| host["address"] == lab.right.v4.to_string());
    assert_eq!(right.expect("it is a host")["received"]["frames"], DATAGRAMS);
    let dns = only("ports").into_iter().find(|port| port["port"] == 53);
    assert_eq!(dns.expect("it is a port")["received"]["frames"], DATAGRAMS);
    let udp = object["protocols"].as_array().expect("rows").iter().find(|row| row["transport"] == "udp");
    assert_eq!(udp.expect("there were datagrams")["matched"]["frames"], DATAGRAMS);
    assert!(object["cost"]["table_memory_bytes"].as_u64() > Some(1 << 20), "{}", object["cost"]);
    watching.interrupt().expect_code(0);
}

#[test]
fn once_is_a_page_of_text_after_one_interval() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let outcome = run_sniffer(&lab.left.namespace, &["top", "-i", "left0", "--once", "-d", "100"]);
    outcome.expect_code(0);
    let text = String::from_utf8_lossy(&outcome.stdout);
    for part in [
        "left0: all frames",
        "seen",
        "matched",
        "protocols",
        "flows: 0, 0 evicted",
        "hosts",
        "ports",
        "cost:",
    ] {
        assert!(text.contains(part), "no {part} in: {text}");
    }
    let wrong = run_sniffer(&lab.left.namespace, &["top", "-i", "left0", "--once", "tcp", "prt"]);
    wrong.expect_code(1);
    assert!(wrong.stdout.is_empty() && wrong.stderr.contains("^~~ expected"), "{}", wrong.stderr);
    run_sniffer(&lab.left.namespace, &["top", "--rows", "x"]).expect_code(2);
    let elsewhere = run_sniffer(&lab.left.namespace, &["top", "-i", "left0"]);
    elsewhere.expect_code(1);
    assert!(elsewhere.stderr.contains("--once and --json need none"), "{}", elsewhere.stderr);
}
