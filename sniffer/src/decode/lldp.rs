//! LLDP, IEEE 802.1AB: a list of type-length-value elements.

use super::Payload;
use super::walk::Next;

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
    /// Bytes of value, as the element claims.
    pub len: u16,
    /// The captured bytes of the value.
    pub value: &'a [u8],
}

impl<'a> Lldp<'a> {
    /// The list at `at`, which may hold nothing.
    pub fn new(at: Payload<'a>) -> Self {
        Self { whole: at }
    }

    /// The elements up to the end of the list or of the capture.
    pub fn elements(&self) -> LldpElements<'a> {
        LldpElements { rest: self.whole.bytes() }
    }

    /// The frame from its first element on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    pub(super) fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}

/// An iterator over elements. The last one may be cut.
#[derive(Clone, Debug)]
pub struct LldpElements<'a> {
    rest: &'a [u8],
}

impl LldpElements<'_> {
    /// Whether all that was captured has been read.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }
}

impl<'a> Iterator for LldpElements<'a> {
    type Item = LldpElement<'a>;

    fn next(&mut self) -> Option<LldpElement<'a>> {
        let (header, behind) = self.rest.split_first_chunk::<2>()?;
        let header = u16::from_be_bytes(*header);
        let len = header & 0x1ff;
        let (value, rest) = behind.split_at(behind.len().min(usize::from(len)));
        self.rest = rest;
        Some(LldpElement { kind: (header >> 9) as u8, len, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_have_seven_bits_of_type_and_nine_of_length() {
        let bytes = [0x02, 0x02, 7, 8, 0x0a, 0x03, b'a', b'b', b'c', 0x0b, 0xff, 1];
        let lldp = Lldp::new(Payload::new(&bytes, 12));
        let elements: Vec<_> =
            lldp.elements().map(|element| (element.kind, element.len, element.value)).collect();
        assert_eq!(elements, [(1, 2, &[7, 8][..]), (5, 3, b"abc"), (5, 511, &[1])]);
    }
}
