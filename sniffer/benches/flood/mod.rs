//! A capturing program under a flood: what it took of the frames, and what that cost. One sender puts them on one end of a
//! veth pair as fast as it can; the program captures on that end, so that every frame sent is one that it should have.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::slice;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::time::{clock_getcpuclockid, clock_gettime};
use nix::unistd::Pid;

use super::report::Figures;
use super::support::lab::Lab;
use super::support::namespace::join;
use super::support::process::{Running, SNIFFER};
use super::support::sender::{RawSender, pin_to_last_cpu};
use super::support::{frames, skip, wait};

/// A program that takes nothing for so long has taken all there was.
const QUIET: Duration = Duration::from_millis(300);

/// How often each program is flooded.
pub(crate) const ROUNDS: usize = 5;

/// Bytes of a UDP frame without those of its payload.
const HEADERS: usize = 42;

/// One of the programs and what was measured of it.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    program: PathBuf,
    /// Its arguments, the name of the file aside.
    arguments: Vec<String>,
    /// What it says when it captures.
    ready: &'static str,
    /// Frames a second.
    pub(crate) sent: Figures,
    sent_in_all: u64,
    captured_in_all: u64,
    /// Nanoseconds of CPU time a captured frame.
    pub(crate) cpu: Figures,
    /// Mebibytes.
    pub(crate) resident: Figures,
    /// Mebibytes that the page cache grew by.
    pub(crate) cached: Figures,
}

/// Where a program's output goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Into {
    /// A file that it opens, its name behind the arguments.
    Named,
    /// Standard output.
    Stdout,
}

/// A flood and how the output is taken.
pub(crate) struct Load {
    /// Bytes of a frame.
    pub(crate) length: usize,
    /// How many frames.
    pub(crate) frames: u64,
    pub(crate) into: Into,
    /// How many frames an output holds.
    pub(crate) count: fn(&Path, usize) -> io::Result<u64>,
}

/// The sniffer with each of these names and arguments, and of the other programs those that are installed: name, program,
/// arguments and what it says when it captures. The name of the file stands behind the arguments.
pub(crate) fn contenders(
    benchmark: &str,
    ours: &[(&'static str, &str)],
    others: &[(&'static str, &str, &str, &'static str)],
) -> Vec<Contender> {
    let sniffer =
        |&(name, arguments)| Contender::new(name, PathBuf::from(SNIFFER), arguments, "listening on");
    let other = |&(name, program, arguments, ready)| {
        let program = skip::program(benchmark, program)?;
        Some(Contender::new(name, program, arguments, ready))
    };
    ours.iter().map(sniffer).chain(others.iter().filter_map(other)).collect()
}

/// Floods them in turn.
pub(crate) fn take_turns(contenders: &mut [Contender], load: &Load) -> io::Result<()> {
    (0..ROUNDS).try_for_each(|_| contenders.iter_mut().try_for_each(|contender| contender.turn(load)))
}

impl Contender {
    fn new(name: &'static str, program: PathBuf, arguments: &str, ready: &'static str) -> Self {
        let arguments = arguments.split(' ').map(str::to_owned).collect();
        let (sent, cpu) = (Figures::default(), Figures::default());
        let (resident, cached) = (Figures::default(), Figures::default());
        let (sent_in_all, captured_in_all) = (0, 0);
        Self { name, program, arguments, ready, sent, sent_in_all, captured_in_all, cpu, resident, cached }
    }

    /// Floods the program once.
    fn turn(&mut self, load: &Load) -> io::Result<()> {
        let lab = Lab::quiet();
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("flood");
        let cached = cached()?;
        let children = children_cpu_time()?;
        let running = self.start(&lab, &path, load.into)?;
        wait::until_true("the program captures", || {
            let said = [running.stderr_so_far().into_bytes(), running.stdout_so_far()].concat();
            String::from_utf8_lossy(&said).contains(self.ready)
        });
        let pid = pid_of(&running);
        let armed = cpu_time(pid)?;
        let frame = to_nobody(&lab, 1000, &vec![0x55; load.length - HEADERS]);
        let began = Instant::now();
        let sent = send(&lab, slice::from_ref(&frame), load.frames);
        let seconds = began.elapsed().as_secs_f64();
        time_until_quiet(pid)?;
        let resident = resident(pid)?;
        running.interrupt();
        let cpu = children_cpu_time()?.saturating_sub(children + armed);
        let captured = (load.count)(&path, load.length)?;
        self.sent.push(number(sent) / seconds);
        self.sent_in_all += sent;
        self.captured_in_all += captured;
        self.cpu.push(cpu.as_secs_f64() * 1e9 / number(captured.max(1)));
        self.resident.push(number(resident) / 1024.0);
        self.cached.push(number(self::cached()?.saturating_sub(cached)) / 1024.0);
        fs::remove_file(&path)
    }

    /// Per cent of the frames of all rounds.
    pub(crate) fn lost(&self) -> f64 {
        100.0 * (1.0 - number(self.captured_in_all) / number(self.sent_in_all))
    }

    fn start(&self, lab: &Lab, path: &Path, into: Into) -> io::Result<Running> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null());
        let stdout = match into {
            Into::Named => {
                command.arg(path);
                Stdio::piped()
            }
            Into::Stdout => File::create(path)?.into(),
        };
        Ok(Running::start_into(&lab.left.namespace, &mut command, stdout))
    }
}

