//! The elements that Cisco's protocols between switches are lists of: two bytes of type, two of length with these four.

use crate::decode::Payload;

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CiscoElement<'a> {
    /// The type.
    pub kind: u16,
    /// Bytes of header and value, as the element claims.
    pub len: u16,
    /// The value, as far as the message has room for it.
    pub value: Payload<'a>,
}

impl<'a> CiscoElement<'a> {
    /// Bytes of an element's header.
    pub const HEADER_LEN: usize = 4;

    /// The element at the start of `rest`, and steps over it; an impossible length steps to the end.
    pub fn read(rest: &mut Payload<'a>) -> Option<Self> {
        let (kind, len) = (rest.read()?, rest.read::<u16>()?);
        let value_len = usize::from(len).checked_sub(Self::HEADER_LEN);
        let value_len = value_len.filter(|len| *len as u64 <= u64::from(rest.claimed()));
        let value = rest.with_claim(value_len.unwrap_or(0) as u32);
        *rest = value_len.map_or(Payload::EMPTY, |len| rest.skip(len));
        Some(Self { kind, len, value })
    }

    /// The elements of `rest` that are captured, up to one whose length cannot be.
    pub fn all(mut rest: Payload<'a>) -> impl Iterator<Item = Self> {
        std::iter::from_fn(move || Self::read(&mut rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_count_their_headers() {
        let bytes = [0, 1, 0, 6, b'a', b'b', 0, 3, 0, 3, 1];
        let elements = CiscoElement::all(Payload::new(&bytes, 11));
        let elements: Vec<_> = elements.map(|element| (element.kind, element.value.bytes())).collect();
        assert_eq!(elements, [(1, &b"ab"[..]), (3, b"")]);
    }
}
