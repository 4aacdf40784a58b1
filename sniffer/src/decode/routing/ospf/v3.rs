//! OSPF version 3, RFC 5340 annex A: packets behind their common header, advertisements, and what is behind a packet.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::decode::Payload;
use crate::decode::message::part;

part! {
    /// What routers find each other by.
    Ospf3Hello {
        /// The router's number for the interface.
        interface: Ipv4Addr = 0,
        /// The router's priority in the upper byte, and its options.
        priority_and_options: u32 = 4,
        /// Seconds between hellos.
        interval: u16 = 8,
        /// Seconds of silence after which a router is gone.
        dead_interval: u16 = 10,
        /// The designated router.
        designated: Ipv4Addr = 12,
        /// Who takes its place.
        backup: Ipv4Addr = 16,
    }
}

impl<'a> Ospf3Hello<'a> {
    /// The routers that have been heard.
    pub fn neighbors(&self) -> Payload<'a> {
        self.whole().skip(20)
    }
}

part! {
    /// Which advertisements a router has.
    Ospf3Description {
        /// The router's options.
        options: u32 = 0,
        /// The longest packet of the interface.
        mtu: u16 = 4,
        /// Flags: 1 master, 2 more will follow, 4 the first.
        flags: u8 = 7,
        /// The number of the packet.
        sequence: u32 = 8,
    }
}

impl<'a> Ospf3Description<'a> {
    /// The headers of the advertisements.
    pub fn headers(&self) -> Payload<'a> {
        self.whole().skip(12)
    }
}

/// The type of an advertisement, with how far it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ospf3Kind(pub u16);

impl Ospf3Kind {
    /// The number of the type.
    pub fn number(self) -> u16 {
        self.0 & 0x1fff
    }

    /// How far it goes: 0x0000 the link, 0x2000 the area, 0x4000 the system.
    pub fn scope(self) -> u16 {
        self.0 & 0x6000
    }

    /// Whether routers pass it on that do not know it.
    pub fn is_transitive(self) -> bool {
        self.0 & 0x8000 != 0
    }
}

/// An advertisement that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ospf3Request {
    /// Its type.
    pub kind: Ospf3Kind,
    /// What it is about.
    pub id: Ipv4Addr,
    /// The router that made it.
    pub router: Ipv4Addr,
}

impl Ospf3Request {
    /// The request at the start of `rest`, and steps over it.
    pub fn read(rest: &mut Payload<'_>) -> Option<Self> {
        rest.read::<u16>()?;
        Some(Self { kind: Ospf3Kind(rest.read()?), id: rest.read()?, router: rest.read()? })
    }
}

/// The header of an advertisement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ospf3Lsa {
    /// Seconds since it was made.
    pub age: u16,
    /// The type.
    pub kind: Ospf3Kind,
    /// What it is about.
    pub id: Ipv4Addr,
    /// The router that made it.
    pub router: Ipv4Addr,
    /// Its sequence number.
    pub sequence: u32,
    /// Bytes of header and body, as it claims.
    pub length: u16,
}

impl Ospf3Lsa {
    /// Bytes of the header.
    pub const HEADER_LEN: u16 = 20;

    /// The header at the start of `at`.
    pub fn new(at: Payload<'_>) -> Option<Self> {
        Some(Self {
            age: at.get(0)?,
            kind: Ospf3Kind(at.get(2)?),
            id: at.get(4)?,
            router: at.get(8)?,
            sequence: at.get(12)?,
            length: at.get(18)?,
        })
    }
}

/// A link of a router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ospf3RouterLink {
    /// 1 to a router, 2 to a network, 4 a virtual link.
    pub kind: u8,
    /// The distance.
    pub metric: u16,
    /// The router's number for the interface.
    pub interface: Ipv4Addr,
    /// The number at the other end.
    pub neighbor_interface: Ipv4Addr,
    /// The router at the other end.
    pub neighbor: Ipv4Addr,
}

impl Ospf3RouterLink {
    /// The link at the start of `rest`, and steps over it.
    pub fn read(rest: &mut Payload<'_>) -> Option<Self> {
        let [kind, _] = rest.read()?;
        Some(Self {
            kind,
            metric: rest.read()?,
            interface: rest.read()?,
            neighbor_interface: rest.read()?,
            neighbor: rest.read()?,
        })
    }
}

/// A prefix, as many words as it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ospf3Prefix {
    /// The address, with zeros behind the prefix.
    pub address: Ipv6Addr,
    /// Bits of the prefix.
    pub len: u8,
    /// Its options.
    pub options: u8,
    /// The metric, or what stands in its place.
    pub metric: u16,
}

