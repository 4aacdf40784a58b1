//! The prebuilt programs on their way into the kernel, and the choice between the two ways of reading packets.

use std::panic::resume_unwind;
use std::thread;

use aya::programs::ProgramError;
use aya::{Ebpf, EbpfLoader};
use log::LevelFilter;
use sniffer_common::names;

use super::btf::{BtfError, SkbLayout};
use super::config::{Config, KernelPath};
use super::error::{DirectError, Error};
use super::{object, program};
use crate::sys::limits;

/// The prebuilt programs that a configuration needs, loaded.
pub(super) struct Stages {
    /// What loaded them, for generated programs to come.
    pub(super) loader: EbpfLoader<'static>,
    /// They and their maps.
    pub(super) ebpf: Ebpf,
    /// Which of the ingress programs is among them.
    pub(super) reads: Reads,
}

impl Stages {
    /// Loads them; ingress in the way that the configuration forces, or else in the best that the kernel can do.
    pub(super) fn load(config: &Config) -> Result<Self, Error> {
        let (mut loader, layout) = prepare(config);
        let is_forced = config.path == Some(KernelPath::Direct);
        let (layout, absence) = match layout {
            Some(Ok(layout)) => (Some(layout), None),
            Some(Err(error)) if is_forced => return Err(DirectError::from(error).into()),
            Some(Err(error)) => (None, Some(error.into())),
            None => (None, None),
        };
        let object = object::configured(config, layout.as_ref())?;
        let (ebpf, reads) = with_memory_lock_lifted(|| load_programs(&mut loader, &object, layout, config))
            .map_err(Error::of_kernel)?;
        let reads = match (reads, absence) {
            (Reads::Compat(Some(refusal)), _) if is_forced => return Err(refusal.into()),
            (Reads::Compat(None), absence) => Reads::Compat(absence),
            (reads, _) => reads,
        };
        Ok(Self { loader, ebpf, reads })
    }
}

/// The kernel's layout as far as it was asked for.
type Layout = Option<Result<SkbLayout, BtfError>>;

/// The way that was chosen to read packets.
pub(super) enum Reads {
    /// In place.
    Direct(SkbLayout),
    /// By copy; with the reason, unless that was asked for.
    Compat(Option<DirectError>),
}

impl Reads {
    /// Loads the ingress program that reads in place, or else the other one.
    fn load(ebpf: &mut Ebpf, layout: Option<SkbLayout>) -> Result<Self, Error> {
        let mut refusal = None;
        if let Some(layout) = layout {
            match program::socket_filter_mut(ebpf, names::INGRESS_DIRECT)?.load() {
                Ok(()) => return Ok(Self::Direct(layout)),
                Err(ProgramError::LoadError { io_error, verifier_log }) => {
                    let verifier_log = verifier_log.to_string();
                    refusal = Some(DirectError::Refused { verifier_log, source: io_error });
                }
                Err(error) => return Err(Error::program(names::INGRESS_DIRECT)(error)),
            }
        }
        load_stage(ebpf, names::INGRESS_COMPAT)?;
        Ok(Self::Compat(refusal))
    }

    /// The name of the program that writes layers down.
    pub(super) fn layers(&self) -> &'static str {
        match self {
            Self::Direct(_) => names::LAYERS_DIRECT,
            Self::Compat(_) => names::LAYERS_COMPAT,
        }
    }

    /// The name of the ingress program.
    pub(super) fn ingress(&self) -> &'static str {
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
        let loader = scope.spawn(program::loader);
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
    if config.see_through.is_none() {
        loader.map_max_entries(names::VERDICTS, 1);
    }
    loader.map_max_entries(names::FLOWS, config.reductions.table());
    if let Some(sizes) = config.tally {
        loader.map_max_entries(names::TALLY_FLOWS, sizes.flows.get());
        loader.map_max_entries(names::TALLY_HOSTS, sizes.hosts.get());
        loader.map_max_entries(names::TALLY_PORTS, sizes.ports.get());
    }
    (loader, layout)
}

/// The name of the program for the accepting stage.
pub(super) fn accepting(config: &Config) -> &'static str {
    match config.tally {
        Some(_) => names::TALLY,
        None if config.reductions.is_none() => names::ACCEPT,
        None => names::REDUCE,
    }
}

/// Loads what the configuration needs of the object.
fn load_programs(
    loader: &mut EbpfLoader<'static>,
    object: &[u8],
    layout: Option<SkbLayout>,
    config: &Config,
) -> Result<(Ebpf, Reads), Error> {
    let mut ebpf = loader.load(object).map_err(Error::load)?;
    let reads = Reads::load(&mut ebpf, layout)?;
    load_stage(&mut ebpf, names::WALK)?;
    load_stage(&mut ebpf, accepting(config))?;
    if config.log_level != LevelFilter::Off {
        load_stage(&mut ebpf, names::REPORT)?;
    }
    if config.see_through.is_some() {
        load_stage(&mut ebpf, reads.layers())?;
        load_stage(&mut ebpf, names::FRAGMENTS)?;
        load_stage(&mut ebpf, names::REMEMBER)?;
    }
    Ok((ebpf, reads))
}

/// Does the work again with the limit on locked memory lifted when the kernel denies it: kernels before 5.11 charge maps
/// and programs to that limit, and say no more than that it is not permitted.
pub(super) fn with_memory_lock_lifted<T>(mut work: impl FnMut() -> Result<T, Error>) -> Result<T, Error> {
    match work() {
        Err(Error::Permission { .. }) if limits::raise_memlock().is_ok() => work(),
        result => result,
    }
}

fn load_stage(ebpf: &mut Ebpf, name: &'static str) -> Result<(), Error> {
    program::socket_filter_mut(ebpf, name)?.load().map_err(Error::program(name))
}
