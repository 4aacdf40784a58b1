//! What decides on the frames of a tap: nothing, the floor, libpcap's program, ours.

use std::os::fd::BorrowedFd;
use std::process::Command;

use anyhow::{Result, bail, ensure};
use sniffer::bpf::{Insn, Reg};
use sniffer::filter::TunnelPorts;
use sniffer::load::{Config, KernelPath, Pipeline, Standalone, TestFrame};
use sniffer::packet::LinkType;
use socket2::{SockFilter, SockRef};

use super::support::expression::{live, seeing_through};
use super::support::skip;

/// What decides on the frames of a variant's taps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decider {
    /// There are no taps.
    Nothing,
    /// An eBPF program that returns 0.
    Floor,
    /// libpcap's program, as the installed tcpdump compiles it.
    Classic,
    /// Our stages, counting by protocol included.
    Ours(KernelPath),
    /// The same with `--see-through`.
    SeeingThrough(KernelPath),
}

/// The programs of a variant.
pub(super) enum Programs {
    None,
    Standalone(Standalone),
    Classic(Vec<SockFilter>),
    Pipeline(Box<Pipeline>),
}

impl Decider {
    /// All that this machine can do, in the order of the tables.
    pub(super) fn all() -> Vec<Self> {
        let mut all = vec![Self::Nothing, Self::Floor];
        if skip::program("the comparison with cBPF", "tcpdump").is_some() {
            all.push(Self::Classic);
        }
        let paths = [KernelPath::Direct, KernelPath::Compat];
        all.extend(paths.map(Self::Ours).into_iter().chain(paths.map(Self::SeeingThrough)));
        all
    }

    /// Whether the kernel can run it outside of any socket: no taps and classic programs it cannot.
    pub(super) fn has_test_run(self) -> bool {
        matches!(self, Self::Floor | Self::Ours(_) | Self::SeeingThrough(_))
    }

    /// The name in the tables.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Nothing => "no taps",
            Self::Floor => "return 0 (the floor)",
            Self::Classic => "libpcap's cBPF",
            Self::Ours(KernelPath::Direct) => "sniffer, direct",
            Self::Ours(KernelPath::Compat) => "sniffer, compat",
            Self::SeeingThrough(KernelPath::Direct) => "sniffer --see-through, direct",
            Self::SeeingThrough(KernelPath::Compat) => "sniffer --see-through, compat",
        }
    }
}

impl Programs {
    /// Loads what decides, in the calling thread's namespace.
    pub(super) fn load(decider: Decider, expression: &str) -> Result<Self> {
        Ok(match decider {
            Decider::Nothing => Self::None,
            Decider::Floor => Self::Standalone(Standalone::load(&[Insn::mov(Reg::R0, 0), Insn::Exit])?),
            Decider::Classic => Self::Classic(classic_program(expression)?),
            Decider::Ours(path) => Self::Pipeline(Box::new(pipeline(path, expression, None)?)),
            Decider::SeeingThrough(path) => {
                Self::Pipeline(Box::new(pipeline(path, expression, Some(TunnelPorts::default()))?))
            }
        })
    }

    /// The nanoseconds that one of `runs` test runs takes.
    pub(super) fn time(&self, frame: &TestFrame<'_>, runs: u32) -> Result<f64> {
        let time = match self {
            Self::None | Self::Classic(_) => bail!("there is no test run of this"),
            Self::Standalone(program) => program.time(frame, runs)?,
            Self::Pipeline(pipeline) => pipeline.time(frame, runs)?,
        };
        Ok(time.as_secs_f64() * 1e9 / f64::from(runs))
    }

    /// Makes them the filter of a socket.
    pub(super) fn attach(&self, socket: BorrowedFd<'_>) -> Result<()> {
        match self {
            Self::None => {}
            Self::Standalone(program) => program.attach(socket)?,
            Self::Classic(program) => SockRef::from(&socket).attach_filter(program)?,
            Self::Pipeline(pipeline) => pipeline.attach(socket)?,
        }
        Ok(())
    }
}

/// libpcap's program: `tcpdump -ddd` gives the number of instructions, then `code jt jf k` of each.
fn classic_program(expression: &str) -> Result<Vec<SockFilter>> {
    let output = Command::new("tcpdump").args(["-i", "left0", "-ddd", expression]).output()?;
    ensure!(output.status.success(), "tcpdump: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout)?;
    let instruction = |line: &str| {
        let fields: Vec<&str> = line.split(' ').collect();
        let [code, jt, jf, k] = fields[..] else { bail!("not an instruction: {line}") };
        Ok(SockFilter::new(code.parse()?, jt.parse()?, jf.parse()?, k.parse()?))
    };
    text.lines().skip(1).map(instruction).collect()
}

/// Our stages with the expression in the filter slot.
fn pipeline(path: KernelPath, expression: &str, see_through: Option<TunnelPorts>) -> Result<Pipeline> {
    let config = Config { see_through, path: Some(path), ..Config::new(262_144) };
    let mut pipeline = Pipeline::load(&config)?;
    let compile = if see_through.is_some() { seeing_through } else { live };
    let program = compile(LinkType::ETHERNET, expression)?.emit(&pipeline.target())?;
    pipeline.set_program(&program)?;
    Ok(pipeline)
}
