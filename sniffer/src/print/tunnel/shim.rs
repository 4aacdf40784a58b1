//! Intercepted packets: Broadcom's header, with `-v` in front of the packet.

use crate::decode::{InterceptShim, Payload};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, shim: &InterceptShim<'_>) {
    let indent = if line.is_verbose() { "\n    " } else { "" };
    line.text(indent);
    line.text("BCM-LI-SHIM: direction ");
    tokens::print_or(line, &[(1_u8, "unused"), (2, "egress"), (3, "ingress")], shim.direction(), "unknown");
    line.text(", pkt-type ");
    tokens::print_or(line, KINDS, shim.kind(), "unknown");
    line.text(", pkt-subtype ");
    tokens::print_or(line, TAGS, shim.tags(), "unknown");
    line.labelled(", li-id ", shim.id());
    line.text(indent);
    if line.is_verbose() {
        return print_unknown(line, shim);
    }
    if shim.payload().is_truncated() {
        line.truncated("bcm_li");
    }
}

/// What can be said of a packet of which nobody tells what it is.
fn print_unknown(line: &mut Line<'_>, shim: &InterceptShim<'_>) {
    match (shim.protocol(), shim.kind()) {
        (Some(_), _) => {}
        (None, 4) if shim.payload().bytes().is_empty() => line.truncated("bcm_li"),
        (None, 4) => line.text("unknown payload"),
        (None, _) => line.invalid(),
    }
}

/// A header that is cut, or that the datagram has no room for.
pub(in crate::print) fn print_truncated(line: &mut Line<'_>, rest: Payload<'_>) {
    let claimed = rest.claimed();
    if claimed >= InterceptShim::LEN as u32 {
        return line.truncated("bcm_li");
    }
    line.labelled(" (length ", claimed);
    line.text(" < 4)");
    line.invalid();
}

const KINDS: &[(u8, &str)] = &[(4, "undecided"), (5, "ipv4"), (6, "ipv6"), (7, "ethernet")];
const TAGS: &[(u8, &str)] = &[(1, "single VLAN tag"), (2, "double VLAN tag"), (3, "untagged")];
