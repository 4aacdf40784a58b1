//! What a user writes as elements of a set, one by one: in braces, in a file, or as words of a command. Entries are kept
//! as they were given, nested or not, so that taking one away leaves the others. Must not know where the text came from.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use thiserror::Error;

use super::{Elements, Ranges, mac_text};
use crate::filter::error::ErrorKind;
use crate::filter::parser::{is_number, parse_number};
use crate::filter::{Resolve, Service};

/// What the entries of a set are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetKind {
    /// Addresses and networks of IPv4 and IPv6, and names of hosts.
    Address,
    /// Ports, ranges of ports, and names of services.
    Port,
    /// Ethernet addresses, and names in `/etc/ethers`.
    Ether,
}

/// The entries of a set, sorted and without duplicates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries {
    kind: SetKind,
    ip: Vec<(u32, u32)>,
    ip6: Vec<(u128, u128)>,
    /// Ports or Ethernet addresses.
    numbers: Vec<(u64, u64)>,
}

/// An entry of a text that is none, and its place.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{line}:{column}: {kind}")]
pub struct EntryError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong with it.
    pub kind: ErrorKind,
}

/// One entry as ranges; a name may stand for several.
#[derive(Default)]
struct Found {
    ip: Vec<(u32, u32)>,
    ip6: Vec<(u128, u128)>,
    numbers: Vec<(u64, u64)>,
}

impl Entries {
    /// No entries.
    pub fn new(kind: SetKind) -> Self {
        Self { kind, ip: Vec::new(), ip6: Vec::new(), numbers: Vec::new() }
    }

    /// The entries of a text, one a line. `#` begins a comment; blank lines are none.
    ///
    /// # Errors
    /// The first entry that is none.
    pub fn parse(text: &str, kind: SetKind, names: &dyn Resolve) -> Result<Self, EntryError> {
        let mut found = Found::default();
        for (number, line) in text.lines().enumerate() {
            let entry = line.split('#').next().unwrap_or_default();
            let word = entry.trim();
            if !word.is_empty() {
                found.add(word, kind, names).map_err(|kind| EntryError {
                    line: number + 1,
                    column: entry.chars().take_while(|character| character.is_whitespace()).count() + 1,
                    kind,
                })?;
            }
        }
        let mut entries = Self { kind, ip: found.ip, ip6: found.ip6, numbers: found.numbers };
        settle(&mut entries.ip);
        settle(&mut entries.ip6);
        settle(&mut entries.numbers);
        Ok(entries)
    }

    /// Adds an entry; false when it was there.
    ///
    /// # Errors
    /// When the text is no entry of a set of this kind.
    pub fn insert(&mut self, entry: &str, names: &dyn Resolve) -> Result<bool, ErrorKind> {
        let mut found = Found::default();
        found.add(entry, self.kind, names)?;
        let ip = insert_all(&mut self.ip, &found.ip);
        let ip6 = insert_all(&mut self.ip6, &found.ip6);
        Ok(insert_all(&mut self.numbers, &found.numbers) | ip | ip6)
    }

    /// Takes an entry away; false when it was not there.
    ///
    /// # Errors
    /// When the text is no entry of a set of this kind.
    pub fn remove(&mut self, entry: &str, names: &dyn Resolve) -> Result<bool, ErrorKind> {
        let mut found = Found::default();
        found.add(entry, self.kind, names)?;
        let ip = remove_all(&mut self.ip, &found.ip);
        let ip6 = remove_all(&mut self.ip6, &found.ip6);
        Ok(remove_all(&mut self.numbers, &found.numbers) | ip | ip6)
    }

    /// What the entries are.
    pub fn kind(&self) -> SetKind {
        self.kind
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ip.len() + self.ip6.len() + self.numbers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries as they would be written, sorted.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        let ip = self.ip.iter().map(|&(low, high)| {
            let bits = (low ^ high).count_ones();
            prefix_text(Ipv4Addr::from(low), u32::BITS - bits, u32::BITS)
        });
        let ip6 = self.ip6.iter().map(|&(low, high)| {
            let bits = (low ^ high).count_ones();
            prefix_text(Ipv6Addr::from(low), u128::BITS - bits, u128::BITS)
        });
        let kind = self.kind;
        let number = move |number: u64| match kind {
            SetKind::Ether => mac_text(number),
            _ => number.to_string(),
        };
        let numbers = self.numbers.iter().map(move |&(low, high)| {
            if low == high { number(low) } else { format!("{}-{}", number(low), number(high)) }
        });
        ip.chain(ip6).chain(numbers)
    }

    /// The IPv4 addresses that they cover.
    pub(super) fn ip(&self) -> Elements {
        Elements::Ip(Ranges::new(self.ip.clone()))
    }

    /// The IPv6 addresses that they cover.
    pub(super) fn ip6(&self) -> Elements {
        Elements::Ip6(Ranges::new(self.ip6.clone()))
    }

    /// The ports that they cover.
    pub(super) fn ports(&self) -> Elements {
        let narrow = |(low, high): &(u64, u64)| (*low as u32, *high as u32);
        Elements::Port(Ranges::new(self.numbers.iter().map(narrow).collect()))
    }

    /// The Ethernet addresses that they cover.
    pub(super) fn macs(&self) -> Elements {
        Elements::Mac(Ranges::new(self.numbers.clone()))
    }
}

impl Found {
    fn add(&mut self, text: &str, kind: SetKind, names: &dyn Resolve) -> Result<(), ErrorKind> {
        match kind {
            SetKind::Address => self.add_address(text, names)?,
            SetKind::Port => self.numbers.push(ports(text, names)?),
            SetKind::Ether => self.numbers.push(ether(text, names)?),
        }
        Ok(())
    }

