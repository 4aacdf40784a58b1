//! Updates of BGP, RFC 4271 section 4.3: path attributes, and the routes of every family that are announced and withdrawn.

use super::{BgpAttribute, BgpMessage, BgpPrefixForm, BgpRoute, BgpRoutes, BgpValue};
use crate::decode::Payload;

/// What an update consists of.
#[derive(Clone, Copy, Debug)]
pub struct BgpUpdate<'a> {
    withdrawn: Payload<'a>,
    attributes: Payload<'a>,
    announced: Payload<'a>,
}

impl<'a> BgpUpdate<'a> {
    /// The update behind a message's header; nothing where the message has no room for its lists.
    pub(super) fn new(mut rest: Payload<'a>) -> Option<Self> {
        let (withdrawn, attributes) = (BgpMessage::list(&mut rest)?, BgpMessage::list(&mut rest)?);
        Some(Self { withdrawn, attributes, announced: rest })
    }

    /// The path attributes, up to the first that the list has no room for.
    pub fn attributes(&self) -> impl Iterator<Item = BgpAttribute<'a>> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            BgpAttribute::read(&mut rest).ok().filter(|attribute| !attribute.value.is_truncated())
        })
    }

    /// The routes that are withdrawn, first those of IPv4; of each list up to the first that cannot be read.
    pub fn withdrawn(&self) -> impl Iterator<Item = BgpRoute> + use<'a> {
        self.routes(self.withdrawn, |value| match value {
            BgpValue::Unreach(reach) => {
                let (form, is_ipv6) = reach.family()?.prefixes()?;
                Some(reach.withdrawn(form, is_ipv6))
            }
            _ => None,
        })
    }

    /// The routes that are announced, in the same order.
    pub fn announced(&self) -> impl Iterator<Item = BgpRoute> + use<'a> {
        self.routes(self.announced, |value| match value {
            BgpValue::Reach(reach) => {
                let (form, is_ipv6) = reach.family()?.prefixes()?;
                reach.announced(form, is_ipv6)
            }
            _ => None,
        })
    }

    /// The routes of IPv4 in `plain`, and those that an attribute holds.
    fn routes(
        &self,
        plain: Payload<'a>,
        of_attribute: fn(BgpValue<'a>) -> Option<BgpRoutes<'a>>,
    ) -> impl Iterator<Item = BgpRoute> + use<'a> {
        let of_attributes = self.attributes().filter_map(move |attribute| of_attribute(attribute.decode()?));
        let lists = std::iter::once(BgpRoutes::new(plain, BgpPrefixForm::Plain, false)).chain(of_attributes);
        lists.flat_map(|routes| routes.map_while(Result::ok))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_of_every_family_are_found() {
        let bytes = [
            &[0, 3, 16, 10, 1][..],
            &[0, 35],
            &[0x80, 14, 23, 0, 2, 1, 16, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 8, 0x20],
            &[0x80, 15, 6, 0, 2, 1, 16, 0x30, 1],
            &[8, 10],
        ]
        .concat();
        let update = BgpUpdate::new(Payload::new(&bytes, bytes.len() as u32)).unwrap();
        let texts = |routes: &mut dyn Iterator<Item = BgpRoute>| {
            routes.map(|route| format!("{}/{}", route.prefix.address, route.prefix.len)).collect::<Vec<_>>()
        };
        assert_eq!(texts(&mut update.withdrawn()), ["10.1.0.0/16", "3001::/16"]);
        assert_eq!(texts(&mut update.announced()), ["10.0.0.0/8", "2000::/8"]);
        assert_eq!(update.attributes().map(|attribute| attribute.kind).collect::<Vec<_>>(), [14, 15]);
    }
}
