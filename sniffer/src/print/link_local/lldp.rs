//! LLDP: the system's name in one line, with `-v` every element. Elements of organisations are `lldp_private`'s.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::lldp_private;
use crate::decode::{Lldp, LldpElement, Payload};
use crate::print::hex;
use crate::print::line::Line;
use crate::print::oui::OUIS;
use crate::print::tokens;

/// The types of elements.
const CHASSIS: u8 = 1;
const PORT: u8 = 2;
const TIME_TO_LIVE: u8 = 3;
const PORT_DESCRIPTION: u8 = 4;
const SYSTEM_NAME: u8 = 5;
const SYSTEM_DESCRIPTION: u8 = 6;
const CAPABILITIES: u8 = 7;
const MANAGEMENT_ADDRESS: u8 = 8;
const ORGANISATION: u8 = 127;

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
        } else if element.kind == SYSTEM_NAME {
            line.text(": ");
            print_text(line, element.value);
        }
    }
    elements.is_at_end().then_some(())
}

const ELEMENTS: &[(u8, &str)] = &[
    (0, "End"),
    (CHASSIS, "Chassis ID"),
    (PORT, "Port ID"),
    (TIME_TO_LIVE, "Time to Live"),
    (PORT_DESCRIPTION, "Port Description"),
    (SYSTEM_NAME, "System Name"),
    (SYSTEM_DESCRIPTION, "System Description"),
    (CAPABILITIES, "System Capabilities"),
    (MANAGEMENT_ADDRESS, "Management Address"),
    (ORGANISATION, "Organization specific"),
];

/// The value of an element in words, and in hexadecimal where there are none or more is wanted.
fn print_element(line: &mut Line<'_>, element: &LldpElement<'_>) -> Option<()> {
    let value = element.value;
    let is_known = match element.kind {
        CHASSIS => print_identity(line, value, &CHASSIS_FORMS)?,
        PORT => print_identity(line, value, &PORT_FORMS)?,
        TIME_TO_LIVE => {
            line.labelled(": TTL ", value.get::<u16>(0)?);
            line.byte(b's');
            true
        }
        PORT_DESCRIPTION | SYSTEM_NAME => {
            line.text(": ");
            print_text(line, value);
            true
        }
        SYSTEM_DESCRIPTION => {
            line.text("\n\t  ");
            print_text(line, value);
            true
        }
        CAPABILITIES => {
            print_capabilities(line, value)?;
            true
        }
        MANAGEMENT_ADDRESS => {
            print_management_address(line, value)?;
            true
        }
        ORGANISATION => {
            let [a, b, c] = value.get(0)?;
            let organisation = u32::from_be_bytes([0, a, b, c]);
            line.text(": OUI ");
            tokens::print_or(line, OUIS, organisation, "Unknown");
            line.text(" (");
            line.hex(organisation, 6);
            line.byte(b')');
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
    line.untrusted(text.bytes().split(|byte| *byte == 0).next().unwrap_or_default());
}

/// How what identifies a chassis or a port is written: the names of the forms, and which are addresses.
struct Forms {
    names: &'static [(u8, &'static str)],
    mac: u8,
    network: u8,
}

const CHASSIS_FORMS: Forms = Forms {
    names: &[
        (1, "Chassis component"),
        (2, "Interface alias"),
        (3, "Port component"),
        (4, "MAC address"),
        (5, "Network address"),
        (6, "Interface name"),
        (7, "Local"),
    ],
    mac: 4,
    network: 5,
};

const PORT_FORMS: Forms = Forms {
    names: &[
        (1, "Interface alias"),
        (2, "Port component"),
        (3, "MAC address"),
        (4, "Network Address"),
        (5, "Interface Name"),
        (6, "Agent circuit ID"),
        (7, "Local"),
    ],
    mac: 3,
    network: 4,
};

fn print_identity(line: &mut Line<'_>, value: Payload<'_>, forms: &Forms) -> Option<bool> {
    let form: u8 = value.get(0)?;
    value.get::<u16>(0)?;
    line.text("\n\t  Subtype ");
    tokens::print_or(line, forms.names, form, "Unknown");
    line.labelled(" (", form);
    line.text("): ");
    let value = value.skip(1);
    if form == forms.mac {
        line.mac(&value.get::<[u8; 6]>(0)?);
    } else if form == forms.network {
        NetworkAddress::new(value)?.print(line);
    } else if tokens::name(forms.names, form).is_some() {
        print_text(line, value);
    } else {
        return Some(false);
    }
    Some(true)
}

/// An address behind the number of its family.
struct NetworkAddress {
    family: u8,
    address: Address,
}

enum Address {
    Ip(IpAddr),
    Mac([u8; 6]),
    Other,
}

impl NetworkAddress {
    /// The address in `value`, unless it is too short for its family.
    fn new(value: Payload<'_>) -> Option<Self> {
        let family: u8 = value.get(0)?;
        let address = match family {
            1 => Address::Ip(value.get::<Ipv4Addr>(1)?.into()),
            2 => Address::Ip(value.get::<Ipv6Addr>(1)?.into()),
            6 => Address::Mac(value.get(1)?),
            _ => Address::Other,
        };
        Some(Self { family, address })
    }

    fn print(&self, line: &mut Line<'_>) {
        line.text("AFI ");
        tokens::print_or(line, tokens::ADDRESS_FAMILIES, self.family.into(), "Unknown");
        line.labelled(" (", self.family);
        match self.address {
            Address::Ip(address) => {
                line.text("): ");
                line.address(address);
            }
            Address::Mac(address) => {
                line.text("): ");
                line.mac(&address);
            }
            Address::Other => line.text("), no AF printer !"),
        }
    }
}

fn print_capabilities(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let (able, enabled): (u16, u16) = (value.get(0)?, value.get(2)?);
    for (label, capabilities) in [("System  ", able), ("Enabled ", enabled)] {
        line.text("\n\t  ");
        line.text(label);
        line.text("Capabilities [");
        tokens::print_flags(line, CAPABILITY_NAMES, capabilities);
        line.text("] (");
        line.hex(capabilities, 4);
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
    let address = NetworkAddress::new(value.with_claim(len.into()))?;
    line.labelled("\n\t  Management Address length ", len);
    line.text(", ");
    address.print(line);
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
