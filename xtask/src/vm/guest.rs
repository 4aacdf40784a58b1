//! What runs inside: the tests and the sniffer, linked statically, and the host's network programs with their libraries.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::cpio::Archive;
use super::machine::Machine;
use crate::workspace;

/// The tests that run in every kernel.
const TESTS: &[&str] = &["test", "--package", "sniffer", "--test", "kernel", "--no-run"];

/// The first process.
const INIT: &[&str] = &["build", "--package", "xtask", "--bin", "vm-init"];

/// Programs of the host that tests start. One that the host lacks, the guest lacks too, and the tests say so.
const PROGRAMS: &[&str] = &["nft", "ping", "setpriv", "tcpdump"];

/// tcpdump gives up root for the user of its name when it writes files; a test of `-Z` does for nobody.
const USERS: &[u8] =
    b"root:x:0:0:root:/:/bin/sh\ntcpdump:x:100:100::/:/bin/false\nnobody:x:65534:65534::/:/bin/false\n";

/// Everything but the kernel's modules.
pub(super) struct Guest {
    /// The first process.
    init: PathBuf,
    /// Test programs.
    tests: Vec<PathBuf>,
    /// Files that the guest has under the names they have here.
    files: Vec<PathBuf>,
}

/// Builds the guest's programs for a machine and, where it is the host's kind, finds those of the host.
///
/// # Errors
/// When a build fails or builds no test.
pub(super) fn build(machine: Machine) -> Result<Guest> {
    let tests = executables(machine, TESTS)?;
    let (tests, programs): (Vec<_>, Vec<_>) = tests.into_iter().partition(|built| built.is_test);
    ensure!(!tests.is_empty(), "the build made no test program");
    let init = executables(machine, INIT)?.pop().context("the build made no first process")?.path;
    let mut files: Vec<_> = programs.into_iter().map(|built| built.path).collect();
    let host = if machine.is_native() { PROGRAMS } else { &[] };
    for program in host.iter().filter_map(|program| workspace::find_program(program)) {
        files.extend(libraries(&program)?);
        files.push(program);
    }
    files.sort();
    files.dedup();
    Ok(Guest { init, tests: tests.into_iter().map(|built| built.path).collect(), files })
}

impl Guest {
    /// Writes the memory image with these modules, in their order, to `path`.
    ///
    /// # Errors
    /// When a file cannot be read or the image cannot be written.
    pub(super) fn write_image(&self, modules: &[PathBuf], path: &Path) -> Result<()> {
        let read =
            |path: &Path| std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
        let mut archive = Archive::default();
        archive.character_device("/dev/console", 5, 1);
        archive.file("/init", &read(&self.init)?);
        archive.file("/etc/passwd", USERS);
        for (folder, files) in [("/modules", modules), ("/tests", &self.tests)] {
            for file in files {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                archive.file(&format!("{folder}/{name}"), &read(file)?);
            }
        }
        for file in &self.files {
            archive.file(&file.to_string_lossy(), &read(file)?);
        }
        let folder = path.parent().unwrap_or(path);
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        std::fs::write(path, archive.finish()).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// A program that cargo built.
struct Built {
    path: PathBuf,
    is_test: bool,
}

/// Runs a build for the guest and returns the programs it made.
fn executables(machine: Machine, build: &[&str]) -> Result<Vec<Built>> {
    let mut cargo = machine.cargo(build)?;
    cargo.args(["--profile", "vm", "--message-format", "json-render-diagnostics"]);
    let messages = workspace::step_output(&mut cargo)?;
    let artifacts = messages.lines().map(serde_json::from_str::<Value>).collect::<Result<Vec<_>, _>>()?;
    let programs = artifacts.iter().filter_map(|artifact| {
        let path = artifact["executable"].as_str()?;
        Some(Built { path: path.into(), is_test: artifact["profile"]["test"] == Value::Bool(true) })
    });
    Ok(programs.collect())
}

/// The shared libraries of a program, its loader among them.
fn libraries(program: &Path) -> Result<Vec<PathBuf>> {
    let list = workspace::output(workspace::command("ldd").arg(program))?;
    Ok(list.split_whitespace().filter(|word| word.starts_with('/')).map(PathBuf::from).collect())
}
