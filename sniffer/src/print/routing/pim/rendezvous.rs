//! Which router is the rendezvous point of a group, and which one forwards in a shared tree of RFC 5015.

use super::address::{print_address, print_group};
use crate::decode::{Payload, Pim};
use crate::print::line::Line;
use crate::print::tokens;

/// The rendezvous points of each group.
pub(super) fn print_bootstrap<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    let tag: u16 = rest.read()?;
    line.text(" tag=");
    line.hex_digits(tag, 1);
    line.labelled(" hashmlen=", rest.read::<u8>()?);
    let [priority, _]: [u8; 2] = rest.get(0)?;
    line.labelled(" BSRprio=", priority);
    rest = rest.skip(1);
    print_address(line, " BSR=", pim, &mut rest)?;
    let mut index = 0_u32;
    while rest.claimed() > 0 {
        line.labelled(" (group", index);
        line.text(": ");
        print_group(line, "", pim, &mut rest)?;
        line.labelled(" RPcnt=", rest.read::<u8>()?);
        let points: u8 = rest.read()?;
        line.labelled(" FRPcnt=", points);
        rest = rest.skip(2);
        for point in 0..points {
            if rest.claimed() == 0 {
                break;
            }
            line.labelled(" RP", point);
            print_address(line, "=", pim, &mut rest)?;
            line.text(",holdtime=");
            tokens::print_duration(line, rest.read::<u16>()?.into());
            line.labelled(",prio=", rest.read::<u8>()?);
            rest = rest.skip(1);
        }
        line.byte(b')');
        index += 1;
    }
    Some(())
}

pub(super) fn print_candidate<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    let count: u8 = rest.read()?;
    line.labelled(" prefix-cnt=", count);
    line.labelled(" prio=", rest.read::<u8>()?);
    line.text(" holdtime=");
    tokens::print_duration(line, rest.read::<u16>()?.into());
    print_address(line, " RP=", pim, &mut rest)?;
    for index in 0..count {
        if rest.claimed() == 0 {
            break;
        }
        line.labelled(" Group", index);
        print_group(line, "=", pim, &mut rest)?;
    }
    Some(())
}

/// The election of the designated forwarder of a shared tree, RFC 5015.
pub(super) fn print_election<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    const BACKOFF: u8 = 3;
    const PASS: u8 = 4;
    let subtype = pim.subtype()?;
    line.text("\n\t  ");
    tokens::print_or(
        line,
        &[(1, "Offer"), (2, "Winner"), (BACKOFF, "Backoff"), (PASS, "Pass")],
        subtype,
        "Unknown",
    );
    line.byte(b',');
    print_address(line, " rpa=", pim, &mut rest)?;
    line.labelled(" sender pref=", rest.read::<u32>()?);
    line.labelled(" sender metric=", rest.read::<u32>()?);
    let who = match subtype {
        BACKOFF => "offer",
        PASS => "new winner",
        _ => return Some(()),
    };
    line.text("\n\t  ");
    line.text(who);
    print_address(line, " addr=", pim, &mut rest)?;
    for (label, value) in [(" pref=", rest.read::<u32>()?), (" metric=", rest.read::<u32>()?)] {
        line.byte(b' ');
        line.text(who);
        line.labelled(label, value);
    }
    if subtype == BACKOFF {
        line.labelled(" interval ", rest.read::<u16>()?);
        line.text("ms");
    }
    Some(())
}
