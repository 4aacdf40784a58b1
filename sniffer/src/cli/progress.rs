//! How far the reading of a savefile is, for who waits at a terminal. Knows no format.

use std::env;
use std::fs::{File, Metadata};
use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// How long the reading goes on before it is shown, and between two changes of what is shown.
const PERIOD: Duration = Duration::from_secs(1);

/// A line on a terminal that tells how much of a file has been read. It goes away with this.
pub(crate) struct Progress {
    /// How much there is, of what has an end.
    size: Option<u64>,
    read: u64,
    next: Instant,
    is_shown: bool,
}

impl Progress {
    /// That of a file from now on; none where standard error is no terminal on which a line can be written anew.
    pub(crate) fn of(file: &File) -> Option<Self> {
        let can_erase = env::var_os("TERM").is_some_and(|term| term != "dumb");
        if !io::stderr().is_terminal() || !can_erase {
            return None;
        }
        let size = file.metadata().ok().filter(Metadata::is_file).map(|metadata| metadata.len());
        Some(Self { size, read: 0, next: Instant::now() + PERIOD, is_shown: false })
    }

    /// Notes that so many bytes more have been read.
    pub(crate) fn advance(&mut self, bytes: usize) {
        self.read += bytes as u64;
        let now = Instant::now();
        if now >= self.next {
            self.next = now + PERIOD;
            self.is_shown = true;
            show(&line(self.read, self.size));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown {
            show("");
        }
    }
}

/// Short, so that no terminal breaks it.
fn line(read: u64, size: Option<u64>) -> String {
    let megabytes = read / 1_000_000;
    match size {
        Some(size @ 1..) => format!("{megabytes} MB, {} %", read.min(size) * 100 / size),
        _ => format!("{megabytes} MB"),
    }
}

/// Writes a line in the place of the one before.
fn show(line: &str) {
    // There is nowhere to report this to.
    let _ = io::stderr().write_all(format!("\r\x1b[K{line}").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_the_share_of_what_has_an_end() {
        for (read, size, expected) in [
            (3_000_000, Some(12_000_000), "3 MB, 25 %"),
            (3_999_999, None, "3 MB"),
            (5_000_000, Some(4_000_000), "5 MB, 100 %"),
            (0, Some(0), "0 MB"),
        ] {
            assert_eq!(line(read, size), expected);
        }
    }
}
