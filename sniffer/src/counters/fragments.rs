//! Fragments whose verdict is that of the first one. Knows no frame.

use std::ops::Add;

use aya::maps::{Map, MapData, PerCpuArray};
use sniffer_common::{FragmentCount, names};

use super::Error;

/// The map in which the kernel side counts fragments.
pub struct Fragments(PerCpuArray<MapData, u64>);

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
}

impl Add for FragmentCounts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            first: self.first.wrapping_add(other.first),
            followed: self.followed.wrapping_add(other.followed),
            orphaned: self.orphaned.wrapping_add(other.orphaned),
            unremembered: self.unremembered.wrapping_add(other.unremembered),
        }
    }
}

impl Fragments {
    /// Counters in the map that `load` gives away.
    ///
    /// # Errors
    /// When the map is not of the expected type and size.
    pub fn new(map: Map) -> Result<Self, Error> {
        Ok(Self(PerCpuArray::try_from(map).map_err(Error::of(names::FRAGMENT_COUNTS))?))
    }

    /// The counters as they are now, summed over all processors.
    ///
    /// # Errors
    /// When the kernel refuses to read the map.
    pub fn read(&self) -> Result<FragmentCounts, Error> {
        Ok(FragmentCounts {
            first: self.sum(FragmentCount::First)?,
            followed: self.sum(FragmentCount::Followed)?,
            orphaned: self.sum(FragmentCount::Orphaned)?,
            unremembered: self.sum(FragmentCount::Unremembered)?,
        })
    }

    fn sum(&self, count: FragmentCount) -> Result<u64, Error> {
        let values = self.0.get(&(count as u32), 0).map_err(Error::of(names::FRAGMENT_COUNTS))?;
        Ok(values.iter().sum())
    }
}
