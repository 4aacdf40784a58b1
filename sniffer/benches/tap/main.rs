//! What one tap costs a host for each frame that its filter rejects: on a busy interface, and by test run.

mod cases;
mod deciders;
mod filters;
mod interface;
mod test_run;

#[path = "../report/mod.rs"]
mod report;
#[expect(dead_code, reason = "benchmarks use a part of the laboratory")]
#[path = "../../tests/support/mod.rs"]
mod support;

use anyhow::Result;

use crate::cases::Case;
use crate::deciders::Decider;
use crate::support::skip;

fn main() -> Result<()> {
    if !skip::is_root() {
        return Ok(());
    }
    let deciders = Decider::all();
    let case = Case::first();
    let on_interface = interface::measure(&case, &deciders)?;
    let by_test_run = test_run::measure(&case, &deciders)?;
    let body = format!("{on_interface}\n{by_test_run}\n{}", filters::measure(&Case::all())?);
    Ok(report::publish("tap", &body)?)
}
