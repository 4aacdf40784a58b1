//! What the elements of Babel say, RFC 8966: times, addresses and routes. Knows no packet: the parts of a prefix that an
//! element leaves to one before it come in.

use std::net::Ipv6Addr;

use crate::decode::Payload;

/// The value of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BabelMessage<'a> {
    /// The receiver shall answer within a time.
    AcknowledgementRequest {
        /// What the answer repeats.
        nonce: u16,
        /// Hundredths of a second.
        interval: u16,
    },
    /// The answer.
    Acknowledgement {
        /// The number of the request.
        nonce: u16,
    },
    /// The sender is there.
    Hello {
        /// Whether it was sent to one neighbour, with numbers of its own.
        is_unicast: bool,
        /// Its number.
        sequence: u16,
        /// Hundredths of a second until the next one; 0 for one out of turn.
        interval: u16,
        /// Further elements.
        rest: Payload<'a>,
    },
    /// The sender hears a neighbour.
    Heard {
        /// The neighbour.
        neighbour: BabelPrefix,
        /// The cost of hearing it.
        cost: u16,
        /// Hundredths of a second until this is said again.
        interval: u16,
        /// Further elements.
        rest: Payload<'a>,
    },
    /// The router that the updates behind come from.
    RouterId([u8; 8]),
    /// The next hop of the updates behind.
    NextHop(BabelPrefix),
    /// A route.
    Update(BabelUpdate<'a>),
    /// The receiver shall send an update.
    RouteRequest {
        /// Of this prefix.
        prefix: BabelPrefix,
        /// And of routes for packets from here, where routes depend on that.
        source: Option<BabelPrefix>,
    },
    /// Somebody shall send an update with a new number.
    SequenceRequest {
        /// Of this prefix.
        prefix: BabelPrefix,
        /// And of routes for packets from here, where routes depend on that.
        source: Option<BabelPrefix>,
        /// At least this number.
        sequence: u16,
        /// How often the request may be passed on.
        hops: u8,
        /// The router that the route comes from.
        router: [u8; 8],
    },
    /// Time and number of a signed packet, RFC 7298.
    Timestamp {
        /// The time.
        time: u32,
        /// The number within the time.
        counter: u16,
    },
    /// A signature, RFC 7298.
    Digest {
        /// The key.
        key: u16,
        /// The signature.
        digest: &'a [u8],
    },
    /// The number of a signed packet, RFC 8967.
    Counter {
        /// The number.
        value: u32,
        /// Bytes of the name of the sequence that the number is of.
        index_len: u8,
    },
    /// Bytes that mean something to their receiver alone, RFC 8967: a signature, a challenge or its answer.
    Opaque(&'a [u8]),
}

/// A route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BabelUpdate<'a> {
    /// Flags: 0x80 later prefixes leave parts out to this one, 0x40 the prefix names the router.
    pub flags: u8,
    /// The destination.
    pub prefix: BabelPrefix,
    /// The source that the route is for, where routes depend on that; such an update has no flags.
    pub source: Option<BabelPrefix>,
    /// Hundredths of a second until the next update; 0xffff for never.
    pub interval: u16,
    /// The number of the route.
    pub sequence: u16,
    /// The metric; 0xffff withdraws the route.
    pub metric: u16,
    /// Further elements.
    pub rest: Payload<'a>,
}

/// An address or a prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BabelPrefix {
    /// How it was written: 0 any, 1 IPv4, 2 IPv6, 3 IPv6 of the link.
    pub encoding: u8,
    /// The address; IPv4 as `::ffff:a.b.c.d`.
    pub address: Ipv6Addr,
    /// Bits that count.
    pub len: u8,
}

/// The prefixes that later ones leave their beginnings to, of IPv4 and of IPv6.
#[derive(Clone, Copy, Debug)]
pub struct BabelDefaults {
    ipv4: [u8; 16],
    ipv6: [u8; 16],
}

impl Default for BabelDefaults {
    fn default() -> Self {
        Self { ipv4: MAPPED, ipv6: [0; 16] }
    }
}

/// The beginning of IPv4 addresses that are written as IPv6.
const MAPPED: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0];
/// The beginning of addresses of the link.
const LINK_LOCAL: [u8; 16] = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/// The encoding of IPv4.
const IPV4: u8 = 1;

