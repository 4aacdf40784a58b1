//! The slow protocols of IEEE 802.3 annex 57A: LACP and its marker (IEEE 802.1AX), OAM (IEEE 802.3 clause 57).

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A frame of a slow protocol.
    Slow {
        /// Which of the protocols.
        subtype: u8 = 0,
        /// The version, of LACP and the marker.
        version: u8 = 1,
        /// The flags of OAM: what is wrong with the link, and how far discovery has come.
        oam_flags: u16 = 1,
        /// What a frame of OAM is.
        oam_code: u8 = 3,
    }
}

/// An element: its type, its length with type and length, and its value as far as it was captured.
#[derive(Clone, Copy, Debug)]
pub struct SlowElement<'a> {
    /// The type, in the numbers of the protocol.
    pub kind: u8,
    /// Bytes of the whole element, as it claims.
    pub len: u8,
    /// What is behind type and length.
    pub value: Payload<'a>,
}

/// What one end of a link that may be aggregated says of an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LacpEnd {
    /// The system's priority; the lower one decides.
    pub system_priority: u16,
    /// The system.
    pub system: [u8; 6],
    /// Links of the same key may be aggregated.
    pub key: u16,
    /// The port's priority.
    pub port_priority: u16,
    /// The port.
    pub port: u16,
    /// Eight flags.
    pub state: u8,
}

impl<'a> Slow<'a> {
    /// The link aggregation control protocol.
    pub const LACP: u8 = 1;
    /// What LACP asks with whether all frames of a conversation have arrived.
    pub const MARKER: u8 = 2;
    /// Operations, administration and maintenance.
    pub const OAM: u8 = 3;

    /// What is behind the headers of LACP and marker: elements.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(2)
    }

    /// What is behind the header of OAM.
    pub fn oam_body(&self) -> Payload<'a> {
        self.whole().skip(4)
    }

    /// The elements of LACP and marker in front of the terminator, as far as they were captured and can be.
    pub fn elements(&self) -> impl Iterator<Item = SlowElement<'a>> + use<'a> {
        let has_elements = matches!(self.subtype(), Some(Self::LACP | Self::MARKER));
        let mut rest = if has_elements { self.body() } else { Payload::EMPTY };
        std::iter::from_fn(move || {
            let element = SlowElement::read(&mut rest)?;
            (element.kind != SlowElement::TERMINATOR && element.len >= SlowElement::HEADER_LEN)
                .then_some(element)
        })
    }
}

impl<'a> SlowElement<'a> {
    /// The type that ends the list in each of the protocols.
    pub const TERMINATOR: u8 = 0;
    /// Bytes of type and length.
    pub const HEADER_LEN: u8 = 2;
    /// Bytes of the value that is an end of a link.
    pub const END_LEN: u32 = 18;

    /// The element at the start of `rest`, and steps over it; nothing where type and length were not captured.
    pub fn read(rest: &mut Payload<'a>) -> Option<Self> {
        let [kind, len] = rest.get(0)?;
        let value = rest.skip(2);
        let value = value.with_claim(u32::from(len.saturating_sub(Self::HEADER_LEN)).min(value.claimed()));
        *rest = rest.skip(len.into());
        Some(Self { kind, len, value })
    }

    /// The value as an end of a link.
    pub fn end(&self) -> Option<LacpEnd> {
        let value = self.value;
        Some(LacpEnd {
            system_priority: value.get(0)?,
            system: value.get(2)?,
            key: value.get(8)?,
            port_priority: value.get(10)?,
            port: value.get(12)?,
            state: value.get(14)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_end_at_the_terminator_and_at_lengths_that_cannot_be() {
        let count = |tail: &[u8]| {
            let bytes = [&[1, 1, 3, 4, 0, 9][..], tail].concat();
            Slow::new(Payload::new(&bytes, bytes.len() as u32)).elements().count()
        };
        assert_eq!(count(&[3, 4, 0, 9]), 2);
        assert_eq!(count(&[0, 0, 3, 4, 0, 9]), 1);
        assert_eq!(count(&[3, 1, 3, 4, 0, 9]), 1);
        assert_eq!(count(&[3]), 1);
    }

    #[test]
    fn an_end_of_a_link_has_six_fields() {
        let bytes = [1, 20, 0x80, 0, 2, 0, 0, 0, 0, 7, 0, 3, 0x40, 0, 0, 5, 0x3d, 0, 0, 0];
        let element = SlowElement::read(&mut Payload::new(&bytes, 20)).unwrap();
        let end = element.end().unwrap();
        assert_eq!((end.system_priority, end.system, end.key), (0x8000, [2, 0, 0, 0, 0, 7], 3));
        assert_eq!((end.port_priority, end.port, end.state), (0x4000, 5, 0x3d));
    }
}
