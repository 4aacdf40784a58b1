//! The options of the hop-by-hop and destination options headers, RFC 8200 section 4.2.

/// One option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ipv6Option<'a> {
    /// The option's type, with the bits that say what to do with it when it is not known.
    pub kind: u8,
    /// Bytes of data, as the option claims; 0 for the padding of one byte.
    pub len: u8,
    /// The data: shorter than `len` where the header ends.
    pub data: &'a [u8],
}

impl Ipv6Option<'_> {
    /// Padding of one byte, without a length.
    pub const PAD_1: u8 = 0;
    /// Padding.
    pub const PAD_N: u8 = 1;
    /// Routers are to look into the packet, RFC 2711.
    pub const ROUTER_ALERT: u8 = 0x05;
    /// The length of a jumbogram, RFC 2675.
    pub const JUMBO: u8 = 0xc2;
    /// The home address of mobile IPv6, RFC 6275.
    pub const HOME_ADDRESS: u8 = 0xc9;

    /// Whether the header has room for the data.
    pub fn is_complete(&self) -> bool {
        self.data.len() == usize::from(self.len)
    }

    /// Whether the option has its data, and as much of it as its type needs.
    pub fn is_well_formed(&self) -> bool {
        let needed = match self.kind {
            Self::ROUTER_ALERT => 2..=2,
            Self::JUMBO => 4..=4,
            Self::HOME_ADDRESS => 16..=u8::MAX,
            _ => 0..=u8::MAX,
        };
        self.is_complete() && needed.contains(&self.len)
    }
}

/// An iterator over options; an option that has no room is the last.
#[derive(Clone, Debug)]
pub struct Ipv6Options<'a> {
    rest: &'a [u8],
}

impl<'a> Ipv6Options<'a> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }
}

impl<'a> Iterator for Ipv6Options<'a> {
    type Item = Ipv6Option<'a>;

    fn next(&mut self) -> Option<Ipv6Option<'a>> {
        let (kind, rest) = self.rest.split_first()?;
        if *kind == Ipv6Option::PAD_1 {
            self.rest = rest;
            return Some(Ipv6Option { kind: *kind, len: 0, data: &[] });
        }
        let Some((len, rest)) = rest.split_first() else {
            self.rest = &[];
            // There is no length: one byte is missing at least.
            return Some(Ipv6Option { kind: *kind, len: 1, data: &[] });
        };
        let (data, rest) = rest.split_at(rest.len().min(usize::from(*len)));
        self.rest = rest;
        Some(Ipv6Option { kind: *kind, len: *len, data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_walked_and_an_impossible_one_is_told() {
        let check = |bytes: &[u8], expected: &[(u8, u8, bool)]| {
            let found: Vec<_> = Ipv6Options::new(bytes)
                .map(|option| (option.kind, option.len, option.is_well_formed()))
                .collect();
            assert_eq!(found, expected);
        };
        check(&[5, 2, 0, 0, 1, 0], &[(5, 2, true), (1, 0, true)]);
        check(&[0, 0, 5, 1, 0, 0], &[(0, 0, true), (0, 0, true), (5, 1, false), (0, 0, true)]);
        check(&[1, 9, 0, 0], &[(1, 9, false)]);
        check(&[0x3e], &[(0x3e, 1, false)]);
    }
}
