//! IS-IS, ISO 10589: the common header, and the fields behind it that name the sender.

use crate::decode::message::message;

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
    /// A hello in a LAN.
    LanHello {
        /// The sender.
        source: [u8; 6],
        /// The LAN: the designated system and a number of its own.
        lan: [u8; 7],
        /// The sender's wish to be the designated system.
        priority: u8,
    },
    /// A hello between two systems.
    Hello {
        /// The sender.
        source: [u8; 6],
    },
    /// Links of a system.
    Links {
        /// The system, its node and the fragment of the list.
        id: [u8; 8],
        /// The number of the list.
        sequence: u32,
        /// Seconds for which it holds.
        lifetime: u16,
    },
    /// Which lists the sender has.
    SequenceNumbers {
        /// The sender and its node.
        source: [u8; 7],
    },
}

impl Isis<'_> {
    /// Bytes of the common header.
    pub const HEADER_LEN: usize = 8;

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

    /// The fixed part, where it was captured whole.
    pub fn body(&self) -> Option<IsisBody> {
        let kind = self.kind()?;
        let whole = self.whole();
        whole.bytes().get(..Self::headers_len(kind)?)?;
        Some(match kind {
            15 | 16 => {
                IsisBody::LanHello { source: whole.get(9)?, priority: whole.get(19)?, lan: whole.get(20)? }
            }
            17 => IsisBody::Hello { source: whole.get(9)? },
            18 | 20 => {
                IsisBody::Links { lifetime: whole.get(10)?, id: whole.get(12)?, sequence: whole.get(20)? }
            }
            _ => IsisBody::SequenceNumbers { source: whole.get(10)? },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Payload;

    #[test]
    fn the_fixed_part_is_where_iso_10589_puts_it() {
        let mut bytes = [0; 27];
        bytes[..8].copy_from_slice(&[0x83, 27, 1, 0, 15, 1, 0, 0]);
        bytes[8..27].copy_from_slice(&[1, 3, 3, 3, 3, 3, 3, 0, 10, 5, 0xd9, 64, 4, 4, 4, 4, 4, 4, 2]);
        let isis = Isis::new(Payload::new(&bytes, 27));
        let hello = IsisBody::LanHello { source: [3; 6], lan: [4, 4, 4, 4, 4, 4, 2], priority: 64 };
        assert_eq!(isis.body(), Some(hello));
        assert_eq!(Isis::new(Payload::new(&bytes[..26], 27)).body(), None);
    }
}
