//! The options of an IPv4 header, RFC 791 section 3.1.

use crate::decode::Payload;

/// Option codes that have no length byte.
const END: u8 = 0;
const NOP: u8 = 1;

/// One option: its code and, unless the code has none, its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ipv4Option<'a> {
    /// The option's code with its copy and class bits.
    pub code: u8,
    /// The length byte, code and length included; 1 for the codes without one.
    pub len: u8,
    /// The captured bytes behind the length byte.
    pub data: &'a [u8],
}

/// An iterator over options. It ends at the end-of-list option, at the end of the header or of the capture, and at an
/// option whose length is impossible, which it still gives.
#[derive(Clone, Debug)]
pub struct Ipv4Options<'a> {
    rest: Payload<'a>,
}

impl<'a> Ipv4Options<'a> {
    pub(super) fn new(rest: Payload<'a>) -> Self {
        Self { rest }
    }

    /// Bytes that are left by the header's claim.
    pub fn claimed(&self) -> u32 {
        self.rest.claimed()
    }
}

impl<'a> Iterator for Ipv4Options<'a> {
    type Item = Ipv4Option<'a>;

    fn next(&mut self) -> Option<Ipv4Option<'a>> {
        let bytes = self.rest.bytes();
        let code = *bytes.first()?;
        if code == END || code == NOP {
            self.rest = if code == END { Payload::EMPTY } else { self.rest.skip(1) };
            return Some(Ipv4Option { code, len: 1, data: &[] });
        }
        let len = *bytes.get(1)?;
        let possible = len >= 2 && u32::from(len) <= self.rest.claimed();
        let data = bytes.get(2..bytes.len().min(len as usize)).unwrap_or_default();
        self.rest = if possible { self.rest.skip(len as usize) } else { Payload::EMPTY };
        Some(Ipv4Option { code, len, data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], claimed: u32, expected: &[(u8, u8, &[u8])]) {
        let options: Vec<_> = Ipv4Options::new(Payload::new(bytes, claimed)).collect();
        let expected: Vec<_> =
            expected.iter().map(|&(code, len, data)| Ipv4Option { code, len, data }).collect();
        assert_eq!(options, expected);
    }

    #[test]
    fn options_are_walked_to_the_end_of_the_list() {
        check(&[1, 0x94, 4, 0, 9, 0, 1], 7, &[(1, 1, &[]), (0x94, 4, &[0, 9]), (0, 1, &[])]);
    }

    #[test]
    fn impossible_lengths_end_the_walk() {
        check(&[7, 1, 1], 3, &[(7, 1, &[])]);
        check(&[7, 9, 1], 3, &[(7, 9, &[1])]);
        check(&[7], 4, &[]);
    }
}
