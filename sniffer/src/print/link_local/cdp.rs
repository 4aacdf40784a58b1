//! The Cisco discovery protocol: the name of a device, with `-v` every element.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::RangeInclusive;

use crate::decode::{Cdp, CdpAddress, CdpAddressError, CiscoElement, Payload};
use crate::print::line::Line;
use crate::print::tokens::print_flags;
use crate::print::{hex, text};

pub(in crate::print) fn print(line: &mut Line<'_>, cdp: &Cdp<'_>) {
    print_message(line, cdp).unwrap_or_else(|| line.truncated("cdp"));
}

fn print_message(line: &mut Line<'_>, cdp: &Cdp<'_>) -> Option<()> {
    let claimed = cdp.whole().claimed();
    if claimed < Cdp::HEADER_LEN as u32 {
        line.labelled(" (packet length ", claimed);
        line.text(" < 4)");
        line.invalid();
        return cdp.whole().all_captured();
    }
    line.labelled("CDPv", cdp.version()?);
    line.labelled(", ttl: ", cdp.ttl()?);
    line.text("s");
    let checksum = cdp.checksum()?;
    if line.is_verbose() {
        line.labelled_hex(", checksum: ", checksum, 4);
        line.labelled(" (unverified), length ", claimed);
    }
    let mut rest = cdp.body();
    while rest.claimed() > 0 {
        let room = rest.claimed();
        if room < CiscoElement::HEADER_LEN as u32 {
            line.labelled(" (remaining packet length ", room);
            line.text(" < 4)");
            line.invalid();
            return rest.all_captured();
        }
        let behind = rest.skip(CiscoElement::HEADER_LEN);
        let element = CiscoElement::read(&mut rest)?;
        if !print_element(line, &element, room) {
            line.invalid();
            return behind.all_captured();
        }
        print_value(line, &element)?;
    }
    if !line.is_verbose() {
        line.labelled(", length ", claimed);
    }
    Some(())
}

/// What is known of an element: its name, the lengths that its value may have, and its printer.
struct Known {
    kind: u16,
    name: &'static str,
    lengths: RangeInclusive<u32>,
    print: Print,
}

/// Prints a value; nothing where it was not captured whole.
type Print = fn(&mut Line<'_>, Payload<'_>) -> Option<()>;

/// The element that names the device.
const DEVICE: u16 = 1;

/// Prints the header of an element; tells whether its length can be.
fn print_element(line: &mut Line<'_>, element: &CiscoElement<'_>, room: u32) -> bool {
    let name = known(element.kind).map_or("unknown field type", |known| known.name);
    let (is_verbose, kind, len) = (line.is_verbose(), element.kind, element.len);
    if usize::from(len) < CiscoElement::HEADER_LEN {
        if is_verbose {
            print_title(line, name, kind, (", TLV length: ", len.into()));
            line.text(" (too short)");
        } else {
            line.text(", ");
            line.text(name);
            line.labelled(" TLV length ", len);
            line.text(" too short");
        }
        return false;
    }
    if u32::from(len) > room {
        line.labelled(" (TLV length ", len);
        line.labelled(" > ", room);
        line.text(")");
        return false;
    }
    if is_verbose {
        print_title(line, name, kind, (", value length: ", element.value.claimed()));
        line.text(": ");
    } else if kind == DEVICE {
        line.text(", Device-ID ");
    }
    true
}

fn print_title(line: &mut Line<'_>, name: &str, kind: u16, (label, len): (&str, u32)) {
    line.text("\n\t");
    line.text(name);
    line.labelled_hex(" (", kind, 2);
    line.text(")");
    line.labelled(label, len);
    line.text(if len == 1 { " byte" } else { " bytes" });
}

fn known(kind: u16) -> Option<&'static Known> {
    ELEMENTS.iter().find(|known| known.kind == kind)
}

