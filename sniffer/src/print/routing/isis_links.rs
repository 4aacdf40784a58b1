//! What IS-IS says of the link to a neighbour: addresses, bandwidths, labels.

use std::net::Ipv4Addr;

use super::isis::print_id;
use super::isis_elements::{Ended, Printed};
use super::traffic::{self, print_bandwidth};
use crate::decode::{IsisCursor, Payload, u24};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// Prints the elements in the next `left` bytes, as far as the element around them has room for these.
pub(super) fn print(line: &mut Line<'_>, value: &mut IsisCursor<'_>, mut left: u8) -> Printed {
    while left > 0 {
        value.beyond().get::<[u8; 2]>(0).ok_or(Ended::Capture)?;
        if value.room() < 2 || left < 2 {
            let whose = if value.room() < 2 { "TLV" } else { "subTLVs" };
            line.text("\n\t        Remaining data in ");
            line.text(whose);
            line.text(" shorter than a subTLV header");
            value.skip(left.min(value.room()));
            return Ok(());
        }
        let [kind, len] = value.read()?;
        left -= 2;
        line.text("\n\t        ");
        tokens::print_or(line, NAMES, kind, "unknown");
        line.labelled(" subTLV #", kind);
        line.labelled(", length: ", len);
        if left < len {
            line.text(" (remaining data in subTLVs shorter than the current subTLV)");
            value.skip(left);
            return Ok(());
        }
        if value.room() < len {
            line.text(" (> remaining tlv length)");
            value.skip(value.room());
            return Ok(());
        }
        let behind = value.beyond().skip(len.into());
        let detail = value.take(len)?;
        left -= len;
        print_link(line, kind, detail, behind).ok_or(Ended::Capture)?;
    }
    Ok(())
}

const NAMES: &[(u8, &str)] = &[
    (3, "Administrative groups"),
    (4, "Link Local/Remote Identifier"),
    (5, "Link Remote Identifier"),
    (6, "IPv4 interface address"),
    (8, "IPv4 neighbor address"),
    (9, "Maximum link bandwidth"),
    (10, "Reservable link bandwidth"),
    (11, "Unreserved bandwidth"),
    (12, "Bandwidth Constraints (old)"),
    (18, "Traffic Engineering Metric"),
    (19, "Link Attribute"),
    (20, "Link Protection Type"),
    (21, "Interface Switching Capability"),
    (22, "Bandwidth Constraints"),
    (29, "SPB Metric"),
    (32, "LAN Adjacency Segment Identifier"),
    (250, "Reserved for cisco specific extensions"),
    (251, "Reserved for cisco specific extensions"),
    (252, "Reserved for cisco specific extensions"),
    (253, "Reserved for cisco specific extensions"),
    (254, "Reserved for cisco specific extensions"),
    (255, "Reserved for future expansion"),
];

/// Prints what an element says that is long enough for it, and nothing of one that is not.
fn print_link(line: &mut Line<'_>, kind: u8, detail: Payload<'_>, behind: Payload<'_>) -> Option<()> {
    let len = detail.claimed();
    match kind {
        3..=5 if len >= 4 => {
            line.text(", ");
            line.hex(detail.get::<u32>(0)?, 8);
            if len == 8 {
                line.text(", ");
                line.hex(detail.get::<u32>(4)?, 8);
            }
        }
        6 | 8 if len >= 4 => line.labelled_address(", ", detail.get::<Ipv4Addr>(0)?),
        9 | 10 if len >= 4 => print_bandwidth(line, ", ", detail.get(0)?),
        11 if len >= 32 => print_bandwidths(line, "\n\t          TE-Class ", detail.with_claim(32)),
        12 | 22 if len >= 1 => {
            let model: u8 = detail.get(0)?;
            line.text("\n\t        Bandwidth Constraints Model ID: ");
            tokens::print_numbered(line, traffic::MODELS, model, "unknown");
            print_bandwidths(line, "\n\t          Bandwidth constraint CT", detail.skip(1));
        }
        18 if len >= 3 => line.labelled(", ", u24(detail.get(0)?)),
        19 if len == 2 => print_attributes(line, detail.get(0)?),
        20 if len >= 2 => {
            let [protections, priority]: [u8; 2] = detail.get(0)?;
            line.text(", ");
            tokens::print_flags(line, traffic::PROTECTIONS, protections);
            line.labelled(", Priority ", priority);
        }
        21 if len >= 36 => print_switching(line, detail)?,
        29 if len >= 6 => {
            line.labelled(", LM: ", u24(detail.get(0)?));
            line.labelled(", P: ", detail.get::<u8>(3)?);
            line.labelled(", P-ID: ", detail.get::<u16>(4)?);
        }
        32 if len >= 8 => print_segment(line, detail, behind)?,
        3..=6 | 8..=12 | 18..=22 | 29 | 32 => {}
        _ => hex::only_behind(line, "\n\t\t    ", detail.bytes()),
    }
    Some(())
}