impl<'a> BabelMessage<'a> {
    /// The value of an element of this type; nothing where it is too short, has an impossible prefix or an unknown type.
    pub fn new(kind: u8, value: &'a [u8], defaults: &mut BabelDefaults) -> Option<Self> {
        let mut rest = Payload::new(value, value.len() as u32);
        Some(match kind {
            2 => {
                rest.read::<u16>()?;
                Self::AcknowledgementRequest { nonce: rest.read()?, interval: rest.read()? }
            }
            3 => Self::Acknowledgement { nonce: rest.read()? },
            4 => Self::Hello {
                is_unicast: rest.read::<u16>()? & 0x8000 != 0,
                sequence: rest.read()?,
                interval: rest.read()?,
                rest,
            },
            5 => Self::heard(rest)?,
            6 => Self::RouterId(rest.get(2)?),
            7 => {
                let [encoding, _] = rest.read()?;
                Self::NextHop(address(encoding, &mut rest)?)
            }
            8 => Self::Update(BabelUpdate::new(rest, defaults)?),
            9 => {
                let [encoding, bits] = rest.read()?;
                Self::RouteRequest { prefix: prefix(encoding, bits, &mut rest)?, source: None }
            }
            10 | 15 => Self::sequence_request(rest, kind == 15)?,
            11 => Self::Timestamp { counter: rest.read()?, time: rest.read()? },
            12 if value.len() >= 18 => Self::Digest { key: rest.read()?, digest: rest.bytes() },
            13 => Self::Update(BabelUpdate::from_source(rest, defaults)?),
            14 => {
                let [encoding, bits, source_bits] = rest.read()?;
                let prefix_to = prefix(encoding, bits, &mut rest)?;
                Self::RouteRequest {
                    prefix: prefix_to,
                    source: Some(prefix(encoding, source_bits, &mut rest)?),
                }
            }
            16 => Self::Opaque(value),
            17 => Self::Counter { value: rest.read()?, index_len: value.len() as u8 - 4 },
            18 | 19 if value.len() <= MAX_CHALLENGE => Self::Opaque(value),
            _ => return None,
        })
    }

    fn heard(mut rest: Payload<'a>) -> Option<Self> {
        let [encoding, _] = rest.read()?;
        let (cost, interval) = (rest.read()?, rest.read()?);
        Some(Self::Heard { neighbour: address(encoding, &mut rest)?, cost, interval, rest })
    }

    fn sequence_request(mut rest: Payload<'a>, has_source: bool) -> Option<Self> {
        let [encoding, bits] = rest.read()?;
        let sequence = rest.read()?;
        let [hops, source_bits] = rest.read()?;
        let router = rest.read()?;
        let prefix_to = prefix(encoding, bits, &mut rest)?;
        let source = if has_source { Some(prefix(encoding, source_bits, &mut rest)?) } else { None };
        Some(Self::SequenceRequest { prefix: prefix_to, source, sequence, hops, router })
    }
}

/// Bytes of a challenge at most, RFC 8967.
const MAX_CHALLENGE: usize = 192;

impl<'a> BabelUpdate<'a> {
    fn new(mut rest: Payload<'a>, defaults: &mut BabelDefaults) -> Option<Self> {
        /// Later prefixes leave parts out to the one of this update.
        const IS_DEFAULT: u8 = 0x80;
        let [encoding, flags, bits, omitted] = rest.read()?;
        let (interval, sequence, metric) = (rest.read()?, rest.read()?, rest.read()?);
        let default = if encoding == IPV4 { &mut defaults.ipv4 } else { &mut defaults.ipv6 };
        let prefix = prefix_behind(encoding, bits, Omitted { count: omitted, default: *default }, &mut rest)?;
        if flags & IS_DEFAULT != 0 {
            *default = prefix.address.octets();
        }
        Some(Self { flags, prefix, source: None, interval, sequence, metric, rest })
    }

    /// The form that routes from a source had before they had an element of their own within an update.
    fn from_source(mut rest: Payload<'a>, defaults: &BabelDefaults) -> Option<Self> {
        let [encoding, source_bits, bits, omitted] = rest.read()?;
        let (interval, sequence, metric) = (rest.read()?, rest.read()?, rest.read()?);
        let default = if encoding == IPV4 { defaults.ipv4 } else { defaults.ipv6 };
        let prefix_to = prefix_behind(encoding, bits, Omitted { count: omitted, default }, &mut rest)?;
        let source = Some(prefix(encoding, source_bits, &mut rest)?);
        Some(Self { flags: 0, prefix: prefix_to, source, interval, sequence, metric, rest })
    }
}

