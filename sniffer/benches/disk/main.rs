//! A flood captured to disk: the sniffer beside tcpdump, dumpcap and netsniff-ng, in turn.

#[expect(dead_code, reason = "a benchmark takes its output in one way of two, and not all figures")]
#[path = "../flood/mod.rs"]
mod flood;
#[expect(dead_code, reason = "only the benchmark of taps compares round by round")]
#[path = "../report/mod.rs"]
mod report;
#[expect(dead_code, reason = "benchmarks use a part of the laboratory")]
#[path = "../../tests/support/mod.rs"]
mod support;

use std::fs;
use std::io;
use std::path::Path;

use crate::flood::{Contender, Into, Load, ROUNDS, contenders, take_turns};
use crate::report::{Table, publish};
use crate::support::skip;

/// Bytes of a record's header in a pcap file, and of the file's.
const RECORD_HEADER: u64 = 16;
const FILE_HEADER: u64 = 24;

/// All rings but those of defaults have 64 MiB.
const OURS: [(&str, &str); 3] = [
    ("sniffer", "-i left0 -B 65536 -w"),
    ("sniffer, defaults", "-i left0 -w"),
    ("sniffer, page cache", "-i left0 -B 65536 --buffered -w"),
];

/// Name, program, arguments in front of the file's name, and what it says when it captures.
const PEERS: [(&str, &str, &str, &str); 4] = [
    ("tcpdump", "tcpdump", "-n -i left0 -B 65536 -w", "listening on"),
    ("tcpdump, defaults", "tcpdump", "-n -i left0 -w", "listening on"),
    ("dumpcap", "dumpcap", "-q -P -i left0 -B 64 -w", "Capturing on"),
    ("netsniff-ng", "netsniff-ng", "-s -T 0xa1b2c3d4 --ring-size 64MiB -i left0 -o", "Running!"),
];

fn main() -> io::Result<()> {
    if !skip::is_root() {
        return Ok(());
    }
    let mut body = format!("{ROUNDS} rounds in turn.\n");
    for (length, frames) in [(64, 3_000_000), (1514, 1_000_000)] {
        let mut contenders = contenders("a comparison of captures to disk", &OURS, &PEERS);
        take_turns(&mut contenders, &Load { length, frames, into: Into::Named, count: frames_of })?;
        body = format!("{body}\n{frames} frames of {length} bytes:\n\n{}", table(&contenders));
    }
    publish("disk", &body)
}

/// All frames of a file have the same length, and it holds nothing else.
fn frames_of(path: &Path, length: usize) -> io::Result<u64> {
    let record = RECORD_HEADER + length as u64;
    Ok(fs::metadata(path)?.len().saturating_sub(FILE_HEADER) / record)
}

fn table(contenders: &[Contender]) -> Table {
    let head =
        ["program", "frames a second", "lost %", "CPU ns a frame", "of tcpdump's", "RSS MiB", "cached MiB"];
    let tcpdump = contenders.iter().find(|contender| contender.name == "tcpdump");
    let mut table = Table::new(&head);
    for contender in contenders {
        let cpu = contender.cpu.median();
        table.row([
            contender.name.to_owned(),
            format!("{:.0}", contender.sent.median()),
            format!("{:.3}", contender.lost()),
            format!("{cpu:.0}"),
            tcpdump.map_or_else(String::new, |tcpdump| format!("{:.2}", cpu / tcpdump.cpu.median())),
            format!("{:.0}", contender.resident.median()),
            format!("{:.0}", contender.cached.median()),
        ]);
    }
    table
}
