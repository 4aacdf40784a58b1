//! Files that are cut, wrong or hostile.

use std::io::{self, Read};

use super::build::{ORDERS, Order};
use super::{frame, oracle, read_all};
use crate::packet::LinkType;
use crate::pcap::{Error, Reader};

const LITTLE: Order = Order::Little;

/// The complaint about a file, and where it says that the damage begins.
fn complaint(file: &[u8]) -> (String, Option<u64>) {
    let (_, error) = read_all(file);
    match error {
        Some(Error::Damaged { damage, offset }) => (damage.to_string(), Some(offset)),
        Some(error) => (error.to_string(), None),
        None => (String::new(), None),
    }
}

/// What the reader and an installed tcpdump say of a file must be the same words.
fn check(file: &[u8], expected: &str, offset: Option<u64>) {
    assert_eq!(complaint(file), (expected.to_owned(), offset));
    if let Some(said) = oracle::tcpdump_complaint(file) {
        assert_eq!(said, expected, "tcpdump");
    }
}

fn pcap(snaplen: u32, rest: &[u8]) -> Vec<u8> {
    [LITTLE.pcap(0xa1b2_c3d4, (2, 4), snaplen, 1), rest.to_vec()].concat()
}

fn pcapng(blocks: &[Vec<u8>]) -> Vec<u8> {
    [LITTLE.section((1, 0)), LITTLE.interface(1, 65535, &[]), blocks.concat()].concat()
}

/// Section header and interface description of [`pcapng`].
const PCAPNG_START: u64 = 28 + 20;

#[test]
fn what_is_no_savefile() {
    check(b"", "truncated dump file; tried to read 4 file header bytes, only got 0", Some(0));
    check(b"\xd4\xc3\xb2", "truncated dump file; tried to read 4 file header bytes, only got 3", Some(0));
    check(b"hello world, this is long enough for a header", "unknown file format", None);
    check(&LITTLE.pcap(0xa12b_3c4d, (2, 4), 65535, 1), "unknown file format", None);
    check(b"\n\r\r\n is what a text file can begin with", "unknown file format", None);
    check(&LITTLE.section((1, 0))[..8], "unknown file format", None);
}

#[test]
fn damaged_pcap_files() {
    let record = |captured| LITTLE.words(&[1, 2, captured, captured]);
    let whole = LITTLE.record(1, 2, 4, &[0; 4]);
    let version = |major, minor| LITTLE.pcap(0xa1b2_c3d4, (major, minor), 65535, 1);
    check(&version(1, 4), "archaic pcap savefile format", Some(0));
    check(&version(2, 5), "unsupported pcap savefile version 2.5", Some(0));
    check(&version(543, 1), "unsupported pcap savefile version 543.1", Some(0));
    let cut = [whole.clone(), vec![0; 7]].concat();
    check(&pcap(65535, &cut), "truncated dump file; tried to read 16 header bytes, only got 7", Some(44));
    let cut = [whole, record(60), vec![0; 10]].concat();
    check(&pcap(65535, &cut), "truncated dump file; tried to read 60 captured bytes, only got 10", Some(44));
    let large = [record(300_000), vec![0; 10]].concat();
    let said = "invalid packet capture length 300000, bigger than snaplen of 65535";
    check(&pcap(65535, &large), said, Some(24));
    let said = "invalid packet capture length 300000, bigger than maximum of 262144";
    check(&pcap(1_000_000, &large), said, Some(24));
    let said = "truncated dump file; tried to read 64 captured bytes, only got 50";
    check(&pcap(64, &[record(100), vec![0; 50]].concat()), said, Some(24));
    let said = "truncated dump file; tried to read 100 captured bytes, only got 70";
    check(&pcap(64, &[record(100), vec![0; 70]].concat()), said, Some(24));
}

#[test]
fn damaged_headers_that_tcpdump_words_otherwise() {
    // libpcap counts the bytes behind its last magic number here, and only later releases refuse the reserved bits.
    let said = "truncated dump file; tried to read 24 file header bytes, only got 10";
    assert_eq!(complaint(&pcap(65535, &[])[..10]), (said.to_owned(), Some(0)));
    let said = "truncated pcapng dump file; tried to read 20 bytes, only got 12";
    assert_eq!(complaint(&LITTLE.section((1, 0))[..20]), (said.to_owned(), Some(0)));
    let said = "savefile linktype reserved bits not zero (0x00010001)";
    assert_eq!(complaint(&LITTLE.pcap(0xa1b2_c3d4, (2, 4), 0, 0x10001)), (said.to_owned(), Some(0)));
}

