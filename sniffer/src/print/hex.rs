//! Packet bytes in hexadecimal and ASCII, sixteen a line.

use super::line::Line;
use super::options::HexDump;
use crate::decode::{Layer, Layers, PppFraming};
use crate::packet::Frame;

/// Bytes of a line.
const LINE: usize = 16;

/// What `-x`, `-X` and `-A` put under a packet's line.
pub(super) fn under_line(line: &mut Line<'_>, frame: &Frame<'_>, layers: &Layers<'_>) {
    let (with_link, print): (bool, fn(&mut Line<'_>, &[u8])) = match line.options.hex {
        HexDump::None => return,
        HexDump::Hex { link } => (link, only),
        HexDump::HexAscii { link } => (link, with_ascii),
        HexDump::Ascii { link } => (link, ascii),
    };
    let skip = if with_link { 0 } else { link_header_len(layers) };
    if let Some(bytes @ [_, ..]) = frame.data.get(skip..) {
        print(line, bytes);
    }
}

/// The bytes of a packet whose protocol is unknown, if they are wanted.
pub(super) fn unknown(line: &mut Line<'_>, bytes: &[u8]) {
    if wants_unknown(line) {
        with_ascii(line, bytes);
    }
}

/// Whether bytes that nothing is known of are printed: not where all are in hexadecimal anyway, nor where little is wanted.
pub(super) fn wants_unknown(line: &Line<'_>) -> bool {
    let has_hex = matches!(line.options.hex, HexDump::Hex { .. } | HexDump::HexAscii { .. });
    !has_hex && line.options.quiet == 0
}

/// Bytes in front of the network layer; a frame that another one carries is not in front of it.
fn link_header_len(layers: &Layers<'_>) -> usize {
    let is_link = |(index, layer): &(usize, &Layer<'_>)| match layer {
        Layer::Ethernet(_) | Layer::Pppoe(_) => *index == 0,
        Layer::Ppp(frame) => frame.framing() != PppFraming::Ethernet,
        layer => matches!(
            layer,
            Layer::Vlan(_)
                | Layer::Llc(_)
                | Layer::Snap(_)
                | Layer::LinuxSll(_)
                | Layer::LinuxSll2(_)
                | Layer::Loopback(_)
                | Layer::Radiotap(_)
                | Layer::Ieee80211(_)
                | Layer::Chdlc(_)
                | Layer::Macsec(_)
                | Layer::Arista(_)
        ),
    };
    let behind = match layers.as_slice().iter().enumerate().take_while(is_link).last() {
        None => return 0,
        // The padding in front of what follows is its own.
        Some((_, Layer::Chdlc(header))) => header.payload(),
        Some((_, Layer::Snap(header))) => header.payload(),
        Some((_, layer)) => layer.behind(),
    };
    behind.offset() as usize
}

/// Hexadecimal digits and what of them is ASCII.
pub(super) fn with_ascii(line: &mut Line<'_>, bytes: &[u8]) {
    with_ascii_behind(line, "\n\t", bytes);
}

/// The same, each line behind `indent`.
pub(super) fn with_ascii_behind(line: &mut Line<'_>, indent: &str, bytes: &[u8]) {
    for (index, chunk) in bytes.chunks(LINE).enumerate() {
        line.text(indent);
        print_offset(line, index);
        line.byte(b' ');
        let start = line.out.len();
        print_pairs(line, chunk);
        let width = line.out.len() - start;
        line.text(&"                                        "[width.min(40)..]);
        line.text("  ");
        line.out.extend(chunk.iter().map(|byte| if byte.is_ascii_graphic() { *byte } else { b'.' }));
    }
}

/// Hexadecimal digits alone.
pub(super) fn only(line: &mut Line<'_>, bytes: &[u8]) {
    only_behind(line, "\n\t", bytes);
}

/// With `-vv` the bytes of what has been printed, as `only_behind` has them.
pub(super) fn with_vv(line: &mut Line<'_>, before: &str, bytes: &[u8]) {
    if line.options.verbose > 1 {
        only_behind(line, before, bytes);
    }
}

/// The bytes of what has no other form, where they are not shown by `with_vv` anyway.
pub(super) fn without_vv(line: &mut Line<'_>, before: &str, bytes: &[u8]) {
    if line.options.verbose < 2 {
        only_behind(line, before, bytes);
    }
}

/// Hexadecimal digits alone, each line behind `indent`.
pub(super) fn only_behind(line: &mut Line<'_>, indent: &str, bytes: &[u8]) {
    for (index, chunk) in bytes.chunks(LINE).enumerate() {
        line.text(indent);
        print_offset(line, index);
        line.byte(b' ');
        print_pairs(line, chunk);
    }
}

fn print_offset(line: &mut Line<'_>, index: usize) {
    line.hex((index * LINE) as u64, 4);
    line.byte(b':');
}

fn print_pairs(line: &mut Line<'_>, chunk: &[u8]) {
    for pair in chunk.chunks(2) {
        line.byte(b' ');
        line.hex_bytes(pair);
    }
}

/// The bytes as text: line ends and tabs as they are, a carriage return in front of a line end left out, what does not
/// print as a dot.
fn ascii(line: &mut Line<'_>, bytes: &[u8]) {
    line.byte(b'\n');
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            // Of the last two bytes as well: tcpdump looks no further.
            b'\r' if matches!(bytes[index + 1..], [] | [_] | [b'\n', ..]) => {}
            b'\n' | b'\t' | b' '..=b'~' => line.byte(*byte),
            _ => line.byte(b'.'),
        }
    }
}
