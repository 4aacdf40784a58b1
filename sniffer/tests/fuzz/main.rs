//! The fuzz targets as tests: every file of their corpora, and some thousand inputs derived from them. `cargo xtask fuzz`
//! goes on for as long as it is told, led by what the inputs reach.

use sniffer::{bpf, filter};

#[path = "../corpus/mod.rs"]
#[expect(dead_code, reason = "the expressions are for other tests")]
mod corpus;
#[path = "../filter/generate.rs"]
#[expect(dead_code, reason = "targets need one kind of text")]
mod generate;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "targets need frames only")]
mod support;
#[path = "../filter/vocabulary.rs"]
mod vocabulary;

mod targets;

use std::fs;
use std::path::Path;

use targets::{ALL, Target};

/// Inputs that are derived from each file.
const DERIVED: usize = 60;

#[test]
fn targets_withstand_their_corpora_and_what_is_derived_from_them() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    for target in ALL {
        let inputs = files(&corpora.join(target.name));
        assert!(!inputs.is_empty(), "{} has no corpus", target.name);
        for input in &inputs {
            (target.run)(input);
        }
        derive(target, &inputs);
    }
}

fn files(directory: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a readable file")).collect()
}

/// Runs copies of the inputs with a few bytes changed, cut out, or taken from another input.
fn derive(target: &Target, inputs: &[Vec<u8>]) {
    let mut random = generate::Random::new(0xf022);
    for input in inputs {
        for _ in 0..DERIVED {
            let mut bytes = input.clone();
            for _ in 0..=random.below(4) {
                let other = &inputs[random.below(inputs.len())];
                change(&mut bytes, other, &mut random);
            }
            (target.run)(&bytes);
        }
    }
}

fn change(bytes: &mut Vec<u8>, other: &[u8], random: &mut generate::Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + random.below(8)).min(bytes.len());
    match random.below(4) {
        0 => drop(bytes.drain(at..end)),
        1 => bytes.insert(at, random.below(256) as u8),
        2 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        _ => {
            let from = random.below(other.len() + 1);
            let to = (from + random.below(24)).min(other.len());
            drop(bytes.splice(at..end, other[from..to].iter().copied()));
        }
    }
}
