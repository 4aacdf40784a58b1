//! RIP versions 1 and 2, RFC 1058 and RFC 2453, and `RIPng`, RFC 2080.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A message of RIP.
    Rip {
        /// What is asked: 1 request, 2 response.
        command: u8 = 0,
        /// The version, 1 or 2.
        version: u8 = 1,
    }
}

message! {
    /// A message of `RIPng`.
    Ripng {
        /// What is asked: 1 request, 2 response.
        command: u8 = 0,
        /// The version, 1.
        version: u8 = 1,
    }
}

/// An entry of RIP: a route, or what authenticates the message.
#[derive(Clone, Copy, Debug)]
pub struct RipEntry<'a> {
    whole: Payload<'a>,
}

/// A route of `RIPng`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RipngRoute {
    /// The network.
    pub prefix: Ipv6Addr,
    /// What the route is marked with.
    pub tag: u16,
    /// Bits of the network.
    pub prefix_len: u8,
    /// How far it is; 16 is out of reach.
    pub metric: u8,
}

impl<'a> Rip<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;

    /// The entries behind the header.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN)
    }

    /// The entries that were captured whole.
    pub fn entries(&self) -> impl Iterator<Item = RipEntry<'a>> + use<'a> {
        let mut rest = self.body();
        std::iter::from_fn(move || RipEntry::read(&mut rest))
    }
}

impl<'a> RipEntry<'a> {
    /// Bytes of an entry.
    pub const LEN: usize = 20;
    /// The family of an entry that authenticates the message.
    pub const AUTHENTICATION: u16 = 0xffff;

    /// The entry at the start of `rest`, and steps over it; nothing where it was not captured whole.
    pub fn read(rest: &mut Payload<'a>) -> Option<Self> {
        let whole = rest.with_claim(rest.claimed().min(Self::LEN as u32));
        *rest = rest.skip(Self::LEN);
        (whole.bytes().len() == Self::LEN).then_some(Self { whole })
    }

    /// The address family: 2 IPv4, 0 all of it.
    pub fn family(&self) -> u16 {
        self.whole.get(0).unwrap_or_default()
    }

    /// What the route is marked with, or how the message is authenticated.
    pub fn tag(&self) -> u16 {
        self.whole.get(2).unwrap_or_default()
    }

    /// The network.
    pub fn prefix(&self) -> Ipv4Addr {
        self.whole.get(4).unwrap_or(Ipv4Addr::UNSPECIFIED)
    }

    /// The network's mask.
    pub fn mask(&self) -> u32 {
        self.whole.get(8).unwrap_or_default()
    }

    /// The router to send to, or none for the sender itself.
    pub fn next_hop(&self) -> Option<Ipv4Addr> {
        self.whole.get(12).filter(|router: &Ipv4Addr| !router.is_unspecified())
    }

    /// How far it is; 16 is out of reach.
    pub fn metric(&self) -> u32 {
        self.whole.get(16).unwrap_or_default()
    }

    /// The entry from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> Ripng<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;
    /// Bytes of a route.
    pub const ROUTE_LEN: usize = 20;

    /// The routes behind the header.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN)
    }

    /// The routes that were captured whole.
    pub fn routes(&self) -> impl Iterator<Item = RipngRoute> + use<'a> {
        let mut rest = self.body();
        std::iter::from_fn(move || RipngRoute::read(&mut rest))
    }
}

impl RipngRoute {
    /// The metric that is out of reach.
    pub const INFINITY: u8 = 16;

    /// The route at the start of `rest`, and steps over it; nothing where it was not captured whole.
    pub fn read(rest: &mut Payload<'_>) -> Option<Self> {
        let (prefix, tag) = (rest.get(0)?, rest.get(16)?);
        let [prefix_len, metric] = rest.get(18)?;
        *rest = rest.skip(Ripng::ROUTE_LEN);
        Some(Self { prefix, tag, prefix_len, metric })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_twenty_bytes() {
        let mut bytes = vec![2, 2, 0, 0, 0, 2, 0, 7, 10, 0, 0, 0, 255, 0, 0, 0, 10, 0, 0, 9, 0, 0, 0, 3];
        bytes.extend([0, 2, 0]);
        let rip = Rip::new(Payload::new(&bytes, 27));
        let entries: Vec<_> = rip.entries().collect();
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].family(), entries[0].tag(), entries[0].mask()), (2, 7, 0xff00_0000));
        assert_eq!(entries[0].prefix(), Ipv4Addr::new(10, 0, 0, 0));
        assert_eq!((entries[0].next_hop(), entries[0].metric()), (Some(Ipv4Addr::new(10, 0, 0, 9)), 3));
    }

    #[test]
    fn routes_of_ripng_end_with_the_metric() {
        let mut bytes = vec![2, 1, 0, 0, 0x20, 1, 0x0d, 0xb8];
        bytes.extend([0; 12]);
        bytes.extend([0, 9, 32, 16]);
        let routes: Vec<_> = Ripng::new(Payload::new(&bytes, 24)).routes().collect();
        let prefix = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0);
        assert_eq!(routes, [RipngRoute { prefix, tag: 9, prefix_len: 32, metric: RipngRoute::INFINITY }]);
    }
}
