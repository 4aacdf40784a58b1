//! The expected lines against an installed tcpdump: whoever writes an expectation does not decide it.

use std::io::Write;
use std::process::{Command, Stdio};

use super::{Case, lines};
use crate::pcap::{PcapWriter, Precision, WriterOptions};

/// What tcpdump prints of the packets of a case; `None`, and a line that says so, where it is not installed.
fn tcpdump(case: &Case, flags: &str) -> Option<String> {
    let options = WriterOptions { link_type: case.link_type, snaplen: 262_144, precision: Precision::Micros };
    let mut writer = PcapWriter::new(Vec::new(), options).expect("a vector takes everything");
    for bytes in &case.frames {
        writer.write(&case.frame(bytes)).expect("a vector takes everything");
    }
    let file = writer.into_inner();
    let mut command = Command::new("tcpdump");
    command.args([flags, "-t", "-r", "-"]).env("TZ", "UTC");
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            eprintln!("skipped: tcpdump does not start: {error}");
            return None;
        }
    };
    child.stdin.take().expect("standard input is piped").write_all(&file).expect("tcpdump reads its input");
    let output = child.wait_with_output().expect("tcpdump is waited for");
    Some(String::from_utf8(output.stdout).expect("tcpdump prints ASCII"))
}

#[test]
fn expected_lines_are_tcpdumps() {
    let mut differences = Vec::new();
    for case in lines::cases() {
        for (flags, expected) in &case.lines {
            let Some(theirs) = tcpdump(&case, flags) else { return };
            if theirs != expected.join("\n") + "\n" {
                differences.push(format!("{} with {flags}, tcpdump prints\n{theirs}", case.name));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
