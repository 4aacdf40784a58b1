//! `cargo xtask oracle`: compares what the sniffer says of frames with what an installed tcpdump, or the kernel, says.

use std::ffi::OsString;

use anyhow::Result;
use clap::Subcommand;

use crate::workspace;

/// What to compare.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The printed lines with tcpdump's, packet by packet; of the captures in `../shared` where no other is given.
    Text(Example),
    /// What random expressions keep with what they keep in tcpdump, frame by frame.
    Filter(Example),
    /// The evaluator with the kernel in every way of reading packets, on random expressions; needs root.
    Kernel {
        /// How many pairs of an expression and a frame.
        #[arg(long, default_value_t = 1_000_000)]
        pairs: u64,
        /// Which expressions.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

#[derive(clap::Args)]
struct Example {
    /// Savefiles, folders of savefiles, and options of the comparison, which its example lists.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<OsString>,
}

/// Builds the comparison and runs it in the current folder.
///
/// # Errors
/// When the build fails or the comparison finds what its options call an error.
pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.what {
        What::Text(example) if example.args.is_empty() => text_of_shared_captures(),
        What::Text(example) => run_example("text_oracle", &["--release"], &example.args),
        What::Filter(example) => run_example("filter_oracle", &["--release"], &example.args),
        What::Kernel { pairs, seed } => {
            let mut cargo = workspace::cargo(["test", "--package", "sniffer", "--test", "kernel"]);
            if !workspace::is_root() {
                cargo.args(["--config", workspace::SUDO_RUNNER]);
            }
            cargo.args(["--", "--nocapture", "random_expressions_give_the_evaluators_verdicts"]);
            cargo.env("SNIFFER_ORACLE_PAIRS", pairs.to_string());
            workspace::step(cargo.env("SNIFFER_ORACLE_SEED", seed.to_string()))
        }
    }
}

/// Compares the lines of the captures beside the checkout with tcpdump's, and holds them to what is promised.
///
/// # Errors
/// When the build fails or less is equal than is promised; a checkout without such captures is none.
pub(crate) fn text_of_shared_captures() -> Result<()> {
    let captures = workspace::root().join("../shared/captures");
    if !captures.is_dir() {
        eprintln!("skipped: there are no captures in {}", captures.display());
        return Ok(());
    }
    let flags = ["-n", "-ne", "-nq", "-nS", "-ntttt", "-nX", "-nv", "-nvv"].join(" ");
    let args = ["--aims", "--flags", &flags].map(OsString::from);
    run_example("text_oracle", &[], &[&args[..], &[captures.into()]].concat())
}

fn run_example(example: &str, profile: &[&str], args: &[OsString]) -> Result<()> {
    let mut cargo = workspace::cargo(["run", "--package", "sniffer", "--example", example]);
    workspace::step(cargo.args(profile).arg("--").args(args).current_dir("."))
}
