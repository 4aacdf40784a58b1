//! Sets of random elements, and random keys to look up in them.

use std::net::{Ipv4Addr, Ipv6Addr};

use sniffer::filter::{Field, SetKind};

/// Numbers that look random and are the same in every run (Knuth, "MMIX").
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 ^ self.0 >> 32
    }
}

/// A kind of set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Elements {
    /// IPv4 addresses.
    Hosts,
    /// IPv4 prefixes of 24 to 32 bits.
    Prefixes,
    /// IPv6 prefixes of 48 and 64 bits, and addresses.
    Prefixes6,
    /// Ethernet addresses.
    Macs,
    /// Ports.
    Ports,
}

impl Elements {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Hosts => "IPv4 addresses",
            Self::Prefixes => "IPv4 prefixes /24 to /32",
            Self::Prefixes6 => "IPv6 prefixes /48, /64, /128",
            Self::Macs => "Ethernet addresses",
            Self::Ports => "ports",
        }
    }

    pub(super) fn kind(self) -> SetKind {
        match self {
            Self::Hosts | Self::Prefixes | Self::Prefixes6 => SetKind::Address,
            Self::Macs => SetKind::Ether,
            Self::Ports => SetKind::Port,
        }
    }

    pub(super) fn field(self) -> Field {
        match self {
            Self::Hosts | Self::Prefixes => Field::Ip,
            Self::Prefixes6 => Field::Ip6,
            Self::Macs => Field::Ether,
            Self::Ports => Field::Port,
        }
    }

    /// A test of packets by a set of that kind.
    pub(super) fn expression(self) -> &'static str {
        match self {
            Self::Hosts | Self::Prefixes | Self::Prefixes6 => "src host in @set",
            Self::Macs => "ether src in @set",
            Self::Ports => "port in @set",
        }
    }

    /// A random key in the bytes of a packet.
    pub(super) fn key(self, random: &mut Random) -> Vec<u8> {
        let (first, second) = (random.next().to_be_bytes(), random.next().to_be_bytes());
        match self {
            Self::Hosts | Self::Prefixes => first[..4].to_vec(),
            // All of them in one /12, as those of a registry are.
            Self::Prefixes6 => [&[0x2a, first[0] & 0x0f], &first[1..7], &second].concat(),
            Self::Macs => first[..6].to_vec(),
            Self::Ports => first[..2].to_vec(),
        }
    }

    /// The entry of a file that holds the key.
    pub(super) fn entry(self, key: &[u8], random: &mut Random) -> String {
        let number = key.iter().fold(0, |number, byte| number << 8 | u128::from(*byte));
        match self {
            Self::Hosts => Ipv4Addr::from(number as u32).to_string(),
            Self::Prefixes => {
                let length = 24 + (random.next() % 9) as u32;
                format!("{}/{length}", Ipv4Addr::from(number as u32 & u32::MAX << (32 - length)))
            }
            Self::Prefixes6 => {
                let length = [48, 64, 128][(random.next() % 3) as usize];
                format!("{}/{length}", Ipv6Addr::from(number & u128::MAX << (128 - length)))
            }
            Self::Macs => key.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":"),
            Self::Ports => number.to_string(),
        }
    }
}
