//! An installed tcpdump keeps the frames that the evaluator keeps.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::thread;

use sniffer::filter::{Metadata, NoNames, Options, Packet, compile, matches};
use sniffer::packet::{ChecksumState, Frame, LinkType, Timestamp};
use sniffer::pcap::{PcapWriter, Precision, Reader, WriterOptions};

use crate::corpus::{Expression, LINK_TYPES, Sample, expressions, frames, version};
use crate::support::skip;

/// Numbers of frames.
type Kept = BTreeSet<usize>;

#[test]
fn tcpdump_keeps_the_same_frames() {
    let Some(tcpdump) = skip::program("the filter corpus through tcpdump", "tcpdump") else { return };
    let installed = libpcap_version(&tcpdump);
    let expressions = expressions();
    let differences: Vec<String> = thread::scope(|scope| {
        let of_link = |link_type| {
            let known = |expression: &&Expression| expression.since <= installed;
            let expressions = expressions.iter().filter(known).filter(move |one| one.link_type == link_type);
            let tcpdump = &tcpdump;
            scope.spawn(move || differences(tcpdump, link_type, expressions))
        };
        let threads = LINK_TYPES.map(of_link);
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
        let kept = kept_by_us(&expression, &samples).unwrap_or_else(|error| panic!("{error}")).len();
        (!(1..samples.len()).contains(&kept)).then_some((expression.text, kept))
    };
    let one_sided: Vec<_> = expressions().into_iter().filter(on_ethernet).filter_map(one_sided).collect();
    assert!(one_sided.is_empty(), "{one_sided:?}");
}

/// How we differ from tcpdump in the expressions of one link type.
fn differences<'a>(
    tcpdump: &Path,
    link_type: LinkType,
    expressions: impl Iterator<Item = &'a Expression>,
) -> Vec<String> {
    let samples = frames(link_type);
    let name = format!("sniffer-corpus-{}-{}.pcap", std::process::id(), link_type.0);
    let file = std::env::temp_dir().join(name);
    std::fs::write(&file, savefile(link_type, &samples)).expect("a file in the temporary directory");
    let differences =
        expressions.filter_map(|expression| difference(tcpdump, &file, expression, &samples)).collect();
    std::fs::remove_file(&file).expect("the file is still there");
    differences
}

/// How we differ from tcpdump in an expression. Where its optimizer makes a difference of its own, both of its answers
/// are right: the optimizer drops and moves loads, and a load that it drops rejects no frame.
fn difference(tcpdump: &Path, file: &Path, expression: &Expression, samples: &[Sample]) -> Option<String> {
    let wrong = || {
        let ours = kept_by_us(expression, samples)?;
        let mut wrong = &ours ^ &kept_by_tcpdump(tcpdump, file, &["-O"], expression.text)?;
        if !wrong.is_empty() {
            let optimized = &ours ^ &kept_by_tcpdump(tcpdump, file, &[], expression.text)?;
            wrong = &wrong & &optimized;
        }
        let names: Vec<&str> = wrong.iter().map(|at| samples[*at].name.as_str()).collect();
        if names.is_empty() { Ok(()) } else { Err(format!("{names:?}")) }
    };
    wrong().err().map(|why| format!("{:?} on {}: {why}", expression.text, expression.link_type))
}

fn kept_by_us(expression: &Expression, samples: &[Sample]) -> Result<Kept, String> {
    let options = Options { link_type: expression.link_type, live: false, netmask: Some([0; 4].into()) };
    let filter = compile(expression.text, &options, &NoNames).map_err(|error| error.to_string())?;
    let keeps = |sample: &Sample| {
        let packet =
            Packet { data: &sample.data, original_len: sample.original_len, metadata: Metadata::default() };
        matches(filter.hir(), &packet)
    };
    Ok((0..samples.len()).filter(|at| keeps(&samples[*at])).collect())
}

/// The frames that tcpdump writes. A filter that its optimizer finds to be always false is an error to it, and keeps none.
fn kept_by_tcpdump(tcpdump: &Path, file: &Path, options: &[&str], text: &str) -> Result<Kept, String> {
    let output =
        Command::new(tcpdump).args(options).arg("-r").arg(file).args(["-w", "-", "--", text]).output();
    let output = output.expect("tcpdump runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    if stderr.contains("expression rejects all packets") {
        return Ok(Kept::new());
    }
    if !output.status.success() {
        return Err(format!("tcpdump {options:?}: {stderr}"));
    }
    let mut reader = Reader::new(output.stdout.as_slice()).expect("tcpdump writes a savefile");
    let mut kept = Kept::new();
    while let Some(frame) = reader.next_frame().expect("whole frames") {
        kept.insert(frame.timestamp.seconds as usize);
    }
    Ok(kept)
}

/// A savefile in which the number of a frame is its second.
fn savefile(link_type: LinkType, samples: &[Sample]) -> Vec<u8> {
    let options = WriterOptions { link_type, snaplen: 262_144, precision: Precision::Micros };
    let mut writer = PcapWriter::new(Vec::new(), options).expect("a vector takes everything");
    for (at, sample) in samples.iter().enumerate() {
        let frame = Frame {
            timestamp: Timestamp { seconds: at as i64, nanos: 0 },
            link_type,
            data: &sample.data,
            original_len: sample.original_len,
            interface: 0,
            packet_type: None,
            checksum: ChecksumState::Unknown,
        };
        writer.write(&frame).expect("a vector takes everything");
    }
    writer.into_inner()
}

/// The version of libpcap under tcpdump.
fn libpcap_version(tcpdump: &Path) -> (u32, u32, u32) {
    let output = Command::new(tcpdump).arg("--version").output().expect("tcpdump runs");
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let words = text.lines().find_map(|line| line.strip_prefix("libpcap version "));
    words
        .and_then(|rest| version(rest.split([' ', '-', ',']).next()?))
        .unwrap_or_else(|| panic!("no version in {text}"))
}
