//! Signals while a file is written.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{fs, slice, thread};

use nix::sys::signal::Signal;

use super::{frames_so_far, ledger, long_frame, whole_frames};
use crate::support::lab::Lab;
use crate::support::process::sniffer;
use crate::support::savefile::Savefile;
use crate::support::scratch::Folder;
use crate::support::sender::{Load, RawSender};
use crate::support::{skip, wait};

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
        let told = || running.statistics_so_far()["ledger"]["written"].as_u64();
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
