//! Captures to disk that something happens to: whatever it is, the file ends with a whole frame, and the exit code, the
//! message and the ledger say what is in it.

use std::io::{self, Read as _};
use std::os::fd::AsRawFd as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{fs, process, slice, thread};

use nix::fcntl::{FcntlArg, SealFlag, fcntl};
use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::sys::signal::Signal;

use crate::support::lab::Lab;
use crate::support::process::{Outcome, Running, SNIFFER, run_sniffer, sniffer};
use crate::support::savefile::Savefile;
use crate::support::scratch::Folder;
use crate::support::sender::{Load, RawSender};
use crate::support::{frames, skip, wait};

/// A frame of Ethernet's full length.
fn long_frame(lab: &Lab) -> Vec<u8> {
    frames::udp_frame(&lab.left, &lab.right, 1000, 9, &[0x55; 1472])
}

/// A file system that is mounted in a folder until this is dropped.
struct SmallDisk(Folder);

impl SmallDisk {
    /// One in memory, of so many mebibytes.
    fn tmpfs(mebibytes: u32) -> Option<Self> {
        let folder = Folder::new("tmpfs");
        let options = format!("size={mebibytes}m");
        Self::mounted(folder, &["-t", "tmpfs", "-o", &options, "none"])
    }

    /// One on a loop device.
    fn ext4(mebibytes: u64) -> Option<Self> {
        // The device has the image open when its name is gone.
        let images = Folder::new("images");
        Self::ext4_in(&images.path("image"), mebibytes)
    }

    /// The same, in a file of that name.
    fn ext4_in(image: &str, mebibytes: u64) -> Option<Self> {
        let test = "an ext4 of its own";
        let folder = Folder::new("ext4");
        let file = fs::File::create(image).expect("the folder is writable");
        file.set_len(mebibytes << 20).expect("files may have holes");
        let made = Command::new(skip::program(test, "mkfs.ext4")?).args(["-q", "-F", image]).status();
        assert!(made.expect("mkfs starts").success());
        let disk = Self::mounted(folder, &["-t", "ext4", "-o", "loop", image]);
        if disk.is_none() {
            skip::say(test, "there are no loop devices here");
        }
        disk
    }

    fn mounted(folder: Folder, args: &[&str]) -> Option<Self> {
        let status = Command::new(skip::program("a small disk", "mount")?).args(args).arg(&folder.0).status();
        status.expect("mount starts").success().then(|| Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // It would be in the way of nothing but the removal of an empty folder.
        Command::new("umount").arg(&self.0.0).status().ok();
    }
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

/// Asserts that a capture ended by itself because its file took no more, and that it says what the file holds.
#[track_caller]
fn check_failed_write(outcome: &Outcome, path: &str, frame: &[u8], words: &str) {
    outcome.expect_code(1);
    assert!(outcome.stderr.contains(&format!("{path}: {words}")), "{}", outcome.stderr);
    let held = whole_frames(path, frame);
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
            check_failed_write(&running.wait(), &file, &frame, "No space left on device");
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
    check_failed_write(&running.wait(), &file, &frame, "Input/output error");
}

/// Ends a thread beside a test when the test ends, be it by a panic.
struct SetWhenDropped<'a>(&'a AtomicBool);

impl Drop for SetWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn signals_tell_and_flush_while_a_file_is_written() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), Folder::new("usr"));
    let (frame, file) = (long_frame(&lab), folder.path("usr.pcap"));
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "--stats=json", "-w", &file]);
    // As long as something comes now and then, a file is not written before a buffer is full.
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let end = SetWhenDropped(&over);
        let trickle = scope.spawn(|| {
            let sender = RawSender::open(&lab.left);
            let mut sent = 0_u64;
            while !over.load(Ordering::Relaxed) {
                sender.send(&frame);
                sent += 1;
                thread::sleep(Duration::from_millis(20));
            }
            sent
        });
        let told = || running.statistics_so_far().map(|told| told["ledger"]["written"].as_u64().unwrap_or(0));
        let written = wait::until("SIGUSR1 tells of frames", || told().filter(|written| *written >= 5));
        assert!(running.stderr_so_far().contains("packets captured, "), "on one line without -v");
        running.signal(Signal::SIGUSR2);
        wait::until_true("SIGUSR2 brings them into the file", || frames_so_far(&file) >= written);
        drop(end);
        let sent = trickle.join().expect("no panic");
        running.interrupt().expect_code(0);
        assert_eq!(whole_frames(&file, &frame), sent);
    });
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
    check_failed_write(&running.wait(), &file, &frame, "File too large");
}

