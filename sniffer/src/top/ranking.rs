//! Which keys of a table have the most, in one order or another. A table may have a hundred thousand, so that each is looked
//! up once an interval and only those that are shown are sorted.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use foldhash::fast::RandomState;

use super::rate::Rate;
use crate::counters::{Counted, Traffic};

/// By what rows are ordered; the greatest comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Bits a second.
    #[default]
    Bits,
    /// Frames a second.
    Frames,
    /// Bytes altogether.
    TotalBytes,
    /// Frames altogether.
    TotalFrames,
}

impl Order {
    /// All of them, as they follow each other.
    pub const ALL: [Self; 4] = [Self::Bits, Self::Frames, Self::TotalBytes, Self::TotalFrames];

    /// The name of the column.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bits => "bits/s",
            Self::Frames => "frames/s",
            Self::TotalBytes => "bytes",
            Self::TotalFrames => "frames",
        }
    }

    /// The next one, the first after the last.
    #[must_use]
    pub const fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    /// What is compared: rates of the last interval, then totals, so that what rests keeps its place.
    fn weight(self, state: &State) -> [u64; 2] {
        let (came, total) = (state.came.total(), state.total.total());
        match self {
            Self::Bits => [came.bytes, total.bytes],
            Self::Frames => [came.frames, total.frames],
            Self::TotalBytes => [total.bytes, came.bytes],
            Self::TotalFrames => [total.frames, came.frames],
        }
    }
}

/// A key with its traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<K> {
    /// What it is.
    pub key: K,
    /// All since it was entered into the table.
    pub total: Traffic,
    /// How fast it sends.
    pub sent: Rate,
    /// How fast it is sent to.
    pub received: Rate,
}

impl<K> Row<K> {
    /// Both directions together.
    pub fn rate(&self) -> Rate {
        Rate { frames: self.sent.frames + self.received.frames, bits: self.sent.bits + self.received.bits }
    }
}

/// What is known of a key.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    total: Traffic,
    /// What came in the last interval.
    came: Traffic,
    /// In which interval it was last there.
    interval: u64,
}

/// The keys of a table.
#[derive(Clone, Debug)]
pub struct Ranking<K> {
    states: HashMap<K, State, RandomState>,
    interval: u64,
    elapsed: Duration,
    evicted: u64,
    missed: u64,
}

impl<K> Default for Ranking<K> {
    fn default() -> Self {
        Self { states: HashMap::default(), interval: 0, elapsed: Duration::ZERO, evicted: 0, missed: 0 }
    }
}

