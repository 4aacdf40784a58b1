//! `cargo xtask ci`: everything a change must pass, the cheap checks first.

use anyhow::Result;

use crate::{dist, ebpf, oracle, test, tidy, workspace};

/// Runs every check; the first that fails ends the run.
///
/// # Errors
/// When a check fails.
pub(crate) fn run() -> Result<()> {
    workspace::step(&mut workspace::cargo(["fmt", "--all", "--check"]))?;
    tidy::run()?;
    workspace::step(&mut workspace::cargo(["clippy", "--all-targets", "--", "--deny", "warnings"]))?;
    workspace::step(workspace::cargo(["doc", "--no-deps"]).env("RUSTDOCFLAGS", "--deny warnings"))?;
    test::run(&test::Args::default())?;
    oracle::text_of_shared_captures()?;
    ebpf::check()?;
    dist::ci()
}
