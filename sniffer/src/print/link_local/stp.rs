//! The spanning tree protocols: who is the root's bridge in one line, with `-v` times, costs and trees.

use crate::decode::{Stp, StpBridge, StpInstance, StpShortestPath};
use crate::print::line::Line;
use crate::print::text;
use crate::print::tokens;

/// The versions of the protocol.
const RAPID: u8 = 2;
const MULTIPLE: u8 = 3;
const SHORTEST_PATH: u8 = 4;

pub(in crate::print) fn print(line: &mut Line<'_>, stp: &Stp<'_>) {
    if stp.whole().claimed() < Stp::HEADER_LEN {
        return line.invalid();
    }
    print_message(line, stp).unwrap_or_else(|| line.truncated("stp"));
}

fn print_message(line: &mut Line<'_>, stp: &Stp<'_>) -> Option<()> {
    let claimed = stp.whole().claimed();
    if stp.protocol()? != 0 {
        line.labelled("unknown STP version, length ", claimed);
        return Some(());
    }
    let version = stp.version()?;
    line.text("STP ");
    tokens::print_or_hex(line, VERSIONS, version, 2, ["Unknown STP protocol (", ")"]);
    if tokens::name(VERSIONS, version).is_none() {
        return Some(());
    }
    let kind = stp.kind()?;
    line.text(", ");
    tokens::print_or_hex(line, KINDS, kind, 2, ["Unknown BPDU Type (", ")"]);
    match (kind, version) {
        (0, _) if claimed < Stp::CONFIGURATION_LEN => line.invalid(),
        (2, RAPID) if claimed < Stp::RAPID_LEN => line.invalid(),
        (0, _) | (2, RAPID) => print_configuration(line, stp)?,
        (2, MULTIPLE | SHORTEST_PATH) => print_region(line, stp)?,
        _ => {}
    }
    Some(())
}

const VERSIONS: &[(u8, &str)] =
    &[(0, "802.1d"), (RAPID, "802.1w"), (MULTIPLE, "802.1s"), (SHORTEST_PATH, "802.1aq")];
const KINDS: &[(u8, &str)] = &[(0, "Config"), (2, "Rapid STP"), (0x80, "Topology Change")];

fn print_configuration(line: &mut Line<'_>, stp: &Stp<'_>) -> Option<()> {
    let flags = stp.flags()?;
    print_flags(line, ", Flags [", flags);
    let (bridge, port) = (stp.bridge()?, stp.port()?);
    line.text(", bridge-id ");
    print_bridge(line, bridge);
    line.byte(b'.');
    line.hex_digits(port, 4);
    line.labelled(", length ", stp.whole().claimed());
    if !line.is_verbose() {
        return Some(());
    }
    print_times(line, stp)?;
    let (root, cost) = (stp.root()?, stp.root_cost()?);
    line.text("\n\troot-id ");
    print_bridge(line, root);
    line.labelled(", root-pathcost ", cost);
    if stp.version()? == RAPID {
        line.text(", port-role ");
        line.text(role(flags));
    }
    Some(())
}

fn print_flags(line: &mut Line<'_>, label: &str, flags: u8) {
    line.text(label);
    tokens::print_flags(line, FLAGS, flags);
    line.text("]");
}

const FLAGS: &[(u8, &str)] = &[
    (0x01, "Topology change"),
    (0x02, "Proposal"),
    (0x10, "Learn"),
    (0x20, "Forward"),
    (0x40, "Agreement"),
    (0x80, "Topology change ACK"),
];

/// What a port is for, by the flags of a message.
fn role(flags: u8) -> &'static str {
    ["Unknown", "Alternate", "Root", "Designated"][usize::from(flags >> 2 & 3)]
}

fn print_bridge(line: &mut Line<'_>, (priority, address): StpBridge) {
    line.hex_digits(priority, 4);
    line.byte(b'.');
    text::mac(line.out, &address);
}

fn print_times(line: &mut Line<'_>, stp: &Stp<'_>) -> Option<()> {
    let times = [
        ("\n\tmessage-age ", stp.message_age()?),
        (", max-age ", stp.max_age()?),
        (", hello-time ", stp.hello_time()?),
        (", forwarding-delay ", stp.forward_delay()?),
    ];
    for (label, time) in times {
        line.text(label);
        print_seconds(line, time);
    }
    Some(())
}

/// 256ths of a second with two digits behind the point, a tie to the even one.
fn print_seconds(line: &mut Line<'_>, time: u16) {
    let (hundredths, rest) = (u32::from(time) * 100 / 256, u32::from(time) * 100 % 256);
    let is_up = rest > 128 || (rest == 128 && hundredths % 2 == 1);
    let hundredths = hundredths + u32::from(is_up);
    line.number(hundredths / 100);
    line.byte(b'.');
    text::decimal_padded(line.out, (hundredths % 100).into(), 2);
    line.byte(b's');
}

