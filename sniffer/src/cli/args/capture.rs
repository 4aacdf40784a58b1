//! Options of a live capture: where frames come from and how they are received.

use clap::{ArgAction, Args, ValueEnum};
use sniffer::capture::TimeStampType;
use sniffer::load::KernelPath;
use sniffer::packet::LinkType;

/// Options of a live capture: where frames come from and how they are received.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(next_help_heading = "Capture")]
pub(crate) struct CaptureArgs {
    /// Capture on this interface: a name, a number of -D, or `any`. Several are captured on together
    #[arg(short, long, value_name = "INTERFACE", action = ArgAction::Append)]
    pub(crate) interface: Vec<String>,

    /// Capture in another network namespace: a name of ip-netns(8), the number of a process in it, or a path
    #[arg(long, value_name = "NAME|PID|PATH")]
    pub(crate) netns: Option<String>,

    /// Where time stamps come from: a name of -J
    #[arg(short = 'j', long, value_name = "TYPE", value_parser = time_stamp_type)]
    pub(crate) time_stamp_type: Option<TimeStampType>,

    /// List the sources of time stamps of the interface and exit
    #[arg(short = 'J', long)]
    pub(crate) list_time_stamp_types: bool,

    /// Keep only frames that come in, or that this host sends
    #[arg(short = 'Q', long, value_name = "DIRECTION", default_value = "inout", hide_default_value = true)]
    pub(crate) direction: Direction,

    /// Share the frames of each interface among this many rings
    #[arg(long, value_name = "COUNT", default_value_t = 1, hide_default_value = true, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) workers: u16,

    /// By what the frames are shared: both directions of a flow alike, or by processor, by queue, in turn
    #[arg(long, value_name = "WAY", default_value = "hash", requires = "workers")]
    pub(crate) fanout: FanoutArg,

    /// Give each worker a thread and a savefile, whose name gets the worker's number before its extension
    #[arg(long, requires = "workers", requires = "write", conflicts_with_all = ["print", "count_only"])]
    pub(crate) file_per_worker: bool,

    /// List the interfaces and exit
    #[arg(short = 'D', long)]
    pub(crate) list_interfaces: bool,

    /// List the link types of the interface and exit
    #[arg(short = 'L', long)]
    pub(crate) list_data_link_types: bool,

    /// The link type of the frames, where there is a choice: a name of -L
    #[arg(short = 'y', long, value_name = "LINKTYPE", value_parser = link_type)]
    pub(crate) linktype: Option<LinkType>,

    /// Do not put the interface into promiscuous mode
    #[arg(short = 'p', long)]
    pub(crate) no_promiscuous_mode: bool,

    /// Keep at most this many bytes of a frame; 0 means 262144
    #[arg(short, long, value_name = "BYTES", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=262_144))]
    pub(crate) snapshot_length: u32,

    /// Size of the capture ring in KiB; else 64 MiB or more, by the speed of the link
    #[arg(short = 'B', long, value_name = "KIB", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) buffer_size: Option<u32>,

    /// Hand over each frame within a millisecond or two, not within 80; implied when frames are printed to a terminal
    #[arg(long)]
    pub(crate) immediate_mode: bool,

    /// How the kernel programs read frames: chosen by trying when not given
    #[arg(long, value_name = "PATH", hide = true)]
    pub(crate) kernel_path: Option<KernelPathArg>,
}

fn link_type(name: &str) -> Result<LinkType, String> {
    LinkType::from_name(name).ok_or_else(|| format!("invalid data link type {name}"))
}

fn time_stamp_type(name: &str) -> Result<TimeStampType, String> {
    let known = TimeStampType::ALL.into_iter().find(|known| known.name() == name);
    known.ok_or_else(|| format!("invalid time stamp type {name}"))
}

/// Directions of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Direction {
    /// Those that come in.
    In,
    /// Those that this host sends.
    Out,
    /// Both.
    Inout,
}

impl Direction {
    /// Whether only frames that come in are wanted.
    pub(crate) fn is_in(self) -> bool {
        self == Self::In
    }

    /// What a frame must be besides what the expression says, in the words of pcap-filter(7).
    pub(crate) fn condition(self) -> Option<&'static str> {
        match self {
            Self::In => Some("inbound"),
            Self::Out => Some("outbound"),
            Self::Inout => None,
        }
    }
}

/// Ways to share frames among workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FanoutArg {
    /// By addresses and ports, both directions alike.
    Hash,
    /// By the processor that handles the frame.
    Cpu,
    /// By the queue of the network card.
    Queue,
    /// In turn.
    RoundRobin,
}

/// Ways in which the kernel programs read frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KernelPathArg {
    /// Plain loads, which need the kfuncs of kernel 6.2 and `CAP_PERFMON`.
    Direct,
    /// Helper calls, which every kernel since 5.10 has.
    Compat,
}

impl From<KernelPathArg> for KernelPath {
    fn from(path: KernelPathArg) -> Self {
        match path {
            KernelPathArg::Direct => Self::Direct,
            KernelPathArg::Compat => Self::Compat,
        }
    }
}
