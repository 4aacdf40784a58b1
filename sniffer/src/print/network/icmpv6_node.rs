//! ICMPv6 beside the forwarding of packets: who a node is (RFC 4620), renumbering of routers (RFC 2894).

use std::net::Ipv6Addr;

use crate::decode::{Icmpv6, Icmpv6Type, NodeInformation, NodeQuestion, NodeSubject, Payload};
use crate::print::line::Line;
use crate::print::tokens;

/// What is behind the words that tcpdump has for the type of a message; `None` where it is cut.
pub(super) fn print(line: &mut Line<'_>, icmp: &Icmpv6<'_>, code: u8) -> Option<()> {
    match icmp.kind() {
        Icmpv6Type::NodeInformationQuery => print_query(line, icmp),
        Icmpv6Type::NodeInformationReply => print_reply(line, icmp, code),
        _ => print_renumbering(line, icmp, code),
    }
}

/// A question about a node.
fn print_query(line: &mut Line<'_>, icmp: &Icmpv6<'_>) -> Option<()> {
    if icmp.whole().bytes().len() == NodeInformation::FIRST_DRAFT_LEN {
        line.text(" who-are-you request");
        return Some(());
    }
    line.text(" node information query");
    let query = NodeInformation::new(icmp)?;
    line.text(" (");
    print_question(line, &query);
    if !matches!(query.question(), NodeQuestion::Noop | NodeQuestion::Questions) {
        print_subject(line, query.subject());
    }
    line.text(")");
    Some(())
}

/// What a node says of itself.
fn print_reply(line: &mut Line<'_>, icmp: &Icmpv6<'_>, code: u8) -> Option<()> {
    icmp.whole().all_captured()?;
    let reply = NodeInformation::new(icmp)?;
    line.text(" node information reply (");
    match code {
        NodeInformation::SUCCESS if line.is_verbose() => line.text("success, "),
        1 => line.text("refused"),
        2 => line.text("unknown"),
        _ => {}
    }
    if code == NodeInformation::SUCCESS {
        print_question(line, &reply);
    }
    line.text(")");
    Some(())
}

/// What is asked or answered, with the addresses of an answer and the flags.
fn print_question(line: &mut Line<'_>, message: &NodeInformation<'_>) {
    match message.question() {
        NodeQuestion::Noop => line.text("noop"),
        NodeQuestion::Questions => {
            line.text("supported qtypes");
            print_flags(line, message.flags(), &[(0x01, "C")]);
        }
        NodeQuestion::Name => line.text("DNS name"),
        NodeQuestion::Addresses => {
            line.text("node addresses");
            for (lifetime, address) in message.addresses() {
                line.labelled_address(" ", address);
                line.labelled("(", lifetime);
                line.text(")");
            }
            print_flags(line, message.flags(), if message.is_reply() { ADDRESS_FLAGS } else { QUERY_FLAGS });
        }
        NodeQuestion::Unknown(_) => line.text("unknown"),
    }
}

/// Flags of node addresses, in the order in which they are printed; only a reply says that it is cut.
const ADDRESS_FLAGS: &[(u16, &str)] =
    &[(0x40, "a"), (0x20, "G"), (0x10, "S"), (0x08, "L"), (0x04, "C"), (0x02, "A"), (0x01, "T")];
const QUERY_FLAGS: &[(u16, &str)] = ADDRESS_FLAGS.split_at(6).0;

/// The letters of flags between brackets, if any is set.
fn print_flags(line: &mut Line<'_>, flags: u16, letters: &[(u16, &str)]) {
    if flags != 0 {
        line.text(" [");
        tokens::print_letters(line, letters, flags);
        line.text("]");
    }
}

/// Whom the question is about.
fn print_subject(line: &mut Line<'_>, subject: NodeSubject) {
    match subject {
        NodeSubject::Draft => line.text(", 03 draft"),
        NodeSubject::Ipv6(Some(address)) => line.labelled_address(", subject=", address),
        NodeSubject::Ipv4(Some(address)) => line.labelled_address(", subject=", address),
        NodeSubject::Ipv6(None) | NodeSubject::Ipv4(None) => {}
        NodeSubject::Name => line.text(", subject=DNS name"),
        NodeSubject::Unknown => line.text(", unknown subject"),
    }
}

