//! Intercepted packets: Broadcom's header.

use crate::decode::InterceptShim;
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, shim: &InterceptShim<'_>) {
    let claimed = shim.whole().claimed();
    if claimed < InterceptShim::LEN as u32 {
        line.labelled(" (length ", claimed);
        line.text(" < 4)");
        return line.invalid();
    }
    print_header(line, shim).unwrap_or_else(|| line.truncated("bcm_li"));
}

fn print_header(line: &mut Line<'_>, shim: &InterceptShim<'_>) -> Option<()> {
    line.text("BCM-LI-SHIM: direction ");
    tokens::print_or(line, &[(1_u8, "unused"), (2, "egress"), (3, "ingress")], shim.direction()?, "unknown");
    line.text(", pkt-type ");
    tokens::print_or(line, KINDS, shim.kind()?, "unknown");
    line.text(", pkt-subtype ");
    tokens::print_or(line, TAGS, shim.tags()?, "unknown");
    line.labelled(", li-id ", shim.id()?);
    (!shim.whole().is_truncated()).then_some(())
}

const KINDS: &[(u8, &str)] = &[(4, "undecided"), (5, "ipv4"), (6, "ipv6"), (7, "ethernet")];
const TAGS: &[(u8, &str)] = &[(1, "single VLAN tag"), (2, "double VLAN tag"), (3, "untagged")];
