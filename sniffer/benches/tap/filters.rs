//! What a tap costs with each of many filters, and how long each takes to compile.

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, ensure};
use sniffer::filter::emit::{Access, OnMatch, Target};
use sniffer::load::{KernelPath, SkbLayout};
use sniffer::packet::LinkType;

use super::cases::Case;
use super::deciders::Decider;
use super::interface;
use super::report::{Figures, Table};
use super::support::expression::live;

/// How often each expression is compiled.
const COMPILATIONS: usize = 31;

/// How often tcpdump is started for each.
const STARTS: usize = 7;

/// Measures every filter with direct reads beside libpcap's program.
pub(super) fn measure(cases: &[Case]) -> Result<String> {
    let classic = Decider::all().contains(&Decider::Classic);
    let ours = Decider::Ours(KernelPath::Direct);
    let deciders = if classic { vec![Decider::Classic, ours] } else { vec![ours] };
    let variants = cases.iter().flat_map(|case| deciders.iter().map(move |decider| (case, *decider)));
    let costs = interface::costs(variants)?;

    let mut table = Table::new(&[
        "filter",
        "ours, ns",
        "cBPF, ns",
        "part of cBPF's",
        "compiled in µs",
        "by tcpdump in ms",
    ]);
    let mut parts = Vec::new();
    let started = if classic { dumped("")? } else { f64::NAN };
    for case in cases {
        let (own, theirs) = (costs.over_floor(case, ours), costs.over_floor(case, Decider::Classic));
        let part = own.zip(theirs).map(|(own, theirs)| own / theirs);
        parts.extend(part);
        let dumped = if classic { dumped(&case.expression)? - started } else { f64::NAN };
        table.row([
            case.name.clone(),
            number(own),
            number(theirs),
            part.map_or_else(String::new, |part| format!("{part:.2}")),
            format!("{:.0}", compiled(case)? / 1e3),
            format!("{:.1}", dumped.max(0.0) / 1e6),
        ]);
    }
    Ok(format!(
        "{} taps, {} rounds of {} frames a variant, in turn, direct reads; nanoseconds over the floor.\n\n{table}\n{}",
        interface::TAPS,
        interface::ROUNDS,
        interface::FRAMES,
        summary(&parts)
    ))
}

fn number(figure: Option<f64>) -> String {
    figure.map_or_else(String::new, |figure| format!("{figure:.1}"))
}

/// Mean and worst of the parts.
fn summary(parts: &[f64]) -> String {
    if parts.is_empty() {
        return String::new();
    }
    // What is lost in noise counts as little, not as nothing.
    let (sum, count) =
        parts.iter().fold((0.0, 0.0), |(sum, count), part| (sum + part.max(0.01).ln(), count + 1.0));
    let mean = f64::exp(sum / count);
    let worst = parts.iter().copied().fold(f64::MIN, f64::max);
    format!("Geometric mean of the parts: {mean:.2}; the largest: {worst:.2}.\n")
}

/// The nanoseconds from the text to the instructions.
fn compiled(case: &Case) -> Result<f64> {
    let access = SkbLayout::of_running_kernel().map_or(Access::Compat, |layout| layout.access());
    let target = Target { access, on_match: OnMatch::Return(262_144) };
    let mut figures = Figures::default();
    for _ in 0..COMPILATIONS {
        let start = Instant::now();
        let program = live(LinkType::ETHERNET, black_box(&case.expression))?.emit(&target)?;
        figures.push(start.elapsed().as_secs_f64() * 1e9);
        black_box(program);
    }
    Ok(figures.median())
}

/// The nanoseconds from the start of a tcpdump that prints the program for an expression to its end.
fn dumped(expression: &str) -> Result<f64> {
    let mut figures = Figures::default();
    for _ in 0..STARTS {
        let start = Instant::now();
        let output = Command::new("tcpdump").args(["-y", "EN10MB", "-ddd", "--", expression]).output()?;
        figures.push(start.elapsed().as_secs_f64() * 1e9);
        ensure!(output.status.success(), "tcpdump: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(figures.median())
}
