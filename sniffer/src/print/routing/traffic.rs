//! What OSPF and IS-IS say of links for traffic engineering in the same words.

use std::io::Write as _;

use crate::print::line::Line;

/// A bandwidth, which is so many bytes a second.
pub(super) fn print_bandwidth(line: &mut Line<'_>, label: &str, bytes: f32) {
    line.text(label);
    // A vector takes everything.
    let _ = write!(line.out, "{:.3} Mbps", bytes * 8.0 / 1_000_000.0);
}

pub(super) const PROTECTIONS: &[(u8, &str)] = &[
    (0x01, "Extra Traffic"),
    (0x02, "Unprotected"),
    (0x04, "Shared"),
    (0x08, "Dedicated 1:1"),
    (0x10, "Dedicated 1+1"),
    (0x20, "Enhanced"),
    (0x40, "Reserved"),
    (0x80, "Reserved"),
];

pub(super) const SWITCHING: &[(u8, &str)] = &[
    (1, "Packet-Switch Capable-1"),
    (2, "Packet-Switch Capable-2"),
    (3, "Packet-Switch Capable-3"),
    (4, "Packet-Switch Capable-4"),
    (51, "Layer-2 Switch Capable"),
    (100, "Time-Division-Multiplex"),
    (150, "Lambda-Switch Capable"),
    (200, "Fiber-Switch Capable"),
];

pub(super) const ENCODINGS: &[(u8, &str)] = &[
    (1, "Packet"),
    (2, "Ethernet V2/DIX"),
    (3, "ANSI/ETSI PDH"),
    (4, "Reserved"),
    (5, "SDH ITU-T G.707/SONET ANSI T1.105"),
    (6, "Reserved"),
    (7, "Digital Wrapper"),
    (8, "Lambda (photonic)"),
    (9, "Fiber"),
    (10, "Reserved"),
    (11, "FiberChannel"),
];

pub(super) const MODELS: &[(u8, &str)] =
    &[(0, "Russian dolls"), (1, "Maximum allocation"), (254, "Maximum allocation with E-LSP support")];
