//! Which network protocol is inside the link layer (`gen_linktype` of libpcap's `gencode.c`).

use super::position::Tunnel;
use super::{Lowerer, layers};
use crate::filter::build::{all, and, any, compare, equal, masked, not, or};
use crate::filter::error::{ErrorKind, Result};
use crate::filter::hir::{Hir, Relation, Size, Value};
use crate::filter::link::{MAX_LENGTH, Scheme, ppp_number, protocol};
use crate::filter::span::Span;

/// The type of 802.3 frames without an LLC header in a cooked header (`LINUX_SLL_P_802_3`).
const COOKED_802_3: u32 = 0x0001;
/// The type of frames with an LLC header in a cooked header (`LINUX_SLL_P_802_2`).
const COOKED_802_2: u32 = 0x0004;
/// The address family of IPv4, the same everywhere.
const FAMILY_IP: u32 = 2;
/// The address family of IPv6 on NetBSD and OpenBSD, on FreeBSD, and on macOS.
const FAMILIES_IP6: [u32; 3] = [24, 28, 30];

impl Lowerer<'_> {
    /// Whether the link layer carries the protocol of this number; `span` is to blame where that cannot be told.
    pub(super) fn carries(&self, number: u32, span: Span) -> Result<Hir> {
        if self.position.labels > 0 {
            return self.carries_behind_labels(number, span);
        }
        let constant = |value| Ok(Hir::Const(value));
        match self.position.link.scheme {
            Scheme::Ethernet => Ok(self.ethernet_carries(number)),
            Scheme::Cooked => Ok(self.cooked_carries(number)),
            Scheme::Ethertype => Ok(equal(self.position.type_value(), number)),
            Scheme::Ppp => Ok(equal(self.position.type_value(), ppp_number(number))),
            Scheme::Hdlc => Ok(equal(self.position.type_value(), hdlc_number(number))),
            Scheme::Llc => Ok(self.llc_carries(number)),
            Scheme::Wlan => Ok(and(self.is_data_frame(), self.llc_carries(number))),
            Scheme::Version => match number {
                protocol::IP => Ok(self.first_nibble(4)),
                protocol::IP6 => Ok(self.first_nibble(6)),
                _ => constant(false),
            },
            Scheme::Always(only) => constant(number == only),
            Scheme::FamilyEitherOrder | Scheme::Family => Ok(self.family(number)),
            Scheme::Layer(layer) => Ok(layers::carries(layer, number)),
            Scheme::Unknown => Err(self.not_on_link(span)),
        }
    }

    /// Behind MPLS labels nothing names the protocol: the bottom of the stack and the version nibble must do.
    fn carries_behind_labels(&self, number: u32, span: Span) -> Result<Hir> {
        let version = match number {
            protocol::IP => 0x40,
            protocol::IP6 => 0x60,
            _ => return Err((ErrorKind::OverMpls(self.word(span)), span)),
        };
        Ok(and(
            masked(self.position.last_label(), 0x01, 0x01),
            masked(self.position.network_at(0).load(Size::Byte), 0xf0, version),
        ))
    }

    fn ethernet_carries(&self, number: u32) -> Hir {
        let is_type = |number| equal(self.position.type_value(), number);
        let is_length = compare(Relation::Le, self.position.type_value(), Value::Const(MAX_LENGTH));
        match number {
            protocol::SAP_ISO | protocol::SAP_IP | protocol::SAP_NETBEUI => {
                and(is_length, self.both_saps(number))
            }
            protocol::SAP_IPX => {
                let saps = self.position.llc_at(0);
                let inside = any([
                    self.snap(0, protocol::IPX),
                    equal(saps.load(Size::Byte), protocol::SAP_IPX),
                    equal(saps.load(Size::Half), 0xffff),
                ]);
                or(is_type(protocol::IPX), and(is_length, inside))
            }
            protocol::ATALK | protocol::AARP => {
                or(is_type(number), and(is_length, self.snap(organisation(number), number)))
            }
            ..=MAX_LENGTH => and(is_length, equal(self.position.llc_at(0).load(Size::Byte), number)),
            _ => is_type(number),
        }
    }

    fn cooked_carries(&self, number: u32) -> Hir {
        let is_type = |number| equal(self.position.type_value(), number);
        let sap = self.position.llc_at(0).load(Size::Byte);
        match number {
            protocol::SAP_ISO | protocol::SAP_IP | protocol::SAP_NETBEUI => {
                and(is_type(COOKED_802_2), self.both_saps(number))
            }
            protocol::SAP_IPX => any([
                is_type(protocol::IPX),
                is_type(COOKED_802_3),
                and(is_type(COOKED_802_2), or(equal(sap, protocol::SAP_IPX), self.snap(0, protocol::IPX))),
            ]),
            protocol::ATALK | protocol::AARP => {
                or(is_type(number), and(is_type(COOKED_802_2), self.snap(organisation(number), number)))
            }
            ..=MAX_LENGTH => and(is_type(COOKED_802_2), equal(sap, number)),
            _ => is_type(number),
        }
    }

    /// On links where every frame has an LLC header. The organisation of a SNAP header is not looked at, except for
    /// `AppleTalk`.
    fn llc_carries(&self, number: u32) -> Hir {
        match number {
            protocol::SAP_ISO | protocol::SAP_IP | protocol::SAP_NETBEUI => self.both_saps(number),
            protocol::ATALK => self.snap(organisation(number), number),
            ..=MAX_LENGTH => equal(self.position.llc_at(0).load(Size::Byte), number),
            _ => equal(self.position.llc_at(6).load(Size::Half), number),
        }
    }

    /// Both service access points of the LLC header are `sap`.
    fn both_saps(&self, sap: u32) -> Hir {
        equal(self.position.llc_at(0).load(Size::Half), sap << 8 | sap)
    }

    /// An LLC header that announces SNAP, and this SNAP header. The last word is compared first.
    fn snap(&self, organisation: u32, number: u32) -> Hir {
        let last = (organisation & 0xffff) << 16 | number;
        let first = 0xaaaa_0300 | organisation >> 16;
        and(
            equal(self.position.llc_at(4).load(Size::Word), last),
            equal(self.position.llc_at(0).load(Size::Word), first),
        )
    }

    fn first_nibble(&self, version: u32) -> Hir {
        match self.position.header_at(0) {
            Some(first) => masked(first.load(Size::Byte), 0xf0, version << 4),
            None => Hir::Const(false),
        }
    }

    /// The address family of a loopback header. A live one is this host's; files may come from any.
    fn family(&self, number: u32) -> Hir {
        const FAMILY_IP6_LINUX: u32 = 10;
        let families: &[u32] = match number {
            protocol::IP => &[FAMILY_IP],
            protocol::IP6 if self.options.live => &[FAMILY_IP6_LINUX],
            protocol::IP6 => &FAMILIES_IP6,
            _ => &[],
        };
        let Some(header) = self.position.header_at(0) else { return Hir::Const(false) };
        let is = |family| equal(header.load(Size::Word), family);
        any(families.iter().map(|family| match self.position.link.scheme {
            Scheme::FamilyEitherOrder => or(is(family.swap_bytes()), is(*family)),
            _ => is(*family),
        }))
    }

    /// Inside a tunnel, or at a layer, that may have something else than Ethernet: whether there is Ethernet.
    pub(super) fn inner_ethernet(&self) -> Hir {
        if let Scheme::Layer(layer) = self.position.link.scheme {
            return layers::has_link(layer);
        }
        match self.position.tunnel {
            Tunnel::Any(header, payload) => compare(Relation::Ne, Value::Var(header), Value::Var(payload)),
            _ => Hir::Const(true),
        }
    }

    /// An LLC header follows.
    pub(super) fn has_llc(&self, span: Span) -> Result<Hir> {
        match self.position.link.scheme {
            Scheme::Ethernet => Ok(all([
                compare(Relation::Le, self.position.type_value(), Value::Const(MAX_LENGTH)),
                not(equal(self.position.llc_at(0).load(Size::Half), 0xffff)),
            ])),
            Scheme::Llc => Ok(Hir::Const(true)),
            Scheme::Wlan => Ok(self.is_data_frame()),
            _ => Err(self.not_on_link(span)),
        }
    }
}

/// The organisation that assigned the SNAP protocol number: Apple's for `AppleTalk`.
fn organisation(number: u32) -> u32 {
    if number == protocol::ATALK { 0x08_0007 } else { 0 }
}

/// Cisco HDLC has Ethertypes, and 0xfefe for the OSI protocols.
fn hdlc_number(number: u32) -> u32 {
    if number == protocol::SAP_ISO { number << 8 | number } else { number }
}
