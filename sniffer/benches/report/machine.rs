//! The machine that a figure was measured on.

use std::fs;

/// Kernel, processor and number of CPUs, in one line.
pub(crate) fn describe() -> String {
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, model)| model);
    // Not how many this thread may use: a benchmark pins itself to one.
    let cpus = cpuinfo.lines().filter(|line| line.starts_with("processor")).count();
    format!("Linux {}, {model}, {cpus} CPUs", kernel.trim())
}
