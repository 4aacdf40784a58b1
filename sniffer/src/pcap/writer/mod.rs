//! Writing: frames to bytes, into any [`std::io::Write`]. Knows no files and no buffering.

mod pcap;

pub use self::pcap::{PcapWriter, WriterOptions};