impl<K: Copy + Eq + Hash + Ord> Ranking<K> {
    /// Takes in what a table holds so long after the last time. What is not there any more is forgotten; what is there with
    /// less than before was forgotten by the kernel meanwhile, and is new.
    pub fn advance(&mut self, counted: &Counted<K>, elapsed: Duration) {
        self.interval += 1;
        self.elapsed = elapsed;
        (self.evicted, self.missed) = (counted.evicted, counted.missed);
        for (key, total) in &counted.entries {
            let state = self.states.entry(*key).or_default();
            let is_new = total.total().frames < state.total.total().frames;
            state.came = if is_new { *total } else { *total - state.total };
            state.total = *total;
            state.interval = self.interval;
        }
        if self.states.len() > counted.entries.len() {
            self.states.retain(|_, state| state.interval == self.interval);
        }
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// How long the last interval was, to which the rates belong.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How many keys the kernel has forgotten.
    pub fn evicted(&self) -> u64 {
        self.evicted
    }

    /// How many frames are missing because their keys found no place.
    pub fn missed(&self) -> u64 {
        self.missed
    }

    /// The first so many in that order.
    pub fn first(&self, count: usize, order: Order) -> Vec<Row<K>> {
        let mut best: Vec<([u64; 2], K)> = Vec::with_capacity(2 * count);
        let mut least = [0; 2];
        for (key, state) in &self.states {
            let weight = order.weight(state);
            if weight < least {
                continue;
            }
            best.push((weight, *key));
            if best.len() == 2 * count {
                cut(&mut best, count);
                least = best.last().map_or(least, |(weight, _)| *weight);
            }
        }
        cut(&mut best, count);
        best.into_iter().map(|(_, key)| self.row(key)).collect()
    }

    fn row(&self, key: K) -> Row<K> {
        let state = self.states.get(&key).copied().unwrap_or_default();
        Row {
            key,
            total: state.total,
            sent: Rate::of(state.came.sent, self.elapsed),
            received: Rate::of(state.came.received, self.elapsed),
        }
    }
}

/// Sorts and keeps the first so many. Of equals the lesser key is first, so that rows do not change places without a reason.
fn cut<K: Ord>(best: &mut Vec<([u64; 2], K)>, count: usize) {
    best.sort_unstable_by(|(weight, key), (other_weight, other)| {
        other_weight.cmp(weight).then(key.cmp(other))
    });
    best.truncate(count);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counters::Cell;

    const SECOND: Duration = Duration::from_secs(1);

    fn traffic(frames: u64, bytes: u64) -> Traffic {
        Traffic { sent: Cell { frames, bytes }, received: Cell::NONE }
    }

    /// A ranking after tables that followed each other.
    fn after(tables: &[&[(u32, Traffic)]]) -> Ranking<u32> {
        let mut ranking = Ranking::default();
        for entries in tables {
            ranking.advance(&Counted { entries: entries.to_vec(), evicted: 0, missed: 0 }, SECOND);
        }
        ranking
    }

    fn keys(ranking: &Ranking<u32>, count: usize, order: Order) -> Vec<u32> {
        ranking.first(count, order).into_iter().map(|row| row.key).collect()
    }

    #[test]
    fn rows_are_in_the_order_that_is_asked_for() {
        let before = [(1, traffic(10, 9000)), (2, traffic(50, 5000)), (3, traffic(1, 60))];
        let now = [(1, traffic(11, 9100)), (2, traffic(52, 5150)), (3, traffic(2, 1560))];
        let ranking = after(&[&before, &now]);
        assert_eq!(keys(&ranking, 3, Order::Bits), [3, 2, 1]);
        assert_eq!(keys(&ranking, 3, Order::Frames), [2, 1, 3]);
        assert_eq!(keys(&ranking, 3, Order::TotalBytes), [1, 2, 3]);
        assert_eq!(keys(&ranking, 2, Order::TotalFrames), [2, 1]);
        let first = ranking.first(1, Order::Bits)[0];
        assert_eq!((first.rate(), first.total), (Rate { frames: 1, bits: 12_000 }, traffic(2, 1560)));
    }

    #[test]
    fn the_first_of_very_many_are_found_without_sorting_all() {
        let entries: Vec<_> =
            (0..10_000).map(|key| (key, traffic(1, u64::from(key * 7919 % 10_007)))).collect();
        let mut sorted = entries.clone();
        sorted.sort_by_key(|(key, traffic)| (std::cmp::Reverse(traffic.sent.bytes), *key));
        let expected: Vec<_> = sorted.iter().take(20).map(|(key, _)| *key).collect();
        assert_eq!(keys(&after(&[&entries]), 20, Order::Bits), expected);
    }

    #[test]
    fn what_the_kernel_has_forgotten_goes_and_begins_anew() {
        let ranking = after(&[&[(1, traffic(10, 900)), (2, traffic(5, 500))], &[(1, traffic(2, 120))]]);
        assert_eq!(ranking.len(), 1);
        let row = ranking.first(9, Order::Bits)[0];
        assert_eq!(row.rate(), Rate { frames: 2, bits: 960 });
        // What rests has no rate, and its total.
        let rests = after(&[&[(1, traffic(2, 120))], &[(1, traffic(2, 120))]]);
        let row = rests.first(9, Order::Bits)[0];
        assert_eq!((row.rate(), row.total), (Rate::default(), traffic(2, 120)));
    }
}
