//! Kernels ready to boot, kept in the user's cache: the image and the modules of each, unpacked once.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::archive::{self, Archive};
use super::lock::Kernel;
use super::modules;
use crate::workspace;

/// A kernel in the cache.
pub(super) struct Files {
    /// Its release, as `uname -r` says it.
    pub(super) release: String,
    /// The bootable image.
    pub(super) vmlinuz: PathBuf,
    /// Modules in the order of insertion.
    pub(super) modules: Vec<PathBuf>,
}

/// The files of a kernel, from the cache or else from the archive. A kernel that the archive has dropped is replaced
/// by the newest of its series, with a warning.
///
/// # Errors
/// When it is not in the cache and cannot be fetched or unpacked.
pub(super) fn fetch(kernel: &Kernel) -> Result<Files> {
    if let Some(files) = cached(kernel)? {
        return Ok(files);
    }
    let archive = Archive::open(kernel.pins.iter().map(|pin| pin.suite.as_str()), kernel.machine()?)?;
    if unpack(&archive, kernel)? {
        return cached(kernel)?.context("the kernel is not in the cache");
    }
    for other in others(&archive, kernel)? {
        eprintln!("warning: the archive does not give {}; trying {}", kernel.release()?, other.release()?);
        if cached(&other)?.is_some() || unpack(&archive, &other)? {
            return cached(&other)?.context("the kernel is not in the cache");
        }
    }
    bail!("the archive has no kernel {} for this machine", kernel.version());
}

/// Where a kernel is in the cache: the path holds all that pins it, and which modules were kept.
fn folder(kernel: &Kernel) -> Result<PathBuf> {
    let pins = kernel.pins.iter().map(|pin| {
        let sum = pin.sha256.as_deref().unwrap_or("unpinned");
        format!("{}_{}_{}", pin.package, pin.version, &sum[..sum.len().min(16)])
    });
    let modules = archive::cache()?.join("kernels").join(modules::WANTED.join("+"));
    Ok(modules.join(pins.collect::<Vec<_>>().join("_")))
}

fn cached(kernel: &Kernel) -> Result<Option<Files>> {
    let folder = folder(kernel)?;
    let vmlinuz = folder.join("vmlinuz");
    if !vmlinuz.is_file() {
        return Ok(None);
    }
    let release = kernel.release()?.to_owned();
    Ok(Some(Files { release, vmlinuz, modules: workspace::files_in(&folder.join("modules"))? }))
}

/// Fetches a kernel's packages and keeps what boots. Says whether the archive had them.
fn unpack(archive: &Archive, kernel: &Kernel) -> Result<bool> {
    let Some(tree) = archive.unpack(&kernel.pins)? else { return Ok(false) };
    let kept = tree.path().join("kept");
    fs::create_dir_all(kept.join("modules"))?;
    let vmlinuz = find_image(&tree.path())?.context("the packages hold no kernel image")?;
    fs::rename(vmlinuz, kept.join("vmlinuz"))?;
    for (place, (name, module)) in modules::collect(&tree.path())?.iter().enumerate() {
        fs::write(kept.join("modules").join(format!("{place:02}-{name}.ko")), module)?;
    }
    tree.keep("kept", &folder(kernel)?)?;
    Ok(true)
}

/// The kernel image: `/boot/vmlinuz-RELEASE`, or `vmlinuz` beside the modules in newer packages.
fn find_image(folder: &Path) -> Result<Option<PathBuf>> {
    for path in workspace::files_in(folder)? {
        if path.is_dir() && !path.is_symlink() {
            if let Some(found) = find_image(&path)? {
                return Ok(Some(found));
            }
        } else if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("vmlinuz")) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// The other releases of a kernel's series and flavour that the archive lists, the newest first.
fn others(archive: &Archive, kernel: &Kernel) -> Result<Vec<Kernel>> {
    let release = kernel.release()?;
    let kind = kernel.pins.first().and_then(|pin| pin.package.strip_suffix(release)).unwrap_or_default();
    let names = archive.names(kind)?;
    let releases = names.iter().filter_map(|name| name.strip_prefix(kind)).filter(|other| *other != release);
    let newest_first = newest_first(releases, kernel.version(), release);
    let other = |release: &str| kernel.with_release(release, &archive.version(&format!("{kind}{release}"))?);
    newest_first.into_iter().map(other).collect()
}

/// Of some releases, those of a series with the flavour of `like`, the one with the highest numbers first.
fn newest_first<'a>(releases: impl Iterator<Item = &'a str>, series: &str, like: &str) -> Vec<&'a str> {
    let flavour = like.rmatch_indices('-').nth(1).map_or("", |(at, _)| &like[at..]);
    let start = format!("{series}.");
    let mut found: Vec<_> =
        releases.filter(|release| release.starts_with(&start) && release.ends_with(flavour)).collect();
    found.sort_by_key(|release| std::cmp::Reverse(numbers(release)));
    found
}

/// The numbers in a release, from left to right: `5.10.0-46-cloud-amd64` has 5, 10, 0, 46 and 64.
fn numbers(release: &str) -> Vec<u64> {
    release.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(releases: &[&str], series: &str, like: &str, expected: &[&str]) {
        assert_eq!(newest_first(releases.iter().copied(), series, like), expected);
    }

    #[test]
    fn the_newest_of_a_series_has_the_highest_numbers_and_the_same_flavour() {
        let like = "5.10.0-46-cloud-amd64";
        let releases =
            ["5.10.0-9-cloud-amd64", "5.10.0-47-cloud-amd64", "5.10.0-48-rt-amd64", "5.1.0-99-cloud-amd64"];
        check(&releases, "5.10", like, &["5.10.0-47-cloud-amd64", "5.10.0-9-cloud-amd64"]);
        check(&releases, "5.1", like, &["5.1.0-99-cloud-amd64"]);
        check(&releases, "6.1", like, &[]);
        let backports =
            ["6.1.0-0.deb11.52-cloud-amd64", "6.1.0-56-cloud-amd64", "6.1.0-56-cloud-amd64-unsigned"];
        check(&backports, "6.1", like, &["6.1.0-56-cloud-amd64", "6.1.0-0.deb11.52-cloud-amd64"]);
        let plus = ["6.18.9+deb13-cloud-arm64", "6.18.15+deb13-cloud-arm64", "6.18.15+deb13-cloud-amd64"];
        let like = "6.18.5+deb13-cloud-arm64";
        check(&plus, "6.18", like, &["6.18.15+deb13-cloud-arm64", "6.18.9+deb13-cloud-arm64"]);
    }
}
