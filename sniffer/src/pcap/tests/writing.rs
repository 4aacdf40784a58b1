//! What the writers write, read back and by other programs.

use super::{Owned, frame, oracle, read};
use crate::packet::{ChecksumState, LinkType, PacketType};
use crate::pcap::{Error, Format, PcapWriter, PcapngWriter, Precision, Reader, WriterOptions};

const ETHERNET: WriterOptions =
    WriterOptions { link_type: LinkType::ETHERNET, snaplen: 262_144, precision: Precision::Micros };

const NANOS: WriterOptions = WriterOptions { precision: Precision::Nanos, ..ETHERNET };

fn pcap(options: WriterOptions, frames: &[Owned]) -> Vec<u8> {
    let mut writer = PcapWriter::new(Vec::new(), options).unwrap();
    for frame in frames {
        writer.write(&frame.frame()).unwrap();
    }
    writer.into_inner()
}

#[test]
fn pcap_files_survive_the_round_trip() {
    let cut = Owned { original_len: 1514, ..frame(u32::MAX.into(), 999_999_000, LinkType::ETHERNET, 64) };
    let frames = [frame(0, 0, LinkType::ETHERNET, 60), cut, frame(7, 1000, LinkType::ETHERNET, 0)];
    for precision in [Precision::Micros, Precision::Nanos] {
        assert_eq!(read(&pcap(WriterOptions { precision, ..ETHERNET }, &frames)), frames);
    }
}

#[test]
fn microseconds_cut_what_is_finer() {
    let fine = frame(1, 1999, LinkType::ETHERNET, 4);
    assert_eq!(read(&pcap(ETHERNET, &[fine]))[0].timestamp.nanos, 1000);
}

#[test]
fn pcap_files_are_tcpdumps_byte_for_byte() {
    let frames =
        [frame(1_700_000_000, 1000, LinkType::ETHERNET, 60), frame(3, 999_999_999, LinkType::ETHERNET, 1514)];
    for (precision, argument) in [(Precision::Micros, "micro"), (Precision::Nanos, "nano")] {
        let file = pcap(WriterOptions { precision, ..ETHERNET }, &frames);
        let arguments = ["-r", "-", "-w", "-", "--time-stamp-precision", argument];
        let Some(copy) = oracle::run("tcpdump", &arguments, &file) else { return };
        assert_eq!(copy.stdout, file, "{precision:?}");
    }
}

#[test]
fn what_pcap_cannot_hold_is_refused_and_nothing_of_it_is_written() {
    let mut writer = PcapWriter::new(Vec::new(), ETHERNET).unwrap();
    let raw = writer.write(&frame(0, 0, LinkType::RAW, 4).frame()).unwrap_err();
    assert!(matches!(raw, Error::LinkType { file: LinkType::ETHERNET, frame: LinkType::RAW }));
    for seconds in [-1, 1 << 32, i64::MIN, i64::MAX] {
        let error = writer.write(&frame(seconds, 0, LinkType::ETHERNET, 4).frame()).unwrap_err();
        assert!(matches!(error, Error::Timestamp { seconds: said, .. } if said == seconds), "{error}");
    }
    assert_eq!(writer.into_inner().len(), 24);
}

fn pcapng(options: WriterOptions, frames: &[Owned]) -> Vec<u8> {
    let name = |interface: u32| (interface > 0).then(|| format!("eth{interface}"));
    let mut writer = PcapngWriter::new(Vec::new(), options, Box::new(name)).unwrap();
    for frame in frames {
        writer.write(&frame.frame()).unwrap();
    }
    writer.finish().unwrap();
    writer.into_inner()
}

/// Frames of all lengths modulo four, packet types and checksum states.
fn varied_frames() -> Vec<Owned> {
    let packet_types = [
        None,
        Some(PacketType::Host),
        Some(PacketType::Broadcast),
        Some(PacketType::Multicast),
        Some(PacketType::OtherHost),
        Some(PacketType::Outgoing),
    ];
    let checksums = [ChecksumState::Unknown, ChecksumState::NotReady, ChecksumState::Valid];
    let mut frames = Vec::new();
    for packet_type in packet_types {
        for checksum in checksums {
            let length = 60 + frames.len();
            let frame = frame(1_700_000_000, 123_456_789 + length as u32, LinkType::ETHERNET, length);
            frames.push(Owned { packet_type, checksum, original_len: 1514, ..frame });
        }
    }
    frames
}

#[test]
fn pcapng_files_survive_the_round_trip() {
    let frames = varied_frames();
    assert_eq!(read(&pcapng(ETHERNET, &frames)), frames);
}

