//! Savefiles of raw IP, made in memory.

use sniffer::packet::{ChecksumState, Frame, LinkType, Timestamp};
use sniffer::pcap::{PcapWriter, PcapngWriter, Precision, WriterOptions};

/// An IPv4 packet without a payload of its own protocol (59), from `10.0.0.SENDER`, filled up with zeros.
pub(crate) fn packet(sender: u8, len: usize) -> Vec<u8> {
    let mut packet = vec![0x45, 0, 0, 20, 0, 1, 0, 0, 64, 59, 0, 0, 10, 0, 0, sender, 10, 0, 0, 99];
    packet.resize(len.max(20), 0);
    packet
}

/// A raw IP frame; the interface is its number in a pcapng file.
pub(crate) fn frame(seconds: i64, interface: u32, data: &[u8]) -> Frame<'_> {
    Frame {
        timestamp: Timestamp { seconds, nanos: 0 },
        link_type: LinkType::RAW,
        data,
        original_len: data.len() as u32,
        interface,
        packet_type: None,
        checksum: ChecksumState::Unknown,
    }
}

const HEADER: WriterOptions =
    WriterOptions { link_type: LinkType::RAW, snaplen: 262_144, precision: Precision::Micros };

/// A pcap file of those frames.
pub(crate) fn pcap(frames: &[Frame<'_>]) -> Vec<u8> {
    let mut writer = PcapWriter::new(Vec::new(), HEADER).expect("memory takes everything");
    frames.iter().try_for_each(|frame| writer.write(frame)).expect("the frames fit");
    writer.into_inner()
}

/// A pcapng file of those frames on interfaces that are called `PREFIX0` and so on.
pub(crate) fn pcapng(prefix: &'static str, frames: &[Frame<'_>]) -> Vec<u8> {
    let name = Box::new(move |interface: u32| Some(format!("{prefix}{interface}")));
    let mut writer = PcapngWriter::new(Vec::new(), HEADER, name).expect("memory takes everything");
    frames.iter().try_for_each(|frame| writer.write(frame)).expect("the frames fit");
    writer.finish().expect("memory takes everything");
    writer.into_inner()
}
