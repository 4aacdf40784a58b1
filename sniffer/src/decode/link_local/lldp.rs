//! LLDP, IEEE 802.1AB: a list of type-length-value elements.

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// An LLDP frame.
#[derive(Clone, Copy, Debug)]
pub struct Lldp<'a> {
    whole: Payload<'a>,
}

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LldpElement<'a> {
    /// The type, 0 to 127; 0 ends the list, 5 is the system's name.
    pub kind: u8,
    /// Its value, which may be cut.
    pub value: Payload<'a>,
}

impl<'a> Lldp<'a> {
    /// The list at `at`, which may hold nothing.
    pub fn new(at: Payload<'a>) -> Self {
        Self { whole: at }
    }

    /// The elements up to the end of the list or of the capture.
    pub fn elements(&self) -> LldpElements<'a> {
        LldpElements { rest: self.whole }
    }

    /// The frame from its first element on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Lldp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}

/// An iterator over elements. The last one may be cut.
#[derive(Clone, Debug)]
pub struct LldpElements<'a> {
    rest: Payload<'a>,
}

impl<'a> LldpElements<'a> {
    /// The elements of a list within an element, which have the same form.
    pub fn new(list: Payload<'a>) -> Self {
        Self { rest: list }
    }

    /// Whether there is no room for another element.
    pub fn is_at_end(&self) -> bool {
        self.rest.claimed() < 2
    }
}

impl<'a> Iterator for LldpElements<'a> {
    type Item = LldpElement<'a>;

    fn next(&mut self) -> Option<LldpElement<'a>> {
        let header: u16 = self.rest.read()?;
        let (kind, len) = ((header >> 9) as u8, header & 0x1ff);
        let value = self.rest.with_claim(len.into());
        self.rest = self.rest.skip(len.into());
        Some(LldpElement { kind, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_have_seven_bits_of_type_and_nine_of_length() {
        let bytes = [0x02, 0x02, 7, 8, 0x0a, 0x03, b'a', b'b', b'c', 0x0b, 0xff, 1];
        let lldp = Lldp::new(Payload::new(&bytes, 12));
        let elements: Vec<_> = lldp
            .elements()
            .map(|element| (element.kind, element.value.claimed(), element.value.bytes()))
            .collect();
        assert_eq!(elements, [(1, 2, &[7, 8][..]), (5, 3, b"abc"), (5, 511, &[1])]);
    }
}
