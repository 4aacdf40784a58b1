//! Options of the printed lines.

use clap::{ArgAction, Args, ValueEnum};

/// Options of the printed lines.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(next_help_heading = "Text")]
pub(crate) struct TextArgs {
    /// Print the frames although they are written with -w
    #[arg(long)]
    pub(crate) print: bool,

    /// Flush standard output after every line
    #[arg(short = 'l')]
    pub(crate) line_buffered: bool,

    /// Do not turn addresses, ports and protocols into names
    #[arg(short, action = ArgAction::Count)]
    pub(crate) numeric: u8,

    /// Name no IPv4 hosts outside the networks that are captured on
    #[arg(short = 'f', conflicts_with_all = ["read", "read_list"])]
    pub(crate) foreign_numeric: bool,

    /// Print names of hosts without their domain
    #[arg(short = 'N')]
    pub(crate) no_domain: bool,

    /// Print the link-layer header on each line
    #[arg(short = 'e')]
    pub(crate) link_header: bool,

    /// Take packets for this, whatever their ports tell, such as `rtp`
    #[arg(short = 'T', value_name = "TYPE")]
    pub(crate) forced_type: Option<String>,

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

    /// Print numbers of autonomous systems in asdot notation
    #[arg(short = 'b')]
    pub(crate) asdot: bool,

    /// Print handles of NFS undecoded
    #[arg(short = 'u')]
    pub(crate) undecoded_handles: bool,

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

    /// Colour lines
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    /// Print one JSON object a frame, with its bytes if -x is given
    #[arg(long, conflicts_with = "fields")]
    pub(crate) json: bool,

    /// Print these fields of each frame, such as `time,ipv4.source`; `help` lists all
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,

    /// What stands between fields [default: a tab]
    #[arg(long, value_name = "TEXT", requires = "fields", default_value = "\t", hide_default_value = true)]
    pub(crate) separator: String,

    /// Say more; -vv also shows what the kernel side logs
    #[arg(short, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// When lines are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal that has colours, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
