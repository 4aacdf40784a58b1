//! The report of `sniffer taps` as tables for people.

use std::fmt::Write as _;

use serde::Serialize;

use crate::taps::{Details, Fanout, Filter, Ring, Tap, Taps};

/// What taps this host.
#[derive(Debug, Serialize)]
pub struct TapReport {
    /// By network namespace; one that nothing taps is left out when several were looked at.
    pub namespaces: Vec<TappedNamespace>,
    /// How many namespaces were looked at.
    pub namespaces_seen: usize,
    /// What could not be seen, and why.
    pub not_seen: Vec<String>,
}

/// What taps one network namespace.
#[derive(Debug, Serialize)]
pub struct TappedNamespace {
    /// What the namespace is called.
    pub name: String,
    /// What taps it.
    #[serde(flatten)]
    pub taps: Taps,
}

const TITLES: [&str; 8] = ["interface", "sees", "filter", "ring", "fanout", "drops", "user", "process"];

/// A line of a table.
type Row = [String; TITLES.len()];

impl TapReport {
    /// Appends a table for each namespace, and what follows from them all.
    pub fn text(&self, out: &mut String) {
        for TappedNamespace { name, taps } in &self.namespaces {
            if self.namespaces_seen > 1 {
                line(out, format_args!("network namespace {name}"));
            }
            table(&taps.sockets, out);
            for function in &taps.kernel_functions {
                let interface = function.interface.as_deref().unwrap_or("any");
                line(out, format_args!("the kernel's {} sees every frame of {interface}", function.name));
            }
        }
        line(out, format_args!("{}", self.conclusion()));
        for what in &self.not_seen {
            line(out, format_args!("not seen: {what}"));
        }
    }

    /// Who makes every frame pay.
    fn conclusion(&self) -> String {
        let sockets = || self.namespaces.iter().flat_map(|namespace| &namespace.taps.sockets);
        let every = || sockets().filter(|tap| tap.sees_every_frame());
        let all = sockets().count();
        let without = every().filter(|tap| tap.has_filter() == Some(false)).count();
        match every().count() {
            0 if all == 0 => "no packet socket: no frame pays for one".to_owned(),
            0 => format!("no packet socket of {all} is shown every frame"),
            count => format!(
                "every frame pays for {count} of {all} packet sockets, {without} of them without a filter"
            ),
        }
    }
}

fn table(taps: &[Tap], out: &mut String) {
    if taps.is_empty() {
        return;
    }
    let rows: Vec<Row> = std::iter::once(TITLES.map(str::to_owned)).chain(taps.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: [usize; TITLES.len()] = std::array::from_fn(width);
    for row in &rows {
        let padded = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        line(out, format_args!("{}", padded.collect::<Vec<_>>().join("  ").trim_end()));
    }
}

/// A process calls itself what it likes: what a terminal would obey is not shown.
fn printable(command: &str) -> String {
    command.replace(char::is_control, "?")
}

fn row(tap: &Tap) -> Row {
    let details = tap.details.as_ref();
    // What is not known is told apart from what is not there.
    let known = |cell: fn(&Details) -> String| details.map_or_else(|| "?".to_owned(), cell);
    let processes = tap.owners.iter().map(|owner| format!("{}[{}]", printable(&owner.command), owner.pid));
    [
        interface(tap),
        sees(tap),
        known(|details| filter(details.filter)),
        known(|details| details.ring.map_or_else(absent, ring)),
        known(|details| {
            details.fanout.map_or_else(absent, |Fanout { group, by }| format!("{group} by {by}"))
        }),
        known(|details| details.drops.map_or_else(|| "?".to_owned(), |drops| drops.to_string())),
        tap.user.clone().unwrap_or_else(|| tap.uid.to_string()),
        if tap.owners.is_empty() { "?".to_owned() } else { processes.collect::<Vec<_>>().join(", ") },
    ]
}

fn absent() -> String {
    "-".to_owned()
}

fn interface(tap: &Tap) -> String {
    let name = match (tap.interface_index, &tap.interface) {
        (0, _) => "any".to_owned(),
        (_, Some(name)) => name.clone(),
        (index, None) => format!("gone ({index})"),
    };
    let promiscuous = tap.details.as_ref().is_some_and(|details| details.promiscuous);
    if promiscuous { name + " promiscuous" } else { name }
}

fn sees(tap: &Tap) -> String {
    match tap.protocol {
        _ if !tap.running => "nothing".to_owned(),
        _ if tap.sees_every_frame() => "every frame".to_owned(),
        protocol => format!("{protocol:#06x} that comes in"),
    }
}

fn filter(filter: Filter) -> String {
    match filter {
        Filter::None => "none".to_owned(),
        Filter::Classic { instructions } => format!("classic, {instructions} long"),
        Filter::Ebpf => "eBPF".to_owned(),
        Filter::Hidden => "yes".to_owned(),
    }
}

fn ring(ring: Ring) -> String {
    let kibibytes = ring.bytes() >> 10;
    format!("{kibibytes} KiB v{}", ring.version)
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(out, "{text}").unwrap_or_else(|_| unreachable!("writing to a string does not fail"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taps::{Kind, Owner};

    fn tap(details: Option<Details>) -> Tap {
        Tap {
            inode: 7,
            kind: Kind::Raw,
            protocol: 3,
            interface_index: 2,
            interface: Some("eth0".to_owned()),
            running: true,
            uid: 1000,
            user: None,
            owners: Vec::new(),
            details,
        }
    }

    fn check(sockets: Vec<Tap>, expected: &str) {
        let taps = Taps { sockets, ..Taps::default() };
        let namespaces = vec![TappedNamespace { name: "own".to_owned(), taps }];
        let mut out = String::new();
        TapReport { namespaces, namespaces_seen: 1, not_seen: Vec::new() }.text(&mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn what_is_not_known_is_told_apart_from_what_is_not_there() {
        let details =
            Details { filter: Filter::None, ring: None, fanout: None, drops: Some(4), promiscuous: true };
        let ring = Some(Ring { version: 3, block_size: 1 << 20, blocks: 2 });
        let fanout = Some(Fanout { group: 9, by: "hash" });
        let with_ring = Details { filter: Filter::Ebpf, ring, fanout, drops: None, promiscuous: false };
        let owners = vec![Owner { pid: 5, command: "du\x1b\nmp".to_owned() }];
        check(
            vec![
                Tap { owners, user: Some("joe".to_owned()), ..tap(Some(details)) },
                Tap { interface_index: 0, protocol: 0x806, ..tap(Some(with_ring)) },
                Tap { interface: None, running: false, ..tap(None) },
            ],
            "interface         sees                  filter  ring         fanout     drops  user  process\n\
             eth0 promiscuous  every frame           none    -            -          4      joe   du??mp[5]\n\
             any               0x0806 that comes in  eBPF    2048 KiB v3  9 by hash  ?      1000  ?\n\
             gone (2)          nothing               ?       ?            ?          ?      1000  ?\n\
             every frame pays for 1 of 3 packet sockets, 1 of them without a filter\n",
        );
        check(Vec::new(), "no packet socket: no frame pays for one\n");
    }
}
