//! What one interface's frames cost through one ring, and through rings that share them.

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
use crate::support::sender::{RawSender, pin_to_last_cpu};
use crate::support::{frames, skip};

/// How often each number of rings takes its turn.
const ROUNDS: usize = 11;

/// How many frames a round sends without a pause.
const FRAMES: u64 = 1_000_000;

/// The unit of times in proc(5): 100 a second on every architecture.
const USER_HZ: f64 = 100.0;

/// The numbers of rings.
const WORKERS: [&str; 2] = ["1", "2"];

fn main() -> io::Result<()> {
    if !skip::is_root() {
        return Ok(());
    }
    let lab = Lab::quiet();
    let flow = |port| frames::udp_frame(&lab.left, &lab.right, port, 2000, &[0x55; 22]);
    let flows: Vec<Vec<u8>> = (1000..1064).map(flow).collect();
    let mut rows = WORKERS.map(|workers| (workers, Figures::default(), Figures::default()));
    pin_to_last_cpu();
    for _ in 0..ROUNDS {
        for (workers, lost, cost) in &mut rows {
            let args = ["-i", "left0", "--workers", workers, "-w", "/dev/null"];
            let running = sniffer(&lab.left.namespace, &args);
            let sent = RawSender::open(&lab.left).flood(&flows, FRAMES).sent;
            let before = children_cpu_time()?;
            let outcome = running.interrupt();
            let captured = outcome.summary().captured;
            let [sent, captured] = [sent, captured].map(|frames| f64::from(frames as u32));
            lost.push((sent - captured) * 100.0 / sent);
            cost.push((children_cpu_time()? - before) / captured);
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

/// The CPU time in nanoseconds of all programs that have been waited for: `cutime` and `cstime` of proc(5).
fn children_cpu_time() -> io::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The name in parentheses, which comes second, may hold blanks.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks =
        fields.split_ascii_whitespace().skip(13).take(2).filter_map(|field| field.parse::<f64>().ok());
    Ok(ticks.sum::<f64>() * 1e9 / USER_HZ)
}
