//! Each metric: its name, its help, its values.

use std::fmt;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeGaugeValue, EncodeLabelSet, NoLabelSet};
use prometheus_client::metrics::MetricType;

use super::{Readings, TableReading};
use crate::counters::{Cell, Link, Matrix, RingAccount, Transport, cell};

impl Collector for Readings {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut out = Out(encoder);
        out.info()?;
        self.ledger(&mut out)?;
        self.protocols(&mut out)?;
        self.rings(&mut out)?;
        self.tables(&mut out)?;
        self.outputs(&mut out)?;
        self.costs(&mut out)
    }
}

impl Readings {
    fn ledger(&self, out: &mut Out<'_>) -> fmt::Result {
        let (ledger, snapshot) = (&self.ledger, &self.snapshot);
        out.counter("sniffer_seen_frames", "Frames that the taps were shown", ledger.seen)?;
        out.counter("sniffer_seen_bytes", "Bytes of these frames", snapshot.seen.total().bytes)?;
        out.counter("sniffer_matched_frames", "Frames that the filter wants", ledger.matched)?;
        out.counter("sniffer_matched_bytes", "Bytes of these frames", snapshot.matched.total().bytes)?;
        out.counters(
            "sniffer_left_out_frames",
            "Matched frames that were left out on purpose",
            "reason",
            [
                ("sampled_out", ledger.sampled_out),
                ("over_flow_limit", ledger.over_flow_limit),
                ("over_rate", ledger.over_rate),
            ],
        )?;
        if let Some(one_in) = self.one_in {
            let help = "The part of frames that the budget lets be kept now";
            out.gauge("sniffer_budget_sample_ratio", help, &(1.0 / f64::from(one_in.get())))?;
        }
        out.counter(
            "sniffer_kept_on_error_frames",
            "Frames that were kept although something failed in the kernel",
            ledger.kept_on_error,
        )?;
        out.counters(
            "sniffer_lost_frames",
            "Wanted frames that were lost",
            "reason",
            [
                ("ring_full", ledger.ring_full),
                ("writer_late", ledger.writer_late),
                ("malformed", ledger.malformed),
            ],
        )?;
        out.counter("sniffer_delivered_frames", "Frames that came out of the rings", ledger.delivered)?;
        out.counter("sniffer_written_frames", "Frames that the output has taken", ledger.written)
    }

    /// Classes of which there was a frame: most combinations never occur.
    fn protocols(&self, out: &mut Out<'_>) -> fmt::Result {
        let Self { snapshot, .. } = self;
        for (matrix, frames, bytes, what) in [
            (
                &snapshot.seen,
                "sniffer_protocol_seen_frames",
                "sniffer_protocol_seen_bytes",
                "that the taps were shown",
            ),
            (
                &snapshot.matched,
                "sniffer_protocol_matched_frames",
                "sniffer_protocol_matched_bytes",
                "that the filter wants",
            ),
        ] {
            out.classes(frames, &format!("Frames {what}, by protocol"), matrix, |cell| cell.frames)?;
            out.classes(bytes, &format!("Bytes of frames {what}, by protocol"), matrix, |cell| cell.bytes)?;
        }
        Ok(())
    }

    fn rings(&self, out: &mut Out<'_>) -> fmt::Result {
        let each = |value: fn(&RingAccount) -> u64| {
            self.rings.iter().map(move |ring| (ring.name.as_str(), value(ring)))
        };
        out.counters(
            "sniffer_ring_received_frames",
            "Frames that were let into the ring, those lost included",
            "ring",
            each(|ring| ring.received),
        )?;
        out.counters(
            "sniffer_ring_dropped_frames",
            "Frames that the ring had no room for",
            "ring",
            each(|ring| ring.dropped),
        )?;
        out.counters(
            "sniffer_ring_truncated_frames",
            "Frames that are cut although more of them was wanted",
            "ring",
            each(|ring| ring.truncated),
        )?;
        out.counters(
            "sniffer_ring_full",
            "How often the ring became full",
            "ring",
            each(|ring| ring.times_full),
        )?;
        out.gauges("sniffer_ring_blocks", "Blocks of the ring", "ring", each(|ring| ring.blocks))?;
        out.gauges(
            "sniffer_ring_filled_blocks",
            "Blocks of the ring that wait to be read",
            "ring",
            each(|ring| ring.filled_blocks),
        )
    }

