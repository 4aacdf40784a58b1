//! Savefiles in series: when one follows another, what they are called, what becomes of them. Frames come from a savefile,
//! so that tcpdump can be given the same ones.

use std::collections::BTreeMap;
use std::fs;

use sniffer::packet::Frame;
use sniffer::pcap::Reader;

use crate::savefiles::{frame, packet, pcap};
use crate::scratch::Folder;
use crate::{expect_code, sniffer, stderr, stdout, tcpdump};

/// Frames of 1500 bytes that are told apart by their time, one a second.
fn long_file(count: i64) -> Vec<u8> {
    let packet = packet(1, 1500);
    let frames: Vec<Frame<'_>> = (0..count).map(|number| frame(1_700_000_000 + number, 0, &packet)).collect();
    pcap(&frames)
}

/// The files of a folder by name.
fn files(folder: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| {
            (entry.file_name().into_string().expect("a plain name"), fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// The seconds of a savefile's frames, from the first of `long_file` on.
fn seconds(file: &[u8]) -> Vec<i64> {
    let mut reader = Reader::new(file).expect("a savefile");
    let mut seconds = Vec::new();
    while let Some(frame) = reader.next_frame().expect("whole") {
        seconds.push(frame.timestamp.seconds - 1_700_000_000);
    }
    seconds
}

/// Runs the program on `count` frames in a folder of its own; gives the files and what was said.
#[track_caller]
fn series(test: &str, count: i64, arguments: &[&str]) -> (BTreeMap<String, Vec<u8>>, String) {
    let folder = Folder::new(test);
    let input = folder.write("input", long_file(count));
    let out = folder.folder("out");
    let output = sniffer(&[&["-r", &input][..], &in_folder(&out, arguments)].concat());
    expect_code(&output, 0);
    (files(&out), stderr(&output))
}

/// The arguments with `OUT` in them replaced by the folder.
fn in_folder<'a>(folder: &str, arguments: &[&'a str]) -> Vec<&'a str> {
    let replaced = arguments.iter().map(|argument| argument.replace("OUT", folder));
    replaced.map(|argument| -> &'a str { Box::leak(argument.into_boxed_str()) }).collect()
}

#[test]
fn files_by_size_are_tcpdumps_by_name_and_byte() {
    let folder = Folder::new("size");
    let input = folder.write("input", long_file(3400));
    for (number, arguments) in [
        &["-C", "1", "-w", "OUT/f"][..],
        &["-C1", "-W2", "-w", "OUT/f.pcap"],
        &["-C", "1", "-W", "11", "-w", "OUT/f.pcap"],
        &["-C", "1", "-W", "1", "-w", "OUT/f"],
        &["-C", "2", "-c", "2000", "-w", "OUT/%Y"],
    ]
    .into_iter()
    .enumerate()
    {
        let (ours, theirs) =
            (folder.folder(&format!("ours{number}")), folder.folder(&format!("theirs{number}")));
        let run = |folder| [&["-r", &input][..], &in_folder(folder, arguments)].concat();
        expect_code(&sniffer(&run(&ours)), 0);
        let Some(oracle) = tcpdump(&[&["-Z", "root"][..], &run(&theirs)].concat()) else { return };
        expect_code(&oracle, 0);
        let (ours, theirs) = (files(&ours), files(&theirs));
        assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>(), "{arguments:?}");
        assert!(ours == theirs, "{arguments:?}: other bytes");
    }
}

#[test]
fn every_frame_is_in_exactly_one_file() {
    let (files, _) = series("once", 3400, &["-C", "700K", "-W", "100", "-w", "OUT/f"]);
    assert_eq!(files.len(), 8);
    let all: Vec<i64> = files.values().flat_map(|file| seconds(file)).collect();
    assert_eq!(all, (0..3400).collect::<Vec<_>>());
}

#[test]
fn files_by_time_hold_the_frames_of_their_interval() {
    let (files, _) = series("time", 100, &["-G", "30", "-w", "OUT/%s.pcap"]);
    let expected = [(0, 0..30), (30, 30..60), (60, 60..90), (90, 90..100)];
    let expected: BTreeMap<String, Vec<i64>> = expected
        .map(|(start, seconds)| (format!("{}.pcap", 1_700_000_000 + start), seconds.collect()))
        .into();
    let found: BTreeMap<String, Vec<i64>> =
        files.into_iter().map(|(name, file)| (name, seconds(&file))).collect();
    assert_eq!(found, expected);
}

#[test]
fn by_time_a_number_of_files_ends_the_capture_as_in_tcpdump() {
    let (files, said) = series("count", 100, &["-G", "30", "-W", "2", "-w", "OUT/%s"]);
    let frames: Vec<i64> = files.values().flat_map(|file| seconds(file)).collect();
    assert_eq!((files.len(), frames), (2, (0..60).collect()));
    assert!(said.contains("Maximum file limit reached: 2\n"), "{said}");
}

#[test]
fn by_size_and_time_each_interval_has_its_ring() {
    // 1000 frames an interval are two files of a million bytes each.
    let arguments = &["-C", "1", "-G", "1500", "-W", "2", "-w", "OUT/%s-"];
    let (files, _) = series("both", 3400, arguments);
    let found: Vec<(String, i64, usize)> =
        files.into_iter().map(|(name, file)| (name, seconds(&file)[0], seconds(&file).len())).collect();
    // A file takes 660 frames: the third one of an interval takes the place of its first.
    let expected = [
        ("1700000000-0", 1320, 180),
        ("1700000000-1", 660, 660),
        ("1700001500-0", 2820, 180),
        ("1700001500-1", 2160, 660),
        ("1700003000-0", 3000, 400),
    ];
    assert_eq!(found, expected.map(|(name, first, count)| (name.to_owned(), first, count)));
}

