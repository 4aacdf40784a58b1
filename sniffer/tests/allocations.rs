//! Reading and writing savefiles and printing lines allocates nothing for a frame. A test program of its own, because its allocator counts.

use allocation_counter::measure;
use sniffer::decode::decode;
use sniffer::packet::{ChecksumState, Frame, LinkType, PacketType, Timestamp};
use sniffer::pcap::{PcapWriter, PcapngWriter, Precision, Reader, WriterOptions};
use sniffer::print::{Columns, HexDump, Json, Lines, Names, Numbers, Options, Printer, Selection};
use sniffer::sink::{Destination, Flush, Savefile, Sink};

const OPTIONS: WriterOptions =
    WriterOptions { link_type: LinkType::ETHERNET, snaplen: 262_144, precision: Precision::Nanos };

const FRAMES: u32 = 10_000;

/// A frame for each number, of Ethernet's lengths and now and then the longest that there are.
fn frame(number: u32, bytes: &[u8]) -> Frame<'_> {
    let length = if number.is_multiple_of(1000) { bytes.len() } else { 60 + number as usize * 7 % 1455 };
    Frame {
        timestamp: Timestamp { seconds: number.into(), nanos: number },
        link_type: LinkType::ETHERNET,
        data: &bytes[..length],
        original_len: length as u32,
        interface: 0,
        packet_type: Some(PacketType::Outgoing),
        checksum: ChecksumState::NotReady,
    }
}

