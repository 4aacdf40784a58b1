//! An installed tcpdump keeps the frames that the evaluator keeps: those of the corpus, and those of real captures where
//! they lie beside the checkout.

use std::path::Path;
use std::thread;

use sniffer::packet::LinkType;

use crate::corpus::{Expression, LINK_TYPES, expressions, frames};
use crate::differential::Tally;
use crate::real;
use crate::support::skip;
use crate::tcpdump::{Savefile, Tcpdump, kept_by_us, saved};

#[test]
fn tcpdump_keeps_the_same_frames() {
    let Some(tcpdump) = Tcpdump::find("the filter corpus through tcpdump") else { return };
    let files = LINK_TYPES.map(|link_type| Savefile::new("corpus", link_type, frames(link_type)));
    check(&tcpdump, &files);
}

#[test]
fn tcpdump_keeps_the_same_frames_of_real_captures() {
    let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/captures/tcpdump");
    if !captures.is_dir() {
        return skip::say("real captures through tcpdump", "they are not beside the checkout");
    }
    let Some(tcpdump) = Tcpdump::find("real captures through tcpdump") else { return };
    check(&tcpdump, &real::savefiles(&captures).expect("the captures can be read"));
}

/// Tcpdump and we keep the same frames of each file.
fn check(tcpdump: &Tcpdump, files: &[Savefile]) {
    let expressions = expressions();
    let mut tally = Tally::default();
    thread::scope(|scope| {
        let expressions = &expressions;
        let threads: Vec<_> =
            files.iter().map(|file| scope.spawn(move || compare(tcpdump, file, expressions))).collect();
        for thread in threads {
            tally.add(thread.join().expect("no panic"));
        }
    });
    assert!(tally.unexplained.is_empty() && tally.refused == 0, "{tally}\n{}", tally.unexplained.join("\n"));
}

/// An expression that keeps every frame or none could be compiled to anything.
#[test]
fn the_corpus_has_frames_on_both_sides_of_every_expression() {
    let samples = frames(LinkType::ETHERNET);
    let on_ethernet =
        |expression: &Expression| expression.link_type == LinkType::ETHERNET && expression.text != "1 = 1";
    let one_sided = |expression: Expression| {
        let filter = saved(expression.link_type, expression.text).unwrap_or_else(|error| panic!("{error}"));
        let kept = kept_by_us(&filter, &samples).len();
        (!(1..samples.len()).contains(&kept)).then_some((expression.text, kept))
    };
    let one_sided: Vec<_> = expressions().into_iter().filter(on_ethernet).filter_map(one_sided).collect();
    assert!(one_sided.is_empty(), "{one_sided:?}");
}

/// How we differ from tcpdump in the expressions for the file's link type that its libpcap knows.
fn compare(tcpdump: &Tcpdump, file: &Savefile, expressions: &[Expression]) -> Tally {
    let mut tally = Tally::default();
    for expression in expressions {
        if expression.link_type == file.link_type && expression.since <= tcpdump.libpcap {
            tally.compare(tcpdump, file, expression.text);
        }
    }
    tally
}
