//! The way of the frames from the wire to the output as a chain of numbers in which each difference has a name.

use thiserror::Error;

use super::Snapshot;

/// How many frames got how far. All numbers are of the same time: since the capture began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Frames that the sockets were offered.
    pub seen: u64,
    /// Those that the filter wants.
    pub matched: u64,
    /// Matched frames that are not in the sample.
    pub sampled_out: u64,
    /// Frames of the sample whose flow has had its share.
    pub over_flow_limit: u64,
    /// Frames within the share of their flow that came too fast.
    pub over_rate: u64,
    /// Those that were kept although something failed in the kernel; they are not among the matched ones.
    pub kept_on_error: u64,
    /// Kept frames for which the ring had no room (`tp_drops`), those of the next line aside.
    pub ring_full: u64,
    /// Kept frames for which the ring had no room while the output's writer was late.
    pub writer_late: u64,
    /// Kept frames that could not be read from the ring.
    pub malformed: u64,
    /// Frames that came out of the ring.
    pub delivered: u64,
    /// Frames that went to the output; less than were delivered when only so many were asked for.
    pub written: u64,
}

/// A ledger that does not add up: an error of this program or of the kernel.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Imbalance {
    /// More frames matched than there were.
    #[error("{matched} frames matched, but only {seen} were seen")]
    MatchedUnseen {
        /// Frames that the sockets were offered.
        seen: u64,
        /// Frames that the filter wanted.
        matched: u64,
    },
    /// More frames were left out than matched.
    #[error("{reduced} frames were left out, but only {matched} matched")]
    ReducedUnmatched {
        /// Frames that the filter wanted.
        matched: u64,
        /// Frames that were sampled out or over a limit.
        reduced: u64,
    },
    /// What the kernel kept is not what it handed over or dropped.
    #[error("{kept} frames were kept by the kernel, but {accounted} were delivered or dropped")]
    Ring {
        /// Frames that the kernel side counted as wanted or kept on error.
        kept: u64,
        /// Frames delivered, dropped or malformed.
        accounted: u64,
    },
    /// More frames were written than there were.
    #[error("{written} frames were written, but only {delivered} were delivered")]
    WrittenUndelivered {
        /// Frames that came out of the ring.
        delivered: u64,
        /// Frames that went to the output.
        written: u64,
    },
}

impl Ledger {
    /// A ledger with the kernel side's numbers filled in.
    pub fn of_kernel(snapshot: &Snapshot) -> Self {
        Self {
            seen: snapshot.seen.total().frames,
            matched: snapshot.matched.total().frames,
            sampled_out: snapshot.sampled_out.total().frames,
            over_flow_limit: snapshot.over_flow_limit.total().frames,
            over_rate: snapshot.over_rate.total().frames,
            kept_on_error: snapshot.kept_on_error,
            ..Self::default()
        }
    }

    /// Seen frames that the filter did not want.
    pub fn not_matched(&self) -> u64 {
        self.seen.saturating_sub(self.matched)
    }

    /// Matched frames that were left out: sampled out, or over a limit.
    pub fn reduced(&self) -> u64 {
        self.sampled_out + self.over_flow_limit + self.over_rate
    }

    /// Matched frames that were not left out.
    pub fn wanted(&self) -> u64 {
        self.matched.saturating_sub(self.reduced())
    }

    /// Delivered frames that were not written.
    pub fn not_written(&self) -> u64 {
        self.delivered.saturating_sub(self.written)
    }

    /// Whether the numbers add up. They must when the sockets have been closed and the rings emptied; during a capture
    /// they are of different moments.
    ///
    /// # Errors
    /// The first difference without a name.
    pub fn check(&self) -> Result<(), Imbalance> {
        let Self { seen, matched, delivered, written, .. } = *self;
        if matched > seen {
            return Err(Imbalance::MatchedUnseen { seen, matched });
        }
        let reduced = self.reduced();
        if reduced > matched {
            return Err(Imbalance::ReducedUnmatched { matched, reduced });
        }
        let kept = self.wanted() + self.kept_on_error;
        let accounted = delivered + self.ring_full + self.writer_late + self.malformed;
        if kept != accounted {
            return Err(Imbalance::Ring { kept, accounted });
        }
        if written > delivered {
            return Err(Imbalance::WrittenUndelivered { delivered, written });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use sniffer_common::{Cell, Link, Transport, cell};

    use super::*;

    #[track_caller]
    fn check(change: impl FnOnce(&mut Ledger), expected: Result<(), Imbalance>) {
        let mut ledger =
            Ledger { seen: 100, matched: 40, ring_full: 3, delivered: 37, written: 37, ..Ledger::default() };
        change(&mut ledger);
        assert_eq!(ledger.check(), expected, "{ledger:?}");
    }

    #[test]
    fn every_difference_needs_a_name() {
        check(|_| {}, Ok(()));
        check(|ledger| ledger.written = 5, Ok(()));
        check(|ledger| (ledger.malformed, ledger.delivered, ledger.written) = (7, 30, 30), Ok(()));
        check(|ledger| (ledger.kept_on_error, ledger.delivered) = (2, 39), Ok(()));
        check(
            |ledger| {
                (ledger.sampled_out, ledger.over_flow_limit, ledger.over_rate) = (20, 4, 1);
                (ledger.delivered, ledger.written) = (12, 12);
            },
            Ok(()),
        );
        check(|ledger| ledger.over_rate = 1, Err(Imbalance::Ring { kept: 39, accounted: 40 }));
        check(|ledger| ledger.over_rate = 41, Err(Imbalance::ReducedUnmatched { matched: 40, reduced: 41 }));
        check(|ledger| ledger.delivered -= 1, Err(Imbalance::Ring { kept: 40, accounted: 39 }));
        check(|ledger| ledger.ring_full += 1, Err(Imbalance::Ring { kept: 40, accounted: 41 }));
        check(|ledger| (ledger.ring_full, ledger.writer_late) = (1, 2), Ok(()));
        check(|ledger| ledger.writer_late = 1, Err(Imbalance::Ring { kept: 40, accounted: 41 }));
        check(|ledger| ledger.seen = 39, Err(Imbalance::MatchedUnseen { seen: 39, matched: 40 }));
        check(
            |ledger| ledger.written = 38,
            Err(Imbalance::WrittenUndelivered { delivered: 37, written: 38 }),
        );
    }

    #[test]
    fn the_kernel_side_of_a_ledger_is_the_sum_of_all_classes() {
        let mut snapshot = Snapshot { kept_on_error: 1, ..Snapshot::default() };
        snapshot.seen.cells[cell(Link::Ipv4, Transport::Tcp) as usize] = Cell { frames: 5, bytes: 500 };
        snapshot.seen.cells[cell(Link::Arp, Transport::None) as usize] = Cell { frames: 2, bytes: 84 };
        snapshot.matched.cells[cell(Link::Arp, Transport::None) as usize] = Cell { frames: 2, bytes: 84 };
        let ledger = Ledger::of_kernel(&snapshot);
        assert_eq!((ledger.seen, ledger.matched, ledger.kept_on_error), (7, 2, 1));
        assert_eq!(ledger.not_matched(), 5);
    }
}
