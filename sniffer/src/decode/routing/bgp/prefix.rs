//! Routes in BGP: prefixes of bits, alone, behind a label, or behind a label and a route distinguisher.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::Payload;

/// What stands in front of a prefix, and counts among its bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BgpPrefixForm {
    /// Nothing.
    Plain,
    /// A label, RFC 8277.
    Labelled,
    /// A label and a route distinguisher, RFC 4364.
    Vpn,
}

/// A prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BgpPrefix {
    /// The route distinguisher.
    pub distinguisher: Option<[u8; 8]>,
    /// The address, with zeros behind the prefix.
    pub address: IpAddr,
    /// Bits of the prefix.
    pub len: u8,
    /// The label, and whether it is the last of its stack.
    pub label: Option<(u32, bool)>,
}

/// Why a prefix cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BgpPrefixError {
    /// It has more bits than an address, or fewer than what stands in front.
    Illegal,
    /// There is not enough room for it.
    Short,
}

impl BgpPrefix {
    /// The prefix at the start of `at`, and how many bytes it takes.
    ///
    /// # Errors
    /// When its length is illegal or there are too few bytes.
    pub fn new(at: Payload<'_>, form: BgpPrefixForm, is_ipv6: bool) -> Result<(Self, usize), BgpPrefixError> {
        let in_front = match form {
            BgpPrefixForm::Plain => 0,
            BgpPrefixForm::Labelled => 3,
            BgpPrefixForm::Vpn => 11,
        };
        let bits: u8 = at.get(0).ok_or(BgpPrefixError::Short)?;
        let len = bits.checked_sub(in_front * 8).ok_or(BgpPrefixError::Illegal)?;
        if len > if is_ipv6 { 128 } else { 32 } {
            return Err(BgpPrefixError::Illegal);
        }
        let (start, count) = (1 + usize::from(in_front), usize::from(len.div_ceil(8)));
        let bytes = at.bytes().get(start..start + count).ok_or(BgpPrefixError::Short)?;
        let mut octets = [0; 16];
        octets[..count].copy_from_slice(bytes);
        if !len.is_multiple_of(8) {
            octets[count - 1] &= !(0xff >> (len % 8));
        }
        let [a, b, c, d, ..] = octets;
        let address = if is_ipv6 { Ipv6Addr::from(octets).into() } else { Ipv4Addr::new(a, b, c, d).into() };
        let label =
            at.get::<u32>(0).filter(|_| in_front > 0).map(|word| (word >> 4 & 0x000f_ffff, word & 1 == 1));
        let distinguisher = at.get(4).filter(|_| form == BgpPrefixForm::Vpn);
        Ok((Self { distinguisher, address, len, label }, start + count))
    }
}

/// A prefix as it stands in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BgpRoute {
    /// The number of the path, RFC 7911.
    pub path: Option<u32>,
    /// Where the route leads.
    pub prefix: BgpPrefix,
}

/// An iterator over the routes of a list, which ends behind the first that cannot be read.
#[derive(Clone, Debug)]
pub struct BgpRoutes<'a> {
    rest: Payload<'a>,
    form: BgpPrefixForm,
    is_ipv6: bool,
    has_paths: bool,
    has_failed: bool,
}

impl<'a> BgpRoutes<'a> {
    /// The routes of `list`, which has prefixes of one form.
    pub fn new(list: Payload<'a>, form: BgpPrefixForm, is_ipv6: bool) -> Self {
        let max_len = if is_ipv6 { 128 } else { 32 };
        let has_paths = form == BgpPrefixForm::Plain && has_paths(list.bytes(), max_len);
        Self { rest: list, form, is_ipv6, has_paths, has_failed: false }
    }

    /// What has not been read.
    pub fn rest(&self) -> Payload<'a> {
        self.rest
    }

    fn read(&mut self) -> Result<BgpRoute, BgpPrefixError> {
        let mut rest = self.rest;
        let path = if self.has_paths { Some(rest.read().ok_or(BgpPrefixError::Short)?) } else { None };
        let (prefix, used) = BgpPrefix::new(rest, self.form, self.is_ipv6)?;
        self.rest = rest.skip(used);
        Ok(BgpRoute { path, prefix })
    }
}

impl Iterator for BgpRoutes<'_> {
    type Item = Result<BgpRoute, BgpPrefixError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed || self.rest.claimed() == 0 {
            return None;
        }
        let route = self.read();
        self.has_failed = route.is_err();
        Some(route)
    }
}

/// Whether each prefix of a list has the number of a path in front (RFC 7911), which the list alone does not say: it must
/// fit with them, and not without.
fn has_paths(list: &[u8], max_len: u8) -> bool {
    list.len() >= 5
        && fits(list, 4, |len| len <= max_len)
        && !fits(list, 0, |len| (1..=max_len).contains(&len))
}

/// Whether a list is one of prefixes with so many bytes in front of each, and lengths that may be.
fn fits(list: &[u8], in_front: usize, may_be: impl Fn(u8) -> bool) -> bool {
    let mut at = 0;
    while at < list.len() {
        let Some(len) = list.get(at + in_front).filter(|len| may_be(**len)) else { return false };
        at += in_front + 1 + usize::from(len.div_ceil(8));
    }
    at == list.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_as_long_as_its_bits_and_what_is_in_front() {
        let bytes = [88 + 17, 0, 0x12, 0x31, 0, 0, 0, 1, 0, 0, 0, 2, 10, 1, 0xff, 9];
        let at = Payload::new(&bytes, 16);
        let (prefix, used) = BgpPrefix::new(at, BgpPrefixForm::Vpn, false).unwrap();
        assert_eq!((prefix.address, prefix.len, used), (Ipv4Addr::new(10, 1, 0x80, 0).into(), 17, 15));
        assert_eq!(
            (prefix.label, prefix.distinguisher),
            (Some((0x123, true)), Some([0, 0, 0, 1, 0, 0, 0, 2]))
        );
        assert_eq!(BgpPrefix::new(at, BgpPrefixForm::Plain, false), Err(BgpPrefixError::Illegal));
        assert_eq!(BgpPrefix::new(at.with_claim(13), BgpPrefixForm::Vpn, false), Err(BgpPrefixError::Short));
    }

    #[test]
    fn path_numbers_are_told_from_prefixes() {
        assert!(has_paths(&[0, 0, 0, 1, 24, 10, 0, 0, 0, 0, 0, 2, 8, 11], 32));
        assert!(!has_paths(&[24, 10, 0, 0, 8, 11], 32));
        assert!(!has_paths(&[8, 11], 32));
    }
}
