//! What opaque advertisements of OSPF hold: router information (RFC 7770), graceful restart (RFC 3623), links for traffic
//! engineering (RFC 3630, RFC 4203, RFC 4124).

use std::net::Ipv4Addr;

use crate::decode::Payload;

/// An element, or one in the element of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OspfElement<'a> {
    /// The type, in the numbers of its advertisement or of a link.
    pub kind: u16,
    /// The value, with the length that it claims, which may be more than its list has.
    pub value: Payload<'a>,
}

/// What an element of a link says.
#[derive(Clone, Copy, Debug)]
pub enum OspfLinkValue<'a> {
    /// The type: 1 between two routers, 2 of many.
    Type(u8),
    /// What is at the other end, or the numbers of both ends.
    Ids(&'a [[u8; 4]]),
    /// An address of either end.
    Address(Ipv4Addr),
    /// The metric for traffic engineering.
    Metric(u32),
    /// Bytes a second.
    Bandwidth(f32),
    /// Bytes a second that are not reserved, for each class.
    Unreserved(Payload<'a>),
    /// The groups that the link is in.
    Groups(u32),
    /// Flags: how the link is protected.
    Protection(u8),
    /// What the interface can switch.
    Switching {
        /// What it switches by.
        capability: u8,
        /// How paths are encoded.
        encoding: u8,
        /// Bytes a second of the largest path, for each of eight priorities.
        bandwidths: Payload<'a>,
    },
    /// What may fail together with the link.
    Risks(&'a [[u8; 4]]),
    /// How bandwidth is shared between classes.
    Constraints {
        /// The model.
        model: u8,
        /// Bytes a second for each class.
        bandwidths: Payload<'a>,
    },
    /// What has no decoder.
    Other,
}

impl<'a> OspfElement<'a> {
    /// Bytes of type and length.
    pub const HEADER_LEN: u32 = 4;

    /// The element at the start of `rest`, and steps to its value.
    pub fn read(rest: &mut Payload<'a>) -> Option<Self> {
        let (kind, len): (u16, u16) = (rest.read()?, rest.read()?);
        Some(Self { kind, value: rest.with_claim(len.into()) })
    }

    /// Bytes of the value with those that fill its last word.
    pub fn padded_len(&self) -> u32 {
        self.value.claimed().next_multiple_of(4)
    }

    /// What the element says of a link, where its length is right and it was captured whole.
    pub fn link_value(&self) -> Option<OspfLinkValue<'a>> {
        let value = self.value;
        Some(match self.kind {
            1 => OspfLinkValue::Type(value.get(0)?),
            2 | 11 => OspfLinkValue::Ids(value.bytes().as_chunks().0),
            3 | 4 => OspfLinkValue::Address(value.get(0)?),
            5 => OspfLinkValue::Metric(value.get(0)?),
            6 | 7 => OspfLinkValue::Bandwidth(value.get(0)?),
            8 => OspfLinkValue::Unreserved(value),
            9 => OspfLinkValue::Groups(value.get(0)?),
            14 => OspfLinkValue::Protection(value.get(0)?),
            15 => {
                let [capability, encoding] = value.get(0)?;
                OspfLinkValue::Switching { capability, encoding, bandwidths: value.skip(4).with_claim(32) }
            }
            16 => OspfLinkValue::Risks(value.bytes().as_chunks().0),
            17 => OspfLinkValue::Constraints { model: value.get(0)?, bandwidths: value.skip(4) },
            _ => OspfLinkValue::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_a_link_are_told_by_their_types() {
        let bytes = [0, 6, 0, 4, 0x49, 0x74, 0x24, 0, 0, 1, 0, 1, 2, 0, 0, 0];
        let mut rest = Payload::new(&bytes, 16);
        let bandwidth = OspfElement::read(&mut rest).unwrap();
        assert!(matches!(bandwidth.link_value(), Some(OspfLinkValue::Bandwidth(1_000_000.0))));
        rest = rest.skip(bandwidth.padded_len() as usize);
        let kind = OspfElement::read(&mut rest).unwrap();
        assert!(matches!(kind.link_value(), Some(OspfLinkValue::Type(2))));
        assert_eq!((kind.value.claimed(), kind.padded_len()), (1, 4));
    }
}
