//! Babel, in one line.

use crate::decode::{Babel, BabelElement};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, babel: &Babel<'_>) {
    line.text("babel");
    print_packet(line, babel).unwrap_or_else(|| line.truncated("babel"));
}

fn print_packet(line: &mut Line<'_>, babel: &Babel<'_>) -> Option<()> {
    /// The first byte of every packet.
    const MAGIC: u8 = 42;
    let (magic, version, body_len) = (babel.magic()?, babel.version()?, babel.body_len()?);
    if magic != MAGIC {
        line.text(" invalid header");
        return Some(());
    }
    line.labelled(" ", version);
    if version != 2 {
        line.text(" unknown version");
        return Some(());
    }
    line.labelled(" (", body_len);
    line.text(")");
    let behind = babel.whole().claimed().saturating_sub(Babel::HEADER_LEN as u32);
    if behind < body_len.into() {
        line.invalid();
        return Some(());
    }
    if !print_elements(line, babel.elements())? {
        return Some(());
    }
    if behind > body_len.into() {
        line.text(" |");
        print_elements(line, babel.trailer())?;
    }
    Some(())
}

/// Prints elements, and tells whether all of them were good.
fn print_elements<'e>(line: &mut Line<'_>, elements: impl Iterator<Item = BabelElement<'e>>) -> Option<bool> {
    for element in elements {
        match element {
            BabelElement::Pad => line.text(" pad1"),
            BabelElement::Value(UPDATE, value) => {
                line.text(" update");
                let Some(flags) = value.get(1).filter(|_| value.len() >= UPDATE_LEN) else {
                    line.invalid();
                    return Some(false);
                };
                for (_, name) in UPDATE_FLAGS.iter().filter(|(bits, _)| flags & bits != 0) {
                    line.text(name);
                }
            }
            BabelElement::Value(kind, _) => tokens::print_or(line, ELEMENTS, kind, " unknown"),
            BabelElement::Invalid => {
                line.invalid();
                return Some(false);
            }
            BabelElement::Truncated => return None,
        }
    }
    Some(true)
}

/// The element that announces a route.
const UPDATE: u8 = 8;
/// Bytes of its value at least.
const UPDATE_LEN: usize = 10;

/// What an announcement says of itself in its flags.
const UPDATE_FLAGS: &[(u8, &str)] = &[(0x80, "/prefix"), (0x40, "/id"), (0x3f, "/unknown")];

const ELEMENTS: &[(u8, &str)] = &[
    (1, " padN"),
    (2, " ack-req"),
    (3, " ack"),
    (4, " hello"),
    (5, " ihu"),
    (6, " router-id"),
    (7, " nh"),
    (9, " route-request"),
    (10, " seqno-request"),
    (11, " tspc"),
    (12, " hmac"),
    (13, " ss-update"),
    (14, " ss-request"),
    (15, " ss-mh-request"),
    (16, " mac"),
    (17, " pc"),
    (18, " challenge_request"),
    (19, " challenge_reply"),
];
