//! Installed programs as judges of files.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use super::Owned;
use crate::packet::Timestamp;
use crate::pcap::{Format, Precision, Reader};

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
    run("tcpdump", &["-nr", "-"], file).map(|output| complaint(&output))
}

/// The complaint in what a tcpdump has said.
pub(super) fn complaint(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let complaint = text.lines().find_map(|line| line.strip_prefix("tcpdump: ")).unwrap_or_default();
    complaint.strip_prefix("pcap_loop: ").unwrap_or(complaint).to_owned()
}

/// The pcap file that tcpdump makes of a file, in the file's own precision: a conversion spoils wrong fractions.
pub(super) fn tcpdump_copy(file: &[u8]) -> Option<Output> {
    let precision = match Reader::new(file).map(|reader| (reader.format(), reader.precision())) {
        Ok((Format::Pcap, Precision::Micros)) => "micro",
        _ => "nano",
    };
    run("tcpdump", &["-nr", "-", "--time-stamp-precision", precision, "-w", "-"], file)
}

/// Compares frames with those of tcpdump's copy, but for what a pcap file cannot say.
pub(super) fn assert_is_copy(copied: &[Owned], frames: &[Owned], what: &str) {
    assert_eq!(copied.len(), frames.len(), "{what}");
    for (number, (frame, copied)) in frames.iter().zip(copied).enumerate() {
        let Timestamp { seconds, nanos } = frame.timestamp;
        let comparable = Owned {
            timestamp: Timestamp { seconds: i64::from(seconds as u32), nanos },
            interface: copied.interface,
            packet_type: copied.packet_type,
            checksum: copied.checksum,
            ..frame.clone()
        };
        assert_eq!(&comparable, copied, "frame {number} of {what}");
    }
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
