//! Tests of the outputs on real files and pipes.

use std::error::Error as _;
use std::fs::{self, File};
use std::io::{self, PipeWriter, Read};
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use rustix::fs::{OFlags, fcntl_setfl};

use super::{Count, Destination, Error, Flush, Output, Savefile, Sink, Text, Written};
use crate::packet::{ChecksumState, Frame, LinkType, Timestamp};
use crate::pcap::{self, Format, Precision, Reader, WriterOptions};
use crate::print::{Options, Printer, TimeFormat};

const HEADER: WriterOptions =
    WriterOptions { link_type: LinkType::RAW, snaplen: 262_144, precision: Precision::Micros };
const DATA: [u8; 20] = [0x45, 0, 0, 20, 0, 1, 0, 0, 64, 59, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
const FILE_HEADER: u64 = 24;
const RECORD: u64 = 16 + DATA.len() as u64;

fn frame(seconds: i64) -> Frame<'static> {
    Frame {
        timestamp: Timestamp { seconds, nanos: 0 },
        link_type: LinkType::RAW,
        data: &DATA,
        original_len: 20,
        interface: 0,
        packet_type: None,
        checksum: ChecksumState::Unknown,
    }
}

fn output(path: &Path, flush: Flush) -> Output {
    Output::open(Destination::File(path.to_owned()), flush).unwrap()
}

/// A savefile without names of interfaces.
fn savefile(destination: Destination, flush: Flush) -> Result<Savefile, Error> {
    Savefile::create(destination, Format::Pcap, HEADER, flush, Box::new(|_: u32| None))
}

fn stream(writer: PipeWriter, flush: Flush) -> Savefile {
    let output = Output::to_stream(File::from(OwnedFd::from(writer)), Destination::Stdout, flush).unwrap();
    Savefile::new(output, Format::Pcap, HEADER, Box::new(|_: u32| None)).unwrap()
}

/// A folder that is removed with its files.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sniffer-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len()
}

/// The error and its causes in one line, as the program says them.
fn words(error: &Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line = format!("{line}: {error}");
        cause = error.source();
    }
    line
}

#[test]
fn each_policy_writes_when_it_says() {
    let folder = Folder::new("policy");
    let (one, two) = (FILE_HEADER + RECORD, FILE_HEADER + 2 * RECORD);
    let cases = [
        (Flush::WhenFull, [FILE_HEADER, FILE_HEADER, two]),
        (Flush::WhenIdle, [FILE_HEADER, one, two]),
        (Flush::EachFrame, [one, one, two]),
    ];
    for (flush, [after_frame, after_idle, after_finish]) in cases {
        let path = folder.file("a.pcap");
        let mut sink = savefile(Destination::File(path.clone()), flush).unwrap();
        assert_eq!(size(&path), FILE_HEADER, "{flush:?}: the header is written at once");
        sink.frame(&frame(1)).unwrap();
        assert_eq!(size(&path), after_frame, "{flush:?}");
        sink.idle().unwrap();
        assert_eq!(size(&path), after_idle, "{flush:?}");
        sink.flush().unwrap();
        assert_eq!(size(&path), one, "{flush:?}");
        sink.frame(&frame(2)).unwrap();
        sink.finish().unwrap();
        assert_eq!(size(&path), after_finish, "{flush:?}");
        assert_eq!(sink.written(), Written { frames: 2, bytes: two, waits: 0 });
    }
}

#[test]
fn a_file_is_truncated_and_made_with_the_mode_that_the_umask_leaves() {
    let folder = Folder::new("mode");
    let (path, reference) = (folder.file("a.pcap"), folder.file("b"));
    fs::write(&path, [7; 1000]).unwrap();
    savefile(Destination::File(path.clone()), Flush::WhenFull).unwrap();
    assert_eq!(size(&path), FILE_HEADER);
    fs::remove_file(&path).unwrap();
    savefile(Destination::File(path.clone()), Flush::WhenFull).unwrap();
    let touched = Command::new("touch").arg(&reference).status().unwrap();
    assert!(touched.success());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&path), mode(&reference));
}

