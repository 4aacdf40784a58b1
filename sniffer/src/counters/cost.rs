//! What watching costs: the run time of the kernel's programs, by the kernel's own statistics, and what this process takes
//! of processor and memory. Knows no frame and no limit.

use std::fs;
use std::io;
use std::ops::Add;
use std::os::fd::{AsFd as _, AsRawFd as _, BorrowedFd, OwnedFd};
use std::time::Duration;

use aya::sys::{Stats, enable_stats};
use rustix::param::page_size;
use rustix::time::{ClockId, clock_gettime};
use thiserror::Error;

/// Whether the kernel measures all programs of the host, in the words of an administrator.
const SWITCH: &str = "/proc/sys/kernel/bpf_stats_enabled";

/// Why there is no cost to be told.
#[derive(Debug, Error)]
pub enum CostError {
    /// Nobody has switched the kernel's statistics on, and this process may not.
    #[error(
        "the kernel does not measure programs: that takes CAP_SYS_ADMIN, or sysctl kernel.bpf_stats_enabled=1"
    )]
    Off(#[source] io::Error),
    /// What the kernel tells of this process cannot be read.
    #[error("cannot read {name}")]
    Read {
        /// The file.
        name: String,
        /// What the kernel said.
        #[source]
        source: io::Error,
    },
}

/// The kernel's statistics of the run time of programs, on for as long as this lives. They take some twenty nanoseconds of
/// every run of every program of the host, so that they are off unless somebody asks.
#[derive(Debug)]
pub struct RunTimeStatistics(
    #[expect(dead_code, reason = "the kernel stops to measure when the last such descriptor is closed")]
    Option<OwnedFd>,
);

impl RunTimeStatistics {
    /// Switches them on, which kernels since 5.8 let a process do; or finds that the administrator has.
    ///
    /// # Errors
    /// When the process may not, and they are off.
    pub fn enable() -> Result<Self, CostError> {
        match enable_stats(Stats::RunTime) {
            Ok(descriptor) => Ok(Self(Some(descriptor))),
            Err(_) if fs::read_to_string(SWITCH).is_ok_and(|value| value.trim() == "1") => Ok(Self(None)),
            Err(error) => Err(CostError::Off(error.io_error)),
        }
    }
}

/// How often a program has run while the kernel measured, and how long that took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunTime {
    /// How often.
    pub runs: u64,
    /// How long altogether. What a run has tail-called is a part of it.
    pub time: Duration,
}

impl RunTime {
    /// What came to it since `earlier`.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self { runs: self.runs.saturating_sub(earlier.runs), time: self.time.saturating_sub(earlier.time) }
    }

    /// The nanoseconds of a run; none where there was none.
    pub fn nanos_a_run(self) -> Option<u64> {
        u64::try_from(self.time.as_nanos()).ok()?.checked_div(self.runs)
    }
}

impl Add for RunTime {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { runs: self.runs + other.runs, time: self.time + other.time }
    }
}

/// The program whose run time is read: an attached one, which is charged with all stages behind it.
#[derive(Debug)]
pub struct MeasuredProgram(OwnedFd);

impl MeasuredProgram {
    /// That of this descriptor, as `load::Pipeline::program` gives it.
    pub fn new(program: OwnedFd) -> Self {
        Self(program)
    }

    /// Its run time since it was loaded.
    ///
    /// # Errors
    /// When `/proc` does not tell.
    pub fn read(&self) -> Result<RunTime, CostError> {
        let (name, text) = fdinfo(self.0.as_fd())?;
        run_time(&text).ok_or_else(|| damaged(name))
    }
}

/// What this process has taken of the host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProcessCost {
    /// Processor time of all its threads.
    pub time: Duration,
    /// Bytes of memory that it has for itself or shares (`VmRSS`).
    pub memory: u64,
}

impl ProcessCost {
    /// As it is now.
    ///
    /// # Errors
    /// When `/proc` does not tell.
    pub fn read() -> Result<Self, CostError> {
        const NAME: &str = "/proc/self/statm";
        let pages = read(NAME)?.split_ascii_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok());
        let memory = pages.ok_or_else(|| damaged(NAME.to_owned()))? * page_size() as u64;
        let clock = clock_gettime(ClockId::ProcessCPUTime);
        let time = Duration::new(clock.tv_sec.cast_unsigned(), clock.tv_nsec as u32);
        Ok(Self { time, memory })
    }
}

/// Bytes of the kernel's memory that a map takes; before 6.4 the kernel tells an estimate.
pub(super) fn map_memory(map: BorrowedFd<'_>) -> Result<u64, CostError> {
    let (name, text) = fdinfo(map)?;
    number(&text, "memlock").ok_or_else(|| damaged(name))
}

/// What the kernel tells of a descriptor, and the name of that file.
fn fdinfo(descriptor: BorrowedFd<'_>) -> Result<(String, String), CostError> {
    let name = format!("/proc/self/fdinfo/{}", descriptor.as_raw_fd());
    let text = read(&name)?;
    Ok((name, text))
}

/// From the lines about a program.
fn run_time(text: &str) -> Option<RunTime> {
    let nanos = number(text, "run_time_ns")?;
    Some(RunTime { runs: number(text, "run_cnt")?, time: Duration::from_nanos(nanos) })
}

fn number(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.trim().parse().ok()
}

fn read(name: &str) -> Result<String, CostError> {
    fs::read_to_string(name).map_err(|source| CostError::Read { name: name.to_owned(), source })
}

fn damaged(name: String) -> CostError {
    CostError::Read { name, source: io::ErrorKind::InvalidData.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_times_are_found_among_the_lines_about_a_program() {
        let text = "pos:\t0\nprog_type:\t1\nmemlock:\t4096\nrun_time_ns:\t1500\nrun_cnt:\t20\nrecursion_misses:\t3\n";
        let found = run_time(text).expect("both are there");
        assert_eq!(found, RunTime { runs: 20, time: Duration::from_nanos(1_500) });
        assert_eq!(found.nanos_a_run(), Some(75));
        let earlier = RunTime { runs: 10, time: Duration::from_micros(1) };
        assert_eq!(found.since(earlier).nanos_a_run(), Some(50));
        assert_eq!(found.since(found).nanos_a_run(), None);
        assert_eq!(run_time("run_cnt:\t20\n"), None);
    }

    #[test]
    fn a_process_has_memory_and_its_work_takes_time() {
        let before = ProcessCost::read().expect("/proc tells");
        let mut work = 0_u64;
        let worked = loop {
            work = std::hint::black_box(work + 1);
            let now = ProcessCost::read().expect("/proc tells");
            if now.time > before.time {
                break now;
            }
        };
        assert!(worked.memory >= 100 << 10, "{worked:?}");
    }
}