/// Why a prefix cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ospf3PrefixError {
    /// It has more bits than an address: so many.
    Illegal(u8),
    /// There is not enough room for it.
    Short,
}

impl Ospf3Prefix {
    /// The prefix at the start of `rest`, and steps over it.
    ///
    /// # Errors
    /// When its length is illegal or there are too few bytes.
    pub fn read(rest: &mut Payload<'_>) -> Result<Self, Ospf3PrefixError> {
        let [len, options, high, low] = rest.read().ok_or(Ospf3PrefixError::Short)?;
        let count = usize::from(len).div_ceil(32) * 4;
        let mut octets = [0; 16];
        let prefix = octets.get_mut(..count).ok_or(Ospf3PrefixError::Illegal(len))?;
        prefix.copy_from_slice(rest.bytes().get(..count).ok_or(Ospf3PrefixError::Short)?);
        *rest = rest.skip(count);
        Ok(Self { address: octets.into(), len, options, metric: u16::from_be_bytes([high, low]) })
    }
}

part! {
    /// A route out of the system; what its flags tell of is behind its prefix.
    Ospf3External {
        /// Flags in the upper byte, and the metric.
        flags_and_metric: u32 = 0,
    }
}

impl<'a> Ospf3External<'a> {
    /// The flag that an address to forward to is behind the prefix.
    pub const FORWARDING: u32 = 0x0200_0000;
    /// The flag that a tag is behind these.
    pub const TAG: u32 = 0x0100_0000;

    /// What is from the prefix on.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(4)
    }
}

part! {
    /// What a router says of a link to those on it.
    Ospf3Link {
        /// The router's priority in the upper byte, and its options.
        priority_and_options: u32 = 0,
        /// The router's address there.
        address: Ipv6Addr = 4,
        /// How many prefixes follow.
        count: u32 = 20,
    }
}

impl<'a> Ospf3Link<'a> {
    /// The prefixes.
    pub fn prefixes(&self) -> Payload<'a> {
        self.whole().skip(24)
    }
}

part! {
    /// The prefixes of a router or a network.
    Ospf3IntraArea {
        /// How many there are.
        count: u16 = 0,
        /// The type of the advertisement of that router or network.
        kind: u16 = 2,
        /// Its identifier.
        id: Ipv4Addr = 4,
        /// Who made it.
        router: Ipv4Addr = 8,
    }
}

impl<'a> Ospf3IntraArea<'a> {
    /// The prefixes.
    pub fn prefixes(&self) -> Payload<'a> {
        self.whole().skip(12)
    }
}

part! {
    /// The block of link-local signalling behind a packet, RFC 5613.
    Ospf3Signalling {
        /// The checksum.
        checksum: u16 = 0,
        /// Bytes of the block, as it claims.
        length: u16 = 2,
    }
}

impl Ospf3Signalling<'_> {
    /// The option of a hello or a description that says that there is one.
    pub const OPTION: u32 = 0x0200;
    /// Bytes of its header.
    pub const HEADER_LEN: u16 = 4;
}

part! {
    /// What proves who sent a packet, RFC 7166.
    Ospf3Authentication {
        /// How: 1 by HMAC.
        kind: u16 = 0,
        /// Bytes of all of it, as it claims.
        length: u16 = 2,
        /// By which keys.
        association: u16 = 6,
        /// The upper half of the packet's number.
        sequence_high: u32 = 8,
        /// The lower half.
        sequence_low: u32 = 12,
    }
}

impl<'a> Ospf3Authentication<'a> {
    /// Bytes in front of the digest.
    pub const HEADER_LEN: u16 = 16;

    /// The digest, where all of it claims to be `len` bytes.
    pub fn digest(&self, len: u16) -> Payload<'a> {
        self.whole().with_claim(len.into()).skip(Self::HEADER_LEN.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_takes_whole_words() {
        let bytes = [33, 2, 0, 7, 0x20, 1, 0x0d, 0xb8, 0x80, 0, 0, 0, 9];
        let mut rest = Payload::new(&bytes, 13);
        let prefix = Ospf3Prefix::read(&mut rest).unwrap();
        assert_eq!((prefix.len, prefix.options, prefix.metric), (33, 2, 7));
        assert_eq!(prefix.address, Ipv6Addr::new(0x2001, 0xdb8, 0x8000, 0, 0, 0, 0, 0));
        assert_eq!((rest.bytes(), Ospf3Prefix::read(&mut rest)), (&[9][..], Err(Ospf3PrefixError::Short)));
        let long = Ospf3Prefix::read(&mut Payload::new(&[129, 0, 0, 0], 4));
        assert_eq!(long, Err(Ospf3PrefixError::Illegal(129)));
    }
}
