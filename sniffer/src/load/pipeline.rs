//! The stages as the kernel has them: loaded once, attached to any number of sockets, the filter among them replaceable
//! at any time.

use std::num::NonZeroU32;
use std::os::fd::{AsFd as _, AsRawFd as _, BorrowedFd, OwnedFd};
use std::time::Duration;

use aya::maps::{Array, Map, MapData, ProgramArray};
use aya::programs::ProgramError;
use aya::{Ebpf, EbpfLoader};
use log::LevelFilter;
use sniffer_common::{Slot, names};

use super::config::{Config, KernelPath};
use super::error::{DirectError, Error};
use super::logs::Logs;
use super::maps::Bound;
use super::program;
use super::reductions;
use super::stages::{self, Reads, Stages, with_memory_lock_lifted};
use super::test_run::{self, TestFrame};
use crate::bpf::Insn;
use crate::filter::emit::{Access, OnMatch, Program, Target};

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
    sees_through: bool,
}

impl Pipeline {
    /// Loads the stages with an empty filter slot: every frame matches.
    ///
    /// # Errors
    /// When the process may not do that, when the kernel cannot run the programs, and when [`Config::path`] forces
    /// direct reads that cannot be had.
    pub fn load(config: &Config) -> Result<Self, Error> {
        let Stages { loader, mut ebpf, reads } = Stages::load(config)?;
        let is_logging = config.log_level != LevelFilter::Off;
        // Maps may only be taken, and so possibly closed, once the programs that name their descriptors are loaded.
        let (stages, stages_fd) = program_array(take_map(&mut ebpf, names::STAGES)?)?;
        let mut pipeline = Self {
            generations: Generations::new(take_map(&mut ebpf, names::GENERATIONS)?)?,
            logs: is_logging.then(|| Logs::take(&mut ebpf)).flatten(),
            stages,
            stages_fd,
            has_filter: false,
            sees_through: config.see_through.is_some(),
            ebpf,
            loader,
            reads,
        };
        pipeline.place(Slot::Walk, names::WALK)?;
        pipeline.place(Slot::Accept, stages::accepting(config))?;
        if pipeline.sees_through {
            pipeline.place(Slot::Layers, pipeline.reads.layers())?;
            pipeline.place(Slot::Fragments, names::FRAGMENTS)?;
            pipeline.place(Slot::Remember, names::REMEMBER)?;
        }
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
        let slot = if self.sees_through { Slot::Within } else { Slot::Filter };
        self.place_generated(slot, insns)?;
        if self.sees_through && !self.has_filter {
            self.place(Slot::Filter, self.reads.layers())?;
        }
        self.has_filter = true;
        self.generations.advance()
    }

    /// The same with a filter that looks up in maps of its own: all of them are there before any frame meets it, and go
    /// with it.
    ///
    /// # Errors
    /// When the kernel refuses the maps or the program; the old filter then stays.
    pub fn set_program(&mut self, program: &Program) -> Result<(), Error> {
        let bound = with_memory_lock_lifted(|| Bound::new(program))?;
        self.set_filter(&bound.insns)
    }

    /// Puts a program into the slot of the rules that say how much to keep of a frame. They are asked when
    /// [`SnapTo::Rules`](super::SnapTo::Rules) is configured; as long as there are none, whole frames are kept and counted as
    /// kept despite a fault.
    ///
    /// # Errors
    /// When the kernel refuses the program; the old rules then stay.
    pub fn set_snap(&mut self, program: &Program) -> Result<(), Error> {
        let bound = with_memory_lock_lifted(|| Bound::new(program))?;
        self.place_generated(Slot::Snap, &bound.insns)
    }

