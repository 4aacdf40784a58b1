//! How a session of BGP begins: who a peer is and what it can do.

use super::{print_family, print_system};
use crate::decode::{BgpBody, BgpCapability, BgpFamilies, BgpMessage, BgpOption, Payload};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// What an open message says; nothing where it ends too early.
pub(super) fn print(line: &mut Line<'_>, message: &BgpMessage<'_>) -> Option<()> {
    let Some(BgpBody::Open { version, system, hold_time, router, parameters }) = message.body() else {
        return None;
    };
    line.labelled("\n\t  Version ", version);
    line.labelled(", my AS ", system);
    line.labelled(", Holdtime ", hold_time);
    line.labelled_address("s, ID ", router);
    line.labelled("\n\t  Optional parameters, length: ", parameters);
    let mut rest = message.parameters()?;
    while rest.claimed() > 0 {
        let parameter = BgpOption::read(&mut rest)?;
        if parameter.is_beyond_list {
            line.labelled("\n\t     Option ", parameter.kind);
            line.labelled(", length: ", parameter.len);
            line.text(", goes past the end of the options");
            break;
        }
        line.text("\n\t    Option ");
        let names = &[(1, "Authentication Information"), (2, "Capabilities Advertisement")];
        tokens::print_numbered(line, names, parameter.kind, "Unknown");
        line.labelled(", length: ", parameter.len);
        if parameter.kind == BgpOption::CAPABILITIES {
            print_capabilities(line, parameter.value).unwrap_or_else(|| line.truncated("bgp"));
        } else {
            line.labelled("\n\t      no decoder for option ", parameter.kind);
        }
    }
    Some(())
}

fn print_capabilities(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    while rest.claimed() > 0 {
        let option = BgpOption::read(&mut rest)?;
        line.text("\n\t      ");
        tokens::print_numbered(line, CAPABILITIES, option.kind, "Unknown");
        line.labelled(", length: ", option.len);
        if option.value.is_truncated() {
            return None;
        }
        let Some(capability) = option.capability() else {
            line.labelled(" (too short, < ", option.least_len());
            line.byte(b')');
            return Some(());
        };
        print_capability(line, &option, capability);
        hex::with_vv(line, "\n\t\t", option.value.bytes());
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

fn print_capability(line: &mut Line<'_>, option: &BgpOption<'_>, capability: BgpCapability<'_>) {
    match capability {
        BgpCapability::Family(family) => print_family(line, "\n\t\t", family),
        BgpCapability::Labels(families) => {
            print_families(line, "\n\t\t", families, |line, count| line.labelled(", Count: ", count));
        }
        BgpCapability::Restart { has_restarted, seconds, families } => {
            line.text("\n\t\tRestart Flags: [");
            line.text(if has_restarted { "R" } else { "none" });
            line.labelled("], Restart Time ", seconds);
            line.byte(b's');
            print_families(line, "\n\t\t  ", families, |line, flags| {
                line.text(", Forwarding state preserved: ");
                line.text(if flags & 0x80 == 0 { "no" } else { "yes" });
            });
        }
        BgpCapability::System(system) => print_system(line, "\n\t\t 4 Byte AS ", system),
        BgpCapability::Paths(_) if option.len == 0 => line.text(" (bogus)"),
        BgpCapability::Paths(families) => {
            print_families(line, "\n\t\t", families, |line, direction| {
                line.text(", Send/Receive: ");
                let names = &[(1, "Receive"), (2, "Send"), (3, "Both")];
                tokens::print_or_hex(line, names, direction, 2, ["Bogus (", ")"]);
            });
            if !option.len.is_multiple_of(4) {
                line.invalid();
            }
        }
        BgpCapability::Plain => {}
        BgpCapability::Other => {
            line.labelled("\n\t\tno decoder for Capability ", option.kind);
            hex::without_vv(line, "\n\t\t", option.value.bytes());
        }
    }
}

/// Families with a byte about each.
fn print_families(
    line: &mut Line<'_>,
    before: &str,
    families: BgpFamilies<'_>,
    print: impl Fn(&mut Line<'_>, u8),
) {
    for (family, about) in families {
        print_family(line, before, family);
        print(line, about);
    }
}
