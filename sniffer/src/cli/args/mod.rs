//! What was typed, and nothing more: no file is opened and no name looked up here. One file a group of options, as `--help`
//! shows them.

mod capture;
mod files;
mod filter;
mod reductions;
mod rotation;
mod text;
mod unsupported;

use std::net::SocketAddr;

use clap::{ArgAction, Parser, ValueEnum};

pub(crate) use self::capture::{CaptureArgs, Direction, FanoutArg, KernelPathArg};
pub(crate) use self::files::{FileArgs, Precision};
pub(crate) use self::filter::{FilterArgs, MeaningArgs, SetFile, TunnelArg};
pub(crate) use self::reductions::{Budget, Keep, ReductionArgs, SnapRule, SnapRules};
pub(crate) use self::rotation::{Autostop, RotationArgs};
pub(crate) use self::text::{Color, TextArgs};
use self::unsupported::{Refused, WithoutEffect};
use super::metrics;

/// A packet sniffer for busy Linux hosts. Takes tcpdump's options and tcpdump's filter language.
#[derive(Debug, Parser)]
#[command(
    name = "sniffer",
    version,
    max_term_width = 100,
    args_override_self = true,
    infer_long_args = true,
    disable_version_flag = true
)]
pub(crate) struct Args {
    /// Stop after this many frames
    #[arg(short, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) count: Option<u64>,

    /// Print the loss ledger and the counters by protocol at exit and on SIGUSR1
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "text")]
    pub(crate) stats: Option<StatsFormat>,

    /// Serve metrics for Prometheus over HTTP at this port of this host; at another address only if it is written
    #[arg(long, value_name = "[ADDRESS:]PORT", value_parser = metrics::address)]
    pub(crate) metrics: Option<SocketAddr>,

    #[command(flatten)]
    pub(crate) capture: CaptureArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) reductions: ReductionArgs,

    #[command(flatten)]
    pub(crate) files: FileArgs,

    #[command(flatten)]
    pub(crate) rotation: RotationArgs,

    #[command(flatten)]
    pub(crate) text: TextArgs,

    #[command(flatten)]
    without_effect: WithoutEffect,

    #[command(flatten)]
    refused: Refused,

    /// Print the version and exit
    #[arg(long, action = ArgAction::Version)]
    version: Option<bool>,

    /// What to keep, in the language of pcap-filter(7); all frames when empty
    #[arg(value_name = "EXPRESSION", allow_hyphen_values = false)]
    pub(crate) expression: Vec<String>,
}

/// Forms of the statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatsFormat {
    /// A table.
    Text,
    /// One JSON object on one line.
    Json,
}
