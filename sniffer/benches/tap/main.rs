//! What one tap costs a host for each frame that its filter rejects: on a busy interface, and by test run.

mod deciders;
mod interface;
mod test_run;

#[path = "../report/mod.rs"]
mod report;
#[expect(dead_code, reason = "benchmarks use a part of the laboratory")]
#[path = "../../tests/support/mod.rs"]
mod support;

use anyhow::Result;

use crate::deciders::Decider;
use crate::support::skip;

fn main() -> Result<()> {
    if !skip::is_root() {
        return Ok(());
    }
    let deciders = Decider::all();
    let body = format!("{}\n{}", interface::measure(&deciders)?, test_run::measure(&deciders)?);
    Ok(report::publish("tap", &body)?)
}
