//! `cargo xtask test`: the one test command. Runs what this machine and this user allow, and names the rest.

use std::process::Command;

use anyhow::Result;

use crate::{vm, workspace};

/// What to run.
#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Run the kernel tests through sudo; everything is built as the user.
    #[arg(long)]
    sudo: bool,
    /// Run only the kernel tests, in a virtual machine for each of these kernels; all of `kernels.lock` when none is named.
    #[arg(long, value_name = "KERNEL", num_args = 0.., conflicts_with = "sudo")]
    vm: Option<Vec<String>>,
    /// Only tests whose name contains one of these.
    #[arg(last = true)]
    filters: Vec<String>,
}

/// Runs the unit, integration and documentation tests of every default member.
///
/// The kernel tests are an integration test that passes over itself when it lacks the rights; only `--sudo` runs it
/// again with them.
///
/// # Errors
/// When a build or a test fails.
pub(crate) fn run(args: &Args) -> Result<()> {
    if let Some(kernels) = &args.vm {
        return vm::run(kernels, &args.filters);
    }
    // cargo itself takes one, the test programs any number.
    let filtered = |mut cargo: Command| workspace::step(cargo.arg("--").args(&args.filters));
    filtered(workspace::cargo(["test"]))?;
    if workspace::is_root() {
        return Ok(());
    }
    if args.sudo {
        return filtered(workspace::cargo(KERNEL_TESTS_BY_SUDO.iter().copied()));
    }
    eprintln!(
        "skipped: the kernel tests need root; `cargo xtask test --sudo` builds as you and runs them as root"
    );
    Ok(())
}

/// Builds the kernel tests as the user and lets cargo start the finished program through sudo.
const KERNEL_TESTS_BY_SUDO: &[&str] =
    &["test", "--package", "sniffer", "--test", "kernel", "--config", workspace::SUDO_RUNNER];
