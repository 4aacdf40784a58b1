//! Writing: frames to bytes, into any [`std::io::Write`]. Knows no files and no buffering.

mod block;
mod pcap;
mod pcapng;

use std::io;

use super::link::effective_snaplen;
use super::{Error, OsError, Precision};
use crate::packet::{Frame, LinkType};

pub use self::pcap::PcapWriter;
pub use self::pcapng::{NameOfInterface, PcapngWriter};

/// What the header of a savefile says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterOptions {
    /// The link type of every frame.
    pub link_type: LinkType,
    /// The most bytes that are written of a frame, as `-s` gave it; 0 stands for the link type's maximum. What a frame
    /// has above it is cut, because readers would cut it or refuse the file.
    pub snaplen: u32,
    /// The unit of the fraction in time stamps; finer parts are cut.
    pub precision: Precision,
}

/// The bytes of a frame that a file with that snapshot length may hold.
#[inline]
fn kept<'a>(frame: &Frame<'a>, snaplen: u32) -> &'a [u8] {
    if frame.data.len() <= snaplen as usize {
        return frame.data;
    }
    let snaplen = effective_snaplen(frame.link_type, snaplen) as usize;
    &frame.data[..frame.data.len().min(snaplen)]
}

fn write_error(error: io::Error) -> Error {
    Error::Write(OsError(error))
}
