//! What the kernel leaves out of the frames that match: each reduction alone, all together, and the ledger of each.

mod budget;
mod flows;
mod sampling;
mod snap;
mod together;

use std::num::NonZeroU32;

use sniffer::counters::Snapshot;
use sniffer::load::{Config, FlowLimit, Pipeline, Rate, Reductions, Share, SnapTo, TestFrame};

use crate::pipeline::{config, counters, pipelines_of};
use crate::support::skip;

/// A number that is not 0.
pub(crate) fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).expect("not 0")
}

/// The first so many frames or bytes of each flow, in a table of the default size.
fn flow_limit(share: Share) -> Reductions {
    Reductions { flow_limit: Some(FlowLimit { share, table: number(65_536) }), ..Reductions::default() }
}

/// Every reduction by itself, then all of them.
pub(crate) fn each() -> [Reductions; 9] {
    let none = Reductions::default();
    let rate = Rate::per_second(number(1000));
    let frames = flow_limit(Share::Frames(number(10)));
    [
        Reductions { sample: Some(number(2)), ..none },
        Reductions { is_adjusted: true, ..none },
        Reductions { sample_flows: Some(number(2)), ..none },
        frames,
        flow_limit(Share::Bytes(number(1000))),
        Reductions { rate, ..none },
        Reductions { snap: SnapTo::Headers(16), ..none },
        Reductions { snap: SnapTo::Rules, ..none },
        Reductions {
            sample: Some(number(2)),
            sample_flows: Some(number(2)),
            rate,
            snap: SnapTo::Headers(16),
            ..frames
        },
    ]
}

/// Runs the frames through stages with these reductions, in each way of reading packets: how much is kept of each, and
/// what was counted.
fn run(reductions: Reductions, frames: &[Vec<u8>]) -> Vec<(Vec<u32>, Snapshot)> {
    let pipelines = pipelines_of(&Config { reductions, ..config() });
    let run = |mut pipeline: Pipeline| {
        let counters = counters(&mut pipeline);
        let verdict =
            |frame: &Vec<u8>| pipeline.run(&TestFrame::ethernet(frame)).expect("the frame is taken");
        let verdicts = frames.iter().map(verdict).collect();
        (verdicts, counters.read().expect("the counters can be read"))
    };
    pipelines.into_iter().map(run).collect()
}

#[test]
fn without_rules_for_them_frames_are_kept_whole_and_counted() {
    if !skip::is_root() {
        return;
    }
    let reductions = Reductions { snap: SnapTo::Rules, ..Reductions::default() };
    for (verdicts, snapshot) in run(reductions, &[vec![0; 60]]) {
        assert_eq!(verdicts, [config().snaplen]);
        assert_eq!((snapshot.matched.total().frames, snapshot.kept_unreduced), (1, 1));
        assert_eq!(snapshot.kept_on_error, 0, "the frame is not missing among the matched ones");
    }
}
