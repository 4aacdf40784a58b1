//! The stages as the kernel has them: loaded once, attached to any number of sockets, the filter among them replaceable
//! at any time.

use std::{
    os::fd::{AsFd as _, AsRawFd as _, BorrowedFd},
    panic::resume_unwind,
    thread,
    time::Duration,
};

use aya::{
    Ebpf, EbpfLoader,
    maps::{Array, Map, MapData, ProgramArray},
    programs::ProgramError,
};
use log::LevelFilter;
use sniffer_common::{Slot, names};

use super::{
    btf::{BtfError, SkbLayout},
    error::{DirectError, Error},
    logs::Logs,
    object,
    program::{self, TestFrame},
};
use crate::bpf::Insn;

/// What the kernel side is told once, before it is loaded.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// How many bytes of a matched frame to keep.
    pub snaplen: u32,
    /// Whether the sockets' bytes begin at the network header: `SOCK_DGRAM` sockets, and devices without a link header.
    /// Otherwise they begin with an Ethernet header.
    pub cooked: bool,
    /// The loopback interface, where every frame passes twice; its outgoing copies are then ignored.
    pub loopback_ifindex: Option<u32>,
    /// Which lines the kernel side writes for [`Logs`].
    pub log_level: LevelFilter,
    /// The way to read packets, or none to take the best that the kernel can do.
    pub path: Option<KernelPath>,
}

/// How the programs get at the bytes of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KernelPath {
    /// In place, by functions that the kernel has since 6.2.
    Direct,
    /// Through helpers that copy; on every kernel since 5.10.
    Compat,
}

/// The loaded stages.
///
/// # Invariant
/// A pipeline must live longer than the sockets it is attached to: the kernel empties the program array when the last
/// descriptor of it is closed, and a socket whose stages are gone keeps every frame.
pub struct Pipeline {
    // Fields are dropped in this order; the program array goes last.
    ebpf: Ebpf,
    loader: EbpfLoader<'static>,
    generations: Generations,
    logs: Option<Logs>,
    reads: Reads,
    stages: ProgramArray<MapData>,
    stages_fd: i32,
    has_filter: bool,
}

impl Pipeline {
    /// Loads the stages with an empty filter slot: every frame matches.
    ///
    /// # Errors
    /// When the process may not do that, when the kernel cannot run the programs, and when [`Config::path`] forces
    /// direct reads that cannot be had.
    pub fn load(config: &Config) -> Result<Self, Error> {
        let (mut loader, layout) = prepare(config);
        let object = object::configured(config, layout.as_ref().and_then(|layout| layout.as_ref().ok()))?;
        let mut ebpf = loader.load(&object).map_err(Error::load)?;
        let reads = Reads::choose(&mut ebpf, config.path, layout)?;
        load_stage(&mut ebpf, names::ACCEPT)?;
        let is_logging = config.log_level != LevelFilter::Off;
        if is_logging {
            load_stage(&mut ebpf, names::REPORT)?;
        }
        // Maps may only be taken, and so possibly closed, once the programs that name their descriptors are loaded.
        let (stages, stages_fd) = program_array(take_map(&mut ebpf, names::STAGES)?)?;
        let mut pipeline = Self {
            generations: Generations::new(take_map(&mut ebpf, names::GENERATIONS)?)?,
            logs: is_logging.then(|| Logs::take(&mut ebpf)).flatten(),
            stages,
            stages_fd,
            has_filter: false,
            ebpf,
            loader,
            reads,
        };
        pipeline.place(Slot::Accept, names::ACCEPT)?;
        if is_logging {
            pipeline.place(Slot::Report, names::REPORT)?;
            pipeline.place(Slot::Ingress, pipeline.reads.ingress())?;
        }
        Ok(pipeline)
    }

    /// Makes ingress the filter of a socket. Until a filter is set it lets every frame pass.
    ///
    /// # Errors
    /// When the kernel refuses that.
    pub fn attach(&self, socket: BorrowedFd<'_>) -> Result<(), Error> {
        let name = self.reads.ingress();
        program::socket_filter(&self.ebpf, name)?.attach(socket).map_err(Error::program(name))
    }

    /// Puts generated instructions into the filter slot. A frame meets either the old filter or the new one, and the
    /// sockets lose none.
    ///
    /// # Errors
    /// When the kernel refuses the program; the old filter then stays.
    pub fn set_filter(&mut self, insns: &[Insn]) -> Result<(), Error> {
        let filter = program::load(&mut self.loader, insns)?;
        let program = program::generated(&filter)?.fd().map_err(Error::program("filter"))?;
        self.stages.set(Slot::Filter as u32, program, 0).map_err(Error::map(names::STAGES))?;
        self.has_filter = true;
        self.generations.advance()
    }

    /// Empties the filter slot: every frame matches from here on.
    ///
    /// # Errors
    /// When the kernel refuses that.
    pub fn clear_filter(&mut self) -> Result<(), Error> {
        if self.has_filter {
            self.stages.clear_index(&(Slot::Filter as u32)).map_err(Error::map(names::STAGES))?;
            self.has_filter = false;
        }
        self.generations.advance()
    }

    /// The way packets are read.
    pub fn path(&self) -> KernelPath {
        match self.reads {
            Reads::Direct(_) => KernelPath::Direct,
            Reads::Compat(_) => KernelPath::Compat,
        }
    }

    /// Why packets are not read in place, where that was tried and could not be had.
    pub fn why_not_direct(&self) -> Option<&DirectError> {
        match &self.reads {
            Reads::Compat(reason) => reason.as_ref(),
            Reads::Direct(_) => None,
        }
    }

    /// What the kernel's packet buffers look like, for filters that read in place.
    pub fn layout(&self) -> Option<SkbLayout> {
        match self.reads {
            Reads::Direct(layout) => Some(layout),
            Reads::Compat(_) => None,
        }
    }

