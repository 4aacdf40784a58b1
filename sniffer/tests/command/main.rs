//! The program as a command: options, and what it does with savefiles. Needs no rights and no network.

mod clock;
mod compressed;
mod damaged;
mod filter;
mod forced_type;
mod options;
mod reading;
mod rotation;
mod savefiles;
#[expect(dead_code, reason = "captures have single files, and series by name")]
#[path = "../support/scratch.rs"]
mod scratch;
mod terminal;

use std::process::{Command, Output, Stdio};

/// Runs the program with an empty input.
fn sniffer(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sniffer"));
    command.args(args).stdin(Stdio::null()).output().expect("the program starts")
}

/// Runs tcpdump beside it; `None`, and a line, where there is none.
fn tcpdump(args: &[&str]) -> Option<Output> {
    let output = Command::new("tcpdump").args(args).stdin(Stdio::null()).output();
    output.map_err(|error| eprintln!("skipped: tcpdump does not start: {error}")).ok()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts how a run ended; shows what it said if otherwise.
#[track_caller]
fn expect_code(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", stderr(output));
}
