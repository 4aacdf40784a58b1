//! `sniffer top` on several interfaces, with sets, through tunnels, and with metrics.

use std::process::Command;

use serde_json::Value;

use super::{in_row, when_told};
use crate::metrics::{scrape, value};
use crate::support::frames;
use crate::support::lab::Lab;
use crate::support::process::{Running, SNIFFER, sniffer};
use crate::support::scratch::Folder;
use crate::support::sender::RawSender;
use crate::support::{skip, wait};

/// The frames of the one row of a table that is meant.
fn frames_of(object: &Value, table: &str, is_it: impl Fn(&Value) -> bool) -> u64 {
    let rows = object[table]["top"].as_array().expect("rows");
    let mut rows = rows.iter().filter(|row| is_it(row));
    let row = rows.next().unwrap_or_else(|| panic!("it is not among the {table} of {object}"));
    assert!(rows.next().is_none(), "each key is there once: {object}");
    in_row(row)
}

#[test]
fn a_host_that_talks_to_itself_has_as_many_frames_as_there_were() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let (namespace, lo) = (&lab.left.namespace, lab.left.loopback());
    let watching = sniffer(namespace, &["top", "-i", "lo", "--json", "-d", "100"]);
    let sender = RawSender::open(&lo);
    sender.flood(&[frames::udp_frame(&lo, &lo, 4000, 53, &[0; 58])], 30);
    sender.flood(&[frames::udp_frame(&lo, &lo, 53, 53, &[0; 58])], 12);
    let object = when_told(&watching, 42);
    assert_eq!(frames_of(&object, "hosts", |row| row["address"] == "127.0.0.1"), 42);
    assert_eq!(frames_of(&object, "ports", |row| row["port"] == 53), 42);
    assert_eq!(frames_of(&object, "ports", |row| row["port"] == 4000), 30);
    watching.interrupt().expect_code(0);
}

/// With a set each interface has programs and tables of its own here, because their network masks differ.
#[test]
fn several_interfaces_are_counted_together() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), Folder::new("top-several"));
    let set = format!("ports={}", folder.write("ports", "53\n"));
    let (namespace, lo) = (&lab.left.namespace, lab.left.loopback());
    for (options, name) in [
        (&["-i", "left0", "-i", "lo"][..], "left0 lo"),
        (&["-i", "left0", "-i", "lo", "--set", &set][..], "left0 lo"),
        (&["-i", "any"][..], "any"),
    ] {
        let common = ["top", "--json", "-d", "100"];
        let watching = sniffer(namespace, &[&common[..], options, &["port", "53"]].concat());
        // The same addresses on both, and each with a port of its own beside the one that they share.
        let frame = |port| frames::udp_frame(&lo, &lo, port, 53, &[0; 58]);
        RawSender::open(&lab.left).flood(&[frame(4000)], 20);
        RawSender::open(&lo).flood(&[frame(5000)], 7);
        let object = when_told(&watching, 27);
        assert_eq!(object["interface"], name);
        assert_eq!((&object["matched"]["frames"], &object["flows"]["count"]), (&27.into(), &2.into()));
        assert_eq!(frames_of(&object, "hosts", |row| row["address"] == "127.0.0.1"), 27);
        for (port, frames) in [(53, 27), (4000, 20), (5000, 7)] {
            assert_eq!(frames_of(&object, "ports", |row| row["port"] == port), frames, "{options:?}");
        }
        watching.interrupt().expect_code(0);
    }
}

#[test]
fn a_set_is_changed_while_it_is_watched() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), Folder::new("top-set"));
    let set = format!("ports={}", folder.write("ports", "53\n"));
    let mut command = Command::new(SNIFFER);
    command.args(["top", "-i", "left0", "--json", "-d", "100", "--set", &set, "dst", "port", "in", "@ports"]);
    let watching = Running::start_command(&lab.left.namespace, command.env("XDG_RUNTIME_DIR", &folder.0));
    watching.wait_until_ready();
    let send = |port| {
        let frame = frames::udp_frame(&lab.left, &lab.right, 4000, port, &[0; 58]);
        RawSender::open(&lab.left).flood(&[frame], 10);
    };
    send(53);
    send(123);
    assert_eq!(when_told(&watching, 20)["matched"]["frames"], 10);
    let mut change = Command::new(SNIFFER);
    change.args(["set", "ports", "add", "123"]).env("XDG_RUNTIME_DIR", &folder.0);
    let output = change.output().expect("it can be run");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "added 1 of 1: 2 entries\n");
    send(53);
    send(123);
    assert_eq!(when_told(&watching, 40)["matched"]["frames"], 30);
    watching.interrupt().expect_code(0);
}

#[test]
fn what_is_inside_of_tunnels_is_found_and_counted_between_their_ends() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let inner = frames::tcp_frame(&lab.right, &lab.left, 4000, 80, &[0; 46]);
    let vxlan = [&[8, 0, 0, 0, 0, 0, 42, 0], &inner[..]].concat();
    let outer = |port| frames::udp_frame(&lab.left, &lab.right, 9, port, &vxlan);
    for (options, matched) in [
        (&[][..], 0),
        (&["--see-through"][..], 10),
        (&["--see-through", "--tunnel-ports", "vxlan=5000"][..], 3),
    ] {
        let common = ["top", "-i", "left0", "--json", "-d", "100"];
        let watching = sniffer(&lab.left.namespace, &[&common[..], options, &["tcp", "port", "80"]].concat());
        let sender = RawSender::open(&lab.left);
        sender.flood(&[outer(4789)], 10);
        sender.flood(&[outer(5000)], 3);
        let object = when_told(&watching, 13);
        assert_eq!(object["matched"]["frames"], matched, "{options:?}");
        if matched > 0 {
            assert_eq!(frames_of(&object, "ports", |row| row["port"] == 9), matched);
            assert_eq!(object["flows"]["top"][0]["protocol"], "udp");
        }
        watching.interrupt().expect_code(0);
    }
}

#[test]
fn metrics_tell_what_is_counted_and_how_full_the_tables_are() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let args = ["top", "-i", "left0", "--json", "--metrics", "0", "udp port 53"];
    let watching = sniffer(&lab.left.namespace, &args);
    let sender = RawSender::open(&lab.left);
    for port in [80, 53, 53] {
        sender.send(&frames::udp_frame(&lab.left, &lab.right, 4000, port, &[0; 58]));
    }
    let text = wait::until("the frames are counted", || {
        let text = scrape(&lab.left.namespace, &watching);
        // The counters and each of the tables are read one after another, and frames come between.
        let table = |name| value(&text, &format!("sniffer_table_entries{{table=\"{name}\"}}"));
        let read =
            [value(&text, "sniffer_seen_frames_total"), table("flows"), table("hosts"), table("ports")];
        // Nor may the capture thread of a busy machine answer in time.
        (read == [3, 1, 2, 2] && value(&text, "sniffer_capture_answering") == 1).then_some(text)
    });
    for (sample, expected) in [
        ("sniffer_seen_bytes_total", 300),
        ("sniffer_matched_frames_total", 2),
        ("sniffer_protocol_matched_bytes_total{link=\"ipv4\",transport=\"udp\"}", 200),
        ("sniffer_table_evicted_total{table=\"flows\"}", 0),
        ("sniffer_table_missed_frames_total{table=\"flows\"}", 0),
    ] {
        assert_eq!(value(&text, sample), expected, "{sample} in\n{text}");
    }
    assert!(value(&text, "sniffer_filter_runs_total") > 0, "{text}");
    watching.interrupt().expect_code(0);
}
