//! Ethernet addresses: `ether host`, and `gateway`, which compares both layers.

use super::member::Wanted;
use super::position::Tunnel;
use super::{Lowerer, protocol_span};
use crate::filter::ast::{Direction, Id, IdKind, Protocol, Qualifiers, Spanned};
use crate::filter::build::{and, any, equal, member, not};
use crate::filter::error::{ErrorKind, Result};
use crate::filter::hir::{Hir, Size, Value};
use crate::filter::link::{Scheme, protocol};
use crate::filter::span::Span;

/// An Ethernet address.
pub(super) type Mac = [u8; 6];

impl Lowerer<'_> {
    /// `ether host`, `ether src`, `ether dst`
    pub(super) fn ether_host(&self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Hir> {
        match &id.kind {
            IdKind::Mac(mac) => self.mac(&Wanted::One(*mac), qualifiers.direction, id.span),
            IdKind::Name(name) => {
                // The link type is to blame before the name is.
                self.mac(&Wanted::One([0; 6]), qualifiers.direction, id.span)?;
                self.mac(&Wanted::One(self.ether_name(name, id.span)?), qualifiers.direction, id.span)
            }
            IdKind::Ipv6(_) | IdKind::Ipv6Prefix(..) => {
                Err(self.misfit(protocol_span(qualifiers, id.span), "host <IPv6 address>"))
            }
            IdKind::DottedPrefix(..) | IdKind::DottedMask(..) => Err(self.no_host(id.span)),
            IdKind::Number(_) | IdKind::Dotted(_) => Err((ErrorKind::NotMac(self.word(id.span)), id.span)),
        }
    }

    pub(super) fn ether_name(&self, name: &str, span: Span) -> Result<Mac> {
        let unknown = || (ErrorKind::UnknownName { what: "Ethernet host", name: name.to_owned() }, span);
        self.names.ether(name).ok_or_else(unknown)
    }

    /// The addresses at the given end of the frame.
    pub(super) fn mac(
        &self,
        wanted: &Wanted<Mac>,
        direction: Option<Spanned<Direction>>,
        span: Span,
    ) -> Result<Hir> {
        let end = direction.map_or(Direction::SrcOrDst, |direction| direction.node);
        if self.position.link.scheme == Scheme::Wlan {
            return Ok(self.wlan_host(wanted, end));
        }
        if let Some(Spanned { node: Direction::Wlan(_), span }) = direction {
            return Err((ErrorKind::WlanOnly(self.word(span)), span));
        }
        let Some(addresses) = self.position.link.addresses else { return Err(self.not_on_link(span)) };
        let fields = (addresses.source, addresses.destination);
        // Without a link header every address is false.
        let test = if self.position.header.is_none() {
            Hir::Const(false)
        } else {
            let one = |mac: &Mac, field| self.mac_is(field, *mac);
            wanted.at_ends(end, fields, one, |field| self.mac_words(field))
        };
        Ok(and(self.inner_ethernet(), test))
    }

    /// The address `bytes` into the link header is one of those wanted.
    pub(super) fn mac_at(&self, bytes: u32, wanted: &Wanted<Mac>) -> Hir {
        match wanted {
            Wanted::One(mac) => self.mac_is(bytes, *mac),
            Wanted::Chain { all: set, .. } | Wanted::In(set) => match self.position.header {
                Some(_) => member(self.mac_words(bytes), set),
                None => Hir::Const(false),
            },
        }
    }

    /// One address `bytes` into the link header. Its low four bytes are compared first, being the ones that differ.
    fn mac_is(&self, bytes: u32, mac: Mac) -> Hir {
        let [first, second, low @ ..] = mac;
        match (self.position.header_at(bytes), self.position.header_at(bytes + 2)) {
            (Some(head), Some(tail)) => and(
                equal(tail.load(Size::Word), u32::from_be_bytes(low)),
                equal(head.load(Size::Half), u32::from(u16::from_be_bytes([first, second]))),
            ),
            _ => Hir::Const(false),
        }
    }

    /// The words of the address `bytes` into the link header, which must be there.
    fn mac_words(&self, bytes: u32) -> Vec<Value> {
        let word = |bytes, size| self.position.header_at(bytes).map(|field| field.load(size));
        [word(bytes, Size::Half), word(bytes + 2, Size::Word)].into_iter().flatten().collect()
    }

    /// `gateway name`: the frame goes to or comes from the Ethernet address of `name`, the packet inside does not.
    pub(super) fn gateway(&mut self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Hir> {
        let IdKind::Name(name) = id.kind else {
            let subject = self.word(id.span);
            return Err((ErrorKind::Qualifier { qualifier: "gateway".to_owned(), subject }, id.span));
        };
        let protocols: &[(Protocol, u32)] = match qualifiers.protocol {
            None => &[
                (Protocol::Ip, protocol::IP),
                (Protocol::Arp, protocol::ARP),
                (Protocol::Rarp, protocol::RARP),
            ],
            Some(Spanned { node: Protocol::Ip, .. }) => &[(Protocol::Ip, protocol::IP)],
            Some(Spanned { node: Protocol::Arp, .. }) => &[(Protocol::Arp, protocol::ARP)],
            Some(Spanned { node: Protocol::Rarp, .. }) => &[(Protocol::Rarp, protocol::RARP)],
            Some(Spanned { span, .. }) => return Err(self.misfit(span, "gateway")),
        };
        if self.position.labels > 0 || self.position.tunnel != Tunnel::Outside {
            let word = self.word(qualifiers.kind.map_or(id.span, |kind| kind.span));
            return Err((ErrorKind::InsideTunnel(word), id.span));
        }
        self.mac(&Wanted::One([0; 6]), None, id.span)?;
        let frame = self.mac(&Wanted::One(self.ether_name(name, id.span)?), None, id.span)?;
        let mut packets = Vec::new();
        for (word, number) in protocols {
            let qualifiers = Qualifiers {
                protocol: Some(Spanned { node: *word, span: id.span }),
                ..Qualifiers::default()
            };
            let addressed = self.host(qualifiers, id)?;
            packets.push(and(self.carries(*number, id.span)?, not(addressed)));
        }
        Ok(and(frame, any(packets)))
    }
}
