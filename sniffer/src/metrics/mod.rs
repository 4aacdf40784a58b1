//! The numbers of a moment as Prometheus reads them. Knows no socket, and nothing of where the numbers come from: the packet
//! path never meets any of this.
//!
//! Names follow the conventions of Prometheus: base units, `_total` for what only grows, and labels only where a sum over
//! them means something.
#![forbid(unsafe_code)]

mod collect;

use std::fmt;
use std::num::NonZeroU32;

use prometheus_client::encoding::prometheus_text;
use prometheus_client::registry::Registry;

use crate::counters::{Counted, Ledger, ProcessCost, RingAccount, RunTime, Snapshot};

/// The media type of [`Readings::text`].
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// All that is told of one moment.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    /// How far frames have come.
    pub ledger: Ledger,
    /// The kernel's counters.
    pub snapshot: Snapshot,
    /// Each ring.
    pub rings: Vec<RingAccount>,
    /// Bytes of output.
    pub written_bytes: u64,
    /// How often the capture had to wait for an output.
    pub waits: u64,
    /// Whether the thread that reads the rings has answered; else its part is of an earlier moment.
    pub is_answering: bool,
    /// What the attached programs took, where the kernel measures them.
    pub filter: Option<RunTime>,
    /// What this process takes.
    pub process: Option<ProcessCost>,
    /// The tables of a capture that only counts.
    pub tables: Vec<TableReading>,
    /// The sample of `--budget`: one frame in so many.
    pub one_in: Option<NonZeroU32>,
}

/// What there is to tell of a table that forgets.
#[derive(Clone, Copy, Debug, Default)]
pub struct TableReading {
    /// What it is a table of.
    pub name: &'static str,
    /// Keys that are in it.
    pub entries: u64,
    /// Keys that it has forgotten.
    pub evicted: u64,
    /// Frames of keys that found no place.
    pub missed: u64,
}

impl TableReading {
    /// That of a table.
    pub fn new<K>(name: &'static str, counted: &Counted<K>) -> Self {
        Self { name, entries: counted.entries.len() as u64, evicted: counted.evicted, missed: counted.missed }
    }
}

impl Readings {
    /// The exposition, in the format that has the media type [`CONTENT_TYPE`].
    ///
    /// ```
    /// use sniffer::metrics::Readings;
    ///
    /// let text = Readings::default().text()?;
    /// assert!(text.contains("# TYPE sniffer_seen_frames_total counter\nsniffer_seen_frames_total 0\n"));
    /// # Ok::<(), std::fmt::Error>(())
    /// ```
    ///
    /// # Errors
    /// Never: a string takes whatever is written.
    pub fn text(self) -> Result<String, fmt::Error> {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(self));
        let mut text = String::new();
        prometheus_text::encode(&mut text, &registry)?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::time::Duration;

    use super::*;

    const DASHBOARD: &str = include_str!("../../../docs/grafana.json");
    const MANUAL: &str = include_str!("../../../docs/metrics.md");

    /// The names of our metrics among the words of a text.
    fn names(text: &str) -> HashSet<&str> {
        let words = text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_');
        words.filter(|word| word.starts_with("sniffer_") || word.starts_with("process_")).collect()
    }

    /// An exposition that has every metric.
    fn whole() -> String {
        let filter = Some(RunTime { runs: 4, time: Duration::from_millis(1500) });
        let process = Some(ProcessCost { time: Duration::from_secs(2), memory: 4096 });
        let rings = vec![RingAccount { name: "a\"b\\c".to_owned(), blocks: 8, ..RingAccount::default() }];
        let tables = vec![TableReading { name: "flows", ..TableReading::default() }];
        Readings { rings, filter, process, tables, one_in: NonZeroU32::new(4), ..Readings::default() }
            .text()
            .expect("a string takes it")
    }

    #[test]
    fn the_dashboard_and_the_manual_name_what_there_is() {
        let text = whole();
        let told = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next());
        let told: HashSet<&str> = told.collect();
        assert!(names(DASHBOARD).is_subset(&told), "{:?}", names(DASHBOARD).difference(&told));
        assert_eq!(names(MANUAL), told);
    }

    #[test]
    fn times_are_seconds_and_names_are_escaped() {
        let text = whole();
        for line in [
            "sniffer_filter_seconds_total 1.5",
            "sniffer_budget_sample_ratio 0.25",
            "process_cpu_seconds_total 2.0",
            r#"sniffer_ring_blocks{ring="a\"b\\c"} 8"#,
        ] {
            assert!(text.lines().any(|found| found == line), "no {line} in\n{text}");
        }
    }
}
