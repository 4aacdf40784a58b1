//! What IS-IS says for shortest path bridging, IEEE 802.1aq.

use super::isis_elements::{Ended, Printed};
use crate::decode::{IsisBridge, IsisConfiguration, IsisCursor, IsisTree, Payload, u24};
use crate::print::line::Line;
use crate::print::tokens;

/// What the ports of a bridge can do.
pub(super) fn print_ports(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    let topology: u16 = value.read()?;
    line.labelled("\n\t       RES: ", topology >> 12);
    line.labelled(", MTID(s): ", topology & 0x0fff);
    print_elements(line, value, "\n\t       ", |line, kind, element| match kind {
        4 => print_configurations(line, element),
        5 => print_digest(line, element),
        6 => print_vlans(line, element),
        _ => Ok(()),
    })
}

/// What a bridge can do.
pub(super) fn print_capability(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    let topology: u16 = value.read()?;
    line.labelled("\n\t      O: ", topology >> 15);
    line.labelled(", RES: ", topology >> 12 & 7);
    line.labelled(", MTID(s): ", topology & 0x0fff);
    print_elements(line, value, "\n\t      ", |line, kind, element| match kind {
        1 => print_instance(line, element),
        3 => print_services(line, element),
        _ => Ok(()),
    })
}

/// What is missing in an element.
enum Missing {
    /// It is too short.
    Room,
    /// It is shorter than the list in it.
    Entries,
}

/// Prints the elements of a capability; what is missing in one ends them, and not what is around them.
fn print_elements(
    line: &mut Line<'_>,
    mut value: IsisCursor<'_>,
    indent: &str,
    print: fn(&mut Line<'_>, u8, Payload<'_>) -> Result<(), Missing>,
) -> Printed {
    let names = if indent.ends_with("       ") { PORT_ELEMENTS } else { BRIDGE_ELEMENTS };
    while value.room() > 2 {
        let [kind, len]: [u8; 2] = value.read()?;
        line.text(indent);
        tokens::print_or(line, names, kind, "unknown");
        line.labelled(" subTLV #", kind);
        line.labelled(", length: ", len);
        if value.room() < len {
            line.text(" (> containing TLV length)");
            return Ok(());
        }
        let element = value.take(len).map_err(|_| Ended::Capture)?;
        match print(line, kind, element) {
            Ok(()) => {}
            Err(Missing::Room) => {
                line.text(" (too short)");
                return Ok(());
            }
            Err(Missing::Entries) => {
                line.truncated("isis");
                return Ok(());
            }
        }
    }
    Ok(())
}

const PORT_ELEMENTS: &[(u8, &str)] = &[(4, "SPB MCID"), (5, "SPB Digest"), (6, "SPB BVID")];
const BRIDGE_ELEMENTS: &[(u8, &str)] =
    &[(1, "SPB Instance"), (3, "SPBM Service Identifier and Unicast Address")];

/// The configurations of spanning trees in use, and to be used next.
fn print_configurations(line: &mut Line<'_>, mut element: Payload<'_>) -> Result<(), Missing> {
    let mut read = || IsisConfiguration::read(&mut element).ok_or(Missing::Room);
    let configurations = [read()?, read()?];
    for (label, configuration) in
        ["\n\t         MCID: ", "\n\t         AUX-MCID: "].iter().zip(configurations)
    {
        line.text(label);
        line.labelled("ID: ", configuration.form);
        line.text(", Name: ");
        line.zero_padded(configuration.name).ok_or(Missing::Room)?;
        line.labelled("\n\t              Lvl: ", configuration.revision);
        line.text(", Digest: ");
        for byte in configuration.digest {
            line.hex_digits(byte, 2);
            line.text(" ");
        }
    }
    Ok(())
}

