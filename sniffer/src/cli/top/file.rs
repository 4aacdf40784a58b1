//! The file that what matches is written to while it is watched: an ordinary capture with a socket and programs of its own, so
//! that its ledger adds up and its ring is there only while it is needed.

use std::path::Path;

use sniffer::pcap::Precision;
use sniffer::sink::{Destination, Flush};
use sniffer::tui::Writing;

use crate::cli::arming::{self, Armed};
use crate::cli::clock;
use crate::cli::kernel::Kernels;
use crate::cli::plan::Plan;
use crate::cli::save::Save;
use crate::cli::worker::Outcome;
use crate::cli::workers::Workers;

/// A capture into a file.
pub(crate) struct File {
    plan: Plan,
    workers: Workers,
    writing: Writing,
    // Last, because the sockets must be gone before it.
    kernels: Kernels,
}

/// How to write a file of that name.
pub(crate) fn save(name: &str) -> Save {
    let destination = Destination::from_argument(Path::new(name));
    Save {
        format: destination.format(),
        destination,
        precision: Precision::Micros,
        flush: Flush::EachSecond,
        buffered: false,
        comments: Vec::new(),
        series: None,
    }
}

impl File {
    /// A name that is free unless two are begun within a second.
    pub(crate) fn proposal() -> String {
        format!("sniffer-{}.pcap", clock::now().seconds)
    }

    /// Begins to write by a plan with such an output.
    pub(crate) fn start(plan: Plan, name: &str) -> anyhow::Result<Self> {
        let Armed { workers, kernels, .. } = arming::arm(&plan, super::live(&plan)?)?;
        let writing = Writing { file: name.to_owned(), ..Writing::default() };
        Ok(Self { plan, workers, writing, kernels })
    }

    /// How far it is.
    pub(crate) fn writing(&self) -> &Writing {
        &self.writing
    }

    /// Brings sets that have changed to the kernel.
    pub(crate) fn renew(&mut self) -> anyhow::Result<()> {
        self.kernels.renew(&self.plan, super::live(&self.plan)?)
    }

    /// Asks how far it is.
    pub(crate) async fn update(&mut self) -> anyhow::Result<()> {
        if let Some(report) = self.workers.report().await {
            self.writing.written = report.written.frames;
            self.writing.lost = report.ring.drops + report.ring.malformed;
        }
        Ok(())
    }

    /// Writes by another expression from here on.
    pub(crate) fn set_expression(&mut self, expression: &str) -> anyhow::Result<()> {
        expression.clone_into(&mut self.plan.expression);
        self.renew()
    }

    /// Ends it, and says what came of it.
    pub(crate) async fn finish(mut self) -> String {
        self.workers.stop();
        self.ended().await
    }

    /// Waits until it has ended, which it does by itself only when it fails, and says what came of it.
    pub(crate) async fn ended(&mut self) -> String {
        let Some(Outcome { report, error }) = self.workers.outcome().await else {
            return format!("{}: the capture thread ended", self.writing.file);
        };
        let lost = report.ring.drops + report.ring.malformed + report.not_written();
        let told = format!("{} frames written, {lost} lost", report.written.frames);
        match error.map(anyhow::Error::from) {
            // It names the file.
            Some(error) => format!("{} ({told})", crate::cli::message(&error)),
            None => format!("{}: {told}", self.writing.file),
        }
    }
}
