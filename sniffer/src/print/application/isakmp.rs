//! IKE, in one line.

use crate::decode::{Isakmp, NatTraversal, NatTraversalKind};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Isakmp<'_>) {
    if message.length().is_none() {
        return line.truncated("isakmp");
    }
    line.text("isakmp:");
    print_message(line, message).unwrap_or_else(|| line.truncated("isakmp"));
}

/// What is in front of IKE or ESP.
pub(in crate::print) fn print_traversal(line: &mut Line<'_>, datagram: &NatTraversal<'_>) {
    line.text(match datagram.kind() {
        NatTraversalKind::KeepAlive => "isakmp-nat-keep-alive",
        NatTraversalKind::Isakmp => "NONESP-encap: ",
        NatTraversalKind::Esp => "UDP-encap: ",
    });
}

fn print_message(line: &mut Line<'_>, message: &Isakmp<'_>) -> Option<()> {
    let is_first = message.id()? == 0;
    let (exchange, flags) = (message.exchange()?, message.flags()?);
    let names: &[(u8, &str)] = match message.version()? {
        1 => {
            line.text(if is_first { " phase 1" } else { " phase 2/others" });
            // Who began is told by the first message alone: no state is kept of those before.
            line.text(if message.responder()? == [0; 8] { " I " } else { " ? " });
            &[(0x01, "E"), (0x02, "C")]
        }
        2 => {
            line.text(if is_first { " parent_sa " } else { " child_sa  " });
            &[(0x08, "I"), (0x10, "V"), (0x20, "R")]
        }
        _ => return Some(()),
    };
    tokens::print(line, EXCHANGES, exchange, ["#", ""]);
    if flags != 0 {
        line.byte(b'[');
        names.iter().filter(|(bit, _)| flags & bit != 0).for_each(|(_, name)| line.text(name));
        line.byte(b']');
    }
    Some(())
}

const EXCHANGES: &[(u8, &str)] = &[
    (0, "none"),
    (1, "base"),
    (2, "ident"),
    (3, "auth"),
    (4, "agg"),
    (5, "inf"),
    (32, "oakley-quick"),
    (33, "oakley-newgroup"),
    (34, "ikev2_init"),
    (35, "ikev2_auth"),
    (36, "child_sa"),
    (37, "inf2"),
];
