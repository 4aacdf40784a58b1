//! `vlan`, `mpls`, `pppoed`, `pppoes`, `geneve` and `vxlan`: the test itself, and the move of the position for everything
//! on its right.

use super::position::{Base, Offset, Tunnel, TypeField};
use super::{Lowerer, check_max};
use crate::filter::ast::{Encapsulation, Spanned};
use crate::filter::build::{add, all, alu, and, any, equal, load, masked, or, set};
use crate::filter::error::{ErrorKind, Result};
use crate::filter::hir::{AluOp, Hir, Meta, Size, Value, Var};
use crate::filter::link::{Link, Scheme, protocol};
use crate::filter::span::Span;

/// Bytes of a VLAN tag and of an MPLS label.
const TAG: u32 = 4;
/// The VLAN identifier in the tag control information.
const VLAN_ID: u32 = 0x0fff;
/// The UDP port of Geneve (RFC 8926).
const GENEVE_PORT: u32 = 6081;
/// The UDP port of VXLAN (RFC 7348).
const VXLAN_PORT: u32 = 4789;
/// Bytes of a UDP header, and of a Geneve or VXLAN header without options.
const UDP: u32 = 8;
const TUNNEL: u32 = 8;
/// The network identifier of Geneve and VXLAN, in the second word of the header.
const NETWORK_ID: u32 = 0x00ff_ffff;

