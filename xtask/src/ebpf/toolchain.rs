//! Which Rust can build for the kernel's virtual machine, and how it has to be called.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, anyhow};

use crate::workspace;

/// A Rust whose sources of `core` are installed, and the linker.
pub(super) struct Toolchain {
    rustc: PathBuf,
    cargo: PathBuf,
    linker: PathBuf,
}

/// Little-endian eBPF.
pub(super) const TARGET: &str = "bpfel-unknown-none";

/// Kernel functions that the object calls. bpf-linker drops the arguments of undefined functions that it may rename.
const KERNEL_FUNCTIONS: &str = "bpf_cast_to_kern_ctx,bpf_rdonly_cast";

impl Toolchain {
    /// Debian's `rustc-web` or rustup's nightly: the one that is recorded, else the first that is installed.
    ///
    /// # Errors
    /// When neither is, or `bpf-linker` is not.
    pub(super) fn find(recorded: &str) -> Result<Self> {
        let linker = linker()?;
        let candidates: Vec<Self> = [debian(), nightly()]
            .into_iter()
            .flatten()
            .map(|(rustc, cargo)| Self { rustc, cargo, linker: linker.clone() })
            .filter(|candidate| has_sources(&candidate.rustc))
            .collect();
        let as_recorded = candidates
            .iter()
            .position(|candidate| candidate.version().is_ok_and(|version| version == recorded));
        candidates.into_iter().nth(as_recorded.unwrap_or(0)).ok_or_else(|| {
            anyhow!(
                "no Rust that can build for eBPF is installed (Debian's rustc-web with rust-web-src, or a rustup \
                 nightly with rust-src): run `cargo xtask setup`"
            )
        })
    }

    /// The versions that decide which instructions come out, one a line.
    pub(super) fn version(&self) -> Result<String> {
        let rustc = workspace::output(Command::new(&self.rustc).arg("-vV"))?;
        let line =
            |start: &str| rustc.lines().find(|line| line.starts_with(start)).unwrap_or(start).to_owned();
        let linker = workspace::output(Command::new(&self.linker).arg("--version"))?;
        Ok(format!("{}\n{}\n{}\n", line("rustc "), line("LLVM version: "), linker.trim_end()))
    }

    /// A `cargo` that builds for the kernel with this toolchain. `folder` is where it builds into.
    pub(super) fn cargo(&self, folder: &Path) -> Result<Command> {
        let mut cargo = Command::new(&self.cargo);
        cargo.current_dir(workspace::root());
        // What the cargo that runs this command has set for its own toolchain.
        for setting in ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
            cargo.env_remove(setting);
        }
        cargo.env("RUSTC", &self.rustc);
        // Building `core` is unstable; Debian's compiler is a stable one.
        cargo.env("RUSTC_BOOTSTRAP", "1");
        cargo.env("LD_LIBRARY_PATH", self.llvm(folder)?);
        cargo.arg("--config").arg(format!("target.{TARGET}.rustflags={:?}", self.flags(folder)?));
        Ok(cargo)
    }

    /// Paths of this machine are replaced, so that the object does not depend on where it is built.
    fn flags(&self, folder: &Path) -> Result<Vec<String>> {
        let mut flags = vec![
            format!("-Clinker={}", self.linker.display()),
            "-Ctarget-cpu=v3".to_owned(),
            format!("-Clink-arg=--export={KERNEL_FUNCTIONS}"),
            // Without `CAP_PERFMON` the verifier of 5.10 refuses a program that puts half a register into the place of
            // the stack where a whole one was ("attempt to corrupt spilled pointer on stack").
            "-Clink-arg=--llvm-args=-no-stack-slot-sharing".to_owned(),
        ];
        let sources = sysroot(&self.rustc)?.join("lib/rustlib/src/rust");
        // Of several prefixes that fit, rustc takes the last.
        let prefixes = [
            (cargo_home(), "cargo"),
            (sources, "rust"),
            (workspace::root().to_owned(), "sniffer"),
            (folder.to_owned(), "target"),
        ];
        flags.extend(prefixes.map(|(path, name)| format!("--remap-path-prefix={}=/{name}", path.display())));
        Ok(flags)
    }

    /// A folder in which the compiler's own LLVM is the only one. bpf-linker uses the first that it finds, and an older
    /// one cannot read what the compiler writes.
    fn llvm(&self, folder: &Path) -> Result<PathBuf> {
        let lib = sysroot(&self.rustc)?.join("lib");
        let own = files(&lib)?.into_iter().find(|path| is_llvm(path));
        if let Some(own) = own.or_else(|| self.linked_llvm()) {
            let only = folder.join("llvm");
            let _absent_at_first = fs::remove_dir_all(&only);
            fs::create_dir_all(&only)?;
            let name = own.file_name().context("a library has a name")?;
            symlink(&own, only.join(name)).context("cannot link to the compiler's LLVM")?;
            return Ok(only);
        }
        Ok(lib)
    }

    /// The system's LLVM that the compiler is linked with, as Debian does it.
    fn linked_llvm(&self) -> Option<PathBuf> {
        let libraries = workspace::output(Command::new("ldd").arg(&self.rustc)).ok()?;
        libraries.split_whitespace().map(PathBuf::from).find(|path| path.is_absolute() && is_llvm(path))
    }
}

