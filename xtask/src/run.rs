//! `cargo xtask run`: build as the user, then become the sniffer, with root's rights.

use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;

use anyhow::{Context as _, Result};

use crate::workspace;

/// Builds the release binary and replaces this process by it, through sudo when not root.
///
/// Replacing the process leaves signals and the exit code exactly as the sniffer's own.
///
/// # Errors
/// When the build fails or the program cannot be started. On success it does not return.
pub(crate) fn run(args: &[OsString]) -> Result<()> {
    workspace::step(&mut workspace::cargo(["build", "--release", "--package", "sniffer"]))?;
    let program = workspace::target().join("release/sniffer");
    let mut command = workspace::as_root(&program);
    command.args(args);
    let line = workspace::typed(&command);
    eprintln!("$ {line}");
    Err(command.exec()).with_context(|| format!("cannot start `{line}`"))
}
