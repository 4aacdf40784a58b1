//! The counters of one moment, and what was counted between two.

use sniffer_common::Matrix;

/// What the kernel side has counted since it was loaded, or between two moments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Every frame that the sockets were offered.
    pub seen: Matrix,
    /// The frames that the filter wants.
    pub matched: Matrix,
    /// Frames that were kept without the filter's verdict or without being counted, since something could not be reached.
    pub kept_on_error: u64,
}

impl Snapshot {
    /// What was counted since `earlier`.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        Self {
            seen: self.seen - earlier.seen,
            matched: self.matched - earlier.matched,
            kept_on_error: self.kept_on_error.wrapping_sub(earlier.kept_on_error),
        }
    }
}
