//! What carries other packets.

use super::{Visit, VisitExt as _};
use crate::decode::{Ah, Esp, Geneve, Gre, GtpU, Mpls, Pppoe, Vxlan};

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