/// Whether a Rust that can build for the kernel is installed, with or without the linker: one not older than that which
/// `recorded` names.
pub(crate) fn is_installed(recorded: &str) -> bool {
    let needed = release(recorded);
    [debian(), nightly()].into_iter().flatten().any(|(rustc, _)| {
        let version = workspace::output(Command::new(&rustc).arg("-V"));
        has_sources(&rustc) && version.is_ok_and(|version| release(&version) >= needed)
    })
}

/// The major and minor number in a line such as `rustc 1.96.0 (ac68faa20 2026-05-25)`.
fn release(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split_whitespace().nth(1)?.split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

fn has_sources(rustc: &Path) -> bool {
    sysroot(rustc).is_ok_and(|root| root.join("lib/rustlib/src/rust/library/core").is_dir())
}

fn sysroot(rustc: &Path) -> Result<PathBuf> {
    let path = workspace::output(Command::new(rustc).args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(path.trim_end()))
}

/// The compiler and the cargo of Debian's packages.
fn debian() -> Option<(PathBuf, PathBuf)> {
    let programs = (PathBuf::from("/usr/bin/rustc"), PathBuf::from("/usr/bin/cargo"));
    (programs.0.is_file() && programs.1.is_file()).then_some(programs)
}

/// Those of rustup's nightly.
fn nightly() -> Option<(PathBuf, PathBuf)> {
    let which = |program| {
        let mut rustup = Command::new("rustup");
        rustup.args(["which", "--toolchain", "nightly", program]);
        workspace::output(&mut rustup).ok().map(|path| PathBuf::from(path.trim_end()))
    };
    Some((which("rustc")?, which("cargo")?))
}

/// `bpf-linker`, where cargo installs it or in `PATH`.
fn linker() -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain([cargo_home().join("bin")])
        .map(|folder| folder.join("bpf-linker"))
        .find(|program| program.is_file())
        .ok_or_else(|| anyhow!("bpf-linker is not installed: run `cargo xtask setup`"))
}

fn cargo_home() -> PathBuf {
    let home = env::home_dir().unwrap_or_default();
    env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from)
}

fn is_llvm(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("libLLVM"))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn releases_are_compared_as_numbers() {
        let check = |line, expected| assert_eq!(release(line), expected, "{line}");
        check("rustc 1.96.0 (ac68faa20 2026-05-25)", Some((1, 96)));
        check("rustc 1.100.0-nightly (ac68faa20 2027-01-01)", Some((1, 100)));
        check("", None);
        assert!(release("rustc 1.100.0") > release("rustc 1.96.0"));
    }
}
