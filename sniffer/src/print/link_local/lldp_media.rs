//! What media endpoints (TIA-1057, LLDP-MED) put into LLDP, for `-v`.

use super::lldp::print_text;
use super::lldp_private::{print_flags_and_number, print_kind};
use crate::decode::Payload;
use crate::print::line::Line;
use crate::print::tokens;
use crate::print::{hex, text};

/// Prints an element; tells whether its kind is known, and nothing where it is too short.
pub(super) fn print(line: &mut Line<'_>, kind: u8, value: Payload<'_>) -> Option<bool> {
    print_kind(line, NAMES, kind);
    match kind {
        1 => print_capabilities(line, value)?,
        2 => print_policy(line, value)?,
        3 => print_location(line, value)?,
        4 => print_power(line, value)?,
        5..=11 => {
            line.text("\n\t  ");
            tokens::print_or(line, INVENTORY, kind, "unknown");
            line.byte(b' ');
            print_text(line, value);
        }
        _ => return Some(false),
    }
    Some(true)
}

const NAMES: &[(u8, &str)] = &[
    (1, "LLDP-MED Capabilities"),
    (2, "Network policy"),
    (3, "Location identification"),
    (4, "Extended power-via-MDI"),
    (5, "Inventory - hardware revision"),
    (6, "Inventory - firmware revision"),
    (7, "Inventory - software revision"),
    (8, "Inventory - serial number"),
    (9, "Inventory - manufacturer name"),
    (10, "Inventory - model name"),
    (11, "Inventory - asset ID"),
];

const INVENTORY: &[(u8, &str)] = &[
    (5, "Hardware revision"),
    (6, "Firmware revision"),
    (7, "Software revision"),
    (8, "Serial number"),
    (9, "Manufacturer name"),
    (10, "Model name"),
    (11, "Asset ID"),
];

fn print_capabilities(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let (capabilities, device): (u16, u8) = (value.get(0)?, value.get(2)?);
    print_flags_and_number(line, "\n\t    Media capabilities", CAPABILITIES, capabilities);
    line.text("\n\t    Device type [");
    tokens::print_or(line, DEVICES, device, "unknown");
    line.labelled_hex("] (", device, 2);
    line.byte(b')');
    Some(())
}

const CAPABILITIES: &[(u16, &str)] = &[
    (1, "LLDP-MED capabilities"),
    (2, "network policy"),
    (4, "location identification"),
    (8, "extended power via MDI-PSE"),
    (16, "extended power via MDI-PD"),
    (32, "Inventory"),
];

const DEVICES: &[(u8, &str)] =
    &[(1, "endpoint class 1"), (2, "endpoint class 2"), (3, "endpoint class 3"), (4, "network connectivity")];

/// The VLAN and the priority that an application is to use.
fn print_policy(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let (application, flags): (u8, u8) = (value.get(0)?, value.get(1)?);
    let (vlan, priority): (u16, u16) = (value.get(1)?, value.get(2)?);
    line.text("\n\t    Application type [");
    tokens::print_or(line, APPLICATIONS, application, "none");
    line.labelled_hex("] (", application, 2);
    line.text("), Flags [");
    tokens::print_flags(line, &[(0x80, "Unknown"), (0x40, "Tagged"), (0x20, "reserved")], flags);
    line.labelled("]\n\t    Vlan id ", (vlan & 0x1ffe) >> 1);
    line.labelled(", L2 priority ", (priority & 0x01ff) >> 6);
    line.labelled(", DSCP value ", priority & 0x003f);
    Some(())
}

const APPLICATIONS: &[(u8, &str)] = &[
    (1, "voice"),
    (2, "voice signaling"),
    (3, "guest voice"),
    (4, "guest voice signaling"),
    (5, "softphone voice"),
    (6, "video conferencing"),
    (7, "streaming video"),
    (8, "video signaling"),
];

fn print_location(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let format: u8 = value.get(0)?;
    line.text("\n\t    Location data format ");
    let names = &[(1, "coordinate-based LCI"), (2, "civic address LCI"), (3, "ECS ELIN")];
    tokens::print_with_hex(line, names, format, 2, "unknown");
    let location = value.skip(1);
    match format {
        1 => print_coordinates(line, location)?,
        2 => print_civic_address(line, location)?,
        3 => {
            line.text("\n\t    ECS ELIN id ");
            print_text(line, location);
        }
        _ => {
            line.text("\n\t    Location ID ");
            hex::only_behind(line, "\n\t      ", location.bytes());
        }
    }
    Some(())
}

