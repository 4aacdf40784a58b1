//! What the writers write, read back and by other programs.

use super::{Owned, frame, oracle, read};
use crate::packet::LinkType;
use crate::pcap::{Error, PcapWriter, Precision, WriterOptions};

const ETHERNET: WriterOptions =
    WriterOptions { link_type: LinkType::ETHERNET, snaplen: 262_144, precision: Precision::Micros };

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
        assert!(matches!(error, Error::Timestamp { seconds: said } if said == seconds), "{error}");
    }
    assert_eq!(writer.into_inner().len(), 24);
}
