//! The stages as the kernel runs them.

use log::LevelFilter;
use sniffer::bpf::{AluOp, Insn, Reg, Width};
use sniffer::load::{Config, KernelPath, Pipeline, TestFrame};

use crate::support::skip;

const PATHS: [KernelPath; 2] = [KernelPath::Direct, KernelPath::Compat];

fn pipeline(path: KernelPath) -> Pipeline {
    let config = Config {
        snaplen: 1000,
        cooked: false,
        loopback_ifindex: None,
        log_level: LevelFilter::Off,
        path: Some(path),
    };
    Pipeline::load(&config).expect("the stages can be loaded")
}

/// A filter that answers the same for every frame.
fn always(verdict: i32) -> [Insn; 2] {
    [Insn::Alu { width: Width::W64, op: AluOp::Mov, dst: Reg::R0, src: verdict.into() }, Insn::Exit]
}

#[test]
fn the_filter_slot_decides_and_can_be_set_and_emptied_at_any_time() {
    if !skip::is_root() {
        return;
    }
    for path in PATHS {
        let mut pipeline = pipeline(path);
        let mut check = |expected: u32, change: &dyn Fn(&mut Pipeline)| {
            change(&mut pipeline);
            let verdict = pipeline.run(&TestFrame::ethernet(&[0; 60])).expect("the frame is taken");
            assert_eq!(verdict, expected, "{path:?}");
        };
        check(1000, &|_| {});
        check(0, &|pipeline| pipeline.set_filter(&always(0)).expect("a filter"));
        check(77, &|pipeline| pipeline.set_filter(&always(77)).expect("a filter"));
        check(1000, &|pipeline| pipeline.clear_filter().expect("an empty slot"));
        check(1000, &|pipeline| pipeline.clear_filter().expect("a slot emptied twice"));
    }
}
