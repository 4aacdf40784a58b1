//! The capture threads together: orders go to all of them, and when one ends, all do. Knows no ring and no output.

use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use sniffer::capture::LiveSource;
use sniffer::packet::Timestamp;

use super::origin::RingCounts;
use super::outputs::Sinks;
use super::worker::{Limit, Outcome, Report, Worker};

/// What one thread captures, and where to.
pub(crate) struct Part {
    pub(crate) source: LiveSource,
    pub(crate) sinks: Sinks,
    /// The rings' counts, for whoever writes them down.
    pub(crate) counts: Arc<RingCounts>,
}

/// The capture threads as others see them.
pub(crate) struct Workers {
    threads: Vec<Worker>,
    outcomes: UnboundedReceiver<Option<Outcome>>,
    /// What is known of those that have ended, and how many that are.
    ended: Outcome,
    ended_count: usize,
}

impl Workers {
    /// Starts a thread for each part. They end after `limit` frames of all together, when they are told to stop, or at an
    /// error.
    pub(crate) fn spawn(parts: Vec<Part>, limit: Option<u64>) -> std::io::Result<Self> {
        let (sender, outcomes) = unbounded_channel();
        let limit = Limit::new(limit);
        let spawn =
            |part: Part| Worker::spawn(part.source, part.sinks, limit.clone(), part.counts, sender.clone());
        let threads = parts.into_iter().map(spawn).collect::<Result<_, _>>()?;
        Ok(Self { threads, outcomes, ended: Outcome::default(), ended_count: 0 })
    }

    /// What became of the capture; `None` when a thread panicked. To be awaited in a loop with other events.
    pub(crate) async fn outcome(&mut self) -> Option<Outcome> {
        while self.ended_count < self.threads.len() {
            let outcome = self.outcomes.recv().await??;
            self.ended_count += 1;
            self.ended.add(outcome);
            self.stop();
        }
        Some(std::mem::take(&mut self.ended))
    }

    /// Tells the threads to stop; the outcome follows when the rings are empty.
    pub(crate) fn stop(&self) {
        self.threads.iter().for_each(Worker::stop);
    }

    /// Tells the outputs to pass on what they hold back.
    pub(crate) fn flush(&self) {
        self.threads.iter().for_each(Worker::flush);
    }

    /// Tells the outputs what time it is.
    pub(crate) fn tick(&self, now: Timestamp) {
        self.threads.iter().for_each(|thread| thread.tick(now));
    }

    /// How far the capture is; `None` when it has just ended.
    pub(crate) async fn report(&self) -> Option<Report> {
        let mut sum = None;
        // Those that have ended do not answer.
        for thread in &self.threads {
            if let Some(report) = thread.report().await {
                sum.get_or_insert_with(|| self.ended.report.clone()).add(report);
            }
        }
        sum
    }
}
