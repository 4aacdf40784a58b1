//! What the stations of one link tell each other.

use super::{Visit, VisitExt as _};
use crate::decode::{
    Aoe, CalmFast, Cdp, CdpAddress, Cfm, CiscoElement, Dtp, Eapol, Ectp, GeoNet, Lldp, LldpAddress,
    LldpAddressKind, LldpElement, LldpIdentity, Nlb, Payload, Ptp, Slow, Stp, Udld, Vqp, Vtp,
};

pub(super) fn stp(message: &Stp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("type", message.kind());
    visitor.number_if("flags", message.flags());
    if let Some((priority, address)) = message.bridge() {
        visitor.number("bridge_priority", priority.into());
        visitor.mac("bridge", &address);
    }
    visitor.number_if("port", message.port());
    if let Some((priority, address)) = message.root() {
        visitor.number("root_priority", priority.into());
        visitor.mac("root", &address);
    }
    visitor.number_if("root_cost", message.root_cost());
    visitor.number_if("message_age", message.message_age());
    visitor.number_if("max_age", message.max_age());
    visitor.number_if("hello_time", message.hello_time());
    visitor.number_if("forward_delay", message.forward_delay());
}

pub(super) fn lldp(message: &Lldp<'_>, visitor: &mut impl Visit) {
    visitor.list("elements");
    for element in message.elements() {
        visitor.item();
        visitor.number("type", element.kind.into());
        visitor.bytes("value", element.value.bytes());
    }
    visitor.end();
    let value = |kind| message.elements().find(|element| element.kind == kind).map(|element| element.value);
    let text = |kind| value(kind).map(Payload::bytes);
    for (kind, form_name, name) in
        [(LldpElement::CHASSIS, "chassis_form", "chassis"), (LldpElement::PORT, "port_form", "port")]
    {
        if let Some(value) = value(kind) {
            lldp_identity(kind, value, [form_name, name], visitor);
        }
    }
    visitor.number_if("ttl", value(LldpElement::TIME_TO_LIVE).and_then(|value| value.get::<u16>(0)));
    visitor.readable_if("port_description", text(LldpElement::PORT_DESCRIPTION));
    visitor.readable_if("system_name", text(LldpElement::SYSTEM_NAME));
    visitor.readable_if("system_description", text(LldpElement::SYSTEM_DESCRIPTION));
    let capabilities = value(LldpElement::CAPABILITIES);
    visitor.number_if("capabilities", capabilities.and_then(|value| value.get::<u16>(0)));
    visitor.number_if("enabled_capabilities", capabilities.and_then(|value| value.get::<u16>(2)));
    let managed_at = value(LldpElement::MANAGEMENT_ADDRESS).and_then(|mut value| {
        let len: u8 = value.read()?;
        LldpAddress::new(value.with_claim(len.into()))
    });
    if let Some(address) = managed_at {
        lldp_address("management_address", address, visitor);
    }
}

/// What identifies a chassis or a port, behind the form that it has.
fn lldp_identity(kind: u8, value: Payload<'_>, names: [&'static str; 2], visitor: &mut impl Visit) {
    let Some(form) = value.get::<u8>(0) else { return };
    visitor.number(names[0], form.into());
    match LldpIdentity::new(kind, form, value.skip(1)) {
        Some(LldpIdentity::Mac(address)) => visitor.mac(names[1], &address),
        Some(LldpIdentity::Network(address)) => lldp_address(names[1], address, visitor),
        Some(LldpIdentity::Text(text)) => visitor.padded(names[1], text.bytes()),
        Some(LldpIdentity::Unknown) | None => {}
    }
}

fn lldp_address(name: &'static str, address: LldpAddress, visitor: &mut impl Visit) {
    match address.kind {
        LldpAddressKind::Ip(address) => visitor.address(name, address),
        LldpAddressKind::Mac(address) => visitor.mac(name, &address),
        LldpAddressKind::Other => {}
    }
}

pub(super) fn slow(frame: &Slow<'_>, visitor: &mut impl Visit) {
    visitor.number_if("subtype", frame.subtype());
    if frame.subtype() == Some(Slow::OAM) {
        visitor.number_if("flags", frame.oam_flags());
        visitor.number_if("code", frame.oam_code());
        return;
    }
    visitor.number_if("version", frame.version());
    visitor.list("elements");
    for element in frame.elements() {
        visitor.item();
        visitor.number("type", element.kind.into());
        let is_end = frame.subtype() == Some(Slow::LACP) && matches!(element.kind, 1 | 2);
        match element.end().filter(|_| is_end) {
            Some(end) => {
                visitor.mac("system", &end.system);
                visitor.number("system_priority", end.system_priority.into());
                visitor.number("key", end.key.into());
                visitor.number("port", end.port.into());
                visitor.number("port_priority", end.port_priority.into());
                visitor.number("state", end.state.into());
            }
            None => visitor.bytes("value", element.value.bytes()),
        }
    }
    visitor.end();
}

