//! Samples become what is shown.

use std::collections::VecDeque;
use std::time::Duration;

use super::ranking::{Order, Ranking};
use super::rate::{Rate, per_second};
use crate::counters::{
    Cell, Flow, Host, Ledger, Link, Matrix, Port, ProcessCost, RunTime, Snapshot, Tallies, Transport,
};

/// How many intervals are remembered: more than a terminal has columns.
const REMEMBERED: usize = 1024;

/// What there is at one moment; all numbers are since the counting began.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The time since then.
    pub at: Duration,
    /// The counters by class.
    pub snapshot: Snapshot,
    /// The tables.
    pub tallies: Tallies,
    /// When they were read: the same as before when they were not.
    pub tallied_at: Duration,
    /// The run time of the programs, where the kernel measures it.
    pub run_time: Option<RunTime>,
    /// What this process has taken.
    pub process: ProcessCost,
    /// Bytes of the kernel's memory that the tables take.
    pub tables: u64,
}

/// Rates of one interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// Of all frames.
    pub seen: Rate,
    /// Of those that the filter wants.
    pub matched: Rate,
}

/// All frames, or those of a class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Since the counting began.
    pub total: Cell,
    /// In the last interval.
    pub rate: Rate,
}

/// A pair of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProtocolRow {
    /// The protocol directly above the link layer.
    pub link: Link,
    /// The protocol above IP.
    pub transport: Transport,
    /// All frames of the classes.
    pub seen: Total,
    /// Those that the filter wants.
    pub matched: Total,
}

/// What watching costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Nanoseconds that the kernel side takes of a frame, where that is measured and there was one.
    pub nanos_a_frame: Option<u64>,
    /// Hundredths of a percent of one processor that the kernel side takes, where that is measured.
    pub kernel: Option<u64>,
    /// The same of this process.
    pub process: u64,
    /// Bytes of this process's memory.
    pub memory: u64,
    /// Bytes of the kernel's memory that the tables take.
    pub tables: u64,
}

/// All that is shown.
#[derive(Clone, Debug, Default)]
pub struct Model {
    at: Duration,
    /// How long the last interval was.
    elapsed: Duration,
    snapshot: Snapshot,
    /// What came in the last interval.
    came: Snapshot,
    tallied_at: Duration,
    run_time: Option<RunTime>,
    process: ProcessCost,
    cost: Cost,
    history: VecDeque<Point>,
    /// Flows.
    pub flows: Ranking<Flow>,
    /// Hosts.
    pub hosts: Ranking<Host>,
    /// Ports.
    pub ports: Ranking<Port>,
}

impl Model {
    /// A model that begins at that sample: its totals are there, and no rate yet.
    pub fn new(first: &Sample) -> Self {
        let mut model = Self { snapshot: first.snapshot, ..Self::default() };
        (model.at, model.tallied_at) = (first.at, first.tallied_at);
        (model.run_time, model.process) = (first.run_time, first.process);
        model.rank(first, Duration::ZERO);
        model
    }

    /// Takes in the next sample.
    pub fn advance(&mut self, sample: &Sample) {
        let elapsed = sample.at.saturating_sub(self.at);
        self.came = sample.snapshot.since(&self.snapshot);
        self.cost = self.cost_since(sample, elapsed);
        (self.at, self.elapsed, self.snapshot) = (sample.at, elapsed, sample.snapshot);
        (self.run_time, self.process) = (sample.run_time, sample.process);
        if sample.tallied_at > self.tallied_at {
            let elapsed = sample.tallied_at.saturating_sub(self.tallied_at);
            self.tallied_at = sample.tallied_at;
            self.rank(sample, elapsed);
        }
        if self.history.len() == REMEMBERED {
            self.history.pop_front();
        }
        self.history.push_back(Point { seen: self.seen().rate, matched: self.matched().rate });
    }

    fn rank(&mut self, sample: &Sample, elapsed: Duration) {
        self.flows.advance(&sample.tallies.flows, elapsed);
        self.hosts.advance(&sample.tallies.hosts, elapsed);
        self.ports.advance(&sample.tallies.ports, elapsed);
    }