/// Bandwidths by their numbers, as far as they are whole.
fn print_bandwidths(line: &mut Line<'_>, label: &str, bandwidths: Payload<'_>) {
    for (number, bits) in bandwidths.bytes().as_chunks().0.iter().enumerate() {
        line.labelled(label, number as u64);
        print_bandwidth(line, ": ", f32::from_be_bytes(*bits));
    }
}

fn print_attributes(line: &mut Line<'_>, attributes: u16) {
    line.text(", [ ");
    tokens::print_flags_or(line, ATTRIBUTES, attributes, "Unknown");
    line.labelled_hex(" ] (", attributes, 4);
    line.text(")");
}

const ATTRIBUTES: &[(u16, &str)] = &[
    (1, "Local Protection Available"),
    (2, "Link excluded from local protection path"),
    (4, "Local maintenance required"),
];

fn print_switching(line: &mut Line<'_>, mut detail: Payload<'_>) -> Option<()> {
    let [capability, encoding, _, _] = detail.read()?;
    line.text("\n\t          Interface Switching Capability:");
    tokens::print_or(line, traffic::SWITCHING, capability, "Unknown");
    line.text(", LSP Encoding: ");
    tokens::print_or(line, traffic::ENCODINGS, encoding, "Unknown");
    line.text("\n\t          Max LSP Bandwidth:");
    print_bandwidths(line, "\n\t            priority level ", detail.with_claim(32));
    let mut rest = detail.skip(32);
    match (capability, rest.claimed()) {
        (1..=4, 6..) => {
            print_bandwidth(line, "\n\t          Min LSP Bandwidth: ", rest.read()?);
            line.labelled("\n\t          Interface MTU: ", rest.read::<u16>()?);
        }
        (100, 8..) => {
            print_bandwidth(line, "\n\t          Min LSP Bandwidth: ", rest.read()?);
            line.text("\n\t          Indication ");
            tokens::print(line, INDICATIONS, rest.read::<u8>()?, ["Unknown (", ")"]);
        }
        (1..=4 | 100, _) => {}
        _ => hex::only_behind(line, "\n\t\t    ", rest.bytes()),
    }
    Some(())
}

/// The kinds of SONET and SDH that a link of time division multiplexing has.
const INDICATIONS: &[(u8, &str)] = &[(0, "Standard SONET/SDH"), (1, "Arbitrary SONET/SDH")];

/// A label for the way to a neighbour in a LAN; it may lie behind its element.
fn print_segment(line: &mut Line<'_>, mut detail: Payload<'_>, behind: Payload<'_>) -> Option<()> {
    let [flags, weight]: [u8; 2] = detail.read()?;
    line.text("\n\t          Flags: [");
    tokens::print_flags(line, SEGMENT_FLAGS, flags);
    line.labelled("]\n\t          Weight: ", weight);
    print_id(line, "\n\t          Neighbor System-ID: ", &detail.read::<[u8; 6]>()?);
    let label = if detail.claimed() > 0 { detail } else { behind };
    match flags & 0x30 {
        0x30 => line.labelled("\n\t          Label: ", u24(label.get(0)?)),
        0 => line.labelled("\n\t          Index: ", label.get::<u32>(0)?),
        _ => line.invalid(),
    }
    Some(())
}

const SEGMENT_FLAGS: &[(u8, &str)] = &[
    (0x80, "Address family IPv6"),
    (0x40, "Backup"),
    (0x20, "Value"),
    (0x10, "Local significance"),
    (0x08, "Set of adjacencies"),
    (0x04, "Persistent"),
];
