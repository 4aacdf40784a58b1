//! Babel: its elements by their names in one line, with `-v` in full.

use super::babel_elements::{self, UPDATE_FLAGS};
use crate::decode::{Babel, BabelDefaults, BabelElement};
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
        line.text(if line.is_verbose() { "\n\t----" } else { " |" });
        print_elements(line, babel.trailer())?;
    }
    Some(())
}

/// Prints elements, and tells whether all of them were good.
fn print_elements<'e>(line: &mut Line<'_>, elements: impl Iterator<Item = BabelElement<'e>>) -> Option<bool> {
    let mut defaults = BabelDefaults::default();
    for element in elements {
        let is_good = match element {
            BabelElement::Pad => {
                line.text(if line.is_verbose() { "\n\tPad 1" } else { " pad1" });
                true
            }
            BabelElement::Value(kind, value) if line.is_verbose() => {
                babel_elements::print(line, kind, value, &mut defaults).is_some()
            }
            BabelElement::Value(UPDATE, value) => print_update(line, value),
            BabelElement::Value(kind, _) => {
                tokens::print_or(line, ELEMENTS, kind, " unknown");
                true
            }
            BabelElement::Invalid => false,
            BabelElement::Truncated => return None,
        };
        if !is_good {
            line.invalid();
            return Some(false);
        }
    }
    Some(true)
}

/// An update by its flags; tells whether it is long enough to be one.
fn print_update(line: &mut Line<'_>, value: &[u8]) -> bool {
    line.text(" update");
    let Some(flags) = value.get(1).filter(|_| value.len() >= UPDATE_LEN) else { return false };
    for (_, name) in UPDATE_FLAGS.iter().filter(|(bits, _)| flags & bits != 0) {
        line.text(name);
    }
    true
}

/// The element that announces a route.
const UPDATE: u8 = 8;
/// Bytes of its value at least.
const UPDATE_LEN: usize = 10;

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
