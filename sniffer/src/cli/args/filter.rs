//! Options of the expression and of what it is compiled to.

use std::path::PathBuf;

use clap::{ArgAction, Args};

/// Options of the expression and of what it is compiled to.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filter")]
pub(crate) struct FilterArgs {
    /// Read the expression from a file
    #[arg(short = 'F', value_name = "FILE", conflicts_with = "expression")]
    pub(crate) expression_file: Option<PathBuf>,

    /// Print the compiled expression and exit: -d as assembly, -dd as a C array, -ddd as decimal numbers
    #[arg(short, action = ArgAction::Count)]
    pub(crate) dump_code: u8,
}
