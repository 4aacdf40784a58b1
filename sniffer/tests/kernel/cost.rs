//! The run time of the stages, by the kernel's own statistics.

use sniffer::counters::{MeasuredProgram, RunTimeStatistics};
use sniffer::load::TestFrame;

use crate::pipeline::pipelines;
use crate::support::skip;

#[test]
fn the_kernel_tells_what_each_frame_costs_while_it_is_asked_to_measure() {
    const FRAMES: u64 = 20;
    if !skip::is_root() {
        return;
    }
    for pipeline in pipelines() {
        let program = MeasuredProgram::new(pipeline.program().expect("it is loaded"));
        let run = || {
            for _ in 0..FRAMES {
                pipeline.run(&TestFrame::ethernet(&[0; 60])).expect("the frame is taken");
            }
        };
        let before = program.read().expect("/proc tells");
        let statistics = RunTimeStatistics::enable().expect("root may do that");
        run();
        let cost = program.read().expect("/proc tells").since(before);
        assert_eq!(cost.runs, FRAMES, "{:?}", pipeline.path());
        assert!(cost.nanos_a_run().expect("it has run") >= 1, "{cost:?}");
        drop(statistics);
    }
}
