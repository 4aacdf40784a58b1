//! The report of `--stats`: the loss ledger and the counters by protocol, as a table or as one line of JSON. What its rows are
//! called, and in which order they stand, is the same for both.

mod json;
mod table;

use std::fmt::{self, Write as _};
use std::num::NonZeroU32;

use crate::counters::{Ledger, RingAccount, Snapshot};

pub use json::json;
pub use table::text;

/// All numbers of one moment.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// How far frames have come.
    pub ledger: &'a Ledger,
    /// The kernel's counters.
    pub snapshot: &'a Snapshot,
    /// Each ring.
    pub rings: &'a [RingAccount],
    /// The sample of `--budget`: one frame in so many.
    pub one_in: Option<NonZeroU32>,
}

/// What a line of the ledger is called, in JSON and in the table.
struct Name {
    key: &'static str,
    text: &'static str,
    /// A difference between two stages, not a stage.
    is_difference: bool,
}

const fn stage(key: &'static str) -> Name {
    Name { key, text: key, is_difference: false }
}

const fn difference(key: &'static str, text: &'static str) -> Name {
    Name { key, text, is_difference: true }
}

/// The stage behind the reductions. Without any it is the one before, and not in the table.
const WANTED: &str = "wanted";

/// The ledger in the order of the frames' way.
fn ledger_rows(ledger: &Ledger) -> [(Name, u64); 14] {
    [
        (stage("seen"), ledger.seen),
        (difference("not_matched", "not matched"), ledger.not_matched()),
        (stage("matched"), ledger.matched),
        (difference("sampled_out", "sampled out"), ledger.sampled_out),
        (difference("over_flow_limit", "over flow limit"), ledger.over_flow_limit),
        (difference("over_rate", "over rate"), ledger.over_rate),
        (stage(WANTED), ledger.wanted()),
        (difference("kept_on_error", "kept on error"), ledger.kept_on_error),
        (difference("ring_full", "ring full"), ledger.ring_full),
        (difference("writer_late", "writer late"), ledger.writer_late),
        (difference("malformed", "malformed"), ledger.malformed),
        (stage("delivered"), ledger.delivered),
        (difference("not_written", "not written"), ledger.not_written()),
        (stage("written"), ledger.written),
    ]
}

impl Report<'_> {
    /// What stands beside the ledger.
    fn reduction_rows(&self) -> [(Name, u64); 5] {
        let flows = self.snapshot.flows.unwrap_or_default();
        [
            (difference("kept_unreduced", "kept despite fault"), self.snapshot.kept_unreduced),
            (difference("kept_over_flow_limit", "SYN, FIN, RST kept"), flows.kept_over_limit),
            (difference("flows_entered", "flows entered"), flows.entered),
            (difference("flows_evicted", "flows evicted"), flows.evicted),
            (
                difference("budget_one_in", "budget keeps one in"),
                self.one_in.map_or(0, |one_in| one_in.get().into()),
            ),
        ]
    }

    /// What became of fragments, where filters see through tunnels.
    fn fragment_rows(&self) -> [(Name, u64); 5] {
        let fragments = self.snapshot.fragments.unwrap_or_default();
        [
            (difference("first", "first ones"), fragments.first),
            (difference("followed", "followed the first"), fragments.followed),
            (difference("orphaned", "without a first"), fragments.orphaned),
            (difference("unremembered", "not remembered"), fragments.unremembered),
            (difference("evicted", "verdicts evicted"), fragments.evicted),
        ]
    }
}

fn append(out: &mut String, text: fmt::Arguments<'_>) {
    out.write_fmt(text).unwrap_or_else(|_| unreachable!("writing to a string does not fail"));
}

#[cfg(test)]
mod tests;
