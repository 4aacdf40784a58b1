//! DHCPv6, RFC 8415: the kind of message.

use super::Payload;
use super::walk::Next;

/// Offsets of the fields.
mod field {
    pub(super) const TYPE: usize = 0;
}

/// Bytes that a summary needs.
const HEADER_LEN: usize = 1;

/// A DHCPv6 message.
#[derive(Clone, Copy, Debug)]
pub struct Dhcpv6<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Dhcpv6<'a> {
    /// The packet at the start of `at`, if its first fields were captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The type of message (<https://www.iana.org/assignments/dhcpv6-parameters>).
    pub fn kind(&self) -> u8 {
        self.header[field::TYPE]
    }

    /// The packet from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    pub(super) fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(HEADER_LEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_comes_first() {
        assert_eq!(Dhcpv6::new(Payload::new(&[1, 0, 0, 9], 4)).unwrap().kind(), 1);
    }
}
