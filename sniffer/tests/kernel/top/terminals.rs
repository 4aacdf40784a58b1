//! Kinds of terminals, told from each other by `TERM` as over ssh: what is sent to them, byte by byte.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use nix::pty::{Winsize, openpty};
use nix::sys::termios::{LocalFlags, tcgetattr};

use super::terminal::{datagram, send};
use crate::support::lab::Lab;
use crate::support::process::SNIFFER;
use crate::support::{skip, wait};

/// The view on a terminal that keeps what it is sent.
struct Pty {
    child: Child,
    master: File,
    slave: File,
    sent: Arc<Mutex<Vec<u8>>>,
}

impl Pty {
    /// One of 80 columns and 24 rows. None, and a line, where the kernel has none to give.
    fn start(lab: &Lab, variables: &[(&str, &str)]) -> Option<Self> {
        let size = Winsize { ws_col: 80, ws_row: 24, ws_xpixel: 0, ws_ypixel: 0 };
        let pty = openpty(&size, None)
            .inspect_err(|error| skip::say("kinds of terminals", &format!("there are none: {error}")));
        let pty = pty.ok()?;
        let (master, slave) = (File::from(pty.master), File::from(pty.slave));
        let double = |file: &File| file.try_clone().expect("a descriptor can be doubled");
        let mut command = Command::new(SNIFFER);
        command.args(["top", "-i", "left0", "-d", "100"]);
        command.env_remove("NO_COLOR").envs(variables.iter().copied());
        command.stdin(double(&slave)).stdout(double(&slave)).stderr(Stdio::from(double(&slave)));
        let child = lab.left.namespace.start(&mut command).expect("the program can be started");
        let sent = Arc::default();
        let (mut reader, shared) = (double(&master), Arc::<Mutex<Vec<u8>>>::clone(&sent));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                shared.lock().expect("no holder panics").extend_from_slice(&buffer[..length]);
            }
        });
        Some(Self { child, master, slave, sent })
    }

    fn sent(&self) -> String {
        String::from_utf8_lossy(&self.sent.lock().expect("no holder panics")).into_owned()
    }

    fn wait_for(&self, what: impl Fn(&str) -> bool) {
        wait::until_true("the terminal is sent what is expected", || what(&self.sent()));
    }

    /// Waits for the program to end: its status, and whether the terminal is as it was.
    fn end(&mut self) -> (Option<i32>, bool) {
        let status = wait::until("the view ends", || self.child.try_wait().expect("it is a child"));
        let modes = tcgetattr(&self.slave).expect("it is a terminal").local_flags;
        (status.code(), modes.contains(LocalFlags::ICANON | LocalFlags::ECHO))
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // One that has ended makes these fail.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Whether a sequence sets a colour: SGR 30 to 38, 40 to 48, 90 and above.
fn has_color(sent: &str) -> bool {
    let sequences = sent.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|symbol: char| symbol.is_ascii_alphabetic())?;
        rest[end..].starts_with('m').then(|| &rest[..end])
    });
    let mut numbers =
        sequences.flat_map(|sequence| sequence.split(';')).filter_map(|number| number.parse().ok());
    numbers.any(|number: u32| matches!(number, 30..=38 | 40..=48 | 90..))
}

fn has_braille(sent: &str) -> bool {
    sent.chars().any(|symbol| ('\u{2801}'..='\u{28ff}').contains(&symbol))
}

#[test]
fn each_kind_of_terminal_gets_what_it_can_show() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for (variables, expected) in [
        (&[("TERM", "xterm")][..], (true, true)),
        (&[("TERM", "screen")], (true, true)),
        (&[("TERM", "linux")], (true, false)),
        (&[("TERM", "vt100")], (false, true)),
        (&[("TERM", "xterm-256color"), ("NO_COLOR", "1")], (false, true)),
        (&[("TERM", "linux"), ("NO_COLOR", "1")], (false, false)),
    ] {
        let Some(mut pty) = Pty::start(&lab, variables) else { return };
        pty.wait_for(|sent| sent.contains("Flows 0, 0 evicted"));
        send(&lab, &datagram(&lab), 500);
        let is_drawn = |sent: &str| if expected.1 { has_braille(sent) } else { sent.contains('█') };
        pty.wait_for(|sent| sent.contains("10.99.0.1:4000") && is_drawn(sent));
        pty.master.write_all(b"q").expect("a key");
        assert_eq!(pty.end(), (Some(0), true), "{variables:?}");
        pty.wait_for(|sent| sent.contains("\x1b[?1049l"));
        let sent = pty.sent();
        assert_eq!((has_color(&sent), has_braille(&sent)), expected, "{variables:?}");
    }
}

#[test]
fn a_terminal_that_only_prints_lines_is_refused() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for kind in ["dumb", ""] {
        let Some(mut pty) = Pty::start(&lab, &[("TERM", kind)]) else { return };
        assert_eq!(pty.end(), (Some(1), true));
        pty.wait_for(|sent| sent.contains("--once and --json need no more"));
        assert!(!pty.sent().contains('\x1b'), "{}", pty.sent());
    }
}
