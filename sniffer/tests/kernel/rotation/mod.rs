//! Series of savefiles from live captures: nothing is lost between two files, and intervals end by the clock.

mod reserve;

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use nix::sys::signal::Signal;

use crate::support::lab::Lab;
use crate::support::process::{Outcome, Running, run_sniffer, sniffer};
use crate::support::savefile::Savefile;
use crate::support::scratch::Folder;
use crate::support::sender::{Load, RawSender};
use crate::support::{frames, skip, wait};

/// The user `nobody`, which every system has.
const NOBODY: u32 = 65_534;

/// A folder that everybody may write to.
fn open_folder(test: &str) -> Folder {
    let folder = Folder::new(test);
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o777)).expect("it is ours");
    folder
}

/// Frames of about 1000 bytes, each with its number.
fn numbered(lab: &Lab, count: u32) -> Vec<Vec<u8>> {
    let payload = |number: u32| [&number.to_be_bytes()[..], &[0; 950]].concat();
    (0..count).map(|number| frames::udp_frame(&lab.left, &lab.right, 5000, 9999, &payload(number))).collect()
}

/// The numbers of a savefile's frames.
fn numbers(path: &Path) -> Vec<u32> {
    let file = Savefile::parse(&fs::read(path).expect("the file is there"));
    let number = |frame: &Vec<u8>| u32::from_be_bytes(frame[42..46].try_into().expect("four bytes"));
    file.frames.iter().map(number).collect()
}

#[test]
fn a_flood_is_in_the_files_frame_by_frame() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), open_folder("flood"));
    let file = folder.path("f");
    let arguments = ["-i", "left0", "-B", "65536", "-C", "1", "-W", "1000", "-w", &file, "udp"];
    let running = sniffer(&lab.left.namespace, &arguments);
    let sent = RawSender::open(&lab.left).flood(&numbered(&lab, 20_000), 20_000).sent;
    let outcome = running.interrupt();
    let summary = outcome.expect_code(0).summary();
    assert_eq!((summary.captured, summary.dropped), (sent, 0), "{}", outcome.stderr);
    let files = folder.files();
    assert_eq!(files.len(), 20_000 / 990 + 1, "each frame takes 1012 bytes with its header");
    let all: Vec<u32> = files.iter().flat_map(|file| numbers(file)).collect();
    assert_eq!(all, (0..20_000).collect::<Vec<_>>());
    let Some(capinfos) = skip::program("files of a series", "capinfos") else { return };
    let names: Vec<&str> = files.iter().map(|file| file.to_str().expect("a plain path")).collect();
    let counts = Running::start(&capinfos, &lab.left.namespace, &[&["-TrcM"][..], &names].concat()).wait();
    let counts = counts.expect_code(0).lines();
    let total: u64 = counts.iter().filter_map(|line| line.rsplit('\t').next()?.parse::<u64>().ok()).sum();
    assert_eq!(total, sent, "{counts:?}");
}

#[test]
fn intervals_end_without_traffic_and_so_does_the_capture() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), open_folder("interval"));
    let file = folder.path("%s");
    let outcome = run_sniffer(&lab.left.namespace, &["-i", "left0", "-G", "1", "-W", "2", "-w", &file]);
    assert!(outcome.expect_code(0).stderr.contains("Maximum file limit reached: 2"), "{}", outcome.stderr);
    let files = folder.files();
    let starts: Vec<i64> = files.iter().filter_map(|file| file.file_name()?.to_str()?.parse().ok()).collect();
    assert_eq!(starts.len(), 2, "{files:?}");
    assert_eq!(starts[1] - starts[0], 1);
    assert!(files.iter().all(|file| numbers(file).is_empty()));
}

#[test]
fn a_capture_ends_after_its_time_with_what_it_has() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), open_folder("duration"));
    let file = folder.path("f");
    let args = ["-i", "left0", "-s", "64", "-w", &file, "--autostop", "duration:0.5"];
    // Frames come all the time: the machine may be busy for as long as this capture lasts.
    let load = Load::start(RawSender::open(&lab.left), numbered(&lab, 1));
    let outcome = sniffer(&lab.left.namespace, &args).wait();
    load.stop();
    let captured = outcome.expect_code(0).summary().captured;
    assert!(captured > 0, "{}", outcome.stderr);
    assert_eq!(numbers(Path::new(&file)), vec![0; captured as usize]);
}

#[test]
fn what_a_compressed_file_holds_can_be_read_after_a_kill() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), open_folder("kill"));
    let file = folder.path("f.pcap.zst");
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "-w", &file, "udp"]);
    let read = || run_sniffer(&lab.left.namespace, &["-r", &file, "--count"]);
    let sender = RawSender::open(&lab.left);
    for number in 1..=2 {
        for frame in numbered(&lab, 10) {
            sender.send(&frame);
        }
        // A second after the last frame at the latest; nobody asks for it.
        wait::until_true("the block is ended", || read().lines() == [format!("{} packets", 10 * number)]);
    }
    running.signal(Signal::SIGKILL);
    running.wait();
    let outcome = read();
    assert_eq!(outcome.expect_code(1).lines(), ["20 packets"]);
    assert!(outcome.stderr.contains(&file), "{}", outcome.stderr);
}

/// A line of proc(5)'s status.
fn status(pid: u32, field: &str) -> String {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("the process runs");
    let line = status.lines().find_map(|line| line.strip_prefix(field)).expect("the field is there");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn owners(folder: &Folder) -> Vec<u32> {
    folder.files().iter().map(|file| fs::metadata(file).expect("it is there").uid()).collect()
}

#[test]
fn another_user_writes_all_files_of_a_series_and_has_no_other_rights() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), open_folder("user"));
    let file = folder.path("f");
    let arguments = ["-i", "left0", "-Z", "nobody", "-C", "1", "-w", &file, "--stats=json", "udp"];
    let running = sniffer(&lab.left.namespace, &arguments);
    let pid = running.pid();
    assert_eq!(status(pid, "Uid:"), [NOBODY; 4].map(|id| id.to_string()).join(" "));
    assert!(!status(pid, "Groups:").split(' ').any(|group| group == "0"), "root's group is left");
    // CAP_BPF is number 39.
    assert_eq!(status(pid, "CapEff:"), format!("{:016x}", 1_u64 << 39));
    let sent = RawSender::open(&lab.left).flood(&numbered(&lab, 2000), 2000).sent;
    let outcome = running.interrupt();
    assert_eq!(outcome.expect_code(0).summary().captured, sent);
    assert_eq!(outcome.statistics()["ledger"]["written"], sent, "the counters can still be read");
    assert_eq!(owners(&folder), [NOBODY; 3]);
}

#[test]
fn a_folder_that_the_user_may_not_write_to_and_an_unknown_user_are_errors() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), open_folder("user-errors"));
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let file = folder.path("f");
    let run = |user| run_sniffer(&lab.left.namespace, &["-i", "left0", "-Z", user, "-w", &file]);
    let expect = |outcome: Outcome, words: &str| {
        assert!(outcome.expect_code(1).stderr.contains(words), "{}", outcome.stderr);
        assert!(folder.files().is_empty());
    };
    expect(run("nobody"), &format!("{file}: Permission denied"));
    expect(run("no-such-user"), "couldn't find user 'no-such-user'");
}
