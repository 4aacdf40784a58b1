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
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use self::guest::Guest;
use self::lock::Kernel;
use self::machine::Machine;
use self::qemu::Boot;
use self::verdict::Verdict;
use crate::workspace;

/// Boots the named kernels, or all for this kind of machine, runs the kernel tests in each, and ends with a line a kernel.
///
/// # Errors
/// When a kernel is not in the lock file, something needed cannot be built or fetched, or a kernel fails.
pub(crate) fn run(series: &[String], filters: &[String]) -> Result<()> {
    let mut guests = BTreeMap::new();
    let mut boots = Vec::new();
    for kernel in chosen(lock::read()?, series)? {
        let machine = kernel.machine()?;
        let guest = match guests.entry(machine) {
            Entry::Occupied(built) => built.into_mut(),
            Entry::Vacant(place) => place.insert(guest::build(machine)?),
        };
        boots.push(prepare(&kernel, guest).with_context(|| format!("kernel {}", kernel.series))?);
    }
    let lines = side_by_side(&boots, |boot| test(boot, filters))?;
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

/// Fetches a kernel and writes its memory image.
fn prepare(kernel: &Kernel, guest: &Guest) -> Result<Boot> {
    let files = kernel::fetch(kernel)?;
    let image = workspace::target().join("vm-images").join(format!("{}.cpio", kernel.series));
    guest.write_image(&files.modules, &image)?;
    Ok(Boot { machine: kernel.machine()?, release: files.release, vmlinuz: files.vmlinuz, image })
}

/// Runs the tests on one kernel.
fn test(boot: &Boot, filters: &[String]) -> Result<Line> {
    let start = Instant::now();
    let verdict = Verdict::of(&boot.run(filters)?);
    let text = format!("{}: {verdict}, {:.1} s", boot.release, start.elapsed().as_secs_f32());
    Ok(Line { text, passed: verdict.passed() })
}

/// Does `work` for each item, as many at a time as the host has processors: an emulated machine keeps one busy. The
/// results come in the order of the items.
fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> Result<R> + Sync) -> Result<Vec<R>> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(BTreeMap::new());
    let worker = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(place) else { break };
            let result = work(item);
            results.lock().unwrap_or_else(PoisonError::into_inner).insert(place, result);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get).min(items.len()) {
            scope.spawn(worker);
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..100).collect();
        assert_eq!(
            side_by_side(&items, |item| Ok(item * 2)).unwrap(),
            items.iter().map(|n| n * 2).collect::<Vec<_>>()
        );
        side_by_side(&items, |item| item.checked_sub(1).context("too small"))
            .expect_err("the first item fails");
    }
}