    fn tables(&self, out: &mut Out<'_>) -> fmt::Result {
        if self.tables.is_empty() {
            return Ok(());
        }
        let each =
            |value: fn(&TableReading) -> u64| self.tables.iter().map(move |table| (table.name, value(table)));
        out.gauges("sniffer_table_entries", "Keys in the table", "table", each(|table| table.entries))?;
        out.counters(
            "sniffer_table_evicted",
            "Keys that the table has forgotten to make room for others",
            "table",
            each(|table| table.evicted),
        )?;
        out.counters(
            "sniffer_table_missed_frames",
            "Frames of keys that found no place in the table",
            "table",
            each(|table| table.missed),
        )
    }

    fn outputs(&self, out: &mut Out<'_>) -> fmt::Result {
        out.counter("sniffer_written_bytes", "Bytes of output", self.written_bytes)?;
        out.counter(
            "sniffer_writer_waits",
            "How often the capture had to wait for what writes the output",
            self.waits,
        )?;
        out.gauge(
            "sniffer_capture_answering",
            "1, or 0 when the capture waits for its output and its numbers are of an earlier moment",
            &u64::from(self.is_answering),
        )
    }

    fn costs(&self, out: &mut Out<'_>) -> fmt::Result {
        if let Some(filter) = self.filter {
            let runs = "Runs of the attached programs, while the kernel measured";
            out.counter("sniffer_filter_runs", runs, filter.runs)?;
            out.seconds("sniffer_filter_seconds", "Processor time of these runs", filter.time)?;
        }
        if let Some(process) = self.process {
            out.seconds("process_cpu_seconds", "Processor time of this process", process.time)?;
            out.gauge("process_resident_memory_bytes", "Memory of this process", &process.memory)?;
        }
        Ok(())
    }
}

/// A scrape in the making.
struct Out<'a>(DescriptorEncoder<'a>);

impl Out<'_> {
    fn info(&mut self) -> fmt::Result {
        let help = "The program that tells all this";
        let mut metric = self.0.encode_descriptor("sniffer_build_info", help, None, MetricType::Gauge)?;
        metric.encode_family(&[("version", env!("CARGO_PKG_VERSION"))])?.encode_gauge(&1_i64)
    }

    fn counter(&mut self, name: &str, help: &str, value: u64) -> fmt::Result {
        let mut metric = self.0.encode_descriptor(name, help, None, MetricType::Counter)?;
        metric.encode_counter::<NoLabelSet, _, u64>(&value, None)
    }

    fn seconds(&mut self, name: &str, help: &str, value: std::time::Duration) -> fmt::Result {
        let mut metric = self.0.encode_descriptor(name, help, None, MetricType::Counter)?;
        metric.encode_counter::<NoLabelSet, _, u64>(&value.as_secs_f64(), None)
    }

    fn gauge(&mut self, name: &str, help: &str, value: &impl EncodeGaugeValue) -> fmt::Result {
        self.0.encode_descriptor(name, help, None, MetricType::Gauge)?.encode_gauge(value)
    }

    fn counters<'a>(
        &mut self,
        name: &str,
        help: &str,
        label: &str,
        values: impl IntoIterator<Item = (&'a str, u64)>,
    ) -> fmt::Result {
        let labelled = values.into_iter().map(|(value, count)| ([(label, value)], count));
        self.family(name, help, labelled)
    }

    fn classes(&mut self, name: &str, help: &str, matrix: &Matrix, value: fn(&Cell) -> u64) -> fmt::Result {
        let classes =
            Link::ALL.iter().flat_map(|link| Transport::ALL.iter().map(move |class| (*link, *class)));
        let classes =
            classes.map(|(link, transport)| (link, transport, &matrix.cells[cell(link, transport) as usize]));
        let occurring = classes.filter(|(.., cell)| cell.frames > 0);
        let labelled = occurring.map(|(link, transport, cell)| {
            ([("link", link.name()), ("transport", transport.name())], value(cell))
        });
        self.family(name, help, labelled)
    }

    fn family<L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        values: impl Iterator<Item = (L, u64)>,
    ) -> fmt::Result {
        let mut metric = self.0.encode_descriptor(name, help, None, MetricType::Counter)?;
        for (labels, value) in values {
            metric.encode_family(&labels)?.encode_counter::<NoLabelSet, _, u64>(&value, None)?;
        }
        Ok(())
    }

    fn gauges<'a>(
        &mut self,
        name: &str,
        help: &str,
        label: &str,
        values: impl IntoIterator<Item = (&'a str, u64)>,
    ) -> fmt::Result {
        let mut metric = self.0.encode_descriptor(name, help, None, MetricType::Gauge)?;
        for (value, count) in values {
            metric.encode_family(&[(label, value)])?.encode_gauge(&count)?;
        }
        Ok(())
    }
}
