//! Node information messages of ICMPv6, RFC 4620: what is asked of a node, and what it answers.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::decode::number::wire_numbers;
use crate::decode::{Icmpv6, Icmpv6Type, Payload};

/// Offsets of the fields behind type, code and checksum.
mod field {
    pub(super) const QUESTION: usize = 4;
    pub(super) const FLAGS: usize = 6;
    pub(super) const DATA: usize = 16;
}

wire_numbers! {
    /// What is asked of a node (<https://www.iana.org/assignments/icmpv6-parameters>).
    NodeQuestion: u16 {
        /// Whether it is there.
        Noop = 0,
        /// What may be asked.
        Questions = 1,
        /// Its name.
        Name = 2,
        /// Its addresses.
        Addresses = 3,
    }
}

/// Which node is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeSubject {
    /// The receiver, by a draft of the standard.
    Draft,
    /// The node with this address; nothing where the data has another length.
    Ipv6(Option<Ipv6Addr>),
    /// The node with a name.
    Name,
    /// The node with this address; nothing where the data has another length.
    Ipv4(Option<Ipv4Addr>),
    /// One that is told in a way that is not known.
    Unknown,
}

/// A node information query or reply.
#[derive(Clone, Copy, Debug)]
pub struct NodeInformation<'a> {
    is_reply: bool,
    code: u8,
    question: NodeQuestion,
    flags: u16,
    data: Payload<'a>,
}

impl<'a> NodeInformation<'a> {
    /// Bytes of a query of the first draft, which had no fields.
    pub const FIRST_DRAFT_LEN: usize = 12;
    /// The code of a reply that has the answer.
    pub const SUCCESS: u8 = 0;

    /// What a query or reply says, if the fields in front of its data were captured.
    pub fn new(icmp: &Icmpv6<'a>) -> Option<Self> {
        let whole = icmp.whole();
        whole.get::<[u8; field::DATA]>(0)?;
        Some(Self {
            is_reply: icmp.kind() == Icmpv6Type::NodeInformationReply,
            code: icmp.code()?,
            question: whole.get::<u16>(field::QUESTION)?.into(),
            flags: whole.get(field::FLAGS)?,
            data: whole.skip(field::DATA),
        })
    }

    /// Whether this is a reply.
    pub fn is_reply(&self) -> bool {
        self.is_reply
    }

    /// What is asked or answered.
    pub fn question(&self) -> NodeQuestion {
        self.question
    }

    /// Flags, by the question: of addresses which kinds of them, and whether they are not all.
    pub fn flags(&self) -> u16 {
        self.flags
    }

    /// Which node a query means.
    pub fn subject(&self) -> NodeSubject {
        let len = self.data.bytes().len();
        match self.code {
            _ if len == 0 => NodeSubject::Draft,
            0 => NodeSubject::Ipv6(self.data.get(0).filter(|_| len == 16)),
            1 => NodeSubject::Name,
            2 => NodeSubject::Ipv4(self.data.get(0).filter(|_| len == 4)),
            _ => NodeSubject::Unknown,
        }
    }

    /// The addresses of a reply, each behind the seconds for which it holds.
    pub fn addresses(&self) -> impl Iterator<Item = (u32, Ipv6Addr)> + use<'a> {
        let mut rest = if self.is_reply { self.data } else { Payload::EMPTY };
        std::iter::from_fn(move || Some((rest.read()?, rest.read()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> NodeInformation<'_> {
        NodeInformation::new(&Icmpv6::new(Payload::new(bytes, bytes.len() as u32)).unwrap()).unwrap()
    }

    #[test]
    fn a_query_tells_of_whom_by_its_code_and_length() {
        let query = |code: u8, data: &[u8]| {
            let bytes = [&[139, code, 0, 0, 0, 3, 0, 0x40, 1, 2, 3, 4, 5, 6, 7, 8][..], data].concat();
            let query = message(&bytes);
            assert_eq!((query.question(), query.flags()), (NodeQuestion::Addresses, 0x40));
            assert_eq!(query.addresses().count(), 0);
            query.subject()
        };
        assert_eq!(query(0, &[]), NodeSubject::Draft);
        assert_eq!(query(0, &[0; 16]), NodeSubject::Ipv6(Some(Ipv6Addr::UNSPECIFIED)));
        assert_eq!(query(2, &[10, 0, 0, 1]), NodeSubject::Ipv4(Some(Ipv4Addr::new(10, 0, 0, 1))));
        assert_eq!(query(2, &[10, 0, 0, 1, 9]), NodeSubject::Ipv4(None));
        assert_eq!(query(3, &[1]), NodeSubject::Unknown);
    }

    #[test]
    fn a_reply_has_addresses_with_lifetimes() {
        let mut bytes = [0; 56];
        bytes[..6].copy_from_slice(&[140, 0, 0, 0, 0, 3]);
        bytes[19] = 60;
        bytes[35] = 1;
        let addresses: Vec<_> = message(&bytes).addresses().collect();
        assert_eq!(addresses, [(60, Ipv6Addr::LOCALHOST), (0, Ipv6Addr::UNSPECIFIED)]);
        assert!(
            Icmpv6::new(Payload::new(&bytes[..15], 15))
                .is_some_and(|icmp| NodeInformation::new(&icmp).is_none())
        );
    }
}
