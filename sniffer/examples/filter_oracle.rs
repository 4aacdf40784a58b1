//! Compares filters with those of an installed tcpdump: the same expressions refused, the same frames kept and written
//! byte for byte. Expressions are random; frames are those of the filter corpus and of savefiles.
//!
//! ```text
//! cargo xtask oracle filter [--pairs COUNT] [--seed SEED] [--show COUNT] [FILE...]
//! ```
//!
//! Goes on until COUNT pairs of an expression and a frame have been compared. A FILE may be a directory: every savefile
//! below it is read. Every difference is counted under the rule that explains it; one that none explains is an error.

use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use anyhow::{Context, Result, bail};

#[path = "../tests/corpus/mod.rs"]
#[expect(dead_code, reason = "the expressions are for the tests")]
mod corpus;
#[path = "../tests/support/mod.rs"]
#[expect(dead_code, reason = "the tests of the kernel side use the rest")]
mod support;

#[path = "../tests/filter/differential.rs"]
mod differential;
#[path = "../tests/filter/generate.rs"]
#[expect(dead_code, reason = "what is no expression is for the tests")]
mod generate;
#[path = "../tests/filter/real.rs"]
mod real;
#[path = "../tests/filter/rules.rs"]
mod rules;
#[path = "../tests/filter/tcpdump.rs"]
mod tcpdump;
#[path = "../tests/filter/vocabulary.rs"]
mod vocabulary;

use differential::Tally;
use generate::Random;
use tcpdump::{Savefile, Tcpdump};

/// Threads, each with a tcpdump of its own most of the time.
const THREADS: u64 = 2;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("filter_oracle: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether every difference is explained.
fn run() -> Result<bool> {
    let args = Args::parse()?;
    let tcpdump = Tcpdump::find("the filter oracle").context("there is nothing to compare with")?;
    let files = args.files()?;
    let tally = thread::scope(|scope| {
        let work = |thread| {
            let (args, tcpdump, files) = (&args, &tcpdump, &files);
            scope.spawn(move || compare(args, tcpdump, files, thread))
        };
        let threads: Vec<_> = (0..THREADS).map(work).collect();
        let mut tally = Tally::default();
        for thread in threads {
            tally.add(thread.join().expect("no panic"));
        }
        tally
    });
    println!("seed {}, libpcap {:?}, {} files", args.seed, tcpdump.libpcap, files.len());
    println!("{tally}");
    tally.unexplained.iter().take(args.show).for_each(|what| println!("{what}"));
    Ok(tally.unexplained.is_empty())
}

/// A thread's share of the pairs: random expressions, on each file in turn.
fn compare(args: &Args, tcpdump: &Tcpdump, files: &[Savefile], thread: u64) -> Tally {
    let mut random = Random::new(args.seed * THREADS + thread + 1);
    let mut tally = Tally { is_thorough: true, ..Tally::default() };
    while tally.pairs < args.pairs / THREADS {
        for file in files {
            tally.compare(tcpdump, file, &random.expression(file.link_type));
        }
    }
    tally
}

struct Args {
    pairs: u64,
    seed: u64,
    show: usize,
    paths: Vec<PathBuf>,
}

impl Args {
    fn parse() -> Result<Self> {
        let mut args = Self { pairs: 1_000_000, seed: 1, show: 20, paths: Vec::new() };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("{word} needs a value"));
            match word.as_str() {
                "--pairs" => args.pairs = value()?.parse()?,
                "--seed" => args.seed = value()?.parse()?,
                "--show" => args.show = value()?.parse()?,
                option if option.starts_with("--") => bail!("no such option: {option}"),
                path => args.paths.push(path.into()),
            }
        }
        Ok(args)
    }

    /// The frames of the corpus, and those of the savefiles, by link type.
    fn files(&self) -> Result<Vec<Savefile>> {
        let mut files: Vec<_> = corpus::LINK_TYPES
            .iter()
            .map(|link_type| Savefile::new("oracle", *link_type, corpus::frames(*link_type)))
            .collect();
        for path in &self.paths {
            files.extend(real::savefiles(path).with_context(|| path.display().to_string())?);
        }
        Ok(files)
    }
}