/// A digest of the topology.
fn print_digest(line: &mut Line<'_>, mut element: Payload<'_>) -> Result<(), Missing> {
    let Some((flags, digest)) = element.read().zip(element.get::<[u8; 32]>(0)) else {
        return Err(Missing::Room);
    };
    let flags: u8 = flags;
    line.labelled("\n\t        RES: ", flags >> 5);
    line.labelled(" V: ", flags >> 4 & 1);
    line.labelled(" A: ", flags >> 2 & 3);
    line.labelled(" D: ", flags & 3);
    line.text("\n\t         Digest: ");
    for (index, word) in digest.as_chunks::<4>().0.iter().enumerate() {
        line.text(if index == 4 { "\n\t                 " } else { "" });
        line.hex_bytes(word);
        line.text(" ");
    }
    Ok(())
}

/// The VLANs of trees.
fn print_vlans(line: &mut Line<'_>, mut element: Payload<'_>) -> Result<(), Missing> {
    while element.claimed() > 0 {
        let tree: [u8; 4] = element.read().ok_or(Missing::Room)?;
        line.text("\n\t           ECT: ");
        line.hex_bytes(&tree);
        let vlan: u16 = element.read().ok_or(Missing::Room)?;
        line.labelled(" BVID: ", vlan >> 4);
        line.labelled(", U:", vlan >> 3 & 1);
        line.labelled(" M:", vlan >> 2 & 1);
        line.text(" ");
    }
    Ok(())
}

/// A bridge and the trees that it has.
fn print_instance(line: &mut Line<'_>, mut element: Payload<'_>) -> Result<(), Missing> {
    let bridge = IsisBridge::read(&mut element).ok_or(Missing::Room)?;
    line.text("\n\t        CIST Root-ID: ");
    line.hex_bytes(&bridge.root[..4]);
    line.text(" ");
    line.hex_bytes(&bridge.root[4..]);
    line.text(", Path Cost: ");
    line.hex_bytes(&bridge.cost);
    line.labelled(", Prio: ", bridge.priority);
    line.labelled("\n\t        RES: ", bridge.source >> 21);
    line.labelled(", V: ", bridge.source >> 20 & 1);
    line.labelled(", SPSource-ID: ", bridge.source & 0x000f_ffff);
    line.text(", No of Trees: ");
    line.hex_digits(bridge.trees, 1);
    for _ in 0..bridge.trees {
        print_tree(line, IsisTree::read(&mut element).ok_or(Missing::Entries)?);
    }
    Ok(())
}

fn print_tree(line: &mut Line<'_>, tree: IsisTree) {
    let vlans = u24(tree.vlans);
    line.labelled("\n\t         U:", tree.flags >> 7);
    line.labelled(", M:", tree.flags >> 6 & 1);
    line.labelled(", A:", tree.flags >> 5 & 1);
    line.labelled(", RES:", tree.flags & 0x1f);
    line.text(", ECT: ");
    line.hex_bytes(&tree.algorithm);
    line.labelled(", BVID: ", vlans >> 12);
    line.labelled(", SPVID: ", vlans & 0x0fff);
}

/// The services behind a bridge.
fn print_services(line: &mut Line<'_>, mut element: Payload<'_>) -> Result<(), Missing> {
    let Some((bridge, vlan)) = element.read::<[u8; 6]>().zip(element.get::<u16>(0)) else {
        return Err(Missing::Entries);
    };
    line.text("\n\t        BMAC: ");
    line.hex_bytes(&bridge);
    line.labelled(", RES: ", vlan >> 12);
    line.labelled(", VID: ", vlan & 0x0fff);
    for service in element.skip(2).bytes().as_chunks().0 {
        let service = u32::from_be_bytes(*service);
        line.labelled("\n\t        T: ", service >> 31);
        line.labelled(", R: ", service >> 30 & 1);
        line.labelled(", RES: ", service >> 24 & 0x3f);
        line.labelled(", ISID: ", service & 0x00ff_ffff);
    }
    Ok(())
}
