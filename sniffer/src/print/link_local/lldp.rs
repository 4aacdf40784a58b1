//! LLDP: the system's name in one line, with `-v` every element. Elements of organisations are `lldp_private`'s.

use super::lldp_private;
use crate::decode::{Lldp, LldpAddress, LldpAddressKind, LldpElement, LldpIdentity, Payload, u24};
use crate::print::line::Line;
use crate::print::oui::OUIS;
use crate::print::tokens;
use crate::print::{hex, text};

pub(in crate::print) fn print(line: &mut Line<'_>, lldp: &Lldp<'_>) {
    line.labelled("LLDP, length ", lldp.whole().claimed());
    print_elements(line, lldp).unwrap_or_else(|| line.truncated("lldp"));
}

fn print_elements(line: &mut Line<'_>, lldp: &Lldp<'_>) -> Option<()> {
    let mut elements = lldp.elements();
    for element in elements.by_ref() {
        if line.is_verbose() {
            line.text("\n\t");
            tokens::print_or(line, ELEMENTS, element.kind, "Unknown");
            line.labelled(" TLV (", element.kind);
            line.labelled("), length ", element.value.claimed());
        }
        if element.kind == 0 || element.value.claimed() == 0 {
            return Some(());
        }
        if element.value.is_truncated() {
            return None;
        }
        if line.is_verbose() {
            print_element(line, &element)?;
        } else if element.kind == LldpElement::SYSTEM_NAME {
            line.text(": ");
            print_text(line, element.value);
        }
    }
    elements.is_at_end().then_some(())
}

const ELEMENTS: &[(u8, &str)] = &[
    (0, "End"),
    (LldpElement::CHASSIS, "Chassis ID"),
    (LldpElement::PORT, "Port ID"),
    (LldpElement::TIME_TO_LIVE, "Time to Live"),
    (LldpElement::PORT_DESCRIPTION, "Port Description"),
    (LldpElement::SYSTEM_NAME, "System Name"),
    (LldpElement::SYSTEM_DESCRIPTION, "System Description"),
    (LldpElement::CAPABILITIES, "System Capabilities"),
    (LldpElement::MANAGEMENT_ADDRESS, "Management Address"),
    (LldpElement::ORGANISATION, "Organization specific"),
];

/// The value of an element in words, and in hexadecimal where there are none or more is wanted.
fn print_element(line: &mut Line<'_>, element: &LldpElement<'_>) -> Option<()> {
    let value = element.value;
    let is_known = match element.kind {
        LldpElement::CHASSIS => print_identity(line, element, CHASSIS_FORMS)?,
        LldpElement::PORT => print_identity(line, element, PORT_FORMS)?,
        LldpElement::TIME_TO_LIVE => {
            line.labelled(": TTL ", value.get::<u16>(0)?);
            line.byte(b's');
            true
        }
        LldpElement::PORT_DESCRIPTION | LldpElement::SYSTEM_NAME => {
            line.text(": ");
            print_text(line, value);
            true
        }
        LldpElement::SYSTEM_DESCRIPTION => {
            line.text("\n\t  ");
            print_text(line, value);
            true
        }
        LldpElement::CAPABILITIES => {
            print_capabilities(line, value)?;
            true
        }
        LldpElement::MANAGEMENT_ADDRESS => {
            print_management_address(line, value)?;
            true
        }
        LldpElement::ORGANISATION => {
            let organisation = u24(value.get(0)?);
            line.text(": OUI ");
            tokens::print_with_hex(line, OUIS, organisation, 6, "Unknown");
            lldp_private::print(line, organisation, value)
        }
        _ => false,
    };
    if line.options.verbose > 1 || !is_known {
        hex::only_behind(line, "\n\t  ", value.bytes());
    }
    Some(())
}

/// Text up to its terminator.
pub(super) fn print_text(line: &mut Line<'_>, text: Payload<'_>) {
    line.untrusted(text::until_zero(text.bytes()));
}

