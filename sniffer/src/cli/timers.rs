//! What happens at its time in a live capture. Knows no signal and no frame.

use std::time::Duration;

use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};

use super::plan::Plan;

/// How often outputs are told the time: as late is a file that ends without a frame.
const TICK: Duration = Duration::from_millis(100);

/// How often it is said how far a capture is.
const PROGRESS: Duration = Duration::from_secs(1);

/// What it is time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    /// To tell the outputs what time it is.
    Tick,
    /// To say how many frames there have been.
    Progress,
    /// To end the capture.
    End,
}

/// The timers of a capture, those that it needs.
pub(crate) struct Timers {
    ticks: Option<Interval>,
    progress: Option<Interval>,
    end: Option<Instant>,
}

impl Timers {
    /// Starts them. Must run inside a tokio runtime.
    pub(crate) fn start(plan: &Plan) -> Self {
        let series = plan.save.as_ref().and_then(|save| save.series.as_ref());
        // As in tcpdump who sees the frames needs not be told how many they are.
        let is_unseen = plan.save.is_some() && plan.text.is_none();
        Self {
            ticks: series.map(|_| every(TICK)),
            progress: (is_unseen && plan.verbose > 0).then(|| every(PROGRESS)),
            end: plan.duration.map(|duration| Instant::now() + duration),
        }
    }

    /// Waits for the next one; for ever when the capture needs none.
    pub(crate) async fn next(&mut self) -> Time {
        let end = async {
            match self.end {
                Some(end) => sleep_until(end).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = tick(&mut self.ticks) => Time::Tick,
            () = tick(&mut self.progress) => Time::Progress,
            () = end => {
                self.end = None;
                Time::End
            }
        }
    }
}

/// A timer whose first tick is a period away.
fn every(period: Duration) -> Interval {
    let mut ticks = interval_at(Instant::now() + period, period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// Waits for the timer if there is one; else for ever.
async fn tick(ticks: &mut Option<Interval>) {
    match ticks {
        Some(ticks) => drop(ticks.tick().await),
        None => std::future::pending().await,
    }
}
