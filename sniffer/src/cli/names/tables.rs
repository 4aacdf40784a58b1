//! Names that are in the system's text files, by their numbers. Knows no host.

use std::collections::HashMap;

use sniffer::print::PortProtocol;

use super::files::{ether_address, lines, read};
use super::protocols;

/// The names of `/etc/services`, `/etc/protocols` and `/etc/ethers`. Where a number has several, the first counts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tables {
    tcp: HashMap<u16, Box<str>, foldhash::fast::FixedState>,
    udp: HashMap<u16, Box<str>, foldhash::fast::FixedState>,
    protocols: HashMap<u8, Box<str>>,
    ethers: HashMap<[u8; 6], Box<str>>,
}

impl Tables {
    /// Those of this system.
    pub(super) fn read() -> Self {
        Self::new(&read("/etc/services"), &read("/etc/protocols"), &read("/etc/ethers"))
    }

    fn new(services: &str, protocols: &str, ethers: &str) -> Self {
        let mut tables = Self::default();
        for words in lines(services) {
            let [name, number, ..] = words[..] else { continue };
            let Some((port, protocol)) = number.split_once('/') else { continue };
            let table = match protocol {
                "tcp" => &mut tables.tcp,
                "udp" => &mut tables.udp,
                _ => continue,
            };
            if let Ok(port) = port.parse() {
                table.entry(port).or_insert_with(|| name.into());
            }
        }
        for words in lines(protocols) {
            let [name, number, ..] = words[..] else { continue };
            if let Ok(number) = number.parse() {
                tables.protocols.entry(number).or_insert_with(|| name.into());
            }
        }
        for words in lines(ethers) {
            let [address, name, ..] = words[..] else { continue };
            if let Some(address) = ether_address(address) {
                tables.ethers.entry(address).or_insert_with(|| name.into());
            }
        }
        tables.ethers.entry([0xff; 6]).or_insert_with(|| "Broadcast".into());
        tables
    }

    pub(super) fn port(&self, protocol: PortProtocol, port: u16) -> Option<&str> {
        let table = match protocol {
            PortProtocol::Tcp => &self.tcp,
            PortProtocol::Udp => &self.udp,
        };
        table.get(&port).map(AsRef::as_ref)
    }

    /// The name of an IP protocol: the system's file has some, the registry has the others.
    pub(super) fn protocol(&self, number: u8) -> Option<&str> {
        let named = self.protocols.get(&number).map(AsRef::as_ref);
        named.or_else(|| protocols::registered(number))
    }

    pub(super) fn ether(&self, address: [u8; 6]) -> Option<&str> {
        self.ethers.get(&address).map(AsRef::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_of_a_number_counts() {
        let tables = Tables::new(
            "http 80/tcp www # web\nother 80/tcp\nhttp3 80/udp\ndomain 53/udp\nstrange 1/sctp\nfar 70000/tcp\n",
            "ip 0 IP\nhopopt 0 HOPOPT\nbig 300 BIG\n",
            "02:00:00:00:00:01 router\n2:0:0:0:0:1 second\nnonsense\n",
        );
        assert_eq!(tables.port(PortProtocol::Tcp, 80), Some("http"));
        assert_eq!(tables.port(PortProtocol::Udp, 80), Some("http3"));
        assert_eq!(tables.port(PortProtocol::Tcp, 53), None);
        assert_eq!(tables.port(PortProtocol::Udp, 1), None);
        assert_eq!(
            [0, 89, 253, 252].map(|number| tables.protocol(number)),
            [Some("ip"), Some("ospf"), Some("exptest-253"), None]
        );
        assert_eq!(tables.ether([2, 0, 0, 0, 0, 1]), Some("router"));
        assert_eq!(tables.ether([0xff; 6]), Some("Broadcast"));
        assert_eq!(tables.ether([0; 6]), None);
    }
}