/// Prints a value as its type has it, and the bytes of what is of no known type or length.
fn print_value(line: &mut Line<'_>, element: &CiscoElement<'_>) -> Option<()> {
    let value = element.value;
    let is_covered = match known(element.kind) {
        Some(known) if !known.lengths.contains(&value.claimed()) => {
            line.text(" (malformed TLV)");
            false
        }
        Some(known) if line.is_verbose() || element.kind == DEVICE => {
            (known.print)(line, value)?;
            true
        }
        None => line.is_verbose() && UNNAMED.contains(&element.kind),
        Some(_) => false,
    };
    if value.is_truncated() {
        return None;
    }
    if !is_covered {
        hex::only_behind(line, "\n\t  ", value.bytes());
    }
    Some(())
}

const fn element(kind: u16, name: &'static str, lengths: RangeInclusive<u32>, print: Print) -> Known {
    Known { kind, name, lengths, print }
}

/// Types between those that have names: what they hold is not printed either.
const UNNAMED: &[u16] = &[0, 0x0c, 0x0d];

const ANY: RangeInclusive<u32> = 0..=u32::MAX;

static ELEMENTS: &[Known] = &[
    element(DEVICE, "Device-ID", ANY, print_text),
    element(0x02, "Address", ANY, print_addresses),
    element(0x03, "Port-ID", ANY, print_text),
    element(0x04, "Capability", 4..=4, print_capabilities),
    element(0x05, "Version String", ANY, print_version),
    element(0x06, "Platform", ANY, print_text),
    element(0x07, "Prefixes", ANY, print_prefixes),
    element(0x08, "Protocol-Hello option", ANY, print_nothing),
    element(0x09, "VTP Management Domain", ANY, print_text),
    element(0x0a, "Native VLAN ID", 2..=2, print_number),
    element(0x0b, "Duplex", 1..=1, print_duplex),
    element(0x0e, "ATA-186 VoIP VLAN assignment", 3..=3, print_voice),
    element(0x0f, "ATA-186 VoIP VLAN request", 2..=3, print_voice),
    element(0x10, "power consumption", 1..=3, print_power),
    element(0x11, "MTU", 4..=4, print_mtu),
    element(0x12, "AVVID trust bitmap", 1..=1, print_bits),
    element(0x13, "AVVID untrusted ports CoS", 1..=1, print_bits),
    element(0x14, "System Name", ANY, print_text),
    element(0x15, "System Object ID (not decoded)", ANY, print_nothing),
    element(0x16, "Management Addresses", 4..=u32::MAX, print_addresses),
    element(0x17, "Physical Location", 1..=u32::MAX, print_location),
];

fn print_text(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    line.text("'");
    line.untrusted(value.bytes());
    if value.is_truncated() {
        return None;
    }
    line.text("'");
    Some(())
}

fn print_nothing(_line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    value.all_captured()
}

fn print_capabilities(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let capabilities: u32 = value.get(0)?;
    line.labelled_hex("(", capabilities, 8);
    line.text("): ");
    print_flags(line, CAPABILITIES, capabilities);
    Some(())
}

const CAPABILITIES: &[(u32, &str)] = &[
    (0x01, "Router"),
    (0x02, "Transparent Bridge"),
    (0x04, "Source Route Bridge"),
    (0x08, "L2 Switch"),
    (0x10, "L3 capable"),
    (0x20, "IGMP snooping"),
    (0x40, "L1 capable"),
];

/// The lines of a text, each behind the same room.
fn print_version(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    for part in value.bytes().split(|byte| *byte == b'\n') {
        line.text("\n\t  ");
        line.untrusted(part);
    }
    value.all_captured()
}

fn print_prefixes(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    /// Bytes of an address and the length of its prefix.
    const PREFIX_LEN: u32 = 5;
    if !value.claimed().is_multiple_of(PREFIX_LEN) {
        line.labelled(" [length ", value.claimed());
        line.text(" is not a multiple of 5]");
        return value.all_captured();
    }
    line.labelled(" IPv4 Prefixes (", value.claimed() / PREFIX_LEN);
    line.text("):");
    for [a, b, c, d, len] in value.bytes().as_chunks().0 {
        line.text(" ");
        text::ipv4(line.out, [*a, *b, *c, *d].into());
        line.labelled("/", *len);
    }
    Some(())
}

