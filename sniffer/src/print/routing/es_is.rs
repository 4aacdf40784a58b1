//! ES-IS, by which end systems and routers of OSI find each other; and OSI's numbers that have no decoder.

use super::osi;
use crate::decode::{Clnp, EsIs, Osi, OsiError, OsiReader};
use crate::print::line::Line;
use crate::print::{hex, text, tokens};

pub(in crate::print) fn print_osi(line: &mut Line<'_>, osi: &Osi<'_>) {
    osi::print_protocol(line, osi.whole());
    if matches!(osi.protocol(), 0xcc | 0x8e | 0xcf) {
        return;
    }
    if osi.protocol() != 0 && !line.options.link_header {
        line.labelled_hex("OSI NLPID ", osi.protocol(), 2);
        line.text(" unknown");
    }
    line.labelled(if line.options.link_header { "length: " } else { ", length: " }, osi.whole().claimed());
    if osi.protocol() != 0 && osi.whole().claimed() > 1 {
        hex::only(line, osi.whole().bytes());
    }
}

pub(in crate::print) fn print(line: &mut Line<'_>, message: &EsIs<'_>) {
    osi::print_protocol(line, message.whole());
    if !line.options.link_header {
        line.text("ES-IS");
    }
    if message.whole().claimed() <= 2 {
        return line.text(if line.options.quiet > 0 { "bad pkt!" } else { "no header at all!" });
    }
    print_message(line, message).unwrap_or_else(|| line.truncated("esis"));
}

fn print_message(line: &mut Line<'_>, message: &EsIs<'_>) -> Option<()> {
    let (checksum, whole) = (message.checksum()?, message.whole());
    let (len, version, kind) = (message.header_len()?, message.version()?, message.type_field()? & 0x1f);
    if version != 1 {
        line.labelled(" version ", version);
        line.text(" packet not supported");
        return Some(());
    }
    if !osi::print_header_fault(line, whole, len, Clnp::FIXED_LEN + 2) {
        return Some(());
    }
    line.text(if line.options.link_header { "" } else { ", " });
    if !line.is_verbose() {
        tokens::print(line, KINDS, kind, ["unknown type (", ")"]);
        line.labelled(", length ", whole.claimed());
        return Some(());
    }
    line.labelled("length ", whole.claimed());
    line.text("\n\t");
    tokens::print(line, KINDS, kind, ["unknown type: ", ""]);
    line.labelled(" (", kind);
    line.labelled("), v: ", version);
    line.labelled_hex(", checksum: ", checksum, 4);
    osi::print_checksum(line, whole.with_claim(len.into()), checksum, Clnp::CHECKSUM_AT);
    line.labelled(", holding time: ", message.holding_time()?);
    line.labelled("s, length indicator: ", len);
    if line.options.verbose > 1 {
        hex::only(line, whole.with_claim(Clnp::FIXED_LEN.into()).bytes());
    }
    let mut reader = OsiReader::new(whole.with_claim(len.into()).skip(Clnp::FIXED_LEN.into()));
    let (printed, word) = match kind {
        2 => (print_end_system(line, &mut reader), ", bad esh/li"),
        4 => (print_router(line, &mut reader), ", bad ish/li"),
        6 => (print_redirect(line, &mut reader), ", bad redirect/li"),
        _ => {
            hex::without_vv(line, "\n\t  ", whole.skip(Clnp::FIXED_LEN.into()).bytes());
            return Some(());
        }
    };
    match printed {
        Ok(()) => print_options(line, &mut reader),
        // tcpdump looks at the capture first, which most often ends where the message does.
        Err(OsiError::Short) if whole.claimed() > len.into() => {
            line.text(word);
            Some(())
        }
        Err(OsiError::Short | OsiError::Truncated) => None,
    }
}

const KINDS: &[(u8, &str)] = &[(2, "ESH"), (4, "ISH"), (6, "redirect")];

fn print_end_system(line: &mut Line<'_>, reader: &mut OsiReader<'_>) -> Result<(), OsiError> {
    let count = reader.byte()?;
    line.labelled("\n\t  Number of Source Addresses: ", count);
    for _ in 0..count {
        print_router(line, reader)?;
    }
    Ok(())
}

fn print_router(line: &mut Line<'_>, reader: &mut OsiReader<'_>) -> Result<(), OsiError> {
    let address = reader.address()?;
    line.labelled("\n\t  NET (length: ", address.claimed());
    line.text("): ");
    osi::print_address(line, address.bytes());
    Ok(())
}

/// A better way to an address: by a station of the link, and perhaps the router there.
fn print_redirect(line: &mut Line<'_>, reader: &mut OsiReader<'_>) -> Result<(), OsiError> {
    let destination = reader.address()?;
    line.text("\n\t  ");
    osi::print_address(line, destination.bytes());
    let station = reader.address()?;
    let router = reader.address()?;
    line.labelled("\n\t  SNPA (length: ", station.claimed());
    line.text("): ");
    text::mac(line.out, station.bytes());
    if router.claimed() > 0 {
        line.labelled("\n\t  NET (length: ", router.claimed());
        line.text(") ");
        osi::print_address(line, router.bytes());
    }
    Ok(())
}

fn print_options(line: &mut Line<'_>, reader: &mut OsiReader<'_>) -> Option<()> {
    while reader.rest().claimed() > 0 {
        if reader.rest().claimed() < 2 {
            line.text(", bad opts/li");
            return Some(());
        }
        let (kind, len) = (reader.byte().ok()?, reader.byte().ok()?);
        if reader.rest().claimed() < len.into() {
            line.labelled(", opt (", kind);
            line.text(") too long");
            return Some(());
        }
        let value = reader.rest().with_claim(len.into());
        line.text("\n\t  ");
        tokens::print_or(line, OPTIONS, kind, "Unknown");
        line.labelled(" Option #", kind);
        line.labelled(", length ", len);
        line.text(", value: ");
        match (kind, len) {
            (198, 2) => {
                line.number(value.get::<u16>(0)?);
                line.text("s");
            }
            (198, _) => line.text("(bad length)"),
            (129, _) => osi::print_protocols(line, value)?,
            _ => hex::only_behind(line, "\n\t  ", value.bytes()),
        }
        // The protocols have been shown byte by byte.
        if line.options.verbose > 1 && kind != 129 {
            hex::only_behind(line, "\n\t  ", value.bytes());
        }
        *reader = OsiReader::new(reader.rest().skip(len.into()));
    }
    Some(())
}

const OPTIONS: &[(u8, &str)] = &[
    (129, "Protocols supported"),
    (195, "QoS Maintenance"),
    (197, "Security"),
    (198, "ES Configuration Time"),
    (205, "Priority"),
    (225, "Addressk Mask"),
    (226, "SNPA Mask"),
];
