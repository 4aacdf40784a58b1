//! ATA over Ethernet, in one line.

use super::line::Line;
use super::tokens::print_flags;
use crate::decode::Aoe;

pub(super) fn print(line: &mut Line<'_>, aoe: &Aoe<'_>) {
    print_message(line, aoe).unwrap_or_else(|| line.truncated("aoe"));
}

fn print_message(line: &mut Line<'_>, aoe: &Aoe<'_>) -> Option<()> {
    let claimed = aoe.whole().claimed();
    line.labelled("AoE length ", claimed);
    if claimed == 0 {
        line.invalid();
        return Some(());
    }
    let version = aoe.version()?;
    line.labelled(", Ver ", version);
    if version != 1 {
        return Some(());
    }
    if claimed < Aoe::HEADER_LEN as u32 {
        line.invalid();
        return (!aoe.whole().is_truncated()).then_some(());
    }
    line.text(", Flags: [");
    print_flags(line, FLAGS, aoe.flags()?);
    line.text("]");
    Some(())
}

const FLAGS: &[(u8, &str)] = &[(0x08, "Response"), (0x04, "Error"), (0x02, "MBZ-1"), (0x01, "MBZ-0")];
