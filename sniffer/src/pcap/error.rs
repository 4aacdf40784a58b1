//! What can go wrong with a savefile, in libpcap's words where it has them. Knows no format's layout.

use std::{fmt, io};

use super::Format;
use crate::packet::LinkType;

/// Why a savefile could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The source failed.
    #[error("error reading dump file (at byte {offset})")]
    Read {
        /// Why.
        #[source]
        source: OsError,
        /// Where the header, record or block begins that could not be read whole; everything before it has been delivered.
        offset: u64,
    },
    /// The file begins like none of the formats.
    #[error("unknown file format")]
    UnknownFormat,
    /// The file is cut or makes no sense from `offset` on.
    #[error("{damage} (at byte {offset})")]
    Damaged {
        /// What is wrong.
        damage: Damage,
        /// Where the header, record or block that cannot be read begins; everything before it has been delivered.
        offset: u64,
    },
    /// The destination failed.
    #[error("error writing dump file")]
    Write(#[source] OsError),
    /// A pcap file holds one link type, and a frame has another.
    #[error(
        "a frame of link type {frame} does not fit a pcap file of link type {file}, but would a pcapng file"
    )]
    LinkType {
        /// The link type in the file's header.
        file: LinkType,
        /// The link type of the frame.
        frame: LinkType,
    },
    /// A time stamp that the format cannot hold.
    #[error("a time stamp of {seconds} seconds does not fit a {format} file, which holds 0 to {max}")]
    Timestamp {
        /// The seconds since the epoch that were to be written.
        seconds: i64,
        /// The file's format.
        format: Format,
        /// The largest number of seconds that it holds.
        max: u64,
    },
}

/// What is wrong with a damaged file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// A pcap file ends in the middle.
    #[error("truncated dump file; tried to read {wanted} {part} bytes, only got {got}")]
    Truncated {
        /// Bytes that should be there.
        wanted: usize,
        /// What they belong to.
        part: Part,
        /// Bytes that are there.
        got: usize,
    },
    /// A pcap file older than version 2.
    #[error("archaic pcap savefile format")]
    Archaic,
    /// A pcap version that nobody wrote.
    #[error("unsupported pcap savefile version {major}.{minor}")]
    PcapVersion {
        /// Major number in the header.
        major: u16,
        /// Minor number in the header.
        minor: u16,
    },
    /// Bits 16 to 25 of the link type word, which are reserved, are set.
    #[error("savefile linktype reserved bits not zero (0x{0:08x})")]
    ReservedLinkTypeBits(u32),
    /// More captured bytes than the file's own limit.
    #[error("invalid packet capture length {length}, bigger than snaplen of {snaplen}")]
    AboveSnaplen {
        /// The record's captured length.
        length: u32,
        /// The limit.
        snaplen: u32,
    },
    /// More captured bytes than any frame of the link type can have.
    #[error("invalid packet capture length {length}, bigger than maximum of {maximum}")]
    AboveMaximum {
        /// The record's captured length.
        length: u32,
        /// The limit.
        maximum: u32,
    },
    /// A pcapng file ends in the middle of a block.
    #[error("truncated pcapng dump file; tried to read {wanted} bytes, only got {got}")]
    TruncatedBlock {
        /// Bytes that should be there.
        wanted: usize,
        /// Bytes that are there.
        got: usize,
    },
    /// The length of the file's first block is out of range.
    #[error(
        "Section Header Block in pcapng dump file has invalid length 28 < _{0}_ < 1048576 (BT_SHB_INSANE_MAX)"
    )]
    SectionLength(u32),
    /// A pcapng version that is not 1.0 or 1.2.
    #[error("unsupported pcapng savefile version {major}.{minor}")]
    PcapngVersion {
        /// Major number in the section header.
        major: u16,
        /// Minor number in the section header.
        minor: u16,
    },
    /// A section header without the byte-order magic.
    #[error("the file has a section with a bad byte order magic field")]
    ByteOrderMagic,
    /// A block that could not even hold its own length.
    #[error("block in pcapng dump file has a length of {0} < 12")]
    BlockTooSmall(u32),
    /// A block whose length is not a multiple of four.
    #[error("block in pcapng dump file has a length of {0} that is not a multiple of 4")]
    BlockLength(u32),
    /// A block above the limit.
    #[error("pcapng block size {length} > maximum {maximum}")]
    BlockTooLarge {
        /// The block's length.
        length: u32,
        /// The limit.
        maximum: u32,
    },
    /// The length before a block and the one behind it differ.
    #[error("block total length in header {header} and trailer {trailer} don't match")]
    BlockTrailer {
        /// The length before the block.
        header: u32,
        /// The length behind it.
        trailer: u32,
    },
    /// A block that ends before its fields, its options or its captured bytes do.
    #[error("block of type {0} in pcapng dump file is too short")]
    BlockTooShort(u32),
    /// The file ends before the first interface description.
    #[error("the capture file has no Interface Description Blocks")]
    NoInterface,
    /// A frame stands before the first interface description of the file.
    #[error("the capture file has a packet block before any Interface Description Blocks")]
    PacketBeforeInterface,
    /// A frame names an interface that its section does not describe.
    #[error(
        "a packet arrived on interface {0}, but there's no Interface Description Block for that interface"
    )]
    UnknownInterface(u32),
    /// More interfaces than this reader keeps.
    #[error("more than {0} interfaces in the file")]
    TooManyInterfaces(u32),
    /// An option of an interface description has another length than its value needs.
    #[error("Interface Description Block has {option} option with length {length} != {expected}")]
    OptionLength {
        /// The option's name.
        option: &'static str,
        /// Its length in the file.
        length: u16,
        /// The length that it must have.
        expected: u16,
    },
    /// An option of an interface description stands there twice.
    #[error("Interface Description Block has more than one {0} option")]
    OptionTwice(&'static str),
    /// A time stamp unit too small for 64 bits.
    #[error("Interface Description Block if_tsresol option resolution {base}^-{exponent} is too high")]
    Resolution {
        /// 2 or 10.
        base: u8,
        /// The negated exponent.
        exponent: u8,
    },
}

/// The part of a pcap file in whose middle the file ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The 24 bytes before the first record.
    FileHeader,
    /// The bytes before a frame.
    RecordHeader,
    /// The frame.
    Captured,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FileHeader => "file header",
            Self::RecordHeader => "header",
            Self::Captured => "captured",
        })
    }
}

/// An I/O error that reads as in C programs: `No such file or directory`, without Rust's `(os error 2)`.
#[derive(Debug)]
pub struct OsError(pub io::Error);

impl fmt::Display for OsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        let number = self.0.raw_os_error().map(|code| format!(" (os error {code})"));
        f.write_str(number.as_deref().and_then(|number| text.strip_suffix(number)).unwrap_or(&text))
    }
}

impl std::error::Error for OsError {}
