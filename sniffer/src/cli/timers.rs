//! What happens at its time in a live capture. Knows no signal and no frame.

use std::time::Duration;

use tokio::time::{Instant, Interval, MissedTickBehavior, interval, sleep_until};

use super::plan::Plan;

/// How often outputs are told the time: as late is a file that ends without a frame.
const TICK: Duration = Duration::from_millis(100);

/// What it is time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    /// To tell the outputs what time it is.
    Tick,
    /// To end the capture.
    End,
}

/// The timers of a capture, those that it needs.
pub(crate) struct Timers {
    ticks: Option<Interval>,
    end: Option<Instant>,
}

impl Timers {
    /// Starts them. Must run inside a tokio runtime.
    pub(crate) fn start(plan: &Plan) -> Self {
        let series = plan.save.as_ref().and_then(|save| save.series.as_ref());
        let ticks = series.map(|_| {
            let mut ticks = interval(TICK);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            ticks
        });
        Self { ticks, end: plan.duration.map(|duration| Instant::now() + duration) }
    }

    /// Waits for the next one; for ever when the capture needs none.
    pub(crate) async fn next(&mut self) -> Time {
        let tick = async {
            match &mut self.ticks {
                Some(ticks) => drop(ticks.tick().await),
                None => std::future::pending().await,
            }
        };
        let end = async {
            match self.end {
                Some(end) => sleep_until(end).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = tick => Time::Tick,
            () = end => {
                self.end = None;
                Time::End
            }
        }
    }
}
