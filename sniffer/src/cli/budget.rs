//! `--budget`: how large a sample a capture keeps so that it takes no more of a processor than it may. Measures, decides, and
//! says so; the kernel side samples.

use std::num::NonZeroU32;
use std::time::Duration;

use sniffer::counters::{ProcessCost, RunTimeStatistics};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};

use super::args::Budget;
use super::kernel::Kernels;
use super::summary;

/// How often the sample is adjusted: a long enough time that what a wake-up more or less takes is no matter.
const PERIOD: Duration = Duration::from_secs(1);

/// The smallest sample is one in so many. Where that does not help, it is not the frames which are kept that cost so much.
const LARGEST: u32 = 1 << 20;

/// By how much a sample changes at once, at most: twice a second's change must not overshoot.
const LARGEST_STEP: f64 = 4.0;

/// The part of the budget below which the sample grows again, and that which it then aims at.
const SLACK: f64 = 0.7;
const AIM: f64 = 0.85;

/// What a capture has taken of processors, kernel and process together.
#[derive(Clone, Copy)]
struct Taken {
    time: Duration,
    at: Instant,
}

/// The budget of a capture, if it has one.
pub(crate) struct Controller(Option<State>);

struct State {
    budget: f64,
    one_in: NonZeroU32,
    before: Taken,
    due: Interval,
    /// The kernel measures programs as long as this lives.
    _statistics: RunTimeStatistics,
}

impl Controller {
    /// Begins to measure. Must run inside a tokio runtime.
    ///
    /// # Errors
    /// When what a capture takes cannot be measured: then it cannot be bounded either.
    pub(crate) fn start(budget: Option<Budget>, kernels: &Kernels) -> anyhow::Result<Self> {
        let Some(Budget(budget)) = budget else { return Ok(Self(None)) };
        let statistics = RunTimeStatistics::enable()?;
        let mut due = interval(PERIOD);
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let before = taken(kernels)?;
        Ok(Self(Some(State { budget, one_in: NonZeroU32::MIN, before, due, _statistics: statistics })))
    }

    /// Waits until it is time to adjust the sample; for ever without a budget.
    pub(crate) async fn due(&mut self) {
        match &mut self.0 {
            Some(state) => drop(state.due.tick().await),
            None => std::future::pending().await,
        }
    }

    /// Adjusts the sample to what was taken since the last time.
    ///
    /// # Errors
    /// When that cannot be measured, and when the kernel refuses the sample.
    pub(crate) fn adjust(&mut self, kernels: &mut Kernels) -> anyhow::Result<()> {
        let Some(state) = &mut self.0 else { return Ok(()) };
        let now = taken(kernels)?;
        let elapsed = now.at - state.before.at;
        if elapsed < PERIOD / 2 {
            return Ok(());
        }
        let used = now.time.saturating_sub(state.before.time).as_secs_f64() / elapsed.as_secs_f64();
        state.before = now;
        let one_in = next(used, state.budget, state.one_in);
        if one_in != state.one_in {
            kernels.set_sample(one_in)?;
            summary::sampled(used, state.budget, one_in);
            state.one_in = one_in;
        }
        Ok(())
    }
}

fn taken(kernels: &Kernels) -> anyhow::Result<Taken> {
    let time = ProcessCost::read()?.time + kernels.run_time()?.time;
    Ok(Taken { time, at: Instant::now() })
}

/// The next sample, one in so many, after a time in which one in `present` was kept and `used` was taken of a processor where
/// `budget` may be.
///
/// What is taken is held to grow with the frames that are kept; the part that does not makes the next step necessary. Between
/// [`SLACK`] and the whole budget nothing changes, so that the sample does not swing.
fn next(used: f64, budget: f64, present: NonZeroU32) -> NonZeroU32 {
    let ratio = if used > budget {
        (used / budget).min(LARGEST_STEP)
    } else if used < budget * SLACK {
        (used / (budget * AIM)).max(1.0 / LARGEST_STEP)
    } else {
        return present;
    };
    // Rounded towards fewer frames: what is kept is to fit, and a sample that has just become larger must not become
    // smaller again at once.
    let one_in = (f64::from(present.get()) * ratio).ceil();
    let bounded = one_in.clamp(1.0, f64::from(LARGEST));
    NonZeroU32::new(bounded as u32).unwrap_or(NonZeroU32::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(used: f64, present: u32, expected: u32) {
        let present = NonZeroU32::new(present).expect("not zero");
        assert_eq!(next(used, 0.05, present).get(), expected, "{used} at 1/{present}");
    }

    #[test]
    fn a_sample_follows_what_is_taken() {
        check(0.05, 1, 1);
        check(0.04, 7, 7);
        check(0.0501, 1, 2);
        check(0.10, 1, 2);
        check(0.10, 3, 6);
        check(0.90, 1, 4);
        check(0.90, 100, 400);
        check(0.90, LARGEST, LARGEST);
        check(f64::INFINITY, 1, 4);
        check(0.0, 1, 1);
        check(0.0, 100, 25);
        check(0.0, 3, 1);
        check(0.033, 10, 8);
        check(0.03, 2, 2);
        check(0.02, 2, 1);
    }

    /// Traffic that costs so much at a whole sample, and so much beside it whatever is kept.
    #[test]
    fn it_settles_within_the_budget_and_comes_back() {
        for (cost, fixed) in [(0.06, 0.0), (0.9, 0.01), (8.0, 0.02)] {
            let mut one_in = NonZeroU32::MIN;
            let mut settle = |cost: f64| {
                let used = |one_in: NonZeroU32| fixed + cost / f64::from(one_in.get());
                (0..20).for_each(|_| one_in = next(used(one_in), 0.05, one_in));
                (one_in.get(), used(one_in))
            };
            let (loaded, used) = settle(cost);
            assert!(loaded > 1 && used <= 0.05, "{cost}: 1/{loaded} takes {used}");
            assert_eq!(settle(0.0).0, 1, "{cost}: every frame is kept again");
        }
    }

    /// What no sample can help against ends at the smallest one.
    #[test]
    fn what_sampling_cannot_help_ends_at_a_bound() {
        let mut one_in = NonZeroU32::MIN;
        (0..40).for_each(|_| one_in = next(0.5, 0.05, one_in));
        assert_eq!(one_in.get(), LARGEST);
    }
}
