//! The kinds of machine that can be emulated, and how programs are built for each.

use std::fs::{self, OpenOptions};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use super::archive::{self, Archive};
use super::lock::Pin;
use crate::workspace;

/// A processor architecture with its usual board.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Machine {
    /// x86-64.
    Amd64,
    /// 64-bit Arm.
    Arm64,
}

impl Machine {
    /// The machine that a kernel of this release runs on: the end of its name says it.
    ///
    /// # Errors
    /// When the release is of another one.
    pub(super) fn of(release: &str) -> Result<Self> {
        match release.rsplit('-').next() {
            Some("amd64") => Ok(Self::Amd64),
            Some("arm64") => Ok(Self::Arm64),
            _ => bail!("{release} is a kernel for a machine that is not known here"),
        }
    }

    /// Debian's name for it.
    pub(super) fn debian(self) -> &'static str {
        match self {
            Self::Amd64 => "amd64",
            Self::Arm64 => "arm64",
        }
    }

    /// Whether this host is one.
    pub(super) fn is_native(self) -> bool {
        std::env::consts::ARCH == self.processor()
    }

    /// Rust's and qemu's name of the processor.
    fn processor(self) -> &'static str {
        match self {
            Self::Amd64 => "x86_64",
            Self::Arm64 => "aarch64",
        }
    }

    /// The target of the guest's programs. Naming it, even for the host itself, keeps the flags for static linking from
    /// build scripts and macros.
    pub(super) fn target(self) -> String {
        format!("{}-unknown-linux-gnu", self.processor())
    }

    /// Kernel parameters: the serial console and, for a PC, trust in the timer. A busy host delays its first interrupts,
    /// which the kernel would take for broken wiring.
    pub(super) fn parameters(self) -> &'static str {
        match self {
            Self::Amd64 => "console=ttyS0 no_timer_check",
            Self::Arm64 => "console=ttyAMA0",
        }
    }

    /// qemu with this machine and its processors.
    pub(super) fn qemu(self) -> Command {
        let mut qemu = workspace::command(&format!("qemu-system-{}", self.processor()));
        match self {
            Self::Amd64 => qemu.args(["-M", "q35", "-cpu", "max"]),
            // Emulating the architected pointer signatures takes most of the time, which nothing here depends on.
            Self::Arm64 => qemu.args(["-M", "virt", "-cpu", "max,pauth-impdef=on"]),
        };
        // Two emulated processors run on two threads, and one may execute what the other has just patched away: the kernel
        // then dies of a breakpoint of its own while a tail call is being replaced (seen with qemu 7.2).
        let (accelerator, processors) =
            if self.is_native() && has_kvm() { ("kvm", "2") } else { ("tcg", "1") };
        qemu.args(["-accel", accelerator, "-smp", processors]);
        qemu
    }

    /// A cargo that builds static programs for it.
    ///
    /// # Errors
    /// When the host lacks what building for a foreign machine needs.
    pub(super) fn cargo(self, args: &[&str]) -> Result<Command> {
        const STATIC: &str = "-C target-feature=+crt-static";
        let (mut cargo, flags) = if self.is_native() {
            (workspace::cargo([]), STATIC.to_owned())
        } else {
            (self.foreign_cargo()?, format!("{STATIC} -L {}", self.foreign_library()?.display()))
        };
        cargo.args(args).args(["--target", &self.target()]).env("RUSTFLAGS", flags);
        Ok(cargo)
    }

    /// Debian's compiler, whose standard library for other machines is a package too, and Debian's cross linker.
    fn foreign_cargo(self) -> Result<Command> {
        let linker = format!("{}-linux-gnu-gcc", self.processor());
        for program in ["/usr/bin/rustc", "/usr/bin/cargo", linker.as_str()] {
            ensure!(
                workspace::is_installed(program),
                "there is no {program}; `cargo xtask setup --vm --arm64` installs it"
            );
        }
        let mut cargo = workspace::command("/usr/bin/cargo");
        cargo.env_remove("RUSTUP_TOOLCHAIN").env("RUSTC", "/usr/bin/rustc");
        cargo.env(format!("CARGO_TARGET_{}_LINKER", self.target().to_uppercase().replace('-', "_")), linker);
        Ok(cargo)
    }

    /// The standard library that belongs to Debian's compiler, in the cache.
    fn foreign_library(self) -> Result<PathBuf> {
        let compiler = ["--show", "--showformat", "${Version}", "rustc-web"];
        let version = workspace::output(workspace::command("dpkg-query").args(compiler))?;
        let folder = archive::cache()?.join("std").join(format!("{version}_{}", self.debian()));
        if !folder.is_dir() {
            let suites = host_suites()?;
            let archive = Archive::open(suites.iter().map(String::as_str), self)?;
            let package = "libstd-rust-web-dev".to_owned();
            let pin = Pin { suite: suites.join(" or "), package, version, sha256: None };
            let tree = archive.unpack(std::slice::from_ref(&pin))?;
            let tree =
                tree.with_context(|| format!("the archive does not have {} {}", pin.package, pin.version))?;
            tree.keep("", &folder)?;
        }
        Ok(folder.join("usr/lib/rustlib").join(self.target()).join("lib"))
    }
}

/// The suites that the host's own packages come from.
fn host_suites() -> Result<[String; 2]> {
    let system = fs::read_to_string("/etc/os-release").context("cannot read /etc/os-release")?;
    let name = system.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    let name = name.context("/etc/os-release names no Debian release")?;
    Ok([name.to_owned(), format!("{name}-security")])
}

/// Whether hardware virtualisation works. A machine that is virtual itself may have a `/dev/kvm` that opens and then
/// hangs; there the processor's flags lack the extension.
fn has_kvm() -> bool {
    let flags = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let extension = flags.split_whitespace().any(|flag| flag == "vmx" || flag == "svm");
    extension && OpenOptions::new().read(true).write(true).open("/dev/kvm").is_ok()
}
