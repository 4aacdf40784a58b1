//! The live view on a real terminal, with real frames.

use std::fs;
use std::path::Path;
use std::process::Command;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sniffer::tui::Screen;

use crate::support::frames;
use crate::support::lab::Lab;
use crate::support::process::SNIFFER;
use crate::support::savefile::Savefile;
use crate::support::scratch::Scratch;
use crate::support::sender::RawSender;
use crate::support::terminal::TmuxTerminal;
use crate::support::{skip, wait};

/// The view of the left end, as soon as it is there. None where there is no tmux.
pub(super) fn watch(test: &str, lab: &Lab) -> Option<TmuxTerminal> {
    let command = format!("{SNIFFER} top -i left0 -d 100");
    let terminal = TmuxTerminal::start(test, &lab.left.namespace, &command)?;
    terminal.wait_for(&["sniffer top  left0  all frames", "Flows 0, 0 evicted", "q quit"]);
    Some(terminal)
}

/// Whether the row of that name has that number.
pub(super) fn has(shown: &str, name: &str, number: u64) -> bool {
    let number = number.to_string();
    shown
        .lines()
        .filter_map(|line| line.split_once(&format!("│{name} ")))
        .any(|(_, rest)| rest.trim_matches(|symbol: char| symbol == '│' || symbol.is_whitespace()) == number)
}

pub(super) fn send(lab: &Lab, frame: &[u8], count: u64) {
    RawSender::open(&lab.left).flood(&[frame.to_vec()], count);
}

pub(super) fn datagram(lab: &Lab) -> Vec<u8> {
    frames::udp_frame(&lab.left, &lab.right, 4000, 53, &[0; 58])
}

/// Sends a signal to the view.
pub(super) fn signal(terminal: &TmuxTerminal, signal: Signal) {
    let shell = terminal.format("#{pane_pid}");
    let children = format!("/proc/{shell}/task/{shell}/children");
    let pid = wait::until("the shell has a child", || {
        fs::read_to_string(&children).ok()?.split_whitespace().next()?.parse().ok()
    });
    kill(Pid::from_raw(pid), signal).expect("it runs");
}

/// Types an answer to what is asked for, in the place of what is proposed.
pub(super) fn answer(terminal: &TmuxTerminal, question: &str, answer: &str) {
    terminal.wait_for(&[question]);
    terminal.press(&["C-u"]);
    terminal.enter(answer);
    terminal.press(&["Enter"]);
}

#[test]
fn totals_are_what_was_sent_and_the_chart_moves() {
    const FRAMES: u64 = 12_345;
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let Some(terminal) = watch("the live view", &lab) else { return };
    // A line of dots above the lowest one of the chart.
    let rises = |shown: &str| {
        let chart = shown.lines().skip(2).take(5).flat_map(str::chars);
        chart.into_iter().any(|symbol| ('\u{2801}'..='\u{28ff}').contains(&symbol))
    };
    assert!(!rises(&terminal.shown()));
    send(&lab, &datagram(&lab), FRAMES);
    terminal.wait_until("all frames are counted, and drawn", |shown| {
        has(shown, "seen", FRAMES) && has(shown, "matched", FRAMES) && rises(shown)
    });
    // The tables are read more seldom.
    terminal.wait_until("all frames are in the row of their flow", |shown| {
        let flow = shown.lines().find(|line| line.starts_with("udp")).unwrap_or_default();
        let parts = ["10.99.0.1:4000", "10.99.0.2:53", "1.17 MiB"];
        shown.contains("Flows 1, 0 evicted") && parts.iter().all(|part| flow.contains(part))
    });
    for (key, part) in [("2", "Hosts 2"), ("3", "udp 53"), ("4", "ipv4 udp"), ("?", "keys (any ends this)")] {
        terminal.press(&[key]);
        terminal.wait_for(&[part]);
    }
    terminal.press(&["Escape"]);
    terminal.resize(120, 40);
    terminal.wait_for(&["Flows 1", "Hosts 2", "Ports 2", "Protocols"]);
}