    /// The descriptor of the program array, as `ld_imm64` of a filter names it. It is open as long as this value lives.
    pub fn stages_fd(&self) -> i32 {
        self.stages_fd
    }

    /// The maps of counters and of faults, for the one who reads them. None when they were taken before.
    pub fn take_counter_maps(&mut self) -> Option<(Map, Map)> {
        Some((self.ebpf.take_map(names::COUNTERS)?, self.ebpf.take_map(names::FAULTS)?))
    }

    /// The kernel side's log lines. None with [`LevelFilter::Off`], and when they were taken before.
    pub fn take_logs(&mut self) -> Option<Logs> {
        self.logs.take()
    }

    /// What the stages make of a frame outside of any socket: 0, or how many bytes to keep. It is counted.
    ///
    /// # Errors
    /// When the kernel refuses the frame as too short or too long.
    pub fn run(&self, frame: &TestFrame<'_>) -> Result<u32, Error> {
        let name = self.reads.ingress();
        program::run(program::socket_filter(&self.ebpf, name)?, name, frame)
    }

    /// The time that the stages take for `runs` runs in a row.
    ///
    /// # Errors
    /// When the kernel refuses the frame as too short or too long.
    pub fn time(&self, frame: &TestFrame<'_>, runs: u32) -> Result<Duration, Error> {
        let name = self.reads.ingress();
        program::time(program::socket_filter(&self.ebpf, name)?, name, frame, runs)
    }

    fn place(&mut self, slot: Slot, name: &'static str) -> Result<(), Error> {
        let program = program::socket_filter(&self.ebpf, name)?.fd().map_err(Error::program(name))?;
        self.stages.set(slot as u32, program, 0).map_err(Error::map(names::STAGES))
    }
}

/// The kernel's layout as far as it was asked for.
type Layout = Option<Result<SkbLayout, BtfError>>;

/// The way that was chosen to read packets.
enum Reads {
    Direct(SkbLayout),
    /// With the reason, unless that was asked for.
    Compat(Option<DirectError>),
}

impl Reads {
    /// Loads the ingress program that reads in place, or else the other one.
    fn choose(ebpf: &mut Ebpf, wanted: Option<KernelPath>, layout: Layout) -> Result<Self, Error> {
        let reason = match layout {
            Some(Ok(layout)) => match program::socket_filter_mut(ebpf, names::INGRESS_DIRECT)?.load() {
                Ok(()) => return Ok(Self::Direct(layout)),
                Err(ProgramError::LoadError { io_error, verifier_log }) => {
                    Some(DirectError::Refused { verifier_log: verifier_log.to_string(), source: io_error })
                }
                Err(error) => return Err(Error::program(names::INGRESS_DIRECT)(error)),
            },
            Some(Err(error)) => Some(error.into()),
            None => None,
        };
        match reason {
            Some(reason) if wanted == Some(KernelPath::Direct) => Err(reason.into()),
            reason => {
                load_stage(ebpf, names::INGRESS_COMPAT)?;
                Ok(Self::Compat(reason))
            }
        }
    }

    /// The name of the ingress program.
    fn ingress(&self) -> &'static str {
        match self {
            Self::Direct(_) => names::INGRESS_DIRECT,
            Self::Compat(_) => names::INGRESS_COMPAT,
        }
    }
}

/// A loader, and the kernel's layout where it is wanted. aya reads the kernel's whole type information when a loader is
/// made and keeps it; nothing here needs that, so that it happens beside the rest and is forgotten.
fn prepare(config: &Config) -> (EbpfLoader<'static>, Layout) {
    let (mut loader, layout) = thread::scope(|scope| {
        let loader = scope.spawn(|| {
            let mut loader = EbpfLoader::new();
            loader.btf(None);
            loader
        });
        let layout = match config.path {
            Some(KernelPath::Compat) => None,
            Some(KernelPath::Direct) | None => Some(SkbLayout::of_running_kernel()),
        };
        (loader.join().unwrap_or_else(|panic| resume_unwind(panic)), layout)
    });
    if config.log_level == LevelFilter::Off {
        // The object always has the map; what nobody writes needs no room. aya rounds up to a page.
        loader.map_max_entries(names::LOGS, 1);
    }
    (loader, layout)
}

fn load_stage(ebpf: &mut Ebpf, name: &'static str) -> Result<(), Error> {
    program::socket_filter_mut(ebpf, name)?.load().map_err(Error::program(name))
}

fn take_map(ebpf: &mut Ebpf, name: &'static str) -> Result<Map, Error> {
    ebpf.take_map(name).ok_or(Error::Missing(name))
}

/// The program array and its descriptor, which aya does not tell of the typed map.
fn program_array(map: Map) -> Result<(ProgramArray<MapData>, i32), Error> {
    let Map::ProgramArray(data) = &map else { return Err(Error::Missing(names::STAGES)) };
    let fd = data.fd().as_fd().as_raw_fd();
    Ok((ProgramArray::try_from(map).map_err(Error::map(names::STAGES))?, fd))
}

/// The number of times the filter slot was set, for the kernel side to tell.
struct Generations {
    map: Array<MapData, u32>,
    current: u32,
}

impl Generations {
    /// Loading counts as the first time.
    fn new(map: Map) -> Result<Self, Error> {
        let map = Array::try_from(map).map_err(Error::map(names::GENERATIONS))?;
        let mut generations = Self { map, current: 0 };
        generations.advance()?;
        Ok(generations)
    }

    fn advance(&mut self) -> Result<(), Error> {
        self.current += 1;
        self.map.set(0, self.current, 0).map_err(Error::map(names::GENERATIONS))
    }
}
