//! Tests of the savefile formats. Files are built here byte by byte, independently of the writers, and an installed
//! tcpdump or tshark is the judge where there is one.

mod build;
mod captures;
mod damage;
mod hostile;
mod oracle;
mod variants;
mod writing;

use crate::packet::{ChecksumState, Frame, LinkType, PacketType, Timestamp};
use crate::pcap::{Error, Reader};

/// A frame that owns its bytes.
#[derive(Clone, Debug, PartialEq)]
struct Owned {
    timestamp: Timestamp,
    link_type: LinkType,
    data: Vec<u8>,
    original_len: u32,
    interface: u32,
    packet_type: Option<PacketType>,
    checksum: ChecksumState,
}

impl Owned {
    fn of(frame: &Frame<'_>) -> Self {
        Self {
            timestamp: frame.timestamp,
            link_type: frame.link_type,
            data: frame.data.to_vec(),
            original_len: frame.original_len,
            interface: frame.interface,
            packet_type: frame.packet_type,
            checksum: frame.checksum,
        }
    }

    fn frame(&self) -> Frame<'_> {
        Frame {
            timestamp: self.timestamp,
            link_type: self.link_type,
            data: &self.data,
            original_len: self.original_len,
            interface: self.interface,
            packet_type: self.packet_type,
            checksum: self.checksum,
        }
    }
}

/// A frame of a link type with the bytes 0, 1, 2, ….
fn frame(seconds: i64, nanos: u32, link_type: LinkType, length: usize) -> Owned {
    Owned {
        timestamp: Timestamp { seconds, nanos },
        link_type,
        data: (0..length).map(|at| at as u8).collect(),
        original_len: length as u32,
        interface: 0,
        packet_type: None,
        checksum: ChecksumState::Unknown,
    }
}

/// All frames of a file, and the error that ends it.
fn read_all(file: &[u8]) -> (Vec<Owned>, Option<Error>) {
    let mut frames = Vec::new();
    let mut reader = match Reader::new(file) {
        Ok(reader) => reader,
        Err(error) => return (frames, Some(error)),
    };
    loop {
        match reader.next_frame() {
            Ok(Some(frame)) => frames.push(Owned::of(&frame)),
            Ok(None) => return (frames, None),
            Err(error) => {
                assert!(matches!(reader.next_frame(), Ok(None)), "the reader is at its end after an error");
                return (frames, Some(error));
            }
        }
    }
}

/// All frames of a file that is whole.
fn read(file: &[u8]) -> Vec<Owned> {
    let (frames, error) = read_all(file);
    assert!(error.is_none(), "{error:?}");
    frames
}
