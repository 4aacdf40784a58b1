//! The maps. Their names are those of `sniffer_common::names`.

use aya_ebpf::{
    macros::map,
    maps::{Array, LruHashMap, LruPerCpuHashMap, PerCpuArray, ProgramArray},
};
use sniffer_common::layers::{FragmentKey, MAX_VERDICTS};
use sniffer_common::{
    Fault, Flow, FlowEvent, FragmentCount, Host, Matrix, Port, Slot, Stage, Table, Traffic,
};

/// The stages behind ingress.
#[map]
pub(crate) static STAGES: ProgramArray = ProgramArray::with_max_entries(Slot::COUNT, 0);

/// Frames and bytes by class.
#[map]
pub(crate) static COUNTERS: PerCpuArray<Matrix> = PerCpuArray::with_max_entries(Stage::COUNT, 0);

/// What went wrong while a frame was kept.
#[map]
pub(crate) static FAULTS: PerCpuArray<u64> = PerCpuArray::with_max_entries(Fault::COUNT, 0);

/// How many frames or bytes of each flow were kept. User space makes room for flows when they are limited.
#[map]
pub(crate) static FLOWS: LruHashMap<Flow, u64> = LruHashMap::with_max_entries(1, 0);

/// What the flow limit has to tell beside frames.
#[map]
pub(crate) static FLOW_EVENTS: PerCpuArray<u64> = PerCpuArray::with_max_entries(FlowEvent::COUNT, 0);

/// The time up to which the rate limit is used up, in nanoseconds of the kernel's clock. One for all processors.
#[map]
pub(crate) static RATE: Array<u64> = Array::with_max_entries(1, 0);

/// Below which random numbers frames are sampled where user space adjusts that, 0 for all.
#[map]
pub(crate) static ADJUSTED_SAMPLE: Array<u64> = Array::with_max_entries(1, 0);

/// How often the filter slot was set, and how much of that has been logged.
#[map]
pub(crate) static GENERATIONS: Array<u32> = Array::with_max_entries(2, 0);

/// The verdicts on first fragments.
#[map]
pub(crate) static VERDICTS: LruHashMap<FragmentKey, u32> = LruHashMap::with_max_entries(MAX_VERDICTS, 0);

/// What became of fragments.
#[map]
pub(crate) static FRAGMENT_COUNTS: PerCpuArray<u64> = PerCpuArray::with_max_entries(FragmentCount::COUNT, 0);

/// The frames of flows. User space makes room in this table and in the next two when a capture only counts.
#[map]
pub(crate) static TALLY_FLOWS: LruHashMap<Flow, Traffic> = LruHashMap::with_max_entries(1, 0);

/// The frames of hosts.
#[map]
pub(crate) static TALLY_HOSTS: LruPerCpuHashMap<Host, Traffic> = LruPerCpuHashMap::with_max_entries(1, 0);

/// The frames of ports.
#[map]
pub(crate) static TALLY_PORTS: LruPerCpuHashMap<Port, Traffic> = LruPerCpuHashMap::with_max_entries(1, 0);

/// What these tables have to tell beside frames.
#[map]
pub(crate) static TALLY_EVENTS: PerCpuArray<u64> = PerCpuArray::with_max_entries(Table::EVENTS, 0);
