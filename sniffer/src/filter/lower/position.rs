//! Where the headers are at one point of the text. `vlan`, `mpls`, `pppoes`, `geneve` and `vxlan` move it for everything
//! on their right, whether or not they match. Knows no expression.

use super::radio::{RADIO, WLAN_PAYLOAD};
use crate::filter::build::{add, alu, load};
use crate::filter::hir::{AluOp, Meta, Size, Value, Var};
use crate::filter::link::{Link, Scheme};
use crate::filter::{Layer, Options, link};
use crate::packet::LinkType;

/// Small enough that no sum with a position in a packet wraps.
const SMALL: u32 = 0xffff;

/// A position in the packet: a constant, and perhaps what is known only at run time to be added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Offset {
    pub(super) base: Option<Base>,
    pub(super) constant: u32,
}

/// A position that is known at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// That in a variable.
    Var(Var),
    /// That of the network header of a layer.
    Network(u8),
    /// That of the transport header of a layer.
    Transport(u8),
    /// That of the Ethernet header of a layer.
    Link(u8),
}

impl Base {
    fn value(self) -> Value {
        let field = |layer, shift, mask| {
            alu(AluOp::And, alu(AluOp::Shr, layer_word(layer), Value::Const(shift)), Value::Const(mask))
        };
        match self {
            Self::Var(var) => Value::Var(var),
            Self::Network(layer) => field(layer, 0, Layer::NETWORK),
            Self::Transport(layer) => field(layer, Layer::TRANSPORT_SHIFT, Layer::TRANSPORT),
            Self::Link(layer) => {
                let back = field(layer, Layer::LINK_SHIFT, Layer::LINK);
                alu(AluOp::Sub, Self::Network(layer).value(), back)
            }
        }
    }
}

/// The word of a layer.
pub(super) fn layer_word(layer: u8) -> Value {
    Value::Meta(Meta::Layer(layer))
}

impl Offset {
    pub(super) fn fixed(constant: u32) -> Self {
        Self { base: None, constant }
    }

    pub(super) fn at(var: Var, constant: u32) -> Self {
        Self { base: Some(Base::Var(var)), constant }
    }

    pub(super) fn of_transport(layer: u8) -> Self {
        Self { base: Some(Base::Transport(layer)), constant: 0 }
    }

    pub(super) fn plus(self, bytes: u32) -> Self {
        Self { constant: self.constant + bytes, ..self }
    }

    /// The part that is known only at run time.
    pub(super) fn index(self) -> Option<Value> {
        self.base.map(Base::value)
    }

    /// The bytes there.
    pub(super) fn load(self, size: Size) -> Value {
        load(self.index(), self.constant, size)
    }

    /// The position itself.
    pub(super) fn value(self) -> Value {
        add(self.index().unwrap_or(Value::Const(0)), Value::Const(self.constant))
    }

    /// The bytes `index` further on.
    pub(super) fn load_at(self, index: Value, size: Size) -> Value {
        match (self.index(), index) {
            (var, Value::Const(number @ 0..=SMALL)) => load(var, self.constant + number, size),
            (Some(var), index) => load(Some(add(index, var)), self.constant, size),
            (None, index) => load(Some(index), self.constant, size),
        }
    }
}

/// Where the type of the network protocol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeField {
    /// In the packet.
    At(Offset),
    /// In what the kernel knows of it.
    Kernel,
}

/// Where the headers are.
#[derive(Clone, Debug)]
pub(super) struct Position {
    /// The innermost link layer.
    pub(super) link: Link,
    /// Its header; `None` on a live capture of all interfaces, which has none.
    pub(super) header: Option<Offset>,
    /// Its type field.
    pub(super) type_field: TypeField,
    /// What follows it: an LLC header, or the network header.
    pub(super) payload: Offset,
    /// From the payload to the network header behind an Ethertype.
    pub(super) network: u32,
    /// From the payload to the network header behind a service access point.
    pub(super) llc_network: u32,
    /// How many MPLS labels stand before the network header.
    pub(super) labels: u32,
    /// How many VLAN tags have been stepped over.
    pub(super) tags: u32,
    /// Whether this is inside a tunnel over UDP.
    pub(super) tunnel: Tunnel,
}

/// A tunnel that the position is inside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tunnel {
    /// None.
    Outside,
    /// One that always carries Ethernet.
    Ethernet,
    /// One that carries Ethernet only when these two, the end of its header and the start of the network header, differ.
    Any(Var, Var),
}

