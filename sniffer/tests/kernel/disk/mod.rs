//! Captures to disk that something happens to: whatever it is, the file ends with a whole frame, and the exit code, the
//! message and the ledger say what is in it.

mod full;
mod readers;
mod signals;

use std::path::Path;
use std::{fs, slice};

use crate::support::lab::Lab;
use crate::support::process::{Outcome, run_sniffer, sniffer};
use crate::support::savefile::Savefile;
use crate::support::scratch::Folder;
use crate::support::sender::RawSender;
use crate::support::{frames, skip, wait};

/// A frame of Ethernet's full length.
fn long_frame(lab: &Lab) -> Vec<u8> {
    frames::udp_frame(&lab.left, &lab.right, 1000, 9, &[0x55; 1472])
}

/// Asserts that the file holds whole frames and nothing else, all of them `frame`, and says how many.
#[track_caller]
fn whole_frames(path: impl AsRef<Path>, frame: &[u8]) -> u64 {
    let file = Savefile::parse(&fs::read(path).expect("the file is there"));
    assert!(file.frames.iter().all(|found| found == frame), "another frame than was sent");
    file.frames.len() as u64
}

/// How many frames a file holds that is being written: the last one may be there in part.
fn frames_so_far(path: &str) -> u64 {
    Savefile::parse_whole_records(&fs::read(path).expect("the file is there")).frames.len() as u64
}

/// A number of the ledger.
#[track_caller]
fn ledger(outcome: &Outcome, name: &str) -> u64 {
    outcome.statistics()["ledger"][name].as_u64().unwrap_or_else(|| panic!("no {name}: {}", outcome.stderr))
}

#[test]
fn a_quiet_capture_is_in_the_file_although_nothing_follows() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), Folder::new("quiet"));
    let (frame, file) = (long_frame(&lab), folder.path("quiet.pcap"));
    for option in [&[][..], &["--buffered"], &["-U"]] {
        let args = [&["-i", "left0", "-w", &file], option].concat();
        let running = sniffer(&lab.left.namespace, &args);
        let sender = RawSender::open(&lab.left);
        for sent in [3, 4, 9] {
            let before = frames_so_far(&file);
            (before..sent).for_each(|_| sender.send(&frame));
            wait::until_true("the frames are in the file", || frames_so_far(&file) == sent);
        }
        running.interrupt().expect_code(0);
        assert_eq!(whole_frames(&file, &frame), 9);
    }
}

#[test]
fn an_interface_that_goes_away_leaves_a_finished_file() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), Folder::new("interface"));
    let (frame, file) = (long_frame(&lab), folder.path("interface.pcap"));
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "--stats=json", "-w", &file]);
    let sent = RawSender::open(&lab.left).flood(slice::from_ref(&frame), 5000).sent;
    let Lab { left, right } = lab;
    // The pair goes with either of its ends.
    drop(right);
    let outcome = running.wait();
    outcome.expect_code(1);
    assert!(outcome.stderr.contains("left0"), "{}", outcome.stderr);
    assert_eq!(whole_frames(&file, &frame), sent);
    assert_eq!(ledger(&outcome, "written"), sent);
    drop(left);
}

#[test]
fn a_second_capture_into_a_file_is_refused_and_the_first_goes_on() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), Folder::new("second"));
    let (frame, file) = (long_frame(&lab), folder.path("shared.pcap"));
    let args = ["-i", "left0", "-w", &file];
    let first = sniffer(&lab.left.namespace, &args);
    let sender = RawSender::open(&lab.left);
    let sent = sender.flood(slice::from_ref(&frame), 5000).sent;
    for option in [&[][..], &["-U"], &["--buffered"]] {
        let second = run_sniffer(&lab.left.namespace, &[&args, option].concat());
        second.expect_code(1);
        assert!(
            second.stderr.contains("shared.pcap: another capture is writing this file"),
            "{}",
            second.stderr
        );
    }
    let sent = sent + sender.flood(slice::from_ref(&frame), 5000).sent;
    first.interrupt().expect_code(0);
    assert_eq!(whole_frames(&file, &frame), sent);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for (file, words) in [
        ("/nonexistent/x.pcap", "No such file or directory"),
        // Not even by root.
        ("/sys/x.pcap", "Permission denied"),
        ("/tmp", "Is a directory"),
    ] {
        let outcome = run_sniffer(&lab.left.namespace, &["-i", "left0", "-w", file]);
        outcome.expect_code(1);
        assert!(outcome.stderr.contains(&format!("{file}: {words}")), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("listening on"), "{}", outcome.stderr);
    }
}
