//! The options by which neighbours of PIM introduce themselves, RFC 7761 section 4.9.2.

use super::address::print_address;
use crate::decode::{Payload, Pim, PimHello};
use crate::print::line::Line;
use crate::print::{hex, tokens};

pub(super) fn print_hello<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    while rest.claimed() > 0 {
        let option = Pim::hello(&mut rest)?;
        line.text("\n\t  ");
        tokens::print_or(line, HELLO_OPTIONS, option.kind, "Unknown");
        line.labelled(" Option (", option.kind);
        line.labelled("), length ", option.value.claimed());
        line.text(", Value: ");
        if option.value.is_truncated() {
            return None;
        }
        if !print_hello_value(line, pim, &option)? {
            return Some(());
        }
        hex::with_vv(line, "\n\t    ", option.value.bytes());
    }
    Some(())
}

const HELLO_OPTIONS: &[(u16, &str)] = &[
    (1, "Hold Time"),
    (2, "LAN Prune Delay"),
    (18, "DR Priority (Old)"),
    (19, "DR Priority"),
    (20, "Generation ID"),
    (21, "State Refresh Capability"),
    (22, "Bi-Directional Capability"),
    (24, "Address List"),
    (65001, "Address List (Old)"),
];

/// Prints the value of an option; tells whether it has the length that its kind has.
fn print_hello_value<'a>(line: &mut Line<'_>, pim: &Pim<'a>, option: &PimHello<'a>) -> Option<bool> {
    let value = option.value;
    let len = match option.kind {
        1 => 2,
        2 | 20 | 21 => 4,
        18 | 19 if value.claimed() > 0 => 4,
        _ => value.claimed(),
    };
    if value.claimed() != len {
        line.labelled("[option length ", value.claimed());
        line.labelled(" != ", len);
        line.byte(b']');
        line.invalid();
        return Some(false);
    }
    match option.kind {
        1 => tokens::print_duration(line, value.get::<u16>(0)?.into()),
        2 => {
            let (delay, interval): (u16, u16) = (value.get(0)?, value.get(2)?);
            line.labelled("\n\t    T-bit=", delay >> 15);
            line.labelled(", LAN delay ", delay & 0x7fff);
            line.labelled("ms, Override interval ", interval);
            line.text("ms");
        }
        18 | 19 => match value.get::<u32>(0) {
            Some(priority) => line.number(priority),
            None => line.text("Bi-Directional Capability (Old)"),
        },
        20 => line.hex(value.get::<u32>(0)?, 8),
        21 => {
            let (version, interval, reserved): (u8, u8, u16) = (value.get(0)?, value.get(1)?, value.get(2)?);
            line.labelled("v", version);
            if interval != 0 {
                line.text(", interval ");
                tokens::print_duration(line, interval.into());
            }
            if reserved != 0 {
                line.labelled_hex(" ?", reserved, 4);
                line.byte(b'?');
            }
        }
        22 => {}
        24 | 65001 => print_address_list(line, pim, value)?,
        _ => hex::without_vv(line, "\n\t    ", value.bytes()),
    }
    Some(true)
}

fn print_address_list<'a>(line: &mut Line<'_>, pim: &Pim<'a>, mut rest: Payload<'a>) -> Option<()> {
    if line.options.verbose > 1 {
        while rest.claimed() > 0 {
            print_address(line, "\n\t    ", pim, &mut rest)?;
        }
    }
    Some(())
}
