//! From exec to the readiness line: the sniffer beside an installed tcpdump, in turn, in one network namespace.

#[expect(dead_code, reason = "only the benchmark of taps compares round by round")]
#[path = "../report/mod.rs"]
mod report;
#[expect(dead_code, reason = "benchmarks use a part of the laboratory")]
#[path = "../../tests/support/mod.rs"]
mod support;

use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::report::{Figures, Table, publish};
use crate::support::lab::Lab;
use crate::support::namespace::Namespace;
use crate::support::process::SNIFFER;
use crate::support::skip;

/// How often each program is started.
const ROUNDS: usize = 51;

/// What both programs are started with.
const ARGUMENTS: [&str; 4] = ["-n", "-i", "left0", "tcp port 443 or icmp"];

fn main() -> io::Result<()> {
    if !skip::is_root() {
        return Ok(());
    }
    let lab = Lab::new();
    let mut programs = vec![("sniffer", PathBuf::from(SNIFFER), Figures::default())];
    if let Some(tcpdump) = skip::program("the comparison of start times", "tcpdump") {
        programs.push(("tcpdump", tcpdump, Figures::default()));
    }
    for _ in 0..ROUNDS {
        for (_, program, figures) in &mut programs {
            figures.push(milliseconds_to_readiness(&lab.left.namespace, program)?);
        }
    }
    let mut table = Table::new(&["program", "median ms", "middle half ms", "fastest ms"]);
    for (name, _, figures) in &programs {
        let (low, high) = figures.quartiles();
        table.row([
            (*name).to_owned(),
            format!("{:.1}", figures.median()),
            format!("{low:.1}..{high:.1}"),
            format!("{:.1}", figures.minimum()),
        ]);
    }
    publish("start", &format!("{ROUNDS} rounds of `{}`.\n\n{table}", ARGUMENTS.join(" ")))
}

/// Starts the program, waits for its readiness line and ends it.
fn milliseconds_to_readiness(namespace: &Namespace, program: &Path) -> io::Result<f64> {
    let mut command = Command::new(program);
    command.args(ARGUMENTS).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = namespace.start(&mut command)?;
    let mut lines = BufReader::new(child.stderr.take().ok_or(io::ErrorKind::BrokenPipe)?).lines();
    let ready = lines.any(|line| line.is_ok_and(|line| line.contains("listening on ")));
    let elapsed = start.elapsed();
    kill(Pid::from_raw(child.id() as i32), Signal::SIGINT)?;
    lines.for_each(drop);
    child.wait()?;
    if !ready {
        return Err(io::Error::other(format!("{} never said that it listens", program.display())));
    }
    Ok(elapsed.as_secs_f64() * 1e3)
}
