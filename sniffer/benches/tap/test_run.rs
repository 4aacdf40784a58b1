//! The cost by test run: the same programs on the same frame, many times in a row, without an interface.

use anyhow::Result;
use sniffer::load::TestFrame;

use super::cases::Case;
use super::deciders::{Decider, Programs};
use super::report::{Figures, Table};
use super::support::lab::Lab;

/// How often each program has its turn.
const ROUNDS: usize = 61;

/// Runs in a turn.
const RUNS: u32 = 200_000;

/// Measures all programs and tabulates what a frame costs.
pub(super) fn measure(case: &Case, deciders: &[Decider]) -> Result<String> {
    let bytes = case.frame(&Lab::quiet());
    let frame = TestFrame::ethernet(&bytes);
    let mut programs = Vec::new();
    for &decider in deciders.iter().filter(|decider| decider.has_test_run()) {
        programs.push((decider, Programs::load(decider, &case.expression)?, Figures::default()));
    }
    for _ in 0..ROUNDS {
        for (_, program, figures) in &mut programs {
            figures.push(program.time(&frame, RUNS)?);
        }
    }
    let mut table = Table::new(&["filter", "ns a run, fastest round", "median", "over the floor"]);
    let floor = programs.iter().find(|(decider, ..)| *decider == Decider::Floor);
    let floor = floor.map_or(0.0, |(.., figures)| figures.minimum());
    for (decider, _, figures) in &programs {
        let fastest = figures.minimum();
        table.row([
            decider.name().to_owned(),
            format!("{fastest:.1}"),
            format!("{:.1}", figures.median()),
            format!("{:.1}", fastest - floor),
        ]);
    }
    Ok(format!("Test run, {ROUNDS} rounds of {RUNS} runs a program, in turn.\n\n{table}"))
}