/// New prefixes for routers.
fn print_renumbering(line: &mut Line<'_>, icmp: &Icmpv6<'_>, code: u8) -> Option<()> {
    /// Bytes of the message in front of the prefixes.
    const HEADER_LEN: usize = 16;
    /// The code of a command.
    const COMMAND: u8 = 0;
    let whole = icmp.whole();
    whole.get::<[u8; HEADER_LEN]>(0)?;
    match code {
        COMMAND => line.text(", command"),
        1 => line.text(", result"),
        255 => line.text(", sequence number reset"),
        code => line.labelled(", code-#", code),
    }
    line.labelled(", seq=", whole.get::<u32>(4)?);
    if line.is_verbose() {
        print_renumbering_head(line, whole.skip(8))?;
    }
    if code == COMMAND {
        return print_prefixes(line, whole.skip(HEADER_LEN));
    }
    Some(())
}

/// The flags of a renumbering, the number of its segment, and how long a router may take.
fn print_renumbering_head(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    /// Test, result wanted, applied to interfaces that are down as well, to those of one site, done before.
    const FLAGS: [(u8, &str); 5] = [(0x80, "T"), (0x40, "R"), (0x20, "A"), (0x10, "S"), (0x08, "P")];
    let [segment, flags]: [u8; 2] = rest.read()?;
    let (most, reserved): (u16, u32) = (rest.read()?, rest.read()?);
    line.text("[");
    for (_, letter) in FLAGS.iter().filter(|(bit, _)| flags & bit != 0) {
        line.text(letter);
    }
    line.text(if flags == 0 { "" } else { "," });
    line.labelled("seg=", segment);
    line.labelled(",maxdelay=", most);
    if reserved != 0 {
        line.labelled_hex("rsvd=", reserved, 1);
    }
    line.text("]");
    Some(())
}

/// The prefix that is to be replaced, and those to be used in its place.
fn print_prefixes(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    let [operation, len, ordinal, matched, least, most, _, _] = rest.get(0)?;
    let prefix: Ipv6Addr = rest.get(8)?;
    let separator = if line.options.verbose > 1 { "\n\t" } else { " " };
    line.text(separator);
    line.text("match(");
    tokens::print(line, &[(1_u8, "add"), (2, "change"), (3, "setglobal")], operation, ["#", ""]);
    if line.is_verbose() {
        line.labelled(",ord=", ordinal);
        line.labelled(",min=", least);
        line.labelled(",max=", most);
    }
    line.byte(b',');
    line.ipv6(prefix);
    line.labelled("/", matched);
    line.text(")");
    rest = rest.skip(24);
    let replacements = len.checked_sub(3).filter(|len| len.is_multiple_of(4))? / 4;
    for _ in 0..replacements {
        // Nothing of it is shown where its end was cut.
        rest.get::<Ipv6Addr>(16)?;
        line.text(separator);
        print_replacement(line, rest)?;
        rest = rest.skip(32);
    }
    Some(())
}

/// A prefix to be used: how much of it is new, and for how long.
fn print_replacement(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    let [length, kept, mask, router_flags]: [u8; 4] = rest.read()?;
    let [valid, preferred, flags]: [u32; 3] = [rest.read()?, rest.read()?, rest.read()?];
    line.text("use(");
    if flags >> 24 != 0 {
        line.text(if flags & 0x8000_0000 == 0 { "" } else { "V" });
        line.text(if flags & 0x4000_0000 == 0 { "" } else { "P" });
        line.byte(b',');
    }
    if line.is_verbose() {
        line.labelled_hex("mask=", mask, 1);
        line.labelled_hex(",raflags=", router_flags, 1);
        for (label, time) in [(",vltime=", valid), (",pltime=", preferred)] {
            line.text(label);
            if time == u32::MAX { line.text("infty") } else { line.number(time) }
        }
        line.byte(b',');
    }
    line.ipv6(rest.read()?);
    line.labelled("/", length);
    line.labelled("/", kept);
    line.text(")");
    Some(())
}