/// A message of the multiple spanning tree protocol, or of shortest path bridging, which goes on behind it.
fn print_region(line: &mut Line<'_>, stp: &Stp<'_>) -> Option<()> {
    let claimed = stp.whole().claimed();
    if claimed < Stp::MULTIPLE_LEN || stp.version_1_len()? != 0 {
        line.invalid();
        return Some(());
    }
    let behind = Stp::RAPID_LEN + 2 + u32::from(stp.version_3_len()?);
    if claimed < behind {
        line.invalid();
        return Some(());
    }
    print_flags(line, ", CIST Flags [", stp.flags()?);
    line.labelled(", length ", claimed);
    if line.is_verbose() {
        print_common_tree(line, stp)?;
        stp.instances()?.try_for_each(|instance| print_instance(line, &instance))?;
    }
    if stp.version()? != SHORTEST_PATH {
        return Some(());
    }
    let path = stp.shortest_path()?;
    let len = u32::from(path.length()?) + 2;
    if claimed < behind + len || len < StpShortestPath::LEN {
        line.invalid();
    } else if line.is_verbose() {
        print_shortest_path(line, &path)?;
    }
    Some(())
}

fn print_common_tree(line: &mut Line<'_>, stp: &Stp<'_>) -> Option<()> {
    line.text("\n\tport-role ");
    line.text(role(stp.flags()?));
    line.text(", ");
    let (root, cost) = (stp.root()?, stp.root_cost()?);
    line.text("CIST root-id ");
    print_bridge(line, root);
    line.labelled(", CIST ext-pathcost ", cost);
    let region_root = stp.bridge()?;
    line.text("\n\tCIST regional-root-id ");
    print_bridge(line, region_root);
    line.text(", ");
    let port = stp.port()?;
    line.text("CIST port-id ");
    line.hex_digits(port, 4);
    line.byte(b',');
    print_times(line, stp)?;
    line.labelled("\n\tv3len ", stp.version_3_len()?);
    line.text(", MCID Name ");
    line.zero_padded(stp.region())?;
    let (revision, digest) = (stp.revision()?, stp.digest()?);
    line.labelled(", rev ", revision);
    line.text(",\n\t\tdigest ");
    line.hex_bytes(&digest);
    line.text(", ");
    line.labelled("CIST int-root-pathcost ", stp.internal_cost()?);
    line.byte(b',');
    let bridge = stp.internal_bridge()?;
    line.text("\n\tCIST bridge-id ");
    print_bridge(line, bridge);
    line.text(", ");
    line.labelled("CIST remaining-hops ", stp.remaining_hops()?);
    Some(())
}

fn print_instance(line: &mut Line<'_>, instance: &StpInstance<'_>) -> Option<()> {
    let (number, flags) = (instance.number()?, instance.flags()?);
    line.labelled("\n\tMSTI ", number);
    print_flags(line, ", Flags [", flags);
    line.text(", port-role ");
    line.text(role(flags));
    let (root, cost) = (instance.root()?, instance.cost()?);
    line.text("\n\t\tMSTI regional-root-id ");
    print_bridge(line, root);
    line.labelled(", pathcost ", cost);
    let [bridge_priority, port_priority, hops] = instance.priorities_and_hops()?;
    line.labelled("\n\t\tMSTI bridge-prio ", bridge_priority >> 4);
    line.labelled(", port-prio ", port_priority >> 4);
    line.labelled(", hops ", hops);
    Some(())
}

fn print_shortest_path(line: &mut Line<'_>, path: &StpShortestPath<'_>) -> Option<()> {
    line.labelled("\n\tv4len ", path.length()?);
    line.text(", AUXMCID Name ");
    line.zero_padded(path.region())?;
    let (revision, digest) = (path.revision()?, path.digest()?);
    line.labelled(", Rev ", revision);
    line.text(",\n\t\tdigest ");
    line.hex_bytes(&digest);
    let ([agreement, _, format, convention], edges) = (path.agreement()?, path.edges()?);
    let digest = path.topology_digest()?;
    line.labelled("\n\tAgreement num ", agreement >> 6);
    line.labelled(", Discarded Agreement num ", agreement >> 4 & 3);
    line.labelled(", Agreement valid-flag ", agreement >> 3 & 1);
    line.labelled(",\n\tRestricted role-flag: ", agreement >> 2 & 1);
    // tcpdump leaves the format in what it calls the capability, and the convention likewise.
    line.labelled(", Format id ", format >> 4);
    line.labelled(" cap ", format);
    line.labelled(", Convention id ", convention >> 4);
    line.labelled(" cap ", convention);
    line.labelled(",\n\tEdge count ", edges);
    line.text(", Agreement digest ");
    line.hex_bytes(&digest);
    Some(())
}
