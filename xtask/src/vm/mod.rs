//! `cargo xtask test --vm`: the kernel tests inside virtual machines, one for each kernel of `kernels.lock`.
//!
//! Needs neither root nor, once the kernels are in the cache, the network.

mod archive;
mod cpio;
mod guest;
mod kernel;
mod lock;
mod machine;
mod modules;
mod qemu;
mod verdict;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use self::lock::Kernel;
use self::machine::Machine;
use self::verdict::Verdict;
use crate::workspace;

/// Boots the named kernels, or all for this kind of machine, runs the kernel tests in each, and ends with a line a kernel.
///
/// # Errors
/// When a kernel is not in the lock file, something needed cannot be built or fetched, or a kernel fails.
pub(crate) fn run(series: &[String], filter: Option<&str>) -> Result<()> {
    let kernels = chosen(lock::read()?, series)?;
    let mut guests = BTreeMap::new();
    let mut lines = Vec::new();
    for kernel in &kernels {
        let machine = kernel.machine()?;
        let guest = match guests.entry(machine) {
            Entry::Occupied(built) => built.into_mut(),
            Entry::Vacant(place) => place.insert(guest::build(machine)?),
        };
        lines.push(test(kernel, guest, filter).with_context(|| format!("kernel {}", kernel.series))?);
    }
    for line in &lines {
        println!("{}", line.text);
    }
    let failed = lines.iter().filter(|line| !line.passed).count();
    ensure!(failed == 0, "the kernel tests failed on {failed} of {} kernels", lines.len());
    Ok(())
}

/// What is said of one kernel in the end.
struct Line {
    text: String,
    passed: bool,
}

/// The kernels asked for, in the order asked for; all for this kind of machine when none is named.
fn chosen(kernels: Vec<Kernel>, series: &[String]) -> Result<Vec<Kernel>> {
    if series.is_empty() {
        let is_native = |kernel: &Kernel| kernel.machine().is_ok_and(Machine::is_native);
        return Ok(kernels.into_iter().filter(is_native).collect());
    }
    let find = |wanted: &String| {
        let known = || kernels.iter().map(|kernel| kernel.series.as_str()).collect::<Vec<_>>().join(" ");
        let found = kernels.iter().find(|kernel| kernel.series == *wanted);
        found
            .cloned()
            .with_context(|| format!("kernel {wanted} is not in the lock file, which has {}", known()))
    };
    series.iter().map(find).collect()
}

/// Runs the tests on one kernel.
fn test(kernel: &Kernel, guest: &guest::Guest, filter: Option<&str>) -> Result<Line> {
    let files = kernel::fetch(kernel)?;
    let image = workspace::target().join("vm-images").join(format!("{}.cpio", kernel.series));
    guest.write_image(&files.modules, &image)?;
    let start = Instant::now();
    let verdict = Verdict::of(&qemu::boot(kernel.machine()?, &files.vmlinuz, &image, filter)?);
    let text = format!("{}: {verdict}, {:.1} s", files.release, start.elapsed().as_secs_f32());
    Ok(Line { text, passed: verdict.passed() })
}
