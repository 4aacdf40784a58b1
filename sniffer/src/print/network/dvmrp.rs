//! DVMRP, in messages of IGMP.

use std::net::Ipv4Addr;

use crate::decode::{Igmp, Payload};
use crate::print::line::Line;
use crate::print::tokens;

/// Bytes of the header that is IGMP's.
const HEADER_LEN: usize = 8;

/// What is behind `igmp dvmrp`.
pub(super) fn print_dvmrp(line: &mut Line<'_>, igmp: &Igmp<'_>) {
    let claimed = igmp.whole().claimed();
    if claimed < HEADER_LEN as u32 {
        line.labelled(" [length ", claimed);
        line.text(" < 8]");
        return line.invalid();
    }
    print_dvmrp_message(line, igmp.whole()).unwrap_or_else(|| line.truncated("dvmrp"));
}

fn print_dvmrp_message(line: &mut Line<'_>, whole: Payload<'_>) -> Option<()> {
    let kind: u8 = whole.get(1)?;
    line.byte(b' ');
    tokens::print(line, DVMRP_TYPES, kind, ["[type ", "]"]);
    let body = whole.skip(HEADER_LEN);
    match kind {
        4 => print_neighbors(line, body),
        6 => {
            let [minor, major]: [u8; 2] = whole.get(6)?;
            line.labelled(" (v ", major);
            line.labelled(".", minor);
            line.text("):");
            print_neighbors(line, body)
        }
        7 => {
            print_source_and_group(line, body)?;
            line.text(" timer ");
            tokens::print_duration(line, body.get(8)?);
            Some(())
        }
        8 | 9 => print_source_and_group(line, body),
        _ => Some(()),
    }
}

fn print_source_and_group(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let (source, group): (Ipv4Addr, Ipv4Addr) = (body.get(0)?, body.get(4)?);
    line.labelled_address(" src ", source);
    line.labelled_address(" grp ", group);
    Some(())
}

/// The neighbours of each interface.
fn print_neighbors(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        if rest.claimed() < 8 {
            line.labelled(" [length ", rest.claimed());
            line.text(" < 8]");
            line.invalid();
            return Some(());
        }
        let local: Ipv4Addr = rest.read()?;
        let [metric, threshold, flags, count]: [u8; 4] = rest.read()?;
        for _ in 0..count {
            if rest.claimed() < 4 {
                match rest.claimed() {
                    0 => line.text(" [invalid ncount]"),
                    room => {
                        line.labelled(" [length ", room);
                        line.text(" < 4]");
                    }
                }
                line.invalid();
                return Some(());
            }
            line.labelled_address(" [", local);
            line.text(" -> ");
            line.ipv4(rest.read()?);
            line.labelled(" (", metric);
            line.labelled("/", threshold);
            tokens::print_letters(line, NEIGHBOR_FLAGS, flags);
            line.text(")]");
        }
    }
    Some(())
}

const DVMRP_TYPES: &[(u8, &str)] = &[
    (1, "Probe"),
    (2, "Report"),
    (3, "Ask-neighbors(old)"),
    (4, "Neighbors(old)"),
    (5, "Ask-neighbors2"),
    (6, "Neighbors2"),
    (7, "Prune"),
    (8, "Graft"),
    (9, "Graft-ACK"),
];

const NEIGHBOR_FLAGS: &[(u8, &str)] =
    &[(0x01, "/tunnel"), (0x02, "/srcrt"), (0x40, "/querier"), (0x20, "/disabled"), (0x10, "/down")];
