//! An installed tcpdump keeps the frames that the evaluator keeps: those of the corpus, and those of real captures where
//! they lie beside the checkout.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::thread;

use sniffer::packet::LinkType;
use sniffer::pcap::Reader;

use crate::corpus::{Expression, LINK_TYPES, Sample, expressions, frames};
use crate::support::skip;
use crate::tcpdump::{Savefile, Tcpdump, kept_by_us};

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
    let files = real_frames(&captures).into_iter();
    let files: Vec<Savefile> =
        files.map(|(number, frames)| Savefile::new("real", LinkType(number), frames)).collect();
    check(&tcpdump, &files);
}

/// Whatever the directory's savefiles hold up to their first damage, by link type.
fn real_frames(directory: &Path) -> BTreeMap<u16, Vec<Sample>> {
    let mut frames: BTreeMap<u16, Vec<Sample>> = BTreeMap::new();
    for entry in fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            for (link_type, more) in real_frames(&entry) {
                frames.entry(link_type).or_default().extend(more);
            }
        } else if let Ok(mut reader) = Reader::new(File::open(&entry).expect("a readable file")) {
            while let Ok(Some(frame)) = reader.next_frame() {
                frames.entry(frame.link_type.0).or_default().push(Sample {
                    name: entry.display().to_string(),
                    data: frame.data.to_vec(),
                    original_len: frame.original_len,
                });
            }
        }
    }
    frames
}

/// Tcpdump and we keep the same frames of each file.
fn check(tcpdump: &Tcpdump, files: &[Savefile]) {
    let expressions = expressions();
    let differences: Vec<String> = thread::scope(|scope| {
        let expressions = &expressions;
        let threads: Vec<_> =
            files.iter().map(|file| scope.spawn(move || differences(tcpdump, file, expressions))).collect();
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

/// How we differ from tcpdump in the expressions for the file's link type that its libpcap knows.
fn differences(tcpdump: &Tcpdump, file: &Savefile, expressions: &[Expression]) -> Vec<String> {
    let link_type = file.link_type;
    let compared =
        |expression: &&Expression| expression.link_type == link_type && expression.since <= tcpdump.libpcap;
    let difference = |expression: &Expression| {
        let ours = file.kept_by_us(expression.text).map_err(|error| error.to_string());
        match ours.and_then(|ours| tcpdump.differs(file, expression.text, &ours)) {
            Ok(frames) if frames.is_empty() => None,
            Ok(frames) => Some(format!("{:?} on {link_type}: {frames:?}", expression.text)),
            Err(why) => Some(format!("{:?} on {link_type}: {why}", expression.text)),
        }
    };
    expressions.iter().filter(compared).filter_map(difference).collect()
}
