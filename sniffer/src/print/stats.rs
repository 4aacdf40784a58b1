//! The report of `--stats`: the loss ledger and the counters by protocol, as a table or as one line of JSON.

use std::fmt::{self, Write as _};

use crate::counters::{Cell, Ledger, Link, Matrix, RingAccount, Snapshot, Transport};

/// Appends the report as a table for people. Rows without frames are left out.
pub fn text(ledger: &Ledger, snapshot: &Snapshot, rings: &[RingAccount], out: &mut String) {
    ledger_table(ledger, out);
    side_table("reductions", &reduction_rows(snapshot), out);
    side_table("fragments", &fragment_rows(snapshot), out);
    ring_table(rings, out);
    class_table("link", &Link::ALL.map(|link| Row::of_link(snapshot, link)), out);
    class_table("transport", &Transport::ALL.map(|transport| Row::of_transport(snapshot, transport)), out);
}

/// Appends the report as one line of JSON, without a line break. All numbers are unsigned integers; no key is ever left
/// out, and none that is listed here will change its meaning:
///
/// - `ledger`: `seen`, `not_matched`, `matched`, `sampled_out`, `over_flow_limit`, `over_rate`, `wanted`, `kept_on_error`,
///   `ring_full`, `writer_late`, `malformed`, `delivered`, `not_written`, `written` in frames, and `balanced`: whether
///   `wanted + kept_on_error` is `delivered + ring_full + writer_late + malformed`. During a capture the numbers are of
///   slightly different moments.
/// - `reductions`: `kept_unreduced`, wanted frames that a fault saved from being left out; `kept_over_flow_limit`, TCP
///   segments with SYN, FIN or RST beyond the limit; `flows_entered` into the table, and `flows_evicted` from it.
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
pub fn json(ledger: &Ledger, snapshot: &Snapshot, rings: &[RingAccount], out: &mut String) {
    out.push_str("{\"ledger\":{");
    for (name, frames) in ledger_rows(ledger) {
        write_key(name.key, out);
        append(out, format_args!("{frames},"));
    }
    append(out, format_args!("\"balanced\":{}}}", ledger.check().is_ok()));
    json_rows("reductions", &reduction_rows(snapshot), out);
    json_rows("fragments", &fragment_rows(snapshot), out);
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

/// What a line of the ledger is called, in JSON and in the table.
struct Name {
    key: &'static str,
    text: &'static str,
    /// A difference between two stages, not a stage.
    is_difference: bool,
}

const fn stage(key: &'static str) -> Name {
    Name { key, text: key, is_difference: false }
}

const fn difference(key: &'static str, text: &'static str) -> Name {
    Name { key, text, is_difference: true }
}

/// The stage behind the reductions. Without any it is the one before, and not in the table.
const WANTED: &str = "wanted";

/// The ledger in the order of the frames' way.
fn ledger_rows(ledger: &Ledger) -> [(Name, u64); 14] {
    [
        (stage("seen"), ledger.seen),
        (difference("not_matched", "not matched"), ledger.not_matched()),
        (stage("matched"), ledger.matched),
        (difference("sampled_out", "sampled out"), ledger.sampled_out),
        (difference("over_flow_limit", "over flow limit"), ledger.over_flow_limit),
        (difference("over_rate", "over rate"), ledger.over_rate),
        (stage(WANTED), ledger.wanted()),
        (difference("kept_on_error", "kept on error"), ledger.kept_on_error),
        (difference("ring_full", "ring full"), ledger.ring_full),
        (difference("writer_late", "writer late"), ledger.writer_late),
        (difference("malformed", "malformed"), ledger.malformed),
        (stage("delivered"), ledger.delivered),
        (difference("not_written", "not written"), ledger.not_written()),
        (stage("written"), ledger.written),
    ]
}

fn ledger_table(ledger: &Ledger, out: &mut String) {
    append(out, format_args!("{:<22}{:>15}\n", "ledger", "frames"));
    for (name, frames) in ledger_rows(ledger) {
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

/// What stands beside the ledger.
fn reduction_rows(snapshot: &Snapshot) -> [(Name, u64); 4] {
    let flows = snapshot.flows.unwrap_or_default();
    [
        (difference("kept_unreduced", "kept despite fault"), snapshot.kept_unreduced),
        (difference("kept_over_flow_limit", "SYN, FIN, RST kept"), flows.kept_over_limit),
        (difference("flows_entered", "flows entered"), flows.entered),
        (difference("flows_evicted", "flows evicted"), flows.evicted),
    ]
}

/// What became of fragments, where filters see through tunnels.
fn fragment_rows(snapshot: &Snapshot) -> [(Name, u64); 5] {
    let fragments = snapshot.fragments.unwrap_or_default();
    [
        (difference("first", "first ones"), fragments.first),
        (difference("followed", "followed the first"), fragments.followed),
        (difference("orphaned", "without a first"), fragments.orphaned),
        (difference("unremembered", "not remembered"), fragments.unremembered),
        (difference("evicted", "verdicts evicted"), fragments.evicted),
    ]
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

fn append(out: &mut String, text: fmt::Arguments<'_>) {
    out.write_fmt(text).unwrap_or_else(|_| unreachable!("writing to a string does not fail"));
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use sniffer_common::cell;

    use super::*;
    use crate::counters::{FlowCounts, FragmentCounts};

    /// Seven frames seen, three of them matched, one of those lost.
    fn example() -> (Ledger, Snapshot) {
        let mut snapshot = Snapshot::default();
        let mut count = |link, transport, seen: u64, matched: u64, size: u64| {
            let index = cell(link, transport) as usize;
            snapshot.seen.cells[index] = Cell { frames: seen, bytes: seen * size };
            snapshot.matched.cells[index] = Cell { frames: matched, bytes: matched * size };
        };
        count(Link::Ipv4, Transport::Tcp, 4, 2, 1514);
        count(Link::Ipv6, Transport::Tcp, 1, 1, 74);
        count(Link::Arp, Transport::None, 2, 0, 42);
        let ledger = Ledger { ring_full: 1, delivered: 2, written: 2, ..Ledger::of_kernel(&snapshot) };
        (ledger, snapshot)
    }

    #[test]
    fn the_table_shows_every_class_that_was_seen_and_no_other() {
        let (ledger, snapshot) = example();
        let mut out = String::new();
        text(&ledger, &snapshot, &[], &mut out);
        let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
        for expected in [
            "seen 7",
            "not matched 4",
            "matched 3",
            "ring full 1",
            "delivered 2",
            "written 2",
            "ipv4 4 6056 2 3028",
            "ipv6 1 74 1 74",
            "arp 2 84 0 0",
            "tcp 5 6130 3 3102",
            "none 2 84 0 0",
        ] {
            let expected: Vec<&str> = expected.split(' ').collect();
            assert!(rows.contains(&expected), "{expected:?} is missing in\n{out}");
        }
        assert_eq!(rows.len(), 14, "\n{out}");
    }

    #[test]
    fn the_table_shows_what_was_left_out_and_why_where_that_was_asked_for() {
        let (_, mut snapshot) = example();
        let index = cell(Link::Ipv4, Transport::Tcp) as usize;
        snapshot.over_flow_limit.cells[index] = Cell { frames: 2, bytes: 3028 };
        snapshot.flows = Some(FlowCounts { entered: 5, evicted: 1, kept_over_limit: 0 });
        snapshot.fragments =
            Some(FragmentCounts { first: 2, followed: 3, evicted: 1, ..FragmentCounts::default() });
        let ledger = Ledger { delivered: 1, written: 1, ..Ledger::of_kernel(&snapshot) };
        let mut out = String::new();
        text(&ledger, &snapshot, &[], &mut out);
        let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
        let expected = [
            "seen 7",
            "not matched 4",
            "matched 3",
            "over flow limit 2",
            "wanted 1",
            "delivered 1",
            "written 1",
            "reductions count",
            "flows entered 5",
            "flows evicted 1",
            "fragments count",
            "first ones 2",
            "followed the first 3",
            "verdicts evicted 1",
        ];
        for (row, expected) in rows[1..].iter().zip(expected) {
            assert_eq!(row.join(" "), expected, "\n{out}");
        }
    }

    #[test]
    fn the_table_shows_rings_when_there_are_several_or_frames_were_cut() {
        let (ledger, snapshot) = example();
        let ring = RingAccount {
            name: "eth0".to_owned(),
            received: 3,
            delivered: 2,
            dropped: 1,
            ..RingAccount::default()
        };
        let shows = |rings: &[RingAccount]| {
            let mut out = String::new();
            text(&ledger, &snapshot, rings, &mut out);
            out.lines().filter(|line| line.contains("eth0")).count()
        };
        assert_eq!(shows(std::slice::from_ref(&ring)), 0);
        assert_eq!(shows(&[ring.clone(), ring.clone()]), 2);
        assert_eq!(shows(&[RingAccount { truncated: 1, ..ring.clone() }]), 1);
        assert_eq!(shows(&[RingAccount { shortened: 1, ..ring }]), 1);
    }

    #[test]
    fn a_ledger_that_does_not_add_up_is_never_hidden() {
        let (mut ledger, snapshot) = example();
        ledger.delivered += 1;
        let (mut table, mut line) = (String::new(), String::new());
        text(&ledger, &snapshot, &[], &mut table);
        json(&ledger, &snapshot, &[], &mut line);
        assert!(table.contains("do not add up"), "{table}");
        assert!(line.contains("\"balanced\":false"), "{line}");
    }

    #[test]
    fn json_is_one_line_of_numbers_with_every_documented_key() {
        let (ledger, snapshot) = example();
        let mut line = String::new();
        let ring = |name: &str| RingAccount {
            name: name.to_owned(),
            received: 3,
            truncated: 1,
            ..RingAccount::default()
        };
        json(&ledger, &snapshot, &[ring("eth0"), ring("a\\\"b\u{1}")], &mut line);
        assert!(!line.contains('\n'));
        let report: Value = serde_json::from_str(&line).expect("valid JSON");
        for (path, expected) in [
            ("/ledger/seen", 7),
            ("/ledger/not_matched", 4),
            ("/ledger/matched", 3),
            ("/ledger/sampled_out", 0),
            ("/ledger/over_flow_limit", 0),
            ("/ledger/over_rate", 0),
            ("/ledger/wanted", 3),
            ("/ledger/kept_on_error", 0),
            ("/ledger/ring_full", 1),
            ("/ledger/writer_late", 0),
            ("/ledger/malformed", 0),
            ("/ledger/delivered", 2),
            ("/ledger/not_written", 0),
            ("/ledger/written", 2),
            ("/seen/frames", 7),
            ("/seen/bytes", 6214),
            ("/seen/link/ipv4/bytes", 6056),
            ("/seen/transport/tcp/frames", 5),
            ("/seen/transport/none/frames", 2),
            ("/reductions/kept_unreduced", 0),
            ("/reductions/kept_over_flow_limit", 0),
            ("/reductions/flows_entered", 0),
            ("/reductions/flows_evicted", 0),
            ("/fragments/first", 0),
            ("/fragments/followed", 0),
            ("/fragments/orphaned", 0),
            ("/fragments/unremembered", 0),
            ("/fragments/evicted", 0),
            ("/over_rate/link/ipv4/frames", 0),
            ("/over_flow_limit/frames", 0),
            ("/sampled_out/transport/tcp/bytes", 0),
            ("/matched/frames", 3),
            ("/matched/link/arp/frames", 0),
            ("/matched/transport/tcp/bytes", 3102),
        ] {
            assert_eq!(report.pointer(path).and_then(Value::as_u64), Some(expected), "{path} in {line}");
        }
        assert_eq!(report["ledger"]["balanced"], true);
        assert_eq!(
            (&report["rings"][0]["name"], &report["rings"][0]["received"]),
            (&"eth0".into(), &3.into())
        );
        assert_eq!(
            (&report["rings"][1]["name"], &report["rings"][1]["truncated"]),
            (&"a\\\"b\u{1}".into(), &1.into())
        );
        for (group, count) in [("link", Link::COUNT), ("transport", Transport::COUNT)] {
            assert_eq!(report["matched"][group].as_object().map(serde_json::Map::len), Some(count as usize));
        }
    }
}
