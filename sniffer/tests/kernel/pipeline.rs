//! The stages as the kernel runs them.

use sniffer::bpf::{AluOp, Insn, Reg, Width};
use sniffer::counters::Counters;
use sniffer::load::{Config, Error, KernelPath, Pipeline, TestFrame};

use crate::support::skip;

/// The stages with an empty filter slot, once for each way of reading packets that this kernel has; says which it has
/// not.
pub(crate) fn pipelines() -> Vec<Pipeline> {
    pipelines_of(&config())
}

/// The same with other settings.
pub(crate) fn pipelines_of(config: &Config) -> Vec<Pipeline> {
    let ways = [KernelPath::Direct, KernelPath::Compat];
    ways.into_iter().filter_map(|path| pipeline(&Config { path: Some(path), ..*config })).collect()
}

/// What most tests need.
pub(crate) fn config() -> Config {
    Config::new(10_000)
}

fn pipeline(config: &Config) -> Option<Pipeline> {
    match Pipeline::load(config) {
        Ok(pipeline) => Some(pipeline),
        Err(Error::Direct(reason)) => {
            skip::say("direct reads", &reason.to_string());
            None
        }
        Err(error) => panic!("the stages can be loaded: {error}"),
    }
}

/// The counters of the stages, which nobody else has taken.
pub(crate) fn counters(pipeline: &mut Pipeline) -> Counters {
    let (matrices, faults) = pipeline.take_counter_maps().expect("nobody else has taken them");
    Counters::new(matrices, faults).expect("the maps are as they should be")
}

/// The values of `--kernel-path` that this kernel has.
pub(crate) fn path_options() -> Vec<&'static str> {
    let option = |pipeline: Pipeline| match pipeline.path() {
        KernelPath::Direct => "direct",
        KernelPath::Compat => "compat",
    };
    pipelines().into_iter().map(option).collect()
}

/// A filter that answers the same for every frame.
pub(crate) fn always(verdict: i32) -> [Insn; 2] {
    [Insn::Alu { width: Width::W64, op: AluOp::Mov, dst: Reg::R0, src: verdict.into() }, Insn::Exit]
}

#[test]
fn the_filter_slot_decides_and_can_be_set_and_emptied_at_any_time() {
    if !skip::is_root() {
        return;
    }
    for mut pipeline in pipelines() {
        let path = pipeline.path();
        let mut check = |expected: u32, change: &dyn Fn(&mut Pipeline)| {
            change(&mut pipeline);
            let verdict = pipeline.run(&TestFrame::ethernet(&[0; 60])).expect("the frame is taken");
            assert_eq!(verdict, expected, "{path:?}");
        };
        check(10_000, &|_| {});
        check(0, &|pipeline| pipeline.set_filter(&always(0)).expect("a filter"));
        check(77, &|pipeline| pipeline.set_filter(&always(77)).expect("a filter"));
        check(10_000, &|pipeline| pipeline.clear_filter().expect("an empty slot"));
        check(10_000, &|pipeline| pipeline.clear_filter().expect("a slot emptied twice"));
    }
}

#[test]
fn a_program_that_the_verifier_refuses_is_told_by_its_log_and_changes_nothing() {
    if !skip::is_root() {
        return;
    }
    for mut pipeline in pipelines() {
        pipeline.set_filter(&always(77)).expect("a filter");
        let unset = Insn::Alu { width: Width::W64, op: AluOp::Mov, dst: Reg::R0, src: Reg::R5.into() };
        let error = pipeline.set_filter(&[unset, Insn::Exit]).expect_err("nothing has set the register");
        assert!(matches!(error, Error::Refused { .. }), "{error:?}");
        assert!(error.to_string().contains("R5 !read_ok"), "{error}");
        let verdict = pipeline.run(&TestFrame::ethernet(&[0; 60])).expect("the frame is taken");
        assert_eq!(verdict, 77, "{:?}", pipeline.path());
    }
}
