//! Fragments whose verdict is that of the first one. Knows no frame.

use std::ops::Add;

use aya::maps::{Map, MapData, PerCpuArray};
use sniffer_common::layers::{FragmentKey, MAX_VERDICTS};
use sniffer_common::{FragmentCount, names};

use super::Error;
use super::lru_table::LruTable;

/// The verdicts on first fragments, and what the kernel side counts of fragments.
pub struct Fragments {
    verdicts: LruTable<[u64; FragmentKey::WORDS], u32>,
    counts: PerCpuArray<MapData, u64>,
}

/// What became of fragments since the kernel side was loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FragmentCounts {
    /// First fragments.
    pub first: u64,
    /// Later ones that got the verdict of the first.
    pub followed: u64,
    /// Later ones whose first was not seen, or was forgotten.
    pub orphaned: u64,
    /// First ones whose verdict the kernel did not take.
    pub unremembered: u64,
    /// How many verdicts were forgotten to make room for others.
    pub evicted: u64,
}

impl Add for FragmentCounts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            first: self.first.wrapping_add(other.first),
            followed: self.followed.wrapping_add(other.followed),
            orphaned: self.orphaned.wrapping_add(other.orphaned),
            unremembered: self.unremembered.wrapping_add(other.unremembered),
            evicted: self.evicted.wrapping_add(other.evicted),
        }
    }
}

impl Fragments {
    /// The maps that `load` gives away: that of the verdicts and that of the counters.
    ///
    /// # Errors
    /// When a map is not of the expected type and size.
    pub fn new(verdicts: Map, counts: Map) -> Result<Self, Error> {
        Ok(Self {
            verdicts: LruTable::new(verdicts, names::VERDICTS, MAX_VERDICTS)?,
            counts: PerCpuArray::try_from(counts).map_err(Error::of(names::FRAGMENT_COUNTS))?,
        })
    }

    /// The counters as they are now, summed over all processors. While frames come in the number of evictions is not exact.
    ///
    /// # Errors
    /// When the kernel refuses to read the map.
    pub fn read(&self) -> Result<FragmentCounts, Error> {
        Ok(FragmentCounts {
            first: self.sum(FragmentCount::First)?,
            followed: self.sum(FragmentCount::Followed)?,
            orphaned: self.sum(FragmentCount::Orphaned)?,
            unremembered: self.sum(FragmentCount::Unremembered)?,
            evicted: self.verdicts.evicted(self.sum(FragmentCount::Entered)?)?,
        })
    }

    fn sum(&self, count: FragmentCount) -> Result<u64, Error> {
        let values = self.counts.get(&(count as u32), 0).map_err(Error::of(names::FRAGMENT_COUNTS))?;
        Ok(values.iter().sum())
    }
}
