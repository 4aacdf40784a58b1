//! Frames and bits a second.

use std::time::Duration;

use crate::counters::Cell;

/// How fast something comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Frames a second.
    pub frames: u64,
    /// Bits a second.
    pub bits: u64,
}

impl Rate {
    /// Of what came within that time; none where no time has passed.
    pub fn of(came: Cell, elapsed: Duration) -> Self {
        let a_second = |number: u64| per_second(number, elapsed);
        Self { frames: a_second(came.frames), bits: a_second(came.bytes.saturating_mul(8)) }
    }
}

/// A number within a time as one a second, rounded to the nearest.
pub(super) fn per_second(number: u64, elapsed: Duration) -> u64 {
    let nanos = elapsed.as_nanos();
    let scaled = u128::from(number) * 1_000_000_000 + nanos / 2;
    scaled.checked_div(nanos).and_then(|rate| rate.try_into().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(frames: u64, bytes: u64, millis: u64, expected: [u64; 2]) {
        let rate = Rate::of(Cell { frames, bytes }, Duration::from_millis(millis));
        assert_eq!([rate.frames, rate.bits], expected);
    }

    #[test]
    fn rates_are_of_a_second_however_long_the_interval_was() {
        check(10, 1000, 1000, [10, 8000]);
        check(10, 1000, 500, [20, 16_000]);
        check(10, 1000, 3000, [3, 2667]);
        check(u64::MAX, u64::MAX, 1000, [u64::MAX, u64::MAX]);
        check(10, 1000, 0, [0, 0]);
    }
}
