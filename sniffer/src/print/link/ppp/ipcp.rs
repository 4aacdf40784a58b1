//! The options of IPCP and IP6CP, by which the peers of PPP agree on IP: addresses, name servers, header compression.

use std::net::Ipv4Addr;

use super::options::{Bad, field};
use crate::decode::PppOption;
use crate::print::line::Line;
use crate::print::tokens;

pub(super) const OPTIONS: &[(u8, &str)] = &[
    (1, "IP-Addrs"),
    (2, "IP-Comp"),
    (3, "IP-Addr"),
    (4, "Home-Addr"),
    (129, "Pri-DNS"),
    (130, "Pri-NBNS"),
    (131, "Sec-DNS"),
    (132, "Sec-NBNS"),
];

pub(super) fn print(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (option.kind, option.len) {
        (1, 10) => {
            line.labelled_address(": src ", field::<Ipv4Addr>(option, 0)?);
            line.labelled_address(", dst ", field::<Ipv4Addr>(option, 4)?);
        }
        (1, _) => return Err(Bad::Length("= 10")),
        (2, ..4) => return Err(Bad::LastLength(">= 4")),
        (2, _) => print_compression(line, option)?,
        (3 | 4 | 129..=132, 6) => line.labelled_address(": ", field::<Ipv4Addr>(option, 0)?),
        (3 | 4 | 129..=132, _) => return Err(Bad::LastLength("= 6")),
        _ => return Err(Bad::Unknown),
    }
    Ok(())
}

/// How headers of IP are compressed.
fn print_compression(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    const HEADER_COMPRESSION: u16 = 0x0061;
    let protocol: u16 = field(option, 0)?;
    line.text(": ");
    let names = &[(0x002d, "VJ-Comp"), (HEADER_COMPRESSION, "IP Header Compression")];
    tokens::print_with_hex(line, names, protocol, 2, "Unknown");
    line.text(":");
    if protocol != HEADER_COMPRESSION {
        return Ok(());
    }
    if option.len < 14 {
        return Err(Bad::LastLength(">= 14"));
    }
    let labels = ["\n\t    TCP Space ", ", non-TCP Space ", ", maxPeriod ", ", maxTime ", ", maxHdr "];
    if option.value().is_truncated() {
        return Err(Bad::Cut);
    }
    let numbers: [u8; 10] = option.value().get(2).ok_or(Bad::Cut)?;
    for (label, number) in labels.iter().zip(numbers.as_chunks().0) {
        line.labelled(label, u16::from_be_bytes(*number));
    }
    let mut rest = option.value().skip(12);
    if rest.claimed() > 0 {
        line.labelled("\n\t      Suboptions, length ", rest.claimed());
    }
    while rest.claimed() >= 2 {
        let room = rest.claimed();
        let suboption = PppOption::read(&mut rest.skip(0)).ok_or(Bad::Truncated)?;
        if suboption.len == 0 {
            return Ok(());
        }
        line.text("\n\t\t");
        let names = &[(1, "RTP-Compression"), (2, "Enhanced RTP-Compression")];
        tokens::print_or(line, names, suboption.kind, "Unknown");
        line.labelled(" Suboption #", suboption.kind);
        line.labelled(", length ", suboption.len);
        if u32::from(suboption.len) > room {
            line.labelled(" [remaining suboptions length ", room);
            line.labelled(" < ", suboption.len);
            line.text("]");
            line.invalid();
        }
        rest = rest.skip(suboption.len.into());
    }
    Ok(())
}

pub(super) fn print_ip6cp(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (option.kind, option.len) {
        (1, 10) => {
            let id: [u8; 8] = option.value().get(0).ok_or(Bad::Cut)?;
            for (index, group) in id.as_chunks::<2>().0.iter().enumerate() {
                line.text(if index > 0 { ":" } else { ": " });
                line.hex_bytes(group);
            }
            Ok(())
        }
        (1, _) => Err(Bad::Length("= 10")),
        _ => Err(Bad::Unknown),
    }
}
