//! Random expressions, some of them damaged: tcpdump refuses what the compiler refuses, and keeps the same frames for the
//! rest. `cargo xtask oracle filter` does the same for as long as it is told.

use sniffer::filter::{NoNames, Options, compile};

use crate::corpus::{LINK_TYPES, frames};
use crate::differential::Tally;
use crate::generate::Random;
use crate::tcpdump::{Savefile, Tcpdump};

const EXPRESSIONS: usize = 300;

#[test]
fn tcpdump_agrees_on_random_expressions() {
    let Some(tcpdump) = Tcpdump::find("random filter expressions") else { return };
    let files = LINK_TYPES.map(|link_type| Savefile::new("random", link_type, frames(link_type)));
    let mut random = Random::new(0x5eed);
    let mut tally = Tally::default();
    for round in 0..EXPRESSIONS {
        // Every second one on Ethernet, which has by far the most frames.
        let file = if round % 2 == 0 { &files[0] } else { &files[round / 2 % files.len()] };
        tally.compare(&tcpdump, file, &random.expression(file.link_type));
    }
    assert!(tally.unexplained.is_empty(), "{tally}\n{}", tally.unexplained.join("\n"));
    assert!(tally.pairs > 50_000 && tally.kept > tally.pairs / 10, "{tally}");
    assert!(tally.refused > 10, "{tally}");
}

/// Whatever the text, the answer is a condition or an error whose place lies in the text.
#[test]
fn every_text_has_an_answer() {
    let mut random = Random::new(0xf00d);
    let mut compiled = 0;
    for round in 0..20_000 {
        let text = random.soup();
        let link_type = LINK_TYPES[round % LINK_TYPES.len()];
        let options = Options { link_type, live: random.once_in(2), netmask: None, see_through: false };
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
