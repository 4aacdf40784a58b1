//! What organisations put into LLDP, for `-v`: IEEE 802.1 and 802.3, IANA, TIA (media endpoints) and DCBX.
//!
//! Each printer tells whether it knows the element; a value that is too short for its kind says no more.

use super::lldp::print_text;
use super::lldp_dcbx;
use super::lldp_media;
use crate::decode::Payload;
use crate::print::line::Line;
use crate::print::tokens;

/// Prints an element of an organisation, whose value begins with the organisation's number; tells whether it is known.
pub(super) fn print(line: &mut Line<'_>, organisation: u32, value: Payload<'_>) -> bool {
    let print: fn(&mut Line<'_>, u8, Payload<'_>) -> Option<bool> = match organisation {
        0x00_80c2 => print_8021,
        0x00_120f => print_8023,
        0x00_005e => print_iana,
        0x00_12bb => lldp_media::print,
        0x00_1b21 => lldp_dcbx::print_exchange,
        _ => return false,
    };
    let Some(kind) = value.get(3) else { return true };
    print(line, kind, value.skip(4)).unwrap_or(true)
}

/// The line that names an element of an organisation.
pub(super) fn print_kind(line: &mut Line<'_>, names: &[(u8, &'static str)], kind: u8) {
    line.text("\n\t  ");
    tokens::print_or(line, names, kind, "unknown");
    line.labelled(" Subtype (", kind);
    line.byte(b')');
}

/// Flags by name and as a number.
pub(super) fn print_flags_and_number<T: Copy + Into<u64>>(
    line: &mut Line<'_>,
    label: &str,
    names: &[(T, &str)],
    flags: T,
) {
    line.text(label);
    line.text(" [");
    tokens::print_flags(line, names, flags);
    line.text("] (");
    line.hex(flags, 2 * size_of::<T>());
    line.byte(b')');
}

fn print_8021(line: &mut Line<'_>, kind: u8, value: Payload<'_>) -> Option<bool> {
    print_kind(line, NAMES_8021, kind);
    match kind {
        1 => line.labelled("\n\t    port vlan id (PVID): ", value.get::<u16>(0)?),
        2 => {
            let (flags, vlan): (u8, u16) = (value.get(0)?, value.get(1)?);
            line.labelled("\n\t    port and protocol vlan id (PPVID): ", vlan);
            let names = &[(0x02, "supported"), (0x04, "enabled")];
            print_flags_and_number(line, ", flags", names, flags);
        }
        3 => {
            line.labelled("\n\t    vlan id (VID): ", value.get::<u16>(0)?);
            print_counted(line, "\n\t    vlan name: ", value.skip(2))?;
        }
        4 => print_counted(line, "\n\t    protocol identity: ", value)?,
        7 => print_aggregation(line, value)?,
        _ => return lldp_dcbx::print_8021(line, kind, value),
    }
    Some(true)
}

const NAMES_8021: &[(u8, &str)] = &[
    (1, "Port VLAN Id"),
    (2, "Port and Protocol VLAN ID"),
    (3, "VLAN name"),
    (4, "Protocol Identity"),
    (7, "Link aggregation"),
    (8, "Congestion Notification"),
    (9, "ETS Configuration"),
    (10, "ETS Recommendation"),
    (11, "Priority Flow Control Configuration"),
    (12, "Application Priority"),
    (13, "EVB"),
    (14, "CDCP"),
];

/// Text behind its length.
fn print_counted(line: &mut Line<'_>, label: &str, mut value: Payload<'_>) -> Option<()> {
    let len: u8 = value.read()?;
    if value.claimed() < len.into() {
        return None;
    }
    line.text(label);
    print_text(line, value.with_claim(len.into()));
    Some(())
}

fn print_aggregation(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let (status, port): (u8, u32) = (value.get(0)?, value.get(1)?);
    line.text("\n\t    aggregation status [");
    tokens::print_flags(line, &[(0x01, "supported"), (0x02, "enabled")], status);
    line.labelled("], aggregation port ID ", port);
    Some(())
}

fn print_8023(line: &mut Line<'_>, kind: u8, value: Payload<'_>) -> Option<bool> {
    print_kind(line, NAMES_8023, kind);
    match kind {
        1 => print_physical(line, value)?,
        2 => print_power(line, value)?,
        3 => print_aggregation(line, value)?,
        4 => line.labelled("\n\t    MTU size ", value.get::<u16>(0)?),
        _ => return Some(false),
    }
    Some(true)
}