    /// Says that one frame out of so many is to be kept of those that [`Reductions::is_adjusted`](super::Reductions) is for.
    ///
    /// # Errors
    /// When the kernel refuses that.
    pub fn set_sample(&mut self, one_in: NonZeroU32) -> Result<(), Error> {
        let name = names::ADJUSTED_SAMPLE;
        let map = self.ebpf.map_mut(name).ok_or(Error::Missing(name))?;
        let mut map = Array::<_, u64>::try_from(map).map_err(Error::map(name))?;
        map.set(0, u64::from(reductions::part(Some(one_in))), 0).map_err(Error::map(name))
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

    /// How filters are to read packets.
    pub fn access(&self) -> Access {
        match &self.reads {
            Reads::Direct(layout) => layout.access(),
            Reads::Compat(_) => Access::Compat,
        }
    }

    /// What filters for [`Pipeline::set_filter`] are to be compiled for.
    pub fn target(&self) -> Target {
        let slot = if self.sees_through { Slot::Remember } else { Slot::Accept };
        let on_match = OnMatch::TailCall { map_fd: self.stages_fd, slot: slot as u32 };
        Target { access: self.access(), on_match }
    }

    /// The descriptor of the program array, as `ld_imm64` of a filter names it. It is open as long as this value lives.
    pub fn stages_fd(&self) -> i32 {
        self.stages_fd
    }

    /// The attached program, for the one who measures it.
    ///
    /// # Errors
    /// When there are no more descriptors.
    pub fn program(&self) -> Result<OwnedFd, Error> {
        let name = self.reads.ingress();
        let program = program::socket_filter(&self.ebpf, name)?.fd().map_err(Error::program(name))?;
        let descriptor = program.as_fd().try_clone_to_owned();
        descriptor.map_err(|error| Error::program(name)(ProgramError::IOError(error)))
    }

    /// The maps of counters and of faults, for the one who reads them. None when they were taken before.
    pub fn take_counter_maps(&mut self) -> Option<(Map, Map)> {
        Some((self.ebpf.take_map(names::COUNTERS)?, self.ebpf.take_map(names::FAULTS)?))
    }

    /// The maps of the verdicts on fragments and of what is counted of them, for the one who reads them. None when they were
    /// taken before.
    pub fn take_fragment_maps(&mut self) -> Option<(Map, Map)> {
        Some((self.ebpf.take_map(names::VERDICTS)?, self.ebpf.take_map(names::FRAGMENT_COUNTS)?))
    }

    /// The maps of flows and of their events, for the one who reads them. None when they were taken before.
    pub fn take_flow_maps(&mut self) -> Option<(Map, Map)> {
        Some((self.ebpf.take_map(names::FLOWS)?, self.ebpf.take_map(names::FLOW_EVENTS)?))
    }

    /// The tables of flows, hosts and ports, and the map of their events, for the one who reads them. None when they were
    /// taken before.
    pub fn take_tally_maps(&mut self) -> Option<[Map; 4]> {
        let mut take = |name| self.ebpf.take_map(name);
        Some([
            take(names::TALLY_FLOWS)?,
            take(names::TALLY_HOSTS)?,
            take(names::TALLY_PORTS)?,
            take(names::TALLY_EVENTS)?,
        ])
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
        test_run::run(program::socket_filter(&self.ebpf, name)?, name, frame)
    }

    /// The time that the stages take for `runs` runs in a row.
    ///
    /// # Errors
    /// When the kernel refuses the frame as too short or too long.
    pub fn time(&self, frame: &TestFrame<'_>, runs: u32) -> Result<Duration, Error> {
        let name = self.reads.ingress();
        test_run::time(program::socket_filter(&self.ebpf, name)?, name, frame, runs)
    }

    fn place_generated(&mut self, slot: Slot, insns: &[Insn]) -> Result<(), Error> {
        let generated = with_memory_lock_lifted(|| program::load(&mut self.loader, insns))?;
        let program = program::generated(&generated)?.fd().map_err(Error::program(program::NAME))?;
        self.stages.set(slot as u32, program, 0).map_err(Error::map(names::STAGES))
    }

    fn place(&mut self, slot: Slot, name: &'static str) -> Result<(), Error> {
        let program = program::socket_filter(&self.ebpf, name)?.fd().map_err(Error::program(name))?;
        self.stages.set(slot as u32, program, 0).map_err(Error::map(names::STAGES))
    }
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
