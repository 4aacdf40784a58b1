//! Lines of packets that are built here, checked against what is written here and against an installed tcpdump.

mod build;
mod golden;
mod hostile;
mod lines;
mod oracle;

use super::{HexDump, Lines as _, Options, Printer, TimeFormat};
use crate::decode::{ForcedType, decode_as};
use crate::packet::{ChecksumState, Frame, LinkType, Timestamp};

/// Packets of one capture and the lines that tcpdump prints of them with some options.
#[derive(Clone)]
struct Case {
    name: &'static str,
    link_type: LinkType,
    frames: Vec<Vec<u8>>,
    /// What `-T` says they are, if it is there.
    forced_type: Option<&'static str>,
    lines: Vec<(&'static str, Vec<&'static str>)>,
}

impl Case {
    /// The same packets where somebody says what they are.
    fn of_type(self, forced_type: &'static str) -> Self {
        Self { forced_type: Some(forced_type), ..self }
    }

    fn forced(&self) -> Option<ForcedType> {
        self.forced_type.map(|name| ForcedType::named(name).expect("a type"))
    }

    fn frame<'a>(&self, bytes: &'a [u8]) -> Frame<'a> {
        Frame {
            timestamp: Timestamp { seconds: 1_700_000_000, nanos: 123_456_000 },
            link_type: self.link_type,
            data: bytes,
            original_len: bytes.len() as u32,
            interface: 0,
            packet_type: None,
            checksum: ChecksumState::default(),
        }
    }

    /// The lines that the printer makes of the packets, without line ends.
    fn print(&self, flags: &str) -> Vec<String> {
        self.print_with(options(flags))
    }

    fn print_with(&self, options: Options) -> Vec<String> {
        let mut printer = Printer::new(Options { forced_type: self.forced(), ..options });
        let print = |bytes: &Vec<u8>| {
            let frame = self.frame(bytes);
            let mut out = Vec::new();
            printer.line(&frame, &decode_as(&frame, self.forced()), &mut out);
            String::from_utf8(out)
                .expect("lines are UTF-8")
                .strip_suffix('\n')
                .expect("a line ends")
                .to_owned()
        };
        self.frames.iter().map(print).collect()
    }
}

/// The options that tcpdump's flags stand for, with `-t`.
fn options(flags: &str) -> Options {
    let count = |letter: char| flags.chars().filter(|flag| *flag == letter).count() as u8;
    Options {
        time: TimeFormat::None,
        link_header: count('e') > 0,
        quiet: count('q'),
        verbose: count('v'),
        absolute_sequence: count('S') > 0,
        asdot: count('b') > 0,
        whole_handles: count('u') > 0,
        hex: match (count('x'), count('X'), count('A')) {
            (0, 0, 0) => HexDump::None,
            (0, 0, ascii) => HexDump::Ascii { link: ascii > 1 },
            (0, both, _) => HexDump::HexAscii { link: both > 1 },
            (hex, ..) => HexDump::Hex { link: hex > 1 },
        },
        ..Options::default()
    }
}

#[test]
fn every_protocol_prints_its_line() {
    let mut differences = Vec::new();
    for case in lines::cases() {
        for (flags, expected) in &case.lines {
            for (ours, expected) in case.print(flags).iter().zip(expected) {
                if ours != expected {
                    differences
                        .push(format!("{} with {flags}\nexpected {expected}\nfound    {ours}", case.name));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn colours_are_all_that_is_added_to_a_line() {
    let mut coloured = 0;
    for case in lines::cases() {
        for (flags, _) in &case.lines {
            let lines = case.print_with(Options { color: true, ..options(flags) });
            for (ours, plain) in lines.iter().zip(case.print(flags)) {
                let mut parts = ours.split("\x1b[");
                let first = parts.next().unwrap_or_default().to_owned();
                let stripped = parts.fold(first, |line, part| {
                    coloured += 1;
                    line + part.split_once('m').expect("a colour").1
                });
                assert_eq!(stripped, plain, "{} with {flags}", case.name);
            }
        }
    }
    assert!(coloured > 1000, "{coloured}");
}
