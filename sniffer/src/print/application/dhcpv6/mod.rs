//! DHCPv6: a message's type in one line, with `-v` its options.

mod options;
mod values;

use crate::decode::Dhcpv6;
use crate::print::line::Line;
use crate::print::tokens;

pub(super) fn print(line: &mut Line<'_>, message: &Dhcpv6<'_>) {
    print_nested(line, message, 0);
}

/// A message, which may be in others.
fn print_nested(line: &mut Line<'_>, message: &Dhcpv6<'_>, depth: u8) {
    line.text("dhcp6 ");
    tokens::print(line, TYPES, message.kind(), ["msgtype-", ""]);
    if !line.is_verbose() {
        return;
    }
    line.text(" (");
    if print_start(line, message).is_none() {
        return line.truncated("dhcp6");
    }
    options::print(line, message.options(), depth);
    line.byte(b')');
}

const TYPES: &[(u8, &str)] = &[
    (1, "solicit"),
    (2, "advertise"),
    (3, "request"),
    (4, "confirm"),
    (5, "renew"),
    (6, "rebind"),
    (7, "reply"),
    (8, "release"),
    (9, "decline"),
    (10, "reconfigure"),
    (11, "inf-req"),
    (12, "relay-fwd"),
    (13, "relay-reply"),
    (14, "leasequery"),
    (15, "leasequery-reply"),
];

fn print_start(line: &mut Line<'_>, message: &Dhcpv6<'_>) -> Option<()> {
    if message.is_relayed() {
        line.labelled_address("linkaddr=", message.link()?);
        line.labelled_address(" peeraddr=", message.peer()?);
    } else {
        line.text("xid=");
        line.hex_digits(message.transaction(), 1);
    }
    Some(())
}
