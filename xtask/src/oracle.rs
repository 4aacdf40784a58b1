//! `cargo xtask oracle`: compares what the sniffer says of savefiles with what an installed tcpdump says.

use std::ffi::OsString;

use anyhow::Result;

use crate::workspace;

/// What to compare, and on which files.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// `text`: the printed lines, packet by packet. `filter`: what random expressions keep, frame by frame.
    #[arg(value_parser = ["text", "filter"])]
    name: String,
    /// Savefiles, folders of savefiles, and options of the comparison, which its example `NAME_oracle` lists.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<OsString>,
}

/// Builds the comparison, which is an example of the `sniffer` crate, and runs it in the current folder.
///
/// # Errors
/// When the build fails or the comparison finds what its options call an error.
pub(crate) fn run(args: &Args) -> Result<()> {
    let example = format!("{}_oracle", args.name);
    let mut cargo =
        workspace::cargo(["run", "--release", "--package", "sniffer", "--example", &example, "--"]);
    workspace::step(cargo.args(&args.args).current_dir("."))
}
