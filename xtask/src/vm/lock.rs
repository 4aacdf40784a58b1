//! `kernels.lock`: which packages make up the kernel of each series.

use anyhow::{Context as _, Result, ensure};

use super::machine::Machine;
use crate::workspace;

/// The kernel of one series.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Kernel {
    /// Its name on the command line, for example `6.1` or `6.1-arm64`.
    pub(super) series: String,
    /// The packages that hold its image and its modules, at least one.
    pub(super) pins: Vec<Pin>,
}

/// One package, pinned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pin {
    /// The suite of the archive that has it.
    pub(super) suite: String,
    /// Its name, for example `linux-image-6.1.0-56-cloud-amd64`.
    pub(super) package: String,
    /// Its version.
    pub(super) version: String,
    /// The SHA-256 of the package file, in hexadecimal; none for a replacement that nobody pinned.
    pub(super) sha256: Option<String>,
}

/// The kernels of the lock file, in its order.
///
/// # Errors
/// When the file cannot be read or a line has not five columns.
pub(super) fn read() -> Result<Vec<Kernel>> {
    let path = workspace::root().join("xtask/kernels.lock");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text)
}

fn parse(text: &str) -> Result<Vec<Kernel>> {
    let mut kernels: Vec<Kernel> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let &[series, suite, package, version, sha256] = columns.as_slice() else {
            anyhow::bail!("kernels.lock: five columns expected: {line}");
        };
        ensure!(sha256.len() == 64, "kernels.lock: a SHA-256 has 64 digits: {line}");
        let [suite, package, version] = [suite, package, version].map(str::to_owned);
        let pin = Pin { suite, package, version, sha256: Some(sha256.to_owned()) };
        match kernels.iter_mut().find(|kernel| kernel.series == series) {
            Some(kernel) => kernel.pins.push(pin),
            None => kernels.push(Kernel { series: series.to_owned(), pins: vec![pin] }),
        }
    }
    Ok(kernels)
}

impl Kernel {
    /// The release as `uname -r` says it: what is left of a package's name without its kind, `linux-image-` for one.
    ///
    /// # Errors
    /// When the name has no such form.
    pub(super) fn release(&self) -> Result<&str> {
        let package = self.pins.first().map_or("", |pin| &pin.package);
        package.splitn(3, '-').nth(2).with_context(|| format!("{package} is no kernel package"))
    }

    /// The first numbers of the release, which all kernels of the series share.
    pub(super) fn version(&self) -> &str {
        self.series.split('-').next().unwrap_or(&self.series)
    }

    /// The machine it runs on.
    ///
    /// # Errors
    /// When the release is for a machine that is not known here.
    pub(super) fn machine(&self) -> Result<Machine> {
        Machine::of(self.release()?)
    }

    /// The same packages of another release, unpinned.
    ///
    /// # Errors
    /// As [`Self::release`].
    pub(super) fn with_release(&self, release: &str, version: &str) -> Result<Self> {
        let old = self.release()?;
        let pins = self.pins.iter().map(|pin| Pin {
            suite: pin.suite.clone(),
            package: pin.package.replace(old, release),
            version: version.to_owned(),
            sha256: None,
        });
        Ok(Self { series: self.series.clone(), pins: pins.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_a_series_come_together() {
        let sum = "0".repeat(64);
        let text = format!(
            "# c\n\n7.3 s linux-binary-7.3.4-x 7.3.4-1 {sum}\n7.3 s linux-modules-7.3.4-x 7.3.4-1 {sum}\n"
        );
        let kernels = parse(&text).expect("two lines of five columns");
        assert_eq!(kernels.len(), 1);
        assert_eq!(kernels[0].pins.len(), 2);
        assert_eq!(kernels[0].release().unwrap(), "7.3.4-x");
        let newer = kernels[0].with_release("7.3.9-x", "7.3.9-2").unwrap();
        let names: Vec<_> = newer.pins.iter().map(|pin| pin.package.as_str()).collect();
        assert_eq!(names, ["linux-binary-7.3.9-x", "linux-modules-7.3.9-x"]);
        assert_eq!(newer.pins[0].sha256, None);
    }

    #[test]
    fn a_line_that_is_no_pin_is_refused() {
        parse("6.1 suite package version\n").expect_err("four columns");
        parse("6.1 suite package version abc\n").expect_err("a short sum");
    }

    #[test]
    fn the_lock_file_pins_each_series() {
        for kernel in read().expect("the lock file is well formed") {
            assert!(kernel.release().unwrap().starts_with(kernel.version()), "{kernel:?}");
            let machine = kernel.machine().unwrap();
            assert_eq!(kernel.series.ends_with("-arm64"), machine == Machine::Arm64, "{kernel:?}");
        }
    }
}
