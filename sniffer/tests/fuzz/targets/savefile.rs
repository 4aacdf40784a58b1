//! Any bytes as a savefile: its frames lie in it, damage has a place, and what was read can be written and read again.

use std::io::{self, Read};

use sniffer::packet::{Frame, Timestamp};
use sniffer::pcap::{Error, PcapngWriter, Precision, Reader, WriterOptions};

/// A source that gives a few bytes at a time, as a pipe may.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = buffer.len().min(7);
        self.0.read(&mut buffer[..size])
    }
}

pub(super) fn run(bytes: &[u8]) {
    let copy = match Reader::new(Drops(bytes)) {
        Ok(reader) => copy(reader, bytes),
        Err(error) => return check(&error, bytes),
    };
    let (mut first, mut second) = (Reader::new(bytes).expect("it was read"), copied(&copy));
    while let Ok(Some(frame)) = first.next_frame() {
        if !fits(frame.timestamp) {
            continue;
        }
        let again = second.next_frame().expect("a file that was written here").expect("a frame for each");
        assert_eq!(frame.data, again.data);
        assert_eq!((frame.original_len, frame.link_type), (again.original_len, again.link_type));
        assert_eq!(frame.timestamp, again.timestamp);
    }
    assert!(matches!(second.next_frame(), Ok(None)));
}

/// The frames of a file in another.
fn copy(mut reader: Reader<Drops<'_>>, bytes: &[u8]) -> Vec<u8> {
    let options = WriterOptions {
        link_type: reader.link_type(),
        snaplen: reader.snaplen(),
        precision: Precision::Nanos,
    };
    let mut writer =
        PcapngWriter::new(Vec::new(), options, Box::new(|_: u32| None)).expect("memory takes it");
    let end = loop {
        match reader.next_frame() {
            Ok(Some(frame)) => write(&mut writer, &frame),
            end => break end.map(|_| ()),
        }
    };
    if let Err(error) = end {
        check(&error, bytes);
    }
    assert!(matches!(reader.next_frame(), Ok(None)), "there is nothing behind the end");
    writer.finish().expect("memory takes it");
    writer.into_inner()
}

fn write(writer: &mut PcapngWriter<Vec<u8>>, frame: &Frame<'_>) {
    let written = writer.write(frame);
    assert_eq!(written.is_ok(), fits(frame.timestamp), "{written:?}: {:?}", frame.timestamp);
}

/// Whether pcapng holds the time in nanoseconds.
fn fits(time: Timestamp) -> bool {
    u64::try_from(time.seconds).is_ok_and(|seconds| {
        seconds.checked_mul(1_000_000_000).and_then(|nanos| nanos.checked_add(time.nanos.into())).is_some()
    })
}

fn copied(file: &[u8]) -> Reader<&[u8]> {
    Reader::new(file).expect("a file that was written here")
}

/// Damage is in the file, and nothing else is wrong with bytes in memory.
fn check(error: &Error, bytes: &[u8]) {
    match error {
        Error::Damaged { offset, .. } => assert!(*offset <= bytes.len() as u64, "{error}"),
        Error::UnknownFormat => {}
        other => panic!("{other}"),
    }
    assert_eq!(error.to_string().lines().count(), 1);
}
