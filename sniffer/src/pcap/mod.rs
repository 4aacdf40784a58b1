//! Savefile formats, reading and writing: pcap and pcapng. Knows no decoding, no system calls, no clock.
//!
//! [`Reader`] takes any [`std::io::Read`], finds out which format it holds and lends its frames one by one, without
//! an allocation a frame. [`PcapWriter`] and [`PcapngWriter`] put frames into any [`std::io::Write`].
//!
//! ```
//! use sniffer::packet::{Frame, LinkType, Timestamp};
//! use sniffer::pcap::{PcapWriter, Precision, Reader, WriterOptions};
//!
//! let options = WriterOptions { link_type: LinkType::RAW, snaplen: 262_144, precision: Precision::Nanos };
//! let mut writer = PcapWriter::new(Vec::new(), options)?;
//! let frame = Frame {
//!     timestamp: Timestamp { seconds: 1, nanos: 5 },
//!     link_type: LinkType::RAW,
//!     data: &[0x45, 0, 0, 20],
//!     original_len: 20,
//!     interface: 0,
//!     packet_type: None,
//!     checksum: Default::default(),
//! };
//! writer.write(&frame)?;
//!
//! let file = writer.into_inner();
//! let mut reader = Reader::new(file.as_slice())?;
//! let read = reader.next_frame()?.expect("one frame was written");
//! assert_eq!((read.timestamp, read.data, read.original_len), (frame.timestamp, frame.data, 20));
//! assert!(reader.next_frame()?.is_none());
//! # Ok::<(), sniffer::pcap::Error>(())
//! ```
#![forbid(unsafe_code)]

mod block;
mod error;
mod link;
mod reader;
mod writer;

#[cfg(test)]
mod tests;

use std::fmt;

pub use error::{Damage, Error, OsError, Part};
pub use link::maximum_snaplen;
pub use reader::{InterfaceNames, MAX_INTERFACES, Reader};
pub use writer::{
    InterfaceCounts, InterfaceDescription, Origin, PcapWriter, PcapngWriter, Provenance, WriterOptions,
};

/// Time stamps of a pcap file with microseconds, in the order of the host that reads them.
const MAGIC_MICROS: u32 = 0xa1b2_c3d4;
/// The same with nanoseconds.
const MAGIC_NANOS: u32 = 0xa1b2_3c4d;

/// The unit of the fraction in a file's time stamps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// Microseconds, tcpdump's default.
    #[default]
    Micros,
    /// Nanoseconds.
    Nanos,
}

/// A savefile's format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// pcap, of any variant that libpcap reads (<https://www.tcpdump.org/manpages/pcap-savefile.5.html>).
    Pcap,
    /// pcapng (draft-ietf-opsawg-pcapng).
    Pcapng,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pcap => "pcap",
            Self::Pcapng => "pcapng",
        })
    }
}
