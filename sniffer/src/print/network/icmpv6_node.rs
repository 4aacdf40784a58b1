//! ICMPv6 beside the forwarding of packets: who a node is (RFC 4620), renumbering of routers (RFC 2894), RPL (RFC 6550).

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::decode::{Icmpv6, Icmpv6Type, Payload};
use crate::print::line::Line;
use crate::print::tokens;

/// Bytes of a node information message in front of its data.
const NODE_LEN: usize = 16;
/// Flags of node addresses, in the order in which they are printed.
const ADDRESS_FLAGS: &[(u16, &str)] =
    &[(0x40, "a"), (0x20, "G"), (0x10, "S"), (0x08, "L"), (0x04, "C"), (0x02, "A"), (0x01, "T")];

/// What is behind the words that tcpdump has for the type of a message; `None` where it is cut.
pub(super) fn print(line: &mut Line<'_>, icmp: &Icmpv6<'_>, code: u8) -> Option<()> {
    match icmp.kind() {
        Icmpv6Type::NodeInformationQuery => print_query(line, icmp, code),
        Icmpv6Type::NodeInformationReply => print_reply(line, icmp, code),
        Icmpv6Type::RouterRenumbering => print_renumbering(line, icmp, code),
        _ => {
            print_rpl(line, code);
            Some(())
        }
    }
}

/// A question about a node.
fn print_query(line: &mut Line<'_>, icmp: &Icmpv6<'_>, code: u8) -> Option<()> {
    let whole = icmp.whole();
    if whole.bytes().len() == 12 {
        line.text(" who-are-you request");
        return Some(());
    }
    line.text(" node information query");
    whole.get::<[u8; NODE_LEN]>(0)?;
    let question: u16 = whole.get(4)?;
    line.text(" (");
    let flags: u16 = whole.get(6)?;
    match question {
        0 => line.text("noop"),
        1 => {
            line.text("supported qtypes");
            print_compressed(line, flags);
        }
        2 => line.text("DNS name"),
        3 => {
            line.text("node addresses");
            print_flags(line, flags, &ADDRESS_FLAGS[..6]);
        }
        _ => line.text("unknown"),
    }
    if question > 1 {
        print_subject(line, code, whole);
    }
    line.text(")");
    Some(())
}

/// Whom the question is about.
fn print_subject(line: &mut Line<'_>, code: u8, whole: Payload<'_>) {
    let len = whole.bytes().len();
    if len == NODE_LEN {
        return line.text(", 03 draft");
    }
    match code {
        0 => {
            let subject = whole.get::<Ipv6Addr>(NODE_LEN).filter(|_| len == NODE_LEN + 16);
            if let Some(subject) = subject {
                line.text(", subject=");
                line.ipv6(subject);
            }
        }
        1 => line.text(", subject=DNS name"),
        2 => {
            let subject = whole.get::<Ipv4Addr>(NODE_LEN).filter(|_| len == NODE_LEN + 4);
            if let Some(subject) = subject {
                line.text(", subject=");
                line.ipv4(subject);
            }
        }
        _ => line.text(", unknown subject"),
    }
}

/// What a node says of itself.
fn print_reply(line: &mut Line<'_>, icmp: &Icmpv6<'_>, code: u8) -> Option<()> {
    let whole = icmp.whole();
    if whole.is_truncated() {
        return None;
    }
    whole.get::<[u8; NODE_LEN]>(0)?;
    line.text(" node information reply (");
    let is_verbose = line.is_verbose();
    match code {
        0 if is_verbose => line.text("success, "),
        1 => line.text("refused"),
        2 => line.text("unknown"),
        _ => {}
    }
    if code == 0 {
        let flags: u16 = whole.get(6)?;
        match whole.get::<u16>(4)? {
            0 => line.text("noop"),
            1 => {
                line.text("supported qtypes");
                print_compressed(line, flags);
            }
            2 => line.text("DNS name"),
            3 => {
                line.text("node addresses");
                let mut rest = whole.skip(NODE_LEN);
                while let (Some(ttl), Some(address)) = (rest.get::<u32>(0), rest.get::<Ipv6Addr>(4)) {
                    line.byte(b' ');
                    line.ipv6(address);
                    line.labelled("(", ttl);
                    line.text(")");
                    rest = rest.skip(20);
                }
                print_flags(line, flags, ADDRESS_FLAGS);
            }
            _ => line.text("unknown"),
        }
    }
    line.text(")");
    Some(())
}

fn print_compressed(line: &mut Line<'_>, flags: u16) {
    print_flags(line, flags, &[(0x01, "C")]);
}

/// The letters of flags between brackets, if any is set.
fn print_flags(line: &mut Line<'_>, flags: u16, letters: &[(u16, &str)]) {
    if flags == 0 {
        return;
    }
    line.text(" [");
    letters.iter().filter(|(bit, _)| flags & bit != 0).for_each(|(_, letter)| line.text(letter));
    line.text("]");
}

/// A message of RPL, by its code.
fn print_rpl(line: &mut Line<'_>, code: u8) {
    if code & 0x80 != 0 {
        return line.text(", (SEC) [worktodo]");
    }
    line.text(", (CLR)");
    tokens::print(line, RPL_MESSAGES, code, ["RPL message, unknown code ", ""]);
}

const RPL_MESSAGES: &[(u8, &str)] = &[
    (0, "DODAG Information Solicitation"),
    (1, "DODAG Information Object"),
    (2, "Destination Advertisement Object"),
    (3, "Destination Advertisement Object Ack"),
];

/// New prefixes for routers, in one line.
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
    if code == COMMAND {
        return print_prefixes(line, whole.skip(HEADER_LEN));
    }
    Some(())
}

/// The prefix that is to be replaced, and those to be used in its place.
fn print_prefixes(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    let [operation, len, _, matched, ..] = rest.get::<[u8; 8]>(0)?;
    let prefix: Ipv6Addr = rest.get(8)?;
    line.text(" match(");
    tokens::print(line, &[(1_u8, "add"), (2, "change"), (3, "setglobal")], operation, ["#", ""]);
    line.byte(b',');
    line.ipv6(prefix);
    line.labelled("/", matched);
    line.text(")");
    rest = rest.skip(24);
    let replacements = len.checked_sub(3).filter(|len| len.is_multiple_of(4))? / 4;
    for _ in 0..replacements {
        let [length, kept, ..] = rest.get::<[u8; 16]>(0)?;
        let (flags, prefix) = (rest.get::<u32>(12)?, rest.get::<Ipv6Addr>(16)?);
        line.text(" use(");
        if flags >> 24 != 0 {
            line.text(if flags & 0x8000_0000 == 0 { "" } else { "V" });
            line.text(if flags & 0x4000_0000 == 0 { "" } else { "P" });
            line.byte(b',');
        }
        line.ipv6(prefix);
        line.labelled("/", length);
        line.labelled("/", kept);
        line.text(")");
        rest = rest.skip(32);
    }
    Some(())
}
