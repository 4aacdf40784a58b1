//! What opaque advertisements of OSPF say of links for traffic engineering, with `-v`.

use std::net::Ipv4Addr;

use super::opaque::is_silent;
use crate::decode::{OspfElement, OspfLinkValue, Payload};
use crate::print::line::Line;
use crate::print::routing::traffic::{self, print_bandwidth};
use crate::print::{hex, tokens};

/// Prints a router's address, or a link. Tells whether it is as it should be, or what is wrong has been said.
pub(super) fn print(line: &mut Line<'_>, element: &OspfElement<'_>) -> Option<bool> {
    let value = element.value;
    match element.kind {
        1 if value.claimed() < 4 => {
            line.labelled("\n\t    TLV length ", value.claimed());
            line.text(" < 4");
            return Some(false);
        }
        1 => line.labelled_address(", ", value.get::<Ipv4Addr>(0)?),
        2 => return print_link(line, value),
        _ => hex::without_vv(line, "\n\t      ", value.bytes()),
    }
    Some(true)
}

fn print_link(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<bool> {
    while rest.claimed() > 0 {
        if rest.claimed() < OspfElement::HEADER_LEN {
            line.labelled("\n\t    Remaining TLV length ", rest.claimed());
            line.text(" < 4");
            return Some(false);
        }
        let element = OspfElement::read(&mut rest)?;
        let (kind, len, padded) = (element.kind, element.value.claimed(), element.padded_len());
        if kind == 0 || len == 0 {
            line.invalid();
            return Some(false);
        }
        line.text("\n\t      ");
        tokens::print_or(line, LINK_ELEMENTS, kind, "unknown");
        line.labelled(" subTLV (", kind);
        line.labelled("), length: ", len);
        if !has_room(line, rest, len) {
            return Some(false);
        }
        if element.value.is_truncated() {
            return is_silent(1);
        }
        if !print_link_element(line, &element)? {
            line.invalid();
            return Some(false);
        }
        if !has_room(line, rest, padded) {
            return Some(false);
        }
        rest = rest.skip(padded as usize);
    }
    Some(true)
}

/// Whether so many bytes can be in the rest of a link; says so if not.
fn has_room(line: &mut Line<'_>, rest: Payload<'_>, len: u32) -> bool {
    if len > rest.claimed() {
        line.labelled("\n\t    Remaining TLV length ", rest.claimed() + OspfElement::HEADER_LEN);
        line.labelled(" < ", len + OspfElement::HEADER_LEN);
    }
    len <= rest.claimed()
}

const LINK_ELEMENTS: &[(u16, &str)] = &[
    (1, "Link Type"),
    (2, "Link ID"),
    (3, "Local Interface IP address"),
    (4, "Remote Interface IP address"),
    (5, "Traffic Engineering Metric"),
    (6, "Maximum Bandwidth"),
    (7, "Maximum Reservable Bandwidth"),
    (8, "Unreserved Bandwidth"),
    (9, "Administrative Group"),
    (11, "Link Local/Remote Identifier"),
    (14, "Link Protection Type"),
    (15, "Interface Switching Capability"),
    (16, "Shared Risk Link Group"),
    (17, "Bandwidth Constraints"),
];

/// What is wrong with the length of an element of a link, if it is.
fn complaint(element: &OspfElement<'_>) -> Option<&'static str> {
    let len = element.value.claimed();
    let (fits, complaint) = match element.kind {
        1 => (len == 1, " != 1"),
        2 | 11 => (len == 4 || len == 8, " != 4 && != 8"),
        3..=7 | 9 | 14 => (len == 4, " != 4"),
        8 => (len == 32, " != 32"),
        15 => (len >= 36, " < 36"),
        16 => (len.is_multiple_of(4), " != N x 4"),
        17 => (len >= 4, " < 4"),
        _ => (true, ""),
    };
    (!fits).then_some(complaint)
}

/// Prints an element of a link; tells whether its length can be.
fn print_link_element(line: &mut Line<'_>, element: &OspfElement<'_>) -> Option<bool> {
    if let Some(complaint) = complaint(element) {
        line.text(complaint);
        return Some(false);
    }
    match element.link_value()? {
        OspfLinkValue::Type(form) => {
            line.text(", ");
            tokens::print_numbered(line, &[(1, "Point-to-point"), (2, "Multi-Access")], form, "unknown");
        }
        OspfLinkValue::Ids(ids) => {
            for id in ids {
                line.labelled_address(", ", Ipv4Addr::from(*id));
                line.labelled_hex(" (", u32::from_be_bytes(*id), 8);
                line.byte(b')');
            }
        }
        OspfLinkValue::Address(address) => line.labelled_address(", ", address),
        OspfLinkValue::Metric(metric) => line.labelled(", Metric ", metric),
        OspfLinkValue::Bandwidth(bandwidth) => print_bandwidth(line, ", ", bandwidth),
        OspfLinkValue::Unreserved(bandwidths) => print_bandwidths(line, "\n\t\tTE-Class ", bandwidths)?,
        OspfLinkValue::Groups(groups) => {
            line.labelled_hex(", ", groups, 8);
        }
        OspfLinkValue::Protection(flags) => {
            line.text(", ");
            tokens::print_flags(line, traffic::PROTECTIONS, flags);
        }
        OspfLinkValue::Switching { capability, encoding, bandwidths } => {
            line.text("\n\t\tInterface Switching Capability: ");
            tokens::print_or(line, traffic::SWITCHING, capability, "Unknown");
            line.text("\n\t\tLSP Encoding: ");
            tokens::print_or(line, traffic::ENCODINGS, encoding, "Unknown");
            line.text("\n\t\tMax LSP Bandwidth:");
            print_bandwidths(line, "\n\t\t  priority level ", bandwidths)?;
        }
        OspfLinkValue::Risks(groups) => print_risks(line, groups),
        OspfLinkValue::Constraints { model, bandwidths } => {
            return print_constraints(line, element, model, bandwidths);
        }
        OspfLinkValue::Other => hex::without_vv(line, "\n\t\t", element.value.bytes()),
    }
    Some(true)
}

/// A bandwidth for each number from 0 on.
fn print_bandwidths(line: &mut Line<'_>, label: &str, mut rest: Payload<'_>) -> Option<()> {
    let mut index = 0_u32;
    while rest.claimed() > 0 {
        line.labelled(label, index);
        print_bandwidth(line, ": ", rest.read()?);
        index += 1;
    }
    Some(())
}

fn print_risks(line: &mut Line<'_>, groups: &[[u8; 4]]) {
    let mut separator = "\n\t\t  Shared risk group: ";
    for group in groups {
        line.labelled(separator, u32::from_be_bytes(*group));
        separator = ", ";
    }
}

fn print_constraints(
    line: &mut Line<'_>,
    element: &OspfElement<'_>,
    model: u8,
    bandwidths: Payload<'_>,
) -> Option<bool> {
    let len = element.value.claimed();
    line.text("\n\t\tBandwidth Constraints Model ID: ");
    tokens::print_numbered(line, traffic::MODELS, model, "unknown");
    let complaint = match len {
        _ if !len.is_multiple_of(4) => " != N x 4",
        37.. => " > 36",
        _ => {
            print_bandwidths(line, "\n\t\t  Bandwidth constraint CT", bandwidths)?;
            return Some(true);
        }
    };
    line.labelled("\n\t\tlength ", len);
    line.text(complaint);
    Some(false)
}
