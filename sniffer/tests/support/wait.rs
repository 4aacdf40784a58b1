//! Waiting for a condition with a deadline: what tests use in place of sleeping.

use std::thread;
use std::time::{Duration, Instant};

/// How long a test waits for something that must happen. Generous: emulated machines run this code too.
pub(crate) const DEADLINE: Duration = Duration::from_mins(1);

/// Polls `condition` until it gives a value.
///
/// # Panics
/// When the deadline passes, naming `what` was awaited.
pub(crate) fn until<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(start.elapsed() < DEADLINE, "waited {DEADLINE:?} in vain: {what}");
        thread::sleep(Duration::from_millis(1));
    }
}

/// Polls `condition` until it holds.
///
/// # Panics
/// When the deadline passes, naming `what` was awaited.
pub(crate) fn until_true(what: &str, mut condition: impl FnMut() -> bool) {
    until(what, || condition().then_some(()));
}