    /// `address`, `address/length` or `name`. Two or three numbers with dots are a network, as with `net`.
    fn add_address(&mut self, text: &str, names: &dyn Resolve) -> Result<(), ErrorKind> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        if address.contains(':') {
            let bits =
                u128::from(address.parse::<Ipv6Addr>().map_err(|_| ErrorKind::Ipv6(address.to_owned()))?);
            let length = prefix_length(length, u128::BITS, u128::BITS)?;
            let host = u128::MAX.checked_shr(length).unwrap_or(0);
            self.ip6.push((without_host_bits(bits & host == 0, bits, text)?, bits | host));
        } else if address.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && address.contains('.') {
            let (bits, parts) = dotted(address).ok_or_else(|| ErrorKind::Ipv4(address.to_owned()))?;
            let length = prefix_length(length, parts * u8::BITS, u32::BITS)?;
            let host = u32::MAX.checked_shr(length).unwrap_or(0);
            self.ip.push((without_host_bits(bits & host == 0, bits, text)?, bits | host));
        } else {
            self.add_host(text, names)?;
        }
        Ok(())
    }

    fn add_host(&mut self, name: &str, names: &dyn Resolve) -> Result<(), ErrorKind> {
        let addresses = if is_number(name) || name.contains('/') { Vec::new() } else { names.host(name) };
        if addresses.is_empty() {
            return Err(ErrorKind::UnknownName { what: "host", name: name.to_owned() });
        }
        for address in addresses {
            match address {
                IpAddr::V4(address) => self.ip.push((address.into(), address.into())),
                IpAddr::V6(address) => self.ip6.push((address.into(), address.into())),
            }
        }
        Ok(())
    }
}

fn prefix_length(text: Option<&str>, default: u32, max: u32) -> Result<u32, ErrorKind> {
    let Some(text) = text else { return Ok(default) };
    let value = if is_number(text) {
        parse_number(text)?
    } else {
        return Err(ErrorKind::PrefixLength(text.to_owned()));
    };
    if value > max { Err(ErrorKind::TooLarge { what: "netmask length", value, max }) } else { Ok(value) }
}

fn without_host_bits<T>(clear: bool, bits: T, text: &str) -> Result<T, ErrorKind> {
    if clear { Ok(bits) } else { Err(ErrorKind::HostBits(text.to_owned())) }
}

/// Two to four decimal numbers with dots between, left-justified, and how many there are.
fn dotted(text: &str) -> Option<(u32, u32)> {
    let (mut address, mut parts) = (0, 0);
    for part in text.split('.') {
        let byte: u8 = part.parse().ok()?;
        address = address << u8::BITS | u32::from(byte);
        parts += 1;
    }
    (parts <= 4).then(|| (address << (u32::BITS - parts * u8::BITS), parts))
}

/// `port`, `first-last` in either order, or the name of a service, which may have hyphens.
fn ports(text: &str, names: &dyn Resolve) -> Result<(u64, u64), ErrorKind> {
    let unknown = || ErrorKind::UnknownName { what: "port", name: text.to_owned() };
    if let Some((first, last)) = text.split_once('-')
        && is_number(first.trim_end())
        && is_number(last.trim_start())
    {
        let (first, last) = (port(first.trim_end())?, port(last.trim_start())?);
        return Ok((first.min(last), first.max(last)));
    }
    let number =
        if is_number(text) { port(text)? } else { service(names.service(text)).ok_or_else(unknown)? };
    Ok((number, number))
}

fn port(text: &str) -> Result<u64, ErrorKind> {
    let (value, max) = (parse_number(text)?, u32::from(u16::MAX));
    if value > max { Err(ErrorKind::TooLarge { what: "port number", value, max }) } else { Ok(value.into()) }
}

/// A set has no transport, so that TCP's port stands for a service that has two.
fn service(service: Service) -> Option<u64> {
    service.tcp.or(service.udp).map(u64::from)
}

/// Six bytes with colons or hyphens between, or a name.
fn ether(text: &str, names: &dyn Resolve) -> Result<(u64, u64), ErrorKind> {
    let bytes = if text.split([':', '-']).count() == 6 && !text.contains('.') {
        let mut bytes = [0; 6];
        for (byte, digits) in bytes.iter_mut().zip(text.split([':', '-'])) {
            let is_byte = (1..=2).contains(&digits.len());
            let value = u8::from_str_radix(digits, 16).ok().filter(|_| is_byte);
            *byte = value.ok_or_else(|| ErrorKind::Mac(text.to_owned()))?;
        }
        bytes
    } else {
        let unknown = || ErrorKind::UnknownName { what: "Ethernet host", name: text.to_owned() };
        names.ether(text).ok_or_else(unknown)?
    };
    let number = bytes.iter().fold(0, |number, byte| number << u8::BITS | u64::from(*byte));
    Ok((number, number))
}

fn prefix_text(address: impl std::fmt::Display, length: u32, full: u32) -> String {
    if length == full { address.to_string() } else { format!("{address}/{length}") }
}

fn settle<T: Ord>(entries: &mut Vec<T>) {
    if !entries.is_sorted() {
        entries.sort_unstable();
    }
    entries.dedup();
}

/// Whether any was new.
fn insert_all<T: Ord + Copy>(entries: &mut Vec<T>, new: &[T]) -> bool {
    let before = entries.len();
    for entry in new {
        if let Err(place) = entries.binary_search(entry) {
            entries.insert(place, *entry);
        }
    }
    entries.len() > before
}

/// Whether any was there.
fn remove_all<T: Ord + Copy>(entries: &mut Vec<T>, old: &[T]) -> bool {
    let before = entries.len();
    for entry in old {
        if let Ok(place) = entries.binary_search(entry) {
            entries.remove(place);
        }
    }
    entries.len() < before
}
