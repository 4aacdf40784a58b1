//! The report as a table for people. Rows without frames are left out.

use std::fmt;

use super::{Name, Report, WANTED, append};
use crate::counters::{Cell, Ledger, Link, RingAccount, Snapshot, Transport};

/// Appends the report as a table for people. Rows without frames are left out.
pub fn text(report: &Report<'_>, out: &mut String) {
    let Report { ledger, snapshot, rings, .. } = report;
    ledger_table(ledger, out);
    side_table("reductions", &report.reduction_rows(), out);
    side_table("fragments", &report.fragment_rows(), out);
    ring_table(rings, out);
    class_table("link", &Link::ALL.map(|link| Row::of_link(snapshot, link)), out);
    class_table("transport", &Transport::ALL.map(|transport| Row::of_transport(snapshot, transport)), out);
}

fn ledger_table(ledger: &Ledger, out: &mut String) {
    append(out, format_args!("{:<22}{:>15}\n", "ledger", "frames"));
    for (name, frames) in super::ledger_rows(ledger) {
        if name.is_difference {
            if frames > 0 {
                append(out, format_args!("    {:<18}{frames:>15}\n", name.text));
            }
        } else if name.key != WANTED || ledger.reduced() > 0 {
            append(out, format_args!("  {:<20}{frames:>15}\n", name.text));
        }
    }
    if let Err(imbalance) = ledger.check() {
        append(out, format_args!("  these numbers do not add up: {imbalance}\n"));
    }
}

/// Rows without a count are left out, and the table without rows.
fn side_table(title: &str, rows: &[(Name, u64)], out: &mut String) {
    if rows.iter().all(|(_, count)| *count == 0) {
        return;
    }
    append(out, format_args!("{title:<22}{:>15}\n", "count"));
    for (name, count) in rows.iter().filter(|(_, count)| *count > 0) {
        append(out, format_args!("  {:<20}{count:>15}\n", name.text));
    }
}

/// The rings, where there is more to say of them than the ledger does.
fn ring_table(rings: &[RingAccount], out: &mut String) {
    if rings.len() < 2 && rings.iter().all(|ring| ring.truncated + ring.shortened == 0) {
        return;
    }
    let head = ["received", "delivered", "dropped", "truncated", "shortened"];
    ring_row("ring", head, out);
    for ring in rings {
        let RingAccount { received, delivered, dropped, truncated, shortened, .. } = ring;
        ring_row(&format!("  {}", ring.name), [received, delivered, dropped, truncated, shortened], out);
    }
}

fn ring_row<T: fmt::Display>(name: &str, [first, second, third, fourth, fifth]: [T; 5], out: &mut String) {
    append(out, format_args!("{name:<22}{first:>15}{second:>17}{third:>15}{fourth:>17}{fifth:>15}\n"));
}

/// The counters of one class.
struct Row {
    name: &'static str,
    seen: Cell,
    matched: Cell,
}

impl Row {
    fn of_link(snapshot: &Snapshot, link: Link) -> Self {
        Self { name: link.name(), seen: snapshot.seen.link(link), matched: snapshot.matched.link(link) }
    }

    fn of_transport(snapshot: &Snapshot, transport: Transport) -> Self {
        let (seen, matched) = (&snapshot.seen, &snapshot.matched);
        Self {
            name: transport.name(),
            seen: seen.transport(transport),
            matched: matched.transport(transport),
        }
    }
}

fn class_table(title: &str, rows: &[Row], out: &mut String) {
    append(
        out,
        format_args!("{title:<22}{:>15}{:>17}{:>15}{:>17}\n", "frames seen", "bytes", "matched", "bytes"),
    );
    for Row { name, seen, matched } in rows.iter().filter(|row| row.seen.frames > 0 || row.matched.frames > 0)
    {
        append(
            out,
            format_args!(
                "  {name:<20}{:>15}{:>17}{:>15}{:>17}\n",
                seen.frames, seen.bytes, matched.frames, matched.bytes
            ),
        );
    }
}