#[test]
fn damaged_pcapng_blocks() {
    let packet = LITTLE.enhanced(0, 0, 60, &[0; 60], &[]);
    let check_block = |block: &[u8], said: &str| {
        let file = pcapng(&[packet.clone(), block.to_vec()]);
        check(&file, said, Some(PCAPNG_START + packet.len() as u64));
    };
    check_block(&packet[..4], "truncated pcapng dump file; tried to read 8 bytes, only got 4");
    check_block(&packet[..30], "truncated pcapng dump file; tried to read 84 bytes, only got 22");
    check_block(&LITTLE.words(&[6, 8]), "block in pcapng dump file has a length of 8 < 12");
    let said = "block in pcapng dump file has a length of 61 that is not a multiple of 4";
    check_block(&[LITTLE.words(&[6, 61]), vec![0; 60]].concat(), said);
    let said = "pcapng block size 2147483632 > maximum 16777216";
    check_block(&[LITTLE.words(&[6, 0x7fff_fff0]), vec![0; 80]].concat(), said);
    let said =
        "a packet arrived on interface 3, but there's no Interface Description Block for that interface";
    check_block(&LITTLE.enhanced(3, 0, 60, &[0; 60], &[]), said);
    let said = "invalid packet capture length 65536, bigger than snaplen of 65535";
    check_block(&LITTLE.enhanced(0, 0, 60, &vec![0; 65536], &[]), said);
    let said = "block of type 6 in pcapng dump file is too short";
    check_block(&LITTLE.block(6, &[0; 8]), said);
    check_block(&LITTLE.block(6, &LITTLE.words(&[0, 0, 0, 1000, 1000, 0])), said);
    check_block(&LITTLE.block(2, &[0; 8]), "block of type 2 in pcapng dump file is too short");
    check_block(&LITTLE.block(3, &[]), "block of type 3 in pcapng dump file is too short");
    check_block(&LITTLE.block(1, &[0; 4]), "block of type 1 in pcapng dump file is too short");
    let said = "block of type 168627466 in pcapng dump file is too short";
    check_block(&LITTLE.block(0x0a0d_0d0a, &LITTLE.words(&[0x1a2b_3c4d])), said);
    let said = "the file has a section with a bad byte order magic field";
    check_block(&LITTLE.block(0x0a0d_0d0a, &[0; 16]), said);
}

#[test]
fn damaged_pcapng_starts() {
    let section = LITTLE.section((1, 0));
    let check_start = |blocks: &[&[u8]], said: &str, offset: u64| check(&blocks.concat(), said, Some(offset));
    check_start(&[&section], "the capture file has no Interface Description Blocks", 28);
    let packet = LITTLE.enhanced(0, 0, 60, &[0; 60], &[]);
    let said = "the capture file has a packet block before any Interface Description Blocks";
    check_start(&[&section, &packet], said, 28);
    check_start(&[&LITTLE.section((2, 0))], "unsupported pcapng savefile version 2.0", 0);
    check_start(&[&LITTLE.section((1, 1))], "unsupported pcapng savefile version 1.1", 0);
    let huge = LITTLE.words(&[0x0a0d_0d0a, 0x0020_0000, 0x1a2b_3c4d]);
    let said = "Section Header Block in pcapng dump file has invalid length 28 < _2097152_ < 1048576 (BT_SHB_INSANE_MAX)";
    check_start(&[&huge], said, 0);
}

#[test]
fn damaged_interface_options() {
    let check_options = |options: &[u8], said: &str| {
        check(&[LITTLE.section((1, 0)), LITTLE.interface(1, 0, options)].concat(), said, Some(28));
    };
    let named = |said: &str| format!("Interface Description Block {said}");
    let resolution = LITTLE.option(9, &[9]);
    check_options(&LITTLE.option(9, &[0; 4]), &named("has if_tsresol option with length 4 != 1"));
    check_options(&LITTLE.option(14, &[0; 4]), &named("has if_tsoffset option with length 4 != 8"));
    check_options(&LITTLE.option(0, &[0; 4]), &named("has opt_endofopt option with length 4 != 0"));
    check_options(&[resolution.clone(), resolution].concat(), &named("has more than one if_tsresol option"));
    check_options(&LITTLE.option(9, &[0xff]), &named("if_tsresol option resolution 2^-127 is too high"));
    check_options(&LITTLE.option(9, &[0xc0]), &named("if_tsresol option resolution 2^-64 is too high"));
    check_options(&LITTLE.option(9, &[20]), &named("if_tsresol option resolution 10^-20 is too high"));
    check_options(&LITTLE.words(&[100 << 16 | 9]), "block of type 1 in pcapng dump file is too short");
}

