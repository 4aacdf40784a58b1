//! What each reduction costs a frame that the filter wants, by test run: on one that is kept, and on one that is left out.

#[path = "../report/mod.rs"]
mod report;
#[expect(dead_code, reason = "benchmarks use a part of the laboratory")]
#[path = "../../tests/support/mod.rs"]
mod support;

use std::num::NonZeroU32;

use anyhow::{Context as _, Result};
use sniffer::filter::emit::{OnMatch, emit_rules};
use sniffer::load::{Config, FlowLimit, KernelPath, Pipeline, Rate, Reductions, Share, SnapTo, TestFrame};
use sniffer::packet::LinkType;

use crate::report::{Figures, Table};
use crate::support::expression::live;
use crate::support::lab::Lab;
use crate::support::{frames, skip};

/// How often each program has its turn.
const ROUNDS: usize = 61;

/// Runs in a turn.
const RUNS: u32 = 200_000;

const SNAPLEN: u32 = 262_144;

/// More than there are runs, so that nothing is over the limit.
const BEYOND: u32 = u32::MAX;

/// The rules of the variant that has some.
const RULES: [(&str, OnMatch); 2] = [("udp port 53", OnMatch::Return(SNAPLEN)), ("tcp", OnMatch::Return(64))];

/// The variants by their options; the first is what the others are compared with.
fn variants() -> Vec<(&'static str, Reductions)> {
    let none = Reductions::default();
    let limit = |share| Some(FlowLimit { share, table: number(65_536) });
    let all = Reductions {
        sample_flows: Some(number(1)),
        flow_limit: limit(Share::Frames(number(BEYOND))),
        rate: Rate::per_second(number(Rate::MAX)),
        snap: SnapTo::Headers(64),
        ..none
    };
    vec![
        ("none", none),
        ("--sample 1/2", Reductions { sample: Some(number(2)), ..none }),
        ("--sample 1/1000000", Reductions { sample: Some(number(1_000_000)), ..none }),
        ("--sample-flows 1/1000000", Reductions { sample_flows: Some(number(1_000_000)), ..none }),
        ("--flow-limit 4294967295", Reductions { flow_limit: all.flow_limit, ..none }),
        ("--flow-limit 1", Reductions { flow_limit: limit(Share::Frames(number(1))), ..none }),
        ("--rate 1/s", Reductions { rate: Rate::per_second(number(1)), ..none }),
        ("--rate 10000000/s", Reductions { rate: all.rate, ..none }),
        ("--snap headers+64", Reductions { snap: all.snap, ..none }),
        ("--snap 'udp port 53:full,tcp:headers+64'", Reductions { snap: SnapTo::Rules, ..none }),
        ("--flow-limit, --rate, --snap", all),
    ]
}

fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

/// The stages with an empty filter slot: every frame matches.
fn load(reductions: Reductions, path: KernelPath) -> Result<Pipeline> {
    let mut pipeline = Pipeline::load(&Config { reductions, path: Some(path), ..Config::new(SNAPLEN) })?;
    let compile = |(text, keep): (&str, OnMatch)| Ok((live(LinkType::ETHERNET, text)?, keep));
    let rules = RULES.into_iter().map(compile).collect::<Result<Vec<_>>>()?;
    let rules: Vec<_> = rules.iter().map(|(filter, keep)| (filter.hir(), *keep)).collect();
    let program = emit_rules(&rules, OnMatch::Return(SNAPLEN), pipeline.access())?;
    pipeline.set_snap(&program)?;
    Ok(pipeline)
}

/// Measures all variants in turn and tabulates what each adds to a frame that matches.
fn measure(path: KernelPath) -> Result<String> {
    let lab = Lab::quiet();
    let bytes = frames::tcp_frame(&lab.left, &lab.right, 40_000, 443, &[0; 200]);
    let frame = TestFrame::ethernet(&bytes);
    let mut programs = Vec::new();
    for (name, reductions) in variants() {
        programs.push((name, load(reductions, path)?, Figures::default()));
    }
    for _ in 0..ROUNDS {
        for (_, pipeline, figures) in &mut programs {
            figures.push(pipeline.time(&frame, RUNS)?.as_secs_f64() * 1e9);
        }
    }
    let a_run = |figures: &Figures| figures.divided_by(f64::from(RUNS));
    let (_, _, none) = programs.first().context("there are variants")?;
    let mut table =
        Table::new(&["reduction", "ns a run, fastest round", "median", "more than none", "middle half"]);
    for (name, _, figures) in &programs {
        let more = a_run(&figures.less(none));
        let (from, to) = more.quartiles();
        table.row([
            (*name).to_owned(),
            format!("{:.1}", a_run(figures).minimum()),
            format!("{:.1}", a_run(figures).median()),
            format!("{:.1}", more.median()),
            format!("{from:.1}..{to:.1}"),
        ]);
    }
    Ok(format!("{path:?} reads:\n\n{table}"))
}

fn main() -> Result<()> {
    if !skip::is_root() {
        return Ok(());
    }
    let paths = [KernelPath::Direct, KernelPath::Compat];
    let tables = paths.into_iter().map(measure).collect::<Result<Vec<_>>>()?;
    let body = format!("{ROUNDS} rounds of {RUNS} runs a program, in turn.\n\n{}", tables.join("\n"));
    Ok(report::publish("reductions", &body)?)
}