impl Lowerer<'_> {
    pub(super) fn encapsulation(
        &mut self,
        encapsulation: Encapsulation,
        number: Option<Spanned<u32>>,
        span: Span,
    ) -> Result<Hir> {
        match encapsulation {
            Encapsulation::Vlan => self.vlan(number, span),
            Encapsulation::Mpls => self.mpls(number, span),
            Encapsulation::Pppoed => self.carries(protocol::PPPOE_DISCOVERY, span),
            Encapsulation::Pppoes => self.pppoes(number, span),
            Encapsulation::Geneve => self.geneve(number, span),
            Encapsulation::Vxlan => self.vxlan(number, span),
        }
    }

    /// `vlan [id]`. Type field and payload move by the length of a tag; the link header stays.
    fn vlan(&mut self, id: Option<Spanned<u32>>, span: Span) -> Result<Hir> {
        if self.position.labels > 0 {
            return Err((ErrorKind::OverMpls(self.word(span)), span));
        }
        if !self.position.link.vlan {
            return Err(self.not_on_link(span));
        }
        let id = checked("VLAN tag", id, VLAN_ID)?;
        let outermost = self.position.tags == 0 && self.position.header == Some(Offset::fixed(0));
        let hir = if self.options.live && outermost && self.position.link.scheme == Scheme::Ethernet {
            self.live_vlan(id, span)?
        } else {
            let in_data = self.vlan_in_data(id, span)?;
            self.position.payload = self.position.payload.plus(TAG);
            if let TypeField::At(offset) = self.position.type_field {
                self.position.type_field = TypeField::At(offset.plus(TAG));
            }
            in_data
        };
        self.position.tags += 1;
        Ok(hir)
    }

    /// A tag in the bytes of the packet.
    fn vlan_in_data(&self, id: Option<u32>, span: Span) -> Result<Hir> {
        let tagged = any([
            self.carries(protocol::VLAN, span)?,
            self.carries(protocol::VLAN_SERVICE, span)?,
            self.carries(protocol::VLAN_QINQ, span)?,
        ]);
        let control = self.position.network_at(0).load(Size::Half);
        Ok(and(tagged, if_given(id, |id| masked(control, VLAN_ID, id))))
    }

    /// The outermost tag of a live frame, which the kernel has usually taken out of the bytes. Where it has, nothing
    /// moves; where it has not, the type field and the payload move at run time.
    fn live_vlan(&mut self, id: Option<u32>, span: Span) -> Result<Hir> {
        let shift = self.new_var(span)?;
        let present = |value| equal(Value::Meta(Meta::VlanPresent), value);
        let control = Value::Meta(Meta::VlanTci);
        let in_kernel = and(present(1), if_given(id, |id| masked(control, VLAN_ID, id)));
        let in_data = all([present(0), set(shift, Value::Const(TAG)), self.vlan_in_data(id, span)?]);
        self.position.payload.base = Some(Base::Var(shift));
        if let TypeField::At(offset) = &mut self.position.type_field {
            offset.base = Some(Base::Var(shift));
        }
        Ok(or(in_kernel, in_data))
    }

    /// `mpls [label]`: the link layer's MPLS, or a label that is not the last.
    fn mpls(&mut self, label: Option<Spanned<u32>>, span: Span) -> Result<Hir> {
        const LABEL_SHIFT: u32 = 12;
        let stacked = if self.position.labels > 0 {
            masked(self.position.last_label(), 0x01, 0)
        } else {
            let number = self.position.link.mpls.ok_or_else(|| self.not_on_link(span))?;
            self.carries(number, span)?
        };
        let label = checked("MPLS label", label, 0x000f_ffff)?;
        let entry = self.position.network_at(0).load(Size::Word);
        let labelled = if_given(label, |label| masked(entry, u32::MAX << LABEL_SHIFT, label << LABEL_SHIFT));
        self.position.network += TAG;
        self.position.llc_network += TAG;
        self.position.labels += 1;
        Ok(and(stacked, labelled))
    }

    /// `pppoes [session]`: behind it the link layer is PPP.
    fn pppoes(&mut self, session: Option<Spanned<u32>>, span: Span) -> Result<Hir> {
        const HEADER: u32 = 6;
        const SESSION_ID: u32 = 0xffff;
        let carried = self.carries(protocol::PPPOE_SESSION, span)?;
        let session = checked("PPPoE session number", session, SESSION_ID)?;
        let id = self.position.network_at(2).load(Size::Half);
        let header = self.position.network_at(HEADER);
        let payload = header.plus(Link::PPPOE.payload);
        self.position.enter(Link::PPPOE, header, payload, header.plus(Link::PPPOE.type_field));
        Ok(and(carried, if_given(session, |session| equal(id, session))))
    }

    /// `geneve [vni]`: behind it the link layer is Ethernet, or a network protocol without any.
    fn geneve(&mut self, vni: Option<Spanned<u32>>, span: Span) -> Result<Hir> {
        const OPTION_WORDS: u32 = 0x3f;
        const PROTOCOL: u32 = 2;
        let vni = checked("Geneve VNI", vni, NETWORK_ID)?;
        let version = |first| masked(first, 0xc0, 0);
        let [field, header, payload] = [self.new_var(span)?, self.new_var(span)?, self.new_var(span)?];
        let tunnel = self.udp_tunnel(GENEVE_PORT, version, vni, field, 0, span)?;
        let at = |bytes, size| load(Some(Value::Var(field)), bytes, size);
        let options =
            alu(AluOp::Mul, alu(AluOp::And, at(0, Size::Byte), Value::Const(OPTION_WORDS)), Value::Const(4));
        let end = add(add(options, Value::Const(TUNNEL)), Value::Var(field));
        let behind = |var, bytes| set(var, add(Value::Var(header), Value::Const(bytes)));
        let ethernet = all([
            equal(at(PROTOCOL, Size::Half), protocol::ETHERNET),
            behind(field, Link::ETHERNET.type_field),
            behind(payload, Link::ETHERNET.payload),
        ]);
        let bare = set(field, add(Value::Var(field), Value::Const(PROTOCOL)));
        self.enter_tunnel(Offset::at(header, 0), Offset::at(payload, 0), Offset::at(field, 0));
        self.position.tunnel = Tunnel::Any(header, payload);
        Ok(all([tunnel, set(header, end), behind(payload, 0), or(ethernet, bare)]))
    }

    /// `vxlan [vni]`: behind it the link layer is Ethernet.
    fn vxlan(&mut self, vni: Option<Spanned<u32>>, span: Span) -> Result<Hir> {
        const FLAGS: u32 = 0x08;
        let vni = checked("VXLAN VNI", vni, NETWORK_ID)?;
        let inner = self.new_var(span)?;
        let tunnel = self.udp_tunnel(VXLAN_PORT, |first| equal(first, FLAGS), vni, inner, TUNNEL, span)?;
        let at = |bytes| Offset::at(inner, bytes);
        self.enter_tunnel(at(0), at(Link::ETHERNET.payload), at(Link::ETHERNET.type_field));
        self.position.tunnel = Tunnel::Ethernet;
        Ok(tunnel)
    }

    /// A UDP datagram to `port` whose first byte passes `test`, for the network `vni`; then `start` is the position
    /// `skip` bytes behind the UDP header.
    fn udp_tunnel(
        &self,
        port: u32,
        test: impl Fn(Value) -> Hir,
        vni: Option<u32>,
        start: Var,
        skip: u32,
        span: Span,
    ) -> Result<Hir> {
        const VNI: u32 = 4;
        let matches = |field: &dyn Fn(u32, Size) -> Value| {
            let network =
                if_given(vni, |vni| masked(field(UDP + VNI, Size::Word), NETWORK_ID << 8, vni << 8));
            and(test(field(UDP, Size::Byte)), network)
        };
        let in_ip = |bytes, size| self.position.ip_payload(Value::Const(bytes), size);
        let in_ip6 = |bytes, size| self.position.ip6_payload_at(bytes).load(size);
        let behind = self.position.network_at(UDP + skip).constant;
        let behind_ip = add(self.position.ip_header_len(), Value::Const(behind));
        let behind_ip6 = self.position.ip6_payload_at(UDP + skip).value();
        Ok(or(
            all([self.udp_in_ip(port, span)?, matches(&in_ip), set(start, behind_ip)]),
            all([self.udp_in_ip6(port, span)?, matches(&in_ip6), set(start, behind_ip6)]),
        ))
    }

    /// Moves into the Ethernet frame of a tunnel, out of all labels and tags.
    fn enter_tunnel(&mut self, header: Offset, payload: Offset, type_field: Offset) {
        self.position.enter(Link::ETHERNET, header, payload, type_field);
        self.position.labels = 0;
    }
}

/// The test of the number behind the word; without a number, nothing.
fn if_given(number: Option<u32>, test: impl FnOnce(u32) -> Hir) -> Hir {
    number.map_or(Hir::Const(true), test)
}

/// The number behind the word, if it fits.
fn checked(what: &'static str, number: Option<Spanned<u32>>, max: u32) -> Result<Option<u32>> {
    let Some(Spanned { node, span }) = number else { return Ok(None) };
    check_max(what, node, max, span)?;
    Ok(Some(node))
}
