//! `cargo xtask fuzz`: runs a fuzz target of the `sniffer` crate under libFuzzer, led by coverage.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::workspace;

/// What cargo-fuzz compiles with, but for the address sanitizer: there is nothing unsafe to find in what is fuzzed, and it
/// would need a nightly compiler.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions -Coverflow-checks";

/// Which target to run, and for how long.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A directory of sniffer/tests/fuzz/corpus.
    name: String,
    /// How long to go on.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Further arguments for libFuzzer.
    #[arg(last = true)]
    libfuzzer: Vec<String>,
}

/// Builds the targets with coverage counters and fuzzes one. New inputs that reach new code are kept in the build
/// directory; one that fails is left in the current directory.
///
/// # Errors
/// When the build fails, or the target does.
pub(crate) fn run(args: &Args) -> Result<()> {
    let sources = workspace::root().join("sniffer/tests/fuzz");
    let found: PathBuf = workspace::target().join("fuzz/corpus").join(&args.name);
    fs::create_dir_all(&found).with_context(|| found.display().to_string())?;
    let mut cargo = workspace::cargo(["run", "--release", "--package", "sniffer", "--features", "fuzz"]);
    // Naming the target leaves build scripts and macros without counters.
    cargo.args(["--example", "fuzz", "--target", &host()?, "--"]);
    cargo.arg(&found).arg(sources.join("corpus").join(&args.name));
    cargo.arg(format!("-dict={}", sources.join("dictionary.txt").display()));
    cargo.args([&format!("-max_total_time={}", args.seconds), "-timeout=10", "-rss_limit_mb=1024"]);
    cargo.args(["-max_len=4096", "-print_final_stats=1"]).args(&args.libfuzzer);
    // Whole programs at once would take minutes to compile again.
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off");
    cargo.env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", workspace::target().join("fuzz"));
    workspace::step(cargo.env("SNIFFER_FUZZ_TARGET", &args.name))
}

/// The name of the platform that the compiler runs on.
fn host() -> Result<String> {
    let version = workspace::output(workspace::command("rustc").arg("--version").arg("--verbose"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say its host")?.to_owned())
}
