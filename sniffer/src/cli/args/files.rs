//! Options of savefiles, read and written.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{ArgAction, Args, ValueEnum};

/// Options of savefiles, read and written.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(next_help_heading = "Files")]
pub(crate) struct FileArgs {
    /// Read frames from a savefile; `-` is standard input. Several are read one after the other
    #[arg(short, value_name = "FILE", action = ArgAction::Append)]
    pub(crate) read: Vec<PathBuf>,

    /// Read the savefiles whose names stand in this file, one a line; `-` is standard input
    #[arg(short = 'V', value_name = "FILE", conflicts_with = "read")]
    pub(crate) read_list: Option<PathBuf>,

    /// Write frames to a savefile instead of printing them; `-` is standard output
    #[arg(short, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,

    /// Print only how many frames matched; with -w beside the savefile
    #[arg(long = "count", conflicts_with = "print")]
    pub(crate) count_only: bool,

    /// Flush the savefile after every frame
    #[arg(short = 'U', long)]
    pub(crate) packet_buffered: bool,

    /// Become this user when the interface or the first savefile to read is open, before any file is written
    #[arg(short = 'Z', long, value_name = "USER")]
    pub(crate) relinquish_privileges: Option<String>,

    /// Write the savefile through the page cache, not past it
    #[arg(long, requires = "write")]
    pub(crate) buffered: bool,

    /// Say this in the head of a pcapng file; more than once, too
    #[arg(long, value_name = "TEXT", requires = "write", action = ArgAction::Append)]
    pub(crate) comment: Vec<String>,

    /// Unit of time stamps in savefiles and on lines
    #[arg(long, value_name = "PRECISION", default_value = "micro", overrides_with_all = ["micro", "nano"])]
    pub(crate) time_stamp_precision: Precision,

    /// The same as --time-stamp-precision=micro
    #[arg(long, overrides_with = "nano")]
    pub(crate) micro: bool,

    /// The same as --time-stamp-precision=nano
    #[arg(long)]
    pub(crate) nano: bool,
}

/// Units of time stamps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    /// Microseconds.
    Micro,
    /// Nanoseconds.
    Nano,
}

impl ValueEnum for Precision {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Micro, Self::Nano]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Micro => PossibleValue::new("micro"),
            Self::Nano => PossibleValue::new("nano"),
        })
    }
}
