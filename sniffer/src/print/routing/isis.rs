//! IS-IS: what kind of message from whom, with `-v` its headers and elements.

use crate::decode::{Isis, IsisBody, IsisCircuit, IsisHello, IsisLinks, Payload};
use crate::print::line::Line;
use crate::print::{hex, tokens};

use super::isis_elements;
use super::osi;

pub(in crate::print) fn print(line: &mut Line<'_>, isis: &Isis<'_>) {
    osi::print_protocol(line, isis.whole());
    match print_message(line, isis) {
        Some(true) => {}
        // What tcpdump does not understand it shows.
        Some(false) => hex::only(line, isis.whole().bytes()),
        None => line.truncated("isis"),
    }
}

/// Prints a message, and tells whether it could be understood.
fn print_message(line: &mut Line<'_>, isis: &Isis<'_>) -> Option<bool> {
    isis.whole().get::<[u8; Isis::HEADER_LEN]>(0)?;
    if !line.options.link_header {
        line.text("IS-IS");
    }
    if !is_sound(line, isis)? {
        return Some(false);
    }
    line.text(if line.options.link_header { "" } else { ", " });
    let kind = isis.kind()?;
    if line.is_verbose() {
        print_header(line, isis)?;
    } else {
        tokens::print(line, KINDS, kind, ["unknown PDU-Type ", ""]);
    }
    let Some(expected) = Isis::headers_len(kind) else {
        if line.is_verbose() {
            hex::only_behind(line, "\n\t  ", isis.whole().skip(Isis::HEADER_LEN).bytes());
            return Some(false);
        }
        line.labelled(", length ", isis.whole().claimed());
        return Some(true);
    };
    let header_len = isis.header_len()?;
    if usize::from(header_len) != expected {
        line.text(if matches!(kind, 26 | 27) { "- bogus" } else { ", bogus" });
        line.labelled(" fixed header length ", header_len);
        line.labelled(
            " should be ",
            if matches!(kind, 18 | 20) { expected - Isis::HEADER_LEN } else { expected } as u64,
        );
        return Some(false);
    }
    let body = isis.body()?;
    if line.is_verbose() {
        return print_verbose(line, isis, body);
    }
    print_body(line, body);
    line.labelled(", length ", isis.whole().claimed());
    Some(true)
}

/// Whether the common header can be; says what is wrong where not.
fn is_sound(line: &mut Line<'_>, isis: &Isis<'_>) -> Option<bool> {
    let (version, id_len, header_len) = (isis.version()?, isis.id_len()?, isis.header_len()?);
    let claimed = isis.whole().claimed();
    let mut unsupported = |version: u8| {
        line.labelled("version ", version);
        line.text(" packet not supported");
    };
    if version != 1 {
        unsupported(version);
    } else if !matches!(id_len, 0 | 6) {
        line.labelled("system ID length of ", id_len);
        line.text(" is not supported");
    } else if isis.type_version()? != 1 {
        unsupported(isis.type_version()?);
    } else if claimed < u32::from(header_len) {
        line.labelled("fixed header length ", header_len);
        line.labelled(" > packet length ", claimed);
    } else if usize::from(header_len) < Isis::HEADER_LEN {
        line.labelled("fixed header length ", header_len);
        line.text(" < minimum header size 8");
    } else if isis.max_areas()? == u8::MAX {
        line.text("bad packet -- 255 areas");
    } else {
        return Some(true);
    }
    Some(false)
}

const KINDS: &[(u8, &str)] = &[
    (15, "L1 Lan IIH"),
    (16, "L2 Lan IIH"),
    (17, "p2p IIH"),
    (18, "L1 LSP"),
    (20, "L2 LSP"),
    (24, "L1 CSNP"),
    (25, "L2 CSNP"),
    (26, "L1 PSNP"),
    (27, "L2 PSNP"),
];

fn print_body(line: &mut Line<'_>, body: IsisBody) {
    match body {
        IsisBody::Hello(hello) => {
            print_id(line, ", src-id ", &hello.source);
            if let IsisCircuit::Lan { lan, priority } = hello.circuit {
                print_id(line, ", lan-id ", &lan);
                line.labelled(", prio ", priority);
            }
        }
        IsisBody::Links(links) => {
            print_id(line, ", lsp-id ", &links.id);
            line.labelled_hex(", seq ", links.sequence, 8);
            line.text(", lifetime ");
            line.padded(links.lifetime, 5);
            line.text("s");
        }
        IsisBody::SequenceNumbers { source, .. } => print_id(line, ", src-id ", &source),
    }
}

/// `1111.2222.3333.node-fragment`, as far as the identifier goes.
pub(super) fn print_id(line: &mut Line<'_>, label: &str, id: &[u8]) {
    line.text(label);
    for (index, byte) in id.iter().enumerate() {
        line.text(["", "", ".", "", ".", "", ".", "-"].get(index).copied().unwrap_or_default());
        line.hex_digits(*byte, 2);
    }
}

