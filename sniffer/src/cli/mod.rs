//! Arguments, plan, wiring, exit codes. Imported by `main.rs` alone.

mod args;
mod plan;
mod run;

mod dump;
mod input;
mod outputs;
mod reading;
mod signals;
mod worker;

mod names;
mod summary;

use std::process::ExitCode;

use clap::Parser as _;
use sniffer::sink;

use self::args::Args;

/// Runs the program: 0 when it did what it was told or when nobody reads its output any more, 1 when it could not, 2 (by
/// clap) when the options make no sense.
pub(crate) fn main() -> ExitCode {
    match run::run(Args::parse()) {
        Err(error) if !is_closed_pipe(&error) => {
            eprintln!("sniffer: {error:#}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| matches!(cause.downcast_ref(), Some(sink::Error::ClosedPipe(_))))
}
