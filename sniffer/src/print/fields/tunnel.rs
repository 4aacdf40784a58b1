//! What carries other packets.

use super::{Visit, VisitExt as _};
use crate::decode::{
    Ah, Esp, Geneve, Gre, GtpU, InterceptShim, Ipcomp, L2tp, Mpls, NatTraversal, NatTraversalKind, Otv,
    Pppoe, PppoeTag, Pptp, Vxlan,
};

pub(super) fn gre(header: &Gre<'_>, visitor: &mut impl Visit) {
    visitor.number("flags", header.flags().into());
    visitor.number("version", header.version().into());
    visitor.number("protocol", header.protocol().into());
    visitor.number_if("key", header.key().flatten());
    visitor.number_if("sequence", header.sequence().flatten());
    visitor.number_if("acknowledgement", header.acknowledgement().flatten());
}

pub(super) fn esp(header: &Esp<'_>, visitor: &mut impl Visit) {
    visitor.number("spi", header.spi().into());
    visitor.number("sequence", header.sequence().into());
}

pub(super) fn ah(header: &Ah<'_>, visitor: &mut impl Visit) {
    visitor.number("next_header", u8::from(header.next_header()).into());
    visitor.number("header_length", header.header_len() as u64);
    visitor.number("spi", header.spi().into());
    visitor.number("sequence", header.sequence().into());
    visitor.bytes("integrity", header.integrity());
}

pub(super) fn mpls(entry: &Mpls<'_>, visitor: &mut impl Visit) {
    visitor.number("label", entry.label().into());
    visitor.number("traffic_class", entry.traffic_class().into());
    visitor.flag("bottom", entry.is_bottom());
    visitor.number("ttl", entry.ttl().into());
}

pub(super) fn pppoe(header: &Pppoe<'_>, visitor: &mut impl Visit) {
    visitor.number("code", header.code().into());
    visitor.number("session", header.session().into());
    visitor.number("length", header.length().into());
    visitor.number_if("ppp_protocol", header.ppp_protocol());
    if header.code() != 0 {
        let text = |kind| header.tags().find(|tag| tag.kind == kind)?.value;
        visitor.readable_if("service", text(PppoeTag::SERVICE));
        visitor.readable_if("concentrator", text(PppoeTag::CONCENTRATOR));
    }
}

pub(super) fn gtpu(message: &GtpU<'_>, visitor: &mut impl Visit) {
    visitor.number("flags", message.flags().into());
    visitor.number("type", message.kind().into());
    visitor.number("length", message.length().into());
    visitor.number("teid", message.teid().into());
    visitor.number_if("sequence", message.sequence());
}

pub(super) fn vxlan(header: &Vxlan<'_>, visitor: &mut impl Visit) {
    visitor.number("flags", header.flags().into());
    visitor.number("network", header.network().into());
}

pub(super) fn geneve(header: &Geneve<'_>, visitor: &mut impl Visit) {
    visitor.number("version", header.version().into());
    visitor.number("flags", header.flags().into());
    visitor.number("options_length", header.options_len() as u64);
    visitor.number("protocol", header.protocol().into());
    visitor.number("network", header.network().into());
}

pub(super) fn otv(header: &Otv<'_>, visitor: &mut impl Visit) {
    visitor.number("flags", header.flags().into());
    visitor.number("overlay", header.overlay().into());
    visitor.number("instance", header.instance().into());
}

pub(super) fn l2tp(message: &L2tp<'_>, visitor: &mut impl Visit) {
    visitor.number("flags", message.flags().into());
    visitor.number("version", message.version().into());
    if message.version() != L2tp::VERSION {
        return;
    }
    visitor.number_if("length", message.length());
    visitor.number_if("tunnel", message.tunnel());
    visitor.number_if("session", message.session());
    if let Some((sequence, next)) = message.sequence() {
        visitor.number("sequence", sequence.into());
        visitor.number("next_sequence", next.into());
    }
    visitor.list("attributes");
    for attribute in message.attributes() {
        visitor.item();
        visitor.number("vendor", attribute.vendor.into());
        visitor.number("type", attribute.kind.into());
        visitor.flag("hidden", attribute.is_hidden);
        visitor.bytes("value", attribute.value.bytes());
    }
    visitor.end();
}

pub(super) fn pptp(message: &Pptp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("length", message.length());
    visitor.number_if("type", message.kind());
    visitor.number_if("control_type", message.control());
}

pub(super) fn ipcomp(header: &Ipcomp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("next_header", header.next_header());
    visitor.number_if("cpi", header.cpi());
}

pub(super) fn nat_traversal(datagram: &NatTraversal<'_>, visitor: &mut impl Visit) {
    visitor.flag("keep_alive", datagram.kind() == NatTraversalKind::KeepAlive);
}

pub(super) fn intercept_shim(shim: &InterceptShim<'_>, visitor: &mut impl Visit) {
    visitor.number("direction", shim.direction().into());
    visitor.number("type", shim.kind().into());
    visitor.number("tags", shim.tags().into());
    visitor.number("id", shim.id().into());
}
