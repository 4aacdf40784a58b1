//! A table of the kernel side that forgets the entry which was not met for longest to make room for another one. Knows no
//! frame.

use aya::Pod;
use aya::maps::{HashMap, Map, MapData};

use super::Error;

/// Such a table.
pub(super) struct LruTable<K, V> {
    map: HashMap<MapData, K, V>,
    name: &'static str,
    /// How many entries it was to have room for; it may have some more.
    size: usize,
}

impl<K: Pod, V: Pod> LruTable<K, V> {
    /// The table in that map.
    pub(super) fn new(map: Map, name: &'static str, size: u32) -> Result<Self, Error> {
        Ok(Self { map: HashMap::try_from(map).map_err(Error::of(name))?, name, size: size as usize })
    }

    /// How many of the entries that were made have been forgotten: nothing else takes one out, so that they are those which
    /// are not there. Goes through the whole table; while frames come in the number is not exact.
    pub(super) fn evicted(&self, entered: u64) -> Result<u64, Error> {
        // A key that is evicted just now lets the kernel begin anew: there must be an end.
        let mut present = 0;
        for key in self.map.keys().take(2 * self.size) {
            key.map_err(Error::of(self.name))?;
            present += 1;
        }
        Ok(entered.saturating_sub(present))
    }
}
