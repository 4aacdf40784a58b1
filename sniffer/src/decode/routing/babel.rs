//! Babel, RFC 8966: a list of type-length-value elements.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A Babel packet.
    Babel {
        /// 42 in every packet.
        magic: u8 = 0,
        /// The version; only 2 is understood.
        version: u8 = 1,
        /// Bytes of elements.
        body_len: u16 = 2,
    }
}

/// One element, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BabelElement<'a> {
    /// One byte of padding.
    Pad,
    /// A type and a value that was captured whole.
    Value(u8, &'a [u8]),
    /// The element needs more room than the packet has.
    Invalid,
    /// The element was not captured whole.
    Truncated,
}

impl<'a> Babel<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;

    /// The elements of the body; the last one may be none.
    pub fn elements(&self) -> impl Iterator<Item = BabelElement<'a>> + use<'a> {
        let body = self.whole().skip(Self::HEADER_LEN);
        elements(body.with_claim(u32::from(self.body_len().unwrap_or(0)).min(body.claimed())))
    }

    /// The elements behind the body, which are not protected by its signature.
    pub fn trailer(&self) -> impl Iterator<Item = BabelElement<'a>> + use<'a> {
        elements(self.whole().skip(Self::HEADER_LEN + usize::from(self.body_len().unwrap_or(0))))
    }
}

fn elements(mut rest: Payload<'_>) -> impl Iterator<Item = BabelElement<'_>> {
    std::iter::from_fn(move || {
        if rest.claimed() == 0 {
            return None;
        }
        let element = element(&mut rest);
        if matches!(element, BabelElement::Invalid | BabelElement::Truncated) {
            rest = Payload::EMPTY;
        }
        Some(element)
    })
}

fn element<'a>(rest: &mut Payload<'a>) -> BabelElement<'a> {
    /// The type of a single byte of padding.
    const PAD_1: u8 = 0;
    let Some(kind) = rest.read::<u8>() else { return BabelElement::Truncated };
    if kind == PAD_1 {
        return BabelElement::Pad;
    }
    if rest.claimed() == 0 {
        return BabelElement::Invalid;
    }
    let Some(len) = rest.read::<u8>() else { return BabelElement::Truncated };
    if u32::from(len) > rest.claimed() {
        return BabelElement::Invalid;
    }
    let Some(value) = rest.bytes().get(..len.into()) else { return BabelElement::Truncated };
    *rest = rest.skip(len.into());
    BabelElement::Value(kind, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_end_where_one_does_not_fit() {
        let bytes = [42, 2, 0, 7, 0, 1, 2, 9, 9, 4, 6, 17, 1];
        let all = |len: usize| {
            let babel = Babel::new(Payload::new(&bytes[..len], 13));
            (babel.elements().collect::<Vec<_>>(), babel.trailer().collect::<Vec<_>>())
        };
        let (body, trailer) = all(13);
        assert_eq!(body, [BabelElement::Pad, BabelElement::Value(1, &[9, 9]), BabelElement::Invalid]);
        assert_eq!(trailer, [BabelElement::Invalid]);
        assert_eq!(all(8).0, [BabelElement::Pad, BabelElement::Truncated]);
    }
}
