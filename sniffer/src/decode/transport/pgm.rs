//! PGM, RFC 3208: multicast with repairs.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A packet of PGM.
    Pgm {
        /// The sender's port.
        source_port: u16 = 0,
        /// The receiver's port.
        destination_port: u16 = 2,
        /// What the packet is.
        kind: u8 = 4,
        /// Flags of options; 1 that there are some.
        options: u8 = 5,
        /// What names the source's session with its port.
        source_id: [u8; 6] = 8,
        /// Bytes of data.
        length: u16 = 14,
    }
}

impl<'a> Pgm<'a> {
    /// What is behind the header.
    pub fn body(&self) -> Payload<'a> {
        Payload::skip(self.whole(), 16)
    }
}

/// What is behind the header, by the type of the packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PgmBody {
    /// Where the source is, and what it can still repair.
    Path {
        /// The number of the message.
        sequence: u32,
        /// The oldest packet that can be repaired.
        trailing: u32,
        /// The newest packet.
        leading: u32,
        /// The network element that it came through.
        element: IpAddr,
    },
    /// A question for how many receivers there are.
    Poll {
        /// The number of the poll.
        sequence: u32,
        /// Its round.
        round: u16,
        /// The network element that asks.
        element: IpAddr,
        /// How long to wait for an answer at most, and which receivers answer: a random number and its bits that count.
        interval: [u32; 3],
    },
    /// The answer.
    PollResponse {
        /// The number of the poll.
        sequence: u32,
        /// Its round.
        round: u16,
    },
    /// Data, or data again.
    Data {
        /// The number of the packet.
        sequence: u32,
        /// The oldest packet that can be repaired.
        trailing: u32,
    },
    /// That a packet is missing, or the answer to that.
    Missing {
        /// The number of the packet.
        sequence: u32,
        /// Who sent it.
        source: IpAddr,
        /// To which group.
        group: IpAddr,
    },
    /// That packets have come.
    Acknowledgement {
        /// The number of the last of them.
        sequence: u32,
    },
    /// Nothing that is known.
    Other,
}

impl PgmBody {
    /// The body of a packet of type `kind` at the start of `rest`, and steps over it.
    pub fn read(kind: u8, rest: &mut Payload<'_>) -> Option<Self> {
        Some(match kind {
            0x00 => {
                let [sequence, trailing, leading] = [rest.read()?, rest.read()?, rest.read()?];
                Self::Path { sequence, trailing, leading, element: read_address(rest)? }
            }
            0x01 => {
                let (sequence, round, _) = (rest.read()?, rest.read()?, rest.read::<u16>()?);
                let element = read_address(rest)?;
                let interval = [rest.read()?, rest.read()?, rest.read()?];
                Self::Poll { sequence, round, element, interval }
            }
            0x02 => {
                let (sequence, round, _) = (rest.read()?, rest.read()?, rest.read::<u16>()?);
                Self::PollResponse { sequence, round }
            }
            0x04 | 0x05 => Self::Data { sequence: rest.read()?, trailing: rest.read()? },
            0x08..=0x0a => {
                let (sequence, source) = (rest.read()?, read_address(rest)?);
                Self::Missing { sequence, source, group: read_address(rest)? }
            }
            0x0b => {
                let sequence = rest.read()?;
                rest.read::<u32>()?;
                Self::Acknowledgement { sequence }
            }
            _ => Self::Other,
        })
    }
}

/// An address behind its family.
fn read_address(rest: &mut Payload<'_>) -> Option<IpAddr> {
    let [family, _]: [u16; 2] = [rest.read()?, rest.read()?];
    match family {
        1 => rest.read::<Ipv4Addr>().map(IpAddr::V4),
        2 => rest.read::<Ipv6Addr>().map(IpAddr::V6),
        _ => None,
    }
}

/// An option.
#[derive(Clone, Copy, Debug)]
pub struct PgmOption<'a> {
    /// The type; the highest bit says that it is the last.
    pub kind: u8,
    /// Bytes of the option, as it claims.
    pub len: u8,
    /// What is behind type and length, which may be cut.
    pub value: Payload<'a>,
}

impl<'a> PgmOption<'a> {
    /// Bytes of an option at least.
    pub const MIN_LEN: u8 = 4;
    /// The bit of the last option.
    pub const LAST: u8 = 0x80;

    /// The option at the start of `rest`, and steps over it; its length may be impossible.
    pub fn next(rest: &mut Payload<'a>) -> Option<Self> {
        let [kind, len]: [u8; 2] = rest.get(0)?;
        let value = rest.skip(2).with_claim(u32::from(len).saturating_sub(2));
        *rest = rest.skip(len.max(Self::MIN_LEN).into());
        Some(Self { kind, len, value })
    }

    /// The fields behind type, length and a reserved pair of bytes.
    pub fn fields(&self) -> Payload<'a> {
        self.value.skip(2)
    }

    /// The address behind its family at the start of `at`.
    pub fn address(at: Payload<'_>) -> Option<IpAddr> {
        let mut at = at;
        read_address(&mut at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_read_by_the_type() {
        let bytes = [0, 0, 0, 7, 0, 0, 0, 9, 1, 2];
        let mut rest = Payload::new(&bytes, 10);
        assert_eq!(PgmBody::read(4, &mut rest), Some(PgmBody::Data { sequence: 7, trailing: 9 }));
        assert_eq!(rest.bytes(), [1, 2]);
        assert_eq!(PgmBody::read(11, &mut rest), None);
        assert_eq!(PgmBody::read(12, &mut rest), Some(PgmBody::Other));
    }
}
