//! What is looked at and tried. No attempt leaves anything behind, and none that binds a socket lets a frame in.

use std::fs;
use std::num::NonZeroU32;
use std::path::Path;

use rustix::process::{Resource, getrlimit};
use rustix::thread::{CapabilitySet, capabilities};
use sniffer::capture::{self, Fanout, Interface, MAX_SNAPLEN, Socket};
use sniffer::counters::{CostError, RunTimeStatistics, Tallies, Tally};
use sniffer::filter::TunnelPorts;
use sniffer::load::{
    self, FlowLimit, KernelPath, Pipeline, Reductions, Share, SkbLayout, SnapTo, TallySizes,
};
use sniffer::sink;

use super::finding::{Answer, Finding};
use crate::cli::message;

/// Findings on which depends what a capture does.
pub(super) const RING: &str = "ring";
pub(super) const READ_IN_PLACE: &str = "read_in_place";
pub(super) const READ_BY_COPY: &str = "read_by_copy";
pub(super) const DIRECT_IO: &str = "direct_io";

/// A size that is large enough to try with.
const FEW: NonZeroU32 = NonZeroU32::new(16).unwrap();

/// What a capture needs of the process or may make use of, and what for.
const CAPABILITIES: &[(CapabilitySet, &str, &str, Need)] = &[
    (CapabilitySet::NET_RAW, "cap_net_raw", "CAP_NET_RAW, for packet sockets", Need::Capture),
    (CapabilitySet::BPF, "cap_bpf", "CAP_BPF, for loading programs", Need::Capture),
    (CapabilitySet::PERFMON, "cap_perfmon", "CAP_PERFMON, for reading frames in place", Need::Capture),
    (CapabilitySet::NET_ADMIN, "cap_net_admin", "CAP_NET_ADMIN, for time stamps of the card", Need::Extra),
    (
        CapabilitySet::SYS_ADMIN,
        "cap_sys_admin",
        "CAP_SYS_ADMIN, for --netns, --budget, cost in top",
        Need::Extra,
    ),
];

/// Whether the usual grant has it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Capture,
    Extra,
}

/// Looks at everything.
///
/// # Errors
/// When the process cannot be told its capabilities.
pub(super) fn all() -> anyhow::Result<Vec<Finding>> {
    let mut findings = vec![system("kernel", "kernel", "/proc/sys/kernel/osrelease")];
    findings.extend(rights()?);
    findings.extend(programs());
    findings.extend(sockets());
    findings.push(run_times());
    findings.push(direct_io());
    findings.extend(limits());
    Ok(findings)
}

fn rights() -> anyhow::Result<Vec<Finding>> {
    let effective = capabilities(None)?.effective;
    let is_held = |capability| {
        // What is a capability of its own since 5.8 was a part of this one.
        let stand_in = CapabilitySet::BPF | CapabilitySet::PERFMON;
        effective.contains(capability)
            || (stand_in.contains(capability) && effective.contains(CapabilitySet::SYS_ADMIN))
    };
    let mut findings: Vec<Finding> = Vec::new();
    for &(capability, name, what, _) in CAPABILITIES {
        findings.push(Finding::new(name, what, if is_held(capability) { Answer::Yes } else { Answer::No }));
    }
    let lacks = |&(capability, _, _, need): &_| need == Need::Capture && !is_held(capability);
    if let Some(place) = CAPABILITIES.iter().position(lacks) {
        let program = std::env::current_exe();
        let program = program.map_or_else(|_| "./sniffer".to_owned(), |path| path.display().to_string());
        findings[place].advice = Some(format!("sudo setcap cap_net_raw,cap_bpf,cap_perfmon+ep {program}"));
    }
    Ok(findings)
}

/// Whether the programs can be loaded in each way of reading frames, and those of some options.
fn programs() -> Vec<Finding> {
    let layout = SkbLayout::of_running_kernel().map(drop).map_err(|error| message(&error.into()));
    let limit = FlowLimit { share: Share::Frames(FEW), table: FEW };
    let reductions = Reductions {
        sample: Some(FEW),
        flow_limit: Some(limit),
        snap: SnapTo::Headers(0),
        ..Reductions::default()
    };
    let config = load::Config::new(MAX_SNAPLEN);
    let tunnels = load::Config { see_through: Some(TunnelPorts::default()), ..config };
    let forced = |path| load::Config { path: Some(path), ..config };
    vec![
        Finding::attempt("btf", "the kernel's type information (BTF)", layout),
        Finding::attempt(
            READ_IN_PLACE,
            "programs that read frames in place",
            load(&forced(KernelPath::Direct)),
        ),
        Finding::attempt(
            READ_BY_COPY,
            "programs that copy what they read",
            load(&forced(KernelPath::Compat)),
        ),
        Finding::attempt("see_through", "programs of --see-through", load(&tunnels)),
        Finding::attempt(
            "reductions",
            "programs and maps of reductions",
            load(&load::Config { reductions, ..config }),
        ),
        Finding::attempt("top", "programs and tables of `sniffer top`", count(config)),
    ]
}

