//! Random expressions, some of them damaged: tcpdump refuses what the compiler refuses, and keeps the same frames for the
//! rest. Leaves out what old versions of libpcap do differently (`docs/filter-language.md`).

use sniffer::filter::{ErrorKind, NoNames, Options, compile};
use sniffer::packet::LinkType;

use crate::corpus::{LINK_TYPES, frames};
use crate::generate::Random;
use crate::tcpdump::{Kept, Savefile, Tcpdump};

const EXPRESSIONS: usize = 300;

#[test]
fn tcpdump_agrees_on_random_expressions() {
    let Some(tcpdump) = Tcpdump::find("random filter expressions") else { return };
    let file = Savefile::new("random", LinkType::ETHERNET, frames(LinkType::ETHERNET));
    let mut random = Random(0x5eed);
    let mut kept_some = 0;
    let mut differences = Vec::new();
    for _ in 0..EXPRESSIONS {
        let text = random.expression();
        let ours = file.kept_by_us(&text);
        let theirs = tcpdump.differs(&file, &text, ours.as_ref().unwrap_or(&Kept::new()));
        match (&ours, theirs) {
            (Ok(kept), Ok(wrong)) if wrong.is_empty() => kept_some += usize::from(!kept.is_empty()),
            (Err(_), Err(_)) => {}
            // Only its optimizer computes constants, old versions of it take any number, and only it runs out of registers.
            (Err(error), Ok(_)) if is_stricter(&error.kind) => {}
            (Ok(_), Err(why)) if why.contains("too many registers") => {}
            (ours, theirs) => {
                differences.push(format!("{text:?}: {ours:?}, difference to theirs {theirs:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
    assert!(kept_some > EXPRESSIONS / 5, "only {kept_some} expressions kept a frame");
}

/// Whatever the text, the answer is a condition or an error whose place lies in the text.
#[test]
fn every_text_has_an_answer() {
    let mut random = Random(0xf00d);
    let mut compiled = 0;
    for round in 0..20_000 {
        let text = random.soup();
        let link_type = LINK_TYPES[round % LINK_TYPES.len()];
        let options = Options { link_type, live: random.once_in(2), netmask: None };
        match compile(&text, &options, &NoNames) {
            Ok(filter) => compiled += usize::from(!filter.hir().to_string().is_empty()),
            Err(error) => {
                let place = text.get(error.span.start..error.span.end);
                assert!(place.is_some(), "{text:?}: {:?}", error.span);
                assert_eq!(error.to_string().lines().count(), 3, "{text:?}: {error}");
            }
        }
    }
    assert!(compiled > 200, "only {compiled} of the texts mean anything");
}

fn is_stricter(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::DivisionByZero | ErrorKind::Shift | ErrorKind::TooLarge { .. })
}
