//! The addresses of PIM (RFC 7761 section 4.9.1): of routers, and of groups and sources with masks and flags.

use crate::decode::{Payload, Pim, PimGroup};
use crate::print::line::Line;

pub(super) fn print_address<'a>(
    line: &mut Line<'_>,
    label: &str,
    pim: &Pim<'a>,
    rest: &mut Payload<'a>,
) -> Option<()> {
    line.text(label);
    let address = pim.address(rest)?;
    line.address(address);
    Some(())
}

pub(super) fn print_group<'a>(
    line: &mut Line<'_>,
    label: &str,
    pim: &Pim<'a>,
    rest: &mut Payload<'a>,
) -> Option<()> {
    line.text(label);
    let group = pim.group(rest)?;
    print_mask(line, &group);
    if group.flags != 0 {
        line.byte(b'(');
        line.hex(group.flags, 2);
        line.byte(b')');
    }
    Some(())
}

pub(super) fn print_source(line: &mut Line<'_>, source: PimGroup) {
    print_mask(line, &source);
    if source.flags == 0 {
        return;
    }
    line.byte(b'(');
    for (bit, letter) in [(4, "S"), (2, "W"), (1, "R")] {
        line.text(if source.flags & bit == 0 { "" } else { letter });
    }
    if source.flags & 0xf8 != 0 {
        line.byte(b'+');
        line.hex(source.flags & 0xf8, 2);
    }
    line.byte(b')');
}

fn print_mask(line: &mut Line<'_>, group: &PimGroup) {
    line.address(group.address);
    if group.mask_len != if group.address.is_ipv4() { 32 } else { 128 } {
        line.labelled("/", group.mask_len);
    }
}
