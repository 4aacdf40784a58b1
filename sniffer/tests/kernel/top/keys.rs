//! Keys of the live view that change what is watched, and files that cannot be written.

use std::fs;

use nix::sys::signal::Signal;

use super::terminal::{answer, datagram, has, send, signal, watch};
use crate::support::frames;
use crate::support::lab::Lab;
use crate::support::savefile::Savefile;
use crate::support::scratch::Scratch;
use crate::support::sender::RawSender;
use crate::support::skip;
use crate::support::small_disk::SmallDisk;

#[test]
fn another_interface_is_watched_from_a_key_on() {
    const QUESTION: &str = "interface (arrows";
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let Some(terminal) = watch("another interface", &lab) else { return };
    let lo = lab.left.loopback();
    let on_loopback =
        |count| RawSender::open(&lo).flood(&[frames::udp_frame(&lo, &lo, 4000, 53, &[0; 58])], count);
    send(&lab, &datagram(&lab), 3);
    terminal.wait_until("frames are counted", |shown| has(shown, "seen", 3));

    terminal.press(&["i"]);
    answer(&terminal, QUESTION, "nosuch0");
    terminal.wait_for(&["nosuch0: No such device exists"]);
    terminal.press(&["Escape"]);
    // The old one is watched as before.
    send(&lab, &datagram(&lab), 2);
    terminal.wait_until("frames are counted on", |shown| has(shown, "seen", 5));

    // The arrows go through the list, and around.
    terminal.press(&["i"]);
    let mut name = typed(&terminal.wait_for(&[QUESTION]));
    assert_eq!(name, "left0");
    while name != "lo" {
        terminal.press(&["Down"]);
        name = typed(&terminal.wait_until("another name is there", |shown| typed(shown) != name));
        assert_ne!(name, "left0", "all were there, but not lo");
    }
    terminal.press(&["Enter"]);
    terminal.wait_for(&["sniffer top  lo  all frames"]);
    terminal.wait_until("the numbers begin anew", |shown| has(shown, "seen", 0));
    on_loopback(7);
    send(&lab, &datagram(&lab), 4);
    terminal.wait_until("only its frames are counted", |shown| has(shown, "seen", 7));

    terminal.press(&["i"]);
    answer(&terminal, QUESTION, "left0 lo");
    terminal.wait_for(&["sniffer top  left0 lo  all frames"]);
    on_loopback(7);
    send(&lab, &datagram(&lab), 4);
    terminal.wait_until("those of both are counted", |shown| has(shown, "seen", 11));
}

/// What is on the line for the interface.
fn typed(shown: &str) -> String {
    let line = shown.lines().skip_while(|line| !line.contains("interface (arrows")).nth(1);
    line.and_then(|line| line.split('│').nth(1)).unwrap_or_default().trim().to_owned()
}

#[test]
fn a_file_that_cannot_be_made_is_said_in_place() {
    const QUESTION: &str = "file for what matches";
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let Some(terminal) = watch("a file that cannot be made", &lab) else { return };
    for (name, error) in [
        ("/nonexistent/x.pcap", "/nonexistent/x.pcap: No such file or directory"),
        // Not even by root.
        ("/sys/x.pcap", "/sys/x.pcap: Permission denied"),
        ("/tmp", "there is a file of that name"),
    ] {
        terminal.press(&["w"]);
        answer(&terminal, QUESTION, name);
        // The line stays, to be mended.
        terminal.wait_for(&[error, QUESTION]);
        terminal.press(&["Escape"]);
        terminal.wait_until("the line is gone", |shown| !shown.contains(QUESTION));
    }
    let file = Scratch::new("mended.pcap");
    terminal.press(&["w"]);
    answer(&terminal, QUESTION, file.path());
    terminal.wait_for(&["writing"]);
    send(&lab, &datagram(&lab), 5);
    terminal.wait_until("frames are written", |shown| shown.contains(": 5, 0 lost"));
    terminal.press(&["w"]);
    terminal.wait_for(&["5 frames written, 0 lost"]);
}

#[test]
fn a_full_disk_ends_the_file_and_not_the_view() {
    const FRAMES: u64 = 2000;
    if !skip::is_root() {
        return;
    }
    let Some(disk) = SmallDisk::tmpfs(1) else { return };
    let lab = Lab::quiet();
    let Some(terminal) = watch("a full disk", &lab) else { return };
    let long = frames::udp_frame(&lab.left, &lab.right, 4000, 53, &[0; 1400]);
    let file = disk.0.path("x.pcap");
    terminal.press(&["w"]);
    answer(&terminal, "file for what matches", &file);
    terminal.wait_for(&["writing"]);
    // While the program stands still: else the file could be full, and its capture over, before the last ones.
    signal(&terminal, Signal::SIGSTOP);
    send(&lab, &long, FRAMES);
    signal(&terminal, Signal::SIGCONT);
    let shown = terminal.wait_for(&["No space left on device", " lost)"]);
    // On as many lines as it takes.
    let lines = shown.lines().skip_while(|line| !line.contains("x.pcap: "));
    let message = lines.map(|line| format!("{line:<80}")).collect::<Vec<_>>().concat();
    let number = |before: &str, after: &str| -> Option<u64> {
        let (_, rest) = message.split_once(before)?;
        rest.split_once(after)?.0.parse().ok()
    };
    let held = Savefile::parse(&fs::read(&file).expect("the file is there")).frames;
    assert!(!held.is_empty() && held.iter().all(|frame| *frame == long), "whole frames");
    let written = number(" (", " frames written").expect("a number");
    assert_eq!(written, held.len() as u64, "{shown}");
    assert_eq!(number(" frames written, ", " lost)"), Some(FRAMES - written), "{shown}");
    // Nothing is written any more, and all is counted.
    send(&lab, &datagram(&lab), 9);
    let shown = terminal.wait_until("frames are counted on", |shown| has(shown, "seen", FRAMES + 9));
    assert!(!shown.contains(" writing "), "{shown}");
}
