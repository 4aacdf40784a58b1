//! The options of CCP, by which the peers of PPP agree on compression, and of BACP, on bandwidth.

use super::options::{Bad, field};
use crate::decode::PppOption;
use crate::print::line::Line;

pub(super) const OPTIONS: &[(u8, &str)] = &[
    (0, "OUI"),
    (1, "Pred-1"),
    (2, "Pred-2"),
    (3, "Puddle"),
    (16, "HP-PPC"),
    (17, "Stac-LZS"),
    (18, "MPPC"),
    (19, "Gand-FZA"),
    (20, "V.42bis"),
    (21, "BSD-Comp"),
    (23, "LZS-DCP"),
    (24, "MVRCA"),
    (25, "DEC"),
    (26, "Deflate"),
    (255, "Reserved"),
];

pub(super) fn print(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (option.kind, option.len) {
        (21, ..3) => return Err(Bad::Length(">= 3")),
        (21, _) => {
            let parameters: u8 = field(option, 0)?;
            line.labelled(": Version: ", parameters >> 5);
            line.labelled(", Dictionary Bits: ", parameters & 0x1f);
        }
        (24 | 26, ..4) => return Err(Bad::Length(">= 4")),
        (24, _) => {
            let [parameters, contexts]: [u8; 2] = field(option, 0)?;
            line.labelled(": Features: ", parameters >> 6);
            line.text(if parameters & 0x20 == 0 { ", PxP: Disabled" } else { ", PxP: Enabled" });
            line.labelled(", History: ", parameters & 0x1f);
            line.labelled(", #CTX-ID: ", contexts);
        }
        (26, _) => {
            let [parameters, check]: [u8; 2] = field(option, 0)?;
            line.labelled(": Window: ", parameters >> 4);
            line.text(if parameters & 0x0f == 8 { "K, Method: zlib (" } else { "K, Method: unknown (" });
            line.hex(parameters & 0x0f, 1);
            line.labelled("), MBZ: ", check >> 2);
            line.labelled(", CHK: ", check & 3);
        }
        _ => return Err(Bad::Unknown),
    }
    Ok(())
}

pub(super) fn print_bacp(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (option.kind, option.len) {
        (1, 6) => {
            let magic: u32 = field(option, 0)?;
            line.labelled_hex(": Magic-Num ", magic, 8);
            Ok(())
        }
        (1, _) => Err(Bad::Length("= 6")),
        _ => Err(Bad::Unknown),
    }
}
