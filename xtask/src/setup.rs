//! `cargo xtask setup`: installs what the eBPF build and the tests need and this machine lacks.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use anyhow::{Result, ensure};

use crate::dist;
use crate::ebpf::{self, toolchain};
use crate::workspace;

/// The linker of the eBPF object. Its version is part of the recipe: others give other code, or do not build.
const BPF_LINKER: &str = "0.10.4";

/// What makes Debian packages.
const CARGO_DEB: &str = "3.8.0";

/// Programs that the tests run or compare with, each with the Debian package that has it.
const TEST_PROGRAMS: &[(&str, &str)] = &[
    ("capinfos", "wireshark-common"),
    ("dumpcap", "wireshark-common"),
    ("gzip", "gzip"),
    ("ip", "iproute2"),
    ("mkfs.ext4", "e2fsprogs"),
    ("mount", "mount"),
    ("netsniff-ng", "netsniff-ng"),
    ("nft", "nftables"),
    ("ping", "iputils-ping"),
    ("prometheus", "prometheus"),
    ("promtool", "prometheus"),
    ("setpriv", "util-linux"),
    ("tcpdump", "tcpdump"),
    ("tmux", "tmux"),
    ("tshark", "tshark"),
    ("unshare", "util-linux"),
    ("zstd", "zstd"),
];

/// Debian's Rust 1.96 with the sources of `core`, which the BPF target is built from.
const EBPF_TOOLCHAIN: &[&str] = &["cargo-web", "rust-web-src", "rustc-web"];

/// Fetching kernels, unpacking them and booting them.
const VM_PROGRAMS: &[(&str, &str)] = &[("qemu-system-x86_64", "qemu-system-x86"), ("xz", "xz-utils")];

/// Building for 64-bit Arm and booting its kernels. The compiler is the one that the eBPF build uses.
const ARM64_FILES: &[(&str, &str)] = &[
    ("/usr/aarch64-linux-gnu/lib/libc.a", "libc6-dev-arm64-cross"),
    ("/usr/bin/rustc", "rustc-web"),
    ("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"),
    ("qemu-system-aarch64", "qemu-system-arm"),
];

/// Naming the packages whose libraries a program needs, for a package of it.
const DIST_PROGRAMS: &[(&str, &str)] = &[("dpkg-shlibdeps", "dpkg-dev")];

/// What to install besides the common things.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Also what `cargo xtask test --vm` needs.
    #[arg(long)]
    vm: bool,
    /// Also what `cargo xtask test --vm` needs for kernels of 64-bit Arm on another host.
    #[arg(long, requires = "vm")]
    arm64: bool,
    /// Also what `cargo xtask dist` needs.
    #[arg(long)]
    dist: bool,
}

/// Installs what is missing; quick, and without effect, when nothing is.
///
/// # Errors
/// When an installation fails, or when this user may not do it: the message then holds the commands to type.
pub(crate) fn run(args: &Args) -> Result<()> {
    let packages = missing_packages(&args.programs());
    let linker = !has_bpf_linker();
    let cargo_deb = args.dist && !dist::has_cargo_deb();
    if packages.is_empty() && !linker && !cargo_deb {
        eprintln!("setup: nothing is missing");
        return Ok(());
    }
    let may_install = workspace::is_installed("apt-get") && workspace::is_root();
    if !packages.is_empty() && may_install {
        apt_install(&packages)?;
    }
    if linker {
        let package = ["install", "bpf-linker", "--version", BPF_LINKER, "--locked"];
        workspace::step(&mut workspace::cargo(package))?;
    }
    if cargo_deb {
        let package = ["install", "cargo-deb", "--version", CARGO_DEB, "--locked"];
        workspace::step(&mut workspace::cargo(package))?;
    }
    ensure!(
        packages.is_empty() || may_install,
        "setup may not install packages here; run:\n  {}",
        commands_for(&packages).join("\n  ")
    );
    Ok(())
}

impl Args {
    /// Programs and files to look for, each with its package.
    fn programs(&self) -> Vec<(&'static str, &'static str)> {
        let vm = if self.vm { VM_PROGRAMS } else { &[] };
        let arm64 = if self.arm64 { ARM64_FILES } else { &[] };
        let dist = if self.dist { DIST_PROGRAMS } else { &[] };
        [TEST_PROGRAMS, vm, arm64, dist].concat()
    }
}

/// The Debian packages to install, for the programs that are absent and the toolchain where there is none or an old one.
fn missing_packages(programs: &[(&'static str, &'static str)]) -> Vec<&'static str> {
    let absent = programs.iter().filter(|(program, _)| !workspace::is_installed(program));
    let mut packages: Vec<_> = absent.map(|&(_, package)| package).collect();
    packages.dedup();
    if !toolchain::is_installed(&ebpf::recorded()) {
        packages.extend(EBPF_TOOLCHAIN);
    }
    packages
}

fn has_bpf_linker() -> bool {
    workspace::output(workspace::command("bpf-linker").arg("--version"))
        .is_ok_and(|version| version.split_whitespace().any(|word| word == BPF_LINKER))
}

/// Installs the newest packages: by old lists, apt would install a compiler that is too old to build the object. No service
/// that comes with a package is started, now or at the next boot.
fn apt_install(packages: &[&str]) -> Result<()> {
    let _quiet = packages.contains(&"prometheus").then(NoService::new).transpose()?;
    workspace::step(workspace::command("apt-get").arg("update"))?;
    let mut apt = workspace::command("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    workspace::step(&mut apt)
}

/// Keeps the service of a package from being started while this lives, and for ever from being started at boot, where
/// nobody has decided on that yet.
struct NoService {
    /// The file by which Debian's scripts ask whether they may start services, when it is ours to remove.
    policy: Option<&'static Path>,
}

impl NoService {
    fn new() -> Result<Self> {
        let unit = Path::new("/etc/systemd/system/prometheus.service");
        if unit.parent().is_some_and(Path::is_dir) && !unit.is_symlink() && !unit.exists() {
            symlink("/dev/null", unit)?;
        }
        let policy = Path::new("/usr/sbin/policy-rc.d");
        if policy.exists() {
            return Ok(Self { policy: None });
        }
        fs::write(policy, "#!/bin/sh\nexit 101\n")?;
        fs::set_permissions(policy, fs::Permissions::from_mode(0o755))?;
        Ok(Self { policy: Some(policy) })
    }
}

impl Drop for NoService {
    fn drop(&mut self) {
        // What cannot be removed is told by the next service that does not start.
        self.policy.map(fs::remove_file);
    }
}

/// What the user has to type for packages that setup cannot install.
fn commands_for(packages: &[&str]) -> Vec<String> {
    if workspace::is_installed("apt-get") {
        return vec![format!("sudo apt-get install --no-install-recommends {}", packages.join(" "))];
    }
    let (toolchain, programs): (Vec<&str>, Vec<&str>) =
        packages.iter().partition(|package| EBPF_TOOLCHAIN.contains(package));
    let mut commands = Vec::new();
    if !toolchain.is_empty() {
        commands.push("rustup toolchain install nightly --component rust-src".to_owned());
    }
    if !programs.is_empty() {
        commands.push(format!("# with your package manager: {}", programs.join(" ")));
    }
    commands
}
