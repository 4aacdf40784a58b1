//! Readers of a pipe that are slow, or go away.

use std::io::{self, Read as _};
use std::process::{Command, Stdio};
use std::{slice, thread};

use super::{ledger, long_frame};
use crate::support::lab::Lab;
use crate::support::process::{Running, SNIFFER};
use crate::support::savefile::Savefile;
use crate::support::sender::RawSender;
use crate::support::skip;

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
