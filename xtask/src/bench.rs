//! `cargo xtask bench`: runs one of the benchmarks of the `sniffer` crate with the rights that it needs.

use anyhow::Result;

use crate::workspace;

/// Which benchmark to run.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// `tap`: what a rejecting filter costs a frame and tap. `start`: from exec to the readiness line. `text`: from a
    /// savefile to lines and to JSON. `reductions`: what leaving out costs a frame that matches. `disk`, `live-text`: a flood captured to
    /// disk and printed. `workers`: one ring beside two that share an interface. `sets`: what long lists and large sets cost. `top`: a
    /// frame counted by flow, and the process that looks at the counters.
    #[arg(value_parser = ["tap", "start", "text", "reductions", "disk", "live-text", "workers", "sets", "top"])]
    name: String,
    /// Replace the figures in docs/benchmarks.md.
    #[arg(long)]
    write: bool,
}

/// Builds the benchmark in release mode as the user and runs it, through sudo when not root.
///
/// # Errors
/// When the build or the benchmark fails.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut cargo = workspace::cargo(["bench", "--package", "sniffer", "--bench", &args.name]);
    if !workspace::is_root() {
        cargo.args(["--config", workspace::SUDO_RUNNER]);
    }
    if args.write {
        cargo.args(["--", "--write"]);
    }
    workspace::step(&mut cargo)
}
