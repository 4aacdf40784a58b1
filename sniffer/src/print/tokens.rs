//! Names of wire numbers, as tcpdump spells them.

use super::line::Line;

/// The name of `value` in a table, if it has one.
pub(super) fn name<T: PartialEq + Copy>(table: &[(T, &'static str)], value: T) -> Option<&'static str> {
    table.iter().find(|(number, _)| *number == value).map(|(_, name)| *name)
}

/// Prints the name of `value`, or the number in decimal between two words where it has none.
pub(super) fn print<T>(line: &mut Line<'_>, table: &[(T, &'static str)], value: T, unknown: [&str; 2])
where
    T: PartialEq + Copy + Into<u64>,
{
    if let Some(known) = name(table, value) {
        return line.text(known);
    }
    line.labelled(unknown[0], value);
    line.text(unknown[1]);
}

/// Prints the name of `value`, or a word where it has none.
pub(super) fn print_or<T: PartialEq + Copy>(
    line: &mut Line<'_>,
    table: &[(T, &'static str)],
    value: T,
    unknown: &str,
) {
    line.text(name(table, value).unwrap_or(unknown));
}

/// Prints the name of `value`, or a word where it has none, and the number behind it in parentheses.
pub(super) fn print_numbered<T>(line: &mut Line<'_>, table: &[(T, &'static str)], value: T, unknown: &str)
where
    T: PartialEq + Copy + Into<u64>,
{
    print_or(line, table, value, unknown);
    line.labelled(" (", value);
    line.byte(b')');
}

/// The same with the number in hexadecimal of `width` digits.
pub(super) fn print_with_hex<T>(
    line: &mut Line<'_>,
    table: &[(T, &'static str)],
    value: T,
    width: usize,
    unknown: &str,
) where
    T: PartialEq + Copy + Into<u64>,
{
    print_or(line, table, value, unknown);
    line.labelled_hex(" (", value, width);
    line.byte(b')');
}

/// Prints the name of `value`, or the number in hexadecimal of `width` digits between two words where it has none.
pub(super) fn print_or_hex<T>(
    line: &mut Line<'_>,
    table: &[(T, &'static str)],
    value: T,
    width: usize,
    unknown: [&str; 2],
) where
    T: PartialEq + Copy + Into<u64>,
{
    if let Some(known) = name(table, value) {
        return line.text(known);
    }
    line.text(unknown[0]);
    line.hex(value, width);
    line.text(unknown[1]);
}

/// Prints the names of the flags that are set, with commas between, or `none`.
pub(super) fn print_flags<T: Copy + Into<u64>>(line: &mut Line<'_>, table: &[(T, &str)], flags: T) {
    print_flags_or(line, table, flags, "none");
}

/// Prints the names of the flags that are set, with commas between, or a word where none is.
pub(super) fn print_flags_or<T: Copy + Into<u64>>(
    line: &mut Line<'_>,
    table: &[(T, &str)],
    flags: T,
    none: &str,
) {
    let flags = flags.into();
    let mut separator = "";
    for (bits, name) in table {
        let bits = (*bits).into();
        if flags & bits == bits {
            line.text(separator);
            line.text(name);
            separator = ", ";
        }
    }
    if separator.is_empty() {
        line.text(none);
    }
}

/// Prints the letters or words of the flags that are set, one behind the other.
pub(super) fn print_letters<T: Copy + Into<u64>>(line: &mut Line<'_>, table: &[(T, &str)], flags: T) {
    let flags = flags.into();
    table.iter().filter(|(bit, _)| flags & (*bit).into() != 0).for_each(|(_, letter)| line.text(letter));
}

/// Prints a number of seconds in years, weeks, days, hours, minutes and seconds, without those that are 0.
pub(super) fn print_duration(line: &mut Line<'_>, seconds: u32) {
    const UNITS: &[(u32, &str)] =
        &[(31_536_000, "y"), (604_800, "w"), (86_400, "d"), (3600, "h"), (60, "m"), (1, "s")];
    let mut rest = seconds;
    for (unit, name) in UNITS.iter().filter(|(unit, _)| seconds >= *unit) {
        if rest >= *unit {
            line.number(rest / unit);
            line.text(name);
            rest %= unit;
        }
    }
    if seconds == 0 {
        line.text("0s");
    }
}

/// EtherTypes.
pub(super) const ETHER_TYPES: &[(u16, &str)] = &[
    (0x0800, "IPv4"),
    (0x8847, "MPLS unicast"),
    (0x8848, "MPLS multicast"),
    (0x86dd, "IPv6"),
    (0x8100, "802.1Q"),
    (0x9100, "802.1Q-9100"),
    (0x88a8, "802.1Q-QinQ"),
    (0x9200, "802.1Q-9200"),
    (0x88e5, "802.1AE MACsec"),
    (0x9100, "VMAN"),
    (0x0200, "PUP"),
    (0x0806, "ARP"),
    (0x8035, "Reverse ARP"),
    (0x0600, "NS"),
    (0x0500, "Sprite"),
    (0x1000, "Trail"),
    (0x6001, "MOP DL"),
    (0x6002, "MOP RC"),
    (0x6003, "DN"),
    (0x6004, "LAT"),
    (0x6007, "SCA"),
    (0x6558, "TEB"),
    (0x8038, "Lanbridge"),
    (0x803c, "DEC DNS"),
    (0x803e, "DEC DTS"),
    (0x805b, "VEXP"),
    (0x805c, "VPROD"),
    (0x809b, "Appletalk"),
    (0x80f3, "Appletalk ARP"),
    (0x8137, "IPX"),
    (0x880b, "PPP"),
    (0x8808, "MPCP"),
    (0x8809, "Slow Protocols"),
    (0x8863, "PPPoE D"),
    (0x8864, "PPPoE S"),
    (0x888e, "EAPOL"),
    (0x8899, "Realtek protocols"),
    (0x886f, "MS NLB heartbeat"),
    (0x8870, "Jumbo"),
    (0x894f, "NSH"),
    (0x9000, "Loopback"),
    (0xfefe, "OSI"),
    (0x00fe, "GRE-OSI"),
    (0xabcd, "CFM (old)"),
    (0x8902, "CFM"),
    (0x893a, "IEEE1905.1"),
    (0x88cc, "LLDP"),
    (0x88ca, "TIPC"),
    (0x0707, "GeoNet (old)"),
    (0x8947, "GeoNet"),
    (0x1111, "CALM FAST"),
    (0x88a2, "AoE"),
    (0x88f7, "PTP"),
    (0xd28b, "Arista Vendor Specific Protocol"),
];

/// Families of addresses (<https://www.iana.org/assignments/address-family-numbers>).
pub(super) const ADDRESS_FAMILIES: &[(u16, &str)] = &[
    (0, "Reserved"),
    (1, "IPv4"),
    (2, "IPv6"),
    (3, "NSAP"),
    (4, "HDLC"),
    (5, "BBN 1822"),
    (6, "802"),
    (7, "E.163"),
    (8, "E.164"),
    (9, "F.69"),
    (10, "X.121"),
    (11, "Novell IPX"),
    (12, "Appletalk"),
    (13, "Decnet IV"),
    (14, "Banyan Vines"),
    (15, "E.164 with NSAP subaddress"),
    (196, "Layer-2 VPN"),
    (25, "VPLS"),
];

/// IP protocols, as `-v` names them.
pub(super) const IP_PROTOCOLS: &[(u8, &str)] = &[
    (0, "Options"),
    (1, "ICMP"),
    (2, "IGMP"),
    (4, "IPIP"),
    (6, "TCP"),
    (8, "EGP"),
    (9, "IGRP"),
    (17, "UDP"),
    (33, "DCCP"),
    (41, "IPv6"),
    (43, "Routing"),
    (44, "Fragment"),
    (46, "RSVP"),
    (47, "GRE"),
    (50, "ESP"),
    (51, "AH"),
    (55, "Mobile IP"),
    (58, "ICMPv6"),
    (62, "Mobile IP (old)"),
    (88, "EIGRP"),
    (89, "OSPF"),
    (103, "PIM"),
    (108, "Compressed IP"),
    (112, "VRRP"),
    (113, "PGM"),
    (132, "SCTP"),
    (135, "Mobility"),
    (143, "Ethernet"),
];

/// IEEE 802.2 service access points.
pub(super) const SAPS: &[(u8, &str)] = &[
    (0x00, "Null"),
    (0xff, "Global"),
    (0x02, "802.1B I"),
    (0x03, "802.1B G"),
    (0x04, "SNA"),
    (0x06, "IP"),
    (0x0e, "ProWay NM"),
    (0x42, "STP"),
    (0x4e, "RS511"),
    (0x7e, "ISO8208"),
    (0x8e, "ProWay"),
    (0xaa, "SNAP"),
    (0xbc, "VINES"),
    (0xe0, "IPX"),
    (0xf0, "NetBeui"),
    (0xfe, "OSI"),
];
