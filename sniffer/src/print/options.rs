//! What a line shows: tcpdump's output options as data. Knows no command line.

use crate::decode::ForcedType;

/// What is printed of each packet. The default is tcpdump's line without options.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own, as in tcpdump")]
pub struct Options {
    /// The time stamp in front (`-t` to `-ttttt`).
    pub time: TimeFormat,
    /// Digits behind the second.
    pub precision: TimePrecision,
    /// Whether the packet's number comes first (`-#`).
    pub number: bool,
    /// Whether the frame's interface and direction are shown, as those of cooked frames always are.
    pub interface: bool,
    /// Whether the link-layer header is shown (`-e`).
    pub link_header: bool,
    /// How much is left out (`-q`, and again for later fragments).
    pub quiet: u8,
    /// How much is added (`-v`, `-vv`, `-vvv`).
    pub verbose: u8,
    /// Whether TCP sequence numbers stay as sent (`-S`).
    pub absolute_sequence: bool,
    /// Whether numbers of autonomous systems that have more than 16 bits are in two parts (`-b`).
    pub asdot: bool,
    /// Whether handles of NFS are shown whole (`-u`).
    pub whole_handles: bool,
    /// Whether checksums are left unchecked (`-K`).
    pub trust_checksums: bool,
    /// Whether parts of the line are coloured.
    pub color: bool,
    /// What packets are taken for, if somebody says it (`-T`).
    pub forced_type: Option<ForcedType>,
    /// The packet's bytes under the line (`-x`, `-xx`, `-X`, `-XX`, `-A`, `-AA`).
    pub hex: HexDump,
}

/// How the time stamp looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeFormat {
    /// Local time of day.
    #[default]
    TimeOfDay,
    /// No time stamp (`-t`).
    None,
    /// Seconds since the epoch (`-tt`).
    Seconds,
    /// Time since the line before (`-ttt`).
    SincePrevious,
    /// Local date and time of day (`-tttt`).
    DateTime,
    /// Time since the first line (`-ttttt`).
    SinceFirst,
}

/// Digits behind the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimePrecision {
    /// Six.
    #[default]
    Micro,
    /// Nine.
    Nano,
}

/// The packet's bytes under the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HexDump {
    /// None, but for packets whose protocol is unknown.
    #[default]
    None,
    /// Hexadecimal (`-x`), with the link-layer header if `link` (`-xx`).
    Hex {
        /// Whether the link-layer header is included.
        link: bool,
    },
    /// Hexadecimal and ASCII (`-X`), with the link-layer header if `link` (`-XX`).
    HexAscii {
        /// Whether the link-layer header is included.
        link: bool,
    },
    /// ASCII (`-A`), with the link-layer header if `link` (`-AA`).
    Ascii {
        /// Whether the link-layer header is included.
        link: bool,
    },
}
