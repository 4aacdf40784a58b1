//! The report as one line of JSON.

use std::fmt::{self, Write as _};

use super::{Name, Report, append};
use crate::counters::{Cell, Link, Matrix, RingAccount, Transport};

/// Appends the report as one line of JSON, without a line break. All numbers are unsigned integers; no key is ever left
/// out, and none that is listed here will change its meaning:
///
/// - `ledger`: `seen`, `not_matched`, `matched`, `sampled_out`, `over_flow_limit`, `over_rate`, `wanted`, `kept_on_error`,
///   `ring_full`, `writer_late`, `malformed`, `delivered`, `not_written`, `written` in frames, and `balanced`: whether
///   `wanted + kept_on_error` is `delivered + ring_full + writer_late + malformed`. During a capture the numbers are of
///   slightly different moments.
/// - `reductions`: `kept_unreduced`, wanted frames that a fault saved from being left out; `kept_over_flow_limit`, TCP
///   segments with SYN, FIN or RST beyond the limit; `flows_entered` into the table, and `flows_evicted` from it;
///   `budget_one_in`: the sample of `--budget` at this moment, one frame in so many, and 0 without that option.
/// - `fragments`, with `--see-through`: `first` ones, later ones that `followed` the verdict of the first, `orphaned` ones
///   whose first was not seen or is forgotten, first ones whose verdict was `unremembered` for want of room, and verdicts that
///   were `evicted` to make room for others.
/// - `rings`: for each ring its `name` (the interface, and the worker where several share it), `received`, `delivered`,
///   `dropped` and `malformed` frames, how many of those delivered were cut although more was wanted (`truncated`) and how
///   many as `-s` and `--snap` ask for (`shortened`), and how often it was full
///   (`times_full`).
/// - `seen`, `matched`, `sampled_out`, `over_flow_limit` and `over_rate`: `frames` and `bytes` in all, and the same by
///   class in `link` (`ipv4`, `ipv6`, `arp`, `vlan`, `mpls`, `llc`, `other`) and in `transport` (`tcp`, `udp`, `sctp`,
///   `icmp`, `icmpv6`, `igmp`, `gre`, `esp`, `ah`, `ipip`, `fragment`, `other`, `none`).
pub fn json(report: &Report<'_>, out: &mut String) {
    let Report { ledger, snapshot, rings, .. } = report;
    out.push_str("{\"ledger\":{");
    for (name, frames) in super::ledger_rows(ledger) {
        write_key(name.key, out);
        append(out, format_args!("{frames},"));
    }
    append(out, format_args!("\"balanced\":{}}}", ledger.check().is_ok()));
    json_rows("reductions", &report.reduction_rows(), out);
    json_rows("fragments", &report.fragment_rows(), out);
    json_rings(rings, out);
    for (name, matrix) in [
        ("seen", &snapshot.seen),
        ("matched", &snapshot.matched),
        ("sampled_out", &snapshot.sampled_out),
        ("over_flow_limit", &snapshot.over_flow_limit),
        ("over_rate", &snapshot.over_rate),
    ] {
        out.push(',');
        write_key(name, out);
        json_matrix(matrix, out);
    }
    out.push('}');
}

/// Rows as an object behind other members.
fn json_rows(name: &str, rows: &[(Name, u64)], out: &mut String) {
    out.push(',');
    write_key(name, out);
    for (position, (name, count)) in rows.iter().enumerate() {
        out.push(if position == 0 { '{' } else { ',' });
        write_key(name.key, out);
        append(out, format_args!("{count}"));
    }
    out.push('}');
}

fn json_rings(rings: &[RingAccount], out: &mut String) {
    out.push_str(",\"rings\":[");
    for (position, ring) in rings.iter().enumerate() {
        let separator = if position > 0 { "," } else { "" };
        append(out, format_args!("{separator}{{\"name\":\"{}\"", Escaped(&ring.name)));
        for (key, count) in [
            ("received", ring.received),
            ("delivered", ring.delivered),
            ("dropped", ring.dropped),
            ("malformed", ring.malformed),
            ("truncated", ring.truncated),
            ("shortened", ring.shortened),
            ("times_full", ring.times_full),
        ] {
            append(out, format_args!(",\"{key}\":{count}"));
        }
        out.push('}');
    }
    out.push(']');
}

/// The name of an interface, which may hold any character but a slash and white space, in a JSON string.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '"' | '\\' => write!(f, "\\{character}"),
            '\0'..='\x1f' => write!(f, "\\u{:04x}", u32::from(character)),
            _ => f.write_char(character),
        })
    }
}

fn json_matrix(matrix: &Matrix, out: &mut String) {
    out.push('{');
    json_numbers(matrix.total(), out);
    out.push_str(",\"link\":{");
    json_classes(Link::ALL.iter().map(|link| (link.name(), matrix.link(*link))), out);
    out.push_str("},\"transport\":{");
    json_classes(Transport::ALL.iter().map(|class| (class.name(), matrix.transport(*class))), out);
    out.push_str("}}");
}

fn json_classes(classes: impl Iterator<Item = (&'static str, Cell)>, out: &mut String) {
    for (position, (name, cell)) in classes.enumerate() {
        if position > 0 {
            out.push(',');
        }
        write_key(name, out);
        out.push('{');
        json_numbers(cell, out);
        out.push('}');
    }
}

fn json_numbers(cell: Cell, out: &mut String) {
    append(out, format_args!("\"frames\":{},\"bytes\":{}", cell.frames, cell.bytes));
}

/// Keys are words of this file and of the classes' names: none needs escaping.
fn write_key(key: &str, out: &mut String) {
    append(out, format_args!("\"{key}\":"));
}
