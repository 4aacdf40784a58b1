//! The values of options of DHCPv6, RFC 8415 section 21 and those that add to it.

use std::net::Ipv6Addr;

use crate::decode::Payload;

/// What an option says. Options in options are for [`Dhcpv6::option`](super::Dhcpv6::option).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dhcpv6Value<'a> {
    /// Who the client or the server is.
    Identifier(Dhcpv6Identifier<'a>),
    /// Addresses or prefixes of one interface.
    Association {
        /// The interface, as the client counts.
        id: u32,
        /// Seconds until the client asks the same server again.
        renew: u32,
        /// Seconds until it asks any.
        rebind: u32,
        /// What is in it.
        options: Payload<'a>,
    },
    /// Temporary addresses of one interface.
    Temporary {
        /// The interface, as the client counts.
        id: u32,
        /// What is in it.
        options: Payload<'a>,
    },
    /// An address.
    Address {
        /// The address.
        address: Ipv6Addr,
        /// Seconds for which it is preferred, and for which it is valid.
        lifetimes: [u32; 2],
        /// More about it.
        options: Payload<'a>,
    },
    /// A prefix.
    Prefix {
        /// The prefix.
        prefix: Ipv6Addr,
        /// Its bits.
        len: u8,
        /// Seconds for which it is preferred, and for which it is valid.
        lifetimes: [u32; 2],
        /// More about it.
        options: Payload<'a>,
    },
    /// Codes of options.
    Codes(&'a [[u8; 2]]),
    /// A number, such as a preference, a time or a lifetime.
    Number(u32),
    /// A message that a relay passes on.
    Relayed(Payload<'a>),
    /// What proves who sent the message.
    Authentication(Dhcpv6Authentication<'a>),
    /// How it went.
    Status(u16),
    /// The type of message by which the client is to answer.
    Reconfigure(u8),
    /// Names of domains, RFC 1035 section 3.1.
    Domains(&'a [u8]),
    /// Addresses of servers.
    Addresses(&'a [[u8; 16]]),
    /// Servers of NTP, which are options in themselves, RFC 5908.
    TimeServers(Payload<'a>),
    /// What a vendor says of the other side of a relay.
    Remote {
        /// The vendor.
        enterprise: u32,
        /// What it says.
        id: Payload<'a>,
    },
    /// Text.
    Text(&'a [u8]),
    /// Bytes of whoever made them.
    Bytes(Payload<'a>),
    /// What is asked of leases, RFC 5007.
    Query {
        /// By what: 1 an address, 2 a client.
        kind: u8,
        /// Where the client is.
        link: Ipv6Addr,
        /// More of the question.
        options: Payload<'a>,
    },
    /// What is known of a client, RFC 5007.
    Client(Payload<'a>),
    /// The relay that a client was met through, RFC 5007.
    Relay {
        /// Its address.
        peer: Ipv6Addr,
        /// The message.
        message: Payload<'a>,
    },
    /// The name of a tunnel's end, in labels, RFC 6334.
    Name(&'a [u8]),
    /// What has no decoder.
    Other,
}

impl<'a> Dhcpv6Value<'a> {
    /// The value of the option `code`, all of which was captured; nothing where its length cannot be.
    pub fn new(code: u16, data: Payload<'a>) -> Option<Self> {
        let len = data.claimed();
        Some(match code {
            1 | 2 => Self::Identifier(Dhcpv6Identifier::new(data)?),
            3 | 25 => Self::Association {
                id: data.get(0)?,
                renew: data.get(4)?,
                rebind: data.get(8)?,
                options: data.skip(12),
            },
            4 => Self::Temporary { id: data.get(0)?, options: data.skip(4) },
            5 => Self::Address {
                address: data.get(0)?,
                lifetimes: [data.get(16)?, data.get(20)?],
                options: data.skip(24),
            },
            6 | 43 if len.is_multiple_of(2) => Self::Codes(data.bytes().as_chunks().0),
            7 if len == 1 => Self::Number(data.get::<u8>(0)?.into()),
            8 if len == 2 => Self::Number(data.get::<u16>(0)?.into()),
            9 => Self::Relayed(data),
            11 => Self::Authentication(Dhcpv6Authentication::new(data)?),
            13 => Self::Status(data.get(0)?),
            18 | 38 => Self::Bytes(data),
            19 if len == 1 => Self::Reconfigure(data.get(0)?),
            21 | 24 => Self::Domains(data.bytes()),
            22 | 23 | 27 | 28 | 31 | 34 | 40 | 48 if len.is_multiple_of(16) => {
                Self::Addresses(data.bytes().as_chunks().0)
            }
            26 => Self::Prefix {
                lifetimes: [data.get(0)?, data.get(4)?],
                len: data.get(8)?,
                prefix: data.get(9)?,
                options: data.skip(25),
            },
            32 | 46 if len == 4 => Self::Number(data.get(0)?),
            37 => Self::Remote { enterprise: data.get(0)?, id: data.skip(4) },
            41 | 42 | 112 if len >= 5 => Self::Text(data.bytes()),
            44 => Self::Query { kind: data.get(0)?, link: data.get(1)?, options: data.skip(17) },
            45 => Self::Client(data),
            47 => Self::Relay { peer: data.get(0)?, message: data.skip(16) },
            56 if len >= 4 => Self::TimeServers(data),
            64 if len >= 3 => Self::Name(data.bytes()),
            6 | 7 | 8 | 19 | 22 | 23 | 27 | 28 | 31 | 32 | 34 | 40..=43 | 46 | 48 | 56 | 64 | 112 => {
                return None;
            }
            _ => Self::Other,
        })
    }
}

/// A unique identifier of a client or a server, RFC 8415 section 11.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dhcpv6Identifier<'a> {
    /// A hardware address, and when the identifier was made.
    LinkTime {
        /// The kind of hardware.
        hardware: u16,
        /// Seconds since 2000.
        time: u32,
        /// The address.
        address: &'a [u8],
    },
    /// A vendor's number, and what it has assigned.
    Vendor([u8; 8]),
    /// A hardware address.
    Link {
        /// The kind of hardware.
        hardware: u16,
        /// The address.
        address: &'a [u8],
    },
    /// Another type.
    Other(u16),
}

impl<'a> Dhcpv6Identifier<'a> {
    /// The identifier in `data`; nothing of one that is too short for its type.
    pub fn new(data: Payload<'a>) -> Option<Self> {
        Some(match data.get(0)? {
            1 => Self::LinkTime { hardware: data.get(2)?, time: data.get(4)?, address: data.skip(8).bytes() },
            2 => Self::Vendor(data.get(2)?),
            3 => Self::Link { hardware: data.get(2)?, address: data.skip(4).bytes() },
            kind => Self::Other(kind),
        })
    }
}

/// What proves who sent a message, RFC 8415 section 21.11.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dhcpv6Authentication<'a> {
    /// How: 2 by a key that both have, 3 by one that the server gives for its later messages.
    pub protocol: u8,
    /// The algorithm.
    pub algorithm: u8,
    /// How repeated messages are told.
    pub replay_method: u8,
    /// What tells them.
    pub replay: [u8; 8],
    /// What the protocol adds.
    pub information: Payload<'a>,
}

impl<'a> Dhcpv6Authentication<'a> {
    /// The protocol with a key that both have, RFC 3315 section 21.4.
    pub const DELAYED: u8 = 2;
    /// The protocol with a key that the server gives.
    pub const RECONFIGURE: u8 = 3;
    /// Bytes of the key's number and of a digest.
    const KEY_AND_DIGEST_LEN: u32 = 20;

    fn new(data: Payload<'a>) -> Option<Self> {
        let [protocol, algorithm, replay_method] = data.get(0)?;
        Some(Self { protocol, algorithm, replay_method, replay: data.get(3)?, information: data.skip(11) })
    }

    /// What the protocol with a key that both have adds: the realm of the key, its number, and a digest.
    pub fn delayed(&self) -> Option<(&'a [u8], u32, &'a [u8])> {
        let realm_len = self.information.claimed().checked_sub(Self::KEY_AND_DIGEST_LEN)?;
        let behind = self.information.skip(realm_len as usize);
        Some((self.information.with_claim(realm_len).bytes(), behind.get(0)?, behind.skip(4).bytes()))
    }

    /// What the protocol with a server's key adds: 1 the key or 2 a digest, and which.
    pub fn reconfigure(&self) -> Option<(u8, [u8; 16])> {
        (self.information.claimed() == 17)
            .then(|| Some((self.information.get(0)?, self.information.get(1)?)))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_lengths_by_their_codes() {
        let value =
            |code, bytes: &'static [u8]| Dhcpv6Value::new(code, Payload::new(bytes, bytes.len() as u32));
        assert_eq!(value(7, &[9]), Some(Dhcpv6Value::Number(9)));
        assert_eq!(value(7, &[0, 9]), None);
        assert_eq!(value(6, &[0, 23, 0, 24]), Some(Dhcpv6Value::Codes(&[[0, 23], [0, 24]])));
        assert_eq!(value(5, &[0; 23]), None);
        assert_eq!(value(99, &[1]), Some(Dhcpv6Value::Other));
        let link = Dhcpv6Identifier::Link { hardware: 1, address: &[2, 0, 0, 0, 0, 9] };
        assert_eq!(value(1, &[0, 3, 0, 1, 2, 0, 0, 0, 0, 9]), Some(Dhcpv6Value::Identifier(link)));
        assert_eq!(value(1, &[0, 3, 0]), None);
    }

    #[test]
    fn a_digest_ends_what_a_key_of_both_adds() {
        let mut bytes = [0; 11 + 2 + 20];
        bytes[0] = Dhcpv6Authentication::DELAYED;
        bytes[11..17].copy_from_slice(&[b'r', b's', 0, 0, 0, 7]);
        let authentication = Dhcpv6Authentication::new(Payload::new(&bytes, 33)).unwrap();
        assert_eq!(authentication.delayed(), Some((&b"rs"[..], 7, &[0; 16][..])));
        assert_eq!(authentication.reconfigure(), None);
    }
}