    fn cost_since(&self, sample: &Sample, elapsed: Duration) -> Cost {
        // A hundredth of a percent is 100 microseconds of a second.
        let share =
            |time: Duration| per_second(u64::try_from(time.as_micros()).unwrap_or(u64::MAX), elapsed) / 100;
        let run_time = sample.run_time.zip(self.run_time).map(|(run_time, earlier)| run_time.since(earlier));
        Cost {
            nanos_a_frame: run_time.and_then(RunTime::nanos_a_run),
            kernel: run_time.map(|run_time| share(run_time.time)),
            process: share(sample.process.time.saturating_sub(self.process.time)),
            memory: sample.process.memory,
            tables: sample.tables,
        }
    }

    /// How long the last interval was.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How long the last interval of the tables was: they are read more seldom where they are so large that reading them
    /// costs more than watching may.
    pub fn tables_elapsed(&self) -> Duration {
        self.flows.elapsed()
    }

    /// All frames.
    pub fn seen(&self) -> Total {
        self.total(self.snapshot.seen.total(), self.came.seen.total())
    }

    /// Those that the filter wants.
    pub fn matched(&self) -> Total {
        self.total(self.snapshot.matched.total(), self.came.matched.total())
    }

    /// The kernel's part of the ledger.
    pub fn ledger(&self) -> Ledger {
        Ledger::of_kernel(&self.snapshot)
    }

    /// What watching costs.
    pub fn cost(&self) -> Cost {
        self.cost
    }

    /// Rates of the intervals that are remembered, the oldest first.
    pub fn history(&self) -> impl DoubleEndedIterator<Item = &Point> + ExactSizeIterator {
        self.history.iter()
    }

    /// Pairs of classes of which there were frames, in that order of those that matched, then of all.
    pub fn protocols(&self, order: Order) -> Vec<ProtocolRow> {
        let pairs = Link::ALL.into_iter().flat_map(|link| Transport::ALL.map(|transport| (link, transport)));
        let mut rows: Vec<_> = pairs
            .map(|(link, transport)| {
                let total = |all: &Matrix, came: &Matrix| {
                    self.total(all.get(link, transport), came.get(link, transport))
                };
                let seen = total(&self.snapshot.seen, &self.came.seen);
                let matched = total(&self.snapshot.matched, &self.came.matched);
                ProtocolRow { link, transport, seen, matched }
            })
            .filter(|row| row.seen.total.frames > 0)
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse([row.matched, row.seen].map(|total| weight(order, &total))));
        rows
    }

    fn total(&self, total: Cell, came: Cell) -> Total {
        Total { total, rate: Rate::of(came, self.elapsed) }
    }
}

