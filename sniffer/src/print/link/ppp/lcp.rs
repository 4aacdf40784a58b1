//! The options of LCP, the link control protocol of PPP.

use std::net::Ipv4Addr;

use super::PROTOCOLS;
use super::control::print_vendor;
use super::options::{Bad, field};
use crate::decode::PppOption;
use crate::print::line::Line;
use crate::print::{hex, tokens};

pub(super) const OPTIONS: &[(u8, &str)] = &[
    (0, "Vend-Ext"),
    (1, "MRU"),
    (2, "ACCM"),
    (3, "Auth-Prot"),
    (4, "Qual-Prot"),
    (5, "Magic-Num"),
    (6, "deprecated(6)"),
    (7, "PFC"),
    (8, "ACFC"),
    (9, "FCS-Alt"),
    (10, "SDP"),
    (11, "Num-Mode"),
    (12, "deprecated(12)"),
    (13, "Call-Back"),
    (14, "deprecated(14)"),
    (15, "deprecated(15)"),
    (16, "deprecated(16)"),
    (17, "MRRU"),
    (18, "12-Bit seq #"),
    (19, "End-Disc"),
    (20, "Proprietary"),
    (21, "DCE-Id"),
    (22, "MP+"),
    (23, "Link-Disc"),
    (24, "LCP-Auth-Opt"),
    (25, "COBS"),
    (26, "Prefix-elision"),
    (27, "Multilink-header-Form"),
    (28, "I18N"),
    (29, "SDL-over-SONET/SDH"),
    (30, "PPP-Muxing"),
];

pub(super) fn print(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (option.kind, option.len) {
        (0, ..6) => return Err(Bad::Length(">= 6")),
        (0, _) => print_vendor(line, ": Vendor: ", option.value()).ok_or(Bad::Truncated)?,
        (1 | 17, 4) => line.labelled(": ", field::<u16>(option, 0)?),
        (1, _) => return Err(Bad::Length("= 4")),
        (2 | 5, 6) => {
            let value: u32 = field(option, 0)?;
            line.labelled_hex(": ", value, 8);
        }
        (2, _) => return Err(Bad::Length("= 6")),
        (5, _) => return Err(Bad::LastLength("= 6")),
        (3, ..4) => return Err(Bad::Length(">= 4")),
        (3, _) => print_authentication(line, option)?,
        (4, ..4) => return Err(Bad::LastLength(">= 4")),
        (4, _) => line.text(if field::<u16>(option, 0)? == 0xc025 { ": LQR" } else { ": unknown" }),
        (7 | 8, _) => {}
        (13 | 19, ..3) => return Err(Bad::LastLength(">= 3")),
        (13, _) => {
            let operation: u8 = field(option, 0)?;
            line.text(": : Callback Operation ");
            tokens::print_numbered(line, CALLBACKS, operation, "Unknown");
        }
        (23, 4) => {
            let number: u16 = field(option, 0)?;
            line.labelled_hex(": ", number, 4);
        }
        (17 | 23, _) => return Err(Bad::LastLength("= 4")),
        (19, _) => print_end(line, option)?,
        _ => return Err(Bad::Unknown),
    }
    Ok(())
}

/// How the peer shall prove itself.
fn print_authentication(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    let protocol: u16 = field(option, 0)?;
    line.text(": ");
    line.text(tokens::name(PROTOCOLS, protocol).unwrap_or("Unknown Auth Proto (0x04x)"));
    match protocol {
        0xc223 => {
            // An option that ends before it does not say which; what tcpdump shows stands behind the option.
            let algorithm = option.value().get(2).or(option.behind.get(0));
            let algorithm: u8 = algorithm.ok_or(Bad::Truncated)?;
            line.text(", ");
            tokens::print(line, ALGORITHMS, algorithm, ["Unknown Auth Alg ", ""]);
        }
        0xc023 | 0xc227 | 0xc027 | 0xc123 => {}
        _ => hex::only(line, option.whole.bytes()),
    }
    Ok(())
}

const ALGORITHMS: &[(u8, &str)] = &[(5, "MD5"), (128, "MS-CHAPv1"), (129, "MS-CHAPv2")];

const CALLBACKS: &[(u8, &str)] =
    &[(0, "UserAuth"), (1, "DialString"), (2, "LocalID"), (3, "E.164"), (4, "X.500"), (6, "CBCP")];

/// What tells one end of a bundle of links from others.
fn print_end(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (field::<u8>(option, 0)?, option.len) {
        (0, _) => line.text(": Null"),
        (1, _) => line.text(": Local"),
        (2, 7) => line.labelled_address(": IPv4 ", field::<Ipv4Addr>(option, 1)?),
        (3, 9) => {
            let address: [u8; 6] = field(option, 1)?;
            line.text(": MAC ");
            line.mac(&address);
        }
        (2, _) => return Err(Bad::LastLength("= 7")),
        (3, _) => return Err(Bad::LastLength("= 9")),
        (4, _) => line.text(": Magic-Num-Block"),
        (5, _) => line.text(": PSNDN"),
        (class, _) => line.labelled(": Unknown class ", class),
    }
    Ok(())
}
