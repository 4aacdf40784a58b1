//! A part of the disk that stays free, on a small file system of the test's own.

use std::path::Path;

use super::{numbered, numbers};
use crate::support::lab::Lab;
use crate::support::process::sniffer;
use crate::support::sender::RawSender;
use crate::support::small_disk::SmallDisk;
use crate::support::{skip, wait};

/// Of a disk of 16 MiB.
const HALF: u64 = 8 << 20;

#[test]
fn the_oldest_files_of_a_ring_make_room() {
    if !skip::is_root() {
        return;
    }
    let Some(disk) = SmallDisk::tmpfs(16) else { return };
    let lab = Lab::quiet();
    let file = disk.0.path("f");
    let arguments = [
        "-i",
        "left0",
        "-C",
        "1",
        "-W",
        "100",
        "-w",
        &file,
        "--ring-files",
        "50",
        "--keep-free",
        "50%",
        "udp",
    ];
    let running = sniffer(&lab.left.namespace, &arguments);
    let (sender, frames) = (RawSender::open(&lab.left), numbered(&lab, 30_000));
    for part in frames.chunks(1000) {
        for frame in part {
            sender.send(frame);
        }
        wait::until_true("half of the disk is free", || disk.free() >= HALF);
    }
    running.interrupt().expect_code(0);
    let files = disk.0.files();
    assert!(files.len() > 3 && files.len() < 10, "{files:?}");
    let kept: Vec<u32> = files.iter().flat_map(|file| numbers(file)).collect();
    assert_eq!(kept, (30_000 - kept.len() as u32..30_000).collect::<Vec<_>>(), "the last ones");
}

#[test]
fn without_a_ring_the_capture_ends_with_all_that_it_has() {
    if !skip::is_root() {
        return;
    }
    let Some(disk) = SmallDisk::tmpfs(16) else { return };
    let lab = Lab::quiet();
    let file = disk.0.path("f");
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "-w", &file, "--keep-free", "50%", "udp"]);
    let (sender, frames) = (RawSender::open(&lab.left), numbered(&lab, 10_000));
    // Ten times a million bytes are more than half of the disk, and less than all of it.
    for frame in &frames {
        sender.send(frame);
    }
    let outcome = running.wait();
    let captured = outcome.expect_code(1).summary().captured;
    assert!(outcome.stderr.contains("of the disk are free, less than the"), "{}", outcome.stderr);
    assert_eq!(numbers(Path::new(&file)), (0..captured as u32).collect::<Vec<_>>());
}
