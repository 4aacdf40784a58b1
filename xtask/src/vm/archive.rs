//! Debian's package archive, read through an apt configuration of our own, so that neither root nor the machine's
//! package lists are touched. The mirror is the one that the machine's own apt uses.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::lock::Pin;
use super::machine::Machine;
use crate::workspace;

/// The signing keys, named because the suites are not those of the machine's own configuration.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// The archive with fresh package lists of some suites.
pub(super) struct Archive {
    config: PathBuf,
    machine: Machine,
}

/// Unpacked packages in a folder of their own, removed when dropped.
pub(super) struct Tree(PathBuf);

/// `sniffer-xtask` in the user's cache folder, which every checkout shares.
///
/// # Errors
/// When the user has none.
pub(super) fn cache() -> Result<PathBuf> {
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache"));
    let folder = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home);
    Ok(folder.context("neither XDG_CACHE_HOME nor HOME is set")?.join("sniffer-xtask"))
}

impl Archive {
    /// Fetches the package lists of some suites for a machine.
    ///
    /// # Errors
    /// Where there is no apt, where it knows no mirror of Debian, or when the lists cannot be fetched.
    pub(super) fn open<'a>(suites: impl IntoIterator<Item = &'a str>, machine: Machine) -> Result<Self> {
        ensure!(
            workspace::is_installed("apt-get"),
            "this comes from Debian packages, and this machine has no apt-get; copy the cache of one that has"
        );
        let folder = cache()?.join("apt");
        for list in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(list))?;
        }
        fs::write(folder.join("sources.list"), sources(suites)?)?;
        let config = folder.join("apt.conf");
        fs::write(&config, settings(&folder, machine))?;
        let archive = Self { config, machine };
        workspace::step(archive.apt("apt-get").args(["--quiet", "update"]))?;
        Ok(archive)
    }

    /// Downloads packages and unpacks them over each other; nothing where the archive cannot give one of them.
    ///
    /// # Errors
    /// When a file is not the one that its pin names, or cannot be unpacked.
    pub(super) fn unpack(&self, pins: &[Pin]) -> Result<Option<Tree>> {
        let tree = Tree::new()?;
        for pin in pins {
            let Some(package) = self.download(pin, &tree.0)? else { return Ok(None) };
            workspace::step(workspace::command("dpkg-deb").arg("--extract").arg(&package).arg(tree.path()))?;
        }
        Ok(Some(tree))
    }

    fn download(&self, pin: &Pin, folder: &Path) -> Result<Option<PathBuf>> {
        let Pin { package, version, .. } = pin;
        let name = format!("{package}:{}={version}", self.machine.debian());
        if let Err(error) = workspace::step(self.apt("apt-get").args(["download", &name]).current_dir(folder))
        {
            eprintln!("warning: {error:#}");
            return Ok(None);
        }
        let is_it = |path: &PathBuf| {
            path.extension().is_some_and(|end| end == "deb") && path.to_string_lossy().contains(package)
        };
        let file =
            workspace::files_in(folder)?.into_iter().find(is_it).context("apt-get download left no file")?;
        let line = workspace::output(workspace::command("sha256sum").arg(&file))?;
        let found = line.split_whitespace().next().unwrap_or_default();
        if let Some(pinned) = &pin.sha256 {
            ensure!(found == *pinned, "{package}: its SHA-256 is {found}, the lock file says {pinned}");
        } else {
            eprintln!("not pinned: {} {package} {version} {found}", pin.suite);
        }
        Ok(Some(file))
    }

    /// All package names that begin in some way.
    ///
    /// # Errors
    /// When apt fails.
    pub(super) fn names(&self, start: &str) -> Result<Vec<String>> {
        let names = workspace::output(self.apt("apt-cache").args(["pkgnames", start]))?;
        Ok(names.lines().map(|name| name.split(':').next().unwrap_or(name).to_owned()).collect())
    }

    /// The version of a package.
    ///
    /// # Errors
    /// When the archive does not have the package.
    pub(super) fn version(&self, package: &str) -> Result<String> {
        let name = format!("{package}:{}", self.machine.debian());
        let record = workspace::output(self.apt("apt-cache").args(["show", "--no-all-versions", &name]))?;
        let version = record.lines().find_map(|line| line.strip_prefix("Version: "));
        Ok(version.with_context(|| format!("the record of {name} has no version"))?.to_owned())
    }

    fn apt(&self, program: &str) -> Command {
        let mut command = workspace::command(program);
        command.env("APT_CONFIG", &self.config);
        command
    }
}

impl Tree {
    fn new() -> Result<Self> {
        let folder = cache()?.join(format!("unpack-{}", std::process::id()));
        fs::create_dir_all(folder.join("tree"))
            .with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self(folder))
    }

    /// The root of what was unpacked.
    pub(super) fn path(&self) -> PathBuf {
        self.0.join("tree")
    }

    /// Moves a folder of the tree to its final place in the cache, where it appears whole or not at all.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub(super) fn keep(&self, folder: &str, place: &Path) -> Result<()> {
        let parent = place.parent().unwrap_or(place);
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        fs::rename(self.path().join(folder), place)
            .with_context(|| format!("cannot make {}", place.display()))
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("warning: cannot remove {}: {error}", self.0.display());
        }
    }
}

/// The lines of a sources list for some suites.
fn sources<'a>(suites: impl IntoIterator<Item = &'a str>) -> Result<String> {
    let format = ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"];
    let mirrors = workspace::output(workspace::command("apt-get").args(format))?;
    let mut lines = String::new();
    for suite in suites {
        let repository = if suite.ends_with("-security") { "/debian-security/" } else { "/debian/" };
        let mirror = mirrors.lines().find(|uri| uri.ends_with(repository));
        let mirror = mirror.with_context(|| format!("apt on this machine has no mirror of {repository}"))?;
        let line = format!("deb [signed-by={KEYRING}] {mirror} {suite} main\n");
        if !lines.contains(&line) {
            lines.push_str(&line);
        }
    }
    Ok(lines)
}

/// apt's settings: everything it reads and writes is in `folder`. Lists of old suites have run out and still serve.
fn settings(folder: &Path, machine: Machine) -> String {
    let (folder, machine) = (folder.display(), machine.debian());
    format!(
        "Dir::Etc::sourcelist \"{folder}/sources.list\";\n\
         Dir::Etc::sourceparts \"/dev/null\";\n\
         Dir::State::lists \"{folder}/lists\";\n\
         Dir::Cache \"{folder}/cache\";\n\
         Acquire::Check-Valid-Until \"false\";\n\
         Acquire::Languages \"none\";\n\
         APT::Architectures {{ \"{machine}\"; }};\n\
         APT::Sandbox::User \"\";\n"
    )
}