/// The forms of what a chassis is known by.
const CHASSIS_FORMS: &[(u8, &str)] = &[
    (1, "Chassis component"),
    (2, "Interface alias"),
    (3, "Port component"),
    (4, "MAC address"),
    (5, "Network address"),
    (6, "Interface name"),
    (7, "Local"),
];

/// The forms of what a port is known by.
const PORT_FORMS: &[(u8, &str)] = &[
    (1, "Interface alias"),
    (2, "Port component"),
    (3, "MAC address"),
    (4, "Network Address"),
    (5, "Interface Name"),
    (6, "Agent circuit ID"),
    (7, "Local"),
];

/// Prints what a chassis or a port is known by; tells whether its form is known.
fn print_identity(
    line: &mut Line<'_>,
    element: &LldpElement<'_>,
    forms: &[(u8, &'static str)],
) -> Option<bool> {
    let form: u8 = element.value.get(0)?;
    element.value.get::<u16>(0)?;
    line.text("\n\t  Subtype ");
    tokens::print_numbered(line, forms, form, "Unknown");
    line.text(": ");
    match LldpIdentity::new(element.kind, form, element.value.skip(1))? {
        LldpIdentity::Mac(address) => line.mac(&address),
        LldpIdentity::Network(address) => print_address(line, address),
        LldpIdentity::Text(text) => print_text(line, text),
        LldpIdentity::Unknown => return Some(false),
    }
    Some(true)
}

fn print_address(line: &mut Line<'_>, address: LldpAddress) {
    line.text("AFI ");
    tokens::print_or(line, tokens::ADDRESS_FAMILIES, address.family.into(), "Unknown");
    line.labelled(" (", address.family);
    match address.kind {
        LldpAddressKind::Ip(address) => {
            line.labelled_address("): ", address);
        }
        LldpAddressKind::Mac(address) => {
            line.text("): ");
            line.mac(&address);
        }
        LldpAddressKind::Other => line.text("), no AF printer !"),
    }
}

fn print_capabilities(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let (able, enabled): (u16, u16) = (value.get(0)?, value.get(2)?);
    for (label, capabilities) in [("System  ", able), ("Enabled ", enabled)] {
        line.text("\n\t  ");
        line.text(label);
        line.text("Capabilities [");
        tokens::print_flags(line, CAPABILITY_NAMES, capabilities);
        line.labelled_hex("] (", capabilities, 4);
        line.byte(b')');
    }
    Some(())
}

const CAPABILITY_NAMES: &[(u16, &str)] = &[
    (0x01, "Other"),
    (0x02, "Repeater"),
    (0x04, "Bridge"),
    (0x08, "WLAN AP"),
    (0x10, "Router"),
    (0x20, "Telephone"),
    (0x40, "Docsis"),
    (0x80, "Station Only"),
];

/// Where the system is managed: an address, an interface and an object identifier.
fn print_management_address(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    let len: u8 = value.read()?;
    if value.claimed() < len.into() {
        return None;
    }
    let address = LldpAddress::new(value.with_claim(len.into()))?;
    line.labelled("\n\t  Management Address length ", len);
    line.text(", ");
    print_address(line, address);
    value = value.skip(len.into());
    let (numbering, interface): (u8, u32) = (value.read()?, value.read()?);
    line.text("\n\t  ");
    tokens::print_or(line, &[(2, "Interface Index"), (3, "System Port Number")], numbering, "Unknown");
    line.labelled(" Interface Numbering (", numbering);
    line.labelled("): ", interface);
    if value.claimed() == 0 {
        return Some(());
    }
    let len: u8 = value.read()?;
    if value.claimed() < len.into() {
        return None;
    }
    if len > 0 {
        line.labelled("\n\t  OID length ", len);
        print_text(line, value.with_claim(len.into()));
    }
    Some(())
}
