//! The Cisco discovery protocol: a list of type-length-value elements behind SNAP.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A message of the Cisco discovery protocol.
    Cdp {
        /// The version: 1 or 2.
        version: u8 = 0,
        /// Seconds for which the message holds.
        ttl: u8 = 1,
        /// The checksum as sent.
        checksum: u16 = 2,
    }
}

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CdpElement<'a> {
    /// The type: 1 the device's name, 3 its port, 6 its platform.
    pub kind: u16,
    /// Bytes of header and value, as the element claims.
    pub len: u16,
    /// The value, as far as the message has room for it.
    pub value: Payload<'a>,
}

impl<'a> Cdp<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;
    /// Bytes of an element's header.
    pub const ELEMENT_LEN: usize = 4;

    /// The elements that are captured, up to one whose length cannot be.
    pub fn elements(&self) -> impl Iterator<Item = CdpElement<'a>> + use<'a> {
        let mut rest = self.whole().skip(Self::HEADER_LEN);
        std::iter::from_fn(move || Self::element(&mut rest))
    }

    /// The element at the start of `rest`, and steps over it; an impossible length steps to the end.
    pub fn element(rest: &mut Payload<'a>) -> Option<CdpElement<'a>> {
        let (kind, len) = (rest.read()?, rest.read::<u16>()?);
        let value_len = usize::from(len).checked_sub(Self::ELEMENT_LEN);
        let value_len = value_len.filter(|len| *len as u64 <= u64::from(rest.claimed()));
        let value = rest.with_claim(value_len.unwrap_or(0) as u32);
        *rest = value_len.map_or(Payload::EMPTY, |len| rest.skip(len));
        Some(CdpElement { kind, len, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_count_their_headers() {
        let bytes = [2, 180, 0, 0, 0, 1, 0, 6, b'a', b'b', 0, 3, 0, 3];
        let cdp = Cdp::new(Payload::new(&bytes, 14));
        assert_eq!((cdp.version(), cdp.ttl()), (Some(2), Some(180)));
        let elements: Vec<_> = cdp.elements().map(|element| (element.kind, element.value.bytes())).collect();
        assert_eq!(elements, [(1, &b"ab"[..]), (3, b"")]);
    }
}
