//! What is said to a terminal and to nobody else: colours, and how far the reading of a file is.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;

use nix::pty::openpty;
use sniffer::packet::Frame;

use crate::savefiles::{frame, packet, pcap};
use crate::scratch::Folder;
use crate::{expect_code, sniffer, stderr, stdout};

/// A sequence that colours what follows.
const ESCAPE: &str = "\x1b[";

fn file(folder: &Folder) -> String {
    let packets: Vec<Vec<u8>> = (1..=3).map(|sender| packet(sender, 20)).collect();
    let frames: Vec<Frame<'_>> =
        packets.iter().zip(1..).map(|(packet, second)| frame(second, 0, packet)).collect();
    folder.write("x.pcap", pcap(&frames))
}

/// What the program says to a terminal that is its standard output.
fn on_a_terminal(arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let pty = openpty(None, None).expect("there are terminals");
    let mut command = Command::new(env!("CARGO_BIN_EXE_sniffer"));
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).stdout(pty.slave);
    command.env_remove("NO_COLOR").env("TERM", "xterm").envs(variables.iter().copied());
    let mut child = command.spawn().expect("the program starts");
    // The other end of the terminal must be the program's alone.
    drop(command);
    let said = all_of(File::from(pty.master));
    assert!(child.wait().expect("it is a child").success());
    said
}

/// All that is said to a terminal until nobody has it open: reading it then is an error.
fn all_of(mut terminal: File) -> String {
    let mut said = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = terminal.read(&mut buffer) {
        said.extend_from_slice(&buffer[..length]);
    }
    String::from_utf8(said).expect("text")
}

#[test]
fn lines_are_coloured_on_terminals_and_where_it_is_asked_for() {
    let folder = Folder::new("colour");
    let file = file(&folder);
    let plain = sniffer(&["-tn", "-r", &file]);
    assert!(!stdout(&plain).contains(ESCAPE));
    assert_eq!(stdout(&sniffer(&["-tn", "--color=never", "-r", &file])), stdout(&plain));
    let always = stdout(&sniffer(&["-tn", "--color", "always", "-r", &file]));
    assert!(always.starts_with("IP \x1b[36m10.0.0.1\x1b[0m > "), "{always:?}");
    assert!(!stdout(&sniffer(&["--json", "--color=always", "-r", &file])).contains(ESCAPE));
    for (arguments, variables, is_coloured) in [
        (&["-n"][..], &[][..], true),
        (&["-n", "--color=never"], &[], false),
        (&["-n"], &[("NO_COLOR", "1")], false),
        (&["-n"], &[("NO_COLOR", "")], true),
        (&["-n"], &[("TERM", "dumb")], false),
        (&["-n", "--color=always"], &[("NO_COLOR", "1"), ("TERM", "dumb")], true),
        (&["--json"], &[], false),
    ] {
        let said = on_a_terminal(&[arguments, &["-r", &file]].concat(), variables);
        assert_eq!(said.lines().count(), 3, "{said:?}");
        assert_eq!(said.contains(ESCAPE), is_coloured, "{arguments:?} {variables:?}: {said:?}");
    }
    let wrong = sniffer(&["--color=sometimes", "-r", &file]);
    expect_code(&wrong, 2);
    assert!(stderr(&wrong).contains("possible values: auto, always, never"), "{}", stderr(&wrong));
}

#[test]
fn a_terminal_is_told_how_far_a_long_file_is() {
    let pty = openpty(None, None).expect("there are terminals");
    let mut command = Command::new(env!("CARGO_BIN_EXE_sniffer"));
    command.args(["--count", "-r", "-"]).env("TERM", "xterm");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(pty.slave);
    let mut child = command.spawn().expect("the program starts");
    drop(command);
    let (said, shown) = mpsc::channel();
    let mut terminal = File::from(pty.master);
    let listening = thread::spawn(move || {
        let (mut text, mut buffer) = (String::new(), [0; 4096]);
        while let Ok(length @ 1..) = terminal.read(&mut buffer) {
            text.push_str(str::from_utf8(&buffer[..length]).expect("ASCII"));
            if text.contains(" MB") {
                // Who waits for the first such line does not wait for more.
                let _ = said.send(());
            }
        }
        text
    });
    // The file is as long as it takes.
    let packet = packet(1, 600);
    let file = pcap(&[frame(1, 0, &packet)]);
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(&file).expect("the program reads");
    while shown.try_recv().is_err() {
        input.write_all(&file[24..]).expect("the program reads");
    }
    drop(input);
    let output = child.wait_with_output().expect("it is a child");
    expect_code(&output, 0);
    let text = listening.join().expect("the terminal says text");
    assert!(text.contains("\r\x1b[K"), "{text:?}");
    assert!(text.ends_with("\r\x1b[K"), "nothing is left of it: {text:?}");
    assert!(stdout(&output).ends_with(" packets\n"));
}
