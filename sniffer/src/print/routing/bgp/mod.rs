//! BGP by name, and with `-v` its messages.

mod attributes;
mod communities;
mod notification;
mod open;
mod reach;
mod routes;
mod tunnel;

use crate::decode::{Bgp, BgpFamily, BgpMessage, BgpPrefixError, BgpPrefixForm, BgpRoutes, Payload};
use crate::print::line::Line;
use crate::print::{hex, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, bgp: &Bgp<'_>) {
    line.text(": BGP");
    if line.is_verbose() {
        let mut messages = bgp.messages();
        messages.by_ref().for_each(|message| print_message(line, &message));
        if messages.is_cut_in_header() {
            line.truncated("bgp");
        }
    }
}

/// `text` and the number of an autonomous system; one of more than 16 bits in two parts if that is wanted (asdot+ of RFC
/// 5396).
fn print_system(line: &mut Line<'_>, text: &str, system: u32) {
    line.text(text);
    if line.options.asdot && system > u16::MAX.into() {
        line.number(system >> 16);
        line.labelled(".", system & 0xffff);
    } else {
        line.number(system);
    }
}

fn print_message(line: &mut Line<'_>, message: &BgpMessage<'_>) {
    if message.is_behind_others {
        line.truncated("bgp");
    }
    if message.length < BgpMessage::HEADER_LEN {
        line.labelled("\nmessage length ", message.length);
        line.labelled(" < ", BgpMessage::HEADER_LEN);
        return line.invalid();
    }
    if !message.is_complete() {
        line.text("\n[|BGP ");
        tokens::print_or(line, MESSAGES, message.kind, "Unknown Message Type");
        return line.text("]");
    }
    line.text("\n\t");
    tokens::print_or(line, MESSAGES, message.kind, "Unknown");
    line.labelled(" Message (", message.kind);
    line.labelled("), length: ", message.length);
    let printed = match message.kind {
        1 => open::print(line, message),
        2 => print_update(line, message.payload()),
        3 => notification::print(line, message),
        4 => Some(()),
        5 => print_refresh(line, message),
        kind => {
            line.labelled("\n\t  no Message ", kind);
            line.text(" decoder");
            hex::only_behind(line, "\n\t  ", message.whole);
            Some(())
        }
    };
    printed.unwrap_or_else(|| line.truncated("bgp"));
}

const MESSAGES: &[(u8, &str)] =
    &[(1, "Open"), (2, "Update"), (3, "Notification"), (4, "Keepalive"), (5, "Route Refresh")];

/// An address family and what of it.
fn print_family(line: &mut Line<'_>, before: &str, family: BgpFamily) {
    line.text(before);
    line.text("AFI ");
    tokens::print_numbered(line, tokens::ADDRESS_FAMILIES, family.addresses, "Unknown");
    line.text(", SAFI ");
    tokens::print_numbered(line, SUBSEQUENT_FAMILIES, family.subsequent, "Unknown");
}

const SUBSEQUENT_FAMILIES: &[(u8, &str)] = &[
    (0, "Reserved"),
    (1, "Unicast"),
    (2, "Multicast"),
    (3, "Unicast+Multicast"),
    (4, "labeled Unicast"),
    (64, "Tunnel"),
    (65, "VPLS"),
    (66, "MDT"),
    (70, "EVPN"),
    (128, "labeled VPN Unicast"),
    (129, "labeled VPN Multicast"),
    (130, "labeled VPN Unicast+Multicast"),
    (132, "Route Target Routing Information"),
    (5, "Multicast VPN"),
];

fn print_update(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let mut rest = body;
    let withdrawn = BgpMessage::list(&mut rest)?;
    let mut is_empty = withdrawn.claimed() == 0;
    if withdrawn.claimed() > 1 {
        line.text("\n\t  Withdrawn routes:");
        let left = print_routes(line, withdrawn)?.claimed();
        is_empty = left == 0;
        // tcpdump goes on from the first prefix that cannot be.
        rest = body.skip(size_of::<u16>() + (withdrawn.claimed() - left) as usize);
    }
    let attributes = BgpMessage::list(&mut rest);
    if is_empty && attributes.is_some_and(|list| list.claimed() == 0) && rest.claimed() == 0 {
        line.text("\n\t  End-of-Rib Marker (empty NLRI)");
        return Some(());
    }
    attributes::print(line, attributes?, rest.claimed())?;
    if rest.claimed() > 0 {
        line.text("\n\t  Updated routes:");
        print_routes(line, rest)?;
    }
    Some(())
}

/// Routes of IPv4, a line each; gives what is left behind one that cannot be.
fn print_routes<'a>(line: &mut Line<'_>, list: Payload<'a>) -> Option<Payload<'a>> {
    let mut list = BgpRoutes::new(list, BgpPrefixForm::Plain, false);
    match routes::print(line, "\n\t    ", &mut list) {
        Err(BgpPrefixError::Short) => None,
        Ok(()) | Err(BgpPrefixError::Illegal) => Some(list.rest()),
    }
}

fn print_refresh(line: &mut Line<'_>, message: &BgpMessage<'_>) -> Option<()> {
    print_family(line, "\n\t  ", BgpFamily::spaced(message.payload())?);
    hex::with_vv(line, "\n\t  ", message.whole);
    Some(())
}
