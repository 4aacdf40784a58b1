//! `sniffer taps`: which sockets tap this host, and whose they are.

use nix::unistd::{Uid, User};
use sniffer::print::{TapReport, TappedNamespace};
use sniffer::sink;
use sniffer::taps::{Tap, Taps, find_owners};

use super::netns::{self, Namespace};

/// Options of `sniffer taps`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print one JSON object: docs/taps.md has the schema
    #[arg(long)]
    json: bool,

    /// Look into the network namespace of that name, of the process of that number, or of that path
    #[arg(long, value_name = "NAMESPACE")]
    netns: Option<String>,

    /// Look into all network namespaces that a process is in or that have a name; takes root
    #[arg(long, conflicts_with = "netns")]
    all_netns: bool,
}

/// Prints what is found.
///
/// # Errors
/// When a namespace that was named cannot be looked into, and when the kernel tells nothing.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let mut report = if args.all_netns { everywhere()? } else { within(args.netns.as_deref())? };
    let sockets = report.namespaces.iter_mut().flat_map(|namespace| &mut namespace.taps.sockets);
    let hidden = find_owners(sockets)?;
    for tap in report.namespaces.iter_mut().flat_map(|namespace| &mut namespace.taps.sockets) {
        tap.user = User::from_uid(Uid::from_raw(tap.uid)).ok().flatten().map(|user| user.name);
    }
    let gaps = gaps(&report, hidden);
    report.not_seen.extend(gaps);
    let mut out = String::new();
    if args.json {
        out = serde_json::to_string(&report)? + "\n";
    } else {
        report.text(&mut out);
    }
    Ok(sink::print(&out)?)
}

/// What taps the namespace of that name, or this one.
fn within(name: Option<&str>) -> anyhow::Result<TapReport> {
    let taps = Namespace::open(name)?.run(Taps::list)??;
    let name = name.unwrap_or(netns::OWN).to_owned();
    Ok(TapReport {
        namespaces: vec![TappedNamespace { name, taps }],
        namespaces_seen: 1,
        not_seen: Vec::new(),
    })
}

/// What taps any namespace that can be found and entered.
fn everywhere() -> anyhow::Result<TapReport> {
    let netns::All { namespaces, hidden_processes } = netns::all()?;
    let mut report = TapReport { namespaces: Vec::new(), namespaces_seen: 0, not_seen: Vec::new() };
    for (name, namespace) in namespaces {
        match namespace.run(Taps::list) {
            Ok(taps) => {
                report.namespaces_seen += 1;
                let taps = taps?;
                if !taps.sockets.is_empty() || !taps.kernel_functions.is_empty() {
                    report.namespaces.push(TappedNamespace { name, taps });
                }
            }
            Err(error) => report.not_seen.push(super::message(&error)),
        }
    }
    if hidden_processes > 0 {
        report.not_seen.push(format!(
            "the namespaces of processes that hide them: {hidden_processes} (root sees most, or CAP_SYS_PTRACE)"
        ));
    }
    Ok(report)
}

/// What is missing in the report.
fn gaps(report: &TapReport, hidden_processes: usize) -> Vec<String> {
    let mut gaps = Vec::new();
    let all = || report.namespaces.iter().map(|namespace| &namespace.taps);
    if let Some(reason) = all().find_map(|taps| taps.without_details.as_ref()) {
        gaps.push(format!("filters, rings, groups and drops: sock_diag does not answer ({reason})"));
    }
    let sockets = || all().flat_map(|taps| &taps.sockets);
    let without_owner = sockets().filter(|tap| tap.owners.is_empty()).count();
    match (without_owner, hidden_processes) {
        (0, _) => {}
        (sockets, 0) => gaps.push(format!("the owners of {sockets} sockets: no process that is visible here")),
        (sockets, hidden) => gaps.push(format!(
            "the owners of {sockets} sockets: {hidden} processes hide what they hold (root sees most, or CAP_SYS_PTRACE)"
        )),
    }
    let has_hidden_drops = |tap: &Tap| tap.details.as_ref().is_some_and(|details| details.drops.is_none());
    if sockets().any(has_hidden_drops) {
        gaps.push("drops of sockets with a ring: the kernel tells them their owner alone".to_owned());
    }
    gaps
}
