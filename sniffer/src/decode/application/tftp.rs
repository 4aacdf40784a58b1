//! TFTP, RFC 1350 and RFC 2347.

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// A TFTP packet.
#[derive(Clone, Copy, Debug)]
pub struct Tftp<'a> {
    operation: u16,
    whole: Payload<'a>,
}

impl<'a> Tftp<'a> {
    /// The packet at the start of `at`, if its operation was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split::<2>()?;
        Some(Self { operation: u16::from_be_bytes(*header), whole: at })
    }

    /// The operation: 1 read, 2 write, 3 data, 4 acknowledgement, 5 error, 6 option acknowledgement.
    pub fn operation(&self) -> u16 {
        self.operation
    }

    /// The block of data and acknowledgements, and the code of errors.
    pub fn number(&self) -> Option<u16> {
        self.whole.bytes().get(2..)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
    }

    /// The zero-terminated strings from `offset` on, and whether the last one has its terminator.
    pub fn strings(&self, offset: usize) -> impl Iterator<Item = (&'a [u8], bool)> {
        let mut rest = self.whole.bytes().get(offset..).unwrap_or_default();
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let end = rest.iter().position(|byte| *byte == 0);
            let (text, behind) = rest.split_at(end.unwrap_or(rest.len()));
            rest = behind.get(1..).unwrap_or_default();
            Some((text, end.is_some()))
        })
    }

    /// The packet from its operation on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Tftp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_strings_and_data_is_a_block() {
        let tftp = Tftp::new(Payload::new(b"\0\x01file\0octet\0", 13)).unwrap();
        assert_eq!(tftp.operation(), 1);
        assert_eq!(tftp.strings(2).collect::<Vec<_>>(), [(&b"file"[..], true), (b"octet", true)]);
        let cut = Tftp::new(Payload::new(b"\0\x01fi", 13)).unwrap();
        assert_eq!(cut.strings(2).collect::<Vec<_>>(), [(&b"fi"[..], false)]);
        assert_eq!(Tftp::new(Payload::new(&[0, 3, 0, 9, 1], 5)).unwrap().number(), Some(9));
    }
}
