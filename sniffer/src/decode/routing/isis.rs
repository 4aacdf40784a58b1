//! IS-IS, ISO 10589: the common header, and the fields behind it, up to the elements.

use crate::decode::message::message;
use crate::decode::{IsisElement, Payload};

message! {
    /// A message of IS-IS.
    Isis {
        /// 0x83 in every message.
        discriminator: u8 = 0,
        /// Bytes of the headers.
        header_len: u8 = 1,
        /// The version: 1.
        version: u8 = 2,
        /// Bytes of a system's identifier; 0 stands for 6.
        id_len: u8 = 3,
        /// The type: 15 and 16 hello in a LAN, 17 between two, 18 and 20 links, 24 to 27 sequence numbers.
        type_field: u8 = 4,
        /// The version again.
        type_version: u8 = 5,
        /// How many areas may be listed; 0 stands for 3.
        max_areas: u8 = 7,
    }
}

/// What a message says in its fixed part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsisBody {
    /// A hello.
    Hello(IsisHello),
    /// Links of a system.
    Links(IsisLinks),
    /// Which lists the sender has.
    SequenceNumbers {
        /// Bytes of the message.
        len: u16,
        /// The sender and its node.
        source: [u8; 7],
        /// The first and the last list that the message speaks of, where it speaks of all between them.
        range: Option<[[u8; 8]; 2]>,
    },
}

/// A hello, in a LAN or between two systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsisHello {
    /// The levels of the circuit: 1, 2, or 3 for both.
    pub levels: u8,
    /// The sender.
    pub source: [u8; 6],
    /// Seconds for which the hello holds.
    pub holding_time: u16,
    /// Bytes of the message.
    pub len: u16,
    /// The circuit.
    pub circuit: IsisCircuit,
}

/// What a hello says of the circuit that it was sent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsisCircuit {
    /// A LAN.
    Lan {
        /// The designated system and a number of its own.
        lan: [u8; 7],
        /// The sender's wish to be the designated system.
        priority: u8,
    },
    /// Two systems.
    PointToPoint {
        /// The sender's number for it.
        id: u8,
    },
}

/// Links of a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsisLinks {
    /// Bytes of the message.
    pub len: u16,
    /// Seconds for which it holds.
    pub lifetime: u16,
    /// The system, its node and the fragment of the list.
    pub id: [u8; 8],
    /// The number of the list.
    pub sequence: u32,
    /// The checksum as sent.
    pub checksum: u16,
    /// Flags: 0x80 mends partitions, 0x78 attached by metrics, 4 overloaded, 3 levels.
    pub flags: u8,
}

impl<'a> Isis<'a> {
    /// Bytes of the common header.
    pub const HEADER_LEN: usize = 8;
    /// Bytes of a message of links that its checksum does not cover, and the place of the checksum behind them.
    pub const LINKS_UNCOVERED: [usize; 2] = [12, 12];

    /// The type.
    pub fn kind(&self) -> Option<u8> {
        self.type_field()
    }

    /// Bytes of the headers of a message of this type.
    pub fn headers_len(kind: u8) -> Option<usize> {
        Some(match kind {
            15 | 16 | 18 | 20 => 27,
            17 => 20,
            24 | 25 => 33,
            26 | 27 => 17,
            _ => return None,
        })
    }

    /// The common header.
    pub fn header(&self) -> Payload<'a> {
        self.whole().with_claim(Self::HEADER_LEN as u32)
    }

    /// The fixed part behind the common header.
    pub fn fixed_part(&self) -> Option<Payload<'a>> {
        let len = Self::headers_len(self.kind()?)?;
        let part = self.whole().with_claim(len as u32).skip(Self::HEADER_LEN);
        (!part.is_truncated()).then_some(part)
    }

    /// What the fixed part says, where it was captured whole.
    pub fn body(&self) -> Option<IsisBody> {
        let part = self.fixed_part()?;
        match self.kind()? {
            15..=17 => hello(part).map(IsisBody::Hello),
            18 | 20 => links(part).map(IsisBody::Links),
            kind => sequence_numbers(part, kind < 26),
        }
    }

    /// The elements that were captured, at least by their headers.
    pub fn elements(&self) -> impl Iterator<Item = IsisElement<'a>> + use<'a> {
        let headers_len = self.kind().and_then(Self::headers_len).unwrap_or(0);
        let claimed = self.whole().claimed();
        let len = self.body().map_or(0, |body| claimed.min(body.message_len().into()));
        let mut rest = self.whole().with_claim(len).skip(headers_len);
        std::iter::from_fn(move || IsisElement::read(&mut rest))
    }
}

impl IsisBody {
    /// Bytes of the message, as it says itself.
    pub fn message_len(&self) -> u16 {
        match self {
            Self::Hello(hello) => hello.len,
            Self::Links(links) => links.len,
            Self::SequenceNumbers { len, .. } => *len,
        }
    }
}

fn hello(mut part: Payload<'_>) -> Option<IsisHello> {
    let is_lan = part.claimed() > 12;
    let (levels, source, holding_time, len) = (part.read()?, part.read()?, part.read()?, part.read()?);
    let circuit = if is_lan {
        IsisCircuit::Lan { priority: part.read()?, lan: part.read()? }
    } else {
        IsisCircuit::PointToPoint { id: part.read()? }
    };
    Some(IsisHello { levels, source, holding_time, len, circuit })
}

fn links(mut part: Payload<'_>) -> Option<IsisLinks> {
    let (len, lifetime, id) = (part.read()?, part.read()?, part.read()?);
    let (sequence, checksum, flags) = (part.read()?, part.read()?, part.read()?);
    Some(IsisLinks { len, lifetime, id, sequence, checksum, flags })
}

fn sequence_numbers(mut part: Payload<'_>, has_range: bool) -> Option<IsisBody> {
    let (len, source) = (part.read()?, part.read()?);
    let range = if has_range { Some([part.read()?, part.read()?]) } else { None };
    Some(IsisBody::SequenceNumbers { len, source, range })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_part_is_where_iso_10589_puts_it() {
        let mut bytes = [0; 27];
        bytes[..8].copy_from_slice(&[0x83, 27, 1, 0, 15, 1, 0, 0]);
        bytes[8..27].copy_from_slice(&[1, 3, 3, 3, 3, 3, 3, 0, 10, 5, 0xd9, 64, 4, 4, 4, 4, 4, 4, 2]);
        let isis = Isis::new(Payload::new(&bytes, 27));
        let circuit = IsisCircuit::Lan { lan: [4, 4, 4, 4, 4, 4, 2], priority: 64 };
        let hello = IsisHello { levels: 1, source: [3; 6], holding_time: 10, len: 1497, circuit };
        assert_eq!(isis.body(), Some(IsisBody::Hello(hello)));
        assert_eq!(Isis::new(Payload::new(&bytes[..26], 27)).body(), None);
    }
}
