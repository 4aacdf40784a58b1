//! In which pieces lines come out of standard output when it is a pipe, beside an installed tcpdump.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use nix::fcntl::OFlag;
use nix::sys::signal::Signal;
use nix::unistd::pipe2;

use crate::support::lab::Lab;
use crate::support::process::{Running, SNIFFER};
use crate::support::sender::RawSender;
use crate::support::{frames, skip, wait};

const FRAMES: usize = 300;

/// What a program writes of so many frames that come at once, write by write: a pipe in packet mode keeps them apart.
fn writes(program: &Path, options: &[&str]) -> Vec<String> {
    let lab = Lab::quiet();
    let (source, writer) = pipe2(OFlag::O_DIRECT | OFlag::O_CLOEXEC).expect("a pipe can be made");
    let mut command = Command::new(program);
    command.args(["-i", "left0", "-n", "-t", "-c", &FRAMES.to_string()]).args(options).stdin(Stdio::null());
    let running = Running::start_into(&lab.left.namespace, &mut command, Stdio::from(writer));
    // This process has the other end no more.
    drop(command);
    running.wait_until_ready();
    let reading = thread::spawn(move || {
        let (mut source, mut buffer, mut pieces) = (File::from(source), vec![0; 65_536], Vec::new());
        while let Ok(length @ 1..) = source.read(&mut buffer) {
            pieces.push(String::from_utf8_lossy(&buffer[..length]).into_owned());
        }
        pieces
    });
    let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, &[0; 20]);
    RawSender::open(&lab.left).flood(&[frame], FRAMES as u64);
    running.wait().expect_code(0);
    reading.join().expect("no panic")
}

#[test]
fn lines_are_written_together_unless_each_is_asked_for() {
    if !skip::is_root() {
        return;
    }
    let tcpdump = skip::program("writes of lines", "tcpdump");
    let mut lines = Vec::new();
    for program in [Some(PathBuf::from(SNIFFER)), tcpdump].into_iter().flatten() {
        let each = writes(&program, &["-l"]);
        assert_eq!(each.len(), FRAMES, "{}", program.display());
        assert!(each.iter().all(|write| write.ends_with('\n') && write.matches('\n').count() == 1));
        let together = writes(&program, &[]);
        assert!(together.len() < FRAMES / 2, "{}: {} writes", program.display(), together.len());
        assert_eq!(each.concat(), together.concat());
        lines.push(together.concat());
    }
    // Both say the same.
    assert!(lines.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn who_asks_twice_waits_for_no_reader() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let (_unread, writer) = pipe2(OFlag::O_CLOEXEC).expect("a pipe can be made");
    let mut command = Command::new(SNIFFER);
    command.args(["-i", "left0", "-n", "-t", "-l"]).stdin(Stdio::null());
    let running = Running::start_into(&lab.left.namespace, &mut command, Stdio::from(writer));
    running.wait_until_ready();
    // More than a pipe holds.
    let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, &[0; 20]);
    RawSender::open(&lab.left).flood(&[frame], 5000);
    wait::until_true("it ends", || {
        running.signal(Signal::SIGINT);
        running.stderr_so_far().contains("sniffer: ended before the ring was empty")
    });
    running.wait().expect_code(1);
}
