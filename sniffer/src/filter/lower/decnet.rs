//! `decnet host`: the node addresses in the routing header of `DECnet` phase IV data packets.

use super::Lowerer;
use super::address::either_end;
use crate::filter::ast::{Id, IdKind, Qualifiers};
use crate::filter::build::{and, any, equal, masked};
use crate::filter::error::{ErrorKind, Result};
use crate::filter::hir::{Hir, Size};
use crate::filter::link::protocol;
use crate::filter::span::Span;

/// Low bits of the flags of a short and of a long data packet header.
const SHORT: u32 = 0x02;
const LONG: u32 = 0x06;
const FORMAT_MASK: u32 = 0x07;
/// A length byte that announces that there is no other padding than itself.
const ONE_BYTE_OF_PADDING: u32 = 0x81;
/// The message's length comes first and is not looked at.
const HEADER: u32 = 2;

impl Lowerer<'_> {
    /// Data packets with a short or a long header, with or without a byte of padding before it.
    pub(super) fn decnet_host(&self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Hir> {
        let qualifier = qualifiers.protocol.map_or(id.span, |protocol| protocol.span);
        let address = match &id.kind {
            IdKind::Dotted(text) => parse(text, id.span)?,
            IdKind::Number(number) => return Err((ErrorKind::Decnet(number.to_string()), id.span)),
            IdKind::Ipv6(_) | IdKind::Ipv6Prefix(..) => {
                return Err(self.misfit(qualifier, "host <IPv6 address>"));
            }
            IdKind::Mac(_) => return Err((ErrorKind::MacWithoutEther, id.span)),
            IdKind::Name(_) | IdKind::DottedPrefix(..) | IdKind::DottedMask(..) => {
                return Err(self.misfit(qualifier, "host"));
            }
        };
        let direction = self.ip_direction(qualifiers)?;
        let source = self.decnet_address(address, 3, 15);
        let destination = self.decnet_address(address, 1, 7);
        Ok(and(self.carries(protocol::DECNET, qualifier)?, either_end(direction, source, destination)))
    }

    /// The address at `short` or `long` behind the start of the routing header, whichever header there is.
    fn decnet_address(&self, address: u16, short: u32, long: u32) -> Hir {
        let address_at = |bytes| {
            let little_endian = u32::from(address.swap_bytes());
            equal(self.position.network_at(HEADER + bytes).load(Size::Half), little_endian)
        };
        let format = |format| masked(self.position.network_at(HEADER).load(Size::Byte), FORMAT_MASK, format);
        let padded = |format| {
            let (mask, value) = (0xff00 | FORMAT_MASK, ONE_BYTE_OF_PADDING << 8 | format);
            masked(self.position.network_at(HEADER).load(Size::Half), mask, value)
        };
        any([
            and(format(SHORT), address_at(short)),
            and(padded(SHORT), address_at(short + 1)),
            and(format(LONG), address_at(long)),
            and(padded(LONG), address_at(long + 1)),
        ])
    }
}

/// `AREA.NODE`: six bits and ten.
fn parse(text: &str, span: Span) -> Result<u16> {
    let parse = |part: &str, max: u16| part.parse::<u16>().ok().filter(|number| *number <= max);
    let parts = text.split_once('.').and_then(|(area, node)| Some((parse(area, 63)?, parse(node, 1023)?)));
    parts.map(|(area, node)| area << 10 | node).ok_or_else(|| (ErrorKind::Decnet(text.to_owned()), span))
}
