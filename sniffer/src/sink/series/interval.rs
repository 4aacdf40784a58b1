//! Stretches of time of one length, one file after the other. Knows no files and no clock.

use crate::packet::Timestamp;

/// The current one of a row of intervals that begin every so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    start: Timestamp,
    seconds: i64,
}

impl Interval {
    /// The interval that begins at `start`.
    pub(super) fn new(start: Timestamp, seconds: u32) -> Self {
        Self { start, seconds: seconds.into() }
    }

    pub(super) fn start(&self) -> Timestamp {
        self.start
    }

    /// Whether the interval is over at that time.
    #[inline]
    pub(super) fn is_over(&self, time: Timestamp) -> bool {
        let end = self.start.seconds.saturating_add(self.seconds);
        (time.seconds, time.nanos) >= (end, self.start.nanos)
    }

    /// Whether the interval has been over for so many nanoseconds at that time.
    pub(super) fn is_over_since(&self, time: Timestamp, nanos: i128) -> bool {
        time.nanos_since(self.start) >= i128::from(self.seconds) * 1_000_000_000 + nanos
    }

    /// Whether the time is before the interval by more than its length: the clock was set back.
    pub(super) fn is_long_before(&self, time: Timestamp) -> bool {
        (time.seconds, time.nanos) < (self.start.seconds.saturating_sub(self.seconds), self.start.nanos)
    }

    /// Goes on to the interval that holds the time. Intervals do not drift: they begin whole lengths after the first.
    pub(super) fn advance(&mut self, time: Timestamp) {
        let nanos = time.nanos_since(self.start);
        let lengths = nanos.div_euclid(i128::from(self.seconds) * 1_000_000_000);
        self.start.seconds = self.start.seconds.saturating_add(lengths as i64 * self.seconds);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64, nanos: u32) -> Timestamp {
        Timestamp { seconds, nanos }
    }

    #[test]
    fn intervals_begin_whole_lengths_after_the_first() {
        let mut interval = Interval::new(at(100, 500), 60);
        for (time, over) in
            [(at(100, 500), false), (at(160, 499), false), (at(160, 500), true), (at(99, 0), false)]
        {
            assert_eq!(interval.is_over(time), over, "{time:?}");
        }
        interval.advance(at(160, 500));
        assert_eq!(interval.start(), at(160, 500));
        interval.advance(at(1000, 0));
        assert_eq!(interval.start(), at(940, 500));
    }

    #[test]
    fn a_clock_that_was_set_back_is_told_from_frames_that_are_late() {
        let mut interval = Interval::new(at(1000, 0), 60);
        assert!(!interval.is_long_before(at(940, 0)));
        assert!(interval.is_long_before(at(939, 999_999_999)));
        interval.advance(at(401, 0));
        assert_eq!(interval.start(), at(400, 0));
    }
}
