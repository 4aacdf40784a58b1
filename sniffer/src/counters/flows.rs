//! The table of flows: how many there were, and how many it had to forget. Knows no frame.

use std::ops::Add;

use aya::maps::{Map, MapData, PerCpuArray};
use sniffer_common::{Flow, FlowEvent, names};

use super::Error;
use super::lru_table::LruTable;

/// The table of the flow limit.
pub struct FlowTable {
    flows: LruTable<[u64; Flow::WORDS], u64>,
    events: PerCpuArray<MapData, u64>,
}

/// What the flow limit has to tell beside the frames that it left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlowCounts {
    /// How often a flow was entered into the table; one that was evicted and comes again counts again.
    pub entered: u64,
    /// How many of these the table has forgotten to make room for others. Each may have had its share again.
    pub evicted: u64,
    /// TCP segments with SYN, FIN or RST that were kept although their flow was over the limit.
    pub kept_over_limit: u64,
}

impl Add for FlowCounts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            entered: self.entered.wrapping_add(other.entered),
            evicted: self.evicted.wrapping_add(other.evicted),
            kept_over_limit: self.kept_over_limit.wrapping_add(other.kept_over_limit),
        }
    }
}

impl FlowTable {
    /// A table in the maps that `load` gives away: that of the flows, which has room for `size`, and that of their events.
    ///
    /// # Errors
    /// When a map is not of the expected type and size.
    pub fn new(flows: Map, events: Map, size: u32) -> Result<Self, Error> {
        Ok(Self {
            flows: LruTable::new(flows, names::FLOWS, size)?,
            events: PerCpuArray::try_from(events).map_err(Error::of(names::FLOW_EVENTS))?,
        })
    }

    /// The counts as they are now. Goes through the whole table; while frames come in the number of evictions is not exact.
    ///
    /// # Errors
    /// When the kernel refuses to read a map.
    pub fn read(&self) -> Result<FlowCounts, Error> {
        let entered = self.events(FlowEvent::Entered)?;
        let evicted = self.flows.evicted(entered)?;
        Ok(FlowCounts { entered, evicted, kept_over_limit: self.events(FlowEvent::KeptOverLimit)? })
    }

    fn events(&self, event: FlowEvent) -> Result<u64, Error> {
        let values = self.events.get(&(event as u32), 0).map_err(Error::of(names::FLOW_EVENTS))?;
        Ok(values.iter().sum())
    }
}
