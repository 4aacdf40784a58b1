//! What sets cost: a look-up in code and in maps, making and loading large ones, and compiling long lists.

mod compile;
mod load;
mod lookup;
mod sets;

#[expect(dead_code, reason = "medians are enough here")]
#[path = "../report/mod.rs"]
mod report;
#[expect(dead_code, reason = "benchmarks use a part of the laboratory")]
#[path = "../../tests/support/mod.rs"]
mod support;

use anyhow::Result;

use crate::support::skip;

fn main() -> Result<()> {
    if !skip::is_root() {
        return Ok(());
    }
    let body = format!("{}\n{}\n{}", lookup::measure()?, load::measure()?, compile::measure()?);
    Ok(report::publish("sets", &body)?)
}
