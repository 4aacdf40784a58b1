//! What `sniffer top` costs with very many flows: a frame beside counting by class alone, and the processor time of its
//! process. No frame comes into a ring.

#[expect(dead_code, reason = "a benchmark with its own programs takes the clocks alone")]
#[path = "../flood/mod.rs"]
mod flood;
#[expect(dead_code, reason = "only the benchmarks of single programs divide rounds")]
#[path = "../report/mod.rs"]
mod report;
#[expect(dead_code, reason = "benchmarks use a part of the laboratory")]
#[path = "../../tests/support/mod.rs"]
mod support;

use std::num::NonZeroU32;
use std::os::fd::AsFd as _;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use sniffer::capture::{self, Interface, LiveSource, Socket};
use sniffer::load::{Config, Pipeline, TallySizes};

use crate::report::{Figures, Table};
use crate::support::lab::Lab;
use crate::support::process::sniffer;
use crate::support::sender::{Load, RawSender, pin_to_last_cpu};
use crate::support::{frames, skip};

/// How often each tap has its turn.
const ROUNDS: usize = 11;

/// Frames that a turn sends without a pause.
const FRAMES: u64 = 1_000_000;

/// How many clients they come from in turn, each with a flow to each server.
const CLIENTS: [u16; 2] = [500, 50_000];
const SERVERS: [u16; 2] = [2000, 2001];

/// How long the process is looked at while frames come.
const WATCHED: Duration = Duration::from_secs(10);

/// What is on the interface while frames are sent.
#[derive(Clone, Copy)]
enum Tap {
    None,
    /// The stages that count by class, as `--stats` needs them.
    Classes,
    /// Those that count flows, hosts and ports too.
    Tally,
    /// The program, which has the kernel measure run times and looks at the counters each second.
    Program,
}

const TAPS: [(&str, Tap); 4] = [
    ("none", Tap::None),
    ("counting by class", Tap::Classes),
    ("counting flows, hosts and ports", Tap::Tally),
    ("`sniffer top`, which has run times measured", Tap::Program),
];

/// A tap that keeps nothing. The socket goes first.
struct Attached(
    #[expect(dead_code, reason = "it is there")] LiveSource,
    #[expect(dead_code, reason = "it is there")] Pipeline,
);

fn attach(lab: &Lab, tally: Option<TallySizes>) -> Result<Attached> {
    let pipeline = Pipeline::load(&Config { tally, ..Config::new(0) })?;
    let source = lab.left.namespace.run(|| -> Result<LiveSource> {
        let socket = Socket::open(&capture::Config::new(Interface::find("left0")?))?;
        pipeline.attach(socket.as_fd())?;
        Ok(socket.bind()?)
    })?;
    Ok(Attached(source, pipeline))
}

fn sizes() -> TallySizes {
    let room = |keys| NonZeroU32::new(keys).unwrap_or(NonZeroU32::MIN);
    TallySizes { flows: room(1 << 17), hosts: room(1 << 14), ports: room(1 << 14) }
}

/// Nanoseconds of the sender's processor time a frame.
fn turn(lab: &Lab, tap: Tap, frames: &[Vec<u8>]) -> Result<f64> {
    let (mut attached, mut running) = (None, None);
    match tap {
        Tap::None => {}
        Tap::Classes => attached = Some(attach(lab, None)?),
        Tap::Tally => attached = Some(attach(lab, Some(sizes()))?),
        Tap::Program => running = Some(sniffer(&lab.left.namespace, &["top", "-i", "left0", "--json"])),
    }
    let sender = RawSender::open(&lab.left);
    // The flows are entered before the frames that count.
    sender.flood(frames, frames.len() as u64);
    let flood = sender.flood(frames, FRAMES);
    drop((attached, running));
    Ok(flood.cpu_time.as_secs_f64() * 1e9 / f64::from(flood.sent as u32))
}

/// Per cent of a processor that the process takes while all flows have frames.
fn process(lab: &Lab, frames: Vec<Vec<u8>>) -> Result<f64> {
    let running = sniffer(&lab.left.namespace, &["top", "-i", "left0", "--json"]);
    let sender = RawSender::open(&lab.left);
    sender.flood(&frames, frames.len() as u64);
    let load = Load::start(sender, frames);
    let pid = flood::pid_of(&running);
    let (armed, began) = (flood::cpu_time(pid)?, Instant::now());
    thread::sleep(WATCHED);
    let (taken, watched) = (flood::cpu_time(pid)?.saturating_sub(armed), began.elapsed());
    load.stop();
    Ok(100.0 * taken.as_secs_f64() / watched.as_secs_f64())
}

fn main() -> Result<()> {
    if !skip::is_root() {
        return Ok(());
    }
    let lab = Lab::quiet();
    pin_to_last_cpu();
    let bodies = CLIENTS.map(|clients| compare(&lab, clients)).into_iter().collect::<Result<Vec<_>>>()?;
    Ok(report::publish("top", &bodies.join("\n"))?)
}

/// The taps in turn, and the process by itself, with frames of so many clients.
fn compare(lab: &Lab, clients: u16) -> Result<String> {
    let flow = |port, server| frames::udp_frame(&lab.left, &lab.right, port, server, &[0x55; 22]);
    let frames: Vec<_> =
        (0..clients).flat_map(|port| SERVERS.map(|server| flow(10_000 + port, server))).collect();
    let mut rows = TAPS.map(|(name, tap)| (name, tap, Figures::default()));
    for _ in 0..ROUNDS {
        for (_, tap, figures) in &mut rows {
            figures.push(turn(lab, *tap, &frames)?);
        }
    }
    let (count, table) = (frames.len(), table(&rows));
    let share = process(lab, frames)?;
    Ok(format!(
        "{ROUNDS} rounds of {FRAMES} frames of 64 bytes, of {count} flows in turn.\n\n{table}\nThe process of `sniffer top --json` took \
         {share:.2} % of a processor while frames of all {count} flows came for {} s at full speed.\n",
        WATCHED.as_secs()
    ))
}

fn table(rows: &[(&str, Tap, Figures); 4]) -> Table {
    let [(.., none), (.., classes), ..] = rows;
    let mut table = Table::new(&[
        "tap",
        "ns a frame sent, fastest round",
        "median",
        "more than none",
        "more than by class",
        "middle half",
    ]);
    for (name, _, figures) in rows {
        let more = figures.less(classes);
        let (from, to) = more.quartiles();
        table.row([
            (*name).to_owned(),
            format!("{:.0}", figures.minimum()),
            format!("{:.0}", figures.median()),
            format!("{:.0}", figures.less(none).median()),
            format!("{:.0}", more.median()),
            format!("{from:.0}..{to:.0}"),
        ]);
    }
    table
}
