//! Several threads print what one prints.

use std::fs;
use std::path::PathBuf;

use super::ParallelText;
use crate::packet::{ChecksumState, Frame, LinkType, Timestamp};
use crate::print::{Options, Printer, TimeFormat};
use crate::sink::{Destination, Flush, Output, Sink, Text};

/// Enough for every thread to have several batches, the last of them not full.
const FRAMES: u32 = 5_000;

/// One frame after the other: segments of nine connections in both directions, of which some are quoted in ICMP errors, and
/// a frame that cannot be.
fn packet(number: u32) -> Vec<u8> {
    let is_reverse = number % 3 == 1;
    let ports = [4000 + number as u16 % 9, 80];
    let ports = if is_reverse { [ports[1], ports[0]] } else { ports };
    let flags = if number % 500 < 9 { 0x12 } else { 0x18 };
    let mut tcp = ports.map(u16::to_be_bytes).concat();
    tcp.extend([number.wrapping_mul(1000).to_be_bytes(), number.wrapping_mul(77).to_be_bytes()].concat());
    tcp.extend([0x50, flags, 1, 0, 0, 0, 0, 0]);
    let ends = if is_reverse { [10, 0, 0, 2, 10, 0, 0, 1] } else { [10, 0, 0, 1, 10, 0, 0, 2] };
    let segment = ipv4(6, ends, &tcp);
    match number % 7 {
        5 => ipv4(1, ends, &[&[3, 1, 0, 0, 0, 0, 0, 0], segment.as_slice()].concat()),
        6 if number.is_multiple_of(5) => Vec::new(),
        _ => segment,
    }
}

fn ipv4(protocol: u8, ends: [u8; 8], payload: &[u8]) -> Vec<u8> {
    let [high, low] = (20 + payload.len() as u16).to_be_bytes();
    [&[0x45, 0, high, low, 0, 0, 0x40, 0, 64, protocol, 0, 0], ends.as_slice(), payload].concat()
}

fn printed(sink: &mut dyn Sink, path: &PathBuf) -> String {
    for number in 0..FRAMES {
        let data = packet(number);
        let frame = Frame {
            timestamp: Timestamp { seconds: (number / 100).into(), nanos: number % 100 * 7_000_000 },
            link_type: LinkType::RAW,
            data: &data,
            original_len: data.len() as u32,
            interface: 0,
            packet_type: None,
            checksum: ChecksumState::Unknown,
        };
        sink.frame(&frame).unwrap();
    }
    sink.idle().unwrap();
    assert_eq!(sink.written().frames, u64::from(FRAMES));
    sink.finish().unwrap();
    let text = fs::read_to_string(path).unwrap();
    fs::remove_file(path).unwrap();
    assert_eq!(sink.written().bytes, text.len() as u64);
    text
}

fn check(options: Options) {
    let path = |name: &str| std::env::temp_dir().join(format!("sniffer-{name}-{}", std::process::id()));
    let output = |path: &PathBuf| {
        Output::open(Destination::File(path.clone()), Flush::WhenIdle).expect("the folder is writable")
    };
    let printer = || Printer::new(options);
    let (alone, together) = (path("alone"), path("together"));
    let expected = printed(&mut Text::new(output(&alone), printer()), &alone);
    let lines = printed(&mut ParallelText::new(output(&together), printer).unwrap(), &together);
    assert_eq!(expected.lines().count(), FRAMES as usize);
    for (number, (line, expected)) in lines.lines().zip(expected.lines()).enumerate() {
        assert_eq!(line, expected, "line {number} with {options:?}");
    }
    assert_eq!(lines.len(), expected.len());
}

#[test]
fn lines_that_depend_on_earlier_ones_are_the_same() {
    let seconds = Options { time: TimeFormat::Seconds, ..Options::default() };
    check(Options { number: true, ..seconds });
    check(Options { time: TimeFormat::SincePrevious, ..seconds });
    check(Options { time: TimeFormat::SinceFirst, absolute_sequence: true, ..seconds });
    check(Options { quiet: 1, ..seconds });
}

#[test]
fn an_output_that_takes_nothing_is_an_error() {
    let full = Destination::File(PathBuf::from("/dev/full"));
    let output = Output::open(full, Flush::WhenIdle).expect("every Linux has this device");
    let mut sink = ParallelText::new(output, || Printer::new(Options::default())).unwrap();
    let data = packet(0);
    let frame = Frame {
        timestamp: Timestamp { seconds: 0, nanos: 0 },
        link_type: LinkType::RAW,
        data: &data,
        original_len: data.len() as u32,
        interface: 0,
        packet_type: None,
        checksum: ChecksumState::Unknown,
    };
    sink.frame(&frame).unwrap();
    assert!(sink.finish().is_err());
    assert_eq!(sink.written().frames, 0, "the device has taken nothing");
    // What comes behind is no news.
    assert!(sink.frame(&frame).is_ok() && sink.finish().is_ok());
    assert_eq!(sink.written().frames, 0);
}
