//! Cisco's VLAN trunking protocol: what kind of message, with `-v` the VLANs of its domain.

use crate::decode::{Vtp, VtpElement, VtpVlan, VtpVlanError};
use crate::print::line::Line;
use crate::print::{hex, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, vtp: &Vtp<'_>) {
    print_message(line, vtp).unwrap_or_else(|| line.truncated("vtp"));
}

fn print_message(line: &mut Line<'_>, vtp: &Vtp<'_>) -> Option<()> {
    let claimed = vtp.whole().claimed();
    let mut is_good = claimed >= Vtp::HEADER_LEN as u32;
    if is_good {
        vtp.whole().get::<[u8; Vtp::HEADER_LEN]>(0)?;
        let kind = vtp.kind()?;
        line.labelled("VTPv", vtp.version()?);
        line.text(", Message ");
        tokens::print_with_hex(line, MESSAGES, kind, 2, "Unknown message type");
        line.labelled(", length ", claimed);
        if line.is_verbose() {
            is_good = print_body(line, vtp)?;
            if is_good {
                return Some(());
            }
        }
    }
    if !is_good {
        line.invalid();
    }
    vtp.whole().all_captured()
}

const MESSAGES: &[(u8, &str)] = &[
    (SUMMARY, "Summary advertisement"),
    (SUBSET, "Subset advertisement"),
    (REQUEST, "Advertisement request"),
    (4, "Join message"),
];
const SUMMARY: u8 = 1;
const SUBSET: u8 = 2;
const REQUEST: u8 = 3;

/// What the third byte of a message of each kind is.
const NUMBERS: &[(u8, &str)] =
    &[(SUMMARY, "Followers"), (SUBSET, "Seq number"), (REQUEST, "Rsvd"), (4, "Rsvd")];

/// Prints all behind the first line; tells whether it can be.
fn print_body(line: &mut Line<'_>, vtp: &Vtp<'_>) -> Option<bool> {
    line.text("\n\tDomain name: ");
    let Some(domain) = vtp.domain() else {
        line.labelled(" [invalid MgmtD Len ", vtp.domain_len()?);
        line.text("]");
        return Some(false);
    };
    line.zero_padded(domain)?;
    line.text(", ");
    tokens::print_or(line, NUMBERS, vtp.kind()?, "Unknown");
    line.labelled(": ", vtp.number()?);
    match vtp.kind()? {
        SUMMARY => print_summary(line, vtp)?,
        SUBSET => {
            let revision = vtp.revision()?;
            line.text(", Config Rev ");
            line.hex_digits(revision, 1);
            return print_vlans(line, vtp);
        }
        REQUEST => line.labelled("\n\tStart value: ", vtp.revision()?),
        _ => {}
    }
    Some(true)
}

fn print_summary(line: &mut Line<'_>, vtp: &Vtp<'_>) -> Option<()> {
    let (revision, changed_by) = (vtp.revision()?, vtp.updater()?);
    line.text("\n\t  Config Rev ");
    line.hex_digits(revision, 1);
    line.labelled_address(", Updater ", changed_by);
    let updated = vtp.updated()?;
    line.text(", Timestamp");
    for word in updated.as_chunks::<4>().0 {
        line.labelled_hex(" ", u32::from_be_bytes(*word), 8);
    }
    let digest = vtp.digest()?;
    line.text(", MD5 digest: ");
    line.hex_bytes(&digest);
    Some(())
}

fn print_vlans(line: &mut Line<'_>, vtp: &Vtp<'_>) -> Option<bool> {
    let mut rest = vtp.vlans();
    loop {
        match VtpVlan::read(&mut rest) {
            Ok(vlan) if print_vlan(line, &vlan)? => {}
            Ok(_) | Err(VtpVlanError::Malformed) => return Some(false),
            Err(VtpVlanError::End) => return Some(true),
            Err(VtpVlanError::Truncated) => return None,
        }
    }
}

fn print_vlan(line: &mut Line<'_>, vlan: &VtpVlan<'_>) -> Option<bool> {
    line.text("\n\tVLAN info status ");
    tokens::print_or(line, STATES, vlan.status, "Unknown");
    line.text(", type ");
    tokens::print_or(line, NETWORKS, vlan.kind, "Unknown");
    line.labelled(", VLAN-id ", vlan.id);
    line.labelled(", MTU ", vlan.mtu);
    line.labelled_hex(", SAID ", vlan.said, 8);
    line.text(", Name ");
    let Some(name) = vlan.name else { return Some(false) };
    line.zero_padded(name)?;
    let mut rest = vlan.elements;
    while rest.claimed() > 0 {
        let Some(element) = VtpElement::read(&mut rest) else { return Some(false) };
        if !print_element(line, &element) {
            return Some(false);
        }
    }
    Some(true)
}

const STATES: &[(u8, &str)] = &[(0, "Operational"), (1, "Suspended")];
const NETWORKS: &[(u8, &str)] = &[(1, "Ethernet"), (2, "FDDI"), (3, "TrCRF"), (4, "FDDI-net"), (5, "TrBRF")];

/// Prints an element of a VLAN; tells whether it can be.
fn print_element(line: &mut Line<'_>, element: &VtpElement<'_>) -> bool {
    line.text("\n\t\t");
    tokens::print_with_hex(line, ELEMENTS, element.kind, 4, "Unknown");
    line.text(" TLV");
    let Some(whole) = element.whole else {
        line.text(" (TLV goes past the end of the packet)");
        return false;
    };
    let Some(value) = element.value else {
        line.labelled(" (invalid TLV length ", element.words);
        line.text(" != 1)");
        return false;
    };
    let word = match element.kind {
        3 => tokens::name(TREES, value).unwrap_or("Unknown"),
        6 => ["Disabled", "Enabled"][usize::from(value == 1)],
        7 => ["SRT", "SRB"][usize::from(value == 1)],
        9 => {
            line.labelled(", ", value);
            return true;
        }
        10 => ["Not backup", "Backup"][usize::from(value == 1)],
        _ => {
            hex::only_behind(line, "\n\t\t  ", whole.bytes());
            return true;
        }
    };
    line.text(", ");
    line.text(word);
    line.labelled(" (", value);
    line.text(")");
    true
}

const ELEMENTS: &[(u8, &str)] = &[
    (1, "Source-Routing Ring Number TLV"),
    (2, "Source-Routing Bridge Number TLV"),
    (3, "STP type TLV"),
    (4, "Parent VLAN TLV"),
    (5, "Translationally bridged VLANs TLV"),
    (6, "Pruning TLV"),
    (7, "Bridge Type TLV"),
    (8, "Max ARP Hop Count TLV"),
    (9, "Max STE Hop Count TLV"),
    (10, "Backup CRF Mode TLV"),
];

/// The spanning trees of token rings.
const TREES: &[(u16, &str)] = &[(1, "SRT"), (2, "SRB"), (3, "Auto")];