fn print_coordinates(line: &mut Line<'_>, location: Payload<'_>) -> Option<()> {
    location.get::<[u8; 16]>(0)?;
    for (at, label, value) in [(0, "Latitude", "latitude"), (5, "Longitude", "longitude")] {
        let (first, rest): (u8, u32) = (location.get(at)?, location.get(at + 1)?);
        line.text("\n\t    ");
        line.text(label);
        line.labelled(" resolution ", first >> 2);
        line.text(", ");
        line.text(value);
        line.labelled(" value ", u64::from(first & 3) << 32 | u64::from(rest));
    }
    let (kind, resolution): (u8, u16) = (location.get(10)?, location.get(10)?);
    line.text("\n\t    Altitude type ");
    tokens::print_numbered(line, &[(1, "meters"), (2, "floors")], kind >> 4, "unknown");
    line.labelled("\n\t    Altitude resolution ", resolution >> 6 & 0x3f);
    line.text(", altitude value ");
    line.hex(location.get::<u32>(11)? & 0x3fff_ffff, 1);
    let datum: u8 = location.get(15)?;
    line.text("\n\t    Datum ");
    tokens::print_with_hex(line, DATUMS, datum, 2, "unknown");
    Some(())
}

const DATUMS: &[(u8, &str)] = &[
    (1, "World Geodesic System 1984"),
    (2, "North American Datum 1983 (NAVD88)"),
    (3, "North American Datum 1983 (MLLW)"),
];

fn print_civic_address(line: &mut Line<'_>, location: Payload<'_>) -> Option<()> {
    let len: u8 = location.get(0)?;
    if len < 3 || location.claimed() < u32::from(len) + 2 {
        return None;
    }
    let (what, country): (u8, [u8; 2]) = (location.get(1)?, location.get(2)?);
    line.labelled("\n\t    LCI length ", len);
    line.text(", LCI what ");
    tokens::print_with_hex(line, CIVIC_SUBJECTS, what, 2, "unknown");
    line.text(", Country-code ");
    line.untrusted(text::until_zero(&country));
    let mut rest = location.skip(4).with_claim(u32::from(len) - 3);
    while rest.claimed() > 0 {
        let (kind, len): (u8, u8) = (rest.read()?, rest.read()?);
        line.text("\n\t      CA type '");
        tokens::print_or(line, CIVIC_ELEMENTS, kind, "unknown");
        line.labelled("' (", kind);
        line.labelled("), length ", len);
        line.text(": ");
        if kind == 0 || len == 0 || rest.claimed() < len.into() {
            return None;
        }
        print_text(line, rest.with_claim(len.into()));
        rest = rest.skip(len.into());
    }
    Some(())
}

const CIVIC_SUBJECTS: &[(u8, &str)] = &[
    (0, "location of DHCP server"),
    (1, "location of the network element believed to be closest to the client"),
    (2, "location of the client"),
];

const CIVIC_ELEMENTS: &[(u8, &str)] = &[
    (1, "national subdivisions (state,canton,region,province,prefecture)"),
    (2, "county, parish, gun, district"),
    (3, "city, township, shi"),
    (4, "city division, borough, city district, ward chou"),
    (5, "neighborhood, block"),
    (6, "street"),
];

fn print_power(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    /// The first value that is reserved.
    const RESERVED: u16 = 1024;
    let (kind, power): (u8, u16) = (value.get(0)?, value.get(1)?);
    // tcpdump asks the two lowest bits of the priority for the type of the device.
    line.text("\n\t    Power type [");
    line.text(["PSE", "PD", "PD", "PD"][usize::from(kind & 3)]);
    line.text(" device]");
    line.text(", Power source [");
    tokens::print_or(line, POWER_SOURCES, kind >> 4 & 3, "none");
    line.text("]\n\t    Power priority [");
    tokens::print_or(line, &[(1, "critical"), (2, "high"), (3, "low")], kind & 0x0f, "none");
    line.labelled_hex("] (", kind & 0x0f, 2);
    line.byte(b')');
    line.labelled(", Power ", if power < RESERVED { power / 10 } else { power });
    if power < RESERVED {
        line.labelled(".", power % 10);
        line.text(" Watts");
    } else {
        line.text(" (Reserved)");
    }
    Some(())
}

const POWER_SOURCES: &[(u8, &str)] =
    &[(1, "PSE - primary power source"), (2, "local - backup power source"), (3, "PSE+local - reserved")];
