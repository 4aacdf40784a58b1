//! All names that lines are printed with, behind the printer's trait. Knows no file and no resolver.

use std::cell::RefCell;
use std::net::IpAddr;
use std::sync::Arc;

use sniffer::print::{Names, PortProtocol};

use super::cache::Cache;
use super::hosts::{Hosts, Name};
use super::interfaces::InterfaceNames;
use super::tables::Tables;

/// How many names of each kind a printer remembers by itself, so that it need not ask what it shares with others.
const REMEMBERED: usize = 4096;

/// Where all names come from, for any number of printers.
#[derive(Clone)]
pub(crate) struct NameSources {
    pub(crate) interfaces: InterfaceNames,
    /// What becomes a name without `-n`.
    pub(crate) of_numbers: Option<NumberNames>,
}

/// The names of hosts, and those of the system's files.
#[derive(Clone)]
pub(crate) struct NumberNames {
    hosts: Hosts,
    tables: Arc<Tables>,
}

impl NumberNames {
    /// These names of hosts, and the files as they are now.
    pub(crate) fn new(hosts: Hosts) -> Self {
        Self { hosts, tables: Arc::new(Tables::read()) }
    }
}

/// Names for the lines of one printer.
pub(crate) struct PrintedNames {
    sources: NameSources,
    hosts: RefCell<Cache<IpAddr, Name>>,
    interfaces: RefCell<Cache<u32, Name>>,
}

impl PrintedNames {
    pub(crate) fn new(sources: NameSources) -> Self {
        let (hosts, interfaces) =
            (RefCell::new(Cache::new(REMEMBERED)), RefCell::new(Cache::new(REMEMBERED)));
        Self { sources, hosts, interfaces }
    }

    fn table(&self) -> Option<&Tables> {
        self.sources.of_numbers.as_ref().map(|names| &*names.tables)
    }
}

impl Names for PrintedNames {
    fn is_numeric(&self) -> bool {
        self.sources.of_numbers.is_none()
    }

    fn host(&self, address: IpAddr, out: &mut Vec<u8>) -> bool {
        let Some(NumberNames { hosts, .. }) = &self.sources.of_numbers else { return false };
        let mut remembered = self.hosts.borrow_mut();
        if remembered.get(address).is_none() {
            let Some(name) = hosts.name(address) else { return false };
            remembered.insert(address, name);
        }
        append(remembered.get(address).and_then(|name| name.as_deref()), out)
    }

    fn port(&self, protocol: PortProtocol, port: u16, out: &mut Vec<u8>) -> bool {
        append(self.table().and_then(|tables| tables.port(protocol, port)), out)
    }

    fn protocol(&self, number: u8, out: &mut Vec<u8>) -> bool {
        append(self.table().and_then(|tables| tables.protocol(number)), out)
    }

    fn ether(&self, address: [u8; 6], out: &mut Vec<u8>) -> bool {
        append(self.table().and_then(|tables| tables.ether(address)), out)
    }

    fn interface(&self, index: u32, out: &mut Vec<u8>) -> bool {
        let mut remembered = self.interfaces.borrow_mut();
        if remembered.get(index).is_none() {
            remembered.insert(index, self.sources.interfaces.get(index).map(Into::into));
        }
        append(remembered.get(index).and_then(|name| name.as_deref()), out)
    }
}

/// Appends the name, if there is one.
fn append(name: Option<&str>, out: &mut Vec<u8>) -> bool {
    out.extend_from_slice(name.unwrap_or_default().as_bytes());
    name.is_some()
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use allocation_counter::measure;

    use super::*;
    use crate::cli::input::Stop;
    use crate::cli::names::{HostOptions, SavedNames, Waiting};

    /// What was asked for before is there without the heap.
    #[test]
    fn names_that_are_known_cost_no_allocation() {
        let (_stop, stopped) = Stop::new().unwrap();
        let resolver = Arc::new(|address: IpAddr| Some(format!("{address}.example")));
        let hosts = Hosts::by(resolver, HostOptions::default(), Waiting::Yes(stopped)).unwrap();
        let sources = NameSources {
            interfaces: InterfaceNames::Saved(SavedNames::default()),
            of_numbers: Some(NumberNames::new(hosts)),
        };
        let (names, mut out) = (PrintedNames::new(sources), Vec::with_capacity(1 << 20));
        let mut ask = || {
            out.clear();
            for number in 0..1000_u16 {
                assert!(names.host(Ipv4Addr::from_bits(number.into()).into(), &mut out));
                names.port(PortProtocol::Tcp, number, &mut out);
                names.protocol(number as u8, &mut out);
                names.ether([0, 0, 0, 0, 0, number as u8], &mut out);
                assert!(!names.interface(number.into(), &mut out));
            }
        };
        ask();
        assert_eq!(measure(ask).count_total, 0);
    }
}
