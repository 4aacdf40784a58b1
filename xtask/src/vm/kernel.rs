//! Kernels ready to boot, kept in the user's cache: the image and the modules of each, unpacked once.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::archive::Archive;
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
    let cache = cache()?;
    if let Some(files) = cached(&cache, kernel)? {
        return Ok(files);
    }
    let archive = Archive::open(&cache.join("apt"), kernel)?;
    let mut kernel = kernel.clone();
    if !kernel.pins.iter().all(|pin| archive.has(pin)) {
        let newest = archive.newest(&kernel)?;
        let name = |kernel: &Kernel| kernel.release().unwrap_or_default().to_owned();
        eprintln!("warning: the archive has dropped {}; taking {}", name(&kernel), name(&newest));
        kernel = newest;
        if let Some(files) = cached(&cache, &kernel)? {
            return Ok(files);
        }
    }
    unpack(&archive, &cache, &kernel)?;
    cached(&cache, &kernel)?.context("the packages hold no kernel image")
}

/// `sniffer-xtask` in the user's cache folder, which every checkout shares.
fn cache() -> Result<PathBuf> {
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache"));
    let folder = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home);
    Ok(folder.context("neither XDG_CACHE_HOME nor HOME is set")?.join("sniffer-xtask"))
}

/// Where a kernel is in the cache: its name holds all that pins it.
fn folder(cache: &Path, kernel: &Kernel) -> PathBuf {
    let pins = kernel.pins.iter().map(|pin| {
        let sum = pin.sha256.as_deref().unwrap_or("unpinned");
        format!("{}_{}_{}", pin.package, pin.version, &sum[..sum.len().min(16)])
    });
    cache.join("kernels").join(pins.collect::<Vec<_>>().join("_"))
}

fn cached(cache: &Path, kernel: &Kernel) -> Result<Option<Files>> {
    let folder = folder(cache, kernel);
    let vmlinuz = folder.join("vmlinuz");
    if !vmlinuz.is_file() {
        return Ok(None);
    }
    let release = kernel.release().unwrap_or_default().to_owned();
    Ok(Some(Files { release, vmlinuz, modules: workspace::files_in(&folder.join("modules"))? }))
}

/// Downloads a kernel's packages and keeps what boots. The finished folder appears in the cache in one step.
fn unpack(archive: &Archive, cache: &Path, kernel: &Kernel) -> Result<()> {
    let finished = folder(cache, kernel);
    let work = cache.join(format!("unpack-{}", std::process::id()));
    let (tree, kept) = (work.join("tree"), work.join("kept"));
    fs::create_dir_all(&tree)?;
    fs::create_dir_all(kept.join("modules"))?;
    for pin in &kernel.pins {
        let package = archive.download(pin, &work)?;
        workspace::step(workspace::command("dpkg-deb").arg("--extract").arg(&package).arg(&tree))?;
    }
    let vmlinuz = find_image(&tree)?.context("the packages hold no kernel image")?;
    fs::rename(vmlinuz, kept.join("vmlinuz"))?;
    for (place, (name, module)) in modules::collect(&tree)?.iter().enumerate() {
        fs::write(kept.join("modules").join(format!("{place:02}-{name}.ko")), module)?;
    }
    fs::create_dir_all(cache.join("kernels"))?;
    fs::rename(&kept, &finished).with_context(|| format!("cannot make {}", finished.display()))?;
    fs::remove_dir_all(&work).with_context(|| format!("cannot remove {}", work.display()))
}

/// The kernel image: `/boot/vmlinuz-RELEASE`, or `vmlinuz` beside the modules in newer packages.
fn find_image(folder: &Path) -> Result<Option<PathBuf>> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            if let Some(found) = find_image(&entry.path())? {
                return Ok(Some(found));
            }
        } else if entry.file_name().to_string_lossy().starts_with("vmlinuz") {
            return Ok(Some(entry.path()));
        }
    }
    Ok(None)
}