fn weight(order: Order, total: &Total) -> u64 {
    match order {
        Order::Bits => total.rate.bits,
        Order::Frames => total.rate.frames,
        Order::TotalBytes => total.total.bytes,
        Order::TotalFrames => total.total.frames,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counters::{Counted, Traffic};
    use sniffer_common::cell;

    fn sample(seconds: u64, tcp: Cell, udp: Cell) -> Sample {
        let mut snapshot = Snapshot::default();
        snapshot.seen.cells[cell(Link::Ipv4, Transport::Tcp) as usize] = tcp;
        snapshot.seen.cells[cell(Link::Ipv4, Transport::Udp) as usize] = udp;
        snapshot.matched.cells[cell(Link::Ipv4, Transport::Udp) as usize] = udp;
        let port = (Port::new(17, 53), Traffic { sent: Cell::NONE, received: udp });
        Sample {
            at: Duration::from_secs(seconds),
            tallied_at: Duration::from_secs(seconds),
            snapshot,
            tallies: Tallies {
                ports: Counted { entries: vec![port], evicted: 3, missed: 1 },
                ..Tallies::default()
            },
            run_time: Some(RunTime {
                runs: tcp.frames + udp.frames,
                time: Duration::from_micros(tcp.frames + udp.frames),
            }),
            process: ProcessCost { time: Duration::from_millis(10 * seconds), memory: 5000 },
            tables: 7000,
        }
    }

    fn cell_of(frames: u64, bytes: u64) -> Cell {
        Cell { frames, bytes }
    }

    #[test]
    fn two_samples_make_rates_and_keep_totals() {
        let mut model = Model::new(&sample(10, cell_of(100, 6000), cell_of(10, 1000)));
        assert_eq!((model.seen().total.frames, model.seen().rate), (110, Rate::default()));
        model.advance(&sample(12, cell_of(100, 6000), cell_of(30, 5000)));
        let came = Rate { frames: 10, bits: 16_000 };
        assert_eq!(model.seen(), Total { total: cell_of(130, 11_000), rate: came });
        assert_eq!(model.matched(), Total { total: cell_of(30, 5000), rate: came });
        assert_eq!(model.history().collect::<Vec<_>>(), [&Point { seen: came, matched: came }]);
        let ports = model.ports.first(9, Order::Bits);
        assert_eq!((ports.len(), ports[0].received, ports[0].sent), (1, came, Rate::default()));
        assert_eq!((model.ports.evicted(), model.ports.missed()), (3, 1));
        assert_eq!(model.ledger().not_matched(), 100);
    }

    #[test]
    fn protocols_that_match_come_before_those_that_do_not() {
        let mut model = Model::new(&sample(0, cell_of(0, 0), cell_of(0, 0)));
        model.advance(&sample(1, cell_of(900, 90_000), cell_of(1, 60)));
        let rows = model.protocols(Order::Bits);
        let transports: Vec<_> = rows.iter().map(|row| row.transport).collect();
        assert_eq!(transports, [Transport::Udp, Transport::Tcp]);
        assert_eq!(rows[1].matched, Total::default());
        assert_eq!(rows[1].seen.rate, Rate { frames: 900, bits: 720_000 });
    }

    #[test]
    fn cost_is_that_of_the_last_interval() {
        let mut model = Model::new(&sample(10, cell_of(100, 6000), cell_of(0, 0)));
        model.advance(&sample(12, cell_of(4100, 6000), cell_of(0, 0)));
        let cost =
            Cost { nanos_a_frame: Some(1000), kernel: Some(20), process: 100, memory: 5000, tables: 7000 };
        assert_eq!(model.cost(), cost);
        // Without frames there is no cost of one.
        model.advance(&sample(13, cell_of(4100, 6000), cell_of(0, 0)));
        assert_eq!((model.cost().nanos_a_frame, model.cost().kernel), (None, Some(0)));
        model.advance(&Sample { run_time: None, ..sample(14, cell_of(4100, 6000), cell_of(0, 0)) });
        assert_eq!(model.cost().kernel, None);
    }

    #[test]
    fn tables_that_were_not_read_keep_the_rates_of_their_own_interval() {
        let mut model = Model::new(&sample(10, cell_of(0, 0), cell_of(10, 1000)));
        let stale = |seconds| Sample {
            tallied_at: Duration::from_secs(10),
            ..sample(seconds, cell_of(0, 0), cell_of(90, 0))
        };
        model.advance(&stale(11));
        assert_eq!(model.ports.first(1, Order::Bits)[0].total.received, cell_of(10, 1000));
        model.advance(&sample(14, cell_of(0, 0), cell_of(50, 5000)));
        assert_eq!(model.ports.first(1, Order::Bits)[0].received, Rate { frames: 10, bits: 8000 });
        model.advance(&stale(15));
        assert_eq!(model.ports.first(1, Order::Bits)[0].received, Rate { frames: 10, bits: 8000 });
        assert_eq!(
            (model.elapsed(), model.tables_elapsed()),
            (Duration::from_secs(1), Duration::from_secs(4))
        );
    }

    #[test]
    fn old_intervals_are_forgotten() {
        let mut model = Model::new(&Sample::default());
        for second in 1..=REMEMBERED as u64 + 5 {
            model.advance(&sample(second, cell_of(second, 0), cell_of(0, 0)));
        }
        assert_eq!(model.history().len(), REMEMBERED);
    }
}
