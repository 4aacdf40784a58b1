//! The first process of a test machine: makes the file systems that the tests expect, inserts the kernel modules, runs
//! every test program, says `init: success` or `init: failure`, and switches the machine off. Knows nothing of the tests.
#![forbid(unsafe_code)]

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context as _, Result, ensure};
use nix::kmod::{ModuleInitFlags, finit_module};
use nix::mount::{MsFlags, mount};
use nix::sys::reboot::{RebootMode, reboot};

/// File systems by type and place, in the order of mounting.
const MOUNTS: &[(&str, &str)] = &[
    ("proc", "/proc"),
    ("sysfs", "/sys"),
    ("devtmpfs", "/dev"),
    ("devpts", "/dev/pts"),
    ("tmpfs", "/tmp"),
    ("tmpfs", "/run"),
    ("bpf", "/sys/fs/bpf"),
    ("tracefs", "/sys/kernel/tracing"),
    ("cgroup2", "/sys/fs/cgroup"),
];

/// Where the host's programs are when their folders are copied as they are.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

fn main() -> Result<()> {
    match run() {
        Ok(()) => println!("init: success"),
        Err(error) => println!("init: failure: {error:#}"),
    }
    reboot(RebootMode::RB_POWER_OFF).map(|never| match never {}).context("cannot switch off")
}

/// Everything between boot and the verdict. A failed mount or module is only said: the tests show what it matters.
fn run() -> Result<()> {
    for (kind, place) in MOUNTS {
        let made = fs::create_dir_all(place).map_err(anyhow::Error::from);
        let mounted =
            made.and_then(|()| Ok(mount(Some(*kind), *place, Some(*kind), MsFlags::empty(), None::<&str>)?));
        if let Err(error) = mounted {
            println!("init: cannot mount {kind} on {place}: {error:#}");
        }
    }
    for module in files("/modules")? {
        if let Err(error) = insert(&module) {
            println!("init: cannot insert {}: {error:#}", module.display());
        }
    }
    let tests = files("/tests")?;
    ensure!(!tests.is_empty(), "there are no tests");
    for test in tests {
        let status = run_test(&test).with_context(|| format!("cannot run {}", test.display()))?;
        ensure!(status.success(), "{}: {status}", test.display());
    }
    Ok(())
}

fn insert(module: &Path) -> Result<()> {
    Ok(finit_module(&File::open(module)?, c"", ModuleInitFlags::empty())?)
}

/// Runs a test program. Its two outputs share the console, on which only whole lines can be told apart.
fn run_test(test: &Path) -> Result<ExitStatus> {
    // What the kernel does not know of its command line, it hands to the first process: filters for the tests.
    let mut command = Command::new(test);
    command.args(std::env::args().skip(1)).env("PATH", PATH).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(|| stdout.map(copy_lines));
        scope.spawn(|| stderr.map(copy_lines));
    });
    Ok(child.wait()?)
}

fn copy_lines(output: impl Read) {
    for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
        println!("{}", String::from_utf8_lossy(&line));
    }
}

/// The files of a folder in the order of their names; none where there is no such folder.
fn files(folder: &str) -> Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}
