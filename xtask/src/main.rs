//! Development commands, run as `cargo xtask COMMAND`: one file a command, this one only tells them apart.
#![forbid(unsafe_code)]

mod bench;
mod ci;
mod dist;
mod ebpf;
mod fuzz;
mod oracle;
mod run;
mod setup;
mod test;
mod tidy;
mod vm;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Development commands of the sniffer workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what the eBPF build and the tests need and this machine lacks.
    Setup(setup::Args),
    /// Build the object that runs in the kernel from `sniffer-ebpf`; the result is committed.
    BuildEbpf(ebpf::Args),
    /// Build the sniffer in release mode and run it, through sudo when not root: `cargo xtask run -- -i eth0 tcp`.
    Run {
        /// Arguments of the sniffer, passed on untouched.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Run every test this machine allows: unit and documentation tests always, kernel tests as root.
    Test(test::Args),
    /// Measure: what a rejecting filter costs a frame and tap, or how long a start takes.
    Bench(bench::Args),
    /// Compare with an installed tcpdump: `cargo xtask oracle text FILE...`, `cargo xtask oracle filter [FILE...]`.
    Oracle(oracle::Args),
    /// Feed a fuzz target with inputs, led by what they reach: `cargo xtask fuzz expression --seconds 600`.
    Fuzz(fuzz::Args),
    /// Make what a distribution takes: manual pages, completions, a Debian package, or a static program.
    Dist(dist::Args),
    /// Check the house rules that neither the compiler nor clippy knows.
    Tidy,
    /// Do everything a change must pass: format, clippy, documentation, tidy, tests, the eBPF object.
    Ci,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Setup(args) => setup::run(&args),
        Command::BuildEbpf(args) => ebpf::run(&args),
        Command::Run { args } => run::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Oracle(args) => oracle::run(&args),
        Command::Fuzz(args) => fuzz::run(&args),
        Command::Dist(args) => dist::run(&args),
        Command::Tidy => tidy::run(),
        Command::Ci => ci::run(),
    }
}
