//! Random expressions by test run, with the optimizer and without. `cargo xtask oracle kernel` does the same for as long
//! as it is told.

use std::env;

use super::test_run::{compare_program, has_test_run};
use super::{LIVE, see_through, stages};
use crate::generate::Random;
use crate::specimens;
use crate::support::expression::{live, seeing_through};
use crate::support::skip;

/// Pairs of an expression and a frame, when nobody asks for another number.
const PAIRS: usize = 20_000;

/// One of so many frames is run with an expression.
const STEP: usize = 29;

/// What an expression is compiled for.
enum Compile {
    Plain,
    SeeingThrough,
}

#[test]
fn random_expressions_give_the_evaluators_verdicts() {
    if !skip::is_root() {
        return;
    }
    let (pairs, seed) = (number("SNIFFER_ORACLE_PAIRS", PAIRS), number("SNIFFER_ORACLE_SEED", 1));
    let frames: Vec<_> = specimens::ethernet().into_iter().filter(|frame| has_test_run(frame)).collect();
    let parts: Vec<Vec<_>> =
        (0..STEP).map(|first| frames.iter().skip(first).step_by(STEP).cloned().collect()).collect();
    let plain = LIVE.into_iter().flat_map(|live| stages(live).into_iter().map(move |stage| (live, stage)));
    let seeing = see_through::stages_seeing_through().map(|stage| (Compile::SeeingThrough, stage));
    let mut stages: Vec<_> = plain.map(|stage| (Compile::Plain, stage)).chain(seeing).collect();
    let layered = see_through::without_fragments();
    let mut random = Random::new(seed as u64);
    let (mut done, mut expressions, mut kept) = (0, 0, 0);
    while done < pairs {
        for (compile, (link_type, pipeline)) in &mut stages {
            let text = random.expression(*link_type);
            let (compiled, part) = match compile {
                Compile::Plain => (live(*link_type, &text), &parts[random.below(STEP)]),
                Compile::SeeingThrough => (seeing_through(*link_type, &text), &layered),
            };
            let Ok(filter) = compiled else { continue };
            let program = if random.once_in(4) {
                filter.emit_unoptimized(&pipeline.target())
            } else {
                filter.emit(&pipeline.target())
            };
            let program = program.unwrap_or_else(|error| panic!("{text}: {error}"));
            kept += compare_program(pipeline, *link_type, &text, &filter, &program, part);
            done += part.len();
            expressions += 1;
        }
    }
    assert!(kept > done / 20, "{kept} of {done} frames kept");
    if env::var_os("SNIFFER_ORACLE_PAIRS").is_some() {
        println!("{done} pairs of {expressions} expressions, {kept} kept, 0 differences");
    }
}

/// The number in a variable of the environment.
fn number(name: &str, default: usize) -> usize {
    env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}
