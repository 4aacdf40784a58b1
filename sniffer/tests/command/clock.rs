//! Frames whose times go back, as a clock that was set leaves them.

use std::fs;

use crate::savefiles::{frame, packet, pcap, pcapng};
use crate::scratch::Folder;
use crate::{expect_code, sniffer, stderr, stdout};

/// Two hours back, forward, and back beyond the first.
const TIMES: [i64; 6] = [10_000, 10_001, 2_800, 2_801, 20_000, 1];

#[test]
fn times_that_go_back_are_kept_with_their_frames_in_the_order_of_the_file() {
    let folder = Folder::new("clock");
    let packets: Vec<Vec<u8>> = (1..=6).map(|sender| packet(sender, 60)).collect();
    let frames: Vec<_> =
        packets.iter().zip(TIMES).map(|(packet, seconds)| frame(seconds, 0, packet)).collect();
    let expected = "10000 10.0.0.1, 10001 10.0.0.2, 2800 10.0.0.3, 2801 10.0.0.4, 20000 10.0.0.5, 1 10.0.0.6";
    for (name, bytes) in [("x.pcap", pcap(&frames)), ("x.pcapng", pcapng("eth", &frames))] {
        let (file, copy) = (folder.write(name, &bytes), folder.path(&format!("copy-{name}")));
        for options in [&[][..], &["-U"], &["--buffered"]] {
            let output = sniffer(&[&["-r", &file, "-w", &copy], options].concat());
            expect_code(&output, 0);
            let lines = stdout(&sniffer(&["-ttnr", &copy]));
            let told: Vec<String> = lines.lines().map(time_and_sender).collect();
            assert_eq!(told.join(", "), expected, "{name} {options:?}: {}", stderr(&output));
        }
        if name == "x.pcap" {
            assert!(fs::read(&copy).expect("it is there") == bytes, "a copy is the same to the byte");
        }
    }
}

/// Of a line such as `10000.000000 IP 10.0.0.1 > 10.0.0.99: …`.
fn time_and_sender(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    format!("{} {}", words[0].split('.').next().unwrap_or_default(), words[2])
}

/// A file of the past is none to go on to a new file for, and none to end at.
#[test]
fn a_series_by_time_goes_on_when_times_go_back() {
    let folder = Folder::new("clock-series");
    let packets: Vec<Vec<u8>> = (1..=6).map(|sender| packet(sender, 60)).collect();
    let frames: Vec<_> =
        packets.iter().zip(TIMES).map(|(packet, seconds)| frame(seconds, 0, packet)).collect();
    let (file, series) = (folder.write("x.pcap", pcap(&frames)), folder.path("series-%s.pcap"));
    expect_code(&sniffer(&["-r", &file, "-G", "3600", "-w", &series]), 0);
    let paths = folder.files().into_iter().map(|path| path.to_string_lossy().into_owned());
    let files: Vec<String> = paths.filter(|path| *path != file).collect();
    let count = |path: &String| stdout(&sniffer(&["-nr", path])).lines().count();
    assert!(files.len() > 1, "{files:?}");
    assert_eq!(files.iter().map(count).sum::<usize>(), TIMES.len(), "{files:?}");
}