#[test]
fn errors_read_as_tcpdumps() {
    let folder = Folder::new("errors");
    let missing = folder.file("missing/x.pcap");
    let error = savefile(Destination::File(missing.clone()), Flush::WhenFull).unwrap_err();
    assert_eq!(words(&error), format!("{}: No such file or directory", missing.display()));
    let mut full = savefile(Destination::File("/dev/full".into()), Flush::EachFrame);
    assert_eq!(words(full.as_mut().unwrap_err()), "/dev/full: No space left on device");
}

#[test]
fn a_frame_that_the_file_cannot_hold_is_said_with_the_file() {
    let folder = Folder::new("link");
    let path = folder.file("a.pcap");
    let mut sink = savefile(Destination::File(path.clone()), Flush::WhenFull).unwrap();
    let error = sink.frame(&Frame { link_type: LinkType::ETHERNET, ..frame(1) }).unwrap_err();
    assert!(matches!(error, Error::Format { source: pcap::Error::LinkType { .. }, .. }), "{error:?}");
    assert_eq!(sink.written().frames, 0);
}

#[test]
fn a_pipe_that_does_not_wait_is_waited_for() {
    let (mut reader, writer) = io::pipe().unwrap();
    fcntl_setfl(&writer, OFlags::NONBLOCK).unwrap();
    let expected: Vec<u8> = (0..1_000_000_u32).map(|number| number as u8).collect();
    let written = thread::scope(|scope| {
        let read = scope.spawn(move || {
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).map(|_| bytes).unwrap()
        });
        let file = File::from(OwnedFd::from(writer));
        let mut output = Output::to_stream(file, Destination::Stdout, Flush::EachFrame).unwrap();
        for part in expected.chunks(100_000) {
            output.put(part).unwrap();
            output.frame_ends().unwrap();
        }
        output.close().unwrap();
        let written = output.written();
        drop(output);
        assert_eq!(read.join().unwrap(), expected);
        written
    });
    assert_eq!((written.frames, written.bytes), (10, 1_000_000));
}

#[test]
fn a_closed_pipe_is_told_from_other_errors() {
    let (reader, writer) = io::pipe().unwrap();
    let mut sink = stream(writer, Flush::EachFrame);
    sink.frame(&frame(1)).unwrap();
    drop(reader);
    assert!(matches!(sink.frame(&frame(2)), Err(Error::ClosedPipe(Destination::Stdout))));
}

#[test]
fn tcpdump_reads_the_stream_while_it_is_written() {
    let (reader, writer) = io::pipe().unwrap();
    let mut tcpdump = Command::new("tcpdump");
    tcpdump.args(["-ttlnr", "-"]).stdin(reader).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut tcpdump = match tcpdump.spawn() {
        Ok(child) => child,
        Err(error) => return eprintln!("skipped: tcpdump does not start: {error}"),
    };
    let mut sink = stream(writer, Flush::EachFrame);
    let mut lines = tcpdump.stdout.take().unwrap();
    for second in 1..=3 {
        sink.frame(&frame(second)).unwrap();
        // The line must come before the next frame is written.
        let expected = format!("{second}.000000 IP 10.0.0.1 > 10.0.0.2: no next header\n");
        let mut line = vec![0; expected.len()];
        lines.read_exact(&mut line).unwrap();
        assert_eq!(String::from_utf8_lossy(&line), expected);
    }
    sink.finish().unwrap();
    drop(sink);
    assert!(tcpdump.wait().unwrap().success());
}