impl Position {
    /// At the start of a packet.
    pub(super) fn new(options: Options) -> Self {
        let link = Link::of(options.link_type);
        let position = Self {
            link,
            header: Some(Offset::fixed(0)),
            type_field: TypeField::At(Offset::fixed(link.type_field)),
            payload: Offset::fixed(link.payload),
            network: link.network,
            llc_network: link.llc_network,
            labels: 0,
            tags: 0,
            tunnel: Tunnel::Outside,
        };
        match link.scheme {
            Scheme::Wlan if link.radio() == link::Radio::None => {
                Self { payload: Offset::at(WLAN_PAYLOAD, 0), ..position }
            }
            Scheme::Wlan => {
                Self { header: Some(Offset::at(RADIO, 0)), payload: Offset::at(WLAN_PAYLOAD, 0), ..position }
            }
            _ if options.live && matches!(link.number, LinkType::LINUX_SLL | LinkType::LINUX_SLL2) => {
                Self { header: None, type_field: TypeField::Kernel, payload: Offset::fixed(0), ..position }
            }
            _ => position,
        }
    }

    /// At a layer that was written down.
    pub(super) fn of_layer(layer: u8) -> Self {
        let at = |base| Offset { base: Some(base), constant: 0 };
        Self {
            link: Link { scheme: Scheme::Layer(layer), ..Link::ETHERNET },
            header: Some(at(Base::Link(layer))),
            type_field: TypeField::Kernel,
            payload: at(Base::Network(layer)),
            network: 0,
            llc_network: 0,
            labels: 0,
            tags: 0,
            tunnel: Tunnel::Outside,
        }
    }

    /// Moves to an inner link layer.
    pub(super) fn enter(&mut self, link: Link, header: Offset, payload: Offset, type_field: Offset) {
        self.link = link;
        self.header = Some(header);
        self.type_field = TypeField::At(type_field);
        self.payload = payload;
        self.network = link.network;
        self.llc_network = link.llc_network;
    }

    /// The bytes `index` into the link header; of a cooked one, which a live capture has not, only what the kernel keeps.
    pub(super) fn link_field(&self, index: Value, size: Size) -> Option<Value> {
        if let Some(header) = self.header {
            return Some(header.load_at(index, size));
        }
        let field = match (self.link.number, index, size) {
            (LinkType::LINUX_SLL, Value::Const(14), Size::Half)
            | (LinkType::LINUX_SLL2, Value::Const(0), Size::Half) => Meta::Protocol,
            (LinkType::LINUX_SLL, Value::Const(0), Size::Half)
            | (LinkType::LINUX_SLL2, Value::Const(10), Size::Byte) => Meta::PacketType,
            (LinkType::LINUX_SLL2, Value::Const(4), Size::Word) => Meta::IfIndex,
            _ => return None,
        };
        Some(Value::Meta(field))
    }

    /// The type field as a value of 16 bits.
    pub(super) fn type_value(&self) -> Value {
        match self.type_field {
            TypeField::At(offset) => offset.load(Size::Half),
            TypeField::Kernel => Value::Meta(Meta::Protocol),
        }
    }

    /// `bytes` into the link header; `None` where there is none.
    pub(super) fn header_at(&self, bytes: u32) -> Option<Offset> {
        self.header.map(|header| header.plus(bytes))
    }

    /// `bytes` into the LLC header.
    pub(super) fn llc_at(&self, bytes: u32) -> Offset {
        self.payload.plus(bytes)
    }

    /// `bytes` into the network header of a protocol with an Ethertype.
    pub(super) fn network_at(&self, bytes: u32) -> Offset {
        self.payload.plus(self.network + bytes)
    }

    /// `bytes` into the network header of a protocol with a service access point.
    pub(super) fn llc_network_at(&self, bytes: u32) -> Offset {
        self.payload.plus(self.llc_network + bytes)
    }

    /// The byte of the last MPLS label whose lowest bit says that no label follows. There must be one.
    pub(super) fn last_label(&self) -> Value {
        let behind = self.network_at(0);
        Offset { constant: behind.constant.saturating_sub(2), ..behind }.load(Size::Byte)
    }

    /// The length of the IPv4 header in bytes, as its first byte gives it, and the variable part of its position.
    pub(super) fn ip_header_len(&self) -> Value {
        let first = self.network_at(0).load(Size::Byte);
        let words = alu(AluOp::And, first, Value::Const(0x0f));
        let bytes = alu(AluOp::Shl, words, Value::Const(2));
        match self.payload.index() {
            Some(var) => add(bytes, var),
            None => bytes,
        }
    }

    /// The bytes `index` into what follows the IPv4 header; `index` is computed before the header's length is read.
    pub(super) fn ip_payload(&self, index: Value, size: Size) -> Value {
        let start = self.network_at(0).constant;
        match index {
            Value::Const(number @ 0..=SMALL) => load(Some(self.ip_header_len()), start + number, size),
            index => load(Some(add(index, self.ip_header_len())), start, size),
        }
    }

    /// `bytes` into what follows an IPv6 header without extensions.
    pub(super) fn ip6_payload_at(&self, bytes: u32) -> Offset {
        const HEADER: u32 = 40;
        self.network_at(HEADER + bytes)
    }
}