#[test]
fn tcpdump_tshark_and_capinfos_read_pcapng_files() {
    let frames = varied_frames();
    let file = pcapng(ETHERNET, &frames);
    let Some(copy) = oracle::tcpdump_copy(&file) else { return };
    let untyped: Vec<Owned> = frames
        .iter()
        .map(|frame| Owned { packet_type: None, checksum: ChecksumState::Unknown, ..frame.clone() })
        .collect();
    assert_eq!(read(&copy.stdout), untyped);
    let Some(lines) = oracle::tshark_lines(&file) else { return };
    let expected: String = frames.iter().map(oracle::tshark_line).collect();
    assert_eq!(String::from_utf8_lossy(&lines.stdout), expected);
    for (file, format) in [(file, "pcapng"), (pcap(NANOS, &frames), "nsecpcap")] {
        let Some(facts) = oracle::run("capinfos", &["-TmrtEcdaeS", "-"], &file) else { return };
        let bytes: u32 = frames.iter().map(|frame| frame.original_len).sum();
        let times = [&frames[0], &frames[frames.len() - 1]].map(|frame| frame.timestamp);
        let [first, last] = times.map(|time| format!("{}.{:09}", time.seconds, time.nanos));
        let expected = format!("-,{format},ether,{},{bytes},{first},{last}\n", frames.len());
        assert_eq!(String::from_utf8_lossy(&facts.stdout), expected);
    }
}

#[test]
fn tshark_sees_every_interface_with_its_name_and_link_type_and_each_frames_direction() {
    let raw = Owned { packet_type: Some(PacketType::Outgoing), ..frame(1, 0, LinkType::RAW, 20) };
    let frames = [
        Owned { interface: 2, packet_type: Some(PacketType::Host), ..frame(1, 0, LinkType::ETHERNET, 60) },
        Owned { interface: 5, ..raw.clone() },
        Owned { interface: 2, packet_type: Some(PacketType::Host), ..frame(1, 0, LinkType::ETHERNET, 60) },
        Owned { interface: 2, ..raw },
    ];
    let file = pcapng(ETHERNET, &frames);
    let read: Vec<(u32, LinkType)> =
        read(&file).iter().map(|frame| (frame.interface, frame.link_type)).collect();
    assert_eq!(
        read,
        [(0, LinkType::ETHERNET), (1, LinkType::RAW), (0, LinkType::ETHERNET), (2, LinkType::RAW)]
    );
    let fields = ["frame.interface_name", "frame.encap_type", "frame.packet_flags_direction"];
    let mut arguments = vec!["-n", "-r", "-", "-T", "fields"];
    arguments.extend(fields.iter().flat_map(|field| ["-e", field]));
    let Some(output) = oracle::run("tshark", &arguments, &file) else { return };
    // 1 and 7 are Wireshark's own numbers for Ethernet and raw IP.
    let expected = "eth2\t1\t0x00000001\neth5\t7\t0x00000002\neth2\t1\t0x00000001\neth2\t7\t0x00000002\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn a_pcapng_file_without_frames_still_opens() {
    let file = pcapng(ETHERNET, &[]);
    assert_eq!(Reader::new(&file[..]).unwrap().link_type(), LinkType::ETHERNET);
    assert_eq!(read(&file), []);
    if let Some(said) = oracle::tcpdump_complaint(&file) {
        assert_eq!(said, "");
    }
}

#[test]
fn pcapng_times_reach_from_1970_to_2554() {
    let last = frame(18_446_744_073, 709_551_615, LinkType::ETHERNET, 4);
    let frames = [frame(0, 0, LinkType::ETHERNET, 4), frame(1 << 32, 1, LinkType::ETHERNET, 4), last];
    assert_eq!(read(&pcapng(ETHERNET, &frames)), frames);
    let mut writer = PcapngWriter::new(Vec::new(), ETHERNET, Box::new(|_: u32| None)).unwrap();
    let start = writer.get_ref().len();
    for (seconds, nanos) in [(-1, 0), (18_446_744_073, 709_551_616), (i64::MAX, 0)] {
        let error = writer.write(&frame(seconds, nanos, LinkType::ETHERNET, 4).frame()).unwrap_err();
        assert!(matches!(error, Error::Timestamp { format: Format::Pcapng, .. }), "{error}");
    }
    assert_eq!(writer.get_ref().len(), start);
}

#[test]
fn frames_above_the_snaplen_are_in_the_file_whole() {
    let frames = [frame(1, 0, LinkType::ETHERNET, 64), frame(1, 0, LinkType::ETHERNET, 68)];
    let options = WriterOptions { snaplen: 64, ..ETHERNET };
    let described_again = Owned { interface: 1, ..frames[1].clone() };
    assert_eq!(read(&pcapng(options, &frames)), [frames[0].clone(), described_again]);
    // A reader that knows the limit cuts there, as tcpdump does; tshark does not.
    let file = pcap(options, &frames);
    assert_eq!(read(&file)[1].data.len(), 64);
    let Some(lines) = oracle::tshark_lines(&file) else { return };
    let expected: String = frames.iter().map(oracle::tshark_line).collect();
    assert_eq!(String::from_utf8_lossy(&lines.stdout), expected);
}

#[test]
fn frames_that_no_reader_takes_are_cut() {
    let frames = [frame(1, 0, LinkType::ETHERNET, 262_145)];
    let cut = Owned { original_len: 262_145, ..frame(1, 0, LinkType::ETHERNET, 262_144) };
    for file in [pcap(WriterOptions { snaplen: 0, ..ETHERNET }, &frames), pcapng(ETHERNET, &frames)] {
        assert_eq!(read(&file), std::slice::from_ref(&cut));
    }
}
