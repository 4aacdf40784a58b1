//! `sniffer doctor`: what this kernel and this process can do for a capture, found out by trying, and how to grant what is
//! missing.

use std::fmt::Display;
use std::fs;
use std::io;

use anyhow::bail;
use log::LevelFilter;
use rustix::thread::{CapabilitySet, capabilities};
use sniffer::capture::MAX_SNAPLEN;
use sniffer::load::{self, KernelPath, Pipeline, SkbLayout};

use super::message;

/// Options of `sniffer doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// What a capture needs of the process, and what for.
const CAPABILITIES: &[(CapabilitySet, &str, &str)] = &[
    (CapabilitySet::NET_RAW, "CAP_NET_RAW", "packet sockets"),
    (CapabilitySet::BPF, "CAP_BPF", "loading programs"),
    (CapabilitySet::PERFMON, "CAP_PERFMON", "reading frames in place"),
];

/// Prints one line a finding.
///
/// # Errors
/// When a capture cannot work, after all findings.
pub(crate) fn run(_args: &Args) -> anyhow::Result<()> {
    let mut report = Report { out: io::stdout().lock(), missing: Vec::new() };
    report.system("kernel", "/proc/sys/kernel/osrelease")?;
    report.capabilities()?;
    report.paths()?;
    report.system("net.core.optmem_max (bytes of an attached program)", "/proc/sys/net/core/optmem_max")?;
    let Report { missing, .. } = report;
    if !missing.is_empty() {
        bail!("captures do not work here: {}", missing.join("; "));
    }
    Ok(())
}

/// Findings on their way to standard output.
struct Report<W> {
    out: W,
    /// What no capture can do without.
    missing: Vec<String>,
}

impl<W: io::Write> Report<W> {
    fn line(&mut self, what: impl Display, finding: impl Display) -> io::Result<()> {
        writeln!(self.out, "{:<50} {finding}", format!("{what}:"))
    }

    /// What a file of the system says.
    fn system(&mut self, what: &str, path: &str) -> io::Result<()> {
        match fs::read_to_string(path) {
            Ok(text) => self.line(what, text.trim()),
            Err(error) => self.line(what, error),
        }
    }

    fn capabilities(&mut self) -> anyhow::Result<()> {
        let effective = capabilities(None)?.effective;
        let (mut program, mut is_complete) = (String::from("./sniffer"), true);
        if let Ok(path) = std::env::current_exe() {
            program = path.display().to_string();
        }
        for &(capability, name, use_) in CAPABILITIES {
            let is_held = effective.contains(capability) || effective.contains(CapabilitySet::SYS_ADMIN);
            is_complete &= is_held;
            self.line(format_args!("{name} ({use_})"), if is_held { "yes" } else { "no" })?;
        }
        if !is_complete {
            self.line(
                "to grant all",
                format_args!("sudo setcap cap_net_raw,cap_bpf,cap_perfmon+ep {program}"),
            )?;
        }
        Ok(())
    }

    /// Whether the programs can be loaded in each way of reading frames.
    fn paths(&mut self) -> io::Result<()> {
        match SkbLayout::of_running_kernel() {
            Ok(_) => self.line("the kernel's type information (BTF)", "yes")?,
            Err(error) => self.line("the kernel's type information (BTF)", message(&error.into()))?,
        }
        let (direct, compat) = (load(KernelPath::Direct), load(KernelPath::Compat));
        let finding = |result: &Result<(), String>| result.clone().err().unwrap_or_else(|| "yes".to_owned());
        self.line("programs that read frames in place", finding(&direct))?;
        self.line("programs that copy what they read", finding(&compat))?;
        let chosen = match (direct, compat) {
            (Ok(()), _) => "in place",
            (Err(_), Ok(())) => "by copying, which costs several times as much a frame",
            (Err(_), Err(error)) => {
                self.missing.push(error);
                return Ok(());
            }
        };
        self.line("a capture will read frames", chosen)
    }
}

/// Tries to load the programs, and forgets them.
fn load(path: KernelPath) -> Result<(), String> {
    let config = load::Config {
        snaplen: MAX_SNAPLEN,
        cooked: false,
        loopback_ifindex: None,
        log_level: LevelFilter::Off,
        see_through: None,
        reductions: load::Reductions::default(),
        tally: None,
        path: Some(path),
    };
    Pipeline::load(&config).map(drop).map_err(|error| message(&error.into()))
}
