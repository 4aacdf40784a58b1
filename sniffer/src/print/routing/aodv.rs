//! AODV: routes that are wanted, found and lost.

use crate::decode::{Aodv, AodvExtension, AodvKind, AodvReply, AodvRequest, Payload};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Aodv<'_>) {
    print_message(line, message).unwrap_or_else(|| line.truncated("aodv"));
}

fn print_message(line: &mut Line<'_>, message: &Aodv<'_>) -> Option<()> {
    let (kind, len) = (message.kind()?, message.whole().claimed());
    line.text(" aodv");
    match kind {
        AodvKind::Request => print_request(line, message, len),
        AodvKind::Reply => print_reply(line, message, len),
        AodvKind::Error => print_error(line, message, len),
        AodvKind::Acknowledgement => {
            line.labelled(" rrep-ack ", len);
            Some(())
        }
        AodvKind::Unknown(number) => {
            line.labelled(" type ", number);
            line.labelled(" ", len);
            Some(())
        }
    }
}

fn print_request(line: &mut Line<'_>, message: &Aodv<'_>, len: u32) -> Option<()> {
    let (request, behind) = message.request()?;
    let AodvRequest { flags, hops, id, .. } = request;
    let is_long = message.has_long_addresses() && !message.is_draft();
    line.labelled(if is_long { " v6 rreq " } else { " rreq " }, len);
    line.byte(b' ');
    tokens::print_letters(
        line,
        &[(0x80, "[J]"), (0x40, "[R]"), (0x20, "[G]"), (0x10, "[D]"), (0x08, "[U]")],
        flags,
    );
    line.labelled(" hops ", hops);
    line.labelled_hex(" id ", id, 8);
    line.labelled_address("\n\tdst ", request.destination);
    line.labelled(" seq ", request.destination_sequence);
    line.labelled_address(" src ", request.origin);
    line.labelled(" seq ", request.origin_sequence);
    print_extension(line, behind)
}

fn print_reply(line: &mut Line<'_>, message: &Aodv<'_>, len: u32) -> Option<()> {
    let (reply, behind) = message.reply()?;
    let AodvReply { flags, prefix, hops, .. } = reply;
    line.labelled(" rrep ", len);
    line.byte(b' ');
    tokens::print_letters(line, &[(0x80, "[R]"), (0x40, "[A]")], flags);
    line.labelled(" prefix ", prefix);
    line.labelled(" hops ", hops);
    line.labelled_address("\n\tdst ", reply.destination);
    line.labelled(" dseq ", reply.destination_sequence);
    line.labelled_address(" src ", reply.origin);
    line.labelled(" ", reply.lifetime);
    line.text(" ms");
    print_extension(line, behind)
}

fn print_extension(line: &mut Line<'_>, behind: Payload<'_>) -> Option<()> {
    if !AodvExtension::has_room(behind) {
        return Some(());
    }
    match AodvExtension::read(behind)? {
        AodvExtension::Hello(interval) => {
            line.labelled("\n\text HELLO ", interval);
            line.text(" ms");
        }
        AodvExtension::BadHello(len) => line.labelled("\n\text HELLO - bad length ", len),
        AodvExtension::Other(kind, len) => {
            line.labelled("\n\text ", kind);
            line.labelled(" ", len);
        }
    }
    Some(())
}

fn print_error(line: &mut Line<'_>, message: &Aodv<'_>, len: u32) -> Option<()> {
    let (is_kept, count) = message.error()?;
    line.text(if is_kept { " rerr [D]" } else { " rerr " });
    line.labelled(" [items ", count);
    line.labelled("] [", len);
    line.text("]:");
    message.unreached().try_for_each(|node| {
        let (address, sequence) = node?;
        line.labelled_address(" {", address);
        line.labelled("}(", sequence);
        line.byte(b')');
        Some(())
    })
}
