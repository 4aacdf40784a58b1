//! A model as text for people and as JSON for programs.

use std::fmt::Write as _;
use std::hash::Hash;
use std::time::Duration;

use serde_json::{Value, json};

use super::format::{bits, bytes, count, hundredths};
use super::model::{Model, Total};
use super::names::{end, protocol};
use super::ranking::{Order, Ranking, Row};
use super::rate::Rate;
use crate::counters::{Cell, Flow};

/// What is watched, and how much of it is told.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The interface.
    pub interface: &'a str,
    /// The expression, empty for all frames.
    pub expression: &'a str,
    /// How many rows of each table.
    pub rows: usize,
    /// In which order.
    pub order: Order,
}

/// The model as lines of text.
pub fn text(model: &Model, subject: &Subject<'_>) -> String {
    let mut out = String::new();
    let expression = if subject.expression.is_empty() { "all frames" } else { subject.expression };
    let (interval, tables) = (model.elapsed().as_millis(), model.tables_elapsed().as_millis());
    line(&mut out, format_args!("{}: {expression}, {interval} ms, tables {tables} ms", subject.interface));
    heading(&mut out, "", 46);
    total_line(&mut out, "seen", model.seen());
    total_line(&mut out, "matched", model.matched());
    line(&mut out, format_args!("{}", cost(model)));
    heading(&mut out, "protocols", 46);
    for row in model.protocols(subject.order).iter().take(subject.rows) {
        let name = format!("{} {}", row.link.name(), row.transport.name());
        total_line(&mut out, &name, if row.matched.total.frames > 0 { row.matched } else { row.seen });
    }
    table(&mut out, "flows", &model.flows, subject, |flow| flow_name(*flow));
    table(&mut out, "hosts", &model.hosts, subject, |host| host.address().to_string());
    table(&mut out, "ports", &model.ports, subject, |port| {
        format!("{} {}", protocol(port.protocol()), port.number())
    });
    out
}

/// What watching costs, on a line.
fn cost(model: &Model) -> String {
    let cost = model.cost();
    let kernel = match (cost.kernel, cost.nanos_a_frame) {
        (Some(share), Some(nanos)) => format!("{nanos} ns a frame, {} % of a processor", hundredths(share)),
        (Some(_), None) => "no frame".to_owned(),
        (None, _) => "not measured".to_owned(),
    };
    format!(
        "cost: in the kernel {kernel}, {} of tables; this process {} %, {}",
        bytes(cost.tables),
        hundredths(cost.process),
        bytes(cost.memory)
    )
}

fn flow_name(flow: Flow) -> String {
    let ([first, second], [one, other]) = (flow.hosts(), flow.ends());
    format!("{} {} {}", protocol(flow.protocol()), end(first, one.port), end(second, other.port))
}

fn table<K: Copy + Eq + Hash + Ord>(
    out: &mut String,
    title: &str,
    ranking: &Ranking<K>,
    subject: &Subject<'_>,
    name: impl Fn(&K) -> String,
) {
    heading(out, &format!("{title}: {}, {} evicted", ranking.len(), ranking.evicted()), 46);
    for row in ranking.first(subject.rows, subject.order) {
        total_line(out, &name(&row.key), Total { total: row.total.total(), rate: row.rate() });
    }
    if ranking.missed() > 0 {
        line(out, format_args!("{} frames found no place in this table", ranking.missed()));
    }
}

fn heading(out: &mut String, title: &str, width: usize) {
    line(
        out,
        format_args!("\n{title:<width$} {:>8} {:>11} {:>8} {:>10}", "frames/s", "bits/s", "frames", "bytes"),
    );
}

fn total_line(out: &mut String, name: &str, Total { total, rate }: Total) {
    let (frames, all) = (count(rate.frames), count(total.frames));
    line(
        out,
        format_args!("{name:<46} {frames:>8} {:>11} {all:>8} {:>10}", bits(rate.bits), bytes(total.bytes)),
    );
}

fn line(out: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(out, "{line}");
}

/// The model as one JSON object, on one line; `time` is in seconds since 1970.
pub fn json(model: &Model, subject: &Subject<'_>, time: i64) -> String {
    let (ledger, cost) = (model.ledger(), model.cost());
    let protocols: Vec<_> = model
        .protocols(subject.order)
        .iter()
        .map(|row| {
            let (link, transport) = (row.link.name(), row.transport.name());
            json!({ "link": link, "transport": transport, "seen": total(row.seen), "matched": total(row.matched) })
        })
        .collect();
    json!({
        "time": time,
        "interval_ms": millis(model.elapsed()),
        "tables_interval_ms": millis(model.tables_elapsed()),
        "interface": subject.interface,
        "expression": subject.expression,
        "seen": total(model.seen()),
        "matched": total(model.matched()),
        "ledger": {
            "seen": ledger.seen,
            "not_matched": ledger.not_matched(),
            "matched": ledger.matched,
            "kernel_errors": ledger.kept_on_error,
        },
        "protocols": protocols,
        "flows": ranking(&model.flows, subject, |flow: &Flow| {
            let ([first, second], [one, other]) = (flow.hosts(), flow.ends());
            let end = |address: String, port| json!({ "address": address, "port": port });
            json!({
                "protocol": protocol(flow.protocol()),
                "first": end(first.address().to_string(), one.port),
                "second": end(second.address().to_string(), other.port),
            })
        }),
        "hosts": ranking(&model.hosts, subject, |host| json!({ "address": host.address().to_string() })),
        "ports": ranking(&model.ports, subject, |port| {
            json!({ "protocol": protocol(port.protocol()), "port": port.number() })
        }),
        "cost": {
            "nanoseconds_per_frame": cost.nanos_a_frame,
            "kernel_cpu_percent": cost.kernel.map(percent),
            "process_cpu_percent": percent(cost.process),
            "process_memory_bytes": cost.memory,
            "table_memory_bytes": cost.tables,
        },
    })
    .to_string()
}

fn ranking<K: Copy + Eq + Hash + Ord>(
    ranking: &Ranking<K>,
    subject: &Subject<'_>,
    key: impl Fn(&K) -> Value,
) -> Value {
    let row = |row: &Row<K>| {
        let mut value = key(&row.key);
        value["sent"] = way(row.total.sent, row.sent);
        value["received"] = way(row.total.received, row.received);
        value
    };
    let rows: Vec<_> = ranking.first(subject.rows, subject.order).iter().map(row).collect();
    json!({ "count": ranking.len(), "evicted": ranking.evicted(), "missed_frames": ranking.missed(), "top": rows })
}

fn total(Total { total, rate }: Total) -> Value {
    way(total, rate)
}

fn way(total: Cell, rate: Rate) -> Value {
    json!({
        "frames": total.frames,
        "bytes": total.bytes,
        "frames_per_second": rate.frames,
        "bits_per_second": rate.bits,
    })
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Hundredths as a number with a point.
fn percent(hundredths: u64) -> f64 {
    f64::from(u32::try_from(hundredths).unwrap_or(u32::MAX)) / 100.0
}
