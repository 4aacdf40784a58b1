//! From a savefile to text: the sniffer beside an installed tcpdump, in turn, on all processors and on one; and to JSON
//! beside an installed tshark.

#[expect(dead_code, reason = "only the benchmark of taps compares round by round")]
#[path = "../report/mod.rs"]
mod report;
#[expect(dead_code, reason = "benchmarks use a part of the laboratory")]
#[path = "../../tests/support/mod.rs"]
mod support;

mod mixed;

use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

use crate::report::{Figures, Table, publish};
use crate::support::process::SNIFFER;
use crate::support::skip;

const FRAMES: u32 = 1_000_000;

/// How often each program reads the file.
const ROUNDS: usize = 7;

/// Frames that become JSON: tshark takes its time.
const JSON_FRAMES: u32 = 100_000;

const JSON_ROUNDS: usize = 3;

fn main() -> io::Result<()> {
    let Some(tcpdump) = skip::program("the comparison of reading", "tcpdump") else { return Ok(()) };
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mixed.pcap");
    mixed::write(&file, FRAMES)?;
    check_lines(&tcpdump, &file)?;
    let mut body = format!(
        "{FRAMES} mixed frames, {} MB, `-nr FILE` to /dev/null, {ROUNDS} rounds in turn.\n",
        fs::metadata(&file)?.len() / 1_000_000
    );
    for (title, cpu) in [("all processors", None), ("one processor", Some("0"))] {
        let contenders =
            [("sniffer", Path::new(SNIFFER)), ("tcpdump", &tcpdump)].map(|(name, path)| (name, path, TEXT));
        body = format!("{body}\nOn {title}:\n\n{}", compare(&file, contenders, (FRAMES, ROUNDS), cpu)?);
    }
    if let Some(tshark) = skip::program("the comparison of JSON", "tshark") {
        body = format!("{body}\n{}", json(&tshark, &file)?);
    }
    fs::remove_file(&file)?;
    publish("text", &body)
}

/// What tcpdump and the sniffer are told.
const TEXT: &[&str] = &["-n"];

/// What is written of JSON.
fn json(tshark: &Path, file: &Path) -> io::Result<String> {
    mixed::write(file, JSON_FRAMES)?;
    let output = reading(Path::new(SNIFFER), &["--json"], file, None).stdout(Stdio::piped()).output()?;
    let lines = output.stdout.split(|byte| *byte == b'\n').count() - 1;
    if lines != JSON_FRAMES as usize {
        return Err(io::Error::other(format!("{lines} objects of {JSON_FRAMES} frames")));
    }
    let contenders: [(_, _, &[&str]); 2] = [
        ("sniffer --json", Path::new(SNIFFER), &["--json"]),
        ("tshark -T json", tshark, &["-n", "-T", "json"]),
    ];
    let table = compare(file, contenders, (JSON_FRAMES, JSON_ROUNDS), None)?;
    Ok(format!(
        "{JSON_FRAMES} of these frames to JSON, {JSON_ROUNDS} rounds in turn, on all processors:\n\n{table}"
    ))
}

/// Lets the programs read the file in turn, so often.
fn compare(
    file: &Path,
    contenders: [(&'static str, &Path, &'static [&'static str]); 2],
    (frames, rounds): (u32, usize),
    cpu: Option<&str>,
) -> io::Result<Table> {
    let mut contenders = contenders.map(|(name, path, arguments)| {
        let (wall, cpu) = (Figures::default(), Figures::default());
        Contender { name, path, arguments, wall, cpu }
    });
    for _ in 0..rounds {
        contenders.iter_mut().try_for_each(|contender| contender.run(file, cpu))?;
    }
    Ok(table(&contenders, frames))
}

/// One of the programs and how long it took.
struct Contender<'a> {
    name: &'static str,
    path: &'a Path,
    arguments: &'static [&'static str],
    wall: Figures,
    cpu: Figures,
}

impl Contender<'_> {
    fn run(&mut self, file: &Path, cpu: Option<&str>) -> io::Result<()> {
        let (start, used) = (Instant::now(), cpu_of_children()?);
        let status = reading(self.path, self.arguments, file, cpu).stdout(Stdio::null()).status()?;
        if !status.success() {
            return Err(io::Error::other(format!("{}: {status}", self.name)));
        }
        self.wall.push(start.elapsed().as_secs_f64() * 1e3);
        self.cpu.push((cpu_of_children()?.saturating_sub(used)).as_secs_f64() * 1e3);
        Ok(())
    }
}

/// The program reading the file, on that processor or wherever it likes.
fn reading(program: &Path, arguments: &[&str], file: &Path, cpu: Option<&str>) -> Command {
    let mut command = Command::new(cpu.map_or(program.as_os_str(), |_| OsStr::new("taskset")));
    if let Some(cpu) = cpu {
        command.args(["-c", cpu]).arg(program);
    }
    command.args(arguments).arg("-r").arg(file);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

fn cpu_of_children() -> io::Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let time = |time: nix::sys::time::TimeVal| {
        Duration::from_secs(time.tv_sec() as u64) + Duration::from_micros(time.tv_usec() as u64)
    };
    Ok(time(usage.user_time()) + time(usage.system_time()))
}

/// Who prints less is faster: the two must print the same.
fn check_lines(tcpdump: &Path, file: &Path) -> io::Result<()> {
    let mut children = [Path::new(SNIFFER), tcpdump].map(|program| {
        let mut command = reading(program, TEXT, file, None);
        command.stdout(Stdio::piped()).spawn()
    });
    let mut outputs = Vec::new();
    for child in &mut children {
        let child = child.as_mut().map_err(|error| io::Error::other(error.to_string()))?;
        outputs.push(BufReader::new(child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?).lines());
    }
    let [ours, theirs] = outputs.as_mut_slice() else { return Err(io::ErrorKind::InvalidInput.into()) };
    for number in 1.. {
        match (ours.next().transpose()?, theirs.next().transpose()?) {
            (None, None) => break,
            (ours, theirs) if ours == theirs => {}
            (ours, theirs) => {
                return Err(io::Error::other(format!("line {number}: {ours:?} is not {theirs:?}")));
            }
        }
    }
    children.into_iter().flatten().try_for_each(|mut child| child.wait().map(drop))
}

fn table(contenders: &[Contender<'_>], frames: u32) -> Table {
    let mut table =
        Table::new(&["program", "wall ms", "fastest", "CPU ms", "ns a frame (wall)", "times as fast"]);
    let slowest = contenders.last().map_or(0.0, |contender| contender.wall.median());
    for contender in contenders {
        let wall = contender.wall.median();
        table.row([
            contender.name.to_owned(),
            format!("{wall:.0}"),
            format!("{:.0}", contender.wall.minimum()),
            format!("{:.0}", contender.cpu.median()),
            format!("{:.0}", wall * 1e6 / f64::from(frames)),
            format!("{:.1}", slowest / wall),
        ]);
    }
    table
}