fn print_number(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    line.number(value.get::<u16>(0)?);
    Some(())
}

fn print_duplex(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    line.text(if value.get::<u8>(0)? == 0 { "half" } else { "full" });
    Some(())
}

fn print_voice(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    if value.claimed() == 2 {
        line.text("unknown ");
        line.hex(value.get::<u16>(0)?, 4);
    } else {
        line.labelled("app ", value.read::<u8>()?);
        line.labelled(", vlan ", value.read::<u16>()?);
    }
    Some(())
}

/// Milliwatts as watts.
fn print_power(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    if value.is_truncated() {
        return None;
    }
    let power = value.bytes().iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
    line.text(&format!("{:.2}W", f64::from(power) / 1000.0));
    Some(())
}

fn print_mtu(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    line.number(value.get::<u32>(0)?);
    line.text(" bytes");
    Some(())
}

fn print_bits(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    line.hex(value.get::<u8>(0)?, 2);
    Some(())
}

fn print_location(line: &mut Line<'_>, mut value: Payload<'_>) -> Option<()> {
    line.hex(value.read::<u8>()?, 2);
    if value.claimed() > 0 {
        line.text("/");
        line.untrusted(value.bytes());
    }
    Some(())
}

fn print_addresses(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    if rest.claimed() < 4 {
        line.text(" (not enough space for num)");
        return rest.all_captured();
    }
    let count: u32 = rest.read()?;
    for left in (1..=count).rev() {
        let address = CdpAddress::read(&mut rest);
        if let Err(error) = address.and_then(|address| print_address(line, &address, left)) {
            return print_missing(line, rest, error);
        }
        line.text(if left > 1 { " " } else { "" });
    }
    if rest.claimed() > 0 {
        line.labelled(" (", rest.claimed());
        line.text(" bytes of stray data)");
    }
    Some(())
}

/// Says where the addresses end before they are all there.
fn print_missing(line: &mut Line<'_>, rest: Payload<'_>, error: CdpAddressError) -> Option<()> {
    let missing = match error {
        CdpAddressError::Naming => "PT+PL",
        CdpAddressError::Protocol => "P+AL",
        CdpAddressError::Address => "A",
        CdpAddressError::Truncated => return None,
    };
    line.text(" (not enough space for ");
    line.text(missing);
    line.text(")");
    rest.all_captured()
}

fn print_address(line: &mut Line<'_>, entry: &CdpAddress<'_>, left: u32) -> Result<(), CdpAddressError> {
    let (is_ipv4, is_ipv6) = (entry.is_ipv4(), entry.is_ipv6());
    if !is_ipv4 && !is_ipv6 {
        line.labelled_hex("pt=", entry.naming, 2);
        line.labelled(", pl=", entry.protocol.claimed());
        line.text(", pb=");
        print_octets(line, entry.protocol);
        line.labelled(", al=", entry.len);
        line.text(", a=");
    }
    let address = entry.address.ok_or(CdpAddressError::Address)?;
    if is_ipv4 {
        let address: Ipv4Addr = address.get(0).ok_or(CdpAddressError::Truncated)?;
        line.labelled("IPv4 (", left);
        line.labelled_address(") ", address);
    } else if is_ipv6 {
        let address: Ipv6Addr = address.get(0).ok_or(CdpAddressError::Truncated)?;
        line.labelled("IPv6 (", left);
        line.labelled_address(") ", address);
    } else {
        print_octets(line, address);
    }
    if address.is_truncated() { Err(CdpAddressError::Truncated) } else { Ok(()) }
}

fn print_octets(line: &mut Line<'_>, bytes: Payload<'_>) {
    for byte in bytes.bytes() {
        line.text(" ");
        line.hex_digits(*byte, 2);
    }
}