/// Tries to load the programs, and forgets them.
fn load(config: &load::Config) -> Result<(), String> {
    Pipeline::load(config).map(drop).map_err(why_not_loaded)
}

/// Tries to load what only counts, and to read its tables as a whole.
fn count(config: load::Config) -> Result<(), String> {
    let sizes = TallySizes { flows: FEW, hosts: FEW, ports: FEW };
    let mut pipeline =
        Pipeline::load(&load::Config { tally: Some(sizes), ..config }).map_err(why_not_loaded)?;
    let maps = pipeline.take_tally_maps().ok_or("there are no tables")?;
    let read = Tally::new(maps).and_then(|mut tally| tally.read(&mut Tallies::default()));
    read.map_err(|error| message(&error.into()))
}

/// What is missing is listed above, and how to grant it below: neither is told again with each attempt.
fn why_not_loaded(error: load::Error) -> String {
    match error {
        load::Error::Permission { .. } => "that takes CAP_BPF".to_owned(),
        error => message(&error.into()),
    }
}

/// The same of sockets.
fn why_not_opened(error: capture::Error) -> String {
    match error {
        capture::Error::Permission { .. } => "that takes CAP_NET_RAW".to_owned(),
        error => message(&error.into()),
    }
}

fn sockets() -> Vec<Finding> {
    let any = capture::Config { ignore_outgoing: false, ..capture::Config::new(Interface::any()) };
    let ring = Socket::open(&any);
    let size = ring.as_ref().ok().map(|socket| {
        let [size, wanted] = [socket.buffer_size(), socket.wanted_buffer_size()].map(|bytes| bytes >> 10);
        if size < wanted {
            format!("{size} KiB; the usual {wanted} cannot be spared")
        } else {
            format!("{size} KiB")
        }
    });
    let small = capture::Config { buffer_size: Some(1 << 20), ..any.clone() };
    let incoming = capture::Config { ignore_outgoing: true, ..small.clone() };
    let mut ring =
        Finding::attempt(RING, "ring of blocks (TPACKET_V3)", ring.map(drop).map_err(why_not_opened))
            .needed();
    ring.note = ring.note.or(size);
    let group = Socket::open_group(&small, Fanout::Hash, 2).map(drop).map_err(why_not_opened);
    vec![
        ring,
        Finding::attempt("fanout", "sockets that share frames (--workers)", group),
        Finding::attempt(
            "ignore_outgoing",
            "sockets without what the host sends (-Q in)",
            Socket::open(&incoming).map(drop).map_err(why_not_opened),
        ),
    ]
}

fn run_times() -> Finding {
    let result = RunTimeStatistics::enable().map(drop).map_err(|error| match error {
        CostError::Off(_) => error.to_string(),
        CostError::Read { .. } => message(&error.into()),
    });
    Finding::attempt("run_time_statistics", "run times of programs (--budget)", result)
}

fn direct_io() -> Finding {
    let result = sink::direct_io(Path::new("."));
    let note = result.as_ref().ok().map(|alignment| format!("in blocks of {alignment} bytes"));
    let mut finding = Finding::attempt(
        DIRECT_IO,
        "direct I/O in this directory",
        result.map(drop).map_err(|error| error.to_string()),
    );
    finding.note = finding.note.or(note);
    finding
}

fn limits() -> Vec<Finding> {
    let locked = getrlimit(Resource::Memlock).current;
    let locked = locked.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
    let memory = Finding::new("memlock", "limit of locked memory, in bytes", Answer::Is(locked));
    vec![
        Finding {
            note: Some("bytes that the program of a socket may have; a capture's has some 3000".to_owned()),
            ..system("optmem_max", "net.core.optmem_max", "/proc/sys/net/core/optmem_max")
        },
        Finding {
            note: Some("of no matter since Linux 5.11; raised where it stands in the way".to_owned()),
            ..memory
        },
    ]
}

/// What a file of the system says.
fn system(name: &'static str, what: &'static str, path: &str) -> Finding {
    match fs::read_to_string(path) {
        Ok(text) => Finding::new(name, what, Answer::Is(text.trim().to_owned())),
        Err(error) => Finding::attempt(name, what, Err(error.to_string())),
    }
}