pub(super) fn eapol(frame: &Eapol<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", frame.version());
    visitor.number_if("type", frame.kind());
    visitor.number_if("length", frame.length());
    let Some(eap) = frame.eap() else { return };
    visitor.number_if("eap_code", eap.code());
    visitor.number_if("eap_id", eap.id());
    visitor.number_if("eap_length", eap.length());
    visitor.number_if("eap_type", eap.kind());
    visitor.readable_if("eap_identity", eap.identity());
}

pub(super) fn cdp(message: &Cdp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("ttl", message.ttl());
    cisco_elements(message.elements(), visitor);
    let value = |kind| message.elements().find(|element| element.kind == kind).map(|element| element.value);
    let text = |kind| value(kind).map(Payload::bytes);
    visitor.readable_if("device", text(Cdp::DEVICE));
    visitor.readable_if("port", text(Cdp::PORT));
    visitor.number_if("capabilities", value(Cdp::CAPABILITIES).and_then(|value| value.get::<u32>(0)));
    visitor.readable_if("software", text(Cdp::SOFTWARE));
    visitor.readable_if("platform", text(Cdp::PLATFORM));
    visitor.readable_if("domain", text(Cdp::DOMAIN));
    visitor.number_if("native_vlan", value(Cdp::NATIVE_VLAN).and_then(|value| value.get::<u16>(0)));
    visitor.readable_if("system_name", text(Cdp::SYSTEM_NAME));
    for (name, kind) in [("addresses", Cdp::ADDRESSES), ("management_addresses", Cdp::MANAGEMENT_ADDRESSES)] {
        visitor.list(name);
        for address in value(kind).into_iter().flat_map(CdpAddress::all).filter_map(|address| address.ip()) {
            visitor.item();
            visitor.address("address", address);
        }
        visitor.end();
    }
}

pub(super) fn vtp(message: &Vtp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("type", message.kind());
    if let Some(domain) = message.domain() {
        visitor.readable("domain", domain.bytes());
    }
    visitor.number_if("revision", message.revision());
}

pub(super) fn dtp(message: &Dtp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    cisco_elements(message.elements(), visitor);
}

pub(super) fn udld(message: &Udld<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("operation", message.operation());
    visitor.number_if("flags", message.flags());
    let text =
        |kind| message.elements().find(|element| element.kind == kind).map(|element| element.value.bytes());
    visitor.readable_if("device", text(Udld::DEVICE));
    visitor.readable_if("port", text(Udld::PORT));
}

fn cisco_elements<'e>(elements: impl Iterator<Item = CiscoElement<'e>>, visitor: &mut impl Visit) {
    visitor.list("elements");
    for element in elements {
        visitor.item();
        visitor.number("type", element.kind.into());
        visitor.bytes("value", element.value.bytes());
    }
    visitor.end();
}

pub(super) fn ptp(message: &Ptp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("type", message.kind());
    visitor.number_if("version", message.version());
    visitor.number_if("length", message.length());
    visitor.number_if("domain", message.domain());
    visitor.number_if("flags", message.flags());
    visitor.number_if("clock", message.clock());
    visitor.number_if("port", message.port());
    visitor.number_if("sequence", message.sequence());
}

pub(super) fn aoe(message: &Aoe<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("flags", message.flags());
    visitor.number_if("error", message.error());
    visitor.number_if("major", message.major());
    visitor.number_if("minor", message.minor());
    visitor.number_if("command", message.command());
    visitor.number_if("tag", message.tag());
}

pub(super) fn geonet(packet: &GeoNet<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", packet.version());
    visitor.number_if("next_header", packet.next_header());
    visitor.number_if("type", packet.kind().map(|(kind, _)| kind));
    visitor.number_if("subtype", packet.kind().map(|(_, subtype)| subtype));
    visitor.number_if("payload_length", packet.payload_len());
    visitor.number_if("hop_limit", packet.hop_limit());
    visitor.mac_if("address", packet.address());
    visitor.number_if("latitude", packet.latitude());
    visitor.number_if("longitude", packet.longitude());
}

pub(super) fn ectp(test: &Ectp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("skip_count", test.skip_count());
    visitor.number_if("function", test.function());
}

pub(super) fn vqp(message: &Vqp<'_>, visitor: &mut impl Visit) {
    visitor.number_if("version", message.version());
    visitor.number_if("type", message.kind());
    visitor.number_if("error", message.error());
    visitor.number_if("sequence", message.sequence());
}

pub(super) fn cfm(message: &Cfm<'_>, visitor: &mut impl Visit) {
    visitor.number_if("level", message.level());
    visitor.number_if("version", message.version());
    visitor.number_if("operation", message.operation());
    visitor.number_if("flags", message.flags());
}

pub(super) fn nlb(heartbeat: &Nlb<'_>, visitor: &mut impl Visit) {
    visitor.number_if("priority", heartbeat.priority());
    visitor.address_if("cluster", heartbeat.cluster());
    visitor.address_if("host", heartbeat.host());
}

pub(super) fn calm_fast(frame: &CalmFast<'_>, visitor: &mut impl Visit) {
    visitor.number_if("source", frame.source());
    visitor.number_if("destination", frame.destination());
}
