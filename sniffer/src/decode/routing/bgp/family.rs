//! What routes of BGP are of: a family of addresses and what of it, RFC 4760.

use super::BgpPrefixForm;
use crate::decode::Payload;

/// A family of addresses, and what of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BgpFamily {
    /// The family (<https://www.iana.org/assignments/address-family-numbers>).
    pub addresses: u16,
    /// What of it (<https://www.iana.org/assignments/safi-namespace>).
    pub subsequent: u8,
}

impl BgpFamily {
    /// The family at the start of an attribute, or of what a notification has to say of one.
    pub fn new(at: Payload<'_>) -> Option<Self> {
        Some(Self { addresses: at.get(0)?, subsequent: at.get(2)? })
    }

    /// The family in a capability or a route refresh, which have a byte between its numbers.
    pub fn spaced(at: Payload<'_>) -> Option<Self> {
        Some(Self { addresses: at.get(0)?, subsequent: at.get(3)? })
    }

    /// How routes of the family are written, and whether they are of IPv6; nothing of those that are not decoded.
    pub fn prefixes(self) -> Option<(BgpPrefixForm, bool)> {
        let form = match self.subsequent {
            1..=3 => BgpPrefixForm::Plain,
            4 => BgpPrefixForm::Labelled,
            128..=130 => BgpPrefixForm::Vpn,
            _ => return None,
        };
        matches!(self.addresses, 1 | 2).then_some((form, self.addresses == 2))
    }
}

/// An iterator over families, each with a byte about it.
#[derive(Clone, Debug)]
pub struct BgpFamilies<'a>(pub(super) Payload<'a>);

impl Iterator for BgpFamilies<'_> {
    type Item = (BgpFamily, u8);

    fn next(&mut self) -> Option<(BgpFamily, u8)> {
        let [high, low, subsequent, about] = self.0.read()?;
        Some((BgpFamily { addresses: u16::from_be_bytes([high, low]), subsequent }, about))
    }
}