#[test]
fn a_ring_keeps_the_last_files() {
    let (files, _) = series("ring-files", 3400, &["-C", "1", "-w", "OUT/f", "--ring-files", "2"]);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["f4", "f5"]);
    let (files, _) = series("ring-size", 3400, &["-C", "1", "-w", "OUT/f", "--ring-size", "3M"]);
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        ["f3", "f4", "f5"],
        "three times a million are below 3 MiB, four not"
    );
}

#[test]
fn limits_end_a_capture() {
    let (files, said) = series("limit-files", 3400, &["-C", "1", "-w", "OUT/f", "--autostop", "files:3"]);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["f", "f1", "f2"]);
    assert!(said.contains("Maximum file limit reached: 3\n"), "{said}");
    let (files, said) = series("limit-size", 3400, &["-w", "OUT/f", "--autostop", "filesize:10000"]);
    assert_eq!(files["f"].len(), 24 + 7 * 1516, "the frame that made it larger was the last");
    assert!(said.contains("Maximum file size reached: 10000 bytes\n"), "{said}");
    let (files, _) = series("limit-packets", 100, &["-w", "OUT/f", "-c", "50", "--autostop", "packets:7"]);
    assert_eq!(seconds(&files["f"]), (0..7).collect::<Vec<_>>());
}

#[test]
fn a_command_is_run_for_each_finished_file() {
    let (files, said) = series("command", 1400, &["-C", "1", "-w", "OUT/f", "-z", "gzip"]);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["f.gz", "f1.gz", "f2.gz"], "{said}");
    let (files, said) = series("command-fails", 10, &["-w", "OUT/f", "-z", "false"]);
    assert_eq!(files.len(), 1);
    assert!(said.contains("/f: exit status: 1"), "{said}");
    let (_, said) = series("command-missing", 10, &["-w", "OUT/f", "-z", "/nonexistent"]);
    assert!(said.contains("/f: cannot be started: No such file or directory"), "{said}");
}

#[test]
fn one_name_for_all_files_is_said_to_lose_the_earlier_ones() {
    let (files, said) = series("same", 100, &["-G", "30", "-w", "OUT/f"]);
    assert_eq!(seconds(&files["f"]), (90..100).collect::<Vec<_>>());
    assert!(said.contains("/f: replaced, because the next file has the same name"), "{said}");
}

/// As in tcpdump, where nothing is said.
#[test]
fn what_has_no_effect_is_said() {
    let folder = Folder::new("no-effect");
    let input = folder.write("input", long_file(1));
    let plain = sniffer(&["-tn", "-r", &input]);
    for (arguments, words) in [
        (&["-C", "1"][..], "-C has no effect without -w"),
        (&["-G", "1", "-W", "2"], "-G has no effect without -w\nsniffer: -W has no effect without -w"),
        (&["-z", "/nonexistent"], "-z has no effect without -w"),
        (&["-i", "nosuch0", "-i", "nosuch1"], "-i has no effect when a savefile is read"),
    ] {
        let output = sniffer(&[&["-tn", "-r", &input][..], arguments].concat());
        expect_code(&output, 0);
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), stdout(&plain), "{arguments:?}");
    }
    let copy = folder.path("copy");
    let output = sniffer(&["-r", &input, "-w", &copy, "-W", "2"]);
    expect_code(&output, 0);
    assert!(stderr(&output).contains("-W has no effect without -C or -G"), "{}", stderr(&output));
    assert_eq!(fs::read(copy).expect("it is written"), fs::read(input).expect("it is there"));
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_written() {
    let folder = Folder::new("usage");
    let input = folder.write("input", long_file(1));
    let out = folder.path("out");
    for (arguments, code, words) in [
        (&["-w", "-", "-C", "1"][..], 2, "standard output is one stream"),
        (&["--autostop", "files:2"], 2, "needs -w"),
        (&["-w", "OUT", "--autostop", "duration:1"], 2, "a duration is one of a live capture"),
        (&["-w", "OUT", "-C", "0"], 2, "0"),
        (&["-w", "OUT", "-G", "1x"], 2, "1x"),
        (&["-w", "OUT", "--keep-free", "100%"], 2, "100%"),
        (&["-w", "OUT%!", "-G", "1"], 1, "not a time format"),
        (&["-w", "/nonexistent/f", "-C", "1"], 1, "/nonexistent/f: No such file or directory"),
    ] {
        let output = sniffer(&[&["-r", &input][..], &in_folder(&out, arguments)].concat());
        expect_code(&output, code);
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
        assert!(fs::metadata(&out).is_err(), "{arguments:?} wrote something");
    }
}

#[test]
fn a_disk_that_is_fuller_than_wanted_ends_the_capture_and_is_an_error() {
    let folder = Folder::new("reserve");
    let input = folder.write("input", long_file(10));
    let out = folder.path("f");
    // More than any disk has.
    let output = sniffer(&["-r", &input, "-w", &out, "--keep-free", "4000000T"]);
    expect_code(&output, 1);
    assert!(stderr(&output).contains("less than the"), "{}", stderr(&output));
}
