//! A program on a real terminal: tmux is the terminal, and says what it shows.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use super::namespace::Namespace;
use super::{skip, wait};

/// A terminal with a program on it; ended when dropped.
pub(crate) struct TmuxTerminal {
    tmux: PathBuf,
    /// The name of the server, which has one session.
    server: String,
}

impl TmuxTerminal {
    /// A terminal of 80 columns and 24 rows with a shell in a namespace that runs a command line and says how that ended and what
    /// modes it has left.
    /// None, and a line for `test`, where there is no tmux.
    pub(crate) fn start(test: &str, namespace: &Namespace, command: &str) -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let tmux = skip::program(test, "tmux")?;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let server = format!("sniffer-test-{}-{number}", std::process::id());
        let terminal = Self { tmux, server };
        // The shell stays, so that what is left of the screen can be looked at.
        let modes = "stty -a | grep -oE -- '-?\\b(echo|icanon)\\b' | tr '\\n' ' '";
        let script = format!("{command}; echo \"ended with $?\"; echo \"modes: $({modes})\"; exec cat");
        let mut start = terminal.command(&["new-session", "-d", "-x", "80", "-y", "24", "sh", "-c", &script]);
        let status = namespace.start(&mut start).and_then(|mut child| child.wait()).expect("tmux runs");
        assert!(status.success(), "tmux starts");
        Some(terminal)
    }

    /// What is on the screen, line by line.
    pub(crate) fn shown(&self) -> String {
        let output = self.command(&["capture-pane", "-p"]).output().expect("tmux answers");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Waits until the screen is as expected.
    pub(crate) fn wait_until(&self, what: &str, mut condition: impl FnMut(&str) -> bool) -> String {
        let mut shown = String::new();
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            wait::until_true(what, || {
                shown = self.shown();
                condition(&shown)
            });
        }));
        assert!(result.is_ok(), "in vain: {what}; the screen is\n{shown}");
        shown
    }

    /// Waits until all of these are on the screen.
    pub(crate) fn wait_for(&self, parts: &[&str]) -> String {
        self.wait_until(&format!("{parts:?} on the screen"), |shown| {
            parts.iter().all(|part| shown.contains(part))
        })
    }

    /// Types keys, as tmux calls them.
    pub(crate) fn press(&self, keys: &[&str]) {
        self.tell(&[&["send-keys"], keys].concat());
    }

    /// Types text as it is.
    pub(crate) fn enter(&self, text: &str) {
        self.tell(&["send-keys", "-l", text]);
    }

    /// Gives it another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.tell(&["resize-window", "-x", &columns.to_string(), "-y", &rows.to_string()]);
    }

    /// What tmux knows of the terminal by a name of its formats.
    pub(crate) fn format(&self, name: &str) -> String {
        let output = self.command(&["display-message", "-p", name]).output().expect("tmux answers");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn tell(&self, words: &[&str]) {
        assert!(self.command(words).status().expect("tmux runs").success(), "tmux does {words:?}");
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.tmux);
        command.args(["-L", &self.server, "-f", "/dev/null"]).args(words);
        command
            .env("TERM", "xterm-256color")
            .env("LC_ALL", "C.UTF-8")
            .env_remove("TMUX")
            .stdin(Stdio::null());
        command
    }
}

impl Drop for TmuxTerminal {
    fn drop(&mut self) {
        // Where the test has ended the server by itself this fails.
        self.command(&["kill-server"]).stderr(Stdio::null()).status().ok();
    }
}
