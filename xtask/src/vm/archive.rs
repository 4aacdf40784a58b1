//! Debian's package archive, read through an apt configuration of our own, so that neither root nor the machine's
//! package lists are touched. The mirror is the one that the machine's own apt uses.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::lock::{Kernel, Pin};
use crate::workspace;

/// The suites that hold the kernels are not all of the machine's own release.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// The archive with fresh package lists of some suites.
pub(super) struct Archive {
    config: PathBuf,
}

impl Archive {
    /// Writes the configuration into `folder` and fetches the lists of the suites that a kernel's packages are in.
    ///
    /// # Errors
    /// Where there is no apt, where it knows no mirror of Debian, or when the lists cannot be fetched.
    pub(super) fn open(folder: &Path, kernel: &Kernel) -> Result<Self> {
        ensure!(
            workspace::is_installed("apt-get"),
            "kernels come from Debian packages, and this machine has no apt-get; copy the cache of one that has"
        );
        for list in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(list))?;
        }
        fs::write(folder.join("sources.list"), sources(kernel)?)?;
        let config = folder.join("apt.conf");
        fs::write(&config, settings(folder))?;
        let archive = Self { config };
        workspace::step(archive.apt("apt-get").args(["--quiet", "update"]))?;
        Ok(archive)
    }

    /// Whether the archive still has this version of a package.
    pub(super) fn has(&self, pin: &Pin) -> bool {
        workspace::output(self.apt("apt-cache").arg("show").arg(pin.versioned())).is_ok()
    }

    /// Downloads a package into a folder, which is the current one of the download.
    ///
    /// # Errors
    /// When the download fails, or the file is not the one that the lock file names.
    pub(super) fn download(&self, pin: &Pin, folder: &Path) -> Result<PathBuf> {
        workspace::step(self.apt("apt-get").arg("download").arg(pin.versioned()).current_dir(folder))?;
        let start = format!("{}_", pin.package);
        let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        let is_it =
            |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&start));
        let file = files.iter().find(is_it).context("apt-get download left no file")?;
        let found = sha256(file)?;
        if let Some(pinned) = &pin.sha256 {
            ensure!(found == *pinned, "{}: its SHA-256 is {found}, the lock file says {pinned}", pin.package);
        } else {
            eprintln!("warning: not pinned: {} {} {} {found}", pin.suite, pin.package, pin.version);
        }
        Ok(file.clone())
    }

    /// The newest release of a kernel's series and flavour that the archive has.
    ///
    /// # Errors
    /// When the archive has none.
    pub(super) fn newest(&self, kernel: &Kernel) -> Result<Kernel> {
        let old = kernel.release().context("the kernel has no package")?;
        let package = kernel.pins.first().map_or("", |pin| &pin.package);
        let kind = package.strip_suffix(old).unwrap_or_default();
        let names = workspace::output(self.apt("apt-cache").args(["pkgnames", kind]))?;
        let releases = names.lines().filter_map(|name| name.strip_prefix(kind));
        let release = newest_release(releases, &kernel.series, old);
        let release = release.with_context(|| format!("the archive has no kernel {}", kernel.series))?;
        let record = workspace::output(
            self.apt("apt-cache").args(["show", "--no-all-versions"]).arg(format!("{kind}{release}")),
        )?;
        let version = record.lines().find_map(|line| line.strip_prefix("Version: "));
        Ok(kernel.with_release(release, version.context("a package record has a version")?))
    }

    fn apt(&self, program: &str) -> Command {
        let mut command = workspace::command(program);
        command.env("APT_CONFIG", &self.config);
        command
    }
}

impl Pin {
    fn versioned(&self) -> String {
        format!("{}={}", self.package, self.version)
    }
}

/// The lines of a sources list for the suites of a kernel's packages.
fn sources(kernel: &Kernel) -> Result<String> {
    let format = ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"];
    let mirrors = workspace::output(workspace::command("apt-get").args(format))?;
    let mut lines = String::new();
    for pin in &kernel.pins {
        let repository = if pin.suite.ends_with("-security") { "/debian-security/" } else { "/debian/" };
        let mirror = mirrors.lines().find(|uri| uri.ends_with(repository));
        let mirror = mirror.with_context(|| format!("apt on this machine has no mirror of {repository}"))?;
        let line = format!("deb [signed-by={KEYRING}] {mirror} {} main\n", pin.suite);
        if !lines.contains(&line) {
            lines.push_str(&line);
        }
    }
    Ok(lines)
}

/// apt's settings: everything it reads and writes is in `folder`. Lists of old suites have run out and still serve.
fn settings(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "Dir::Etc::sourcelist \"{folder}/sources.list\";\n\
         Dir::Etc::sourceparts \"/dev/null\";\n\
         Dir::State::lists \"{folder}/lists\";\n\
         Dir::Cache \"{folder}/cache\";\n\
         Acquire::Check-Valid-Until \"false\";\n\
         Acquire::Languages \"none\";\n\
         APT::Sandbox::User \"\";\n"
    )
}

/// Of the releases of a series with the flavour of `like`, the one with the highest numbers.
fn newest_release<'a>(releases: impl Iterator<Item = &'a str>, series: &str, like: &str) -> Option<&'a str> {
    let flavour = like.rmatch_indices('-').nth(1).map_or("", |(at, _)| &like[at..]);
    let start = format!("{series}.");
    releases
        .filter(|name| name.starts_with(&start) && name.ends_with(flavour))
        .max_by_key(|name| numbers(name))
}

/// The numbers in a release, from left to right: `5.10.0-46-cloud-amd64` has 5, 10, 0, 46 and 64.
fn numbers(release: &str) -> Vec<u64> {
    release.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

fn sha256(file: &Path) -> Result<String> {
    let line = workspace::output(workspace::command("sha256sum").arg(file))?;
    Ok(line.split_whitespace().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(releases: &[&str], series: &str, like: &str, expected: Option<&str>) {
        assert_eq!(newest_release(releases.iter().copied(), series, like), expected);
    }

    #[test]
    fn the_newest_of_a_series_has_the_highest_numbers_and_the_same_flavour() {
        let like = "5.10.0-46-cloud-amd64";
        let releases =
            ["5.10.0-9-cloud-amd64", "5.10.0-47-cloud-amd64", "5.10.0-48-rt-amd64", "5.1.0-99-cloud-amd64"];
        check(&releases, "5.10", like, Some("5.10.0-47-cloud-amd64"));
        check(&releases, "5.1", like, Some("5.1.0-99-cloud-amd64"));
        check(&releases, "6.1", like, None);
        let backports = ["6.1.0-0.deb11.52-cloud-amd64", "6.1.0-56-cloud-amd64"];
        check(&backports, "6.1", like, Some("6.1.0-56-cloud-amd64"));
        let plus = ["6.18.9+deb13-cloud-amd64", "6.18.15+deb13-cloud-amd64"];
        check(&plus, "6.18", "6.18.5+deb13-cloud-amd64", Some("6.18.15+deb13-cloud-amd64"));
    }
}
