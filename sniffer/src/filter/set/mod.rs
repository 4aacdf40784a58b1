//! Sets of addresses and ports: what a membership test of a condition asks, and the forms in which the kernel can be
//! given them. Must not know packets, files, nor how tests are emitted.

mod entries;
mod ranges;
pub(crate) mod table;

#[cfg(test)]
mod tests;

pub use entries::{Entries, EntryError, SetKind};
pub(crate) use ranges::Ranges;

use std::net::{Ipv4Addr, Ipv6Addr};

/// The elements that a packet's field is looked up among.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// The name of a set that the user gave one. Its elements may change while a capture runs.
    pub(crate) name: Option<String>,
    pub(crate) elements: Elements,
}

/// The kind of field that a set has elements for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// IPv4 addresses.
    Ip,
    /// IPv6 addresses.
    Ip6,
    /// Ethernet addresses.
    Ether,
    /// Ports.
    Port,
}

/// Elements by the kind of field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Elements {
    /// IPv4 addresses.
    Ip(Ranges<u32>),
    /// IPv6 addresses.
    Ip6(Ranges<u128>),
    /// Ethernet addresses, in the lower 48 bits.
    Mac(Ranges<u64>),
    /// Ports.
    Port(Ranges<u32>),
}

impl Set {
    /// What the entries cover of a kind of field.
    pub fn new(name: Option<String>, entries: &Entries, field: Field) -> Self {
        let elements = match field {
            Field::Ip => entries.ip(),
            Field::Ip6 => entries.ip6(),
            Field::Ether => entries.macs(),
            Field::Port => entries.ports(),
        };
        Self { name, elements }
    }

    /// How many ranges the elements form.
    pub(crate) fn range_count(&self) -> usize {
        match &self.elements {
            Elements::Ip(ranges) | Elements::Port(ranges) => ranges.as_slice().len(),
            Elements::Ip6(ranges) => ranges.as_slice().len(),
            Elements::Mac(ranges) => ranges.as_slice().len(),
        }
    }

    /// The ranges of keys, each as the number that its words make.
    pub(crate) fn ranges(&self) -> Vec<(u128, u128)> {
        fn wide<T: Copy + Into<u128>>(ranges: &[(T, T)]) -> Vec<(u128, u128)> {
            ranges.iter().map(|(low, high)| ((*low).into(), (*high).into())).collect()
        }
        match &self.elements {
            Elements::Ip(ranges) | Elements::Port(ranges) => wide(ranges.as_slice()),
            Elements::Mac(ranges) => wide(ranges.as_slice()),
            Elements::Ip6(ranges) => wide(ranges.as_slice()),
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.range_count() == 0
    }

    /// Whether the key is among the elements; its words come as they do in a packet, the first one first. An Ethernet
    /// address has its first two bytes in the first word.
    pub(crate) fn contains(&self, key: &[u32]) -> bool {
        let number = key.iter().fold(0_u128, |number, word| number << u32::BITS | u128::from(*word));
        match &self.elements {
            Elements::Ip(ranges) | Elements::Port(ranges) => ranges.contains(number as u32),
            Elements::Mac(ranges) => ranges.contains(number as u64),
            Elements::Ip6(ranges) => ranges.contains(number),
        }
    }

    /// The first few ranges as text, and how many ranges there are.
    pub(crate) fn summary(&self, most: usize) -> (Vec<String>, usize) {
        let texts = match &self.elements {
            Elements::Ip(ranges) => texts(ranges, most, |address| Ipv4Addr::from(address).to_string()),
            Elements::Ip6(ranges) => texts(ranges, most, |address| Ipv6Addr::from(address).to_string()),
            Elements::Mac(ranges) => texts(ranges, most, mac_text),
            Elements::Port(ranges) => texts(ranges, most, |port| port.to_string()),
        };
        (texts, self.range_count())
    }
}

fn texts<T: ranges::Number>(ranges: &Ranges<T>, most: usize, text: impl Fn(T) -> String) -> Vec<String> {
    let range = |(low, high): &(T, T)| {
        if low == high { text(*low) } else { format!("{}-{}", text(*low), text(*high)) }
    };
    ranges.as_slice().iter().take(most).map(range).collect()
}

/// An Ethernet address with colons.
pub(crate) fn mac_text(address: u64) -> String {
    let [_, _, bytes @ ..] = address.to_be_bytes();
    bytes.map(|byte| format!("{byte:02x}")).join(":")
}
