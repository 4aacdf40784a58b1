//! What Cisco's switches say to each other behind SNAP: CDP, DTP and VTP in one line, UDLD with `-v` in full.

use std::ops::RangeInclusive;

use crate::decode::{Cdp, CdpElement, Dtp, Layer, Udld, Vtp};
use crate::print::hex;
use crate::print::line::Line;
use crate::print::text;
use crate::print::tokens::{self, print_flags};

pub(in crate::print) fn print(line: &mut Line<'_>, layer: &Layer<'_>) {
    match layer {
        Layer::Cdp(cdp) => print_cdp(line, cdp).unwrap_or_else(|| line.truncated("cdp")),
        Layer::Dtp(dtp) => print_dtp(line, dtp).unwrap_or_else(|| line.truncated("dtp")),
        Layer::Udld(udld) => print_udld(line, udld).unwrap_or_else(|| line.truncated("udld")),
        Layer::Vtp(vtp) => print_vtp(line, vtp).unwrap_or_else(|| line.truncated("vtp")),
        _ => {}
    }
}

fn print_cdp(line: &mut Line<'_>, cdp: &Cdp<'_>) -> Option<()> {
    let claimed = cdp.whole().claimed();
    if claimed < Cdp::HEADER_LEN as u32 {
        line.labelled(" (packet length ", claimed);
        line.text(" < 4)");
        line.invalid();
        return (!cdp.whole().is_truncated()).then_some(());
    }
    line.labelled("CDPv", cdp.version()?);
    line.labelled(", ttl: ", cdp.ttl()?);
    line.text("s");
    cdp.checksum()?;
    let mut rest = cdp.whole().skip(Cdp::HEADER_LEN);
    while rest.claimed() > 0 {
        let room = rest.claimed();
        if room < Cdp::ELEMENT_LEN as u32 {
            line.labelled(" (remaining packet length ", room);
            line.text(" < 4)");
            line.invalid();
            return (!rest.is_truncated()).then_some(());
        }
        let element = Cdp::element(&mut rest)?;
        if !print_element(line, &element, room)? {
            return Some(());
        }
    }
    line.labelled(", length ", claimed);
    Some(())
}

/// Prints the name of a device, and in full what is of no known kind; tells whether the element's length can be.
fn print_element(line: &mut Line<'_>, element: &CdpElement<'_>, room: u32) -> Option<bool> {
    /// The name of the device.
    const DEVICE: u16 = 1;
    if element.len < Cdp::ELEMENT_LEN as u16 {
        line.text(", ");
        let known = ELEMENTS.iter().find(|known| known.0 == element.kind);
        line.text(known.map_or("unknown field type", |known| known.1));
        line.labelled(" TLV length ", element.len);
        line.text(" too short");
        line.invalid();
        return Some(false);
    }
    if u32::from(element.len) > room {
        line.labelled(" (TLV length ", element.len);
        line.labelled(" > ", room);
        line.text(")");
        line.invalid();
        return Some(false);
    }
    let value_len = element.value.claimed();
    let known = ELEMENTS.iter().find(|known| known.0 == element.kind);
    if known.is_some_and(|known| !known.2.contains(&value_len)) {
        line.text(" (malformed TLV)");
    }
    if element.kind == DEVICE {
        line.text(", Device-ID '");
        line.untrusted(element.value.bytes());
    }
    if element.value.is_truncated() {
        return None;
    }
    match element.kind {
        DEVICE => line.text("'"),
        _ => hex::only_behind(line, "\n\t  ", element.value.bytes()),
    }
    Some(true)
}

/// Elements, with the lengths that their values may have.
const ELEMENTS: &[(u16, &str, RangeInclusive<u32>)] = &[
    (0x01, "Device-ID", ANY),
    (0x02, "Address", ANY),
    (0x03, "Port-ID", ANY),
    (0x04, "Capability", 4..=4),
    (0x05, "Version String", ANY),
    (0x06, "Platform", ANY),
    (0x07, "Prefixes", ANY),
    (0x08, "Protocol-Hello option", ANY),
    (0x09, "VTP Management Domain", ANY),
    (0x0a, "Native VLAN ID", 2..=2),
    (0x0b, "Duplex", 1..=1),
    (0x0e, "ATA-186 VoIP VLAN assignment", 3..=3),
    (0x0f, "ATA-186 VoIP VLAN request", 2..=3),
    (0x10, "power consumption", 1..=3),
    (0x11, "MTU", 4..=4),
    (0x12, "AVVID trust bitmap", 1..=1),
    (0x13, "AVVID untrusted ports CoS", 1..=1),
    (0x14, "System Name", ANY),
    (0x15, "System Object ID (not decoded)", ANY),
    (0x16, "Management Addresses", 4..=u32::MAX),
    (0x17, "Physical Location", 1..=u32::MAX),
];
const ANY: RangeInclusive<u32> = 0..=u32::MAX;

