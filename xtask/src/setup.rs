//! `cargo xtask setup`: installs what the eBPF build and the tests need and this machine lacks.

use anyhow::{Result, bail};

use crate::ebpf::toolchain;
use crate::workspace;

/// The linker of the eBPF object. Its version is part of the recipe: others give other code, or do not build.
const BPF_LINKER: &str = "0.10.4";

/// Programs that the tests run or compare with, each with the Debian package that has it.
const TEST_PROGRAMS: &[(&str, &str)] = &[
    ("ip", "iproute2"),
    ("nft", "nftables"),
    ("ping", "iputils-ping"),
    ("setpriv", "util-linux"),
    ("tcpdump", "tcpdump"),
    ("tshark", "tshark"),
];

/// Debian's Rust 1.96 with the sources of `core`, which the BPF target is built from.
const EBPF_TOOLCHAIN: &[&str] = &["cargo-web", "rust-web-src", "rustc-web"];

/// Fetching kernels, unpacking them and booting them.
const VM_PROGRAMS: &[(&str, &str)] = &[("qemu-system-x86_64", "qemu-system-x86"), ("xz", "xz-utils")];

/// What to install besides the common things.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Also what `cargo xtask test --vm` needs.
    #[arg(long)]
    vm: bool,
}

/// Installs what is missing; quick, and without effect, when nothing is.
///
/// # Errors
/// When an installation fails, or when this user may not do it: the message then holds the commands to type.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut by_hand = Vec::new();
    let packages = missing_packages(if args.vm { VM_PROGRAMS } else { &[] });
    if !packages.is_empty() {
        if workspace::is_installed("apt-get") && workspace::is_root() {
            apt_install(&packages)?;
        } else {
            by_hand = commands_for(&packages);
        }
    }
    let linker = !has_bpf_linker();
    if linker {
        workspace::step(&mut workspace::cargo([
            "install",
            "bpf-linker",
            "--version",
            BPF_LINKER,
            "--locked",
        ]))?;
    }
    if !by_hand.is_empty() {
        bail!(
            "these need rights or a package manager that setup does not have; run:\n  {}",
            by_hand.join("\n  ")
        );
    }
    if packages.is_empty() && !linker {
        eprintln!("setup: nothing is missing");
    }
    Ok(())
}

/// The Debian packages to install, for the programs that are absent and the toolchain where there is none.
fn missing_packages(further: &[(&'static str, &'static str)]) -> Vec<&'static str> {
    let programs =
        TEST_PROGRAMS.iter().chain(further).filter(|(program, _)| !workspace::is_installed(program));
    let mut packages: Vec<_> = programs.map(|&(_, package)| package).collect();
    if !toolchain::is_installed() {
        packages.extend(EBPF_TOOLCHAIN);
    }
    packages
}

fn has_bpf_linker() -> bool {
    workspace::output(workspace::command("bpf-linker").arg("--version"))
        .is_ok_and(|version| version.split_whitespace().any(|word| word == BPF_LINKER))
}

/// Installs packages; package lists that are absent or too old are fetched first.
fn apt_install(packages: &[&str]) -> Result<()> {
    let install = || {
        let mut apt = workspace::command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt.args(["install", "--yes", "--no-install-recommends"]).args(packages);
        workspace::step(&mut apt)
    };
    install().or_else(|error| {
        eprintln!("{error:#}; fetching the package lists and trying once more");
        workspace::step(workspace::command("apt-get").arg("update"))?;
        install()
    })
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