#[test]
fn a_filter_is_edited_while_frames_are_counted() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let Some(terminal) = watch("editing the filter", &lab) else { return };
    terminal.press(&["/"]);
    terminal.wait_for(&["filter expression"]);
    terminal.enter("udp prt 53");
    terminal.press(&["Enter"]);
    let shown = terminal.wait_for(&["syntax error", "^~~"]);
    let lines: Vec<&str> = shown.lines().collect();
    let column = |part: &str| {
        lines
            .iter()
            .enumerate()
            .find_map(|(row, line)| line.find(part).map(|at| (row, line[..at].chars().count())))
    };
    let ((row, place), caret) = (column("prt").expect("it is typed"), column("^~~").expect("it is marked"));
    assert_eq!(caret, (row + 1, place), "{shown}");
    // Nothing has changed but the line.
    send(&lab, &datagram(&lab), 3);
    terminal.wait_until("frames are counted by the old filter", |shown| has(shown, "seen", 3));
    terminal.press(&["C-u"]);
    terminal.enter("udp port 53");
    terminal.press(&["Enter"]);
    terminal.wait_for(&["sniffer top  left0  udp port 53"]);
    send(&lab, &datagram(&lab), 10);
    send(&lab, &frames::tcp_frame(&lab.left, &lab.right, 4000, 80, &[0; 46]), 5);
    terminal.wait_until("the new filter decides", |shown| {
        has(shown, "seen", 18) && has(shown, "matched", 13) && has(shown, "not matched", 5)
    });
}

#[test]
fn what_matches_is_written_from_one_key_to_the_next() {
    const FRAMES: usize = 25;
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let Some(terminal) = watch("writing a file", &lab) else { return };
    let file = Scratch::new("top.pcap");
    let name = file.path();
    send(&lab, &datagram(&lab), 7);
    terminal.press(&["w"]);
    answer(&terminal, "file for what matches", name);
    terminal.wait_for(&["writing"]);
    send(&lab, &datagram(&lab), FRAMES as u64);
    terminal.wait_until("all frames are written and counted", |shown| {
        shown.contains(": 25, 0 lost") && has(shown, "matched", 7 + FRAMES as u64)
    });
    terminal.press(&["w"]);
    terminal.wait_for(&["25 frames written, 0 lost"]);
    let saved = Savefile::parse(&fs::read(&file.0).expect("the file is there"));
    assert_eq!(saved.frames, vec![datagram(&lab); FRAMES]);
    if let Some(tcpdump) = skip::program("reading the file", "tcpdump") {
        let output = Command::new(tcpdump).args(["-nr", name]).output().expect("tcpdump runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), FRAMES);
    }
    // The name is taken now.
    terminal.press(&["w"]);
    answer(&terminal, "file for what matches", name);
    terminal.wait_for(&["there is a file of that name"]);
}

/// The terminal is as it was: the shell's screen, with a cursor, and what is typed is shown.
fn assert_given_back(terminal: &TmuxTerminal, code: &str) {
    let shown = terminal.wait_for(&[code, "modes: icanon echo"]);
    assert_eq!(terminal.format("#{alternate_on} #{cursor_flag}"), "0 1", "{shown}");
}

#[test]
fn the_terminal_is_given_back_after_a_key_and_after_a_signal() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let Some(terminal) = watch("quitting", &lab) else { return };
    assert_eq!(terminal.format("#{alternate_on}"), "1");
    terminal.press(&["q"]);
    assert_given_back(&terminal, "ended with 0");

    let terminal = watch("SIGTERM", &lab).expect("there is a tmux");
    signal(&terminal, Signal::SIGTERM);
    assert_given_back(&terminal, "ended with 0");
}

/// Set for the program of the next test that panics.
const PANIC: &str = "SNIFFER_TEST_PANIC_ON_THE_SCREEN";

#[test]
fn the_terminal_is_given_back_before_a_panic_is_told() {
    if std::env::var_os(PANIC).is_some() {
        // As where a panic ends the process at once, nothing is dropped.
        std::mem::forget(Screen::open().expect("a terminal"));
        panic!("on purpose");
    }
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let program = std::env::current_exe().expect("this program");
    let test = "top::terminal::the_terminal_is_given_back_before_a_panic_is_told";
    let command =
        format!("{PANIC}=1 RUST_BACKTRACE=0 {} --exact --nocapture {test}", Path::display(&program));
    let Some(terminal) = TmuxTerminal::start("a panic", &lab.left.namespace, &command) else { return };
    terminal.wait_for(&["on purpose"]);
    assert_given_back(&terminal, "ended with 101");
}
