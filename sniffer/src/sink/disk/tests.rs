//! Files on disk, compared with what the format's writer makes of the same frames in memory.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::packet::{ChecksumState, Frame, LinkType, Timestamp};
use crate::pcap::{Format, PcapWriter, Precision, WriterOptions};
use crate::sink::{Destination, Error, Flush, OutputOptions, Savefile, Sink, Written};

const HEADER: WriterOptions =
    WriterOptions { link_type: LinkType::ETHERNET, snaplen: 262_144, precision: Precision::Nanos };

/// A file that is removed when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("sniffer-disk-{name}-{}", std::process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
    }
}

fn create(path: &Path, options: impl Into<OutputOptions>) -> Result<Savefile, Error> {
    Savefile::create(Destination::File(path.to_owned()), Format::Pcap, HEADER, options, Box::new(|_| None))
}

/// Frames of all lengths up to the longest, more bytes of them than the buffers hold together.
fn frames(bytes: &[u8]) -> impl Iterator<Item = Frame<'_>> {
    (0..60_000_u32).map(|number| {
        let length = if number.is_multiple_of(997) { bytes.len() } else { number as usize * 31 % 1515 };
        Frame {
            timestamp: Timestamp { seconds: number.into(), nanos: number },
            link_type: LinkType::ETHERNET,
            data: &bytes[bytes.len() - length..],
            original_len: length as u32,
            interface: 0,
            packet_type: None,
            checksum: ChecksumState::Unknown,
        }
    })
}

fn payload() -> Vec<u8> {
    (0..262_144_u32).map(|position| (position % 251) as u8).collect()
}

/// Writes the frames with `between` called behind each; the file must be what the format's writer makes of them.
fn check(name: &str, options: impl Into<OutputOptions>, mut between: impl FnMut(&mut Savefile, u32, u64)) {
    let (scratch, payload) = (Scratch::new(name), payload());
    let mut sink = create(&scratch.0, options).unwrap();
    let mut expected = PcapWriter::new(Vec::new(), HEADER).unwrap();
    for (number, frame) in (0..).zip(frames(&payload)) {
        sink.frame(&frame).unwrap();
        expected.write(&frame).unwrap();
        between(&mut sink, number, expected.get_ref().len() as u64);
    }
    sink.finish().unwrap();
    let Written { frames, bytes, .. } = sink.written();
    assert!(fs::read(&scratch.0).unwrap() == expected.into_inner(), "{name}: the bytes differ");
    assert_eq!((frames, bytes), (60_000, fs::metadata(&scratch.0).unwrap().len()));
}

#[test]
fn a_file_of_many_buffers_is_exact_past_and_through_the_page_cache() {
    for (name, buffered) in [("direct", false), ("buffered", true)] {
        check(name, OutputOptions { buffered, ..OutputOptions::default() }, |_, _, _| {});
    }
}

#[test]
fn what_was_flushed_is_in_the_file_to_the_last_byte() {
    let path = Scratch::new("flushed");
    check("flushed", Flush::WhenFull, |sink, number, bytes| {
        if number.is_multiple_of(1009) {
            sink.flush().unwrap();
            assert_eq!(fs::metadata(&path.0).unwrap().len(), bytes, "frame {number}");
        }
    });
    check("policy", Flush::WhenIdle, |sink, number, _| {
        if number.is_multiple_of(4003) {
            sink.idle().unwrap();
        }
    });
}

#[test]
fn a_file_that_another_capture_writes_is_refused_and_left_alone() {
    let scratch = Scratch::new("locked");
    let payload = payload();
    let mut first = create(&scratch.0, Flush::WhenFull).unwrap();
    first.frame(&frames(&payload).nth(1).unwrap()).unwrap();
    for flush in [Flush::WhenFull, Flush::EachFrame] {
        let second = create(&scratch.0, flush);
        assert!(matches!(second, Err(Error::InUse(_))), "{second:?}");
    }
    first.finish().unwrap();
    assert_eq!(fs::metadata(&scratch.0).unwrap().len(), first.written().bytes);
    create(&scratch.0, Flush::WhenFull).expect("it is finished");
}

#[test]
fn a_finished_output_takes_nothing_more() {
    let (scratch, payload) = (Scratch::new("finished"), payload());
    let mut sink = create(&scratch.0, Flush::WhenFull).unwrap();
    sink.finish().unwrap();
    sink.finish().unwrap();
    let written = sink.written();
    let mut frames = frames(&payload);
    let taken = frames.by_ref().take(1000).try_for_each(|frame| sink.frame(&frame));
    let refused = taken.and_then(|()| sink.flush());
    assert!(matches!(refused, Err(Error::Write { .. })), "{refused:?}");
    drop(sink);
    assert_eq!(fs::metadata(&scratch.0).unwrap().len(), written.bytes);
}

#[test]
fn a_fallback_is_told_where_there_is_no_direct_io() {
    use std::sync::Mutex;
    static TOLD: Mutex<Vec<(Destination, io::Error)>> = Mutex::new(Vec::new());
    fn tell(destination: &Destination, error: io::Error) {
        TOLD.lock().unwrap().push((destination.clone(), error));
    }
    // A file that opens for writing, on a file system that has no direct I/O.
    let file = File::options().write(true).open("/proc/self/comm").unwrap();
    assert!(crate::sys::direct::alignment(&file).is_err());
    let options = OutputOptions { on_fallback: Some(tell), ..OutputOptions::default() };
    let (scratch, destination) = (Scratch::new("fallback"), Destination::File("/proc/self/comm".into()));
    drop(Savefile::create(destination.clone(), Format::Pcap, HEADER, options, Box::new(|_| None)));
    assert!(TOLD.lock().unwrap().iter().any(|(told, _)| *told == destination));
    create(&scratch.0, options).unwrap().finish().unwrap();
}
