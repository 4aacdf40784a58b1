//! An interface that is watched: a capture that keeps no frame, and what is read of it. Knows no terminal.

use std::time::Instant;

use anyhow::{Context as _, ensure};
use sniffer::counters::{MeasuredProgram, ProcessCost, RunTimeStatistics, Tally};
use sniffer::top::Sample;

use crate::cli::arming;
use crate::cli::kernel::Kernels;
use crate::cli::plan::{Live, Plan, Source};
use crate::cli::summary;
use crate::cli::workers::Workers;

/// A running count.
pub(crate) struct Watch {
    plan: Plan,
    /// They wait for frames that do not come, and for the interface when it goes away.
    workers: Workers,
    tally: Tally,
    program: MeasuredProgram,
    /// On as long as this is watched.
    statistics: Option<RunTimeStatistics>,
    start: Instant,
    sample: Sample,
    // Last, because the sockets must be gone before it.
    kernels: Kernels,
}

impl Watch {
    /// Begins to count by a plan that keeps nothing.
    pub(crate) fn start(plan: Plan) -> anyhow::Result<Self> {
        let statistics = RunTimeStatistics::enable().inspect_err(summary::no_run_times).ok();
        let (workers, mut kernels) = arming::arm(&plan, live(&plan)?)?;
        let tally = kernels.take_tally()?;
        let program = MeasuredProgram::new(kernels.program()?);
        let (start, sample) = (Instant::now(), Sample::default());
        Ok(Self { plan, workers, tally, program, statistics, start, sample, kernels })
    }

    /// The name of the interface.
    pub(crate) fn interface(&self) -> &str {
        self.kernels.interface()
    }

    /// The expression.
    pub(crate) fn expression(&self) -> &str {
        &self.plan.expression
    }

    /// What there is now.
    pub(crate) fn sample(&mut self) -> anyhow::Result<&Sample> {
        self.sample.at = self.start.elapsed();
        self.sample.snapshot = self.kernels.snapshot()?;
        self.tally.read(&mut self.sample.tallies)?;
        self.sample.run_time = self.statistics.as_ref().map(|_| self.program.read()).transpose()?;
        self.sample.process = ProcessCost::read()?;
        self.sample.tables = self.tally.memory()?;
        Ok(&self.sample)
    }

    /// Waits until the count has ended, which it does by itself only when it fails.
    pub(crate) async fn end(&mut self) -> anyhow::Result<()> {
        let outcome = self.workers.outcome().await.context("a capture thread ended")?;
        outcome.error.map_or(Ok(()), |error| Err(error.into()))
    }

    /// Ends the count.
    pub(crate) fn stop(&self) {
        self.workers.stop();
    }
}

fn live(plan: &Plan) -> anyhow::Result<&Live> {
    let Source::Live(live) = &plan.source else { anyhow::bail!("only an interface can be watched") };
    ensure!(live.interfaces.len() <= 1, "one interface is watched at a time, or `any`");
    Ok(live)
}
