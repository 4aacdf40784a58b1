//! AODV: how nodes that move find routes on demand. RFC 3561 over IPv4, the same with longer addresses over IPv6, and the
//! messages that an early draft had for IPv6.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::walk::{Next, View};
use crate::decode::{Payload, Wire};

/// A message of AODV.
#[derive(Clone, Copy, Debug)]
pub struct Aodv<'a> {
    whole: Payload<'a>,
    /// Whether IPv6 carries it.
    is_ipv6: bool,
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AodvKind {
    /// A route is wanted.
    Request,
    /// There is one.
    Reply,
    /// Nodes are not reached any more.
    Error,
    /// A reply has come.
    Acknowledgement,
    /// Another number.
    Unknown(u8),
}

/// A wanted route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AodvRequest {
    /// The flags, from the highest bit on: multicast join and repair, gratuitous reply, destination only, unknown number.
    pub flags: u8,
    /// How many nodes the request has passed.
    pub hops: u8,
    /// The number of the request.
    pub id: u32,
    /// Where the route is to lead.
    pub destination: IpAddr,
    /// The last known number of that node.
    pub destination_sequence: u32,
    /// Who wants it.
    pub origin: IpAddr,
    /// The number of that node.
    pub origin_sequence: u32,
}

/// A route that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AodvReply {
    /// The flags, from the highest bit on: repair, acknowledgement wanted.
    pub flags: u8,
    /// Bits of the destination's network, if it is one.
    pub prefix: u8,
    /// How many nodes are between.
    pub hops: u8,
    /// Where the route leads.
    pub destination: IpAddr,
    /// The number of that node.
    pub destination_sequence: u32,
    /// Who wanted it.
    pub origin: IpAddr,
    /// For how many milliseconds it holds.
    pub lifetime: u32,
}

/// What is behind a request or a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AodvExtension {
    /// How many milliseconds are between hellos.
    Hello(u32),
    /// The same with a length that is too small.
    BadHello(u8),
    /// Another type, and its length.
    Other(u8, u8),
}

impl<'a> Aodv<'a> {
    /// A message that IPv6 carries, or IPv4.
    pub(in crate::decode) fn new(whole: Payload<'a>, is_ipv6: bool) -> Self {
        Self { whole, is_ipv6 }
    }

    /// The message from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// The type as sent.
    pub fn number(&self) -> Option<u8> {
        self.whole.get(0)
    }

    /// Whether the message is one of the draft.
    pub fn is_draft(&self) -> bool {
        matches!(self.number(), Some(16..=19))
    }

    /// What the message is.
    pub fn kind(&self) -> Option<AodvKind> {
        Some(match self.number()? {
            1 | 16 => AodvKind::Request,
            2 | 17 => AodvKind::Reply,
            3 | 18 => AodvKind::Error,
            4 | 19 => AodvKind::Acknowledgement,
            other => AodvKind::Unknown(other),
        })
    }

    /// Whether addresses are those of IPv6.
    pub fn has_long_addresses(&self) -> bool {
        self.is_ipv6 || self.is_draft()
    }

    /// The fields of a request, where all were captured, and what is behind.
    pub fn request(&self) -> Option<(AodvRequest, Payload<'a>)> {
        let [flags, _, hops] = self.whole.get::<[u8; 4]>(0).map(|[_, rest @ ..]| rest)?;
        let mut rest = self.whole.skip(4);
        let id = rest.read()?;
        let request = if self.is_draft() {
            let (destination_sequence, origin_sequence) = (rest.read()?, rest.read()?);
            let (destination, origin) = (self.address(&mut rest)?, self.address(&mut rest)?);
            AodvRequest { flags, hops, id, destination, destination_sequence, origin, origin_sequence }
        } else {
            let (destination, destination_sequence) = (self.address(&mut rest)?, rest.read()?);
            let (origin, origin_sequence) = (self.address(&mut rest)?, rest.read()?);
            AodvRequest { flags, hops, id, destination, destination_sequence, origin, origin_sequence }
        };
        Some((request, rest))
    }

