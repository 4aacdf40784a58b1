//! Interfaces that are watched: a capture that keeps no frame, and what is read of it. Knows no terminal.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use sniffer::counters::{ProcessCost, RunTimeStatistics, Tallies, Tally};
use sniffer::metrics::{Readings, TableReading};
use sniffer::top::Sample;

use crate::cli::arming::{self, Armed};
use crate::cli::kernel::Kernels;
use crate::cli::plan::Plan;
use crate::cli::summary;
use crate::cli::workers::Workers;

/// Reading the tables may take this part of the time of a processor at most, and ranking what is in them takes as much again:
/// a hundred thousand flows are not looked at each second.
const TABLES_SHARE: u32 = 128;

/// A running count.
pub(crate) struct Watch {
    plan: Plan,
    /// They wait for frames that do not come, and for the interface when it goes away.
    workers: Workers,
    /// One for each set of programs, as interfaces of different kinds need them.
    tallies: Vec<Tally>,
    /// Their names, as they are shown.
    interfaces: String,
    /// On as long as this is watched.
    statistics: Option<RunTimeStatistics>,
    start: Instant,
    sample: Box<Sample>,
    /// When the tables are to be read next.
    tables_due: Duration,
    // Last, because the sockets must be gone before it.
    kernels: Kernels,
}

impl Watch {
    /// Begins to count by a plan that keeps nothing.
    pub(crate) fn start(plan: Plan) -> anyhow::Result<Self> {
        let statistics = RunTimeStatistics::enable().inspect_err(summary::no_run_times).ok();
        let Armed { workers, mut kernels, .. } = arming::arm(&plan, super::live(&plan)?)?;
        let tallies = kernels.take_tallies()?;
        let interfaces = kernels.interfaces().collect::<Vec<_>>().join(" ");
        let (start, sample) = (Instant::now(), Box::<Sample>::default());
        let tables_due = Duration::ZERO;
        Ok(Self { plan, workers, tallies, interfaces, statistics, start, sample, tables_due, kernels })
    }

    /// The names of the interfaces, with blanks between.
    pub(crate) fn interfaces(&self) -> &str {
        &self.interfaces
    }

    /// The expression.
    pub(crate) fn expression(&self) -> &str {
        &self.plan.expression
    }

    /// What there is now.
    pub(crate) fn sample(&mut self) -> anyhow::Result<&Sample> {
        self.sample.at = self.start.elapsed();
        self.sample.snapshot = self.kernels.snapshot()?;
        self.read_tables()?;
        self.sample.run_time = self.statistics.as_ref().map(|_| self.kernels.run_time()).transpose()?;
        self.sample.process = ProcessCost::read()?;
        Ok(&self.sample)
    }

    /// Reads the tables, unless that took so long the last time that it is too early.
    fn read_tables(&mut self) -> anyhow::Result<()> {
        let sample = &mut self.sample;
        if sample.at < self.tables_due {
            return Ok(());
        }
        let before = ProcessCost::read()?.time;
        let Some((first, others)) = self.tallies.split_first_mut() else { return Ok(()) };
        // Most of the time there are no others, and the room of the last time serves again.
        first.read(&mut sample.tallies)?;
        sample.tables = first.memory()?;
        for tally in others {
            let mut tallies = Tallies::default();
            tally.read(&mut tallies)?;
            sample.tallies.add(tallies);
            sample.tables += tally.memory()?;
        }
        let cost = ProcessCost::read()?.time.saturating_sub(before);
        sample.tallied_at = sample.at;
        self.tables_due = sample.at + TABLES_SHARE * cost;
        Ok(())
    }

    /// What there is now, for Prometheus.
    pub(crate) async fn readings(&mut self) -> anyhow::Result<Readings> {
        self.sample.at = self.start.elapsed();
        self.read_tables()?;
        let Tallies { flows, hosts, ports } = &self.sample.tallies;
        let tables = vec![
            TableReading::new("flows", flows),
            TableReading::new("hosts", hosts),
            TableReading::new("ports", ports),
        ];
        let report = self.workers.report().await;
        let readings = self.kernels.readings(&report.clone().unwrap_or_default(), report.is_some())?;
        Ok(Readings { tables, ..readings })
    }

    /// Brings sets that have changed to the kernel.
    pub(crate) fn renew(&mut self) -> anyhow::Result<()> {
        self.kernels.renew(&self.plan, super::live(&self.plan)?)
    }

    /// Counts by another expression from here on.
    ///
    /// # Errors
    /// When it cannot be compiled, or the kernel refuses it. The old one is in force then.
    pub(crate) fn set_expression(&mut self, expression: &str) -> anyhow::Result<()> {
        let old = std::mem::replace(&mut self.plan.expression, expression.to_owned());
        self.renew().inspect_err(|_| self.plan.expression = old)
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
