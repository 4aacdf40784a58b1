//! Disks that are full, fail, or may not be written any further.

use std::fs::File;
use std::os::fd::AsRawFd as _;
use std::process::{Command, Stdio};
use std::{fs, process, slice};

use nix::fcntl::{FcntlArg, SealFlag, fcntl};
use nix::sys::memfd::{MFdFlags, memfd_create};

use super::{frames_so_far, ledger, long_frame, whole_frames};
use crate::support::lab::Lab;
use crate::support::process::{Outcome, Running, SNIFFER, run_sniffer, sniffer};
use crate::support::scratch::Folder;
use crate::support::sender::RawSender;
use crate::support::small_disk::SmallDisk;
use crate::support::{frames, skip, wait};

/// What is said when a medium fails. Who else has it written, as sync(1) does for all disks, may be the first to notice, after
/// which ext4 takes nothing more.
const FAILING: &[&str] = &["Input/output error", "Read-only file system"];

/// Asserts that a capture ended by itself because its file took no more, and that it says what the file holds.
#[track_caller]
fn check_failed_write(outcome: &Outcome, path: &str, frame: &[u8], reasons: &[&str]) {
    outcome.expect_code(1);
    let said = |reason: &&str| outcome.stderr.contains(&format!("{path}: {reason}"));
    assert!(reasons.iter().any(said), "{}", outcome.stderr);
    let is_read_only = File::options().append(true).open(path).is_err();
    // The end of a file cannot be cut off there.
    let held = if is_read_only { frames_so_far(path) } else { whole_frames(path, frame) };
    assert_eq!(ledger(outcome, "written"), held, "{}", outcome.stderr);
    assert!(held > 0 && ledger(outcome, "not_written") > 0, "{}", outcome.stderr);
    assert_eq!(outcome.statistics()["ledger"]["balanced"], true, "{}", outcome.stderr);
    assert!(outcome.stderr.contains(" captured but not written\n"), "{}", outcome.stderr);
}

#[test]
fn a_full_disk_ends_the_capture_with_all_frames_that_it_holds() {
    if !skip::is_root() {
        return;
    }
    for disk in [SmallDisk::tmpfs(10), SmallDisk::ext4(24)].into_iter().flatten() {
        for option in [&[][..], &["--buffered"], &["-U"]] {
            let lab = Lab::quiet();
            let (frame, file) = (long_frame(&lab), disk.0.path("full.pcap"));
            let args = [&["-i", "left0", "--stats=json", "-w", &file], option].concat();
            let running = sniffer(&lab.left.namespace, &args);
            RawSender::open(&lab.left).flood(slice::from_ref(&frame), 40_000);
            check_failed_write(&running.wait(), &file, &frame, &["No space left on device"]);
            fs::remove_file(&file).expect("the file can be removed");
        }
    }
}

/// Frames that no compressor makes shorter, all different: a xorshift's output.
fn noisy_frames(lab: &Lab, count: usize) -> Vec<Vec<u8>> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let mut payload = || (0..184).flat_map(|_| next()).collect::<Vec<u8>>();
    (0..count).map(|_| frames::udp_frame(&lab.left, &lab.right, 1000, 9, &payload())).collect()
}

#[test]
fn a_compressed_file_on_a_full_disk_can_be_read_to_where_the_ledger_says() {
    if !skip::is_root() {
        return;
    }
    let Some(disk) = SmallDisk::tmpfs(20) else { return };
    let (lab, file) = (Lab::quiet(), disk.0.path("full.pcap.zst"));
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "--stats=json", "-w", &file]);
    RawSender::open(&lab.left).flood(&noisy_frames(&lab, 4000), 40_000);
    let outcome = running.wait();
    outcome.expect_code(1);
    assert!(outcome.stderr.contains(&format!("{file}: No space left on device")), "{}", outcome.stderr);
    let written = ledger(&outcome, "written");
    assert!(written > 0 && ledger(&outcome, "not_written") > 0, "{}", outcome.stderr);
    assert_eq!(outcome.statistics()["ledger"]["balanced"], true, "{}", outcome.stderr);
    let read = run_sniffer(&lab.left.namespace, &["-r", &file, "--count"]);
    assert_eq!(read.lines(), [format!("{written} packets")], "{}", read.stderr);
}