#[test]
fn each_signal_that_ends_a_capture_has_what_the_ring_holds_written() {
    if !skip::is_root() {
        return;
    }
    let folder = Folder::new("signals");
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        let lab = Lab::quiet();
        let (frame, file) = (long_frame(&lab), folder.path("signal.pcap"));
        let running = sniffer(&lab.left.namespace, &["-i", "left0", "--stats=json", "-w", &file]);
        // More than the buffers of the writer hold, and less than the ring does.
        let sent = RawSender::open(&lab.left).flood(slice::from_ref(&frame), 20_000).sent;
        running.signal(signal);
        let outcome = running.wait();
        outcome.expect_code(0);
        assert_eq!(whole_frames(&file, &frame), sent, "{signal}: {}", outcome.stderr);
        assert_eq!(ledger(&outcome, "written"), sent);
    }
}

#[test]
fn a_capture_that_is_killed_leaves_what_it_wrote_and_nothing_behind_it() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), Folder::new("killed"));
    let (frame, file) = (long_frame(&lab), folder.path("killed.pcap"));
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "-w", &file]);
    let load = Load::start(RawSender::open(&lab.left), vec![frame.clone()]);
    wait::until_true("some buffers are on the disk", || {
        fs::metadata(&file).is_ok_and(|metadata| metadata.len() > 10 << 20)
    });
    running.signal(Signal::SIGKILL);
    running.wait();
    load.stop();
    let bytes = fs::read(&file).expect("the file is there");
    let held = Savefile::parse_whole_records(&bytes).frames;
    assert!(held.iter().all(|found| *found == frame), "zeros, or another frame than was sent");
    let (record, rest) = (16 + frame.len(), bytes.len() - 24);
    assert_eq!(held.len(), rest / record, "the last record alone is cut");
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

#[test]
fn what_a_slow_reader_costs_is_laid_to_the_writer() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let frame = long_frame(&lab);
    let (mut reader, writer) = io::pipe().expect("a pipe can be made");
    let mut command = Command::new(SNIFFER);
    command.args(["-i", "left0", "-B", "1024", "--stats=json", "-w", "-"]).stdin(Stdio::null());
    let running = Running::start_into(&lab.left.namespace, &mut command, Stdio::from(writer));
    drop(command);
    running.wait_until_ready();
    // Many times what the pipe, the buffer and the ring have room for.
    let sent = RawSender::open(&lab.left).flood(slice::from_ref(&frame), 20_000).sent;
    let reading = thread::spawn(move || {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map(|_| bytes)
    });
    let outcome = running.interrupt();
    outcome.expect_code(0);
    let read = reading.join().expect("no panic").expect("the pipe can be read");
    let (late, delivered) = (ledger(&outcome, "writer_late"), ledger(&outcome, "delivered"));
    assert!(late > 0, "{}", outcome.stderr);
    assert_eq!((late + delivered, ledger(&outcome, "ring_full")), (sent, 0), "{}", outcome.stderr);
    assert_eq!(Savefile::parse(&read).frames.len() as u64, delivered);
}

#[test]
fn a_reader_that_goes_away_ends_a_capture_without_an_error() {
    if !skip::is_root() {
        return;
    }
    for option in [&[][..], &["-U"]] {
        let lab = Lab::quiet();
        let (reader, writer) = io::pipe().expect("a pipe can be made");
        let mut command = Command::new(SNIFFER);
        command.args(["-i", "left0", "-w", "-"]).args(option).stdin(Stdio::null());
        let running = Running::start_into(&lab.left.namespace, &mut command, Stdio::from(writer));
        drop(command);
        running.wait_until_ready();
        drop(reader);
        RawSender::open(&lab.left).send(&long_frame(&lab));
        running.wait().expect_code(0);
    }
}