    /// The fields of a reply, where all were captured, and what is behind.
    pub fn reply(&self) -> Option<(AodvReply, Payload<'a>)> {
        let [flags, prefix, hops] = self.whole.get::<[u8; 4]>(0).map(|[_, rest @ ..]| rest)?;
        let prefix = prefix & if self.has_long_addresses() { 0x7f } else { 0x1f };
        let mut rest = self.whole.skip(4);
        let (destination, destination_sequence) = if self.is_draft() {
            let sequence = rest.read()?;
            (self.address(&mut rest)?, sequence)
        } else {
            (self.address(&mut rest)?, rest.read()?)
        };
        let (origin, lifetime) = (self.address(&mut rest)?, rest.read()?);
        let reply = AodvReply { flags, prefix, hops, destination, destination_sequence, origin, lifetime };
        Some((reply, rest))
    }

    /// Of an error, whether routes are to be kept, and how many nodes it names.
    pub fn error(&self) -> Option<(bool, u8)> {
        let [_, flags, _, count] = self.whole.get::<[u8; 4]>(0)?;
        Some((flags & 0x80 != 0, count))
    }

    /// The nodes that are not reached, with their numbers; `None` for one that is missing, which is the last.
    pub fn unreached(&self) -> impl Iterator<Item = Option<(IpAddr, u32)>> + use<'a> {
        let message = *self;
        let mut left = self.error().map_or(0, |(_, count)| count);
        let mut rest = self.whole.skip(4);
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let node = message.address(&mut rest).zip(rest.read());
            left = if node.is_some() { left } else { 0 };
            Some(node)
        })
    }

    fn address(&self, rest: &mut Payload<'a>) -> Option<IpAddr> {
        fn read<T: Wire + Into<IpAddr>>(rest: &mut Payload<'_>) -> Option<IpAddr> {
            rest.read::<T>().map(Into::into)
        }
        if self.has_long_addresses() { read::<Ipv6Addr>(rest) } else { read::<Ipv4Addr>(rest) }
    }
}

impl AodvExtension {
    /// Whether there is room for one.
    pub fn has_room(at: Payload<'_>) -> bool {
        at.claimed() >= 2
    }

    /// The extension at the start of what is behind a message, where it was captured.
    pub fn read(at: Payload<'_>) -> Option<Self> {
        let (kind, len) = (at.get(0)?, at.get(1)?);
        if kind != 1 {
            return Some(Self::Other(kind, len));
        }
        let interval = at.get(2)?;
        Some(if len < 4 { Self::BadHello(len) } else { Self::Hello(interval) })
    }
}

impl<'a> View<'a> for Aodv<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_as_long_as_those_of_what_carries_them() {
        let bytes =
            [&[2, 0x40, 0, 3, 10, 0, 0, 1, 0, 0, 0, 5, 10, 0, 0, 2, 0, 0, 0, 6][..], &[7; 28]].concat();
        let message = |is_ipv6| Aodv::new(Payload::new(&bytes, bytes.len() as u32), is_ipv6);
        let (reply, rest) = message(false).reply().unwrap();
        assert_eq!((reply.flags, reply.hops, reply.destination_sequence), (0x40, 3, 5));
        assert_eq!((reply.origin, reply.lifetime), (Ipv4Addr::new(10, 0, 0, 2).into(), 6));
        assert_eq!((rest.claimed(), AodvExtension::read(rest)), (28, Some(AodvExtension::Other(7, 7))));
        let (reply, rest) = message(true).reply().unwrap();
        assert_eq!((reply.lifetime, rest.claimed()), (0x0707_0707, 4));
    }

    #[test]
    fn errors_name_nodes() {
        let bytes = [3, 0x80, 0, 2, 10, 0, 0, 1, 0, 0, 0, 5, 10, 0];
        let message = Aodv::new(Payload::new(&bytes, 14), false);
        let nodes: Vec<_> = message.unreached().collect();
        assert_eq!(message.error(), Some((true, 2)));
        assert_eq!(nodes, [Some((Ipv4Addr::new(10, 0, 0, 1).into(), 5)), None]);
    }
}
