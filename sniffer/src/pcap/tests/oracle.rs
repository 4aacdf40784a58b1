//! Installed programs as judges of files.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use super::Owned;
use crate::packet::Timestamp;

/// Runs a program with bytes on its standard input; `None`, and a line that says so, where it is not installed.
pub(super) fn run(program: &str, arguments: &[&str], input: &[u8]) -> Option<Output> {
    let mut command = Command::new(program);
    // UTC makes the times that programs print comparable.
    command.args(arguments).env("TZ", "UTC").env("LC_ALL", "C");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            eprintln!("skipped: {program} does not start: {error}");
            return None;
        }
    };
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let input = input.to_vec();
    // A program that refuses the file closes the pipe before it has read everything.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the program is waited for");
    writer.join().expect("the writer ends");
    Some(output)
}

/// What tcpdump complains about a file, without its name and `pcap_loop:`; empty when it reads it to its end.
pub(super) fn tcpdump_complaint(file: &[u8]) -> Option<String> {
    let output = run("tcpdump", &["-nr", "-"], file)?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let complaint = text.lines().find_map(|line| line.strip_prefix("tcpdump: ")).unwrap_or_default();
    Some(complaint.strip_prefix("pcap_loop: ").unwrap_or(complaint).to_owned())
}

/// The pcap file that tcpdump makes of a file, with nanoseconds.
pub(super) fn tcpdump_copy(file: &[u8]) -> Option<Output> {
    run("tcpdump", &["-nr", "-", "--time-stamp-precision=nano", "-w", "-"], file)
}

/// A line for each frame as tshark sees it: time, original length, captured length.
pub(super) fn tshark_lines(file: &[u8]) -> Option<Output> {
    let fields = ["frame.time_epoch", "frame.len", "frame.cap_len"];
    let mut arguments = vec!["-n", "-r", "-", "-T", "fields"];
    arguments.extend(fields.iter().flat_map(|field| ["-e", field]));
    run("tshark", &arguments, file)
}

/// The line that tshark prints for a frame.
pub(super) fn tshark_line(frame: &Owned) -> String {
    let Timestamp { seconds, nanos } = frame.timestamp;
    format!("{seconds}.{nanos:09}\t{}\t{}\n", frame.original_len, frame.data.len())
}
