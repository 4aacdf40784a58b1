//! OLSR, RFC 3626: routing in networks of radios.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// A packet of OLSR.
#[derive(Clone, Copy, Debug)]
pub struct Olsr<'a> {
    is_ipv6: bool,
    whole: Payload<'a>,
}

/// A message in it.
#[derive(Clone, Copy, Debug)]
pub struct OlsrMessage<'a> {
    /// What it is.
    pub kind: u8,
    /// For how long it holds, as four bits and their exponent.
    pub validity: u8,
    /// Bytes of the message, as it claims.
    pub length: u16,
    /// Who has made it.
    pub originator: IpAddr,
    /// How many routers it may still pass.
    pub ttl: u8,
    /// How many it has passed.
    pub hops: u8,
    /// Its number.
    pub sequence: u16,
    /// What is behind the header, as far as the length claims.
    pub body: Payload<'a>,
}

impl<'a> Olsr<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;

    /// The packet at the start of `at`, of which anything may be missing; its addresses are those of IPv6 or IPv4.
    pub fn new(at: Payload<'a>, is_ipv6: bool) -> Self {
        Self { is_ipv6, whole: at }
    }

    /// Whether addresses are those of IPv6.
    pub fn is_ipv6(&self) -> bool {
        self.is_ipv6
    }

    /// Bytes of the packet, as it claims.
    pub fn length(&self) -> Option<u16> {
        self.whole.get(0)
    }

    /// Its number.
    pub fn sequence(&self) -> Option<u16> {
        self.whole.get(2)
    }

    /// All of it from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// Bytes of the packet by its own length and the room that there is.
    pub fn room(&self) -> u32 {
        self.length().map_or(0, |length| u32::from(length).min(self.whole.claimed()))
    }

    /// The message that begins `at` bytes behind the start; `None` where its header was not captured.
    pub fn message_at(&self, at: usize) -> Option<OlsrMessage<'a>> {
        let start = self.whole.skip(at);
        let mut rest = start;
        let [kind, validity]: [u8; 2] = rest.read()?;
        let length: u16 = rest.read()?;
        let originator = read_address(&mut rest, self.is_ipv6)?;
        let [ttl, hops]: [u8; 2] = rest.read()?;
        let sequence = rest.read()?;
        let header_len = start.claimed() - rest.claimed();
        let body = rest.with_claim(u32::from(length).saturating_sub(header_len));
        Some(OlsrMessage { kind, validity, length, originator, ttl, hops, sequence, body })
    }
}

impl OlsrMessage<'_> {
    /// Bytes of the header.
    pub fn header_len(&self) -> u16 {
        if self.originator.is_ipv6() { 24 } else { 12 }
    }
}

/// The address at the start, and steps over it.
fn read_address(rest: &mut Payload<'_>, is_ipv6: bool) -> Option<IpAddr> {
    if is_ipv6 { rest.read().map(Ipv6Addr::into) } else { rest.read().map(Ipv4Addr::into) }
}

impl<'a> View<'a> for Olsr<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}