/// A UDP frame to a host that is not there: the other end of the pair drops it at once, and its way through the stack does not
/// slow the sender down.
pub(crate) fn to_nobody(lab: &Lab, port: u16, payload: &[u8]) -> Vec<u8> {
    let mut frame = frames::udp_frame(&lab.left, &lab.right, port, 9, payload);
    frame[..6].copy_from_slice(&[2, 0, 0, 0, 0, 99]);
    frame
}

/// Sends frames in turn as fast as one processor can, the last one, which leaves the others to the program; says how many.
pub(crate) fn send(lab: &Lab, frames: &[Vec<u8>], count: u64) -> u64 {
    // A thread of its own, for programs are started on the processors of the one that starts them.
    let flood = || {
        pin_to_last_cpu();
        RawSender::open(&lab.left).flood(frames, count).sent
    };
    thread::scope(|scope| join(scope.spawn(flood)))
}

/// Waits until the process has nothing to do; the CPU time that it has taken by then.
pub(crate) fn time_until_quiet(pid: Pid) -> io::Result<Duration> {
    let mut last = cpu_time(pid)?;
    loop {
        thread::sleep(QUIET);
        let now = cpu_time(pid)?;
        if now.saturating_sub(last) < QUIET / 100 {
            return Ok(now);
        }
        last = now;
    }
}

pub(crate) fn pid_of(running: &Running) -> Pid {
    Pid::from_raw(running.pid() as i32)
}

/// User and system time of all threads of a process.
pub(crate) fn cpu_time(pid: Pid) -> io::Result<Duration> {
    Ok(clock_gettime(clock_getcpuclockid(pid)?)?.into())
}

/// The same of all processes that were waited for.
fn children_cpu_time() -> io::Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let time =
        |time: nix::sys::time::TimeVal| Duration::new(time.tv_sec() as u64, time.tv_usec() as u32 * 1000);
    Ok(time(usage.user_time()) + time(usage.system_time()))
}

/// The most memory that a process had, its ring included, in KiB.
fn resident(pid: Pid) -> io::Result<u64> {
    kibibytes(&format!("/proc/{pid}/status"), "VmHWM:")
}

/// The page cache in KiB.
fn cached() -> io::Result<u64> {
    kibibytes("/proc/meminfo", "Cached:")
}

fn kibibytes(table: &str, key: &str) -> io::Result<u64> {
    let text = fs::read_to_string(table)?;
    let value =
        text.lines().find_map(|line| line.strip_prefix(key)?.trim().strip_suffix(" kB")?.parse().ok());
    value.ok_or_else(|| io::Error::other(format!("no {key} in {table}")))
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are far below 2^52")]
fn number(count: u64) -> f64 {
    count as f64
}
