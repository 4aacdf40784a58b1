//! The tally of a capture that only counts: the tables of flows, hosts and ports, read whole. Knows no frame and no rate.

use std::io;

use aya::maps::{Map, MapData, MapError, PerCpuArray};
use sniffer_common::{Flow, Host, Port, Table, TableEvent, Traffic, names};

use super::Error;
use super::cost::{self, CostError};
use crate::sys::map_batch;

/// The tables, and room to read them.
pub struct Tally {
    flows: Entries,
    hosts: Entries,
    ports: Entries,
    events: Events,
}

/// What was counted since the tables were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallies {
    /// By flow.
    pub flows: Counted<Flow>,
    /// By host.
    pub hosts: Counted<Host>,
    /// By port.
    pub ports: Counted<Port>,
}

/// What is in a table, in no order, and what is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted<K> {
    /// Keys and their traffic since they were entered.
    pub entries: Vec<(K, Traffic)>,
    /// How many keys the table has forgotten to make room for others, with their traffic.
    pub evicted: u64,
    /// Frames of keys that found no place.
    pub missed: u64,
}

impl<K> Default for Counted<K> {
    fn default() -> Self {
        Self { entries: Vec::new(), evicted: 0, missed: 0 }
    }
}

impl Tallies {
    /// Adds what other tables have counted. A key may be in both.
    pub fn add(&mut self, other: Self) {
        self.flows.add(other.flows);
        self.hosts.add(other.hosts);
        self.ports.add(other.ports);
    }
}

impl<K: Copy + Ord> Counted<K> {
    fn add(&mut self, other: Self) {
        self.evicted += other.evicted;
        self.missed += other.missed;
        self.entries.extend(other.entries);
        self.entries.sort_unstable_by_key(|(key, _)| *key);
        self.entries.dedup_by(|(key, traffic), (earlier, sum)| {
            let is_same = key == earlier;
            if is_same {
                *sum += *traffic;
            }
            is_same
        });
    }
}

impl Tally {
    /// The tally in the maps that `load` gives away.
    ///
    /// # Errors
    /// When a map is not of the expected kind, or when the kernel does not tell its sizes.
    pub fn new([flows, hosts, ports, events]: [Map; 4]) -> Result<Self, Error> {
        Ok(Self {
            flows: Entries::new((Table::Flows, names::TALLY_FLOWS), flows)?,
            hosts: Entries::new((Table::Hosts, names::TALLY_HOSTS), hosts)?,
            ports: Entries::new((Table::Ports, names::TALLY_PORTS), ports)?,
            events: Events(PerCpuArray::try_from(events).map_err(Error::of(names::TALLY_EVENTS))?),
        })
    }

    /// Reads all tables in the place of what `tallies` held. While frames come in, sums of different tables are not of the
    /// same moment, and the number of evictions is not exact.
    ///
    /// # Errors
    /// When the kernel refuses to read a map.
    pub fn read(&mut self, tallies: &mut Tallies) -> Result<(), Error> {
        self.flows.read(&self.events, &mut tallies.flows, Flow::from_words)?;
        self.hosts.read(&self.events, &mut tallies.hosts, Host::from_words)?;
        self.ports.read(&self.events, &mut tallies.ports, Port::from_words)
    }

    /// Bytes of the kernel's memory that the tables take.
    ///
    /// # Errors
    /// When `/proc` does not tell.
    pub fn memory(&self) -> Result<u64, CostError> {
        let maps = [&self.flows, &self.hosts, &self.ports];
        maps.into_iter().map(|entries| cost::map_memory(entries.map.fd())).sum()
    }
}

/// What the tables have to tell beside what is in them.
struct Events(PerCpuArray<MapData, u64>);

impl Events {
    fn get(&self, table: Table, event: TableEvent) -> Result<u64, Error> {
        let values = self.0.get(&table.event(event), 0).map_err(Error::of(names::TALLY_EVENTS))?;
        Ok(values.iter().sum())
    }
}