#[test]
fn a_series_on_a_full_disk_holds_what_the_ledger_says() {
    if !skip::is_root() {
        return;
    }
    let Some(disk) = SmallDisk::tmpfs(10) else { return };
    for extension in ["pcap", "pcap.zst"] {
        let lab = Lab::quiet();
        let file = disk.0.path(&format!("series.{extension}"));
        let args = ["-i", "left0", "-B", "65536", "--stats=json", "-C", "3", "-w", &file];
        let running = sniffer(&lab.left.namespace, &args);
        RawSender::open(&lab.left).flood(&noisy_frames(&lab, 4000), 20_000);
        let outcome = running.wait();
        outcome.expect_code(1);
        assert!(outcome.stderr.contains("No space left on device"), "{}", outcome.stderr);
        let mut held = 0;
        for entry in fs::read_dir(&disk.0.0).expect("a folder") {
            let path = entry.expect("an entry").path();
            let counted =
                run_sniffer(&lab.left.namespace, &["-r", path.to_str().expect("a plain path"), "--count"]);
            let lines = counted.lines();
            let count = lines.first().and_then(|line| line.split(' ').next()?.parse::<u64>().ok());
            held += count.unwrap_or_default();
            fs::remove_file(&path).expect("the file can be removed");
        }
        assert_eq!(ledger(&outcome, "written"), held, "{extension}: {}", outcome.stderr);
        assert!(held > 0 && ledger(&outcome, "not_written") > 0, "{extension}: {}", outcome.stderr);
    }
}

#[test]
fn a_disk_that_fails_ends_the_capture_with_all_frames_that_it_holds() {
    if !skip::is_root() {
        return;
    }
    let medium = memfd_create("disk", MFdFlags::MFD_ALLOW_SEALING).expect("memory can be a file");
    let image = format!("/proc/{}/fd/{}", process::id(), medium.as_raw_fd());
    let Some(disk) = SmallDisk::ext4_in(&image, 200) else { return };
    let (lab, file) = (Lab::quiet(), disk.0.path("failing.pcap"));
    let frame = long_frame(&lab);
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "--stats=json", "-w", &file]);
    RawSender::open(&lab.left).flood(slice::from_ref(&frame), 20_000);
    wait::until_true("some buffers are on the disk", || {
        fs::metadata(&file).is_ok_and(|metadata| metadata.len() > 10 << 20)
    });
    // From here on the medium takes nothing.
    fcntl(&medium, FcntlArg::F_ADD_SEALS(SealFlag::F_SEAL_WRITE)).expect("it may be sealed");
    RawSender::open(&lab.left).flood(slice::from_ref(&frame), 20_000);
    check_failed_write(&running.wait(), &file, &frame, FAILING);
}

/// The page cache has taken everything before the disk is asked.
#[test]
fn what_does_not_come_to_the_disk_at_the_end_is_an_error() {
    if !skip::is_root() {
        return;
    }
    for option in [&[][..], &["--buffered"], &["-U"], &["-C", "1000"]] {
        let medium = memfd_create("disk", MFdFlags::MFD_ALLOW_SEALING).expect("memory can be a file");
        let image = format!("/proc/{}/fd/{}", process::id(), medium.as_raw_fd());
        let Some(disk) = SmallDisk::ext4_in(&image, 64) else { return };
        let (lab, file) = (Lab::quiet(), disk.0.path("failing.pcap"));
        let frame = long_frame(&lab);
        let args = [&["-i", "left0", "--stats=json", "-w", &file], option].concat();
        let running = sniffer(&lab.left.namespace, &args);
        // From here on the medium takes nothing.
        fcntl(&medium, FcntlArg::F_ADD_SEALS(SealFlag::F_SEAL_WRITE)).expect("it may be sealed");
        let sent = RawSender::open(&lab.left).flood(slice::from_ref(&frame), 20).sent;
        // Where others have asked the disk before, it takes nothing from the start.
        let mut has_ended = false;
        wait::until_true("the page cache has the frames, or will not have them", || {
            has_ended = running.has_ended();
            has_ended || frames_so_far(&file) == sent
        });
        let outcome = running.interrupt();
        outcome.expect_code(1);
        assert!(has_ended || outcome.summary().captured == sent, "{option:?}: {}", outcome.stderr);
        let told = |reason: &&str| {
            let behind = ["it was written, but not all of it came to the disk: ", ""];
            behind.iter().any(|behind| outcome.stderr.contains(&format!("{file}: {behind}{reason}")))
        };
        assert!(FAILING.iter().any(told), "{option:?}: {}", outcome.stderr);
    }
}

#[test]
fn a_limit_of_file_size_is_an_error_and_no_crash() {
    if !skip::is_root() {
        return;
    }
    let Some(shell) = skip::program("a limit of file size", "sh") else { return };
    let (lab, folder) = (Lab::quiet(), Folder::new("limit"));
    let (frame, file) = (long_frame(&lab), folder.path("limited.pcap"));
    let mut command = Command::new(shell);
    let script = format!("ulimit -f 12345; exec {SNIFFER} -i left0 --stats=json -w {file}");
    command.args(["-c", &script]).stdin(Stdio::null());
    let running = Running::start_command(&lab.left.namespace, &mut command);
    running.wait_until_ready();
    RawSender::open(&lab.left).flood(slice::from_ref(&frame), 40_000);
    check_failed_write(&running.wait(), &file, &frame, &["File too large"]);
}