#[test]
fn a_block_between_two_lengths_is_not_believed() {
    let mut packet = LITTLE.enhanced(0, 0, 60, &[0; 60], &[]);
    *packet.last_mut().unwrap() = 1;
    let said = "block total length in header 92 and trailer 16777308 don't match";
    assert_eq!(complaint(&pcapng(&[packet])), (said.to_owned(), Some(PCAPNG_START)));
}

#[test]
fn interfaces_are_bounded() {
    let interfaces = vec![LITTLE.interface(1, 0, &[]); 65_536];
    assert_eq!(complaint(&pcapng(&interfaces)).0, "more than 65536 interfaces in the file");
    assert_eq!(complaint(&pcapng(&interfaces[1..])).0, "");
}

/// A small whole file of each format and byte order with three frames, and where they end.
fn small_files() -> Vec<(Vec<u8>, [usize; 3])> {
    let mut files = Vec::new();
    for order in ORDERS {
        // Kuznetzov's records have two words more before the frame.
        for (magic, words) in [(0xa1b2_c3d4, &[][..]), (0xa1b2_3c4d, &[]), (0xa1b2_cd34, &[2, 0x0800])] {
            let records = [4, 1, 0].map(|length| {
                let record = order.record(7, 0, length, &frame_bytes(length));
                let (header, data) = record.split_at(16);
                [header, &order.words(words), data].concat()
            });
            files.push(joined(order.pcap(magic, (2, 4), 100, 1), &records));
        }
        let start = [order.section((1, 0)), order.interface(1, 100, &order.option(2, b"eth0"))].concat();
        let ticks = 7_000_000;
        let blocks = [
            order.enhanced(0, ticks, 4, &frame_bytes(4), &order.option(2, &order.u32(0))),
            [order.block(9, &[1; 5]), order.enhanced(0, ticks, 1, &frame_bytes(1), &[])].concat(),
            order.enhanced(0, ticks, 0, &[], &[]),
        ];
        files.push(joined(start, &blocks));
    }
    files
}

fn frame_bytes(length: u32) -> Vec<u8> {
    frame(7, 0, LinkType::ETHERNET, length as usize).data
}

fn joined(start: Vec<u8>, parts: &[Vec<u8>; 3]) -> (Vec<u8>, [usize; 3]) {
    let mut file = start;
    let ends = [0, 1, 2].map(|at| {
        file.extend(&parts[at]);
        file.len()
    });
    (file, ends)
}

#[test]
fn every_truncation_delivers_the_frames_before_it() {
    for (file, ends) in small_files() {
        for cut in 0..=file.len() {
            let (frames, error) = read_all(&file[..cut]);
            let whole = ends.iter().filter(|&&end| end <= cut).count();
            let expected = [4, 1, 0].map(|length| frame(7, 0, LinkType::ETHERNET, length));
            assert_eq!(frames, expected[..whole], "cut at {cut} of {}", file.len());
            if let Some(said) = oracle::tcpdump_complaint(&file[..cut]) {
                assert_eq!(error.is_some(), !said.is_empty(), "cut at {cut}: {error:?}, tcpdump: {said}");
            }
        }
    }
}

#[test]
fn a_source_that_gives_single_bytes_reads_the_same() {
    struct Trickle<'a>(&'a [u8], bool);
    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            // Every second call is interrupted, as by a signal.
            self.1 = !self.1;
            if self.1 {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let length = self.0.len().min(buffer.len()).min(1);
            self.0.read(&mut buffer[..length])
        }
    }
    for (file, _) in small_files() {
        let mut reader = Reader::new(Trickle(&file, false)).unwrap();
        for expected in read_all(&file).0 {
            assert_eq!(super::Owned::of(&reader.next_frame().unwrap().unwrap()), expected);
        }
        assert!(reader.next_frame().unwrap().is_none());
    }
}

#[test]
fn a_source_that_fails_is_said_with_its_cause() {
    struct Broken<'a>(&'a [u8]);
    impl Read for Broken<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() { Err(io::Error::from_raw_os_error(5)) } else { self.0.read(buffer) }
        }
    }
    let file = pcap(65535, &LITTLE.record(1, 2, 4, &[0; 4]));
    let mut reader = Reader::new(Broken(&file)).unwrap();
    assert!(reader.next_frame().unwrap().is_some());
    let error = reader.next_frame().unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(
        (error.to_string().as_str(), cause.as_str()),
        ("error reading dump file (at byte 44)", "Input/output error")
    );
}
