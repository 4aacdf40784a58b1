//! An installed tcpdump keeps the frames of the corpus that the evaluator keeps.

use std::thread;

use sniffer::packet::LinkType;

use crate::corpus::{Expression, LINK_TYPES, expressions, frames};
use crate::tcpdump::{Savefile, Tcpdump, kept_by_us};

#[test]
fn tcpdump_keeps_the_same_frames() {
    let Some(tcpdump) = Tcpdump::find("the filter corpus through tcpdump") else { return };
    let expressions = expressions();
    let differences: Vec<String> = thread::scope(|scope| {
        let (tcpdump, expressions) = (&tcpdump, &expressions);
        let threads =
            LINK_TYPES.map(|link_type| scope.spawn(move || differences(tcpdump, link_type, expressions)));
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
}

/// An expression that keeps every frame or none could be compiled to anything.
#[test]
fn the_corpus_has_frames_on_both_sides_of_every_expression() {
    let samples = frames(LinkType::ETHERNET);
    let on_ethernet =
        |expression: &Expression| expression.link_type == LinkType::ETHERNET && expression.text != "1 = 1";
    let one_sided = |expression: Expression| {
        let kept = kept_by_us(expression.link_type, &samples, expression.text);
        let kept = kept.unwrap_or_else(|error| panic!("{error}")).len();
        (!(1..samples.len()).contains(&kept)).then_some((expression.text, kept))
    };
    let one_sided: Vec<_> = expressions().into_iter().filter(on_ethernet).filter_map(one_sided).collect();
    assert!(one_sided.is_empty(), "{one_sided:?}");
}

/// How we differ from tcpdump in the expressions of one link type that its libpcap knows.
fn differences(tcpdump: &Tcpdump, link_type: LinkType, expressions: &[Expression]) -> Vec<String> {
    let file = Savefile::new("corpus", link_type, frames(link_type));
    let compared =
        |expression: &&Expression| expression.link_type == link_type && expression.since <= tcpdump.libpcap;
    let difference = |expression: &Expression| {
        let ours = file.kept_by_us(expression.text).map_err(|error| error.to_string());
        match ours.and_then(|ours| tcpdump.differs(&file, expression.text, &ours)) {
            Ok(frames) if frames.is_empty() => None,
            Ok(frames) => Some(format!("{:?} on {link_type}: {frames:?}", expression.text)),
            Err(why) => Some(format!("{:?} on {link_type}: {why}", expression.text)),
        }
    };
    expressions.iter().filter(compared).filter_map(difference).collect()
}