#[test]
fn the_count_is_said_at_the_end_as_tcpdump_says_it() {
    let folder = Folder::new("count");
    for count in 0..=2 {
        let (path, file) = (folder.file("count"), folder.file("a.pcap"));
        let output = output(&path, Flush::EachFrame);
        let mut sink = Count::new(output);
        let mut copy = savefile(Destination::File(file.clone()), Flush::WhenFull).unwrap();
        for second in 0..count {
            sink.frame(&frame(second)).unwrap();
            copy.frame(&frame(second)).unwrap();
        }
        sink.finish().unwrap();
        copy.finish().unwrap();
        let said = fs::read_to_string(&path).unwrap();
        assert_eq!(sink.written(), Written { frames: count as u64, bytes: said.len() as u64, waits: 0 });
        let tcpdump = Command::new("tcpdump").arg("--count").arg("-r").arg(&file).output();
        let Ok(tcpdump) = tcpdump else { return eprintln!("skipped: tcpdump does not start") };
        assert_eq!(said, String::from_utf8_lossy(&tcpdump.stdout));
    }
}

#[test]
fn a_long_stream_comes_through_whole() {
    let (mut reader, writer) = io::pipe().unwrap();
    let reading = thread::spawn(move || {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map(|_| bytes)
    });
    let mut sink = stream(writer, Flush::WhenFull);
    for second in 0..20_000 {
        sink.frame(&frame(second)).unwrap();
    }
    sink.finish().unwrap();
    let written = sink.written();
    drop(sink);
    let bytes = reading.join().unwrap().unwrap();
    assert_eq!(written, Written { frames: 20_000, ..written });
    assert_eq!(written.bytes, bytes.len() as u64);
    let mut reader = Reader::new(&bytes[..]).unwrap();
    for second in 0..20_000 {
        assert_eq!(reader.next_frame().unwrap().unwrap().timestamp.seconds, second);
    }
    assert!(reader.next_frame().unwrap().is_none());
}

#[test]
fn a_name_that_ends_in_pcapng_is_pcapng() {
    let folder = Folder::new("pcapng");
    for (name, format) in [("a.pcapng", Format::Pcapng), ("pcapng", Format::Pcap), ("a.pcap", Format::Pcap)] {
        let path = folder.file(name);
        let names = Box::new(|interface: u32| Some(format!("eth{interface}")));
        let destination = Destination::File(path.clone());
        let mut sink =
            Savefile::create(destination.clone(), destination.format(), HEADER, Flush::WhenFull, names)
                .unwrap();
        sink.frame(&Frame { interface: 3, ..frame(1) }).unwrap();
        sink.finish().unwrap();
        assert_eq!(sink.written(), Written { frames: 1, bytes: size(&path), waits: 0 });
        let mut reader = Reader::new(File::open(&path).unwrap()).unwrap();
        assert_eq!(reader.format(), format, "{name}");
        assert_eq!(reader.next_frame().unwrap().unwrap().data, DATA);
        let expected = (format == Format::Pcapng).then(|| "eth3".to_owned());
        assert_eq!(reader.interface_names().get(0), expected);
    }
}

#[test]
fn text_comes_line_by_line_or_at_the_end() {
    const LINE: u64 = "IP 10.0.0.1 > 10.0.0.2: no next header\n".len() as u64;
    let folder = Folder::new("text");
    for (flush, [after_frame, after_idle]) in
        [(Flush::EachFrame, [LINE, LINE]), (Flush::WhenIdle, [0, LINE]), (Flush::WhenFull, [0, 0])]
    {
        let path = folder.file("text");
        let output = output(&path, flush);
        let printer = Printer::new(Options { time: TimeFormat::None, ..Options::default() });
        let mut sink = Text::new(output, printer);
        sink.frame(&frame(1)).unwrap();
        assert_eq!(size(&path), after_frame, "{flush:?}");
        sink.idle().unwrap();
        assert_eq!(size(&path), after_idle, "{flush:?}");
        sink.frame(&frame(2)).unwrap();
        sink.finish().unwrap();
        let expected = "IP 10.0.0.1 > 10.0.0.2: no next header\n".repeat(2);
        assert_eq!(fs::read_to_string(&path).unwrap(), expected);
        assert_eq!(sink.written(), Written { frames: 2, bytes: 2 * LINE, waits: 0 });
    }
}
