//! Lengths, single bytes, broadcasts, directions and LLC frames.

use super::member::Wanted;
use super::{Lowerer, check_max};
use crate::filter::ast::{ByteOp, Direction, LlcKind, Protocol, Relation, Spanned};
use crate::filter::build::{alu, and, compare, equal, masked, not, or};
use crate::filter::error::{ErrorKind, Result};
use crate::filter::hir::{AluOp, Hir, Meta, Size, Value};
use crate::filter::link::{Scheme, protocol};
use crate::filter::span::Span;
use crate::packet::LinkType;

/// `sll_pkttype` of frames that this host sent (`linux/if_packet.h`).
const OUTGOING: u32 = 4;
/// The bit of the first byte of an Ethernet address that makes it a group's.
const GROUP: u32 = 0x01;

/// `less bytes`
pub(super) fn at_most(bytes: u32) -> Hir {
    compare(Relation::Le, Value::Len, Value::Const(bytes))
}

/// `greater bytes`
pub(super) fn at_least(bytes: u32) -> Hir {
    compare(Relation::Ge, Value::Len, Value::Const(bytes))
}

impl Lowerer<'_> {
    /// `byte index op value`, counted from the start of the link header.
    pub(super) fn byte(&self, index: u32, op: ByteOp, value: Spanned<u32>, span: Span) -> Result<Hir> {
        check_max("byte argument", value.node, u32::from(u8::MAX), value.span)?;
        let operand = Value::Const(value.node);
        let byte = self.position.link_field(Value::Const(index), Size::Byte);
        let byte = byte.ok_or((ErrorKind::NoLinkHeader, span))?;
        Ok(match op {
            ByteOp::Compare(relation) => compare(relation, byte, operand),
            ByteOp::And => compare(Relation::Ne, alu(AluOp::And, byte, operand), Value::Const(0)),
            ByteOp::Or => compare(Relation::Ne, alu(AluOp::Or, byte, operand), Value::Const(0)),
        })
    }

    pub(super) fn broadcast(&self, word: Option<Spanned<Protocol>>, span: Span) -> Result<Hir> {
        match word.map(|word| word.node) {
            None | Some(Protocol::Link) => {
                let destination = Spanned { node: Direction::Dst, span };
                self.mac(&Wanted::One([0xff; 6]), Some(destination), span)
            }
            Some(Protocol::Ip) => {
                // A mask of all ones has no host part that a broadcast could fill.
                let netmask = self.options.netmask.map(u32::from).filter(|mask| *mask != u32::MAX);
                let host = !netmask.ok_or((ErrorKind::NetmaskUnknown, span))?;
                let destination = || self.position.network_at(16).load(Size::Word);
                let test = or(masked(destination(), host, 0), masked(destination(), host, host));
                Ok(and(self.carries(protocol::IP, span)?, test))
            }
            Some(_) => Err(self.misfit(word.map_or(span, |word| word.span), "broadcast")),
        }
    }

    pub(super) fn multicast(&self, word: Option<Spanned<Protocol>>, span: Span) -> Result<Hir> {
        match word.map(|word| word.node) {
            None | Some(Protocol::Link) => self.link_multicast(span),
            Some(Protocol::Ip) => {
                let first = self.position.network_at(16).load(Size::Byte);
                Ok(and(self.carries(protocol::IP, span)?, masked(first, 0xf0, 224)))
            }
            Some(Protocol::Ip6) => {
                let first = self.position.network_at(24).load(Size::Byte);
                Ok(and(self.carries(protocol::IP6, span)?, equal(first, 0xff)))
            }
            Some(_) => Err(self.misfit(word.map_or(span, |word| word.span), "multicast")),
        }
    }

    fn link_multicast(&self, span: Span) -> Result<Hir> {
        if self.position.link.scheme == Scheme::Wlan {
            return Ok(self.wlan_multicast());
        }
        let Some(addresses) = self.position.link.addresses else { return Err(self.not_on_link(span)) };
        Ok(and(self.inner_ethernet(), self.is_group(addresses.destination)))
    }

    /// The address `bytes` into the link header is a group's.
    pub(super) fn is_group(&self, bytes: u32) -> Hir {
        match self.position.header_at(bytes) {
            Some(first) => masked(first.load(Size::Byte), GROUP, GROUP),
            None => Hir::Const(false),
        }
    }

    /// Sent by this host. The cooked headers tell, and the kernel for live frames. As in libpcap it is the innermost link
    /// layer that is asked: behind `geneve` a cooked header is out of reach.
    pub(super) fn outbound(&self, word: &'static str, span: Span) -> Result<Hir> {
        const SLL2_PACKET_TYPE: u32 = 10;
        let header = |bytes, size| self.position.header_at(bytes).map(|field| field.load(size));
        let sent = match self.position.link.number {
            LinkType::SLIP => header(0, Size::Byte).map(|field| equal(field, 1)),
            _ if self.options.live => Some(equal(Value::Meta(Meta::PacketType), OUTGOING)),
            LinkType::LINUX_SLL => header(0, Size::Half).map(|field| equal(field, OUTGOING)),
            LinkType::LINUX_SLL2 => header(SLL2_PACKET_TYPE, Size::Byte).map(|field| equal(field, OUTGOING)),
            _ => None,
        };
        sent.ok_or_else(|| (ErrorKind::NotLive { word, link: self.link_name() }, span))
    }

    pub(super) fn ifindex(&self, index: u32, span: Span) -> Result<Hir> {
        const SLL2_IFINDEX: u32 = 4;
        let field = match self.position.link.number {
            _ if self.options.live => Some(Value::Meta(Meta::IfIndex)),
            LinkType::LINUX_SLL2 => self.position.header_at(SLL2_IFINDEX).map(|field| field.load(Size::Word)),
            _ => None,
        };
        let not_live = || (ErrorKind::NotLive { word: "ifindex", link: self.link_name() }, span);
        Ok(equal(field.ok_or_else(not_live)?, index))
    }

    /// `llc`, `llc kind`
    pub(super) fn llc(&self, kind: Option<LlcKind>, span: Span) -> Result<Hir> {
        let has_llc = self.has_llc(span)?;
        let Some(kind) = kind else { return Ok(has_llc) };
        let control = self.position.llc_at(2).load(Size::Byte);
        let test = match kind {
            LlcKind::Information => masked(control, 0x01, 0),
            LlcKind::Supervisory => masked(control, 0x03, 0x01),
            LlcKind::Unnumbered => masked(control, 0x03, 0x03),
            LlcKind::SupervisoryType(value) => masked(control, 0x0f, value.into()),
            LlcKind::UnnumberedType(value) => masked(control, 0xef, value.into()),
        };
        Ok(and(has_llc, test))
    }

    /// The complaint that only 802.11 has the word at `span`.
    pub(super) fn require_wlan(&self, span: Span) -> Result<()> {
        if self.position.link.scheme == Scheme::Wlan {
            return Ok(());
        }
        Err((ErrorKind::Family { word: self.word(span), family: "802.11" }, span))
    }

    /// The bits of a byte of the link header.
    pub(super) fn header_bits(&self, bytes: u32, mask: u8, value: u8) -> Hir {
        match self.position.header_at(bytes) {
            Some(field) => masked(field.load(Size::Byte), mask.into(), value.into()),
            None => not(Hir::Const(true)),
        }
    }
}
