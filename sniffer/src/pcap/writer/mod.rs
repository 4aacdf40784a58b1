//! Writing: frames to bytes, into any [`std::io::Write`]. Knows no files and no buffering.

mod block;
mod pcap;
mod pcapng;
mod provenance;

use std::io;

use super::{Error, OsError, Precision, maximum_snaplen};
use crate::packet::{Frame, LinkType};

pub use self::pcap::PcapWriter;
pub use self::pcapng::PcapngWriter;
pub use self::provenance::{InterfaceCounts, InterfaceDescription, Origin, Provenance};

/// What the header of a savefile says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterOptions {
    /// The link type of every frame.
    pub link_type: LinkType,
    /// The most bytes that were captured of a frame, as `-s` gave it; 0 stands for the link type's maximum.
    ///
    /// Longer frames are written all the same, and nothing of them is lost for a reader that takes them: in pcap as
    /// they are, which tcpdump cuts when it reads, and in pcapng on an interface that is described again without a limit.
    /// Only what exceeds [`maximum_snaplen`], which readers refuse, is cut.
    pub snaplen: u32,
    /// The unit of the fraction in time stamps; finer parts are cut.
    pub precision: Precision,
}

/// The bytes of a frame that readers take.
#[inline]
fn readable<'a>(frame: &Frame<'a>) -> &'a [u8] {
    let maximum = maximum_snaplen(frame.link_type) as usize;
    frame.data.get(..maximum).unwrap_or(frame.data)
}

fn write_error(error: io::Error) -> Error {
    Error::Write(OsError(error))
}
