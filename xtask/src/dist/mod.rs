//! `cargo xtask dist`: what a distribution takes: manual pages, completions, the program, a Debian package.

mod check;

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};

use crate::workspace;

/// What to make besides the package, and whether to try it.
#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Make a program that needs no library instead of the package.
    #[arg(long = "static")]
    is_static: bool,
    /// Install what was made, run it, and remove it again, in a copy of this system that vanishes, and by `cargo install`
    /// into a folder; takes root.
    #[arg(long)]
    check: bool,
}

/// Makes everything in `target/release`: `dist` has pages and completions, as the package's description refers to them.
///
/// # Errors
/// When a build fails, when cargo-deb is missing, and when what was made does not work.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.is_static {
        let program = static_program()?;
        return if args.check { check::static_program(&program) } else { Ok(()) };
    }
    ensure!(has_cargo_deb(), "cargo-deb is missing; `cargo xtask setup --dist` installs it");
    pages()?;
    // Built by itself: cargo-deb asks for a program of that name in all packages, and the kernel side has one.
    workspace::step(&mut workspace::cargo(["build", "--release", "--locked", "--package", "sniffer"]))?;
    let deb = ["deb", "--no-build", "--locked", "--package", "sniffer"];
    let output = workspace::step_output(&mut workspace::cargo(deb))?;
    let package = output.lines().last().map(|line| workspace::root().join(line.trim()));
    let package = package.context("cargo-deb names no package")?;
    eprintln!("dist: {}", package.display());
    if args.check {
        check::package(&package)?;
        check::installation()?;
    }
    Ok(())
}

/// Checks the package where one can be made.
///
/// # Errors
/// As [`run`].
pub(crate) fn ci() -> Result<()> {
    if !has_cargo_deb() || !workspace::is_root() {
        eprintln!(
            "skipped: the Debian package is made and tried as root, with cargo-deb (`cargo xtask setup --dist`)"
        );
        return Ok(());
    }
    run(&Args { check: true, ..Args::default() })
}

/// Whether packages can be made.
pub(crate) fn has_cargo_deb() -> bool {
    workspace::output(&mut workspace::cargo(["deb", "--version"])).is_ok()
}

/// Manual pages and completions come from a build that has a command for them; what is installed has not.
fn pages() -> Result<()> {
    let folder = workspace::target().join("release/dist");
    let run = ["run", "--package", "sniffer", "--features", "dist", "--", "dist"];
    workspace::step(workspace::cargo(run).arg(&folder))?;
    // As Debian wants pages; cargo-deb leaves alone what lies in the build's folder.
    let files = workspace::files_in(&folder)?;
    let pages = files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "8"));
    workspace::step(workspace::command("gzip").args(["--best", "--no-name", "--force"]).args(pages))
}

/// Builds for the same machine as if for another one, so that what runs while it is built stays as it is.
fn static_program() -> Result<PathBuf> {
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let build = ["build", "--release", "--package", "sniffer", "--target", &target];
    workspace::step(workspace::cargo(build).env("RUSTFLAGS", "-C target-feature=+crt-static"))?;
    let program = workspace::target().join(target).join("release/sniffer");
    eprintln!("dist: {}", program.display());
    Ok(program)
}