/// How many bytes at its beginning a prefix leaves to which other.
#[derive(Clone, Copy)]
struct Omitted {
    count: u8,
    default: [u8; 16],
}

fn address(encoding: u8, rest: &mut Payload<'_>) -> Option<BabelPrefix> {
    prefix(encoding, if encoding == IPV4 { 32 } else { 128 }, rest)
}

fn prefix(encoding: u8, bits: u8, rest: &mut Payload<'_>) -> Option<BabelPrefix> {
    prefix_behind(encoding, bits, Omitted { count: 0, default: [0; 16] }, rest)
}

fn prefix_behind(encoding: u8, bits: u8, omitted: Omitted, rest: &mut Payload<'_>) -> Option<BabelPrefix> {
    let bytes = usize::from(bits.div_ceil(8));
    let count = usize::from(omitted.count);
    // What stands in front of the bytes that are written, and how much of that an encoding says by itself.
    let (mut octets, implied, left_out) = match encoding {
        0 => ([0; 16], 0, bytes),
        IPV4 if count > 0 => (omitted.default, 12, count),
        IPV4 => (MAPPED, 12, 0),
        2 if count > 0 => (omitted.default, 0, count),
        2 => ([0; 16], 0, 0),
        3 => (LINK_LOCAL, 0, 8),
        _ => return None,
    };
    octets.get(..implied + bytes)?;
    octets.get_mut(implied + left_out..)?.fill(0);
    let written = bytes.saturating_sub(left_out);
    octets[implied + left_out..][..written].copy_from_slice(rest.bytes().get(..written)?);
    *rest = rest.skip(written);
    let len = if encoding == IPV4 { bits + 96 } else { bits };
    Some(BabelPrefix { encoding, address: Ipv6Addr::from(octets), len })
}

/// A further element behind what a hello, what is heard or an update says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BabelDetail<'a> {
    /// One byte of padding.
    Pad,
    /// A type and a value.
    Value(u8, Payload<'a>),
    /// The element of this type needs more room than there is.
    Invalid(u8),
}

impl<'a> BabelDetail<'a> {
    /// The elements of `rest`; one that is invalid is the last.
    pub fn all(mut rest: Payload<'a>) -> impl Iterator<Item = Self> {
        std::iter::from_fn(move || {
            let kind = rest.read::<u8>()?;
            if kind == 0 {
                return Some(Self::Pad);
            }
            let len = rest.read::<u8>().filter(|len| u32::from(*len) <= rest.claimed());
            let Some(len) = len else {
                rest = Payload::EMPTY;
                return Some(Self::Invalid(kind));
            };
            let value = rest.with_claim(len.into());
            rest = rest.skip(len.into());
            Some(Self::Value(kind, value))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_leave_their_beginnings_to_the_update_before() {
        let mut defaults = BabelDefaults::default();
        let mut prefix = |value: &[u8]| match BabelMessage::new(8, value, &mut defaults) {
            Some(BabelMessage::Update(update)) => Some((update.prefix.address, update.prefix.len)),
            _ => None,
        };
        let update = |encoding, flags, bits, omitted, bytes: &[u8]| {
            [&[encoding, flags, bits, omitted, 0, 1, 0, 2, 0, 3], bytes].concat()
        };
        let is = |address: &str, len| Some((address.parse().unwrap(), len));
        let first = update(2, 0x80, 64, 0, &[0x20, 1, 0xd, 0xb8, 0, 0, 0, 1]);
        assert_eq!(prefix(&first), is("2001:db8:0:1::", 64));
        assert_eq!(prefix(&update(2, 0, 64, 7, &[9])), is("2001:db8:0:9::", 64));
        assert_eq!(prefix(&update(2, 0, 64, 7, &[])), None);
        assert_eq!(prefix(&update(1, 0, 24, 1, &[1, 2])), is("::ffff:0.1.2.0", 120));
        assert_eq!(prefix(&update(1, 0, 24, 5, &[1, 2])), None);
        assert_eq!(prefix(&update(3, 0, 72, 3, &[7])), is("fe80::700:0:0:0", 72));
    }
}
