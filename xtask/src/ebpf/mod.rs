//! `cargo xtask build-ebpf`: builds the object that runs in the kernel from `sniffer-ebpf`, or compares a new build with
//! the committed one.
//!
//! The object is committed so that building sniffer needs nothing but stable Rust. Beside it stands which toolchain made
//! it, since another one gives other instructions.

mod contents;
pub(crate) mod toolchain;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::workspace;
use contents::Contents;
use toolchain::{TARGET, Toolchain};

/// How to build the object.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Change nothing: compare a new build with the committed object.
    #[arg(long)]
    check: bool,
}

/// Compares a new build with the committed object.
///
/// # Errors
/// As [`run`].
pub(crate) fn check() -> Result<()> {
    run(&Args { check: true })
}

/// Builds the object, or checks the committed one.
///
/// # Errors
/// When no toolchain for it is installed, when it does not build, and when the committed object is not what its recorded
/// toolchain makes of the sources.
pub(crate) fn run(args: &Args) -> Result<()> {
    let recorded = recorded();
    let toolchain = Toolchain::find(&recorded)?;
    let version = toolchain.version()?;
    eprintln!("build-ebpf: with {}", version.trim_end().replace('\n', ", "));
    let built = compile(&toolchain)?;
    if !args.check {
        fs::copy(&built, committed()).with_context(|| format!("cannot write {}", committed().display()))?;
        fs::write(record(), version).with_context(|| format!("cannot write {}", record().display()))?;
        return Ok(());
    }
    if version != recorded {
        eprintln!(
            "build-ebpf: it builds; not compared with the committed object, which was made with {}",
            recorded.trim_end().replace('\n', ", ")
        );
        return Ok(());
    }
    compare(&read(&committed())?, &read(&built)?)
}

fn compare(committed: &[u8], built: &[u8]) -> Result<()> {
    let differences = Contents::parse(committed)?.differences(&Contents::parse(built)?);
    if !differences.is_empty() {
        bail!(
            "the committed eBPF object is not what the sources give; run `cargo xtask build-ebpf`. It differs in: {}",
            differences.join(", ")
        );
    }
    let how = if committed == built { "byte for byte" } else { "in all that the kernel sees" };
    eprintln!("build-ebpf: the committed object equals the new build {how}");
    Ok(())
}

/// Which toolchain made the committed object.
pub(crate) fn recorded() -> String {
    fs::read_to_string(record()).unwrap_or_default()
}

/// Compiles `sniffer-ebpf` and returns where the object is.
fn compile(toolchain: &Toolchain) -> Result<PathBuf> {
    let folder = workspace::target().join("ebpf");
    let mut cargo = toolchain.cargo(&folder)?;
    cargo.args(["build", "--locked", "--release", "--package", "sniffer-ebpf"]);
    cargo.args(["--target", TARGET, "-Z", "build-std=core", "--target-dir"]).arg(&folder);
    workspace::step(&mut cargo)?;
    Ok(folder.join(TARGET).join("release/sniffer"))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The object that `sniffer` embeds.
fn committed() -> PathBuf {
    workspace::root().join("sniffer/ebpf/sniffer.bpf.o")
}

/// The versions of the programs that made it.
fn record() -> PathBuf {
    workspace::root().join("sniffer/ebpf/toolchain.txt")
}