/// Allocations of writing all frames, the file's start and the first frame aside.
fn allocations_of_writing(mut write: impl FnMut(&Frame<'_>)) -> u64 {
    let bytes = vec![7; 262_144];
    write(&frame(0, &bytes));
    measure(|| (1..FRAMES).for_each(|number| write(&frame(number, &bytes)))).count_total
}

/// Allocations of reading all frames, the opening aside.
fn allocations_of_reading(file: &[u8]) -> u64 {
    let mut reader = Reader::new(file).unwrap();
    let mut frames = 0;
    let allocations = measure(|| {
        while reader.next_frame().unwrap().is_some() {
            frames += 1;
        }
    });
    assert_eq!(frames, FRAMES);
    allocations.count_total
}

#[test]
fn pcap() {
    let mut file = Vec::with_capacity(16 << 20);
    let mut writer = PcapWriter::new(&mut file, OPTIONS).unwrap();
    assert_eq!(allocations_of_writing(|frame| writer.write(frame).unwrap()), 0);
    assert_eq!(allocations_of_reading(&file), 0);
}

#[test]
fn pcapng() {
    let mut file = Vec::with_capacity(16 << 20);
    let mut writer = PcapngWriter::new(&mut file, OPTIONS, Box::new(|_: u32| None)).unwrap();
    assert_eq!(allocations_of_writing(|frame| writer.write(frame).unwrap()), 0);
    writer.finish().unwrap();
    assert_eq!(allocations_of_reading(&file), 0);
}

#[test]
fn the_sink() {
    let destination = Destination::File("/dev/null".into());
    let mut sink = Savefile::create(
        destination.clone(),
        destination.format(),
        OPTIONS,
        Flush::WhenFull,
        Box::new(|_: u32| None),
    )
    .unwrap();
    assert_eq!(allocations_of_writing(|frame| sink.frame(frame).unwrap()), 0);
    sink.finish().unwrap();
}

/// The most memory in use while a file is opened and read up to its error.
fn memory_of_reading(file: &[u8]) -> u64 {
    let information = measure(|| {
        let mut reader = Reader::new(file).unwrap();
        while let Ok(Some(_)) = reader.next_frame() {}
    });
    information.bytes_max
}

#[test]
fn a_length_that_the_file_only_claims_takes_no_memory() {
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let section = words(&[0x0a0d_0d0a, 28, 0x1a2b_3c4d, 1, u32::MAX, u32::MAX, 28]);
    // D-Bus frames may have 128 MiB.
    let interface = words(&[1, 20, 231, 0, 20]);
    let claimed = 128 * 1024 * 1024;
    let pcap = words(&[0xa1b2_c3d4, 4 << 16 | 2, 0, 0, 0, 231, 1, 2, claimed, claimed, 3, 4]);
    let pcapng = [section.clone(), interface, words(&[6, claimed, 0, 0, 0, claimed - 32, claimed])].concat();
    // Sixteen thousand interfaces of which each has a name of a kilobyte: a quarter of it is kept.
    let name = [words(&[1, 1052, 1, 0, 1024 << 16 | 2]), vec![b'n'; 1024], words(&[0, 1052])].concat();
    let interfaces = [section, name.repeat(16_384)].concat();
    for (file, limit) in [(pcap, 1 << 20), (pcapng, 1 << 20), (interfaces, 12 << 20)] {
        let used = memory_of_reading(&file);
        assert!(used <= limit, "{used} bytes for a file of {}", file.len());
    }
}

/// An Ethernet frame with a TCP acknowledgement of one of eight connections, the numbers counting on.
fn segment(number: u32) -> [u8; 66] {
    let mut bytes = [0; 66];
    bytes[12..24].copy_from_slice(&[8, 0, 0x45, 0, 0, 52, 0, 0, 0x40, 0, 64, 6]);
    bytes[26..36].copy_from_slice(&[10, 0, 0, 1, 10, 0, 0, 2, 0x9c, number as u8 % 8]);
    bytes[36..38].copy_from_slice(&[0x1f, 0x41]);
    bytes[38..42].copy_from_slice(&number.to_be_bytes());
    bytes[46..50].copy_from_slice(&[0x80, 0x10, 0x01, 0xf5]);
    bytes[54..58].copy_from_slice(&[1, 1, 8, 10]);
    bytes[62..66].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// The last of many lines, whose making must allocate nothing.
fn last_line(mut lines: impl Lines) -> String {
    let mut out = Vec::with_capacity(1 << 16);
    let mut print = |numbers: std::ops::Range<u32>| {
        for number in numbers {
            let bytes = segment(number);
            let frame = Frame { data: &bytes, original_len: 66, ..frame(number, &[0; 2000]) };
            out.clear();
            lines.line(&frame, &decode(&frame), &mut out);
        }
    };
    print(0..16);
    assert_eq!(measure(|| print(16..FRAMES)).count_total, 0);
    String::from_utf8(out).expect("text")
}

#[test]
fn text() {
    assert!(last_line(Printer::new(Options::default())).ends_with("length 0\n"));
}

#[test]
fn long_text() {
    let options = Options {
        verbose: 3,
        link_header: true,
        color: true,
        number: true,
        hex: HexDump::HexAscii { link: true },
        ..Options::default()
    };
    let text = last_line(Printer::new(options));
    assert!(text.contains("length 0") && text.contains("0x0040:"), "{text}");
}

#[test]
fn names() {
    struct Same;
    impl Names for Same {
        fn is_numeric(&self) -> bool {
            false
        }

        fn host(&self, _: std::net::IpAddr, out: &mut Vec<u8>) -> bool {
            out.extend_from_slice(b"host.example");
            true
        }
    }
    let options = Options { link_header: true, ..Options::default() };
    let text = last_line(Printer::new(options).with_names(Box::new(Same)));
    assert!(text.contains("(oui Ethernet)") && text.contains(" host.example."), "{text}");
}

#[test]
fn json() {
    let line = last_line(Json::new(true, Box::new(Numbers)));
    assert!(line.contains(&format!(r#""sequence":{}"#, FRAMES - 1)), "{line}");
}

#[test]
fn fields() {
    let columns = Columns::new(&["interface", "ipv4.source", "tcp.sequence", "tcp.options.kind"]);
    let line = last_line(Selection::new(columns.expect("fields"), " ", Box::new(Numbers)));
    assert_eq!(line, format!(" 10.0.0.1 {} 1,1,8\n", FRAMES - 1));
}
