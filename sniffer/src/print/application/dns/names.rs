//! Names in messages of DNS, and what types and classes are called.

use crate::decode::{DnsName, DnsNameError};
use crate::print::line::Line;
use crate::print::tokens;

/// The message ends, or cannot be read further.
pub(super) struct Stopped;

pub(super) type Printed = Result<(), Stopped>;

/// The class of the internet.
const CLASS_IN: u16 = 1;
/// How many characters of a name are shown, dots between labels included.
const MAX_SHOWN: usize = 255;

pub(super) fn print_name(line: &mut Line<'_>, name: DnsName<'_>) -> Printed {
    let mut is_root = true;
    let mut room = MAX_SHOWN;
    for label in name.labels() {
        match label {
            Ok(label) => {
                line.untrusted(&label[..label.len().min(room)]);
                if label.len() <= room {
                    line.byte(b'.');
                }
                room = room.saturating_sub(label.len() + 1);
            }
            Err(DnsNameError::TooLong) => {
                line.text("<DOMAIN NAME TOO LONG>");
                return Ok(());
            }
            Err(error) => {
                print_name_error(line, error);
                return Err(Stopped);
            }
        }
        is_root = false;
    }
    if is_root {
        line.byte(b'.');
    }
    Ok(())
}

fn print_name_error(line: &mut Line<'_>, error: DnsNameError) {
    match error {
        DnsNameError::Truncated | DnsNameError::TooLong => {}
        DnsNameError::BadPointer => line.text("<BAD PTR>"),
        DnsNameError::BadLabel => line.text("<BAD LABEL TYPE>"),
        DnsNameError::Extended(element) => {
            line.labelled("<ELT ", element);
            line.text(">");
        }
    }
}

pub(super) fn print_type(line: &mut Line<'_>, kind: u16) {
    tokens::print(line, TYPES, kind, ["Type", ""]);
}

pub(super) fn print_class(line: &mut Line<'_>, class: u16) {
    if class == CLASS_IN {
        return;
    }
    line.byte(b' ');
    tokens::print(line, CLASSES, class, ["(Class ", ")"]);
}

/// Classes.
const CLASSES: &[(u16, &str)] = &[(1, "IN"), (3, "CHAOS"), (4, "HS"), (255, "ANY")];

/// Record types (<https://www.iana.org/assignments/dns-parameters>).
const TYPES: &[(u16, &str)] = &[
    (1, "A"),
    (28, "AAAA"),
    (5, "CNAME"),
    (12, "PTR"),
    (2, "NS"),
    (6, "SOA"),
    (15, "MX"),
    (16, "TXT"),
    (33, "SRV"),
    (41, "OPT"),
    (43, "DS"),
    (46, "RRSIG"),
    (47, "NSEC"),
    (48, "DNSKEY"),
    (255, "ANY"),
    (3, "MD"),
    (4, "MF"),
    (7, "MB"),
    (8, "MG"),
    (9, "MR"),
    (10, "NULL"),
    (11, "WKS"),
    (13, "HINFO"),
    (14, "MINFO"),
    (17, "RP"),
    (18, "AFSDB"),
    (19, "X25"),
    (20, "ISDN"),
    (21, "RT"),
    (22, "NSAP"),
    (23, "NSAP_PTR"),
    (24, "SIG"),
    (25, "KEY"),
    (26, "PX"),
    (27, "GPOS"),
    (29, "LOC"),
    (30, "NXT"),
    (31, "EID"),
    (32, "NIMLOC"),
    (34, "ATMA"),
    (35, "NAPTR"),
    (36, "KX"),
    (37, "CERT"),
    (38, "A6"),
    (39, "DNAME"),
    (40, "SINK"),
    (42, "APL"),
    (44, "SSHFP"),
    (45, "IPSECKEY"),
    (100, "UINFO"),
    (101, "UID"),
    (102, "GID"),
    (99, "SPF"),
    (103, "UNSPEC"),
    (249, "TKEY"),
    (250, "TSIG"),
    (251, "IXFR"),
    (252, "AXFR"),
    (253, "MAILB"),
    (254, "MAILA"),
    (256, "URI"),
];
