//! Names of interfaces, for the lines of cooked frames and for pcapng. Knows no other name.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sniffer::capture::{self, Interface, InterfaceLookup};
use sniffer::pcap::{self, MAX_INTERFACES};

/// Names of interfaces, for the lines of cooked frames and for pcapng.
#[derive(Clone)]
pub(crate) enum InterfaceNames {
    /// Of this host, as far as they have been asked for; `None` for one that has none.
    Live(Arc<InterfaceLookup>, Arc<Mutex<HashMap<u32, Option<String>>>>),
    /// Of savefiles.
    Saved(SavedNames),
}

impl InterfaceNames {
    /// The names of the interfaces of the calling thread's network namespace. Those that are there are asked for now, since
    /// they may be gone when their frames are read.
    pub(crate) fn live() -> Result<Self, capture::Error> {
        let known = Interface::list()?.into_iter().map(|interface| (interface.index, Some(interface.name)));
        Ok(Self::Live(Arc::new(InterfaceLookup::new()?), Arc::new(Mutex::new(known.collect()))))
    }

    pub(crate) fn get(&self, index: u32) -> Option<String> {
        match self {
            Self::Live(lookup, known) => {
                known.lock().ok()?.entry(index).or_insert_with(|| lookup.name(index)).clone()
            }
            Self::Saved(names) => names.get(index),
        }
    }

    /// The speed of the interface of that name in megabits a second, where it is known.
    pub(crate) fn speed(&self, name: &str) -> Option<u32> {
        match self {
            Self::Live(lookup, _) => lookup.speed(name),
            Self::Saved(_) => None,
        }
    }
}

/// The names of the interfaces of several savefiles, each of which counts its own from 0.
#[derive(Clone, Default)]
pub(crate) struct SavedNames(Arc<Mutex<Vec<pcap::InterfaceNames>>>);

impl SavedNames {
    /// Adds a file; its interfaces are numbered from the result on.
    pub(crate) fn add(&self, names: pcap::InterfaceNames) -> u32 {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = (files.len() as u32).wrapping_mul(MAX_INTERFACES);
        files.push(names);
        first
    }

    fn get(&self, index: u32) -> Option<String> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.get((index / MAX_INTERFACES) as usize)?.get(index % MAX_INTERFACES)
    }
}
