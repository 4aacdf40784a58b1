//! Reading savefiles: several of them, and names of them in a file.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use sniffer::packet::{Frame, LinkType};

use crate::savefiles::{frame, packet, pcap, pcapng};
use crate::scratch::Folder;
use crate::{expect_code, sniffer, stderr, stdout, tcpdump};

/// A file with one frame from each of these senders.
fn file_from(senders: &[u8]) -> Vec<u8> {
    let packets: Vec<Vec<u8>> = senders.iter().map(|&sender| packet(sender, 20)).collect();
    let frames: Vec<Frame<'_>> =
        packets.iter().zip(1..).map(|(packet, second)| frame(second, 0, packet)).collect();
    pcap(&frames)
}

#[test]
fn several_files_are_read_one_after_the_other() {
    let folder = Folder::new("several");
    let (one, two) = (folder.write("one", file_from(&[1, 2])), folder.write("two", file_from(&[3])));
    let list = folder.write("list", format!("{one}\n{two}\n"));
    let listed = sniffer(&["-ttnV", &list]);
    expect_code(&listed, 0);
    assert_eq!(
        stdout(&listed),
        "1.000000 IP 10.0.0.1 > 10.0.0.99: no next header\n2.000000 IP 10.0.0.2 > 10.0.0.99: no next header\n\
         1.000000 IP 10.0.0.3 > 10.0.0.99: no next header\n"
    );
    assert_eq!(stdout(&sniffer(&["-ttn", "-r", &one, "-r", &two])), stdout(&listed));
    assert_eq!(stdout(&sniffer(&["--count", "-V", &list])), "3 packets\n");
    assert_eq!(stdout(&sniffer(&["-c2", "--count", "-V", &list])), "2 packets\n");
    let Some(oracle) = tcpdump(&["-ttnV", &list]) else { return };
    assert_eq!((stdout(&listed), stderr(&listed)), (stdout(&oracle), stderr(&oracle)));
}

#[test]
fn a_list_that_names_nothing_or_what_is_not_there_is_an_error() {
    let folder = Folder::new("lists");
    let one = folder.write("one", file_from(&[1]));
    let list = folder.write("list", format!("{one}\n/nonexistent\n"));
    let output = sniffer(&["-ttnV", &list]);
    expect_code(&output, 1);
    assert!(stderr(&output).contains("/nonexistent: No such file or directory"), "{}", stderr(&output));
    assert_eq!(
        stdout(&output),
        "1.000000 IP 10.0.0.1 > 10.0.0.99: no next header\n",
        "what came before is printed"
    );
    for (list, words) in
        [("/dev/null", "/dev/null: no savefile is named there"), ("/nonexistent", "No such file")]
    {
        let output = sniffer(&["-V", list]);
        expect_code(&output, 1);
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
}

#[test]
fn interfaces_of_several_files_keep_their_names() {
    let folder = Folder::new("interfaces");
    let (a, b) = (packet(1, 20), packet(2, 20));
    let one = folder.write("one", pcapng("eth", &[frame(1, 0, &a), frame(1, 1, &b)]));
    let two = folder.write("two", pcapng("wlan", &[frame(2, 0, &b)]));
    let merged = folder.path("merged.pcapng");
    expect_code(&sniffer(&["-r", &one, "-r", &two, "-w", &merged]), 0);
    let bytes = fs::read(&merged).expect("it was written");
    let mut reader = sniffer::pcap::Reader::new(&bytes[..]).expect("a savefile");
    let names = reader.interface_names();
    let mut found = Vec::new();
    while let Some(frame) = reader.next_frame().expect("whole") {
        found.push((names.get(frame.interface).expect("a name"), frame.data[15]));
    }
    assert_eq!(found, [("eth0".to_owned(), 1), ("eth1".to_owned(), 2), ("wlan0".to_owned(), 2)]);
}

#[test]
fn cooked_frames_have_the_names_of_their_file_and_nothing_that_a_terminal_obeys() {
    // As a capture on all interfaces writes them: the kernel's index is in the header, and the file counts by itself.
    let cooked = |index: u8| {
        let header = [8, 0, 0, 0, 0, 0, 0, index, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0];
        [&header[..], &packet(1, 20)].concat()
    };
    let (second, first) = (cooked(2), cooked(1));
    let frames = [(2, &second), (1, &first)]
        .map(|(index, data)| Frame { link_type: LinkType::LINUX_SLL2, ..frame(1, index, data) });
    let folder = Folder::new("cooked");
    for (prefix, expected) in
        [("eth", ["eth2  In  IP ", "eth1  In  IP "]), ("\x1b[2J", ["^[[2J2 In  IP ", "^[[2J1 In  IP "])]
    {
        let output = sniffer(&["-tn", "-r", &folder.write("x.pcapng", pcapng(prefix, &frames))]);
        let lines = stdout(&output);
        assert!(lines.lines().zip(expected).all(|(line, start)| line.starts_with(start)), "{lines:?}");
        assert_eq!(lines.lines().count(), 2);
    }
}

#[test]
fn a_pipe_of_any_length_takes_little_memory() {
    const FRAMES: usize = 100_000;
    let packet = packet(1, 1200);
    let file = pcap(&[frame(1, 0, &packet)]);
    let (head, record) = file.split_at(24);
    for arguments in [&["-n"][..], &["--json"], &["--count"], &["-w", "/dev/null"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sniffer"));
        command.args(arguments).args(["-r", "-"]).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(head).expect("the program reads");
        let records = record.repeat(1000);
        for _ in 0..FRAMES / 1000 {
            input.write_all(&records).expect("the program reads");
        }
        let used = most_memory(child.id());
        drop(input);
        assert!(child.wait().expect("it is a child").success());
        assert!(used < 48_000, "{arguments:?} took {used} KiB for {} KiB", FRAMES * record.len() / 1024);
    }
}

/// The most memory that a process had in use, in KiB.
fn most_memory(process: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("it has not been waited for");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("it runs");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
