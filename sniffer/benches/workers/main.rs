//! What one interface's frames cost through one ring, and through rings that share them.

#[expect(dead_code, reason = "a benchmark with its own programs takes the clocks alone")]
#[path = "../flood/mod.rs"]
mod flood;
#[expect(dead_code, reason = "only the benchmark of taps compares round by round")]
#[path = "../report/mod.rs"]
mod report;
#[expect(dead_code, reason = "benchmarks use a part of the laboratory")]
#[path = "../../tests/support/mod.rs"]
mod support;

use std::io;

use crate::report::{Figures, Table, publish};
use crate::support::lab::Lab;
use crate::support::process::sniffer;
use crate::support::skip;

/// How often each number of rings takes its turn.
const ROUNDS: usize = 11;

/// How many frames a round sends without a pause.
const FRAMES: u64 = 1_000_000;

/// The numbers of rings.
const WORKERS: [&str; 2] = ["1", "2"];

fn main() -> io::Result<()> {
    if !skip::is_root() {
        return Ok(());
    }
    let lab = Lab::quiet();
    let flow = |port| flood::to_nobody(&lab, port, &[0x55; 22]);
    let flows: Vec<Vec<u8>> = (1000..1064).map(flow).collect();
    let mut rows = WORKERS.map(|workers| (workers, Figures::default(), Figures::default()));
    for _ in 0..ROUNDS {
        for (workers, lost, cost) in &mut rows {
            let args = ["-i", "left0", "--workers", workers, "-w", "/dev/null"];
            let running = sniffer(&lab.left.namespace, &args);
            // What arming and ending cost, twice the memory most of all, is not the frames' cost.
            let pid = flood::pid_of(&running);
            let armed = flood::cpu_time(pid)?;
            let sent = flood::send(&lab, &flows, FRAMES);
            let cpu = flood::time_until_quiet(pid)?.saturating_sub(armed);
            let captured = running.interrupt().summary().captured;
            let [sent, captured] = [sent, captured].map(|frames| f64::from(frames as u32));
            lost.push((sent - captured) * 100.0 / sent);
            cost.push(cpu.as_secs_f64() * 1e9 / captured);
        }
    }
    let mut table = Table::new(&["rings", "median % lost", "ns of CPU a captured frame", "middle half"]);
    for (workers, lost, cost) in &rows {
        let (low, high) = cost.quartiles();
        table.row([
            (*workers).to_owned(),
            format!("{:.2}", lost.median()),
            format!("{:.0}", cost.median()),
            format!("{low:.0}..{high:.0}"),
        ]);
    }
    publish("workers", &format!("{ROUNDS} rounds of {FRAMES} frames of 64 bytes, in turn.\n\n{table}"))
}