fn print_dtp(line: &mut Line<'_>, dtp: &Dtp<'_>) -> Option<()> {
    let claimed = dtp.whole().claimed();
    if claimed == 0 {
        line.text("[zero packet length]");
        line.invalid();
        return Some(());
    }
    line.labelled("DTPv", dtp.version()?);
    line.labelled(", length ", claimed);
    Some(())
}

fn print_udld(line: &mut Line<'_>, udld: &Udld<'_>) -> Option<()> {
    let claimed = udld.whole().claimed();
    if claimed < Udld::HEADER_LEN as u32 {
        line.invalid();
        return (!udld.whole().is_truncated()).then_some(());
    }
    let (version, operation, flags) = (udld.version()?, udld.operation()?, udld.flags()?);
    line.labelled("UDLDv", version);
    line.text(", Code ");
    tokens::print_or(line, UDLD_OPERATIONS, operation, "Reserved");
    line.text(" (");
    text::hex(line.out, operation.into(), 1);
    line.text("), Flags [");
    print_flags(line, UDLD_FLAGS, flags);
    line.text("] (");
    line.hex(flags, 2);
    line.labelled("), length ", claimed);
    if line.is_verbose() {
        return print_udld_elements(line, udld);
    }
    (!udld.whole().is_truncated()).then_some(())
}

fn print_udld_elements(line: &mut Line<'_>, udld: &Udld<'_>) -> Option<()> {
    let checksum = udld.checksum()?;
    line.text("\n\tChecksum ");
    line.hex(checksum, 4);
    line.text(" (unverified)");
    let mut rest = udld.whole().skip(Udld::HEADER_LEN);
    while rest.claimed() >= 4 {
        let (kind, len): (u16, u16) = (rest.read()?, rest.read()?);
        line.text("\n\t");
        tokens::print_or(line, UDLD_ELEMENTS, kind, "Unknown");
        line.text(" (");
        line.hex(kind, 4);
        line.labelled(") TLV, length ", len);
        let value = rest.with_claim(u32::from(len).saturating_sub(4));
        let fits = match kind {
            4 | 5 => len == 5,
            7 => len == 8,
            _ => len > 4,
        };
        if !fits || value.claimed() > rest.claimed() {
            line.invalid();
            return (!rest.is_truncated()).then_some(());
        }
        match kind {
            1 | 2 | 6 => {
                line.text(", ");
                line.untrusted(value.bytes().split(|byte| *byte == 0).next().unwrap_or_default());
            }
            3 => {
                line.text(", ");
                line.untrusted(value.bytes());
            }
            4 | 5 => {
                line.labelled(", ", value.get::<u8>(0)?);
                line.byte(b's');
            }
            7 => line.labelled(", ", value.get::<u32>(0)?),
            _ => {}
        }
        if value.is_truncated() {
            return None;
        }
        rest = rest.skip(value.claimed() as usize);
    }
    if rest.claimed() > 0 {
        line.invalid();
    }
    (!rest.is_truncated()).then_some(())
}

const UDLD_ELEMENTS: &[(u16, &str)] = &[
    (1, "Device-ID TLV"),
    (2, "Port-ID TLV"),
    (3, "Echo TLV"),
    (4, "Message Interval TLV"),
    (5, "Timeout Interval TLV"),
    (6, "Device Name TLV"),
    (7, "Sequence Number TLV"),
];

const UDLD_OPERATIONS: &[(u8, &str)] = &[(1, "Probe message"), (2, "Echo message"), (3, "Flush message")];

const UDLD_FLAGS: &[(u8, &str)] = &[
    (0x01, "RT"),
    (0x02, "RSY"),
    (0x04, "MBZ-2"),
    (0x08, "MBZ-3"),
    (0x10, "MBZ-4"),
    (0x20, "MBZ-5"),
    (0x40, "MBZ-6"),
    (0x80, "MBZ-7"),
];

fn print_vtp(line: &mut Line<'_>, vtp: &Vtp<'_>) -> Option<()> {
    let claimed = vtp.whole().claimed();
    if claimed < Vtp::HEADER_LEN as u32 {
        line.invalid();
        return (!vtp.whole().is_truncated()).then_some(());
    }
    vtp.whole().get::<[u8; Vtp::HEADER_LEN]>(0)?;
    let kind = vtp.kind()?;
    line.labelled("VTPv", vtp.version()?);
    line.text(", Message ");
    tokens::print_or(line, VTP_MESSAGES, kind, "Unknown message type");
    line.text(" (");
    line.hex(kind, 2);
    line.labelled("), length ", claimed);
    (!vtp.whole().is_truncated()).then_some(())
}

const VTP_MESSAGES: &[(u8, &str)] = &[
    (1, "Summary advertisement"),
    (2, "Subset advertisement"),
    (3, "Advertisement request"),
    (4, "Join message"),
];
