//! BGP by name, and with `-v` its messages. Path attributes are `bgp_attributes`', routes `bgp_routes`'.

use super::bgp_attributes;
use super::bgp_routes::print_route;
use crate::decode::{Bgp, BgpBody, BgpMessage, BgpPrefixForm, Payload, has_path_ids};
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
    let body = Payload::new(message.body, message.body.len() as u32);
    let printed = match message.kind {
        1 => print_open(line, message, body),
        2 => print_update(line, body),
        3 => print_notification(line, body),
        4 => Some(()),
        5 => print_refresh(line, message, body),
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
pub(super) fn print_family(line: &mut Line<'_>, before: &str, [high, low, subsequent]: [u8; 3]) {
    let family = u16::from_be_bytes([high, low]);
    line.text(before);
    line.text("AFI ");
    tokens::print_or(line, tokens::ADDRESS_FAMILIES, family, "Unknown");
    line.labelled(" (", family);
    line.text("), SAFI ");
    tokens::print_or(line, SUBSEQUENT_FAMILIES, subsequent, "Unknown");
    line.labelled(" (", subsequent);
    line.byte(b')');
}

pub(super) const SUBSEQUENT_FAMILIES: &[(u8, &str)] = &[
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

fn print_open(line: &mut Line<'_>, message: &BgpMessage<'_>, body: Payload<'_>) -> Option<()> {
    /// Bytes in front of the parameters.
    const FIXED_LEN: usize = 10;
    let Some(BgpBody::Open { version, system, hold_time, router, parameters }) = message.body() else {
        return None;
    };
    line.labelled("\n\t  Version ", version);
    line.labelled(", my AS ", system);
    line.labelled(", Holdtime ", hold_time);
    line.labelled_address("s, ID ", router);
    line.labelled("\n\t  Optional parameters, length: ", parameters);
    let mut rest = body.skip(FIXED_LEN).with_claim(parameters.into());
    while rest.claimed() > 0 {
        let (kind, len): (u8, u8) = (rest.read()?, rest.read()?);
        if u32::from(len) > rest.claimed() {
            line.labelled("\n\t     Option ", kind);
            line.labelled(", length: ", len);
            line.text(", goes past the end of the options");
            break;
        }
        line.text("\n\t    Option ");
        let names = &[(1, "Authentication Information"), (2, "Capabilities Advertisement")];
        tokens::print_or(line, names, kind, "Unknown");
        line.labelled(" (", kind);
        line.labelled("), length: ", len);
        if kind == 2 {
            print_capabilities(line, rest.with_claim(len.into())).unwrap_or_else(|| line.truncated("bgp"));
        } else {
            line.labelled("\n\t      no decoder for option ", kind);
        }
        rest = rest.skip(len.into());
    }
    Some(())
}

fn print_capabilities(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        let (kind, len): (u8, u8) = (rest.read()?, rest.read()?);
        line.text("\n\t      ");
        tokens::print_or(line, CAPABILITIES, kind, "Unknown");
        line.labelled(" (", kind);
        line.labelled("), length: ", len);
        let value = rest.with_claim(len.into());
        if value.is_truncated() {
            return None;
        }
        let least = match kind {
            1 | 65 => 4,
            64 => 2,
            _ => 0,
        };
        if len < least {
            line.labelled(" (too short, < ", least);
            line.byte(b')');
            return Some(());
        }
        print_capability(line, kind, value)?;
        if line.options.verbose > 1 {
            hex::only_behind(line, "\n\t\t", value.bytes());
        }
        rest = rest.skip(len.into());
    }
    Some(())
}

const CAPABILITIES: &[(u8, &str)] = &[
    (1, "Multiprotocol Extensions"),
    (2, "Route Refresh"),
    (3, "Cooperative Route Filtering"),
    (4, "Multiple Routes to a Destination"),
    (5, "Extended Next Hop Encoding"),
    (8, "Multiple Labels"),
    (64, "Graceful Restart"),
    (65, "32-Bit AS Number"),
    (67, "Dynamic Capability"),
    (68, "Multisession BGP"),
    (69, "Multiple Paths"),
    (70, "Enhanced Route Refresh"),
    (71, "Long-lived Graceful Restart"),
    (128, "Route Refresh (Cisco)"),
];

/// A capability that is long enough.
fn print_capability(line: &mut Line<'_>, kind: u8, value: Payload<'_>) -> Option<()> {
    match kind {
        1 => {
            let [high, low, _, subsequent]: [u8; 4] = value.get(0)?;
            print_family(line, "\n\t\t", [high, low, subsequent]);
        }
        2 | 71 | 128 => {}
        8 => print_families(line, "\n\t\t", value, |line, count| line.labelled(", Count: ", count)),
        64 => {
            let flags_and_time: u16 = value.get(0)?;
            line.text("\n\t\tRestart Flags: [");
            line.text(if flags_and_time & 0x8000 == 0 { "none" } else { "R" });
            line.labelled("], Restart Time ", flags_and_time & 0x0fff);
            line.byte(b's');
            print_families(line, "\n\t\t  ", value.skip(2), |line, flags| {
                line.text(", Forwarding state preserved: ");
                line.text(if flags & 0x80 == 0 { "no" } else { "yes" });
            });
        }
        65 => line.labelled("\n\t\t 4 Byte AS ", value.get::<u32>(0)?),
        69 if value.claimed() == 0 => line.text(" (bogus)"),
        69 => {
            print_families(line, "\n\t\t", value, |line, direction| {
                line.text(", Send/Receive: ");
                let names = &[(1, "Receive"), (2, "Send"), (3, "Both")];
                tokens::print_or_hex(line, names, direction, 2, ["Bogus (", ")"]);
            });
            if !value.claimed().is_multiple_of(4) {
                line.invalid();
            }
        }
        _ => {
            line.labelled("\n\t\tno decoder for Capability ", kind);
            if line.options.verbose < 2 {
                hex::only_behind(line, "\n\t\t", value.bytes());
            }
        }
    }
    Some(())
}

/// Families with a byte about each.
fn print_families(
    line: &mut Line<'_>,
    before: &str,
    mut rest: Payload<'_>,
    print: impl Fn(&mut Line<'_>, u8),
) {
    while let Some([high, low, subsequent, about]) = rest.read::<[u8; 4]>() {
        print_family(line, before, [high, low, subsequent]);
        print(line, about);
    }
}

fn print_update(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let mut rest = body;
    let withdrawn: u16 = rest.read()?;
    if u32::from(withdrawn) > rest.claimed() {
        return None;
    }
    let mut is_empty = withdrawn == 0;
    if withdrawn > 1 {
        line.text("\n\t  Withdrawn routes:");
        let list = rest.with_claim(withdrawn.into());
        let left = print_routes(line, list)?;
        is_empty = left.claimed() == 0;
        rest = rest.skip((list.claimed() - left.claimed()) as usize);
    } else {
        rest = rest.skip(withdrawn.into());
    }
    let attributes: u16 = rest.read()?;
    if is_empty && attributes == 0 && rest.claimed() == 0 {
        line.text("\n\t  End-of-Rib Marker (empty NLRI)");
        return Some(());
    }
    if u32::from(attributes) > rest.claimed() {
        return None;
    }
    let list = rest.with_claim(attributes.into());
    rest = rest.skip(attributes.into());
    bgp_attributes::print(line, list, rest.claimed())?;
    if rest.claimed() > 0 {
        line.text("\n\t  Updated routes:");
        print_routes(line, rest)?;
    }
    Some(())
}

/// Routes of IPv4, a line each; gives what is left behind one that cannot be.
fn print_routes<'a>(line: &mut Line<'_>, mut list: Payload<'a>) -> Option<Payload<'a>> {
    let has_ids = has_path_ids(list.bytes(), 32);
    while list.claimed() > 0 {
        let id = if has_ids { Some(list.read::<u32>()?) } else { None };
        let Some(used) = print_route(line, "\n\t    ", list, BgpPrefixForm::Plain, false)? else { break };
        if let Some(id) = id {
            line.labelled("   Path Id: ", id);
        }
        list = list.skip(used);
    }
    Some(list)
}

fn print_notification(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let (code, subcode): (u8, u8) = (body.get(0)?, body.get(1)?);
    line.text(", ");
    tokens::print_or(line, ERRORS, code, "Unknown Error");
    line.labelled(" (", code);
    line.byte(b')');
    let Some((_, separator, names)) = SUBCODES.iter().find(|known| known.0 == code) else { return Some(()) };
    line.text(separator);
    line.text("subcode ");
    tokens::print_or(line, names, subcode, "Unknown");
    line.labelled(" (", subcode);
    line.byte(b')');
    let data = body.skip(2);
    match (code, subcode) {
        (6, 1) if data.claimed() >= 7 => {
            print_family(line, ", ", data.get(0)?);
            line.labelled(", Max Prefixes: ", data.get::<u32>(3)?);
        }
        (6, 2 | 4) if data.claimed() > 0 => print_farewell(line, data)?,
        _ => {}
    }
    Some(())
}

/// What a peer says as it shuts down, RFC 9003.
fn print_farewell(line: &mut Line<'_>, data: Payload<'_>) -> Option<()> {
    let len: u8 = data.get(0)?;
    let text = data.skip(1);
    let behind = if u32::from(len) > text.claimed() {
        line.text(", invalid Shutdown Communication length");
        data
    } else if len == 0 {
        line.text(", empty Shutdown Communication");
        text
    } else {
        line.labelled(", Shutdown Communication (length: ", len);
        line.text("): \"");
        line.untrusted(text.with_claim(len.into()).bytes());
        line.byte(b'"');
        text.skip(len.into())
    };
    if behind.claimed() > 0 {
        line.labelled(", Data: (length: ", behind.claimed());
        line.byte(b')');
        hex::only_behind(line, "\n\t\t", behind.bytes());
    }
    Some(())
}

const ERRORS: &[(u8, &str)] = &[
    (1, "Message Header Error"),
    (2, "OPEN Message Error"),
    (3, "UPDATE Message Error"),
    (4, "Hold Timer Expired"),
    (5, "Finite State Machine Error"),
    (6, "Cease"),
    (7, "Capability Message Error"),
];

/// The subcodes of an error, and what is in front of them.
type Subcodes = (u8, &'static str, &'static [(u8, &'static str)]);

const SUBCODES: &[Subcodes] = &[
    (1, ", ", HEADER_ERRORS),
    (2, ", ", OPEN_ERRORS),
    (3, ", ", UPDATE_ERRORS),
    (5, " ", STATE_ERRORS),
    (6, ", ", CEASES),
    (7, " ", CAPABILITY_ERRORS),
];

const HEADER_ERRORS: &[(u8, &str)] =
    &[(1, "Connection Not Synchronized"), (2, "Bad Message Length"), (3, "Bad Message Type")];

const OPEN_ERRORS: &[(u8, &str)] = &[
    (1, "Unsupported Version Number"),
    (2, "Bad Peer AS"),
    (3, "Bad BGP Identifier"),
    (4, "Unsupported Optional Parameter"),
    (5, "Authentication Failure"),
    (6, "Unacceptable Hold Time"),
    (7, "Capability Message Error"),
];

const UPDATE_ERRORS: &[(u8, &str)] = &[
    (1, "Malformed Attribute List"),
    (2, "Unrecognized Well-known Attribute"),
    (3, "Missing Well-known Attribute"),
    (4, "Attribute Flags Error"),
    (5, "Attribute Length Error"),
    (6, "Invalid ORIGIN Attribute"),
    (7, "AS Routing Loop"),
    (8, "Invalid NEXT_HOP Attribute"),
    (9, "Optional Attribute Error"),
    (10, "Invalid Network Field"),
    (11, "Malformed AS_PATH"),
];

const STATE_ERRORS: &[(u8, &str)] = &[
    (0, "Unspecified Error"),
    (1, "In OpenSent State"),
    (2, "In OpenConfirm State"),
    (3, "In Established State"),
];

const CEASES: &[(u8, &str)] = &[
    (1, "Maximum Number of Prefixes Reached"),
    (2, "Administrative Shutdown"),
    (3, "Peer Unconfigured"),
    (4, "Administrative Reset"),
    (5, "Connection Rejected"),
    (6, "Other Configuration Change"),
    (7, "Connection Collision Resolution"),
];

const CAPABILITY_ERRORS: &[(u8, &str)] = &[
    (1, "Invalid Action Value"),
    (2, "Invalid Capability Length"),
    (3, "Malformed Capability Value"),
    (4, "Unsupported Capability Code"),
];

fn print_refresh(line: &mut Line<'_>, message: &BgpMessage<'_>, body: Payload<'_>) -> Option<()> {
    if body.claimed() < 4 {
        return body.get::<u32>(0).map(|_| ());
    }
    let [high, low, _, subsequent]: [u8; 4] = body.get(0)?;
    print_family(line, "\n\t  ", [high, low, subsequent]);
    if line.options.verbose > 1 {
        hex::only_behind(line, "\n\t  ", message.whole);
    }
    Some(())
}
