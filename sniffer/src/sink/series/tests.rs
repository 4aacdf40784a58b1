//! A series on real files, driven step by step.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::{Keep, Names, Series, SeriesConfig};
use crate::packet::{ChecksumState, Frame, LinkType, Timestamp};
use crate::pcap::{Format, Precision, Reader, WriterOptions};
use crate::sink::{Error, Flush, Savefile, Sink as _};

const HEADER: WriterOptions =
    WriterOptions { link_type: LinkType::RAW, snaplen: 262_144, precision: Precision::Micros };
const START: Timestamp = Timestamp { seconds: 1000, nanos: 0 };

/// A folder with a series in it.
struct Lab {
    folder: PathBuf,
    told: Arc<Mutex<Vec<String>>>,
}

impl Lab {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sniffer-series-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self { folder, told: Arc::default() }
    }

    fn config(&self, name: &str, interval: Option<u32>, count: Option<u32>) -> SeriesConfig {
        SeriesConfig {
            names: Names::new(
                &self.folder.join(name),
                interval.is_some(),
                count.filter(|_| interval.is_none()),
            )
            .unwrap(),
            file_size: None,
            interval,
            count,
            start: START,
            starts_with_frame: false,
            max_files: None,
            max_bytes: None,
            keep: Keep::default(),
        }
    }

    fn series(&self, config: SeriesConfig) -> Series {
        let open = |destination| {
            Savefile::create(destination, Format::Pcap, HEADER, Flush::WhenFull, Box::new(|_: u32| None))
        };
        let told = Arc::clone(&self.told);
        Series::create(config, Box::new(open), move |notice| told.lock().unwrap().push(notice.to_string()))
            .unwrap()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn open(&self, name: &str) -> File {
        File::open(self.folder.join(name)).unwrap()
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp { seconds, nanos: 0 }
}

fn put(series: &mut Series, seconds: i64) -> Result<(), Error> {
    series.frame(&Frame {
        timestamp: at(seconds),
        link_type: LinkType::RAW,
        data: &[0x45; 100],
        original_len: 100,
        interface: 0,
        packet_type: None,
        checksum: ChecksumState::Unknown,
    })
}

/// The seconds of a file's frames.
fn seconds(mut file: File) -> Vec<i64> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).unwrap();
    let mut reader = Reader::new(&bytes[..]).unwrap();
    let mut seconds = Vec::new();
    while let Some(frame) = reader.next_frame().unwrap() {
        seconds.push(frame.timestamp.seconds);
    }
    seconds
}

#[test]
fn an_interval_ends_without_a_frame() {
    let lab = Lab::new("idle");
    let mut series = lab.series(lab.config("%s", Some(10), Some(3)));
    put(&mut series, 1001).unwrap();
    series.tick(at(1009)).unwrap();
    // Frames may still be on their way for a moment.
    series.tick(at(1010)).unwrap();
    assert_eq!(lab.names(), ["1000"]);
    series.tick(Timestamp { seconds: 1010, nanos: 250_000_000 }).unwrap();
    series.tick(at(1021)).unwrap();
    assert_eq!(lab.names(), ["1000", "1010", "1020"]);
    assert!(matches!(series.tick(at(1031)), Err(Error::Complete)));
    assert!(matches!(put(&mut series, 1031), Err(Error::Complete)));
    series.finish().unwrap();
    assert_eq!(seconds(lab.open("1000")), [1001]);
    assert_eq!(seconds(lab.open("1010")), [0; 0]);
    assert_eq!(*lab.told.lock().unwrap(), ["Maximum file limit reached: 3"]);
    assert_eq!(series.written().frames, 1);
}

#[test]
fn a_clock_that_is_set_back_begins_a_new_interval() {
    let lab = Lab::new("back");
    let mut series = lab.series(lab.config("%s", Some(10), None));
    put(&mut series, 1001).unwrap();
    series.tick(at(995)).unwrap();
    put(&mut series, 996).unwrap();
    assert_eq!(lab.names(), ["1000"], "a little is taken for a late frame");
    series.tick(at(500)).unwrap();
    put(&mut series, 501).unwrap();
    put(&mut series, 511).unwrap();
    series.finish().unwrap();
    assert_eq!(lab.names(), ["1000", "500", "510"]);
    assert_eq!(seconds(lab.open("1000")), [1001, 996]);
    assert_eq!(seconds(lab.open("510")), [511]);
}

#[test]
fn a_finished_file_never_changes_for_who_has_it_open() {
    let lab = Lab::new("unchanged");
    let mut series = lab.series(SeriesConfig { file_size: Some(100), ..lab.config("f", None, Some(2)) });
    put(&mut series, 1).unwrap();
    let first = lab.open("f0");
    put(&mut series, 2).unwrap();
    put(&mut series, 3).unwrap();
    series.finish().unwrap();
    assert_eq!(seconds(first), [1]);
    assert_eq!(seconds(lab.open("f0")), [3], "the third file has taken its name");
    assert_eq!(seconds(lab.open("f1")), [2]);
}

#[test]
fn what_is_no_file_is_not_replaced() {
    let lab = Lab::new("device");
    let mut series = lab.series(SeriesConfig {
        names: Names::new("/dev/null".as_ref(), false, None).unwrap(),
        ..lab.config("f", Some(10), None)
    });
    put(&mut series, 1001).unwrap();
    put(&mut series, 1011).unwrap();
    series.finish().unwrap();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    assert_eq!(series.written().frames, 2);
}
