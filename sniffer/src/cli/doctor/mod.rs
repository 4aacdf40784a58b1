//! `sniffer doctor`: what this kernel and this process can do for a capture, found out by trying, and how to grant what is
//! missing.

mod finding;
mod probes;

use anyhow::bail;
use serde::Serialize;
use sniffer::sink;

use self::finding::{Answer, Finding};
use super::summary;

/// Options of `sniffer doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print one JSON object: docs/install.md has the schema
    #[arg(long)]
    json: bool,
}

/// All that was found, and what follows from it.
#[derive(Debug, Serialize)]
struct Report {
    findings: Vec<Finding>,
    /// What a capture will do here.
    capture: Vec<String>,
    /// How to grant what is missing.
    advice: Vec<String>,
    /// Whether captures work at all.
    works: bool,
}

/// Prints one line a finding.
///
/// # Errors
/// When a capture cannot work, after all findings.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let report = Report::new(probes::all()?);
    let text = if args.json { serde_json::to_string(&report)? + "\n" } else { report.text() };
    sink::print(&text)?;
    if !report.works {
        let reasons = report.findings.iter().filter(|finding| finding.is_needed).filter_map(Finding::reason);
        bail!("captures do not work here: {}", reasons.collect::<Vec<_>>().join("; "));
    }
    Ok(())
}

impl Report {
    fn new(mut findings: Vec<Finding>) -> Self {
        let has = |name| findings.iter().any(|finding| finding.name == name && finding.answer == Answer::Yes);
        let (in_place, by_copy) = (has(probes::READ_IN_PLACE), has(probes::READ_BY_COPY));
        let works = has(probes::RING) && (in_place || by_copy);
        let cache = if has(probes::DIRECT_IO) { "past" } else { "through" };
        let reads = if in_place {
            "reads frames in place".to_owned()
        } else {
            format!("has the kernel copy what it looks at: {}", summary::COST_OF_COPIES)
        };
        let capture = vec![reads, format!("writes files in this directory {cache} the page cache")];
        // Either way of reading will do.
        for finding in findings.iter_mut().filter(|finding| finding.name == probes::READ_BY_COPY) {
            finding.is_needed = !in_place;
        }
        let advice = findings.iter().filter_map(|finding| finding.advice.clone()).collect();
        Self { findings, capture: if works { capture } else { Vec::new() }, advice, works }
    }

    fn text(&self) -> String {
        let mut lines: Vec<String> = self.findings.iter().map(ToString::to_string).collect();
        lines.push(format!("captures work here: {}", if self.works { "yes" } else { "no" }));
        lines.extend(self.capture.iter().map(|line| format!("a capture {line}")));
        lines.extend(self.advice.iter().map(|line| format!("to grant what is missing: {line}")));
        lines.join("\n") + "\n"
    }
}