/// How many entries are read at once at first. A bucket of the kernel's tables seldom has more than a handful.
const BATCH: usize = 4096;

/// A table as the kernel gives it out: keys and values as words, those of all processors beside each other.
struct Entries {
    table: Table,
    name: &'static str,
    map: map_batch::Table,
    keys: Vec<u64>,
    values: Vec<u64>,
}

impl Entries {
    fn new((table, name): (Table, &'static str), map: Map) -> Result<Self, Error> {
        let (Map::LruHashMap(map) | Map::PerCpuLruHashMap(map)) = map else {
            return Err(Error::of(name)(MapError::IoError(io::ErrorKind::InvalidInput.into())));
        };
        let map = map_batch::Table::new(map).map_err(|error| Error::of(name)(MapError::IoError(error)))?;
        let mut entries = Self { table, name, map, keys: Vec::new(), values: Vec::new() };
        entries.make_room(BATCH);
        Ok(entries)
    }

    fn make_room(&mut self, entries: usize) {
        self.keys.resize(entries * self.map.key(), 0);
        self.values.resize(entries * self.map.value(), 0);
    }

    /// Reads all of it. Nothing but an eviction takes a key out of a table, so that the evicted ones are what is not there of
    /// all that were entered; these are counted first, or a key that is entered meanwhile would be taken for an evicted one.
    fn read<K, const N: usize>(
        &mut self,
        events: &Events,
        counted: &mut Counted<K>,
        key: impl Fn([u64; N]) -> K,
    ) -> Result<(), Error> {
        let entered = events.get(self.table, TableEvent::Entered)?;
        counted.missed = events.get(self.table, TableEvent::Missed)?;
        self.read_entries(&mut counted.entries, key)?;
        counted.evicted = entered.saturating_sub(counted.entries.len() as u64);
        Ok(())
    }

    fn read_entries<K, const N: usize>(
        &mut self,
        entries: &mut Vec<(K, Traffic)>,
        key: impl Fn([u64; N]) -> K,
    ) -> Result<(), Error> {
        entries.clear();
        let mut position = None;
        loop {
            match self.map.lookup(position, &mut self.keys, &mut self.values) {
                Ok(batch) => {
                    let keys = self.keys.as_chunks::<N>().0.iter().map(|words| key(*words));
                    let values = self.values.chunks_exact(self.map.value()).map(sum);
                    entries.extend(keys.zip(values).take(batch.count));
                    if batch.next.is_none() {
                        return Ok(());
                    }
                    position = batch.next;
                }
                Err(error) if error.kind() == io::ErrorKind::StorageFull => {
                    self.make_room(2 * self.keys.len() / self.map.key());
                }
                Err(error) => return Err(Error::of(self.name)(MapError::IoError(error))),
            }
        }
    }
}

/// The traffic that all processors have counted.
fn sum(values: &[u64]) -> Traffic {
    let (values, _) = values.as_chunks();
    values.iter().fold(Traffic::NONE, |sum, words| sum + Traffic::from_words(*words))
}

#[cfg(test)]
mod tests {
    use sniffer_common::Cell;

    use super::*;

    #[test]
    fn a_key_of_several_tables_is_one_with_the_sum() {
        let table = |ports: &[(u16, u64)], evicted| Counted {
            entries: ports
                .iter()
                .map(|&(port, frames)| {
                    let sent = Cell { frames, bytes: 100 * frames };
                    (Port::new(17, port), Traffic { sent, received: Cell::NONE })
                })
                .collect(),
            evicted,
            missed: 1,
        };
        let mut sum = Tallies { ports: table(&[(53, 1), (123, 2)], 3), ..Tallies::default() };
        sum.add(Tallies { ports: table(&[(443, 5), (53, 4)], 4), ..Tallies::default() });
        let expected = table(&[(53, 5), (123, 2), (443, 5)], 7);
        assert_eq!(sum.ports, Counted { missed: 2, ..expected });
    }
}
