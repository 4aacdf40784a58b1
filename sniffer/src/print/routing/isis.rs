//! IS-IS, in one line.

use crate::decode::{Isis, IsisBody};
use crate::print::hex;
use crate::print::line::Line;
use crate::print::text;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, isis: &Isis<'_>) {
    if line.options.link_header {
        line.text("OSI NLPID IS-IS (0x83): ");
    }
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
    tokens::print(line, KINDS, kind, ["unknown PDU-Type ", ""]);
    let Some(expected) = Isis::headers_len(kind) else {
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
    print_body(line, isis.body()?);
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

fn print_body(line: &mut Line<'_>, body: IsisBody) {
    match body {
        IsisBody::LanHello { source, lan, priority } => {
            print_id(line, ", src-id ", &source);
            print_id(line, ", lan-id ", &lan);
            line.labelled(", prio ", priority);
        }
        IsisBody::Hello { source } => print_id(line, ", src-id ", &source),
        IsisBody::Links { id, sequence, lifetime } => {
            print_id(line, ", lsp-id ", &id);
            line.text(", seq ");
            line.hex(sequence, 8);
            line.text(", lifetime ");
            line.padded(lifetime, 5);
            line.text("s");
        }
        IsisBody::SequenceNumbers { source } => print_id(line, ", src-id ", &source),
    }
}

/// `1111.2222.3333.node-fragment`, as far as the identifier goes.
fn print_id(line: &mut Line<'_>, label: &str, id: &[u8]) {
    line.text(label);
    for (index, byte) in id.iter().enumerate() {
        line.text(["", "", ".", "", ".", "", ".", "-"].get(index).copied().unwrap_or_default());
        text::hex(line.out, (*byte).into(), 2);
    }
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
