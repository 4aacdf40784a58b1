//! What was typed, and nothing more: no file is opened and no name looked up here.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{ArgAction, Parser, ValueEnum};

/// A packet sniffer for busy Linux hosts. Takes tcpdump's options and tcpdump's filter language.
#[derive(Debug, Parser)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(
    name = "sniffer",
    version,
    max_term_width = 100,
    override_usage = "sniffer [OPTIONS] [EXPRESSION]",
    args_override_self = true
)]
pub(crate) struct Args {
    /// Capture on this interface: a name, a number of -D, or `any`
    #[arg(short, long, value_name = "INTERFACE")]
    pub(crate) interface: Option<String>,

    /// List the interfaces and exit
    #[arg(short = 'D', long)]
    pub(crate) list_interfaces: bool,

    /// Do not put the interface into promiscuous mode
    #[arg(short = 'p', long)]
    pub(crate) no_promiscuous_mode: bool,

    /// Stop after this many frames
    #[arg(short, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) count: Option<u64>,

    /// Keep at most this many bytes of a frame; 0 means 262144
    #[arg(short, long, value_name = "BYTES", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=262_144))]
    pub(crate) snapshot_length: u32,

    /// Size of the capture ring in KiB
    #[arg(short = 'B', long, value_name = "KIB", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) buffer_size: Option<u32>,

    /// Read frames from a savefile; `-` is standard input
    #[arg(short, value_name = "FILE", conflicts_with = "interface")]
    pub(crate) read: Option<PathBuf>,

    /// Write frames to a savefile instead of printing them; `-` is standard output
    #[arg(short, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,

    /// Print the frames although they are written with -w
    #[arg(long, requires = "write")]
    pub(crate) print: bool,

    /// Print only how many frames matched
    #[arg(long = "count", conflicts_with_all = ["write", "print"])]
    pub(crate) count_only: bool,

    /// Read the expression from a file
    #[arg(short = 'F', value_name = "FILE", conflicts_with = "expression")]
    pub(crate) expression_file: Option<PathBuf>,

    /// Flush the savefile after every frame
    #[arg(short = 'U', long)]
    pub(crate) packet_buffered: bool,

    /// Flush standard output after every line
    #[arg(short = 'l')]
    pub(crate) line_buffered: bool,

    /// Do not turn addresses and ports into names
    #[arg(short, action = ArgAction::Count)]
    pub(crate) numeric: u8,

    /// Print the link-layer header on each line
    #[arg(short = 'e')]
    pub(crate) link_header: bool,

    /// Print less about each frame
    #[arg(short, action = ArgAction::Count)]
    pub(crate) quiet: u8,

    /// Time stamps: -t none, -tt seconds since 1970, -ttt since the line before, -tttt with the date, -ttttt since the
    /// first line
    #[arg(short, action = ArgAction::Count)]
    pub(crate) timestamp: u8,

    /// Print absolute TCP sequence numbers
    #[arg(short = 'S', long)]
    pub(crate) absolute_tcp_sequence_numbers: bool,

    /// Print a packet number at the beginning of each line
    #[arg(short = '#', long)]
    pub(crate) number: bool,

    /// Leave checksums unchecked
    #[arg(short = 'K', long)]
    pub(crate) dont_verify_checksums: bool,

    /// Print each frame's bytes in hex without its link-layer header; -xx with it
    #[arg(short = 'x', action = ArgAction::Count)]
    pub(crate) hex: u8,

    /// Print each frame's bytes in hex and ASCII without its link-layer header; -XX with it
    #[arg(short = 'X', action = ArgAction::Count)]
    pub(crate) hex_ascii: u8,

    /// Print each frame's bytes in ASCII without its link-layer header; -AA with it
    #[arg(short = 'A', action = ArgAction::Count)]
    pub(crate) ascii: u8,

    /// Unit of time stamps in savefiles and on lines
    #[arg(long, value_name = "PRECISION", default_value = "micro", overrides_with_all = ["micro", "nano"])]
    pub(crate) time_stamp_precision: Precision,

    /// The same as --time-stamp-precision=micro
    #[arg(long, overrides_with = "nano")]
    pub(crate) micro: bool,

    /// The same as --time-stamp-precision=nano
    #[arg(long)]
    pub(crate) nano: bool,

    /// Say more; -vv also shows what the kernel side logs
    #[arg(short, action = ArgAction::Count)]
    pub(crate) verbose: u8,

    /// Print the compiled expression and exit: -d as assembly, -dd as a C array, -ddd as decimal numbers
    #[arg(short, action = ArgAction::Count)]
    pub(crate) dump_code: u8,

    /// Print the loss ledger and the counters by protocol at exit and on SIGUSR1
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "text")]
    pub(crate) stats: Option<StatsFormat>,

    /// How the kernel programs read frames: chosen by trying when not given
    #[arg(long, value_name = "PATH", hide = true)]
    pub(crate) kernel_path: Option<KernelPathArg>,

    /// What to keep, in the language of pcap-filter(7); all frames when empty
    #[arg(value_name = "EXPRESSION", allow_hyphen_values = false)]
    pub(crate) expression: Vec<String>,
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

/// Forms of the statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatsFormat {
    /// A table.
    Text,
    /// One JSON object on one line.
    Json,
}

/// Ways in which the kernel programs read frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KernelPathArg {
    /// Plain loads, which need the kfuncs of kernel 6.2 and `CAP_PERFMON`.
    Direct,
    /// Helper calls, which every kernel since 5.10 has.
    Compat,
}
