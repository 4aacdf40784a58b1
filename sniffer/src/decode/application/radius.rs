//! RADIUS, RFC 2865.

use crate::decode::Payload;
use crate::decode::bytes::{array, be16};
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const CODE: usize = 0;
    pub(super) const ID: usize = 1;
    pub(super) const LENGTH: usize = 2;
    pub(super) const AUTHENTICATOR: usize = 4;
}

/// Bytes of the header with its authenticator.
const HEADER_LEN: usize = 20;

/// A RADIUS packet.
#[derive(Clone, Copy, Debug)]
pub struct Radius<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Radius<'a> {
    /// The packet at the start of `at`, if its header was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// What is asked or answered (<https://www.iana.org/assignments/radius-types>).
    pub fn code(&self) -> u8 {
        self.header[field::CODE]
    }

    /// The identifier that ties an answer to its request.
    pub fn id(&self) -> u8 {
        self.header[field::ID]
    }

    /// Bytes of header and attributes, as the header claims.
    pub fn length(&self) -> u16 {
        be16(self.header, field::LENGTH)
    }

    /// What proves that the packet is from whom it says.
    pub fn authenticator(&self) -> [u8; 16] {
        array(self.header, field::AUTHENTICATOR)
    }

    /// The attributes.
    pub fn attributes(&self) -> Payload<'a> {
        self.whole.with_claim(self.packet_len()).skip(HEADER_LEN)
    }

    /// The value of the first attribute of this type, which may be cut.
    pub fn attribute(&self, kind: u8) -> Option<Payload<'a>> {
        let mut rest = self.attributes();
        let mut attributes = std::iter::from_fn(|| RadiusAttribute::next(&mut rest));
        attributes.find(|attribute| attribute.kind == kind).map(|attribute| attribute.value)
    }

    /// Whether the length has room for the header and does not exceed the datagram.
    pub fn is_well_formed(&self) -> bool {
        self.length() as usize >= HEADER_LEN
    }

    /// Bytes of the packet, as header and datagram agree.
    pub fn packet_len(&self) -> u32 {
        self.whole.claimed().min(self.length().into())
    }
}

impl<'a> View<'a> for Radius<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let next = if self.is_well_formed() { Next::END } else { Next::MALFORMED };
        (next, self.attributes())
    }
}

/// An attribute of a packet, or of a vendor's attribute.
#[derive(Clone, Copy, Debug)]
pub struct RadiusAttribute<'a> {
    /// The type.
    pub kind: u8,
    /// Bytes of the attribute, as it claims.
    pub len: u8,
    /// The value, which may be cut.
    pub value: Payload<'a>,
}

impl<'a> RadiusAttribute<'a> {
    /// Bytes of type and length.
    const HEADER_LEN: usize = 2;

    /// The attribute at the start of `rest`, and steps over it; its length may be impossible.
    pub fn next(rest: &mut Payload<'a>) -> Option<Self> {
        let [kind, len]: [u8; 2] = rest.get(0)?;
        let whole = rest.with_claim(rest.claimed().min(len.into()));
        *rest = rest.skip(usize::from(len).max(Self::HEADER_LEN));
        Some(Self { kind, len, value: whole.skip(Self::HEADER_LEN) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_identifier_and_length_are_read() {
        let mut bytes = [0; 22];
        bytes[..4].copy_from_slice(&[2, 0x46, 0, 21]);
        let radius = Radius::new(Payload::new(&bytes, 22)).unwrap();
        assert_eq!((radius.code(), radius.id(), radius.length(), radius.packet_len()), (2, 0x46, 21, 21));
        assert_eq!(radius.next().1.bytes().len(), 1);
    }
}