/// The common header with `-v`.
fn print_header(line: &mut Line<'_>, isis: &Isis<'_>) -> Option<()> {
    line.labelled("length ", isis.whole().claimed());
    line.text("\n\t");
    tokens::print(line, KINDS, isis.kind()?, ["unknown, type ", ""]);
    line.labelled(", hlen: ", isis.header_len()?);
    line.labelled(", v: ", isis.version()?);
    line.labelled(", pdu-v: ", isis.type_version()?);
    line.labelled(", sys-id-len: 6 (", isis.id_len()?);
    let max_areas = isis.max_areas()?;
    line.labelled("), max-area: ", if max_areas == 0 { 3 } else { max_areas });
    line.labelled(" (", max_areas);
    line.text(")");
    if line.options.verbose > 1 {
        hex::only(line, isis.header().bytes());
    }
    Some(())
}

/// The fixed part with `-v`, and the elements behind it.
fn print_verbose(line: &mut Line<'_>, isis: &Isis<'_>, body: IsisBody) -> Option<bool> {
    let whole = isis.whole().with_claim(isis.whole().claimed().min(body.message_len().into()));
    match body {
        IsisBody::Hello(hello) => print_hello(line, &hello),
        IsisBody::Links(links) => print_links(line, isis, &links, whole.claimed()),
        IsisBody::SequenceNumbers { len, source, range } => {
            print_id(line, "\n\t  source-id:    ", &source);
            line.labelled(", PDU length: ", len);
            if let Some([first, last]) = range {
                print_id(line, "\n\t  start lsp-id: ", &first);
                print_id(line, "\n\t  end lsp-id:   ", &last);
            }
        }
    }
    hex::with_vv(line, "\n\t  ", isis.fixed_part()?.bytes());
    let headers_len = u32::from(isis.header_len()?);
    if whole.claimed() < headers_len {
        line.labelled(" [packet length ", whole.claimed());
        line.labelled(" < ", headers_len);
        line.text("]");
        line.invalid();
        return Some(true);
    }
    // What an element says may lie beyond the message, where it is longer than that says itself.
    let beyond = isis.whole().skip(headers_len as usize);
    isis_elements::print(line, whole, beyond, whole.claimed() - headers_len)?;
    Some(true)
}

fn print_hello(line: &mut Line<'_>, hello: &IsisHello) {
    print_id(line, "\n\t  source-id: ", &hello.source);
    line.text(if matches!(hello.circuit, IsisCircuit::Lan { .. }) { ", " } else { "," });
    line.labelled(" holding time: ", hello.holding_time);
    line.text("s, Flags: [");
    tokens::print_or_hex(line, LEVELS, hello.levels, 2, ["unknown circuit type ", ""]);
    line.text("]");
    match hello.circuit {
        IsisCircuit::Lan { lan, priority } => {
            print_id(line, "\n\t  lan-id:    ", &lan);
            line.labelled(", Priority: ", priority & 0x7f);
        }
        IsisCircuit::PointToPoint { id } => {
            line.labelled_hex("\n\t  circuit-id: ", id, 2);
        }
    }
    line.labelled(", PDU length: ", hello.len);
}

const LEVELS: &[(u8, &str)] = &[(1, "Level 1 only"), (2, "Level 2 only"), (3, "Level 1, Level 2")];

fn print_links(line: &mut Line<'_>, isis: &Isis<'_>, links: &IsisLinks, claimed: u32) {
    let [uncovered, place] = Isis::LINKS_UNCOVERED;
    print_id(line, "\n\t  lsp-id: ", &links.id);
    line.labelled_hex(", seq: ", links.sequence, 8);
    line.text(", lifetime: ");
    line.padded(links.lifetime, 5);
    line.labelled_hex("s\n\t  chksum: ", links.checksum, 4);
    // A message that is shorter than its header has no checksum that could be right.
    let covered = claimed.checked_sub(uncovered as u32);
    let covered = covered.map_or(Payload::EMPTY, |len| isis.whole().skip(uncovered).with_claim(len));
    osi::print_checksum(line, covered, links.checksum, place);
    line.labelled(", PDU length: ", links.len);
    line.text(", Flags: [ ");
    for (bits, word) in LINKS_FLAGS {
        line.text(if links.flags & bits != 0 { word } else { "" });
    }
    line.text(
        ["Unused 0x0 (invalid)", "L1 IS", "Unused 0x2 (invalid)", "L2 IS"][usize::from(links.flags & 3)],
    );
    line.text(" ]");
}

/// What a system says of itself. It is attached to other areas by the metrics in front of that.
const LINKS_FLAGS: &[(u8, &str)] = &[
    (0x04, "Overload bit set, "),
    (0x08, "default "),
    (0x10, "delay "),
    (0x20, "expense "),
    (0x40, "error "),
    (0x78, "ATT bit set, "),
    (0x80, "P bit set, "),
];
