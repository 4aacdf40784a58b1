//! A flood printed as text to a file: the sniffer beside tcpdump, in turn.

#[expect(dead_code, reason = "a benchmark takes its output in one way of two, and not all figures")]
#[path = "../flood/mod.rs"]
mod flood;
#[expect(dead_code, reason = "only the benchmark of taps compares round by round")]
#[path = "../report/mod.rs"]
mod report;
#[expect(dead_code, reason = "benchmarks use a part of the laboratory")]
#[path = "../../tests/support/mod.rs"]
mod support;

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::flood::{Into, Load, ROUNDS, contenders, take_turns};
use crate::report::{Table, publish};
use crate::support::skip;

const FRAMES: u64 = 2_000_000;

fn main() -> io::Result<()> {
    if !skip::is_root() {
        return Ok(());
    }
    let ours = [("sniffer", "-n -i left0 -B 65536"), ("sniffer, defaults", "-n -i left0")];
    let others = [("tcpdump", "tcpdump", "-n -i left0 -B 65536", "listening on")];
    let mut contenders = contenders("the comparison of live text", &ours, &others);
    take_turns(&mut contenders, &Load { length: 64, frames: FRAMES, into: Into::Stdout, count: lines_of })?;
    let mut table = Table::new(&["program", "frames a second", "lost %", "CPU ns a line"]);
    for contender in &contenders {
        table.row([
            contender.name.to_owned(),
            format!("{:.0}", contender.sent.median()),
            format!("{:.3}", contender.lost().max(0.0)),
            format!("{:.0}", contender.cpu.median()),
        ]);
    }
    publish("live-text", &format!("{FRAMES} frames of 64 bytes, {ROUNDS} rounds in turn.\n\n{table}"))
}

/// One frame, one line.
fn lines_of(path: &Path, _: usize) -> io::Result<u64> {
    let (mut file, mut buffer, mut lines) = (File::open(path)?, vec![0; 1 << 20], 0);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(lines),
            count => lines += buffer[..count].iter().map(|&byte| u64::from(byte == b'\n')).sum::<u64>(),
        }
    }
}