const NAMES_8023: &[(u8, &str)] = &[
    (1, "MAC/PHY configuration/status"),
    (2, "Power via MDI"),
    (3, "Link aggregation"),
    (4, "Max frame size"),
];

/// What a port can negotiate, and what it is.
fn print_physical(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let (status, abilities, medium): (u8, u16, u16) = (value.get(0)?, value.get(1)?, value.get(3)?);
    let names = &[(0x01, "supported"), (0x02, "enabled")];
    print_flags_and_number(line, "\n\t    autonegotiation", names, status);
    line.text("\n\t    PMD autoneg capability [");
    match abilities & !OTHER_ABILITY {
        0 => line.text("unknown"),
        _ => tokens::print_flags(line, ABILITIES, abilities),
    }
    line.labelled_hex("] (", abilities, 4);
    line.text(")\n\t    MAU type ");
    tokens::print_with_hex(line, MEDIA, medium, 4, "unknown");
    Some(())
}

/// An ability that has no name.
const OTHER_ABILITY: u16 = 0x8000;

const ABILITIES: &[(u16, &str)] = &[
    (0x4000, "10BASE-T hdx"),
    (0x2000, "10BASE-T fdx"),
    (0x1000, "100BASE-T4"),
    (0x0800, "100BASE-TX hdx"),
    (0x0400, "100BASE-TX fdx"),
    (0x0200, "100BASE-T2 hdx"),
    (0x0100, "100BASE-T2 fdx"),
    (0x0080, "Pause for fdx links"),
    (0x0040, "Asym PAUSE for fdx"),
    (0x0020, "Sym PAUSE for fdx"),
    (0x0010, "Asym and Sym PAUSE for fdx"),
    (0x0008, "1000BASE-{X LX SX CX} hdx"),
    (0x0004, "1000BASE-{X LX SX CX} fdx"),
    (0x0002, "1000BASE-T hdx"),
    (0x0001, "1000BASE-T fdx"),
];

const MEDIA: &[(u16, &str)] = &[
    (0, "Unknown"),
    (1, "AUI"),
    (2, "10BASE_5"),
    (3, "FOIRL"),
    (4, "10BASE2"),
    (5, "10BASET duplex mode unknown"),
    (6, "10BASEFP"),
    (7, "10BASEFB"),
    (8, "10BASEFL duplex mode unknown"),
    (9, "10BROAD36"),
    (10, "10BASET hdx"),
    (11, "10BASET fdx"),
    (12, "10BASEFL hdx"),
    (13, "10BASEFL fdx"),
    (14, "100BASET4"),
    (15, "100BASETX hdx"),
    (16, "100BASETX fdx"),
    (17, "100BASEFX hdx"),
    (18, "100BASEFX fdx"),
    (19, "100BASET2 hdx"),
    (20, "100BASET2 fdx"),
    (21, "1000BASEX hdx"),
    (22, "1000BASEX fdx"),
    (23, "1000BASELX hdx"),
    (24, "1000BASELX fdx"),
    (25, "1000BASESX hdx"),
    (26, "1000BASESX fdx"),
    (27, "1000BASECX hdx"),
    (28, "1000BASECX fdx"),
    (29, "1000BASET hdx"),
    (30, "1000BASET fdx"),
    (31, "10GBASEX"),
    (32, "10GBASELX4"),
    (33, "10GBASER"),
    (34, "10GBASEER"),
    (35, "10GBASELR"),
    (36, "10GBASESR"),
    (37, "10GBASEW"),
    (38, "10GBASEEW"),
    (39, "10GBASELW"),
    (40, "10GBASESW"),
];

fn print_power(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    let [support, pair, class]: [u8; 3] = value.get(0)?;
    line.text("\n\t    MDI power support [");
    let names = &[(0x01, "PSE"), (0x02, "supported"), (0x04, "enabled"), (0x08, "can be controlled")];
    tokens::print_flags(line, names, support);
    line.text("], power pair ");
    tokens::print_or(line, &[(1, "signal"), (2, "spare")], pair, "unknown");
    line.text(", power class ");
    let names = &[(1, "class0"), (2, "class1"), (3, "class2"), (4, "class3"), (5, "class4")];
    tokens::print_or(line, names, class, "unknown");
    Some(())
}

fn print_iana(line: &mut Line<'_>, kind: u8, value: Payload<'_>) -> Option<bool> {
    value.get::<u32>(0)?;
    print_kind(line, &[(1, "MUD-URL")], kind);
    if kind != 1 {
        return Some(false);
    }
    line.text("\n\t  MUD-URL=");
    line.untrusted(value.bytes());
    Some(true)
}
