//! The attributes of BGP that announce and withdraw routes of other families than IPv4, RFC 4760.

use super::{BgpFamily, BgpPrefixForm, BgpRoutes};
use crate::decode::Payload;

/// Routes of a family that are announced, or withdrawn: these have no next hops.
#[derive(Clone, Copy, Debug)]
pub struct BgpReach<'a> {
    /// The attribute's value.
    pub whole: Payload<'a>,
}

impl<'a> BgpReach<'a> {
    /// Bytes of the family.
    const FAMILY_LEN: usize = 3;

    /// The family of the routes.
    pub fn family(&self) -> Option<BgpFamily> {
        BgpFamily::new(self.whole)
    }

    /// Where packets for announced routes are sent, with a route distinguisher in front of each address of a VPN; nothing
    /// where there is no room for what is claimed.
    pub fn next_hops(&self) -> Option<Payload<'a>> {
        Self::vector(&mut self.whole.skip(Self::FAMILY_LEN)).filter(|hops| !hops.is_truncated())
    }

    /// What is behind the next hops: how many points of attachment there are, and from the first of them on.
    pub fn attachments(&self) -> Option<(u8, Payload<'a>)> {
        let mut rest = self.whole.skip(Self::FAMILY_LEN);
        Self::vector(&mut rest)?;
        Some((rest.read()?, rest))
    }

    /// The bytes behind a length of one byte at the start of `rest`, and steps over them.
    pub fn vector(rest: &mut Payload<'a>) -> Option<Payload<'a>> {
        let len: u8 = rest.read()?;
        let vector = rest.with_claim(len.into());
        *rest = rest.skip(len.into());
        Some(vector)
    }

    /// The routes that are announced; nothing where there is no room for what is in front of them.
    pub fn announced(&self, form: BgpPrefixForm, is_ipv6: bool) -> Option<BgpRoutes<'a>> {
        let (attachments, mut rest) = self.attachments()?;
        (0..attachments).try_for_each(|_| Self::vector(&mut rest).map(drop))?;
        Some(BgpRoutes::new(rest, form, is_ipv6))
    }

    /// The routes that are withdrawn.
    pub fn withdrawn(&self, form: BgpPrefixForm, is_ipv6: bool) -> BgpRoutes<'a> {
        BgpRoutes::new(self.whole.skip(Self::FAMILY_LEN), form, is_ipv6)
    }
}
